"""What came of each source goes into what is remembered of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from time import monotonic

from ticker import urls
from ticker.errors import FetchError, NothingFound, SelectorError, TickerError
from ticker.fetch_state import Attempt, Attempts
from ticker.pipeline.targets import Outcome
from ticker.settings import Source

_EVERY = 1.0  # seconds: each time the disk is waited for
# Failures before any server was asked: those of the network of this machine as well as of a name that is no more.
_OFFLINE = frozenset({"DNS", "unreachable"})


class Bookkeeper:
    """Records outcomes of ``sources``, of a run that began at ``began`` (aware), in ``attempts``.

    Failures that may be the network's are held back until one server was reached by this run; if none was, they are
    recorded as such at the end. To be closed.
    """

    def __init__(self, attempts: Attempts, sources: Iterable[Source], began: datetime) -> None:
        self._attempts = attempts
        self._sources = {(source.name, source.url) for source in sources}
        self._began = began
        self._held: list[Attempt] = []
        self._is_online = False
        self._waiting: list[Attempt] = []
        self._flushed = monotonic()

    def record(self, outcome: Outcome) -> None:
        """Takes in what came of a target; one that is no source is passed over, and one that was not asked for."""
        target = outcome.target
        if target.saved or isinstance(outcome.error, SelectorError):  # that is the configuration's fault
            return
        attempt = attempt_of(outcome, self._began)
        self._is_online = self._is_online or attempt.error not in _OFFLINE
        if (target.name, target.url) in self._sources:
            (self._held if attempt.error in _OFFLINE else self._waiting).append(attempt)
        if monotonic() - self._flushed > _EVERY:
            self._flush()

    def close(self) -> None:
        """Records what was held back."""
        self._flush()
        if self._held:
            self._attempts.record([replace(attempt, offline=True) for attempt in self._held])

    def _flush(self) -> None:
        if self._is_online:
            self._waiting += self._held
            self._held = []
        if self._waiting:
            self._attempts.record(self._waiting)
            self._waiting = []
        self._flushed = monotonic()


def attempt_of(outcome: Outcome, at: datetime) -> Attempt:
    """Return what came of a target, for a run that began ``at`` (aware)."""
    error, added = outcome.error, outcome.added
    return Attempt(
        outcome.target.name,
        urls.without_credentials(outcome.target.url or ""),
        at,
        error=_cause(error) if error else "",
        retry_after=error.wait if isinstance(error, FetchError) else None,
        headlines=outcome.headlines,
        new=len(added.headlines) if added else 0,
        unchanged=outcome.unchanged,
        nothing_found=isinstance(error, NothingFound),
        reason=error.reason if isinstance(error, NothingFound) else outcome.reason,
        led_to=error.led_to if isinstance(error, NothingFound) else outcome.led_to,
        moved_to=outcome.moved_to,
        missed=outcome.missed,
    )


def _cause(error: Exception) -> str:
    """The short name of what failed."""
    if isinstance(error, FetchError | NothingFound):
        return error.cause
    return "not read" if isinstance(error, TickerError) else "a fault in ticker"
