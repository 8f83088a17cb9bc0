"""The user's timezone, the present time, and times given as options."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from ticker.settings import Settings
    from ticker.times import TimeRange


def zone_of(settings: Settings) -> tzinfo:
    """Return the timezone in which times are shown and parsed: as configured, else the machine's."""
    if settings.timezone is None:
        return machine_zone(os.environ)
    from ticker.times import zone_named

    return zone_named(settings.timezone)


def machine_zone(environ: Mapping[str, str], localtime: Path = Path("/etc/localtime")) -> tzinfo:
    """Return the machine's timezone: $TZ, else the target of ``/etc/localtime``, else what the C library says.

    The standard library gives only the present offset, which is wrong for dates on the other side of a DST change.
    """
    names = (environ.get("TZ", "").lstrip(":"), str(localtime.resolve()).partition("zoneinfo/")[2])
    for name in filter(None, names):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # $TZ may be a rule (CET-1CEST) or a path
            break
    from dateutil.tz import tzlocal

    return tzlocal()


def read_time(text: str, zone: tzinfo) -> TimeRange:
    """Return the time range that ``text`` means now in ``zone``. Raises TimeError."""
    from ticker.times import read_range

    return read_range(text, datetime.now(zone))


def now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)
