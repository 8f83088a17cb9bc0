"""Parsing of the texts that users type after ``--since`` and ``--until`` to time ranges.

`english.py` parses English and numbers. This module parses the zone after a time, and reports invalid times.
"""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache

from ticker.errors import TimeError
from ticker.times.expressions import LARGEST_OFFSET
from ticker.times.ranges.ages import CALENDAR_UNITS, EXACT_UNITS
from ticker.times.ranges.calendar import InvalidTime, TimeRange
from ticker.times.ranges.clocks import PARTS
from ticker.times.ranges.days import DAYS, MONTHS, WEEKDAYS
from ticker.times.ranges.english import read_english
from ticker.times.zones import ABBREVIATED_OFFSETS, ABBREVIATED_ZONES, zone_by_name

_POSSIBLE = (
    'ISO 8601, numbers or English: a date ("2025-06-12", "2025-06", "12 June 2025", "june"), a time ("17:10", '
    '"2025-06-12 17:10"), an age ("90m", "6h", "2 days ago") or a name ("today", "yesterday 18:00", "last monday", '
    '"last week", "this month")'
)
_OTHER_WORDS = "now noon midnight ago last this weekend quarter at tonight"
_SHOWN = 80  # characters of the text in error messages
# Longer texts are rejected.
_LONGEST = 120
_LEADING = ("since ", "from ", "until ", "till ", "up to ", "through ", "by ", "to ", "as of ", "the ")
_DECIMAL_COMMA = r"(?<=\d),(?=\d{1,2} ?[a-z])|(?<=:\d\d),(?=\d)"
# The formats of `date`, web server logs and JavaScript: "12/Jun/2025:17:10:00 +0200", "Jun 12 17:10:00 CEST 2025".
_YEAR_LAST = r"(?P<day>.+?) (?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?P<zone> [a-z]{2,5}| [+-]\d{4})? (?P<year>\d{4})"
_LOGGED = r"(\d\d/[a-z]{3}/\d{4}):(\d\d:.+)"
_NAME_OF_ZONE = r"(?<=[+-]\d{4}) \([^()]*\)$"
# Full-width punctuation and digits of East Asian keyboards, and the hyphens of web pages.
_PLAIN_SIGNS = {0xFEE0 + sign: sign for sign in range(0x21, 0x7F)} | dict.fromkeys(map(ord, "‐‑‒–−"), ord("-"))

_CLOCK = r"(?:\d[:.h]\d\d(?::\d\d(?:[.,]\d+)?)?|t\d{2,6}|\d ?(?:[ap]\.?m\.?|o'clock|hrs)|noon|midnight)"
_OFFSET = (
    rf"(?P<rest>.*?{_CLOCK}|.+(?= (?:utc|gmt)))(?P<joint> ?(?:utc|gmt)?)(?P<sign>[+−-])"
    r"(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?"
)
# The areas of IANA names whose places are recognized without the area.
_AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific", "US")


def read_range(text: str, now: datetime) -> TimeRange:
    """Parse a typed time range, relative to ``now`` (aware) and in its zone.

    A year, quarter, month, week or day is the whole period, "17:10" is that minute and "17:10:22" that second. "now"
    and ages ("2d", "6 hours ago") are moments; "last 3 days" and "past week" end now. Days and longer units are
    counted on the calendar, hours in elapsed time. A clock time without a day is its latest occurrence (soon after
    midnight, "23:00" is that of last night). So are a month ("june"), a day of a month ("12 June") and a weekday
    ("monday", today included); "last monday" is the latest before today. Weeks begin on Monday (ISO 8601). A clock
    time with a day can be in the future. "24:00" is the end of a day.

    Raises TimeError for other texts, with the reason or a suggestion; ValueError for a naive ``now``.
    """
    if now.utcoffset() is None or now.tzinfo is None:
        raise ValueError(f"now {now!r} has no time zone")
    wanted = " ".join(text.split())
    try:
        found = _read(wanted, now) if len(wanted) <= _LONGEST else None
    except InvalidTime as error:
        raise TimeError(f"invalid {error.what} {text[:_SHOWN]!r}: {error}") from None
    if found is not None:
        return found
    if likely := _likely(wanted, now):
        raise TimeError(f"invalid time {text[:_SHOWN]!r}; did you mean {likely!r}?")
    raise TimeError(f"invalid time {text[:_SHOWN]!r}; use {_POSSIBLE}")


