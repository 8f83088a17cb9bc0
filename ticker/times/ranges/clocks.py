"""Parsing of typed clock times and parts of a day, alone or with a day: "5pm", "monday 17:10", "last night"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from ticker.times.ranges.calendar import InvalidTime, TimeRange, clock_range, days, hours, is_ahead
from ticker.times.ranges.days import day_meant
from ticker.times.resolve import wall_time

# Parts of a day, in hours; the night ends in the morning of the next day.
PARTS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 24), "night": (18, 30)}

_HALVES = r"[ap]\.?m\.?|in the (?:morning|afternoon|evening)|at night"
_CLOCK = (
    r"(?P<word>noon|midday|midnight)|(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?|h)? ?"
    rf"(?P<half>{_HALVES})?(?: ?(?:(?P<oclock>o'clock)|hrs))?"
)
_CLOCK_LAST = rf"(?P<day>.+?)(?P<joint> at | - |[ @_-]|t(?=\d))(?P<clock>{_CLOCK})"
_CLOCK_FIRST = rf"(?:at )?(?P<clock>{_CLOCK}) (?:on |of )?(?P<day>.+)"
# ISO 8601, and shorter forms.
_ISO = (
    r"(?P<day>\d[-\dw]{5,9}\d)[t ](?P<hour>\d\d)"
    r"(?:(?P<sign>:?)(?P<minute>\d\d)(?:(?P=sign)(?P<second>\d\d)(?:\.\d+)?)?)?"
)
_DIGITS = r"(\d{8})(\d\d)(\d\d)(\d\d)?"
_THIS_TIME = r"(?:this|the same|same) time (?P<day>.+)|(?P<day2>.+) (?:at )?(?:this|the same|same) time"


def read_iso(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Parse a date and time of ISO 8601, also abbreviated: "20250612T1710", "2025-06-12 17"."""
    if found := re.fullmatch(_DIGITS, text):
        meant, parts = day_meant(found[1], now), found.groups()[1:]
    elif found := re.fullmatch(_ISO, text):
        meant, parts = day_meant(found["day"], now), found.group("hour", "minute", "second")
    else:
        return None
    hour, minute, second = (int(part) if part else None for part in parts)
    return _on(meant[0], hour, minute, second, zone) if meant else None


def read_clock(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Parse a clock time as its latest occurrence: soon after midnight, 23:00 is that of last night."""
    found = re.fullmatch(_CLOCK, text.removeprefix("at "))
    if not found or not (text.startswith("at ") or _is_plainly_clock(found)):
        return None
    today = now.date()
    return _with_clock([today, today - timedelta(days=1), today - timedelta(days=2)], found[0], now, zone, bare=True)


def read_day_and_clock(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Parse a day with a clock time, such as "yesterday 17:00" or "9am monday"; weekdays are the latest possible."""
    for pattern in (_CLOCK_LAST, _CLOCK_FIRST):
        found = re.fullmatch(pattern, text)
        if found:
            bare = found.groupdict().get("joint") == " at " or text.startswith("at ")
            time_range = _with_clock(day_meant(found["day"], now), found["clock"], now, zone, bare=bare)
            if time_range is not None:
                return time_range
    return None


def _is_plainly_clock(clock: re.Match[str]) -> bool:
    """Return whether a clock time has more than the number of the hour."""
    return bool(clock["word"] or clock["minute"] or clock["half"] or clock["oclock"])


def _with_clock(meant: list[date], clock: str, now: datetime, zone: tzinfo, bare: bool = False) -> TimeRange | None:
    """Return the clock time on the likeliest of some days, preferably one on which it is not in the future.

    A number by itself is a clock time only if ``bare``, after "at".
    """
    found = re.fullmatch(_CLOCK, clock.lower())
    if not meant or not found:
        return None
    if not (bare or _is_plainly_clock(found) or "h" in found[0]):
        return None
    return _likeliest([_clock_on(found, day, zone) for day in meant], now)


def read_part(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Parse a part of a day: "yesterday morning", "monday evening", "tonight", "morning"."""
    name, _, part = ("today evening" if text == "tonight" else text.removeprefix("in the ")).rpartition(" ")
    if part not in PARTS:
        return None
    today = now.date()
    return _part_of([today, today - timedelta(days=1)] if not name else day_meant(name, now), part, now, zone)


def _part_of(meant: list[date], part: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Return the part of the likeliest of some days, preferably one that has begun."""
    return _likeliest([hours(day, *PARTS[part], zone) for day in meant], now) if meant else None


def read_this_time(text: str, now: datetime, zone: tzinfo) -> TimeRange | None:
    """Parse the present clock time on another day: "this time yesterday"."""
    found = re.fullmatch(_THIS_TIME, text)
    meant = day_meant(found["day"] or found["day2"], now) if found else []
    if not meant:
        return None
    moment = wall_time(meant[0], now.time(), zone)
    return TimeRange(moment, moment)


def _likeliest(ranges: list[TimeRange], now: datetime) -> TimeRange:
    return next((time_range for time_range in ranges if not is_ahead(time_range, now)), ranges[0])


def _clock_on(clock: re.Match[str], day: date, zone: tzinfo) -> TimeRange:
    if clock["word"]:
        return _on(day, 0 if clock["word"] == "midnight" else 12, 0, None, zone)
    hour, half = int(clock["hour"]), clock["half"] or ""
    if half:
        if not 1 <= hour <= 12:
            raise InvalidTime(
                f"there is no {hour} {half[0] + 'm' if half[0] in 'ap' and 'm' in half[:3] else half}", "time"
            )
        if half == "at night":
            hour = hour % 12 + (12 if 6 <= hour < 12 else 0)
        else:
            hour = hour % 12 + (0 if half[0] == "a" or half.endswith("morning") else 12)
    return _on(day, hour, int(clock["minute"] or 0), int(clock["second"]) if clock["second"] else None, zone)


def _on(day: date, hour: int | None, minute: int | None, second: int | None, zone: tzinfo) -> TimeRange:
    hour, minute = hour or 0, minute or 0
    if hour == 24 and not minute and not second:  # the end of the day, as an empty range
        end = days(day, 1, zone).end
        return TimeRange(end, end)
    for what, value, limit in (("hour", hour, 24), ("minute", minute, 60), ("second", second or 0, 60)):
        if value >= limit:
            raise InvalidTime(f"there is no {what} {value}", "time")
    return clock_range(day, time(hour, minute, second or 0), timedelta(seconds=60 if second is None else 1), zone)
