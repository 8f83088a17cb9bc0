"""The pipeline: fetch, parse and archive many pages, with one ``Outcome`` for each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ticker.pipeline.bookkeeping import Bookkeeper as Bookkeeper
    from ticker.pipeline.bookkeeping import attempt_of as attempt_of
    from ticker.pipeline.clocks import ClockCheck as ClockCheck
    from ticker.pipeline.flow import run as run
    from ticker.pipeline.reading import NO_MATCH as NO_MATCH
    from ticker.pipeline.reading import examine as examine
    from ticker.pipeline.reading import read_target as read_target
    from ticker.pipeline.targets import Examined as Examined
    from ticker.pipeline.targets import Outcome as Outcome
    from ticker.pipeline.targets import ReadPage as ReadPage
    from ticker.pipeline.targets import SavedPage as SavedPage
    from ticker.pipeline.targets import Target as Target

# Imported on first use: a parser process needs only ``targets`` and ``worker``, and starts faster without the rest.
_MODULES = {
    "NO_MATCH": "reading",
    "Bookkeeper": "bookkeeping",
    "ClockCheck": "clocks",
    "Examined": "targets",
    "Outcome": "targets",
    "ReadPage": "targets",
    "SavedPage": "targets",
    "Target": "targets",
    "attempt_of": "bookkeeping",
    "examine": "reading",
    "read_target": "reading",
    "run": "flow",
}
__all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
