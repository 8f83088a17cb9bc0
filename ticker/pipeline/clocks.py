"""Check of the local clock against the clocks of servers and of earlier runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

from ticker import urls
from ticker.fetch_state import SourceState
from ticker.pipeline.targets import Outcome

_TOO_FAR = timedelta(days=1)  # servers often differ by less, and then few headlines get a wrong date


class ClockCheck:
    """A comparison of the local clock with those of the servers in the added outcomes."""

    def __init__(self) -> None:
        self._ahead: dict[str, float] = {}  # seconds by which the local clock is ahead, by host

    def add(self, outcome: Outcome) -> None:
        """Add the clock of the server of a page."""
        if outcome.clock:
            here, there = outcome.clock
            self._ahead[urls.host(outcome.target.url)] = (here - there).total_seconds()

    def complaint(self, now: datetime, before: Iterable[SourceState]) -> str | None:
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
