"""The configuration file, and the frozen settings that are read from it."""

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
    # Imported on first use to keep start-up short: few commands edit or fetch, and parser processes read no file.
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
