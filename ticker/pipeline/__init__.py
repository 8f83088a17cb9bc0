"""Fetch, parse, archive, for many pages: one ``Outcome`` for each, whatever happens to it."""

from ticker.pipeline.bookkeeping import Bookkeeper
from ticker.pipeline.clocks import ClockCheck
from ticker.pipeline.flow import run
from ticker.pipeline.reading import examine, read_target
from ticker.pipeline.targets import Examined, Outcome, ReadPage, SavedPage, Target

__all__ = [
    "Bookkeeper",
    "ClockCheck",
    "Examined",
    "Outcome",
    "ReadPage",
    "SavedPage",
    "Target",
    "examine",
    "read_target",
    "run",
]
