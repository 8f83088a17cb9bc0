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


class Span(NamedTuple):
    """A span of time: ``start`` is in it, ``end`` is not; both are aware. In a moment both are the same."""

    start: datetime
    end: datetime


MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_of(year: int, month: int, day: int) -> date:
    """That day; raises Impossible where there is none."""
    month_of(year, month)
    try:
        return date(year, month, day)
    except ValueError:
        if day < 1:
            raise Impossible(f"there is no day {day}") from None
        last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        raise Impossible(f"{MONTH_NAMES[month - 1]} {year} has {last} days") from None


def month_of(year: int, month: int) -> int:
    """The number of a month, counted from the year 0; raises Impossible where there is none."""
    if not 1 <= month <= 12:
        raise Impossible(f"there is no month {month}")
    if not 1 <= year < 9999:
        raise Impossible(f"there is no year {year}")
    return year * 12 + month - 1


def days(first: date, count: int, zone: tzinfo) -> Span:
    """``count`` days from ``first`` on."""
    return Span(wall_time(first, time(), zone), wall_time(first + timedelta(days=count), time(), zone))


def months(first: int, count: int, zone: tzinfo) -> Span:
    """``count`` months from the month ``first``, counted from the year 0."""
    start, end = (date(month // 12, month % 12 + 1, 1) for month in (first, first + count))
    return Span(wall_time(start, time(), zone), wall_time(end, time(), zone))


def latest_month(month: int, now: datetime) -> int:
    """The latest month with this number (1 to 12) that has begun, counted from the year 0."""
    this = now.year * 12 + now.month - 1
    return this - (this - (month - 1)) % 12


def latest_weekday(weekday: int, today: date) -> date:
    """The latest day of this name, today included; 0 is Monday."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def hours(day: date, start: int, end: int, zone: tzinfo) -> Span:
    """From one full hour of ``day`` to another; hours from 24 on are those of the next day."""
    first, last = (wall_time(day + timedelta(days=hour // 24), time(hour % 24), zone) for hour in (start, end))
    return Span(first, last)


def clock_span(day: date, shown: time, length: timedelta, zone: tzinfo, clock_zone: tzinfo | None = None) -> Span:
    """While a clock in ``clock_zone`` (by default ``zone``) shows a time on ``day``.

    In the hour that occurs twice a clock shows it twice: the span is from the first time to the second.
    """
    clock_zone = clock_zone or zone
    start = wall_time(day, shown, clock_zone)
    last = max(start, wall_time(day, shown.replace(fold=1), clock_zone), key=in_utc)
    return Span(start.astimezone(zone), (last.astimezone(UTC) + length).astimezone(zone))


def is_ahead(span: Span, now: datetime) -> bool:
    """Whether ``span`` begins after ``now``."""
    return in_utc(span.start) > in_utc(now)
