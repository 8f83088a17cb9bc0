"""All statistics of an archive, computed in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ticker.statistics.counting import WEEKDAYS, Counts
from ticker.statistics.gaps import Gap, Rhythm
from ticker.statistics.rising import Risen, Rising, Windows

if TYPE_CHECKING:
    from ticker.archive import Glance


@dataclass(frozen=True, slots=True)
class Summary:
    """The statistics of headlines or articles; ``windows`` are the periods in which words were compared."""

    kind: str
    counts: Counts
    gaps: list[Gap]
    risen: list[Risen]
    windows: Windows | None

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as JSON-compatible data."""
        counts = self.counts
        return {
            self.kind: counts.total,
            "first": _iso(counts.first),
            "last": _iso(counts.last),
            "days": [{"day": day.isoformat(), "count": count} for day, count in counts.days()],
            "hours": counts.hours(),
            "weekdays": dict(zip(WEEKDAYS, counts.weekdays(), strict=True)),
            "sources": [
                {"source": name, "count": each.count, "first": _iso(each.first), "last": _iso(each.last)}
                for name, each in self.by_source()
            ],
            "gaps": [
                {
                    "source": gap.source,
                    "since": _iso(datetime.fromtimestamp(gap.start, UTC)),
                    "until": None if gap.is_open else _iso(datetime.fromtimestamp(gap.end, UTC)),
                    "hours": round((gap.end - gap.start) / 3600, 2),
                    "usual_hours": round(gap.usual / 3600, 2),
                }
                for gap in self.gaps
            ],
            "rising": self.windows
            and {
                "since": _iso(self.windows.start),
                "until": _iso(self.windows.end),
                "against_since": _iso(self.windows.before),
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
    glances: Iterable[Glance],
    kind: str,
    end: datetime,
    windows: Windows | None = None,
    zone: tzinfo | None = None,
    with_gaps: bool = True,
) -> Summary:
    """Summarize ``glances``, which are ordered by day but not within; only one day is held in memory.

    Days and hours are in the UTC offset of each time, or in ``zone``. A gap that is open at ``end`` (aware) is
    included. Words are compared in ``windows``.
    """
    counts, rising = Counts(), Rising(windows) if windows else None
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
    for moment, source, title in glances:
        if moment.toordinal() != current:
            close(day)
            day.clear()
            current = moment.toordinal()
        day[source].append((moment.timestamp(), title, _on_clock(moment, zone) if zone else moment))
    close(day)
    gaps = [gap for source, rhythm in rhythms.items() for gap in rhythm.gaps(source, end.timestamp())]
    gaps.sort(key=lambda gap: (not gap.is_open, -gap.end, gap.start, gap.source))
    return Summary(kind, counts, gaps, rising.risen() if rising else [], windows)


def _on_clock(moment: datetime, zone: tzinfo) -> datetime:
    try:
        return moment.astimezone(zone)
    except OverflowError:  # at the limits of datetime
        return moment


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
