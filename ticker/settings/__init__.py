"""The configuration: frozen objects that say what to fetch, how, and where to keep it, and the file they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ticker.settings.fetching import FetchSettings
from ticker.settings.locations import config_path
from ticker.settings.model import DEFAULT_JOBS, Settings
from ticker.settings.requests import RequestOptions
from ticker.settings.sources import SELECTOR_NAMES, Selectors, Source

if TYPE_CHECKING:
    from ticker.settings.css import selector_errors as selector_errors
    from ticker.settings.editing import add_source as add_source
    from ticker.settings.editing import change_source as change_source
    from ticker.settings.editing import remove_source as remove_source
    from ticker.settings.reading import load as load

__all__ = [
    "DEFAULT_JOBS",
    "SELECTOR_NAMES",
    "FetchSettings",
    "RequestOptions",
    "Selectors",
    "Settings",
    "Source",
    "add_source",
    "change_source",
    "config_path",
    "load",
    "remove_source",
    "selector_errors",
]


def __getattr__(name: str) -> Any:
    # Few commands edit or fetch, and a parser process reads no file: none waits for the import of what it does not use.
    if name in ("add_source", "change_source", "remove_source"):
        from ticker.settings import editing

        return getattr(editing, name)
    if name == "load":
        from ticker.settings import reading

        return reading.load
    if name == "selector_errors":
        from ticker.settings import css

        return css.selector_errors
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
