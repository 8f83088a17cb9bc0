"""A time expression becomes a moment: what it means when it is read at a given moment, on a given clock."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from ticker.models import Precision
from ticker.times.expressions import MONTH, TimeExpression
from ticker.times.zones import zone_named

# Clocks of servers and readers differ by a few minutes, and pages round up; what lies further ahead is no publication.
FUTURE_TOLERANCE = timedelta(minutes=5)
# A mere date may be ahead by a day, where the page is written further east than the zone it is read in.
DATE_TOLERANCE = timedelta(days=1)
# The difference between the clocks of Kiritimati and of Baker Island: a page in a wrong zone is no further ahead.
LARGEST_ZONE_GAP = timedelta(hours=26)
# 29 February comes back after eight years at the latest.
_YEARS_BACK = 8


@dataclass(frozen=True, slots=True)
class Resolved:
    """A moment (aware), and what is known of it."""

    time: datetime
    precision: Precision


def resolve(expression: TimeExpression, reference: datetime, zone: tzinfo) -> Resolved | None:
    """The moment, in ``zone``, that an expression means when it is read at ``reference`` (aware).

    A clock is of the reference's day, or of the day before where it would lie ahead; a date without a year the latest
    that is not ahead; an age is counted back from the reference. An offset or zone that the expression names goes
    before ``zone``. Seconds that it does not tell are zero.

    What lies ahead has not been published: a dated clock which does (by up to a day, as where the page's zone is not
    known) keeps its day and loses its clock; other dates ahead give None, as do days that do not exist.
    Raises ValueError for a naive ``reference``.
    """
    reference = in_utc(reference)
    if expression.age is not None:
        return _resolve_age(expression, expression.age, reference, zone)
    clock_zone = zone_of(expression, zone)
    today = reference.astimezone(clock_zone).date()
    if expression.form == "clock":
        latest = latest_clock(expression, reference, clock_zone)
        return Resolved(latest.astimezone(zone), expression.precision)
    for day in days_of(expression, today):
        found = resolve_on(expression, day, reference, zone)
        if found is not None:
            return found
    return None


def is_ahead(moment: datetime, reference: datetime) -> bool:
    """Return whether ``moment`` lies further ahead of ``reference`` (both aware) than zones differ: a wrong time."""
    return moment - reference > LARGEST_ZONE_GAP


def zone_of(expression: TimeExpression, zone: tzinfo) -> tzinfo:
    """The zone of an expression's clock: that which it names, else ``zone``."""
    if expression.utc_offset is not None:
        return timezone(expression.utc_offset)
    return zone_named(expression.zone) if expression.zone else zone


def days_of(expression: TimeExpression, today: date) -> Iterator[date]:
    """The days that a dated expression may mean, seen from ``today``, the likeliest first."""
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
    """The moment of an expression's clock on ``day``, or the day itself where it has none; None where it lies ahead."""
    clock_zone = zone_of(expression, zone)
    if expression.hour is not None:
        moments = clock_on(expression, day, clock_zone)
        for moment in moments:
            if moment <= reference + FUTURE_TOLERANCE:
                return Resolved(moment.astimezone(zone), expression.precision)
        if expression.day is None and expression.day_offset is None:  # a weekday: rather that of the week before
            return None
    if day > reference.astimezone(clock_zone).date() + DATE_TOLERANCE:
        return None
    return Resolved(wall_time(day, time(), zone), "day")


def latest_clock(expression: TimeExpression, reference: datetime, zone: tzinfo) -> datetime:
    """The moment, in UTC, at which a clock in ``zone`` showed the expression's time on the reference's day, or the last
    day on which that does not lie ahead.
    """
    today = reference.astimezone(zone).date()
    for days in range(3):
        for moment in clock_on(expression, today - timedelta(days=days), zone):
            if moment <= reference + FUTURE_TOLERANCE:
                return moment
    raise AssertionError("a clock shows every time of day within two days")  # pragma: no cover


def clock_on(expression: TimeExpression, day: date, zone: tzinfo) -> list[datetime]:
    """The moments of ``day``, in UTC, at which a clock in ``zone`` shows the expression's time, the later first.

    There are two in the hour that is repeated when daylight saving ends. In the gap where it begins there is one,
    moved forward as the clock is.
    """
    shown = time(expression.hour or 0, expression.minute or 0, expression.second or 0)
    first, second = (in_utc(wall_time(day, shown.replace(fold=fold), zone)) for fold in (0, 1))
    # In the gap the second fold is the earlier moment, and no second showing.
    return [second, first] if second > first else [first]


def wall_time(day: date, shown: time, zone: tzinfo) -> datetime:
    """The moment at which a clock in ``zone`` shows ``shown`` on ``day``; one in a gap is moved forward."""
    return datetime.combine(day, shown, tzinfo=zone).astimezone(UTC).astimezone(zone)


def _resolve_age(expression: TimeExpression, age: timedelta, reference: datetime, zone: tzinfo) -> Resolved | None:
    """Count back from ``reference``: the months on the calendar of ``zone``, the rest as it is."""
    months = expression.months
    try:
        moment = _months_before(reference, months, zone) - (age - months * MONTH)
    except (OverflowError, ValueError):  # before the year 1
        return None
    return Resolved(moment.replace(second=0, microsecond=0).astimezone(zone), expression.precision)


def _months_before(moment: datetime, months: int, zone: tzinfo) -> datetime:
    """Return the same day and clock so many months before, in UTC; the last day of a month that has no such day."""
    if not months:
        return moment
    shown = moment.astimezone(zone)
    year, month = divmod(shown.year * 12 + shown.month - 1 - months, 12)
    day = min(shown.day, monthrange(year, month + 1)[1])
    return in_utc(wall_time(date(year, month + 1, day), shown.time(), zone))


def in_utc(moment: datetime) -> datetime:
    """``moment`` (aware) in UTC: Python compares two times of one zone by their clocks, and those repeat an hour.

    Raises ValueError for a naive one.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(UTC)
