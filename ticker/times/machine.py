"""Parsing of machine-readable times: attributes and metadata, in every format that pages use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from ticker.iso8601 import read_iso
from ticker.models import Precision
from ticker.times.expressions import TimeExpression
from ticker.times.finder import find_times
from ticker.times.resolve import wall_time, zone_of
from ticker.times.zones import ABBREVIATED_OFFSETS

# The longest format in use, JavaScript's with the zone's name in parentheses, has some 80 characters.
_LONGEST = 120
# Unix timestamps are valid from 1995, when the first newspapers went online, to 2100.
_EPOCH_SECONDS = range(788_918_400, 4_102_444_800)
# Valid years of an article: newspaper archives go far back; programs write 0001 and the like for "never".
_YEARS = range(1700, 2101)
_EPOCH_START = datetime(1970, 1, 1, tzinfo=UTC)

_EPOCH = re.compile(r"(\d{9,10})(?:\.\d{1,9})?|(\d{12,13})")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?")
# The input of read_iso, before spaces are removed and letters are capitalized.
_ISO = re.compile(
    r"(\d{4}-?(?:\d\d-?\d\d|W\d\d-?\d))"
    r"(?:(?:T| +T?)(\d\d(?::?\d\d)?(:?\d\d)?(?:[.,]\d+)?) ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2}, ?)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")
_HAS_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_HAS_SECONDS = re.compile(r"\d:\d\d:\d\d")
# "GMT+0000 (Coordinated Universal Time)": the name in parentheses is redundant.
_IN_BRACKETS = re.compile(r"(?:(?<!\s)\s+)?\([^()]*\)\s*$")


def read_machine_time(value: str, zone: tzinfo) -> tuple[datetime, Precision] | None:
    """Parse a machine-readable time; return the timestamp and its precision, or None. Never raises.

    Formats: ISO 8601, RFC 2822, JavaScript's ``Date``, seconds or milliseconds since 1970, and, last, full dates in
    any language. An offset in ``value`` is kept; without one, the time is in ``zone``. In a repeated hour that is the
    first occurrence (RFC 5545); a time in a skipped hour moves forward. A date without a time is midnight in ``zone``.
    Values that programs write for "never" (the year 1, the start of 1970) give None.
    """
    value = value.strip()
    if not 8 <= len(value) <= _LONGEST:
        return None
    for found in _readings(value, zone):
        if found is not None:
            return found if found[0].year in _YEARS and found[0] != _EPOCH_START else None
    return None


def _readings(value: str, zone: tzinfo) -> Iterator[tuple[datetime, Precision] | None]:
    if value.isascii():
        if value[0].isdigit():
            yield _read_epoch(value)
            yield _read_iso(value, zone)
        if _RFC_2822.match(value):
            yield _read_rfc2822(value, zone)
    if _HAS_YEAR.search(value):
        value = _IN_BRACKETS.sub("", value)
        yield _read_written(value, zone)
        yield _read_anything(value, zone)


def _read_epoch(value: str) -> tuple[datetime, Precision] | None:
    found = _EPOCH.fullmatch(value)
    if not found:
        return None
    seconds = int(found[1]) if found[1] else int(found[2]) // 1000
    return (datetime.fromtimestamp(seconds, UTC), "exact") if seconds in _EPOCH_SECONDS else None


def _read_iso(value: str, zone: tzinfo) -> tuple[datetime, Precision] | None:
    compact = _COMPACT.fullmatch(value)
    if compact:
        value = "{}-{}-{}T{}:{}:{}".format(*(part or "00" for part in compact.groups()))
    found = _ISO.fullmatch(value)
    if not found:
        return None
    day_text, clock, seconds, offset = found.groups()
    offset = (offset or "").upper().replace("UTC", "Z").replace("GMT", "Z")
    try:
        if clock is None:
            return wall_time(date.fromisoformat(day_text.upper()), time(), zone), "day"
        moment = _in_zone(read_iso(f"{day_text.upper()}T{clock}{offset}"), zone)
    except (ValueError, OverflowError):  # an invalid day, or an offset that leaves the years 1 to 9999
        return None
    exact = seconds is not None and (compact is None or compact[6] is not None)
    return moment, "exact" if exact else "minute"


def _read_rfc2822(value: str, zone: tzinfo) -> tuple[datetime, Precision] | None:
    from email.utils import parsedate_to_datetime

    try:
        moment = _in_zone(parsedate_to_datetime(value), zone)
    except (ValueError, OverflowError):
        return None
    return moment, "exact" if _HAS_SECONDS.search(value) else "minute"


def _read_written(value: str, zone: tzinfo) -> tuple[datetime, Precision] | None:
    """Parse a date in any language, if it is the whole value."""
    found = find_times(value)
    if len(found) != 1 or len(found[0].text) < len(value.rstrip(".")):
        return None
    said = found[0]
    if said.year is None or said.month is None or said.day is None:
        return None
    shown = time(said.hour or 0, said.minute or 0, said.second or 0)
    precision: Precision = "day" if said.hour is None else said.precision
    return wall_time(date(said.year, said.month, said.day), shown, _kept_zone(said, zone)), precision


def _kept_zone(said: TimeExpression, zone: tzinfo) -> tzinfo:
    return UTC if said.utc_offset == timedelta(0) else zone_of(said, zone)


def _read_anything(value: str, zone: tzinfo) -> tuple[datetime, Precision] | None:
    """Parse a value with dateutil, if the value itself has year, month and day."""
    from dateutil import parser

    def offset_of(letters: str | None, seconds: int | None) -> tzinfo | None:
        offset = timedelta(seconds=seconds) if seconds is not None else ABBREVIATED_OFFSETS.get(letters or "")
        return timezone(offset) if offset is not None else None

    readings: list[datetime] = []
    # dateutil fills gaps from the default: only a full date gives the same result for two different defaults.
    for default in (datetime(2000, 1, 1), datetime(2001, 2, 2, 1, 1)):  # noqa: DTZ001
        try:
            readings.append(parser.parse(value, default=default, tzinfos=offset_of))
        except (ValueError, OverflowError, TypeError, AttributeError):  # dateutil raises any of these
            return None
    first, second = readings
    if first.date() != second.date() or first.year not in _YEARS:
        return None
    if first.time() != second.time():
        return wall_time(first.date(), time(), zone), "day"
    return _in_zone(first, zone), "exact" if _HAS_SECONDS.search(value) else "minute"


def _in_zone(moment: datetime, zone: tzinfo) -> datetime:
    if moment.utcoffset() is None:
        return wall_time(moment.date(), moment.time(), zone)
    return moment.replace(tzinfo=UTC) if moment.utcoffset() == timedelta(0) else moment
