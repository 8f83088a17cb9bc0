"""Counts of headlines by day, hour, weekday and source; memory grows only with days and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(slots=True)
class SourceCounts:
    """The number of headlines of a source, and the times of its first and last."""

    first: datetime
    last: datetime
    count: int = 0

    def add(self, moments: Sequence[datetime]) -> None:
        """Count further headlines, whose first time is the earliest and last the latest."""
        self.first = min(self.first, moments[0])
        self.last = max(self.last, moments[-1])
        self.count += len(moments)


@dataclass(slots=True)
class Counts:
    """Counts of headlines; days and hours are in the UTC offset of each time."""

    by_hour_of_day: Counter[int] = field(default_factory=Counter)
    """Keys are 24 times the ordinal of the day plus the hour."""
    sources: dict[str, SourceCounts] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The number of headlines."""
        return sum(each.count for each in self.sources.values())

    @property
    def first(self) -> datetime | None:
        """The earliest time, None without headlines."""
        return min((each.first for each in self.sources.values()), default=None)

    @property
    def last(self) -> datetime | None:
        """The latest time, None without headlines."""
        return max((each.last for each in self.sources.values()), default=None)

    def add(self, source: str, moments: Sequence[datetime]) -> None:
        """Count headlines of a source, whose first time is the earliest and last the latest."""
        self.by_hour_of_day.update(moment.toordinal() * 24 + moment.hour for moment in moments)
        if source not in self.sources:
            self.sources[source] = SourceCounts(moments[0], moments[-1])
        self.sources[source].add(moments)

    def days(self) -> Iterator[tuple[date, int]]:
        """Yield each day that has headlines, in order, with their number.

        Days without headlines are omitted, because one misdated headline could add millions of them.
        """
        for day, count in sorted(self._by_day().items()):
            yield date.fromordinal(day), count

    def hours(self) -> list[int]:
        """Return the number of headlines in each hour of the day, 0 to 23."""
        found = [0] * 24
        for hour, count in self.by_hour_of_day.items():
            found[hour % 24] += count
        return found

    def weekdays(self) -> list[int]:
        """Return the number of headlines on each day of the week, Monday first."""
        found = [0] * 7
        for day, count in self._by_day().items():
            found[(day - 1) % 7] += count  # the day with ordinal 1 was a Monday
        return found

    def _by_day(self) -> Counter[int]:
        found: Counter[int] = Counter()
        for hour, count in self.by_hour_of_day.items():
            found[hour // 24] += count
        return found
