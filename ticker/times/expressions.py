"""What a text says of a time, before it is known what moment that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from ticker.records import Precision

Form = Literal["clock", "date", "datetime", "age"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time as a text shows it: a clock ("17h10"), a date, both, or an age ("il y a 2 h").

    ``text`` is the expression alone, found at ``text[start:end]`` of what was searched. What it does not say is
    None. ``day_offset`` is 0 for "today", -1 for "yesterday". ``age`` is set for form ``age`` alone.
    ``utc_offset`` is the offset that it names ("GMT", "+01:00"). ``precision`` is that of the text: an age in
    hours is known to the hour, one in days to the day.
    """

    form: Form
    text: str
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day_offset: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    age: timedelta | None = None
    utc_offset: timedelta | None = None
    precision: Precision = "minute"
