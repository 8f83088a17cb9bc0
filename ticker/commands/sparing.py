"""Backoff of failing sources in runs that fetch all of them, and the state of each source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from ticker.addresses import without_credentials

if TYPE_CHECKING:
    from ticker.pipeline import Outcome
    from ticker.settings import Settings, Source
    from ticker.state import Attempts, SourceState


@dataclass(frozen=True, slots=True)
class Spared:
    """The sources that a run skips, with the time of the next try.

    ``until`` has sources that failed, ``resting`` sources fetched within their interval.
    """

    until: Mapping[str, datetime]
    resting: Mapping[str, datetime]
    states: Mapping[str, SourceState]
    zone: tzinfo

    def summary(self) -> str:
        """Return ``2 skipped (failed before; next try 2026-11-24 14:30)``, or "" if none is skipped."""
        kinds = ((self.until, "failed before; next try"), (self.resting, "within their interval; next fetch"))
        return ", ".join(
            f"{len(until)} skipped ({why} {self._shown(min(until.values()))})" for until, why in kinds if until
        )

    def lines(self) -> Iterator[str]:
        """Yield a line for each skipped source."""
        for name, until in self.until.items():
            state = self.states[name]
            times = "once" if state.failures == 1 else f"{state.failures} times in a row"
            yield f"{name}: skipped until {self._shown(until)}: it failed {times} ({state.error})"
        for name, until in self.resting.items():
            yield f"{name}: skipped until {self._shown(until)}: within its interval"

    def _shown(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}"


def split_by_turn(
    sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime, zone: tzinfo, with_failed: bool
) -> tuple[list[Source], Spared]:
    """Return the sources that are due ``now``, and the skipped ones; ``with_failed`` ignores backoff."""
    from ticker.state import postponed_until, resting_until

    due: list[Source] = []
    until: dict[str, datetime] = {}
    resting: dict[str, datetime] = {}
    for source in sources:
        state = states.get(source.name)
        if state is None or state.url != without_credentials(source.url):
            due.append(source)
        elif postponed := None if with_failed else postponed_until(state, now):
            until[source.name] = postponed
        elif rest := resting_until(state, timedelta(seconds=source.interval), now):
            resting[source.name] = rest
        else:
            due.append(source)
    return due, Spared(until, resting, states, zone)


def open_attempts(settings: Settings) -> Attempts:
    """Open the state of sources, stored next to the archive; the caller closes it."""
    from ticker.state import Attempts

    return Attempts(settings.state / "sources.sqlite")


@contextmanager
def keeping_books(
    attempts: Attempts, sources: Iterable[Source], began: datetime, keep: bool
) -> Iterator[Callable[[Outcome], object]]:
    """Yield a function that records outcomes of the run, or ignores them if not ``keep``; ``began`` is aware."""
    from ticker.pipeline import Bookkeeper

    if not keep:
        yield lambda outcome: None
        return
    with closing(Bookkeeper(attempts, sources, began)) as books:
        yield books.record
