"""The pipeline: fetch, parse and archive many pages, with one ``Outcome`` for each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ticker.pipeline.bookkeeping import Bookkeeper as Bookkeeper
    from ticker.pipeline.bookkeeping import ClockCheck as ClockCheck
    from ticker.pipeline.bookkeeping import fetch_result_of as fetch_result_of
    from ticker.pipeline.page_reader import NO_MATCH as NO_MATCH
    from ticker.pipeline.page_reader import examine as examine
    from ticker.pipeline.runner import run as run
    from ticker.pipeline.target import Outcome as Outcome
    from ticker.pipeline.target import ParseReport as ParseReport
    from ticker.pipeline.target import SavedPage as SavedPage
    from ticker.pipeline.target import Target as Target

# Imported on first use: a parser process needs only ``target`` and ``worker``, and starts faster without the rest.
_EXPORTS = {
    "NO_MATCH": "page_reader",
    "Bookkeeper": "bookkeeping",
    "ClockCheck": "bookkeeping",
    "ParseReport": "target",
    "Outcome": "target",
    "SavedPage": "target",
    "Target": "target",
    "fetch_result_of": "bookkeeping",
    "examine": "page_reader",
    "run": "runner",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
