"""Conversion of years and dates of other calendars to the Gregorian calendar."""

from __future__ import annotations

from datetime import date, timedelta

# The Thai calendar counts years from the Buddha's death.
BUDDHIST_YEARS = range(2440, 2645)
# Thai pages shorten Buddhist years to two digits. Numbers from 43 (the Gregorian year 2000) up are read as such.
_SHORT_BUDDHIST = 43
# Taiwan counts years from 1912. Minguo years below 100 are too easily confused with other numbers.
MINGUO_YEARS, MINGUO_START = range(100, 131), 1911
# Two-digit years mean 1970 to 2069; POSIX uses 1969 to 2068.
_CENTURY_PIVOT = 70
# From 1343 (which began on 21 March 1964) to 1472, leap years of the Persian calendar follow a cycle of 33 years.
# A year is a leap year if its remainder is in the set. Source: Wikipedia, "Solar Hijri calendar", Tehran observations.
JALALI_YEARS, _JALALI_START = range(1343, 1473), date(1964, 3, 21)
_JALALI_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})


def to_gregorian_year(year: int, thai: bool = False) -> int:
    """Return the Gregorian year of a two-digit, Buddhist or Minguo year; ``thai`` if the line has Thai letters."""
    if thai and _SHORT_BUDDHIST <= year < 100:
        return year + 2500 - 543
    if year in MINGUO_YEARS:
        return year + MINGUO_START
    if year < 100:
        return year + (2000 if year < _CENTURY_PIVOT else 1900)
    return year - 543 if year in BUDDHIST_YEARS else year


def jalali_to_date(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a Persian date of the years 1343 to 1472; raises ValueError if it does not exist.

    >>> jalali_to_date(1404, 3, 22)
    datetime.date(2025, 6, 12)
    """
    length = 31 if month <= 6 else 30 if month < 12 or _is_jalali_leap(year) else 29
    if not (year in JALALI_YEARS and 1 <= month <= 12 and 1 <= day <= length):
        raise ValueError(f"{year}-{month}-{day} is not a day of the Persian calendar")
    leaps = sum(map(_is_jalali_leap, range(JALALI_YEARS.start, year)))
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return _JALALI_START + timedelta(days=365 * (year - JALALI_YEARS.start) + leaps + before + day - 1)


def _is_jalali_leap(year: int) -> bool:
    return year % 33 in _JALALI_LEAPS
