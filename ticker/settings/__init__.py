"""The configuration file, and the frozen settings that are read from it."""

from ticker.settings.editor import add_source, change_source, remove_source
from ticker.settings.locations import config_path
from ticker.settings.model import (
    DEFAULT_JOBS,
    SELECTOR_NAMES,
    FetchSettings,
    RequestOptions,
    Selectors,
    Settings,
    Source,
)
from ticker.settings.reader import load
from ticker.settings.selector_check import selector_errors

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
