"""Where the configuration and the archive are: an option, else the environment, else the platform's folders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

CONFIG_VARIABLE = "TICKER_CONFIG"
ARCHIVE_VARIABLE = "TICKER_ARCHIVE"


def config_path(given: str | None, environ: Mapping[str, str]) -> Path:
    """The absolute path of the configuration file, which need not exist."""
    chosen = given or environ.get(CONFIG_VARIABLE)
    if chosen:
        return _absolute(chosen)
    import platformdirs

    return platformdirs.user_config_path("ticker", appauthor=False) / "config.toml"


def archive_path(given: str | None, environ: Mapping[str, str], configured: Path | None) -> Path:
    """The absolute path of the archive's folder, which need not exist. ``configured`` is what the file says."""
    chosen = given or environ.get(ARCHIVE_VARIABLE)
    if chosen:
        return _absolute(chosen)
    if configured:
        return configured
    import platformdirs

    return platformdirs.user_data_path("ticker", appauthor=False)


def _absolute(path: str) -> Path:
    # absolute(), not resolve(): a link stays the name under which people know the place.
    return Path(path).expanduser().absolute()
