"""Edits of the sources in the configuration file that keep comments, order and layout.

An edit changes only the lines of its own source. The new text is parsed and compared with the intended result before
it replaces the file.
"""

from __future__ import annotations

import fcntl
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ticker import urls
from ticker.errors import SettingsError
from ticker.fileio import replace_atomically, resolve_link
from ticker.settings.model import Source
from ticker.settings.reader import parse, read_text
from ticker.settings.toml_text import lines_of

_FIRST_LINES = """\
# The configuration of ticker. 'ticker sources add URL' adds to it; edit it by hand as you like.

"""


def add_source(path: Path, source: Source) -> None:
    """Append ``source`` to the file, which is created if missing.

    Raises SettingsError if the file cannot be read or written, or already has a source with that name or URL.
    """
    with _locked(path, makes_folder=True):
        text = read_text(path)
        text = _FIRST_LINES if text is None else text
        for other in _sources(text, path):
            if other.name == source.name:
                raise SettingsError(f"{path}: source name {other.name!r} already exists; choose another --name")
            if urls.canonical(other.url) == urls.canonical(source.url):
                raise SettingsError(f"{path}: {source.shown} is already the URL of source {other.name!r}")
        newline = "\r\n" if "\r\n" in text else "\n"
        before = text.rstrip()
        block = _as_toml(source)
        meant = tomllib.loads(text)
        meant.setdefault("source", []).extend(tomllib.loads(block)["source"])
        _replace(path, (before + newline * 2 if before else "") + block.replace("\n", newline), meant)


def remove_source(path: Path, name: str) -> None:
    """Remove the named source from the file, with the comment lines directly above it.

    Raises SettingsError if the file cannot be read or written, or has no such source.
    """
    with _locked(path):
        text = read_text(path) or ""
        number = _number_of(name, _sources(text, path), path)
        meant = tomllib.loads(text)
        del meant["source"][number]
        _replace(path, _without(text, number), meant)


def change_source(path: Path, name: str, url: str | None = None, timezone: str | None = None) -> None:
    """Replace the URL and the time zone of the named source; None keeps the old value.

    Raises SettingsError if the file cannot be read or written, has no such source, or has another source with that URL.
    """
    with _locked(path):
        text = read_text(path) or ""
        sources = _sources(text, path)
        number = _number_of(name, sources, path)
        for other in sources:
            if url is not None and other.name != name and urls.canonical(other.url) == urls.canonical(url):
                raise SettingsError(
                    f"{path}: {urls.without_credentials(url)} is already the URL of source {other.name!r}"
                )
        import tomlkit

        document = tomlkit.parse(text)
        table: Any = document["source"]
        # A source without a name is archived under its host, which must not change with the URL.
        changes = {} if url is None else {"url": url} if "name" in table[number] else {"url": url, "name": name}
        if timezone is not None:
            changes["timezone"] = timezone
        table[number].update(changes)
        meant = tomllib.loads(text)
        meant["source"][number].update(changes)
        _replace(path, tomlkit.dumps(document), meant)


def _number_of(name: str, sources: Sequence[Source], path: Path) -> int:
    names = [source.name for source in sources]
    if name not in names:
        known = f"there are {', '.join(names)}" if names else "there is none"
        raise SettingsError(f"{path}: no source {name!r}; {known}")
    return names.index(name)


@contextmanager
def _locked(path: Path, makes_folder: bool = False) -> Iterator[None]:
    """Hold the lock of the file's folder, so that concurrent edits do not overwrite each other.

    Without a folder there is no file and nothing to lock, unless ``makes_folder`` creates it.
    """
    with _writing(path):
        folder = resolve_link(path).parent
        if makes_folder:
            folder.mkdir(parents=True, exist_ok=True)
    if not folder.is_dir():
        yield
        return
    with _writing(path):
        descriptor = os.open(folder, os.O_RDONLY)
    try:
        with _writing(path):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written: {error.strerror}") from error


def _sources(text: str, path: Path) -> tuple[Source, ...]:
    return parse(text, path, lambda configured: configured or path).sources


def _as_toml(source: Source) -> str:
    import tomlkit

    table = tomlkit.table()
    table["name"] = source.name
    table["url"] = source.url
    if source.timezone:
        table["timezone"] = source.timezone
    if source.allow_private:
        table["allow_private"] = True
    if source.data:
        table["data"] = True
    if selectors := source.selectors.to_dict():
        table["selectors"] = tomlkit.inline_table()
        table["selectors"].update(selectors)
    sources = tomlkit.aot()
    sources.append(table)
    return tomlkit.dumps({"source": sources})


def _without(text: str, number: int) -> str:
    """Return ``text`` without the lines of its source ``number``, counted from 0."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    places = lines_of(text)
    start = places["source", number] - 1
    if not lines[start].lstrip().startswith("["):
        return text
    following = min(
        (at for place, at in places.items() if place[:2] != ("source", number) and at > start + 1), default=0
    )
    limit = _above_comments(lines, following - 1) if following else len(lines)
    end = limit
    while _is_blank(lines[end - 1]) or _is_comment(lines[end - 1]):
        end -= 1
    # Comments directly below the last key belong to the source, except at the end of the file; others stay.
    while following and end < limit and _is_comment(lines[end]):
        end += 1
    while end < limit and _is_blank(lines[end]):
        end += 1
    kept = lines[: _above_comments(lines, start)]
    while end == len(lines) and kept and _is_blank(kept[-1]):  # they separated the source from those before
        kept.pop()
    return "".join(kept + lines[end:])


def _is_blank(line: str) -> bool:
    return not line.strip()


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _above_comments(lines: list[str], at: int) -> int:
    """Return the index of the first comment line directly above line ``at``, or ``at``."""
    while at > 0 and _is_comment(lines[at - 1]):
        at -= 1
    return at


def _replace(path: Path, text: str, meant: Mapping[str, Any]) -> None:
    """Replace the file's text; raises SettingsError if the content is not the intended one."""
    try:
        got = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        got = {}
    if {"source": [], **got} != {"source": [], **meant}:
        raise SettingsError(f"{path}: the sources are not written as [[source]] tables; edit the file by hand")
    with (
        _writing(path),
        replace_atomically(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as file,
    ):
        file.write(text)
