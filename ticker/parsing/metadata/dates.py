"""Dates of an article: parsing of what a source states, and choice of the most exact date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from ticker.parsing.metadata.source import Date
from ticker.times.expressions import TimeExpression
from ticker.times.finder import find_times
from ticker.times.machine import read_machine_time
from ticker.times.resolve import LARGEST_ZONE_GAP, resolve

_DIGIT = re.compile(r"\d")
_OFFSET = re.compile(r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d)$")
_EPOCH = re.compile(r"\d{9,13}(?:\.\d+)?$")
# "03/09/2026", whose order depends on the page's country.
_NUMERIC = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
# "2025-03-04"
_LONGEST_DAY = 10
# Longer text is not a date.
_LONGEST_DATE = 120
# The web began in 1991; earlier dates are placeholders.
_EARLIEST = 1991
# Codes of countries that write the month first.
MONTH_FIRST = frozenset(("US", "PH", "FM", "PW", "MH"))


@dataclass(frozen=True, slots=True)
class DateSettings:
    """Settings for parsing dates: ``now`` is the time of the fetch, ``zone`` applies to dates without an offset."""

    zone: tzinfo
    now: datetime | None = None
    month_first: bool = False


def first_offset(texts: Iterable[str]) -> timedelta | None:
    """Return the first nonzero UTC offset in dates, or None."""
    read = (read_date(text, DateSettings(UTC)) for text in texts)
    return next((found.offset for found in read if found is not None and found.offset), None)


def read_dates(stated: Iterable[str | Date], settings: DateSettings) -> list[Date]:
    """Return the dates that sources state, without those that are not dates or are implausible."""
    read = (read_date(each, settings) if isinstance(each, str) else each for each in stated)
    return [found for found in read if found is not None]


def are_complete(published: Sequence[Date], modified: Sequence[Date]) -> bool:
    """Return whether the first date of publication has a time and an offset, and there is one of modification."""
    return bool(modified) and bool(published) and not published[0].daily and published[0].offset is not None


def is_later(other: Date, published: datetime) -> bool:
    """Return whether a date is not before the time of publication."""
    return other.moment >= published or (other.daily and other.moment.date() == published.date())


def best_date(said: Sequence[Date]) -> datetime | None:
    """Return the time of the first date, refined by later ones with the same day or the same clock time, or None."""
    if not said:
        return None
    first = said[0]
    for other in said[1:]:
        if first.daily and not other.daily and first.moment.date() == other.moment.date():
            first = other
        if not first.offset and other.offset and not other.daily and _clock(first) == _clock(other):
            first = other  # the same clock time with an offset: the first has none or wrongly says UTC
    return first.moment


def _clock(said: Date) -> datetime:
    return said.moment.replace(tzinfo=None, second=0, microsecond=0)


def resolve_shown(shown: TimeExpression, settings: DateSettings) -> Date | None:
    """Return the date of a visible time: as written if complete, else resolved against the time of the fetch."""
    if shown.year and shown.month and shown.day:
        zone = timezone(shown.utc_offset) if shown.utc_offset is not None else settings.zone
        clock = time(shown.hour or 0, shown.minute or 0, shown.second or 0)
        orders = [(shown.month, shown.day)] + ([(shown.day, shown.month)] if shown.is_ambiguous else [])
        for month, day in orders:
            try:
                moment = datetime.combine(date(shown.year, month, day), clock, tzinfo=zone)
            except ValueError:
                continue
            if _is_plausible(moment, settings):
                return Date(moment, shown.utc_offset, daily=shown.hour is None)
    if settings.now is None:
        return None
    resolved = resolve(shown, settings.now, settings.zone)
    if resolved is None or not _is_plausible(resolved.time, settings):
        return None
    return Date(resolved.time, shown.utc_offset, daily=resolved.precision == "day")


def read_date(text: str, settings: DateSettings) -> Date | None:
    """Parse a machine-readable date; return None if there is none or it is implausible."""
    text = text.strip()
    if not _DIGIT.search(text):
        return None
    if _NUMERIC.match(text):
        times = find_times(text[:_LONGEST_DATE], settings.month_first)
        return resolve_shown(times[0], settings) if times else None
    said = _read_iso(text, settings.zone) or _read_other(text, settings.zone)
    return said if said is not None and _is_plausible(said.moment, settings) else None


def _read_iso(text: str, zone: tzinfo) -> Date | None:
    """Parse a date in ISO 8601, the format of nearly all pages, by the fast path."""
    if _EPOCH.match(text):  # `fromisoformat` parses some epoch seconds as dates
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = moment.utcoffset()
    return Date(moment if offset is not None else moment.replace(tzinfo=zone), offset, len(text) <= _LONGEST_DAY)


def _read_other(text: str, zone: tzinfo) -> Date | None:
    found = read_machine_time(text, zone)
    if found is None:
        return None
    moment, precision = found
    carries_none = moment.tzinfo is zone and not _OFFSET.search(text) and not _EPOCH.match(text)
    return Date(moment, None if carries_none else moment.utcoffset(), daily=precision == "day")


def _is_plausible(moment: datetime, settings: DateSettings) -> bool:
    return moment.year >= _EARLIEST and (settings.now is None or moment <= settings.now + LARGEST_ZONE_GAP)
