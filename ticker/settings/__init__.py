"""The configuration file, and the frozen settings that are read from it."""

from ticker.settings.css import selector_errors
from ticker.settings.editing import add_source, change_source, remove_source
from ticker.settings.fetching import FetchSettings
from ticker.settings.locations import config_path
from ticker.settings.model import DEFAULT_JOBS, Settings
from ticker.settings.reading import load
from ticker.settings.requests import RequestOptions
from ticker.settings.sources import SELECTOR_NAMES, Selectors, Source

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
