"""Where the configuration and the archive are: an option, else the environment, else the platform's folders."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from ticker.files import expanded

CONFIG_VARIABLE = "TICKER_CONFIG"
ARCHIVE_VARIABLE = "TICKER_ARCHIVE"


def config_path(given: str | None, environ: Mapping[str, str]) -> Path:
    """The absolute path of the configuration file, which need not exist; raises SettingsError (see ``expanded``)."""
    chosen = given or environ.get(CONFIG_VARIABLE)
    if chosen:
        return _absolute(chosen)
    return _folder("config", environ) / "config.toml"


def archive_path(given: str | None, environ: Mapping[str, str], configured: Path | None) -> Path:
    """The absolute path of the archive's folder, which need not exist. ``configured`` is what the file says.

    Raises SettingsError (see ``expanded``).
    """
    chosen = given or environ.get(ARCHIVE_VARIABLE)
    if chosen:
        return _absolute(chosen)
    if configured:
        return configured
    return _folder("data", environ)


# https://specifications.freedesktop.org/basedir-spec: a variable, which counts if it is absolute, and what else does.
_XDG = {"config": ("XDG_CONFIG_HOME", ".config"), "data": ("XDG_DATA_HOME", ".local/share")}


def _folder(kind: Literal["config", "data"], environ: Mapping[str, str]) -> Path:
    """The program's own folder of a kind, as the platform has it."""
    if sys.platform == "linux":  # what platformdirs says, in a tenth of a short command's time less
        variable, usual = _XDG[kind]
        stated = Path(environ.get(variable, ""))
        return (stated if stated.is_absolute() else Path.home() / usual) / "ticker"
    import platformdirs

    if kind == "config":
        return platformdirs.user_config_path("ticker", appauthor=False)
    return platformdirs.user_data_path("ticker", appauthor=False)


def _absolute(path: str) -> Path:
    # absolute(), not resolve(): a link stays the name under which people know the place.
    return expanded(path).absolute()
