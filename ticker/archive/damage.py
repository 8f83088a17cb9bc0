"""Quarantine of unreadable parts of day files in the archive's folder ``damaged``; nothing is deleted."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from ticker.archive.lines import LineError, Problem
from ticker.archive.writing import make_folder, refuse_links_out, write_whole_file

FOLDER = "damaged"
_BLOCK = 1 << 16


def mend_end(root: Path, path: Path, descriptor: int, parse: Callable[[bytes], object]) -> tuple[int, Problem | None]:
    """Check the last line of the day file ``path``, which has no newline, and return its offset.

    A line that ``parse`` cannot read is quarantined and cut off, and the returned Problem describes it.
    ``descriptor`` is the file, open for reading and writing; the caller holds the archive's lock. Raises OSError and
    ArchiveError.
    """
    start, line = _last_line(descriptor)
    try:
        parse(line)
    except LineError as error:
        aside = put_aside(root, path, start, line)
        problem = Problem(path, _line_number(descriptor, start), f"cut off: {error}; quarantined as {aside}")
        os.ftruncate(descriptor, start)
        os.fsync(descriptor)
        return start, problem
    return start, None


def put_aside(root: Path, path: Path, start: int, content: bytes) -> Path:
    """Write ``content``, found at the offset ``start`` of ``path``, to a file in ``damaged``, and return its path.

    The file is on disk on return. A repetition, as after an interruption, writes the same file. Raises ArchiveError.
    """
    digest = blake2b(content, digest_size=4).hexdigest()
    aside = root / FOLDER / f"{path.parent.parent.name}-{path.name}-{start}-{digest}"
    refuse_links_out(root, aside)
    make_folder(aside.parent)
    write_whole_file(aside, content)
    return aside


def _last_line(descriptor: int) -> tuple[int, bytes]:
    start = os.fstat(descriptor).st_size
    line = b""
    while start > 0:
        size = min(_BLOCK, start)
        start -= size
        before, newline, after = os.pread(descriptor, size, start).rpartition(b"\n")
        line = after + line
        if newline:
            return start + len(before) + 1, line
    return 0, line


def _line_number(descriptor: int, end: int) -> int:
    at, number = 0, 1
    while at < end and (block := os.pread(descriptor, min(_BLOCK, end - at), at)):
        number += block.count(b"\n")
        at += len(block)
    return number
