"""What of a day file cannot be read is put aside: into the archive's folder ``damaged``, never away."""

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
    """Looks at the last line of the day file ``path``, which has no end; gives where it begins.

    One that ``parse`` cannot read is put aside and cut off, and the Problem tells of it. ``descriptor`` is that of the
    file, open for reading and writing, under the archive's lock. Raises OSError and ArchiveError.
    """
    start, line = _last_line(descriptor)
    try:
        parse(line)
    except LineError as error:
        aside = put_aside(root, path, start, line)
        problem = Problem(path, _line_number(descriptor, start), f"cut off: {error}; put aside as {aside}")
        os.ftruncate(descriptor, start)
        os.fsync(descriptor)
        return start, problem
    return start, None


def put_aside(root: Path, path: Path, start: int, content: bytes) -> Path:
    """Keeps what stands at the byte ``start`` of ``path`` in a file of its own, and returns that; raises ArchiveError.

    It is on disk then. The same put aside again, as after an interruption, is the same file.
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
