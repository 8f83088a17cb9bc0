"""State kept between runs in the archive's folder; losing it does not lose archived data."""

from ticker.fetch_state.database import StateFile
from ticker.fetch_state.history import FetchHistory
from ticker.fetch_state.schedule import (
    FetchResult,
    HeadlineHistory,
    SourceState,
    interval_until,
    next_headline_history,
    postponed_until,
)

__all__ = [
    "FetchHistory",
    "FetchResult",
    "HeadlineHistory",
    "SourceState",
    "StateFile",
    "interval_until",
    "next_headline_history",
    "postponed_until",
]
