"""Parsing of typed times, in English and numbers: "last monday", "2 weeks ago", "2025-06", "yesterday 17:00".

Each reader takes the text in lower case with single spaces, the current time and the zone. It returns a range, or None
for another form; it raises InvalidTime for a time that is recognized but does not exist, or is ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from ticker.times.calendars import BUDDHIST_YEARS, JALALI_YEARS, jalali_to_date, to_gregorian_year
from ticker.times.ranges.ages import PERIODS, read_length
from ticker.times.ranges.calendar import (
    FutureTime,
    InvalidTime,
    TimeRange,
    days,
    hours,
    is_ahead,
    latest_month,
    latest_weekday,
    month_of,
    months,
    third,
)
from ticker.times.ranges.clocks import PARTS, read_clock, read_day_and_clock, read_iso, read_part, read_this_time
from ticker.times.ranges.days import DAYS, MONTHS, WEEKDAYS, day_meant, index_of, week_of

Reader = Callable[[str, datetime, tzinfo], TimeRange | None]

# The number of digits: seconds since 1970 have 9 or 10 from 1973 on, milliseconds 13 from 2001 on.
_SECONDS, _MILLISECONDS = range(9, 11), 13
_EDGES = {
    **dict.fromkeys(("start", "beginning", "early"), 0),
    **dict.fromkeys(("middle", "mid"), 1),
    **dict.fromkeys(("end", "late"), 2),
}

# Patterns stay uncompiled: compiling them all takes longer than parsing one time.
_ISO_DAY = r"(\d{4})-(\d\d)-(\d\d)"
_PERIOD = r"(this|last|previous|past|current) ([a-z]+)"
_YM = r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})|(?P<m2>\d{1,2})[-/.](?P<y2>\d{4})"
_YEAR = r"(?:year )?(\d{4})"
_DECADE = r"(\d{3}0)'?s"
_QUARTER = (
    r"(?:(?P<y>\d{4})[- ]?)?q(?P<q>\d)(?:[- /]?(?P<y2>\d{4}))?"
    r"|(?P<word>1st|2nd|3rd|4th|first|second|third|fourth) quarter(?: (?:of )?(?P<y3>\d{4}))?"
)
_HALF = r"(?:h(?P<h>[12])|(?P<word>1st|2nd|first|second) half(?: of)?)[- ]?(?P<y>\d{4})|(?P<y2>\d{4})[- ]?h(?P<h2>[12])"
_NTH = ("1st", "2nd", "3rd", "4th", "first", "second", "third", "fourth")
_WEEK = r"(?:(?P<y>\d{4})[- ]?)?(?:w|week )(?P<w>\d{1,2})(?:[- /]?(?:of )?(?P<y2>\d{4}))?"
_NAMED_MONTH = (
    r"(?P<month>[a-z]{3,})\.?(?:[- ](?:of )?(?P<year>\d{4}|'\d\d))?|(?P<year2>\d{4})[- ](?P<month2>[a-z]{3,})"
)
_EDGE = r"(?P<edge>start|beginning|middle|mid|end|early|late)(?: of|-)? ?(?:the )?(?<=[ -])(?P<rest>.+)"
_AHEAD = r"next (?P<period>.+)|in (?P<length>.+)|(?P<length2>.+) (?:from now|hence)"


def read_english(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Return the range of the first reader that recognizes ``text``, or None."""
    readers: tuple[Reader, ...] = (
        _plain,
        read_length,
        _ahead,
        _stretch,
        _whole_day,
        read_iso,
        read_clock,
        read_day_and_clock,
        read_part,
        _edge,
        read_this_time,
    )
    for read in readers:
        time_range = read(text, now, zone)
        if time_range is not None:
            return time_range
    return None


