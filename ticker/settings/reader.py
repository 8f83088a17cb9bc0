"""The reader of the configuration file, which reports errors with their line and a correction.

The file is TOML::

    archive = "~/news"                # all keys are optional
    jobs = 4
    timezone = "Europe/Paris"

    [fetching]                        # the fields of FetchSettings
    retries = 3

    [[source]]                        # once for each source
    name = "walaw"
    url = "https://en.walaw.press/"
    timezone = "Africa/Casablanca"
    cookies = { consent = "env:WALAW_CONSENT" }
    selectors = { entry = "ul.latest li", time = "time", title = "a" }
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from errno import EINVAL
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from ticker import urls
from ticker.errors import SettingsError
from ticker.fileio import expand_user
from ticker.settings.model import ConfigFile, FetchSettings, Selectors, Settings, Source, is_secret
from ticker.settings.toml_text import Place, decode, error_at

CONFIG_VARIABLE = "TICKER_CONFIG"
ARCHIVE_VARIABLE = "TICKER_ARCHIVE"
_LARGEST = 4 << 20  # bytes


class _Mistake(Exception):
    """A mistake in the file: its place, and what is wrong there."""

    def __init__(self, place: Place, problem: str) -> None:
        super().__init__(place, problem)
        self.place, self.problem = place, problem


def load(config: str | None, archive: str | None, environ: Mapping[str, str]) -> Settings:
    """Return the settings of a run; ``config`` and ``archive`` are the paths given as options.

    A missing file counts as empty, unless ``config`` names it. Raises SettingsError.
    """
    path = config_path(config, environ)
    text = read_text(path)
    if text is None:
        if config:
            raise SettingsError(f"{path}: no such configuration file; 'ticker sources add URL' creates one")
        return Settings(archive=archive_path(archive, environ, None), path=path)
    settings = parse(text, path, lambda configured: archive_path(archive, environ, configured))
    _demand_secrecy(settings, text)
    return settings


def _demand_secrecy(settings: Settings, text: str) -> None:
    """Raise SettingsError if the file holds secrets and other users can read it."""
    for number, source in enumerate(settings.sources):
        for key, values in (("headers", source.headers), ("cookies", source.cookies)):
            if any(is_secret(key, *pair) for pair in values.items()) and _others_may_read(settings.path):
                raise error_at(
                    settings.path, text, ("source", number, key),
                    f"{key} may be secret, but other users can read this file; "
                    f"run 'chmod 600 {settings.path}', or write \"env:NAME\" to take the value from the environment",
                )  # fmt: skip


def _others_may_read(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
    except OSError:  # the file was removed after it was read
        return False


def read_text(path: Path) -> str | None:
    """Return the text of the configuration file with its line ends, or None if missing; raises SettingsError."""
    try:
        content = _content(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    if len(content) > _LARGEST:
        raise SettingsError(f"{path}: larger than {_LARGEST >> 20} MB; check that it is a configuration file")
    if content and not content.strip(b"\0"):
        raise SettingsError(f"{path}: contains only NUL bytes, as after a power cut; restore or delete the file")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4]:
        raise SettingsError(f"{path}: UTF-16, not UTF-8; save the file as UTF-8")
    try:
        return content.decode("utf-8-sig")  # drops the byte order mark that Notepad writes
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{path}, line {line}: not UTF-8 (byte {error.start}); save the file as UTF-8") from error


def _content(path: Path) -> bytes:
    # A pipe is allowed, as in --config <(make-config). Opening one without a writer must not block a run from cron.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        os.set_blocking(descriptor, True)
        content = file.read(_LARGEST + 1)
        if not content and stat.S_ISFIFO(os.fstat(descriptor).st_mode):
            raise OSError(EINVAL, "it is a pipe, and nothing was written to it")
        return content


def parse(text: str, path: Path, locate_archive: Callable[[Path | None], Path]) -> Settings:
    """Return the settings in ``text``, which was read from ``path``; raises SettingsError.

    ``locate_archive`` takes the archive's path in the file, or None, and returns the path to use.
    """
    content = decode(text, path)
    try:
        file = _convert(content)
        return Settings(
            archive=locate_archive(_path_in(path, "archive", file.archive)),
            path=path,
            sources=file.source,
            fetching=file.fetching,
            jobs=file.jobs,
            timezone=file.timezone,
            log_file=_path_in(path, "log_file", file.log_file),
        )
    except _Mistake as mistake:
        raise error_at(path, text, mistake.place, mistake.problem) from None


def _path_in(file: Path, key: str, value: str | None) -> Path | None:
    """Return the absolute path for a value of the file; a relative one starts from the file, as cron runs elsewhere."""
    try:
        return (file.parent / expand_user(value)).absolute() if value else None
    except SettingsError as error:
        raise _Mistake((key,), f"{key} {error}") from error


def _convert(content: dict[str, Any]) -> ConfigFile:
    """Return the checked content of the file; raises _Mistake."""
    for _, table, kind in _tables(content):
        if kind is Source and "name" not in table and isinstance(table.get("url"), str):
            table["name"] = urls.host(table["url"])
    try:
        file = msgspec.convert(content, ConfigFile)
    except msgspec.ValidationError as error:
        raise _mistake(error, content) from error
    for place, table, kind in _tables(content):
        for key, value in table.items():
            _check(value, _kinds(kind)[key], (*place, key))
    _demand_distinct(file.source)
    return file


def _tables(content: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any], type[msgspec.Struct]]]:
    """Yield the tables of the file, of whatever content, with their places and classes."""
    yield (), content, ConfigFile
    found: list[tuple[Place, Any, type[msgspec.Struct]]]
    found = [(("fetching",), content.get("fetching"), FetchSettings)]
    sources = content.get("source")
    for number, source in enumerate(sources if isinstance(sources, list) else ()):
        selectors = source.get("selectors") if isinstance(source, dict) else None
        found += [(("source", number), source, Source), (("source", number, "selectors"), selectors, Selectors)]
    yield from ((place, table, kind) for place, table, kind in found if isinstance(table, dict))


@cache
def _kinds(table: type[msgspec.Struct]) -> Mapping[str, msgspec.Meta]:
    """Return the kind of value of each key of a table."""
    hints = ((field.name, field.type) for field in msgspec.structs.fields(table))
    return {
        name: (hint if hasattr(hint, "__metadata__") else get_args(hint)[0]).__metadata__[0] for name, hint in hints
    }


def _check(value: Any, kind: msgspec.Meta, place: Place) -> None:
    """Raise _Mistake if a value of the right type is not of its kind."""
    rules = kind.extra or {}
    if "fits" in rules and not rules["fits"](value):
        raise _not_of_kind(value, kind, place)
    for name, text in value.items() if "pair_problem" in rules else ():
        if problem := rules["pair_problem"](name, text):
            raise _Mistake((*place, name), f"{_printable(name)}: {problem}")


def _demand_distinct(sources: tuple[Source, ...]) -> None:
    """Raise _Mistake for a second source with the same name or page."""
    names: set[str] = set()
    pages: dict[str, str] = {}
    for number, source in enumerate(sources):
        if source.name in names:
            raise _Mistake(("source", number, "name"), f"duplicate source name {source.name!r}; choose another name")
        # A page fetched for one source would be "unchanged" for the other, which would never get its content.
        page = urls.canonical(source.url)
        if page in pages:
            raise _Mistake(
                ("source", number, "url"),
                f"duplicate URL: source {pages[page]!r} has this page already; remove one of the two",
            )
        names.add(source.name)
        pages[page] = source.name


_AT = re.compile(r" - at `\$((?:\.\w+|\[\d+\])+)(?:\[\.\.\.\])?`$")


def _mistake(error: msgspec.ValidationError, content: dict[str, Any]) -> _Mistake:
    """Return the mistake that msgspec found in the content of a file."""
    text = str(error)
    if text.startswith("Object contains unknown field"):  # its name can hold anything, also what looks like a place
        return next(
            _unknown_key((*place, key), tuple(_kinds(kind)))
            for place, table, kind in _tables(content)
            for key in table
            if key not in _kinds(kind)
        )
    found = _AT.search(text)
    place = tuple(int(part) if part.isdecimal() else part for part in re.findall(r"\w+", found[1] if found else ""))
    if text.startswith("Object missing required field"):  # the only one
        return _Mistake((*place, "url"), 'url is missing; write url = "https://..."')
    if isinstance(error.__cause__, SettingsError):
        return _Mistake(place, str(error.__cause__))
    value: Any = content
    for part in place:
        value = value[part]
    if isinstance(place[-1], int):
        place = place[:-1]
    kind = next(_kinds(table)[str(place[-1])] for at, _, table in _tables(content) if at == place[:-1])
    return _not_of_kind(value, kind, place)


def _unknown_key(place: Place, known: tuple[str, ...]) -> _Mistake:
    from difflib import get_close_matches

    key = str(place[-1])
    close = get_close_matches(key, known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"known keys are {', '.join(known)}"
    return _Mistake(place, f"unknown key {_printable(key)}; {hint}")


def _not_of_kind(value: Any, kind: msgspec.Meta, place: Place) -> _Mistake:
    is_secret = "pair_problem" in (kind.extra or {})
    return _Mistake(place, f"{place[-1]} must be {kind.description}{'' if is_secret else f', not {_shown(value)}'}")


def _printable(name: str) -> str:
    return name if name and name.isprintable() else repr(name)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and abs(value) >= 1 << 64:  # Python prints no number of thousands of digits
        return "such a large number"
    text = repr(urls.without_credentials(value)) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def selector_errors(settings: Settings) -> Mapping[str, SettingsError]:
    """Return the first selector error of each source that has one, by source name; raises SettingsError.

    Loading the selector parser takes longer than most commands, so it is separate from reading the settings.
    """
    chosen = {source.name: source.selectors.to_dict() for source in settings.sources}
    if not any(chosen.values()):
        return {}
    from soupsieve import SelectorSyntaxError
    from soupsieve import compile as understand

    found: dict[str, SettingsError] = {}
    text = ""
    for number, (name, selectors) in enumerate(chosen.items()):
        for key, css in selectors.items():
            try:
                understand(css)
            except SelectorSyntaxError as error:
                problem = f"{key} {css!r} is not a CSS selector: {str(error).splitlines()[0]}"
                text = text or read_text(settings.path) or ""
                found[name] = error_at(settings.path, text, ("source", number, "selectors", key), problem)
                break
    return found


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
