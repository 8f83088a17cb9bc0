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
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from errno import EINVAL
from pathlib import Path
from typing import Any

from ticker import urls
from ticker.errors import SettingsError
from ticker.fileio import expand_user
from ticker.settings.checks import (
    ADDRESS,
    AGENT,
    CHARSET,
    COUNT,
    FLAG,
    INTERVAL,
    KIND_OF_TYPE,
    TABLE,
    TABLES,
    TEXT,
    ZONE,
    ValueKind,
)
from ticker.settings.locations import archive_path, config_path
from ticker.settings.model import (
    DEFAULT_JOBS,
    SELECTOR_NAMES,
    FetchSettings,
    RequestOptions,
    Selectors,
    Settings,
    Source,
    cookie_problem,
    header_problem,
    is_secret,
)

_LARGEST = 4 << 20  # bytes
_SOURCE_KEYS = (
    "name", "url", "timezone", "selectors", "allow_private", "user_agent", "headers", "cookies", "netrc", "charset",
    "interval", "ignore_cache",
)  # fmt: skip


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
    for number, source in enumerate(settings.sources, start=1):
        for key, pairs in (("headers", source.request.headers), ("cookies", source.request.cookies)):
            if any(is_secret(key, name, value) for name, value in pairs) and _others_may_read(settings.path):
                raise error_at(
                    settings.path, text, "[[source]]", number, key,
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
    import tomllib  # not needed without a file

    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a plain ValueError is a number with too many digits
        raise _no_toml(path, text, error) from error
    top = _Table(content, path, text)
    top.demand_known(("archive", "jobs", "timezone", "log_file", "fetching", "source"))
    return Settings(
        archive=locate_archive(top.path_of("archive")),
        path=path,
        sources=_sources(top),
        fetching=_fetching(top),
        jobs=top.get("jobs", COUNT) or DEFAULT_JOBS,
        timezone=top.get("timezone", ZONE),
        log_file=top.path_of("log_file"),
    )


class _Table:
    """A table of the file, which checks its values and reports errors with their line."""

    def __init__(self, values: dict[str, Any], path: Path, text: str, header: str = "", number: int = 1) -> None:
        self.values, self.path, self.text, self.header, self.number = values, path, text, header, number

    def get(self, key: str, kind: ValueKind) -> Any:
        """Return the value of ``key``, or None if missing; raises SettingsError if it is of another kind."""
        value = self.values.get(key)
        if value is None or kind.fits(value):
            return value
        raise self.error(key, f"{key} must be {kind.name}, not {_shown(value)}")

    def path_of(self, key: str) -> Path | None:
        """Return the absolute path in ``key``; a relative one starts from the file, because cron runs elsewhere."""
        named = self.get(key, TEXT)
        try:
            return (self.path.parent / expand_user(named)).absolute() if named else None
        except SettingsError as error:
            raise self.error(key, f"{key} {error}") from error

    def demand_known(self, known: tuple[str, ...]) -> None:
        for key in self.values:
            if key not in known:
                from difflib import get_close_matches

                close = get_close_matches(key, known, n=1)
                hint = f"did you mean {close[0]}?" if close else f"known keys are {', '.join(known)}"
                shown = key if key and key.isprintable() else repr(key)
                raise self.error(key, f"unknown key {shown}; {hint}")

    def error(self, key: str | None, problem: str) -> SettingsError:
        return error_at(self.path, self.text, self.header, self.number, key, problem)

    def table(self, key: str, header: str) -> _Table:
        """Return the table under ``key`` in this table, or an empty one."""
        return _Table(self.get(key, TABLE) or {}, self.path, self.text, header, self.number)


def error_at(path: Path, text: str, header: str, number: int, key: str | None, problem: str) -> SettingsError:
    """Return the error for a problem with ``key`` of the ``number``-th table under ``header``, with its line."""
    line = _line_of(text, header, number, key)
    where = f"{path}, line {line}" if line else str(path)
    return SettingsError(f"{where}: {header + ': ' if header else ''}{problem}")


def _sources(top: _Table) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    pages: dict[str, str] = {}
    for number, values in enumerate(top.get("source", TABLES) or [], start=1):
        table = _Table(values if isinstance(values, dict) else {}, top.path, top.text, "[[source]]", number)
        source = _source(table)
        if source.name in found:
            raise table.error("name", f"duplicate source name {source.name!r}; choose another name")
        # A page fetched for one source would be "unchanged" for the other, which would never get its content.
        page = urls.canonical(source.url)
        if page in pages:
            raise table.error(
                "url", f"duplicate URL: source {pages[page]!r} has this page already; remove one of the two"
            )
        found[source.name], pages[page] = source, source.name
    return tuple(found.values())


def _source(table: _Table) -> Source:
    table.demand_known(_SOURCE_KEYS)
    selectors = table.table("selectors", "[source.selectors]")
    selectors.demand_known(SELECTOR_NAMES)
    url = table.get("url", ADDRESS)
    if not url:
        raise table.error(None, 'url is missing; write url = "https://..."')
    return Source(
        name=table.get("name", TEXT) or urls.host(url),
        url=url,
        timezone=table.get("timezone", ZONE),
        selectors=_selectors(selectors),
        allow_private=table.get("allow_private", FLAG) or False,
        request=RequestOptions(
            user_agent=table.get("user_agent", AGENT),
            headers=_pairs(table, "headers", header_problem),
            cookies=_pairs(table, "cookies", cookie_problem),
            netrc=table.get("netrc", FLAG) or False,
            ignore_cache=table.get("ignore_cache", FLAG) or False,
        ),
        charset=table.get("charset", CHARSET),
        interval=table.get("interval", INTERVAL) or 0.0,
    )


def _pairs(table: _Table, key: str, problem_of: Callable[[str, str], str | None]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a table of strings; no message shows a value, which may be secret."""
    values = table.values.get(key, {})
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise table.error(key, f'{key} must be a table of strings, such as {{ Name = "env:NAME" }}')
    for name, value in values.items():
        if problem := problem_of(name, value):
            raise table.error(key, f"{key}: {name if name.isprintable() else repr(name)}: {problem}")
    return tuple(values.items())


def _selectors(table: _Table) -> Selectors:
    chosen = {name: table.get(name, TEXT) for name in SELECTOR_NAMES}
    try:
        return Selectors(**chosen)
    except SettingsError as error:
        raise table.error(None, str(error)) from error


def _fetching(top: _Table) -> FetchSettings:
    table = top.table("fetching", "[fetching]")
    defaults = {field.name: field.default for field in fields(FetchSettings) if field.default is not MISSING}
    table.demand_known(tuple(defaults))
    chosen = {name: table.get(name, KIND_OF_TYPE[type(default)]) for name, default in defaults.items()}
    try:
        return FetchSettings(**{name: value for name, value in chosen.items() if value is not None})
    except SettingsError as error:  # a value out of range; the message begins with the key
        raise table.error(str(error).partition(" ")[0], str(error)) from error


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    text = repr(urls.without_credentials(value) if isinstance(value, str) else value)
    return text if len(text) <= 60 else text[:57] + "..."


_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_KEY = re.compile(r"""\s*([\w.-]+|"[^"]*"|'[^']*')\s*=""")
_IN_PLAIN_WORDS = (
    (re.compile(r"Cannot overwrite a value"), "duplicate key"),
    (re.compile(r"Cannot declare \(([^()]*?),?\) twice"), r"duplicate table \1"),
    (re.compile(r"Invalid value"), "invalid value after = (strings need quotes)"),
)


def _no_toml(path: Path, text: str, error: Exception) -> SettingsError:
    """Return the error for text that is not valid TOML, with line, key and reason."""
    if isinstance(error, RecursionError):
        return SettingsError(f"{path}: not valid TOML: nested too deeply")
    lines = text.split("\n")
    reason, place = str(error).partition("; use sys.")[0], _PLACE.search(str(error))
    if not place:  # Python's error for a number with too many digits has no line
        number = next((n for n, line in enumerate(lines, start=1) if _MANY_DIGITS.search(line)), 0)
    elif place[1]:
        number = int(place[1])
    else:
        number = next((n for n in range(len(lines), 0, -1) if lines[n - 1].strip()), 1)
    for pattern, words in _IN_PLAIN_WORDS:
        reason = pattern.sub(words, reason)
    found = _KEY.match(lines[number - 1]) if number else None
    key = found[1] if found and found[1].isprintable() else ""
    where = f"{path}, line {number}" if number else str(path)
    return SettingsError(f"{where}: {key + ': ' if key else ''}not valid TOML: {_PLACE.sub('', reason)}")


_MANY_DIGITS = re.compile(r"[\d_]{4000}")
_HEADER = re.compile(r"\s*(\[\[?[^\[\]]+\]\]?)\s*(?:#.*)?$")


def _line_of(text: str, header: str, number: int, key: str | None) -> int | None:
    """Return the line of ``key`` in the ``number``-th table under ``header``, or the line of the header.

    The line is found by patterns and is only for messages. It is None if no pattern matches, as for inline tables.
    """
    wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]") if key else None
    here, sources, at_header = "", 0, None
    for line_number, line in enumerate(text.split("\n"), start=1):
        if found := _HEADER.match(line):
            here = re.sub(r"[\s\"']", "", found[1])
            sources += here == "[[source]]"
            at_header = line_number if here == header and _counts(header, sources, number) else at_header
            if (
                key
                and here.strip("[]") == f"{header.strip('[]')}.{key}".lstrip(".")
                and _counts(header, sources, number)
            ):
                return line_number  # a table in place of a plain value
        elif wanted and here == header and _counts(header, sources, number) and wanted.match(line):
            return line_number
    if at_header is None and header == "[source.selectors]":  # { ... } in the source's own table
        return _line_of(text, "[[source]]", number, "selectors")
    if at_header is None and header:  # dotted keys or inline tables
        return _line_of(text, "", 1, header.strip("[]"))
    return at_header


def _counts(header: str, sources: int, number: int) -> bool:
    return sources == number or "source" not in header
