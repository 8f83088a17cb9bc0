"""Times as people type them, in English and in numbers: "last monday", "2 weeks ago", "2025-06", "yesterday 17:00".

Pure. Each reader takes the text in lower case with single blanks, the moment of now and the zone, and gives a span;
None for what it does not know; Impossible where it knows what is meant and there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from ticker.times.resolve import wall_time
from ticker.times.stretches import (
    MONTH_NAMES,
    Impossible,
    Span,
    clock_span,
    day_of,
    days,
    hours,
    is_ahead,
    latest_month,
    latest_weekday,
    month_of,
    months,
)

Reader = Callable[[str, datetime, tzinfo], Span | None]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = tuple(name.lower() for name in MONTH_NAMES)
DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "day before yesterday": -2}
COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(COUNTS)} | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2}
# Seconds, or what the calendar counts by.
EXACT_UNITS = {"s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hr": 3600, "hour": 3600}
CALENDAR_UNITS = {
    "d": "days", "day": "days", "w": "weeks", "wk": "weeks", "week": "weeks",
    "mo": "months", "month": "months", "y": "years", "yr": "years", "year": "years",
}  # fmt: skip
# Parts of a day, in hours; the night goes on until the next day's morning.
PARTS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 24), "night": (18, 30)}

# Patterns are texts: to compile them all takes longer than to read any time.
_NUMBER = "|".join([r"\d{1,8}(?:\.\d{1,3})?", *sorted(_NUMBERS, key=len, reverse=True)])
_LENGTH = rf"(?P<number>{_NUMBER}) ?(?P<unit>[a-z]+)(?: and|,)? ?"
_BACK = r"(?P<last>(?:in |within )?(?:the )?(?:last|past|previous) )?(?P<lengths>.+?)(?P<ago> ago| back)?"
_PERIOD = r"(this|last|previous|past|the last|current) ([a-z]+)"
_CLOCK = (
    r"(?P<word>noon|midday|midnight)|(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?|h)? ?"
    r"(?P<half>[ap]\.?m\.?)?(?: ?(?:uhr|o'clock|hrs))?"
)
_CLOCK_LAST = rf"(?P<day>.+?)(?:(?: at| @|,)? |t(?=\d))(?P<clock>{_CLOCK})"
_CLOCK_FIRST = rf"(?P<clock>{_CLOCK}) (?:on |of )?(?P<day>.+)"
_BASIC = r"(\d{4})(\d\d)(\d\d)(?:[t ]?(\d\d)(\d\d)(\d\d)?)?"
_YMD = r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"
_DMY = r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})"
_YM = r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})|(?P<m2>\d{1,2})[/.](?P<y2>\d{4})"
_YEAR = r"(?:year )?(\d{4})"
_QUARTER = r"(?:(?P<y>\d{4})[- ]?)?q(?P<q>\d)(?:[- /]?(?P<y2>\d{4}))?"
_WEEK = r"(?:(?P<y>\d{4})[- ]?)?(?:w|week )(?P<w>\d{1,2})(?:[- /]?(?P<y2>\d{4}))?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAMED = (
    rf"{_ORDINAL}[- ]?(?:of )?(?P<month>[a-z]{{3,}})\.?(?:[- ](?P<year>\d{{4}}))?"
    rf"|(?P<month2>[a-z]{{3,}})\.?[- ](?:the )?{_ORDINAL.replace('day', 'day2')}(?:[- ](?P<year2>\d{{4}}))?"
)
_NAMED_MONTH = r"(?P<month>[a-z]{3,})\.?(?:[- ](?:of )?(?P<year>\d{4}))?|(?P<year2>\d{4})[- ](?P<month2>[a-z]{3,})"


def read_typed(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """What ``text`` means, where any of the readers knows."""
    readers: tuple[Reader, ...] = (
        _plain,
        _back,
        _period,
        _stretch,
        _whole_day,
        _basic,
        _bare_clock,
        _day_and_clock,
        _part,
    )
    for read in readers:
        span = read(text, now, zone)
        if span is not None:
            return span
    return None


def _plain(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """What is typed most, and moments as numbers."""
    if text == "now":
        return Span(now, now)
    if text in DAYS:
        return days(now.date() + timedelta(days=DAYS[text]), 1, zone)
    if text in WEEKDAYS:
        return days(latest_weekday(WEEKDAYS.index(text), now.date()), 1, zone)
    if found := re.fullmatch(_YMD, text):
        return days(day_of(int(found[1]), int(found[3]), int(found[4])), 1, zone)
    if text.startswith("@") and text[1:].isdecimal() and len(text) < 13:  # seconds since 1970, as `date` reads them
        moment = datetime.fromtimestamp(int(text[1:]), zone)
        return Span(moment, moment)
    return None


def _back(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "6h", "2 days ago", "1h30m", "half an hour ago": a moment; "last 3 days", "past week": from then to now."""
    found = re.fullmatch(_BACK, text)
    if not found:
        return None
    lengths = found["lengths"].replace("half an hour", "30 minutes").replace("half a day", "12 hours")
    if found["last"] and re.fullmatch(r"[a-z]+", lengths) and (lengths in EXACT_UNITS or "past" in found["last"]):
        lengths = f"1 {lengths}"  # "last week" is one of the calendar
    seconds, calendar, at = 0.0, dict.fromkeys(CALENDAR_UNITS.values(), 0), 0
    while at < len(lengths):
        one = re.compile(_LENGTH).match(lengths, at)
        unit = _singular(one["unit"]) if one else ""
        if not one or (unit not in EXACT_UNITS and unit not in CALENDAR_UNITS):
            return None
        number = float(_NUMBERS.get(one["number"], 0) or one["number"])
        if unit in EXACT_UNITS:
            seconds += number * EXACT_UNITS[unit]
        elif number.is_integer():
            calendar[CALENDAR_UNITS[unit]] += int(number)
        else:
            return None
        at = one.end()
    moment = _before(now, seconds, calendar, zone)
    return Span(moment, now if found["last"] else moment)