def _read(text: str, now: datetime) -> TimeRange | None:
    """Parse a time with or without a zone; return None if it is not a time. Raises InvalidTime."""
    found = _read_english(text, now)
    if found is not None:
        return found
    text = _reordered(text)
    found = _read_english(text, now)
    if found is not None:
        return found
    for towns in (False, True):
        parted = _split_zone(text, towns)
        if parted:
            found = _read_english(parted[0], now.astimezone(parted[1]))
            if found is not None:
                return TimeRange(*(moment.astimezone(now.tzinfo) for moment in found))
    return None


def _reordered(text: str) -> str:
    """Reorder a time in the format of `date` or a log, so that the year follows the day."""
    text = re.sub(_NAME_OF_ZONE, "", text)
    if found := re.fullmatch(_YEAR_LAST, text, re.IGNORECASE):
        text = f"{found['day']} {found['year']} {found['clock']}{found['zone'] or ''}"
    elif found := re.fullmatch(_LOGGED, text, re.IGNORECASE):
        text = f"{found[1].replace('/', ' ')} {found[2]}"
    return text


def _read_english(text: str, now: datetime) -> TimeRange | None:
    plain = text.translate(_PLAIN_SIGNS).lower()
    plain = " ".join(re.sub(_DECIMAL_COMMA, ".", plain).replace(",", " ").rstrip(".").split())
    for word in _LEADING:
        plain = plain.removeprefix(word)
    assert now.tzinfo is not None
    try:
        return read_english(plain, now, now.tzinfo)
    except InvalidTime:
        raise
    except (ValueError, OverflowError, OSError):
        return None


def _likely(text: str, now: datetime) -> str | None:
    """Return a mistyped ``text`` with its words corrected, if that makes a time."""
    from difflib import get_close_matches

    words = text.lower().split()
    if len(words) > 6 or len(text) > _SHOWN:
        return None
    units = [f"{unit}s" for unit in (*EXACT_UNITS, *CALENDAR_UNITS) if len(unit) > 3]
    names = " ".join((*WEEKDAYS, *MONTHS, *PARTS, *DAYS, *units)).split()
    known = {*names, *(unit[:-1] for unit in units), *_OTHER_WORDS.split()}
    mended = [
        word if word in known or not word.isalpha() else next(iter(get_close_matches(word, known, 1, 0.78)), word)
        for word in words
    ]
    if mended == words:
        return None
    try:
        is_time = _read(" ".join(mended), now) is not None
    except InvalidTime:
        return None
    return " ".join(mended) if is_time else None


def _split_zone(text: str, towns: bool) -> tuple[str, tzinfo] | None:
    """Split ``text`` into the time and the zone after it; return None if it has no zone.

    ``towns`` also looks up IANA names and towns, which is slower. Raises TimeError for a text that has the form of an
    IANA name but is unknown.
    """
    if text[-1:] in "zZ" and text[-2:-1].isdecimal():
        return text[:-1], UTC
    found = re.fullmatch(_OFFSET, text, re.IGNORECASE)
    if found:
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        glued = found["sign"] != "+" and not found["joint"] and not re.search(r"\d{4}", found["rest"])  # a range?
        if offset > LARGEST_OFFSET or glued:
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
    if letters in ABBREVIATED_OFFSETS:
        return timezone(ABBREVIATED_OFFSETS[letters])
    if letters in ABBREVIATED_ZONES:
        return zone_by_name(ABBREVIATED_ZONES[letters])
    if not towns:
        return None
    wanted = name.lower().replace(" ", "_")
    if wanted in _names():
        return zone_by_name(_names()[wanted])
    if re.fullmatch(r"[a-z_+-]+(?:/[a-z_+-]+)+", wanted):
        return zone_by_name(name)  # raises with a suggestion
    return None


@cache
def _names() -> dict[str, str]:
    """Return the IANA names by full name and by place, in lower case."""
    known = sorted(zoneinfo.available_timezones())
    places = {name.rpartition("/")[2].lower(): name for name in reversed(known) if name.split("/")[0] in _AREAS}
    return places | {name.lower(): name for name in known if "/" in name}
