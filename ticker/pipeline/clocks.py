"""Is this machine's clock right? Servers tell theirs with each page, and earlier runs had one, too. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

from ticker import urls
from ticker.fetch_state import SourceState
from ticker.pipeline.targets import Outcome

_TOO_FAR = timedelta(days=1)  # by less, headlines of a wrong day are few, and clocks of servers no rarity


class ClockCheck:
    """Compares clocks; told of outcomes as they come."""

    def __init__(self) -> None:
        self._ahead: dict[str, float] = {}  # seconds, of each host

    def add(self, outcome: Outcome) -> None:
        """Takes in what the server of a page said."""
        if outcome.clock:
            here, there = outcome.clock
            self._ahead[urls.host(outcome.target.url)] = (here - there).total_seconds()

    def complaint(self, now: datetime, before: Iterable[SourceState]) -> str | None:
        """What is to be said of the clock, which says ``now`` (aware): where it is off by more than a day, else None.

        Of several hosts the one in the middle counts. Where none was reached, the last run does ``before`` this one.
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
        return f"this machine's clock says {_shown(now)}, {others}; headlines are dated by it: set it right"


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