def _before(now: datetime, seconds: float, calendar: dict[str, int], zone: tzinfo) -> datetime:
    """Days and longer are counted on the calendar, hours and less on the clock."""
    if any(calendar.values()):
        from dateutil.relativedelta import relativedelta

        try:
            then = now - relativedelta(**calendar)  # type: ignore[arg-type]
        except (ValueError, OverflowError):
            raise Impossible("that is before the year 1") from None
        now = wall_time(then.date(), then.time(), zone)
    if not seconds:
        return now
    return (now.astimezone(UTC) - timedelta(seconds=seconds)).astimezone(zone)


def _singular(unit: str) -> str:
    return unit.removesuffix("s") if len(unit) > 1 else unit


def _period(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "this week", "last month", "last monday", "last june", "this weekend"."""
    found = re.fullmatch(_PERIOD, text)
    if not found:
        return None
    return period(found[2], now, zone, back=0 if found[1] in ("this", "current") else 1)


def period(unit: str, now: datetime, zone: tzinfo, back: int) -> Span | None:
    """The week, month, ..., weekday or named month of now, or ``back`` = 1 before it."""
    today = now.date()
    monday = today - timedelta(days=today.weekday() + 7 * back)
    this_month = now.year * 12 + now.month - 1
    match unit:
        case "day":
            return days(today - timedelta(days=back), 1, zone)
        case "week":
            return days(monday, 7, zone)
        case "weekend":
            return days(monday + timedelta(days=5), 2, zone)
        case "month":
            return months(this_month - back, 1, zone)
        case "quarter":
            return months(this_month - this_month % 3 - 3 * back, 3, zone)
        case "year":
            return months((now.year - back) * 12, 12, zone)
    if (weekday := _index(unit, WEEKDAYS)) is not None:
        return days(latest_weekday(weekday, today - timedelta(days=back)), 1, zone)
    if (month := _index(unit, MONTHS)) is not None:
        first = latest_month(month + 1, now)
        if back:
            return months(first - 12 if first == this_month else first, 1, zone)
        return months(now.year * 12 + month, 1, zone)
    if unit in PARTS:  # "last night", "this morning"
        return hours(today - timedelta(days=back), *PARTS[unit], zone)
    return None


def _stretch(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """A year, month, quarter or week: "2025", "2025-06", "june 2025", "june", "2025-q2", "2025-w24"."""
    if found := re.fullmatch(_YEAR, text):
        return months(month_of(int(found[1]), 1), 12, zone)
    if found := re.fullmatch(_YM, text):
        return months(month_of(int(found["y"] or found["y2"]), int(found["m"] or found["m2"])), 1, zone)
    if found := re.fullmatch(_NAMED_MONTH, text):
        month = _index(found["month"] or found["month2"], MONTHS)
        year = found["year"] or found["year2"]
        if month is not None:
            return months(month_of(int(year), month + 1) if year else latest_month(month + 1, now), 1, zone)
    if found := re.fullmatch(_QUARTER, text):
        quarter, year = int(found["q"]), found["y"] or found["y2"]
        if not 1 <= quarter <= 4:
            raise Impossible(f"there is no quarter {quarter}")
        first = month_of(int(year), 3 * quarter - 2) if year else latest_month(3 * quarter - 2, now)
        return months(first, 3, zone)
    if found := re.fullmatch(_WEEK, text):
        return _week(int(found["y"] or found["y2"] or 0), int(found["w"]), now, zone)
    return None


def _week(year: int, week: int, now: datetime, zone: tzinfo) -> Span:
    """A week of ISO 8601; without a year the latest of that number that has begun."""
    year_of_week = year or now.date().isocalendar().year
    try:
        monday = date.fromisocalendar(year_of_week, week, 1)
        if not year and monday > now.date():
            monday = date.fromisocalendar(year_of_week - 1, week, 1)
    except ValueError:
        raise Impossible(f"{year_of_week} has no week {week}") from None
    return days(monday, 7, zone)


def _whole_day(text: str, now: datetime, zone: tzinfo) -> Span | None:
    found = day_meant(text, now)
    return days(found[0], 1, zone) if found else None


def day_meant(text: str, now: datetime) -> list[date]:
    """The days that ``text`` may mean, the likeliest first; none where it names no day."""
    today = now.date()
    text = text.removeprefix("on ")
    if text in DAYS:
        return [today + timedelta(days=DAYS[text])]
    which, _, name = text.rpartition(" ")
    if which in ("", "last", "previous", "this") and (weekday := _index(name, WEEKDAYS)) is not None:
        latest = latest_weekday(weekday, today - timedelta(days=which in ("last", "previous")))
        return [latest, latest - timedelta(days=7)]
    if found := re.fullmatch(_YMD, text):
        return [day_of(int(found[1]), int(found[3]), int(found[4]))]
    if found := re.fullmatch(_BASIC, text):
        return [] if found[4] else [day_of(int(found[1]), int(found[2]), int(found[3]))]
    if found := re.fullmatch(_DMY, text):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "/" and day != month and day <= 12 and month <= 12:
            one, other = date(year, month, day), date(year, day, month)
            raise Impossible(f"it may mean {one} or {other}; write one of these")
        return [day_of(year, day, month) if month > 12 >= day else day_of(year, month, day)]
    if found := re.fullmatch(_NAMED, text):
        month_index = _index(found["month"] or found["month2"], MONTHS)
        if month_index is not None:
            day, year_text = int(found["day"] or found["day2"]), found["year"] or found["year2"]
            if year_text:
                return [day_of(int(year_text), month_index + 1, day)]
            return [_latest(month_index + 1, day, today)]
    return []


def _latest(month: int, day: int, today: date) -> date:
    """The latest such day that is not ahead."""
    for year in range(today.year, max(today.year - 9, 0), -1):  # 29 February comes back after eight years at the latest
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return day_of(today.year, month, day)  # which says what is wrong


def _basic(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "20250612T1710"."""
    found = re.fullmatch(_BASIC, text)
    if not found or not found[4]:
        return None
    day = day_of(int(found[1]), int(found[2]), int(found[3]))
    return _on(day, int(found[4]), int(found[5]), int(found[6]) if found[6] else None, zone)


def _bare_clock(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """A clock alone is the latest that was: 23:00, soon after midnight, that of last night."""
    found = re.fullmatch(_CLOCK, text.removeprefix("at "))
    if not found or not (found["word"] or found["minute"] or found["half"]):
        return None
    today = now.date()
    return with_clock([today, today - timedelta(days=1), today - timedelta(days=2)], found[0], now, zone)


def _day_and_clock(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "yesterday 17:00", "12 june at noon", "2025-06-12t17:10", "9am last monday"; of weekdays the latest that was."""
    for pattern in (_CLOCK_LAST, _CLOCK_FIRST):
        found = re.fullmatch(pattern, text)
        span = with_clock(day_meant(found["day"], now), found["clock"], now, zone) if found else None
        if span is not None:
            return span
    return None


def with_clock(meant: list[date], clock: str, now: datetime, zone: tzinfo) -> Span | None:
    """A clock on the likeliest of some days, rather one on which it is not ahead."""
    found = re.fullmatch(_CLOCK, clock.lower())
    if not meant or not found or not (found["word"] or found["minute"] or found["half"] or "h" in found[0]):
        return None
    spans = [_clock_on(found, day, zone) for day in meant]
    return next((span for span in spans if not is_ahead(span, now)), spans[0])


def _part(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "yesterday morning", "monday evening", "tonight"."""
    name, _, part = ("today evening" if text == "tonight" else text).rpartition(" ")
    meant = day_meant(name, now) if part in PARTS else []
    if not meant:
        return None
    spans = [hours(day, *PARTS[part], zone) for day in meant]
    return next((span for span in spans if not is_ahead(span, now)), spans[0])


def _clock_on(clock: re.Match[str], day: date, zone: tzinfo) -> Span:
    if clock["word"]:
        return _on(day, 0 if clock["word"] == "midnight" else 12, 0, None, zone)
    hour, half = int(clock["hour"]), clock["half"]
    if half:
        if not 1 <= hour <= 12:
            raise Impossible(f"there is no {hour} {half[0]}m", "time")
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    return _on(day, hour, int(clock["minute"] or 0), int(clock["second"]) if clock["second"] else None, zone)


def _on(day: date, hour: int, minute: int, second: int | None, zone: tzinfo) -> Span:
    if hour == 24 and not minute and not second:  # the day's end, of which nothing belongs to it
        return days(day + timedelta(days=1), 0, zone)
    for what, value, limit in (("hour", hour, 24), ("minute", minute, 60), ("second", second or 0, 60)):
        if value >= limit:
            raise Impossible(f"there is no {what} {value}", "time")
    return clock_span(day, time(hour, minute, second or 0), timedelta(seconds=60 if second is None else 1), zone)


def _index(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the ``names`` a word is, or is short for by three letters or more."""
    return next((at for at, name in enumerate(names) if len(word) >= 3 and name.startswith(word)), None)
