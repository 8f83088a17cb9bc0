"""The files and folders of an archive: which of them are not as they should be, whatever they hold."""

from __future__ import annotations

import json
import os
import re
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from ticker.archive.damage import FOLDER as DAMAGED
from ticker.archive.faults import Finding, Mend, note
from ticker.archive.index.index import FOLDER as INDEX
from ticker.archive.layout import (
    COMPACTED,
    FORMAT,
    FORMAT_FILE,
    MONTH_SUFFIXES,
    YEAR,
    Kind,
    check_format,
    date_in,
    names_in,
)
from ticker.archive.locking import COMPACTING_FILE, LOCK_FILE
from ticker.archive.marks import FOLDER as MARKS
from ticker.archive.marks import Mark
from ticker.errors import ArchiveError
from ticker.files import read_file

KINDS: tuple[Kind, ...] = ("headlines", "articles")
_DAY_FILE = re.compile(r"(\d{4}-\d\d-\d\d)\.jsonl")
_MONTH_FILE = re.compile(r"(\d{4}-\d\d)\.jsonl\.(?:zst|gz)")
# Sync programs keep both versions of a file that two machines changed, one of them under another name:
# "2026-11-24 (ann's conflicted copy 2026-11-25).jsonl" (Dropbox, Nextcloud), "2026-11-24-LAPTOP.jsonl" (OneDrive),
# "2026-11-24.sync-conflict-20261125-101500-K3VQF7A.jsonl" (Syncthing), "2026-11-24 2.jsonl" (iCloud),
# "2026-11-24 (1).jsonl" and "Copy of 2026-11-24.jsonl" (Google Drive). Of two extensions they keep only the last one
# at the end: "2026-10.jsonl 2.zst". The words differ by language.
_COPIED = re.compile(r"(?:[^\W\d_][^\d/]* )?(\d{4}-\d\d(?:-\d\d)?+)(?:[^\d/].*)?", re.S)
_PACKED = (".zst", ".gz")
_FOLDER_COPY = re.compile(r"(\d{4})[^\d/][^/]*")
# Of what is not read here: what `ticker fetch` remembers between runs (``settings``).
_KNOWN = {FORMAT_FILE, LOCK_FILE, COMPACTING_FILE, DAMAGED, MARKS, INDEX, ".state", *KINDS}


def inventory(root: Path) -> Iterator[Finding]:
    """What is wrong with the files and folders of the archive ``root``, and what is not of it; raises ArchiveError."""
    yield from _format(root)
    for name in sorted(names_in(str(root))):
        path = root / name
        if name not in _KNOWN:
            yield _stranger(path)
    yield from _links_and_modes(root)
    for kind in KINDS:
        for year in sorted(names_in(str(root / kind))):
            folder = root / kind / year
            copied = _FOLDER_COPY.fullmatch(year)
            if YEAR.fullmatch(year) and folder.is_dir():
                yield from _year(folder)
            elif copied and folder.is_dir() and any(folder.glob("*.jsonl*")):
                yield _conflict_copy(folder, copied[1])
            else:
                yield _stranger(folder)
    yield from _marks(root / MARKS)
    aside = len(names_in(str(root / DAMAGED)))
    if aside:
        yield note(root / DAMAGED, f"{aside} {'file was' if aside == 1 else 'files were'} put aside here")


def has_months(root: Path) -> bool:
    """Whether the archive has compressed months."""
    return any(_MONTH_FILE.fullmatch(path.name) for kind in KINDS for path in (root / kind).glob("*/*"))


def counts(path: Path) -> bool:
    """Whether a file of a day or a month stands where it counts: in the folder of its year, and not beside another."""
    if path.parent.name != path.name[:4]:
        return False
    zstd, gzip = MONTH_SUFFIXES
    return not (path.name.endswith(gzip) and path.with_name(path.name.removesuffix(gzip) + zstd).exists())


