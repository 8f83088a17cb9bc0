"""Spans of time on the calendar of a zone, and the words that they are made of. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from ticker.times.resolve import in_utc, wall_time


class Impossible(ValueError):
    """What was meant is clear, and there is no such thing; its text says why, ``what`` of which kind it is."""

    def __init__(self, why: str, what: str = "date") -> None:
        super().__init__(why)
        self.what = what


class Ahead(Impossible):
    """What was meant is to come; archives hold what was."""

    def __init__(self) -> None:
        super().__init__('it lies ahead; possible are "today", "last week", "3 days ago"', "time that was")


class TimeRange(NamedTuple):
    """A range of time: ``start`` is in it, ``end`` is not; both are aware. In a moment both are the same."""

    start: datetime
    end: datetime


MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# Beyond these a moment is in some zones none of Python's calendar, of the years 1 to 9999; what lies there is moved.
EARLIEST, LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
# The days of a month that its beginning, its middle and its end begin with.
_TENS = (0, 10, 20)


def day_of(year: int, month: int, day: int) -> date:
    """That day; raises Impossible where there is none."""
    first = month_of(year, month)
    try:
        return date(year, month, day)
    except ValueError:
        if day < 1:
            raise Impossible(f"there is no day {day}") from None
        last = (_ordinal(first + 1) - _ordinal(first)) if first < 12 * 9999 + 11 else 31
        raise Impossible(f"{MONTH_NAMES[month - 1]} {year} has {last} days") from None


def month_of(year: int, month: int) -> int:
    """The number of a month, counted from the year 0; raises Impossible where there is none."""
    if not 1 <= month <= 12:
        raise Impossible(f"there is no month {month}")
    if not 1 <= year <= 9999:
        raise Impossible(f"there is no year {year}")
    return year * 12 + month - 1


def days(first: date, count: int, zone: tzinfo) -> TimeRange:
    """``count`` days from ``first`` on."""
    return TimeRange(*(_on(first.toordinal() + further, time(), zone) for further in (0, count)))


def months(first: int, count: int, zone: tzinfo) -> TimeRange:
    """``count`` months from the month ``first``, counted from the year 0."""
    return TimeRange(*(_on(_ordinal(month), time(), zone) for month in (first, first + count)))


def third(time_range: TimeRange, which: int, zone: tzinfo) -> TimeRange:
    """The beginning, the middle or the end (0, 1, 2) of some days: all that may be meant by it.

    Of a month they are ten days each (the end those from the 21st on), of a quarter, year or more a third of its
    months; of a week the first day, the middle one and the last.
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
    """The latest month with this number (1 to 12) that has begun, counted from the year 0."""
    this = now.year * 12 + now.month - 1
    return this - (this - (month - 1)) % 12


def latest_weekday(weekday: int, today: date) -> date:
    """The latest day of this name, today included; 0 is Monday."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def hours(day: date, start: int, end: int, zone: tzinfo) -> TimeRange:
    """From one full hour of ``day`` to another; hours from 24 on are those of the next day."""
    return TimeRange(*(_on(day.toordinal() + hour // 24, time(hour % 24), zone) for hour in (start, end)))


def clock_range(day: date, shown: time, length: timedelta, zone: tzinfo) -> TimeRange:
    """While a clock in ``zone`` shows a time on ``day``.

    In the hour that occurs twice a clock shows it twice: the range is from the first time to the second.
    """
    start = _on(day.toordinal(), shown, zone)
    last = max(start, _on(day.toordinal(), shown.replace(fold=1), zone), key=in_utc)
    return TimeRange(start, (last.astimezone(UTC) + length).astimezone(zone))


def is_ahead(time_range: TimeRange, now: datetime) -> bool:
    """Whether ``time_range`` begins after ``now``."""
    return in_utc(time_range.start) > in_utc(now)


def _ordinal(month: int) -> int:
    """The day on which a month begins, counted as ``date.toordinal`` does; also of the year 10000."""
    return date(month // 12, month % 12 + 1, 1).toordinal() if month < 120_000 else LATEST.toordinal() + 1


def _on(ordinal: int, shown: time, zone: tzinfo) -> datetime:
    if ordinal <= EARLIEST.toordinal():
        return EARLIEST.astimezone(zone)
    if ordinal >= LATEST.toordinal():
        return LATEST.astimezone(zone)
    return wall_time(date.fromordinal(ordinal), shown, zone)
