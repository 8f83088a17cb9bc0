"""Paths of the configuration and the archive: an option, else the environment, else the platform's folders."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from ticker.fileio import expand_user

CONFIG_VARIABLE = "TICKER_CONFIG"
ARCHIVE_VARIABLE = "TICKER_ARCHIVE"


def config_path(given: str | None, environ: Mapping[str, str]) -> Path:
    """Return the absolute path of the configuration file, which need not exist; raises SettingsError."""
    chosen = given or environ.get(CONFIG_VARIABLE)
    if chosen:
        return _absolute(chosen)
    return _folder("config", environ) / "config.toml"


def archive_path(given: str | None, environ: Mapping[str, str], configured: Path | None) -> Path:
    """Return the absolute path of the archive's folder, which need not exist; raises SettingsError.

    ``configured`` is the path from the configuration file, which the option and the environment override.
    """
    chosen = given or environ.get(ARCHIVE_VARIABLE)
    if chosen:
        return _absolute(chosen)
    if configured:
        return configured
    return _folder("data", environ)


# https://specifications.freedesktop.org/basedir-spec: a variable, used if it is absolute, and its default.
_XDG = {"config": ("XDG_CONFIG_HOME", ".config"), "data": ("XDG_DATA_HOME", ".local/share")}


def _folder(kind: Literal["config", "data"], environ: Mapping[str, str]) -> Path:
    """Return the program's folder of a kind on this platform."""
    if sys.platform == "linux":  # the same result as platformdirs, without its import time
        variable, usual = _XDG[kind]
        stated = Path(environ.get(variable, ""))
        return (stated if stated.is_absolute() else Path.home() / usual) / "ticker"
    import platformdirs

    if kind == "config":
        return platformdirs.user_config_path("ticker", appauthor=False)
    return platformdirs.user_data_path("ticker", appauthor=False)


def _absolute(path: str) -> Path:
    # absolute(), not resolve(): users know the place by the name of the link.
    return expand_user(path).absolute()
