"""Resolution of a time expression to a timestamp, relative to a reference time and in a time zone."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from ticker.models import Precision
from ticker.times.expressions import MONTH, TimeExpression
from ticker.times.zones import zone_by_name

# Clocks of servers and readers differ by a few minutes, and pages round up. A later time is not a publication time.
FUTURE_TOLERANCE = timedelta(minutes=5)
# A date without a time may be a day ahead, if the page is from further east than the zone it is read in.
DATE_TOLERANCE = timedelta(days=1)
# Kiritimati is 26 hours ahead of Baker Island: a page read in a wrong zone is at most so far ahead. A time further
# after the fetch of its page is an error or a future event.
LARGEST_ZONE_GAP = timedelta(hours=26)
# 29 February recurs within eight years.
_YEARS_BACK = 8


@dataclass(frozen=True, slots=True)
class Resolved:
    """A timestamp (aware) and its precision."""

    time: datetime
    precision: Precision


def resolve(expression: TimeExpression, reference: datetime, zone: tzinfo) -> Resolved | None:
    """Return the timestamp of an expression, in ``zone``, as seen at ``reference`` (aware).

    A clock time is on the reference's day, or on the day before if it would be in the future. A date without a year
    is its latest occurrence. An age counts back from the reference. An offset or zone in the expression takes
    precedence over ``zone``. Missing seconds are zero.

    A publication time is not in the future. A date with a clock time that is up to a day ahead (e.g. because the
    page's zone is unknown) keeps only its day. Other future dates and days that do not exist give None.
    Raises ValueError for a naive ``reference``.
    """
    reference = to_utc(reference)
    if expression.age is not None:
        return _resolve_age(expression, expression.age, reference, zone)
    clock_zone = zone_of(expression, zone)
    today = reference.astimezone(clock_zone).date()
    if expression.form == "clock":
        latest = latest_occurrence(expression, reference, clock_zone)
        return Resolved(latest.astimezone(zone), expression.precision)
    for day in days_of(expression, today):
        found = resolve_on(expression, day, reference, zone)
        if found is not None:
            return found
    return None


def zone_of(expression: TimeExpression, zone: tzinfo) -> tzinfo:
    """Return the offset or zone that an expression states, else ``zone``."""
    if expression.utc_offset is not None:
        return timezone(expression.utc_offset)
    return zone_by_name(expression.zone) if expression.zone else zone


def days_of(expression: TimeExpression, today: date) -> Iterator[date]:
    """Yield the days that a dated expression may mean, seen from ``today``, the likeliest first."""
    if expression.day_offset is not None and expression.day is None:
        yield today + timedelta(days=expression.day_offset)
    elif expression.month is None or expression.day is None:
        if expression.weekday is not None:
            latest = today - timedelta(days=(today.weekday() - expression.weekday) % 7)
            yield latest
            yield latest - timedelta(days=7)
    else:
        numbers = [(expression.month, expression.day)]
        if expression.is_ambiguous:
            numbers.append((expression.day, expression.month))
        years = (expression.year,) if expression.year else range(today.year + 1, today.year - _YEARS_BACK - 1, -1)
        for month, day in numbers:
            for year in years:
                try:
                    found = date(year, month, day)
                except ValueError:
                    continue
                if found <= today + DATE_TOLERANCE:
                    yield found
                    break


def resolve_on(expression: TimeExpression, day: date, reference: datetime, zone: tzinfo) -> Resolved | None:
    """Return the expression's clock time on ``day``, or the day if it has none; None if that is in the future."""
    clock_zone = zone_of(expression, zone)
    if expression.hour is not None:
        moments = occurrences_on(expression, day, clock_zone)
        for moment in moments:
            if moment <= reference + FUTURE_TOLERANCE:
                return Resolved(moment.astimezone(zone), expression.precision)
        if expression.day is None and expression.day_offset is None:  # a weekday: try the week before
            return None
    if day > reference.astimezone(clock_zone).date() + DATE_TOLERANCE:
        return None
    return Resolved(wall_time(day, time(), zone), "day")


def latest_occurrence(expression: TimeExpression, reference: datetime, zone: tzinfo) -> datetime:
    """Return the latest occurrence, in UTC, of the expression's clock time in ``zone`` that is not in the future."""
    today = reference.astimezone(zone).date()
    for days in range(3):
        for moment in occurrences_on(expression, today - timedelta(days=days), zone):
            if moment <= reference + FUTURE_TOLERANCE:
                return moment
    raise AssertionError("a clock shows every time of day within two days")  # pragma: no cover


def occurrences_on(expression: TimeExpression, day: date, zone: tzinfo) -> list[datetime]:
    """Return the occurrences, in UTC, of the expression's clock time on ``day`` in ``zone``, latest first.

    There are two in the hour that repeats when daylight saving time ends. A time in the gap when it begins has one,
    moved forward.
    """
    shown = time(expression.hour or 0, expression.minute or 0, expression.second or 0)
    first, second = (to_utc(wall_time(day, shown.replace(fold=fold), zone)) for fold in (0, 1))
    # In the gap, fold=1 gives an earlier time, which is not a second occurrence.
    return [second, first] if second > first else [first]


def wall_time(day: date, shown: time, zone: tzinfo) -> datetime:
    """Return the timestamp of a clock time on ``day`` in ``zone``; a time in a gap moves forward."""
    return datetime.combine(day, shown, tzinfo=zone).astimezone(UTC).astimezone(zone)


def _resolve_age(expression: TimeExpression, age: timedelta, reference: datetime, zone: tzinfo) -> Resolved | None:
    """Count an age back from ``reference``: months on the calendar of ``zone``, the rest in elapsed time."""
    months = expression.months
    try:
        moment = _months_before(reference, months, zone) - (age - months * MONTH)
    except (OverflowError, ValueError):  # before the year 1
        return None
    return Resolved(moment.replace(second=0, microsecond=0).astimezone(zone), expression.precision)


def _months_before(moment: datetime, months: int, zone: tzinfo) -> datetime:
    """Return the same day and clock time ``months`` before, in UTC; in a shorter month, its last day."""
    if not months:
        return moment
    shown = moment.astimezone(zone)
    year, month = divmod(shown.year * 12 + shown.month - 1 - months, 12)
    day = min(shown.day, monthrange(year, month + 1)[1])
    return to_utc(wall_time(date(year, month + 1, day), shown.time(), zone))


def to_utc(moment: datetime) -> datetime:
    """Convert ``moment`` to UTC; raises ValueError for a naive datetime.

    Python compares two times of one zone by their clock times, which is wrong in a repeated hour.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(UTC)
