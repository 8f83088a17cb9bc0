"""The user's clock: their zone, the present moment in it, and times that they type."""

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
    """The zone in which the user's times are shown and understood: as configured, else the machine's."""
    if settings.timezone is None:
        return machine_zone(os.environ)
    from ticker.times import zone_named

    return zone_named(settings.timezone)


def machine_zone(environ: Mapping[str, str], localtime: Path = Path("/etc/localtime")) -> tzinfo:
    """The machine's zone: $TZ, else the one that ``/etc/localtime`` leads to, else what the C library says.

    The standard library tells the present offset alone, and that is wrong for a day in the other half of the year.
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
    """The range of time that ``text`` names now in ``zone``; raises TimeError."""
    from ticker.times import read_range

    return read_range(text, datetime.now(zone))


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
