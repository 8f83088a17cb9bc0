"""Checks of an archive's files and folders: names, places, format, links and permissions."""

from __future__ import annotations

import json
import os
import re
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from ticker.archive.cursors import FOLDER as MARKS
from ticker.archive.cursors import Cursor
from ticker.archive.fsck.validate import Issue, Mend, note
from ticker.archive.layout import (
    COMPACTED,
    FORMAT,
    FORMAT_FILE,
    KINDS,
    MONTH_SUFFIXES,
    YEAR,
    check_format,
    list_names,
    parse_date,
)
from ticker.archive.locking import COMPACTING_FILE, LOCK_FILE
from ticker.archive.search_index.index import FOLDER as INDEX
from ticker.archive.writer import FOLDER as DAMAGED
from ticker.errors import ArchiveError
from ticker.fileio import read_file

_DAY_FILE = re.compile(r"(\d{4}-\d\d-\d\d)\.jsonl")
_MONTH_FILE = re.compile(r"(\d{4}-\d\d)\.jsonl\.(?:zst|gz)")
# Sync programs keep both versions of a file that two machines changed, one of them under another name:
# "2026-11-24 (ann's conflicted copy 2026-11-25).jsonl" (Dropbox, Nextcloud), "2026-11-24-LAPTOP.jsonl" (OneDrive),
# "2026-11-24.sync-conflict-20261125-101500-K3VQF7A.jsonl" (Syncthing), "2026-11-24 2.jsonl" (iCloud),
# "2026-11-24 (1).jsonl" and "Copy of 2026-11-24.jsonl" (Google Drive). Of two extensions only the last one stays
# at the end: "2026-10.jsonl 2.zst". The words differ by language.
_COPIED = re.compile(r"(?:[^\W\d_][^\d/]* )?(\d{4}-\d\d(?:-\d\d)?+)(?:[^\d/].*)?", re.S)
_PACKED = tuple(Path(suffix).suffix for suffix in MONTH_SUFFIXES)
_FOLDER_COPY = re.compile(r"(\d{4})[^\d/][^/]*")
# ".state" holds what `ticker fetch` keeps between runs; it is not read here.
_KNOWN = {FORMAT_FILE, LOCK_FILE, COMPACTING_FILE, DAMAGED, MARKS, INDEX, ".state", *KINDS}


def inventory(root: Path) -> Iterator[Issue]:
    """Yield problems with the files and folders of the archive ``root``, and foreign files. Raises ArchiveError."""
    yield from _format(root)
    for name in sorted(list_names(str(root))):
        path = root / name
        if name not in _KNOWN:
            yield _stranger(path)
    yield from _links_and_modes(root)
    for kind in KINDS:
        for year in sorted(list_names(str(root / kind))):
            folder = root / kind / year
            copied = _FOLDER_COPY.fullmatch(year)
            if YEAR.fullmatch(year) and folder.is_dir():
                yield from _year(folder)
            elif copied and folder.is_dir() and any(folder.glob("*.jsonl*")):
                yield _conflict_copy(folder, copied[1])
            else:
                yield _stranger(folder)
    yield from _marks(root / MARKS)
    aside = len(list_names(str(root / DAMAGED)))
    if aside:
        yield note(root / DAMAGED, f"{aside} {'file is' if aside == 1 else 'files are'} quarantined here")


def has_months(root: Path) -> bool:
    """Return whether the archive has compressed months."""
    return any(_MONTH_FILE.fullmatch(path.name) for kind in KINDS for path in (root / kind).glob("*/*"))


def counts(path: Path) -> bool:
    """Return whether a day or month file is read: it is in its year's folder, and no .zst of its month replaces it."""
    if path.parent.name != path.name[:4]:
        return False
    zstd, gzip = MONTH_SUFFIXES
    return not (path.name.endswith(gzip) and path.with_name(path.name.removesuffix(gzip) + zstd).exists())


