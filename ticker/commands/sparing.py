"""Sources that failed are spared by runs that fetch all of them, and what came of each is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from ticker.addresses import without_credentials

if TYPE_CHECKING:
    from ticker.pipeline import Outcome
    from ticker.settings import Settings, Source
    from ticker.state import Attempts, SourceState


@dataclass(frozen=True, slots=True)
class Spared:
    """The sources that a run passes over: until when, and what is remembered of each."""

    until: Mapping[str, datetime]
    states: Mapping[str, SourceState]
    zone: tzinfo

    def summary(self) -> str:
        """``2 skipped (failed before; next try 2026-11-24 14:30)``; nothing where there are none."""
        if not self.until:
            return ""
        return f"{len(self.until)} skipped (failed before; next try {self._shown(min(self.until.values()))})"

    def lines(self) -> Iterator[str]:
        """A line for each."""
        for name, until in self.until.items():
            state = self.states[name]
            times = "once" if state.failures == 1 else f"{state.failures} times in a row"
            yield f"{name}: skipped until {self._shown(until)}: it failed {times} ({state.error})"

    def _shown(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}"


def split_by_turn(
    sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime, zone: tzinfo
) -> tuple[list[Source], Spared]:
    """The sources whose turn it is ``now``, and the others."""
    from ticker.state import postponed_until

    due: list[Source] = []
    until: dict[str, datetime] = {}
    for source in sources:
        state = states.get(source.name)
        postponed = postponed_until(state, now) if state and state.url == without_credentials(source.url) else None
        if postponed:
            until[source.name] = postponed
        else:
            due.append(source)
    return due, Spared(until, states, zone)


def open_attempts(settings: Settings) -> Attempts:
    """What is remembered of sources, beside the archive; to be closed."""
    from ticker.state import Attempts

    return Attempts(settings.state / "sources.sqlite")


@contextmanager
def keeping_books(
    attempts: Attempts, sources: Iterable[Source], began: datetime, keep: bool
) -> Iterator[Callable[[Outcome], object]]:
    """What records the outcomes of a run that ``began`` (aware) then; without ``keep`` it does not."""
    from ticker.pipeline import Bookkeeper

    if not keep:
        yield lambda outcome: None
        return
    with closing(Bookkeeper(attempts, sources, began)) as books:
        yield books.record