def original_of(path: Path) -> str:
    """Return the name of the file that ``path`` is a sync program's conflict copy of; "" where it is none."""
    packed = path.suffix if path.suffix in _PACKED else ""
    start, jsonl, inserted = path.name.removesuffix(packed).partition(".jsonl")
    found = _COPIED.fullmatch(start)
    has_extension = jsonl and (inserted.endswith(".jsonl") or not inserted or packed)
    if not found or not has_extension or (start == found[1] and not inserted) or path.is_dir():
        return ""
    day = found[1]
    is_dated = date_in(day if len(day) > len("2026-11") else f"{day}-01") is not None
    return f"{day}.jsonl{packed}" if is_dated else ""


def _format(root: Path) -> Iterator[Finding]:
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
        yield Finding(path, 0, "does not say which format this is", mend="format")
        return
    if version < COMPACTED and has_months(root):
        states = f"states version {version}" if version else "is not there"
        yield Finding(path, 0, f"{states}, but there are compressed months: of version {COMPACTED}", mend="format")
    elif not version:
        yield note(path, "is not there: the archive is taken as version 1")


def _is_stated(path: Path) -> bool:
    """Whether a file that this program does not understand says so: of a newer format, or of something else."""
    try:
        stated = json.loads(read_file(path))
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(stated, dict)
        and isinstance(stated.get("format"), str)
        and (stated["format"] != FORMAT or isinstance(stated.get("version"), int))
    )


def _links_and_modes(root: Path) -> Iterator[Finding]:
    real = os.path.realpath(root)
    writable = []
    for folder, folders, files in os.walk(root):
        for name in sorted((*folders, *files)):
            path = Path(folder, name)
            if path.is_symlink():
                leads_to = os.path.realpath(path)
                if not leads_to.startswith(real + os.sep) and Path(folder) != root / DAMAGED:
                    yield Finding(path, 0, f"leads out of the archive, to {leads_to}: nothing is written there")
            elif path.lstat().st_mode & (stat.S_IWOTH | stat.S_ISVTX) == stat.S_IWOTH:
                writable.append(path)
    if root.stat().st_mode & stat.S_IWOTH:
        writable.insert(0, root)
    if writable:
        others = f", and {len(writable) - 1:,} more" if len(writable) > 1 else ""
        yield note(writable[0], f"everyone on this machine may write to it{others}")


def _year(folder: Path) -> Iterator[Finding]:
    for name in sorted(names_in(str(folder))):
        path = folder / name
        day, month = _DAY_FILE.fullmatch(name), _MONTH_FILE.fullmatch(name)
        if not (day and date_in(day[1])) and not (month and date_in(f"{month[1]}-01")):
            original = original_of(path)
            yield _conflict_copy(path, original, "refile") if original else _stranger(path)
        elif folder.name != name[:4]:
            yield Finding(path, 0, f"belongs in the folder {name[:4]}", mend="refile")
        elif not counts(path):
            yield Finding(path, 0, f"is not read, since {path.stem}.zst is", mend="refile")


def _conflict_copy(path: Path, original: str, mend: Mend = "") -> Finding:
    what = f"a sync program's conflict copy of {original}; its lines are not read"
    return Finding(path, 0, f"{what}; to take them in: ticker import {shlex.quote(str(path))}", mend=mend)


def _marks(folder: Path) -> Iterator[Finding]:
    for name in sorted(names_in(str(folder))):
        path = folder / name
        if name.endswith(".json"):
            try:
                for kind in KINDS:
                    Mark(path).reach(kind)
            except ArchiveError as error:
                mend: Mend = "" if isinstance(error.__cause__, OSError) else "aside"
                yield Finding(path, 0, str(error).removeprefix(f"{path} "), mend=mend)
        elif not name.endswith(".lock"):
            yield _stranger(path)


def _stranger(path: Path) -> Finding:
    if path.name.startswith(".new-") or path.name.endswith(".new"):
        return note(path, "left by a run that was interrupted", mend="aside")
    return note(path, "is none of the archive's, and left alone")
