"""Parsing of typed days, in English and numbers: "monday", "12 june", "2025-06-12", "the 12th", "2 days ago"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from ticker.times.calendars import BUDDHIST_YEARS, JALALI_YEARS, jalali_to_date, to_gregorian_year
from ticker.times.ranges.ages import is_whole_days, read_length
from ticker.times.ranges.calendar import MONTH_NAMES, InvalidTime, day_of, latest_weekday, month_of

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = tuple(name.lower() for name in MONTH_NAMES)
DAYS = {
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    **dict.fromkeys(("the day before yesterday", "day before yesterday"), -2),
    **dict.fromkeys(("the day after tomorrow", "day after tomorrow"), 2),
}

_YMD = r"(\d{4})([-/]|\. ?)(\d{1,2})\2(\d{1,2})\.?"
_BASIC = r"(\d{4})(\d\d)(\d\d)"
_DMY = r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d\d))?\.?"
_CLOCK_OR_DAY = r"\d{1,2}\.\d\d"
_WEEK_DAY = r"(\d{4})-?w(\d\d)-?([1-7])"
_YEAR_DAY = r"(\d{4})-(\d{3})"
_NTH = r"(\d{1,2})(?:st|nd|rd|th)"
_NTH_OR_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAME = r"(?P<month>[a-z]{3,})\.?"
_YEAR = r"(?P<year>\d{4}|'?\d\d)"
_NAMED = (
    rf"{_NTH_OR_NUMBER}[- ]?(?:of )?{_NAME}(?:[- ]?{_YEAR})?",
    rf"{_NAME}[- ]?(?:the )?{_NTH_OR_NUMBER}(?:[- ]{_YEAR})?",
    rf"(?P<year>\d{{4}})[- ]{_NAME}[- ]{_NTH_OR_NUMBER}",
)
# As in the headers of email, or after the date: "thu 12 jun 2025", "12 june thursday".
_BESIDE_WEEKDAY = (r"(?P<weekday>[a-z]+)\.? (?P<day>.*\d.*)", r"(?P<day>.*\d.*) (?P<weekday>[a-z]+)")
_OF_WEEK = r"([a-z]+) (?:of )?(?:the )?(this|last) week|(?:the )?(this|last) week(?: on)? ([a-z]+)"


def day_meant(text: str, now: datetime) -> list[date]:
    """Return the days that ``text`` may mean, the likeliest first; empty if it is not a day. Raises InvalidTime."""
    today = now.date()
    text = text.removeprefix("on ").removeprefix("the ")
    if text in DAYS:
        return [today + timedelta(days=DAYS[text])]
    which, _, name = text.rpartition(" ")
    if which in ("", "last", "previous", "past", "this") and (weekday := index_of(name, WEEKDAYS)) is not None:
        latest = latest_weekday(weekday, today - timedelta(days=which not in ("", "this")))
        return [latest, latest - timedelta(days=7)]
    day = _numbered(text, today) or _named(text, today) or _of_week(text, today) or _beside_weekday(text, today)
    if day is None and text.endswith(" ago") and is_whole_days(text.removesuffix(" ago")):
        assert now.tzinfo is not None
        back = read_length(text, now, now.tzinfo)
        day = back.start.date() if back else None
    return [day] if day else []


def index_of(word: str, names: tuple[str, ...]) -> int | None:
    """Return the index of the name that a word equals or abbreviates with at least three letters, or None."""
    word = "wed" if word == "weds" else word
    return next((at for at, name in enumerate(names) if len(word) >= 3 and name.startswith(word)), None)


def _numbered(text: str, today: date) -> date | None:
    if not text[:1].isdecimal():
        return None
    if found := re.fullmatch(_YMD, text) or re.fullmatch(_BASIC, text):
        year, month, day = int(found[1]), *map(int, found.groups()[-2:])
        return _day(year, month, day)
    if re.fullmatch(_CLOCK_OR_DAY, text):
        return _no_clock(text, today)
    if found := re.fullmatch(_DMY, text):
        return _either(found[2], int(found[1]), int(found[3]), found[4], today)
    if found := re.fullmatch(_WEEK_DAY, text):
        return week_of(int(found[1]), int(found[2])) + timedelta(days=int(found[3]) - 1)
    if found := re.fullmatch(_YEAR_DAY, text):
        of_year = day_of(int(found[1]), 1, 1) + timedelta(days=int(found[2]) - 1)
        if of_year.year != int(found[1]):
            raise InvalidTime(f"there is no day {found[2]} of {found[1]}")
        return of_year
    if found := re.fullmatch(_NTH, text):
        return _latest_nth(int(found[1]), today)
    return None


def _day(year: int, month: int, day: int) -> date:
    """Return a day of the Gregorian, Buddhist or Persian calendar; raises InvalidTime if it does not exist."""
    if year in JALALI_YEARS:
        try:
            return jalali_to_date(year, month, day)
        except ValueError:
            raise InvalidTime("there is no such day of the Persian calendar") from None
    return day_of(to_gregorian_year(year) if year in BUDDHIST_YEARS else year, month, day)


def _either(sign: str, a: int, b: int, year: str | None, today: date) -> date:
    """Return the date of two numbers and a year: with dots the day is first; otherwise it must be unambiguous."""
    orders = [(year, b, a)] if sign == "." else [(year, b, a), (year, a, b)]
    if sign == "-" and year and len(year) == 2:
        orders.append((str(a), b, int(year)))
    meant, why = [], None
    for of_year, month, day in orders:
        try:
            meant.append(_day(to_gregorian_year(int(of_year)), month, day) if of_year else _latest(month, day, today))
        except InvalidTime as error:
            why = why or error
    if not meant:
        assert why is not None
        raise (InvalidTime(f"there is no month {min(a, b)}") if sign != "." and min(a, b) > 12 else why)
    return _only(meant)


def _no_clock(text: str, today: date) -> date | None:
    """Return the day of "31.12", but None for the clock time "17.30"; raises InvalidTime for "12.06"."""
    first, second = map(int, text.split("."))
    if second > 12 or not second or first > 31:
        return None
    day = _latest(second, first, today)
    if first < 24:
        raise InvalidTime(f"it may mean {first:02}:{second:02} or {day}; write one of these", "time")
    return day


def _only(meant: Iterable[date]) -> date:
    """Return the only day of these; raises InvalidTime if there are several."""
    days = list(dict.fromkeys(meant))
    if len(days) > 1:
        *first, last = map(str, days)
        raise InvalidTime(f"it may mean {', '.join(first)} or {last}; write one of these")
    return days[0]


def _named(text: str, today: date) -> date | None:
    for pattern in _NAMED:
        found = re.fullmatch(pattern, text)
        month = index_of(found["month"], MONTHS) if found else None
        if found and month is not None:
            day, year = int(found["day"]), found["year"]
            return day_of(_full(year), month + 1, day) if year else _latest(month + 1, day, today)
    return None


def _full(year: str) -> int:
    """Return a year of four digits unchanged, one of two ("25", "'25") in full."""
    return int(year) if len(year) == 4 else to_gregorian_year(int(year[-2:]))


def _beside_weekday(text: str, today: date) -> date | None:
    """Parse "thu 12 jun 2025" by its date, without a check of the weekday."""
    for pattern in _BESIDE_WEEKDAY:
        found = re.fullmatch(pattern, text)
        if found and index_of(found["weekday"], WEEKDAYS) is not None:
            day = found["day"]
            # "monday 17.30" is a clock time.
            return None if re.fullmatch(_CLOCK_OR_DAY, day) else _numbered(day, today) or _named(day, today)
    return None


def _of_week(text: str, today: date) -> date | None:
    """Parse a weekday of this or last week: "tuesday last week"."""
    found = re.fullmatch(_OF_WEEK, text)
    weekday = index_of(found[1] or found[4], WEEKDAYS) if found else None
    if not found or weekday is None:
        return None
    back = 7 * ((found[2] or found[3]) == "last")
    return today + timedelta(days=weekday - today.weekday() - back)


def _latest(month: int, day: int, today: date) -> date:
    """Return the latest day up to today with a month and day; raises InvalidTime if it does not exist."""
    month_of(today.year, month)
    for year in range(today.year, max(today.year - 9, 0), -1):  # 29 February recurs within eight years
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return day_of(today.year, month, day)  # raises with the reason


def _latest_nth(day: int, today: date) -> date:
    if not 1 <= day <= 31:
        raise InvalidTime(f"there is no day {day}")
    first = today.replace(day=1)
    while True:
        try:
            if (found := first.replace(day=day)) <= today:
                return found
        except ValueError:  # a shorter month
            pass
        first = (first - timedelta(days=1)).replace(day=1)


def week_of(year: int, week: int) -> date:
    """Return the Monday of an ISO 8601 week; raises InvalidTime if it does not exist."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        raise InvalidTime(f"{year} has no week {week}" if year else "there is no year 0") from None
