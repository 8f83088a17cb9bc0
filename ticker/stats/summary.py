"""Counts of headlines by day, hour, weekday and source, and the summary that one pass gives.

Memory grows only with days and sources.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ticker.iso8601 import write_iso
from ticker.stats.gaps import Gap, Rhythm
from ticker.stats.rising import RisingWord, RisingWordCounter, Windows
from ticker.times.zones import to_zone

if TYPE_CHECKING:
    from ticker.archive import Stored

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


@dataclass(frozen=True, slots=True)
class Summary:
    """The statistics of headlines or articles; ``windows`` are the periods in which words were compared."""

    kind: str
    counts: Counts
    gaps: list[Gap]
    risen: list[RisingWord]
    windows: Windows | None

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as JSON-compatible data."""
        counts = self.counts
        return {
            self.kind: counts.total,
            "first": write_iso(counts.first) or None,
            "last": write_iso(counts.last) or None,
            "days": [{"day": day.isoformat(), "count": count} for day, count in counts.days()],
            "hours": counts.hours(),
            "weekdays": dict(zip(WEEKDAYS, counts.weekdays(), strict=True)),
            "sources": [
                {
                    "source": name,
                    "count": each.count,
                    "first": write_iso(each.first) or None,
                    "last": write_iso(each.last) or None,
                }
                for name, each in self.by_source()
            ],
            "gaps": [
                {
                    "source": gap.source,
                    "since": write_iso(datetime.fromtimestamp(gap.start, UTC)),
                    "until": None if gap.is_open else write_iso(datetime.fromtimestamp(gap.end, UTC)),
                    "hours": round((gap.end - gap.start) / 3600, 2),
                    "usual_hours": round(gap.usual / 3600, 2),
                }
                for gap in self.gaps
            ],
            "rising": self.windows
            and {
                "since": write_iso(self.windows.start),
                "until": write_iso(self.windows.end),
                "against_since": write_iso(self.windows.before),
                "words": [
                    {**each._asdict(), "ratio": each.ratio and round(each.ratio, 2), "score": round(each.score, 2)}
                    for each in self.risen
                ],
            },
        }

    def by_source(self) -> list[tuple[str, Any]]:
        """Return the sources and their counts, largest first."""
        return sorted(self.counts.sources.items(), key=lambda item: (-item[1].count, item[0]))


def summarize(
    records: Iterable[Stored],
    kind: str,
    end: datetime,
    windows: Windows | None = None,
    zone: tzinfo | None = None,
    with_gaps: bool = True,
) -> Summary:
    """Summarize ``records``, which are ordered by day but not within; only one day is held in memory.

    Days and hours are in the UTC offset of each time, or in ``zone``. A gap that is open at ``end`` (aware) is
    included. Words are compared in ``windows``.
    """
    counts, rising = Counts(), RisingWordCounter(windows) if windows else None
    rhythms: defaultdict[str, Rhythm] = defaultdict(Rhythm)

    def close(day: dict[str, list[tuple[float, str, datetime]]]) -> None:
        for source, found in day.items():
            found.sort(key=itemgetter(0))
            counts.add(source, [moment for _, _, moment in found])
            if with_gaps:
                rhythms[source].add([time for time, _, _ in found])
            if rising:
                rising.add(source, found)

    current, day = 0, defaultdict[str, list[tuple[float, str, datetime]]](list)
    for record in records:
        moment = record.moment
        if moment.toordinal() != current:
            close(day)
            day.clear()
            current = moment.toordinal()
        day[record.source].append((moment.timestamp(), record.title, to_zone(moment, zone) if zone else moment))
    close(day)
    gaps = [gap for source, rhythm in rhythms.items() for gap in rhythm.gaps(source, end.timestamp())]
    gaps.sort(key=lambda gap: (not gap.is_open, -gap.end, gap.start, gap.source))
    return Summary(kind, counts, gaps, rising.risen() if rising else [], windows)
