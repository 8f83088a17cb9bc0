"""What a text says of a time, before it is known what moment that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from ticker.models import Precision

Form = Literal["clock", "date", "datetime", "age"]
# How a numeric date was read: "dm" 08/06 as 8 June, "md" as August 6.
Order = Literal["dm", "md"]
# A month of an age, where its length is asked for: a twelfth of 365 days.
MONTH = timedelta(days=365) / 12


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time as a text shows it: a clock ("17h10"), a date, both, or an age ("il y a 2 h").

    ``text`` is the expression alone, found at ``text[start:end]`` of what was searched. What it does not say is
    None. ``day_offset`` is 0 for "today", -1 for "yesterday"; ``weekday`` is 0 for Monday, and tells the day where
    there is no date. ``age`` is set for form ``age`` alone; ``months`` is how many calendar months (a twelfth of 365
    days each) it has in it. A ``bare`` age says no "ago" ("5 min"), and may be a
    length. ``utc_offset`` is the offset that it names ("GMT", "+01:00"), ``zone`` an IANA name where what it names
    has no offset of its own ("ET"). ``order`` is set for a numeric date alone. ``precision`` is that of the text:
    an age in hours is known to the hour, one in days to the day, a clock with seconds exactly.
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
    months: int = 0
    utc_offset: timedelta | None = None
    precision: Precision = "minute"
    weekday: int | None = None
    zone: str | None = None
    order: Order | None = None
    bare: bool = False

    @property
    def is_ambiguous(self) -> bool:
        """Whether the numeric date can be read the other way round, as another day."""
        return self.order is not None and self.day is not None and self.day <= 12 and self.day != self.month