def original_of(path: Path) -> str:
    """Return the name of the original if ``path`` is a sync program's conflict copy of a day or month, else ""."""
    packed = path.suffix if path.suffix in _PACKED else ""
    start, jsonl, inserted = path.name.removesuffix(packed).partition(".jsonl")
    found = _COPIED.fullmatch(start)
    has_extension = jsonl and (inserted.endswith(".jsonl") or not inserted or packed)
    if not found or not has_extension or (start == found[1] and not inserted) or path.is_dir():
        return ""
    day = found[1]
    is_dated = parse_date(day if len(day) > len("2026-11") else f"{day}-01") is not None
    return f"{day}.jsonl{packed}" if is_dated else ""


def _format(root: Path) -> Iterator[Issue]:
    path = root / FORMAT_FILE
    try:
        version = check_format(root)
    except ArchiveError as error:
        if (
            isinstance(error.__cause__, OSError)
            or _is_stated(path)
            or not any((root / kind).is_dir() for kind in KINDS)
        ):
            raise
        yield Issue(path, 0, "has no valid format version", mend="format")
        return
    if version < COMPACTED and has_months(root):
        states = f"has version {version}" if version else "is missing"
        yield Issue(path, 0, f"{states}, but compressed months need version {COMPACTED}", mend="format")
    elif not version:
        yield note(path, "is missing: the archive is read as version 1")


def _is_stated(path: Path) -> bool:
    """Return whether a format file that this program cannot use is valid: a newer version or another format."""
    try:
        stated = json.loads(read_file(path))
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(stated, dict)
        and isinstance(stated.get("format"), str)
        and (stated["format"] != FORMAT or isinstance(stated.get("version"), int))
    )


def _links_and_modes(root: Path) -> Iterator[Issue]:
    real = os.path.realpath(root)
    writable = []
    for folder, folders, files in os.walk(root):
        for name in sorted((*folders, *files)):
            path = Path(folder, name)
            if path.is_symlink():
                leads_to = os.path.realpath(path)
                if not leads_to.startswith(real + os.sep) and Path(folder) != root / DAMAGED:
                    yield Issue(path, 0, f"leads out of the archive, to {leads_to}: nothing is written there")
            elif path.lstat().st_mode & (stat.S_IWOTH | stat.S_ISVTX) == stat.S_IWOTH:
                writable.append(path)
    if root.stat().st_mode & stat.S_IWOTH:
        writable.insert(0, root)
    if writable:
        others = f", and {len(writable) - 1:,} more" if len(writable) > 1 else ""
        yield note(writable[0], f"is world-writable{others}: remove the permission with 'chmod o-w'")


def _year(folder: Path) -> Iterator[Issue]:
    for name in sorted(list_names(str(folder))):
        path = folder / name
        day, month = _DAY_FILE.fullmatch(name), _MONTH_FILE.fullmatch(name)
        if not (day and parse_date(day[1])) and not (month and parse_date(f"{month[1]}-01")):
            original = original_of(path)
            yield _conflict_copy(path, original, "refile") if original else _stranger(path)
        elif folder.name != name[:4]:
            yield Issue(path, 0, f"belongs in the folder {name[:4]}", mend="refile")
        elif not counts(path):
            yield Issue(path, 0, f"is ignored: {path.stem}.zst takes precedence", mend="refile")


def _conflict_copy(path: Path, original: str, mend: Mend = "") -> Issue:
    what = f"a sync program's conflict copy of {original}; its lines are not read"
    return Issue(path, 0, f"{what}; to import them: ticker import {shlex.quote(str(path))}", mend=mend)


def _marks(folder: Path) -> Iterator[Issue]:
    for name in sorted(list_names(str(folder))):
        path = folder / name
        if name.endswith(".json"):
            try:
                for kind in KINDS:
                    Cursor(path).checkpoints(kind)
            except ArchiveError as error:
                mend: Mend = "" if isinstance(error.__cause__, OSError) else "aside"
                yield Issue(path, 0, str(error).removeprefix(f"{path} "), mend=mend)
        elif not name.endswith(".lock"):
            yield _stranger(path)


def _stranger(path: Path) -> Issue:
    if path.name.startswith(".new-") or path.name.endswith(".new"):
        return note(path, "left by a run that was interrupted", mend="aside")
    return note(path, "is not part of the archive, and ignored")