def _plain(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Parse the most frequent forms, decades, and Unix timestamps."""
    if text in ("now", "just now", "right now"):
        return TimeRange(now, now)
    if text in DAYS:
        return days(now.date() + timedelta(days=DAYS[text]), 1, zone)
    if text in WEEKDAYS:
        return days(latest_weekday(WEEKDAYS.index(text), now.date()), 1, zone)
    if re.fullmatch(_ISO_DAY, text):
        return _whole_day(text, now, zone)
    if text[1:2] == ":" or text[2:3] == ":":
        return read_clock(text, now, zone)
    if found := re.fullmatch(_DECADE, text):
        return months(month_of(int(found[1]), 1), 120, zone)
    number, _, fraction = text.removeprefix("@").partition(".")
    if not number.isdecimal() or len(number) > _MILLISECONDS or (fraction and not fraction.isdecimal()):
        return None
    if text[0] == "@":  # the notation of `date`
        return _since_1970(int(number), zone)
    if len(number) in _SECONDS or (len(number) == _MILLISECONDS and not fraction):
        time_range = _since_1970(int(number) / (1000 if len(number) == _MILLISECONDS else 1), zone)
        return None if is_ahead(time_range, now) else time_range
    return None


def _since_1970(seconds: float, zone: tzinfo) -> TimeRange:
    moment = datetime.fromtimestamp(seconds, zone)
    return TimeRange(moment, moment)


def _ahead(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Raise Ahead for "next week", "in 3 days" and other future times; return None for other texts."""
    found = re.fullmatch(_AHEAD, text)
    length = (found["length"] or found["length2"]) if found else ""
    if found and (
        _period(found["period"], now, zone, 0) if found["period"] else length and read_length(length, now, zone)
    ):
        raise FutureTime
    return None


def _stretch(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Parse a year, month, quarter, week ...: "2025", "june", "2025-q2", "this week", "last monday", "weekend"."""
    text = text.removeprefix("in ").removeprefix("during ").removeprefix("the ")
    if text == "weekend":
        time_range = _period(text, now, zone, back=0)
        return _period(text, now, zone, back=1) if time_range and is_ahead(time_range, now) else time_range
    if found := re.fullmatch(_PERIOD, text):
        return _period(found[2], now, zone, back=0 if found[1] in ("this", "current") else 1)
    if found := re.fullmatch(_YEAR, text):
        return _year(int(found[1]), found[0], zone)
    if found := re.fullmatch(_YM, text):
        return _month(int(found["y"] or found["y2"]), int(found["m"] or found["m2"]), zone)
    if found := re.fullmatch(_NAMED_MONTH, text):
        month = index_of(found["month"] or found["month2"], MONTHS)
        year = (found["year"] or found["year2"] or "").replace("'", "20")
        if month is not None:
            return months(month_of(int(year), month + 1) if year else latest_month(month + 1, now), 1, zone)
    return _part_of_year(text, now, zone)


def _part_of_year(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Parse a quarter, half year or week: "2025-q2", "third quarter of 2024", "h1 2024", "2025-w24", "week 24"."""
    if found := re.fullmatch(_QUARTER, text):
        quarter, year = int(found["q"] or _NTH.index(found["word"]) % 4 + 1), found["y"] or found["y2"] or found["y3"]
        return _quarter_of(int(year or 0), quarter, now, zone)
    if found := re.fullmatch(_HALF, text):
        half = int(found["h"] or found["h2"] or _NTH.index(found["word"]) % 4 + 1)
        return months(month_of(int(found["y"] or found["y2"]), 6 * half - 5), 6, zone)
    if found := re.fullmatch(_WEEK, text):
        return _numbered_week(int(found["y"] or found["y2"] or 0), int(found["w"]), now, zone)
    return None


def _year(year: int, text: str, zone: tzinfo) -> TimeRange:
    if year in BUDDHIST_YEARS:
        return months(month_of(to_gregorian_year(year), 1), 12, zone)
    hour, minute = divmod(year, 100)
    if text.isdecimal() and year and hour < 19 and minute < 60:
        raise InvalidTime(f"it may be a time of day or a year; write {hour:02}:{minute:02} or {year:04}-01", "time")
    return months(month_of(year, 1), 12, zone)


def _month(year: int, month: int, zone: tzinfo) -> TimeRange:
    if year not in JALALI_YEARS:
        return months(month_of(to_gregorian_year(year) if year in BUDDHIST_YEARS else year, month), 1, zone)
    month_of(year, month)
    first = jalali_to_date(year, month, 1)
    after = jalali_to_date(year + month // 12, month % 12 + 1, 1)
    return days(first, (after - first).days, zone)


def _quarter_of(year: int, quarter: int, now: datetime, zone: tzinfo) -> TimeRange:
    """Return a quarter; without a year (0), the latest with its number that has begun."""
    if not 1 <= quarter <= 4:
        raise InvalidTime(f"there is no quarter {quarter}")
    first = month_of(year, 3 * quarter - 2) if year else latest_month(3 * quarter - 2, now)
    return months(first, 3, zone)


def _numbered_week(year: int, week: int, now: datetime, zone: tzinfo) -> TimeRange:
    """Return an ISO 8601 week; without a year (0), the latest with its number that has begun."""
    year_of_week = year or now.date().isocalendar().year
    monday = week_of(year_of_week, week)
    if not year and monday > now.date():
        monday = week_of(year_of_week - 1, week)
    return days(monday, 7, zone)


def _period(unit: str, now: datetime, zone: tzinfo, back: int) -> TimeRange | None:
    """Return the current period (a week, weekday, named month ...), or the one before if ``back`` is 1."""
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
    if (weekday := index_of(unit, WEEKDAYS)) is not None:
        return days(latest_weekday(weekday, today - timedelta(days=back)), 1, zone)
    if (month := index_of(unit, MONTHS)) is not None:
        first = latest_month(month + 1, now)
        if back:
            return months(first - 12 if first == this_month else first, 1, zone)
        return months(now.year * 12 + month, 1, zone)
    if unit in PARTS:  # "last night", "this morning"
        return hours(today - timedelta(days=back), *PARTS[unit], zone)
    return None


def _whole_day(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    found = day_meant(text, now)
    return days(found[0], 1, zone) if found else None


def _edge(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Parse a part of a range: "end of october", "mid may", "early 2024", "start of the week", "end of today"."""
    found = re.fullmatch(_EDGE, text)
    if not found:
        return None
    edge, rest = found["edge"], found["rest"]
    whole = _period(rest, now, zone, 0) if rest in PERIODS else None
    whole = whole or _stretch(rest, now, zone) or _whole_day(rest, now, zone)
    return _edge_of(whole, edge, zone) if whole else None


def _edge_of(whole: TimeRange, edge: str, zone: tzinfo) -> TimeRange | None:
    """Return the start, middle or end of a range; of a single day, a moment or some of its hours."""
    first, end = (moment.astimezone(zone).date() for moment in whole)
    if (end - first).days > 1:
        return third(whole, _EDGES[edge], zone)
    match edge:
        case "start" | "beginning":
            return TimeRange(whole.start, whole.start)
        case "end":
            return TimeRange(whole.end, whole.end)
        case "early":
            return hours(first, 0, 12, zone)
        case "late":
            return hours(first, 18, 24, zone)
    return None
