"""Lines are appended here, and are on disk when these functions return."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from ticker.archive.layout import FORMAT_FILE, format_text, naming
from ticker.archive.lines import LineError, Problem


def make_folder(folder: Path) -> None:
    """Makes ``folder`` and what is missing above it, each entry on disk; raises ArchiveError."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        if folder == folder.parent:
            break
        folder = folder.parent
    for new in reversed(missing):
        with naming("make", new):
            new.mkdir(exist_ok=True)
        sync_folder(new.parent)


def append(path: Path, lines: Sequence[str], root: Path, parse: Callable[[bytes], object]) -> Problem | None:
    """Appends ``lines`` (without ends) to the day file ``path`` in one write, and waits until they are on disk.

    Where the file's last line has no end, the new ones start on a line of their own. That line, cut off when a
    writer was killed or the disk was full, is left as it is; it is returned as a Problem unless ``parse`` can
    read it, as when it was written by hand. Raises ArchiveError where anything fails; what was written till
    then stays, is no line unless it is whole, and is not to be acknowledged.
    """
    make_folder(path.parent)
    data = "".join(f"{line}\n" for line in lines).encode()
    with naming("write", path):
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            size = os.fstat(descriptor).st_size
            unended = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            problem = _cut_line(path, parse) if unended else None
            _write_whole(descriptor, b"\n" + data if unended else data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    # Always, not only for a new file: the one who made it may have been killed before it came to this.
    folder = path.parent
    while True:
        sync_folder(folder)
        if folder in (root, folder.parent):
            return problem
        folder = folder.parent


def write_format(root: Path) -> None:
    """Writes the file that states the format, whole or not at all; raises ArchiveError."""
    path = root / FORMAT_FILE
    fresh = root / f"{FORMAT_FILE}.new"
    with naming("write", path):
        with fresh.open("w", encoding="utf-8") as file:
            file.write(format_text())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    sync_folder(root)


def sync_folder(folder: Path) -> None:
    """Waits until the entries of ``folder`` are on disk; raises ArchiveError."""
    with naming("write", folder):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write_whole(descriptor: int, data: bytes) -> None:
    # A full disk takes a part and refuses the rest at the next call.
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _cut_line(path: Path, parse: Callable[[bytes], object]) -> Problem | None:
    number, line = 0, b""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):  # noqa: B007
            pass
    try:
        parse(line)
    except LineError as error:
        return Problem(path, number, f"cut off: {error}")
    return None
