"""Parsing of typed durations, counted back from now: "6h", "2 days ago", "an hour and a half", "last 3 days"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo

from ticker.times.ranges.calendar import InvalidTime, TimeRange
from ticker.times.resolve import wall_time

# The seconds of a unit, or its calendar unit (an argument of relativedelta) and how many of these.
EXACT_UNITS = {"s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hr": 3600, "hour": 3600}
CALENDAR_UNITS = {
    **dict.fromkeys(("d", "day"), ("days", 1)),
    **dict.fromkeys(("w", "wk", "week"), ("weeks", 1)),
    "fortnight": ("weeks", 2),
    **dict.fromkeys(("mo", "mth", "month"), ("months", 1)),
    "quarter": ("months", 3),
    **dict.fromkeys(("y", "yr", "year"), ("years", 1)),
    "decade": ("years", 10),
}
# Units of calendar periods: "last week" is a calendar week, but "last fortnight" is the 14 days up to now.
PERIODS = ("day", "week", "weekend", "month", "quarter", "year")

_UP_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS = {word: number for number, word in enumerate(_UP_TO_TWENTY)} | {
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    "a": 1,
    "an": 1,
    "hundred": 100,
    "couple": 2,
    "few": 3,
    "several": 3,
    "dozen": 12,
}
_COUNTED = ("hundred", "couple", "few", "several", "dozen")
# Durations of several words; the longest first.
_SAID = {
    "three quarters of an hour": "45 minutes", "a quarter of an hour": "15 minutes", "quarter of an hour": "15 minutes",
    "an hour and a half": "90 minutes", "a year and a half": "18 months", "and a half": ".5", "½": ".5",
    "half an hour": "30 minutes", "half hour": "30 minutes", "half a day": "12 hours",
    "half a year": "6 months", "half year": "6 months", "couple of": "couple",
}  # fmt: skip

# Patterns stay uncompiled: compiling them all takes longer than parsing one time.
_LENGTH = r"(?P<number>\d{1,8}(?:\.\d{1,3})?|\.\d) ?(?P<unit>[a-z]+)\.?(?: and)? ?"
_LAST = r"(?P<last>(?:in |within |for )?(?:the )?(?:last|past|previous) )?"
_BACK = rf"(?:about )?{_LAST}(?P<lengths>.+?)(?P<ago> ago| back)?"


def read_length(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Parse "6h", "-6h" or "2 days ago" as a moment; "last 3 days" or "past week" as the range up to now."""
    found = re.fullmatch(_BACK, text[1:] if text[:1] == "-" and text[1:2].isdecimal() else text)
    if not found:
        return None
    last, lengths = found["last"], found["lengths"]
    if last and lengths.isalpha() and (lengths not in PERIODS or "past" in last):
        lengths = f"1 {lengths}"
    read = _read(lengths)
    if read is None:
        return None
    moment = _before(now, *read, zone)
    return TimeRange(moment, now if last else moment)


def is_whole_days(text: str) -> bool:
    """Return whether a duration consists of days or longer units, like that of "2 days ago"."""
    read = _read(text)
    return read is not None and not read[0]


def _read(text: str) -> tuple[float, dict[str, int]] | None:
    """Return the seconds of a duration and its calendar units; None if the text is not a duration."""
    text = _in_figures(text)
    length, seconds, calendar, at = re.compile(_LENGTH), 0.0, dict.fromkeys(("days", "weeks", "months", "years"), 0), 0
    while at < len(text):
        one = length.match(text, at)
        unit = one["unit"] if one else ""
        unit = unit.removesuffix("s") if len(unit) > 1 else unit
        if not one or (unit not in EXACT_UNITS and unit not in CALENDAR_UNITS):
            return None
        number = float(one["number"])
        if unit in EXACT_UNITS:
            seconds += number * EXACT_UNITS[unit]
        elif number.is_integer():
            by, times = CALENDAR_UNITS[unit]
            calendar[by] += times * int(number)
        else:
            return None
        at = one.end()
    return (seconds, calendar) if text else None


def _in_figures(text: str) -> str:
    """Replace numbers in words by digits: "twenty-one days" becomes "21 days"."""
    if text[:1].isdecimal() and "half" not in text and "½" not in text:
        return text
    for said, figures in _SAID.items():
        text = text.replace(said, figures)
    words: list[str] = []
    for word in re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text).replace(".5", " .5").split():
        number = _NUMBERS.get(word)
        if number is not None and words and words[-1].isdecimal():
            before = int(words[-1])
            if before >= 20 and number < 10:  # "twenty one"
                words[-1] = str(before + number)
                continue
            if word in _COUNTED and before < 100:  # "a few", "two hundred"
                words[-1] = str(before * number)
                continue
        words.append(word if number is None else str(number))
    return " ".join(words).replace(" .5", ".5")


def _before(now: datetime, seconds: float, calendar: Mapping[str, int], zone: tzinfo) -> datetime:
    """Count a duration back from ``now``: calendar units on the calendar, ``seconds`` in elapsed time.

    ``calendar`` may have ``days``, ``weeks``, ``months`` and ``years``. Raises InvalidTime before the year 1.
    """
    if any(calendar.values()):
        from dateutil.relativedelta import relativedelta

        try:
            then = now - relativedelta(**calendar)  # type: ignore[arg-type]
        except (ValueError, OverflowError):
            raise InvalidTime("it is before the year 1") from None
        now = wall_time(then.date(), then.time(), zone)
    if not seconds:
        return now
    return (now.astimezone(UTC) - timedelta(seconds=seconds)).astimezone(zone)
