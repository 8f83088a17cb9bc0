"""What people type after ``--since`` and ``--until``: a text becomes a span of time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from ticker.errors import TimeError
from ticker.times.expressions import TimeExpression
from ticker.times.resolve import days_of, in_utc, wall_time, zone_of

_AGE = re.compile(r"(\d{1,6}) ?([a-z]+)(?: ago)?")
_EXACT_UNITS = {"s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hr": 3600, "hour": 3600}
_CALENDAR_UNITS = {"d": "days", "day": "days", "w": "weeks", "wk": "weeks", "week": "weeks"} | {
    "month": "months",
    "y": "years",
    "year": "years",
}
_PERIOD = re.compile(r"(this|last|previous) (week|month|year|[a-z]+)")
_YEAR_OR_MONTH = re.compile(r"(\d{4})(?:-(\d\d?))?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NEAR_DAYS = {"today": 0, "yesterday": 1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_POSSIBLE = (
    'a date ("2025-06-12", "2025-06", "12 June 2025"), a time ("17:10", "2025-06-12 17:10"), an age ("90m", "6h", '
    '"2 days ago") or a name ("today", "yesterday 18:00", "monday", "last week", "this month")'
)


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time: ``start`` is in it, ``end`` is not; both are aware. In a moment both are the same."""

    start: datetime
    end: datetime


def read_span(text: str, now: datetime) -> Span:
    """The span that ``text`` names, read at ``now`` (aware) and in its zone.

    A year, month, week or day is all of it, "17:10" that minute and "17:10:22" that second; "now" and ages ("2d", "6
    hours ago") are moments. Days and longer are counted on the calendar, hours on the clock. "monday" is the latest,
    today included, "last monday" the latest before today; weeks begin on Monday (ISO 8601). Dates and times may stand
    as on pages, in any language ("12 June 2025", "gestern 18:00"), and may lie ahead.
    Raises TimeError where ``text`` is none of these.
    """
    if now.utcoffset() is None or now.tzinfo is None:
        raise ValueError(f"now {now!r} has no time zone")
    wanted = " ".join(text.split())
    for read in (_read_name, _read_age, _read_year_or_month, _read_date, _read_as_on_pages):
        try:
            span = read(wanted, now, now.tzinfo)
        except (ValueError, OverflowError):  # there is no such day, or it lies before the year 1
            break
        if span is not None:
            return span
    raise TimeError(f"{text[:80]!r} is no time; possible are {_POSSIBLE}")


def _read_name(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "now", "monday", "last monday", "this week", "last month" ..."""
    name, today = text.lower(), now.date()
    if name == "now":
        return Span(now, now)
    if name in _NEAR_DAYS:
        return _days(today - timedelta(days=_NEAR_DAYS[name]), 1, zone)
    found = _PERIOD.fullmatch(name)
    which, unit = found.groups() if found else ("this", name)
    weekday = next((n for n, day in enumerate(_WEEKDAYS) if len(unit) >= 3 and day.startswith(unit)), None)
    back = 0 if which == "this" else 1
    if weekday is not None:
        day = today - timedelta(days=back)
        return _days(day - timedelta(days=(day.weekday() - weekday) % 7), 1, zone)
    if not found:
        return None
    if unit == "week":
        return _days(today - timedelta(days=today.weekday() + 7 * back), 7, zone)
    if unit == "month":
        month = today.year * 12 + today.month - 1 - back
        return _months(month, 1, zone)
    return _months((today.year - back) * 12, 12, zone) if unit == "year" else None


def _read_age(text: str, now: datetime, zone: tzinfo) -> Span | None:
    found = _AGE.fullmatch(text.lower())
    if not found:
        return None
    count, unit = int(found[1]), found[2]
    unit = unit.removesuffix("s") if len(unit) > 1 else unit
    if unit in _EXACT_UNITS:
        moment = (now.astimezone(UTC) - timedelta(seconds=count * _EXACT_UNITS[unit])).astimezone(zone)
    elif unit in _CALENDAR_UNITS:
        from dateutil.relativedelta import relativedelta

        then = now - relativedelta(**{_CALENDAR_UNITS[unit]: count})  # type: ignore[arg-type]
        moment = wall_time(then.date(), then.time(), zone)
    else:
        return None
    return Span(moment, moment)


def _read_year_or_month(text: str, now: datetime, zone: tzinfo) -> Span | None:
    found = _YEAR_OR_MONTH.fullmatch(text)
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 1)
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    return _months(year * 12 + month - 1, 1 if found[2] else 12, zone)


def _read_date(text: str, now: datetime, zone: tzinfo) -> Span | None:
    return _days(date.fromisoformat(text), 1, zone) if _DATE.fullmatch(text) else None


def _read_as_on_pages(text: str, now: datetime, zone: tzinfo) -> Span | None:
    from ticker.times.find import find_times  # takes longer to get ready than most of what waits for a span

    found = find_times(text)
    if len(found) != 1 or len(found[0].text) < len(text.rstrip(".")):
        return None
    said = found[0]
    if said.age is not None:
        moment = (now.astimezone(UTC) - said.age).astimezone(zone)
        return Span(moment, moment)
    spans = [_span_on(said, day, zone) for day in _days_meant(said, now)]
    return next((span for span in spans if in_utc(span.start) <= in_utc(now)), spans[0]) if spans else None


def _days_meant(said: TimeExpression, now: datetime) -> list[date]:
    today = now.astimezone(zone_of(said, now.tzinfo or UTC)).date()
    if said.year and said.month and said.day:  # these may lie ahead
        return [date(said.year, said.month, said.day)]
    return [today] if said.form == "clock" else list(days_of(said, today))


def _span_on(said: TimeExpression, day: date, zone: tzinfo) -> Span:
    if said.hour is None:
        return _days(day, 1, zone)
    shown = time(said.hour, said.minute or 0, said.second or 0)
    start = wall_time(day, shown, zone_of(said, zone))
    # In the hour that occurs twice a clock shows this twice: the span is from the first time to the second.
    last = max(start, wall_time(day, shown.replace(fold=1), zone_of(said, zone)), key=in_utc)
    length = timedelta(minutes=1) if said.second is None else timedelta(seconds=1)
    return Span(start.astimezone(zone), (last.astimezone(UTC) + length).astimezone(zone))


def _days(first: date, count: int, zone: tzinfo) -> Span:
    return Span(wall_time(first, time(), zone), wall_time(first + timedelta(days=count), time(), zone))


def _months(first: int, count: int, zone: tzinfo) -> Span:
    """``count`` months from the month ``first``, counted from the year 0."""
    start, end = (date(month // 12, month % 12 + 1, 1) for month in (first, first + count))
    return Span(wall_time(start, time(), zone), wall_time(end, time(), zone))
