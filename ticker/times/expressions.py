"""Time expressions: the times that a text states, before they are resolved to timestamps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from ticker.models import Precision

Form = Literal["clock", "date", "datetime", "age"]
# The order in which a numeric date was parsed: "dm" reads 08/06 as 8 June, "md" as August 6.
Order = Literal["dm", "md"]
# The length of a month in an age: a twelfth of 365 days.
MONTH = timedelta(days=365) / 12
# The largest offset from UTC, that of Kiritimati.
LARGEST_OFFSET = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time as a text shows it: a clock time ("17h10"), a date, both, or an age ("il y a 2 h").

    ``text`` is the expression itself; ``start`` and ``end`` are its offsets in the text that was searched. Fields that
    the text does not state are None. ``day_offset`` is 0 for "today", -1 for "yesterday". ``weekday`` is 0 for Monday;
    it determines the day if there is no date. ``age`` is set only for form ``age``; ``months`` is the number of
    calendar months in it (a twelfth of 365 days each). A ``bare`` age has no "ago" ("5 min") and may be a duration.
    ``utc_offset`` is the stated offset ("GMT", "+01:00"). ``zone`` is an IANA name if the stated zone has no fixed
    offset ("ET"). ``order`` is set only for numeric dates. ``precision`` is that of the text: "hour" for an age in
    hours, "day" for an age in days, "exact" for a clock time with seconds.
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
        """Return whether swapping day and month of the numeric date gives another valid date."""
        return self.order is not None and self.day is not None and self.day <= 12 and self.day != self.month
