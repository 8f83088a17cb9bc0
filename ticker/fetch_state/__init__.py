"""State kept between runs in the archive's folder; losing it does not lose archived data."""

from ticker.fetch_state.database import StateFile
from ticker.fetch_state.history import Attempts
from ticker.fetch_state.schedule import Attempt, Showing, SourceState, postponed_until, resting_until, showing_after

__all__ = [
    "Attempt",
    "Attempts",
    "Showing",
    "SourceState",
    "StateFile",
    "postponed_until",
    "resting_until",
    "showing_after",
]
