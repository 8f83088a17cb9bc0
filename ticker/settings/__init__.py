"""The frozen settings of a run; ``reader`` parses the configuration file, ``editor`` changes it."""

from ticker.settings.model import (
    DEFAULT_JOBS,
    SELECTOR_NAMES,
    FetchSettings,
    RequestOptions,
    Selectors,
    Settings,
    Source,
)

__all__ = [
    "DEFAULT_JOBS",
    "SELECTOR_NAMES",
    "FetchSettings",
    "RequestOptions",
    "Selectors",
    "Settings",
    "Source",
]
