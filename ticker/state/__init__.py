"""State kept between runs in the archive's folder; losing it does not lose archived data."""

from ticker.state.attempts import Attempts
from ticker.state.database import StateFile
from ticker.state.schedule import Attempt, SourceState, postponed_until, resting_until
from ticker.state.showing import Showing, showing_after

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
