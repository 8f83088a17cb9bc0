"""The zone that people type after a time: "14:00 +0200", "17:10 UTC", "5pm Berlin", "2025-06-12 14:00 Europe/Paris"."""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache

from ticker.times.zones import LETTER_ZONES, OFFSETS, zone_named

_CLOCK = r"(?:\d[:.h]\d\d(?::\d\d(?:[.,]\d+)?)?|t\d{2,6}|\d ?[ap]\.?m\.?|noon|midnight)"
_OFFSET = (
    rf"(?P<rest>.*?{_CLOCK}|.+(?= (?:utc|gmt)))(?P<joint> ?(?:utc|gmt)?)(?P<sign>[+−-])"
    r"(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?"
)
_LARGEST_OFFSET = timedelta(hours=14)
# The areas of IANA names whose places are known by their names alone.
_AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific", "US")


def split_zone(text: str, towns: bool) -> tuple[str, tzinfo] | None:
    """The time in ``text`` and the zone after it; None where there is none.

    Towns are looked for only if asked: that takes some while. Raises TimeError for what is written as an IANA name and
    is none.
    """
    if text[-1:] in "zZ" and text[-2:-1].isdecimal():
        return text[:-1], UTC
    found = re.fullmatch(_OFFSET, text, re.IGNORECASE)
    if found:
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        glued = found["sign"] != "+" and not found["joint"] and not re.search(r"\d{4}", found["rest"])  # a range?
        if offset > _LARGEST_OFFSET or glued:
            return None
        return found["rest"], timezone(offset if found["sign"] == "+" else -offset)
    words = text.removesuffix(" time").split(" ")
    for count in range(1, min(4, len(words))):
        name = " ".join(words[-count:]).strip("()")
        zone = _zone(name, towns)
        if zone is not None:
            return " ".join(words[:-count]), zone
    return None


def _zone(name: str, towns: bool) -> tzinfo | None:
    letters = name.upper()
    if letters in OFFSETS:
        return timezone(OFFSETS[letters])
    if letters in LETTER_ZONES:
        return zone_named(LETTER_ZONES[letters])
    if not towns:
        return None
    wanted = name.lower().replace(" ", "_")
    if wanted in _names():
        return zone_named(_names()[wanted])
    if re.fullmatch(r"[a-z_+-]+(?:/[a-z_+-]+)+", wanted):
        return zone_named(name)  # which says what may be meant
    return None


@cache
def _names() -> dict[str, str]:
    """IANA names by themselves and by their places, in lower case."""
    known = sorted(zoneinfo.available_timezones())
    places = {name.rpartition("/")[2].lower(): name for name in reversed(known) if name.split("/")[0] in _AREAS}
    return places | {name.lower(): name for name in known if "/" in name}
