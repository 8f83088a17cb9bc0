"""Fetching of pages: ``Fetcher.fetch`` returns a ``Fetched`` for a URL, or raises a FetchError.

Names are imported on first use. The package requests is loaded when a Fetcher is created.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ticker.fetching.fetched import Fetched as Fetched
    from ticker.fetching.fetcher import Fetcher as Fetcher
    from ticker.fetching.validators import ValidatorStore as ValidatorStore

_EXPORTS = {
    "Fetched": "ticker.fetching.fetched",
    "Fetcher": "ticker.fetching.fetcher",
    "ValidatorStore": "ticker.fetching.validators",
}
__all__ = ["Fetched", "Fetcher", "ValidatorStore"]


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_EXPORTS[name]), name)
