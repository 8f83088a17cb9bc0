"""The configuration: frozen objects that say what to fetch, how, and where to keep it, and the file they stand in."""

from ticker.settings.editing import add_source, remove_source
from ticker.settings.fetching import FetchSettings
from ticker.settings.locations import config_path
from ticker.settings.model import DEFAULT_JOBS, Settings
from ticker.settings.reading import load
from ticker.settings.sources import SELECTOR_NAMES, Selectors, Source

__all__ = [
    "DEFAULT_JOBS",
    "SELECTOR_NAMES",
    "FetchSettings",
    "Selectors",
    "Settings",
    "Source",
    "add_source",
    "config_path",
    "load",
    "remove_source",
]
