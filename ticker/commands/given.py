"""The input files of ``ticker import``."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ticker.errors import ArchiveError

if TYPE_CHECKING:
    from io import BufferedReader

STANDARD_INPUT = "-"
_SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")


def paths(names: Sequence[str]) -> Iterator[str | ArchiveError]:
    """Yield the files that ``names`` mean, in order; for a folder, its JSON Lines files, by extension.

    For a folder that cannot be read, yield the error instead.
    """
    for name in names:
        if name == STANDARD_INPUT or not os.path.isdir(name):  # noqa: PTH112 (Path.is_dir raises PermissionError)
            yield name
            continue
        try:
            yield from _files_in(name)
        except ArchiveError as error:
            yield error


def opened(path: str | ArchiveError) -> AbstractContextManager[BufferedReader]:
    """Open one of ``paths`` for reading. Raises ArchiveError."""
    if isinstance(path, ArchiveError):
        raise path
    if path == STANDARD_INPUT:
        return nullcontext(cast("BufferedReader", sys.stdin.buffer))
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise _unread(error) from error


def total_size(names: Sequence[str]) -> int:
    """Return the size of all files in bytes, or 0 if one of them is a pipe, which has no size."""
    total = 0
    for path in paths(names):
        if isinstance(path, str) and os.path.exists(path):  # noqa: PTH110 (missing files are reported when opened)
            status = os.stat(path)  # noqa: PTH116
            if not stat.S_ISREG(status.st_mode):
                return 0
            total += status.st_size
        elif path == STANDARD_INPUT:
            return 0
    return total


def _files_in(name: str) -> list[str | ArchiveError]:
    from ticker.archive import Archive

    Archive(Path(name)).check()
    found: list[str] = []
    errors: list[ArchiveError] = []
    seen: set[str] = set()
    for folder, folders, files in os.walk(name, onerror=lambda error: errors.append(_unread(error)), followlinks=True):
        here = os.path.realpath(folder)
        if here in seen:  # a cycle of symbolic links
            folders.clear()
            continue
        seen.add(here)
        named = (os.path.join(folder, file) for file in files if file.endswith(_SUFFIXES) and file[0] != ".")  # noqa: PTH118
        found += (path for path in named if not _is_pipe(path))
    if not found and not errors:
        raise ArchiveError(f"{name}: no {' or '.join('*' + each for each in _SUFFIXES)} file in this folder")
    return [*errors, *sorted(found)]


def _is_pipe(path: str) -> bool:
    """Return whether the file is a named pipe, which might block when opened."""
    try:
        return stat.S_ISFIFO(os.stat(path).st_mode)  # noqa: PTH116
    except OSError:
        return False


def _unread(error: OSError) -> ArchiveError:
    return ArchiveError(f"cannot read {error.filename}: {error.strerror}")
