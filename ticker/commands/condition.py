"""What is wrong with sources and the archive, judged from what is remembered of them. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ticker.settings import Source
from ticker.state import SourceState, postponed_until, resting_until
from ticker.statistics.gaps import longest_usual, usual_pause

LEAST_FAILURES = 3
FAILING_FOR = timedelta(hours=3)
"""So many failures in a row, and for so long, are more than a server that was restarted."""
UNTRIED_FOR = timedelta(days=2)
"""A source that is not put off is tried at least once a day."""
LITTLE_SPACE = 500_000_000
"""Bytes: a year of some sources, and less than an index is built in."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A source, what is remembered of it (None where it was never fetched), and what is wrong with it ("": nothing).

    ``next_try`` is until when runs that fetch all sources leave it alone; None where they do not. ``moved_to`` is where
    its address has moved to for good; None where it has not.
    """

    source: Source
    state: SourceState | None
    next_try: datetime | None = None
    problem: str = ""
    moved_to: str | None = None

    @property
    def result(self) -> str:
        """What came of the last try, in short."""
        state = self.state
        if state is None:
            return "never fetched"
        if state.error:
            return state.error
        if state.unchanged:
            return "unchanged"
        return f"{state.headlines:,} headline{'' if state.headlines == 1 else 's'}, {state.new:,} new"


def judge(
    source: Source, state: SourceState | None, pauses: Sequence[float], now: datetime, moved_to: str | None = None
) -> Condition:
    """The condition of a source ``now``; ``pauses`` as ``Attempts.pauses`` tells them."""
    if state is None or state.url != source.url:
        return Condition(source, None)
    interval = timedelta(seconds=source.interval)
    problem = _failing(state, now) or _untried(state, interval, now) or _silent(state, pauses)
    next_tries = postponed_until(state, now), resting_until(state, interval, now)
    return Condition(source, state, max(filter(None, next_tries), default=None), problem, moved_to)


def conditions(
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    pauses: Mapping[str, Sequence[float]],
    now: datetime,
    moves: Mapping[tuple[str, str], str],
) -> list[Condition]:
    """The conditions of all sources; ``moves`` as ``Attempts.moves`` tells them."""
    return [
        judge(source, states.get(source.name), pauses.get(source.name, ()), now, moves.get((source.name, source.shown)))
        for source in sources
    ]


def move_hint(name: str, moved_to: str) -> str:
    """Return what to say of a source whose address has moved for good."""
    return f"{name}: moved permanently to {moved_to}; run 'ticker sources set {shlex.quote(name)} --url {moved_to}'"


def age(span: timedelta) -> str:
    """A span for the eye: ``5 min``, ``3 h``, ``12 days``."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def _failing(state: SourceState, now: datetime) -> str:
    since = state.failing_since
    if state.failures < LEAST_FAILURES or since is None or now - since < FAILING_FOR:
        return ""
    return f"failing for {age(now - since)}, {state.failures:,} times in a row: {state.error}"


def _untried(state: SourceState, interval: timedelta, now: datetime) -> str:
    last = max(state.tried + interval, state.not_before or state.tried)
    return f"not fetched for {age(now - state.tried)}: does cron run?" if now - last > UNTRIED_FOR else ""


def _silent(state: SourceState, pauses: Sequence[float]) -> str:
    usual = usual_pause(pauses)
    if usual is None or state.news is None or state.succeeded is None:
        return ""
    silence = state.succeeded - state.news  # and not since: when it was not fetched, nothing could come
    if silence.total_seconds() <= longest_usual(usual):
        return ""
    return f"nothing new for {age(silence)}, where up to {age(timedelta(seconds=usual))} are usual"
