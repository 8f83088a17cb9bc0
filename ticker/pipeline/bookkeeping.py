"""What a run remembers of sources, and the check of the local clock against servers and earlier runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median
from time import monotonic

from ticker import urls
from ticker.errors import FetchError, NothingFound, SelectorError, TickerError
from ticker.fetch_state import FetchHistory, FetchResult, SourceState
from ticker.pipeline.target import Outcome
from ticker.settings import Source

_TOO_FAR = timedelta(days=1)  # servers often differ by less, and then few headlines get a wrong date

_EVERY = 1.0  # seconds between writes; each write waits for the disk
# Causes that a missing network connection of this machine can have too.
_OFFLINE = frozenset({"DNS", "unreachable"})


class ClockCheck:
    """A comparison of the local clock with those of the servers in the added outcomes."""

    def __init__(self) -> None:
        self._ahead: dict[str, float] = {}  # seconds by which the local clock is ahead, by host

    def add(self, outcome: Outcome) -> None:
        """Add the clock of the server of a page."""
        if outcome.clock:
            here, there = outcome.clock
            self._ahead[urls.host(outcome.target.url)] = (here - there).total_seconds()

    def find_warning(self, now: datetime, before: Iterable[SourceState]) -> str | None:
        """Return a warning if the local clock, at ``now`` (aware), is wrong by more than a day, else None.

        Uses the median of all hosts. If no server was reached, uses the time of the last run in ``before``.
        """
        if self._ahead:
            ahead = timedelta(seconds=median(self._ahead.values()))
            if abs(ahead) <= _TOO_FAR:
                return None
            others = f"servers say {_shown(now - ahead)}"
        else:
            latest = max((state.tried for state in before), default=now)
            if latest - now <= _TOO_FAR:
                return None
            others = f"the last run was at {_shown(latest)}"
        return f"this machine's clock says {_shown(now)}, {others}; headlines get wrong dates; set the clock"


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


class Bookkeeper:
    """A recorder of the outcomes of ``sources`` in ``attempts``, for a run that began at ``began`` (aware).

    Failures that may be caused by the local network are held until the run has reached a server. If it reaches none,
    ``close`` records them as offline. Nothing is recorded if not ``keep``, as in a dry run.
    """

    def __init__(self, attempts: FetchHistory, sources: Iterable[Source], began: datetime, keep: bool = True) -> None:
        self._attempts = attempts
        self._sources = {(source.name, source.url) for source in sources if keep}
        self._began = began
        self._held: list[FetchResult] = []
        self._is_online = False
        self._waiting: list[FetchResult] = []
        self._flushed = monotonic()

    def record(self, outcome: Outcome) -> None:
        """Record the outcome of a target; saved pages, selector errors and targets that are not sources are ignored."""
        target = outcome.target
        if target.saved or isinstance(outcome.error, SelectorError):  # an error in the configuration
            return
        attempt = fetch_result_of(outcome, self._began)
        self._is_online = self._is_online or attempt.error not in _OFFLINE
        if (target.name, target.url) in self._sources:
            (self._held if attempt.error in _OFFLINE else self._waiting).append(attempt)
        if monotonic() - self._flushed > _EVERY:
            self._flush()

    def close(self) -> None:
        """Record all remaining attempts."""
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


def fetch_result_of(outcome: Outcome, at: datetime) -> FetchResult:
    """Return the attempt for an outcome, in a run that began ``at`` (aware)."""
    error, added = outcome.error, outcome.added
    return FetchResult(
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
        redirected_to=error.redirected_to if isinstance(error, NothingFound) else outcome.redirected_to,
        moved_to=outcome.moved_to,
        missed=outcome.missed,
    )


def _cause(error: Exception) -> str:
    """Return the short name of a failure."""
    if isinstance(error, FetchError | NothingFound):
        return error.cause
    return "not read" if isinstance(error, TickerError) else "a fault in ticker"
