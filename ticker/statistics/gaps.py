"""Silences of a source, judged against its own rhythm. Pure.

The rule: of each day on which a source had a headline, the longest pause that ended on that day is noted. Nine in ten
of these are no longer than some length, the source's usual longest pause: it holds its nights, and the weekends of one
that rests then (a pause that ends on one working day in five). A pause is a gap if it is longer than two and a
half times that, and than six hours. A source with fewer than ten such days is not judged.

Since a failure of some days is one long pause, which ends on one day, failures hardly move the measure by which they
are found, until every tenth day ends one.
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
_STEP = 900  # seconds: pauses are told apart to a quarter of an hour
_MOST_KEPT = 100  # of the longest pauses of a source


class Gap(NamedTuple):
    """A silence from the moment ``start`` to ``end``, in seconds since 1970; ``is_open``: it goes on."""

    source: str
    start: float
    end: float
    usual: float
    """The source's usual longest pause, in seconds."""
    is_open: bool = False


class Rhythm:
    """The pauses of one source, which is told of its headlines day after day."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._longest_of_days: Counter[int] = Counter()
        self._longest: list[tuple[float, float]] = []  # a heap of lengths and beginnings

    def add(self, times: Sequence[float]) -> None:
        """Takes in the times of a day, in order. What lies before those of an earlier day is no pause."""
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
        """The usual longest pause of a day, in seconds; None where too little is known."""
        return _usual(self._longest_of_days)

    def gaps(self, source: str, end: float) -> list[Gap]:
        """The gaps, oldest first, with the one that goes on at ``end``."""
        usual = self.usual()
        if usual is None or self._last is None:
            return []
        limit = longest_usual(usual)
        found = [Gap(source, start, start + pause, usual) for pause, start in self._longest if pause > limit]
        if end - self._last > limit:
            found.append(Gap(source, self._last, end, usual, is_open=True))
        return sorted(found, key=lambda gap: gap.start)


def usual_pause(longest_of_days: Iterable[float]) -> float | None:
    """What ``Rhythm.usual`` tells, of the longest pause, in seconds, that ended on each of some days."""
    return _usual(Counter(int(pause // _STEP) for pause in longest_of_days))


def longest_usual(usual: float) -> float:
    """How long a pause may be and be no gap, in seconds, where the ``usual`` longest pause of a day is that."""
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
