"""Gaps in the headlines of a source, relative to its usual rhythm.

For each day on which a source had a headline, the longest pause that ended on that day is recorded. The 90th percentile
of these is the source's usual longest pause. It covers nights, and weekends of sources that rest then, whose pause ends
on one working day in five. A pause is a gap if it is longer than 2.5 times the usual longest pause and longer than six
hours. A source with fewer than ten such days has no gaps.

A failure of several days is one pause that ends on one day, so failures hardly change the percentile unless every
tenth day ends one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import heappush, heappushpop
from typing import NamedTuple

SHORTEST = 6 * 3600.0
TIMES_USUAL = 2.5
SHARE = 0.9
LEAST_DAYS = 10
_STEP = 900  # resolution of pauses, in seconds
_MOST_KEPT = 100  # longest pauses kept for each source


class Gap(NamedTuple):
    """A gap from ``start`` to ``end``, in seconds since 1970; ``is_open`` means that it continues."""

    source: str
    start: float
    end: float
    usual: float
    """The source's usual longest pause, in seconds."""
    is_open: bool = False


class Rhythm:
    """The pauses of one source, whose headlines are added day by day."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._longest_of_days: Counter[int] = Counter()
        self._longest: list[tuple[float, float]] = []  # a heap of lengths and beginnings

    def add(self, times: Sequence[float]) -> None:
        """Add the times of a day, in order; a time before those of an earlier day makes no pause."""
        longest = 0.0
        for time in times:
            pause = time - self._last if self._last is not None else 0.0
            if pause > longest:
                longest = pause
            if pause > SHORTEST and self._last is not None:
                (heappush if len(self._longest) < _MOST_KEPT else heappushpop)(self._longest, (pause, self._last))
            if self._last is None or time > self._last:
                self._last = time
        if longest:
            self._longest_of_days[int(longest // _STEP)] += 1

    def usual(self) -> float | None:
        """Return the usual longest pause of a day, in seconds, or None with too few days."""
        return _usual(self._longest_of_days)

    def gaps(self, source: str, end: float) -> list[Gap]:
        """Return the gaps, oldest first, including one that is open at ``end``."""
        usual = self.usual()
        if usual is None or self._last is None:
            return []
        limit = gap_threshold(usual)
        found = [Gap(source, start, start + pause, usual) for pause, start in self._longest if pause > limit]
        if end - self._last > limit:
            found.append(Gap(source, self._last, end, usual, is_open=True))
        return sorted(found, key=lambda gap: gap.start)


def usual_pause(longest_of_days: Iterable[float]) -> float | None:
    """Return ``Rhythm.usual`` for the given longest pauses of days, in seconds."""
    return _usual(Counter(int(pause // _STEP) for pause in longest_of_days))


def gap_threshold(usual: float) -> float:
    """Return the longest pause in seconds that is not a gap, for the ``usual`` longest pause of a day."""
    return max(TIMES_USUAL * usual, SHORTEST)


def _usual(longest_of_days: Counter[int]) -> float | None:
    days = longest_of_days.total()
    if days < LEAST_DAYS:
        return None
    passed = 0
    for step, count in sorted(longest_of_days.items()):
        passed += count
        if passed >= SHARE * days:
            return float((step + 1) * _STEP)
    raise AssertionError("all days were passed")
