"""Time ranges on the calendar of a zone: days, months, hours, and parts of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from ticker.times.resolve import to_utc, wall_time


class InvalidTime(ValueError):
    """An invalid or ambiguous date or time; the message says why, and ``what`` is "date" or "time"."""

    def __init__(self, why: str, what: str = "date") -> None:
        super().__init__(why)
        self.what = what


class FutureTime(InvalidTime):
    """A time in the future, such as "next week"; archives hold only the past."""

    def __init__(self) -> None:
        super().__init__('it is in the future; use e.g. "today", "last week" or "3 days ago"', "time")


class TimeRange(NamedTuple):
    """A half-open time range from ``start`` to ``end`` (exclusive), both aware; they are equal for a moment."""

    start: datetime
    end: datetime


MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# Beyond these, a timestamp leaves the years 1 to 9999 of ``datetime`` in some zones. Ranges are clamped to them.
EARLIEST, LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
# Offsets in days from the first of a month to its beginning, middle and end.
_TENS = (0, 10, 20)


def day_of(year: int, month: int, day: int) -> date:
    """Return a date; raises InvalidTime if it does not exist."""
    first = month_of(year, month)
    try:
        return date(year, month, day)
    except ValueError:
        if day < 1:
            raise InvalidTime(f"there is no day {day}") from None
        last = (_ordinal(first + 1) - _ordinal(first)) if first < 12 * 9999 + 11 else 31
        raise InvalidTime(f"{MONTH_NAMES[month - 1]} {year} has {last} days") from None


def month_of(year: int, month: int) -> int:
    """Return the number of a month, counted from the year 0; raises InvalidTime if it does not exist."""
    if not 1 <= month <= 12:
        raise InvalidTime(f"there is no month {month}")
    if not 1 <= year <= 9999:
        raise InvalidTime(f"there is no year {year}")
    return year * 12 + month - 1


def days(first: date, count: int, zone: tzinfo) -> TimeRange:
    """Return the range of ``count`` days from ``first``."""
    return TimeRange(*(_on(first.toordinal() + further, time(), zone) for further in (0, count)))


def months(first: int, count: int, zone: tzinfo) -> TimeRange:
    """Return the range of ``count`` months from the month ``first``, counted from the year 0."""
    return TimeRange(*(_on(_ordinal(month), time(), zone) for month in (first, first + count)))


def third(time_range: TimeRange, which: int, zone: tzinfo) -> TimeRange:
    """Return the beginning, the middle or the end (0, 1, 2) of a range of days.

    In a month, each has ten days, but the end is all days from the 21st. In a quarter, a year or more, each has a third
    of the months. In a week, they are the first, the middle and the last day.
    """
    first, end = (moment.astimezone(zone).date() for moment in time_range)
    length = (end - first).days
    if length < 28:
        return days(first + timedelta(days=(0, length // 2, max(length - 1, 0))[which]), 1, zone)
    if length <= 31:
        start = first + timedelta(days=_TENS[which])
        return days(start, 10 if which < 2 else (end - start).days, zone)
    month = first.year * 12 + first.month - 1
    count = (end.year * 12 + end.month - 1 - month) // 3
    return months(month + which * count, count, zone)


def latest_month(month: int, now: datetime) -> int:
    """Return the latest month with this number (1 to 12) that has begun, counted from the year 0."""
    this = now.year * 12 + now.month - 1
    return this - (this - (month - 1)) % 12


def latest_weekday(weekday: int, today: date) -> date:
    """Return the latest day with this weekday (0 is Monday), today included."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def hours(day: date, start: int, end: int, zone: tzinfo) -> TimeRange:
    """Return the range between two full hours of ``day``; hours from 24 are those of the next day."""
    return TimeRange(*(_on(day.toordinal() + hour // 24, time(hour % 24), zone) for hour in (start, end)))


def clock_range(day: date, shown: time, length: timedelta, zone: tzinfo) -> TimeRange:
    """Return the range of ``length`` in which clocks in ``zone`` show a time on ``day``.

    For a time in a repeated hour, the range is from the start of the first to the end of the second occurrence.
    """
    start = _on(day.toordinal(), shown, zone)
    last = max(start, _on(day.toordinal(), shown.replace(fold=1), zone), key=to_utc)
    return TimeRange(start, (last.astimezone(UTC) + length).astimezone(zone))


def is_ahead(time_range: TimeRange, now: datetime) -> bool:
    """Return whether ``time_range`` begins after ``now``."""
    return to_utc(time_range.start) > to_utc(now)


def _ordinal(month: int) -> int:
    """Return the ordinal (``date.toordinal``) of the first day of a month, also of the year 10000."""
    return date(month // 12, month % 12 + 1, 1).toordinal() if month < 120_000 else LATEST.toordinal() + 1


def _on(ordinal: int, shown: time, zone: tzinfo) -> datetime:
    if ordinal <= EARLIEST.toordinal():
        return EARLIEST.astimezone(zone)
    if ordinal >= LATEST.toordinal():
        return LATEST.astimezone(zone)
    return wall_time(date.fromordinal(ordinal), shown, zone)
