"""The files compared with how far they are indexed: which ones changed or grew.

When another process or a person has appended to a file, its indexed part is read once to verify its checksum. The
status of the file at that time is noted, and again when this program appends to it. A note stays valid independently of
the index; a lost note costs one more read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from ticker.archive.checkpoints import Checkpoint, Checkpoints, pack, unpack
from ticker.archive.day_reader import open_day, status_of
from ticker.archive.layout import DayFile
from ticker.archive.search_index.candidates import MOST_BYTES
from ticker.errors import ArchiveError
from ticker.fileio import open_file, read_file

_CHECKSUM = 4


class Changed(NamedTuple):
    """A file that changed since it was indexed, and its current checkpoint.

    ``verified`` is how many bytes were read again to verify the checksum.
    """

    file: DayFile
    checkpoint: Checkpoint
    verified: int = 0

    @property
    def backlog(self) -> int:
        """The number of bytes to index."""
        return max(min(self.checkpoint.size, MOST_BYTES) - self.checkpoint.end, 0)


def compare(
    days: Iterable[DayFile], indexed: Checkpoints, grown: Checkpoints
) -> tuple[dict[date, Checkpoint], list[Changed]]:
    """Return the checkpoints of unchanged files, and the changed files.

    ``indexed`` are the checkpoints of the index. ``grown`` are those of files that are known to have grown since. A
    file with the status in ``grown`` need not be read again.
    """
    same: dict[date, Checkpoint] = {}
    changed = []
    months: dict[str, tuple[int, ...]] = {}
    for day in days:
        before = indexed.get(day.day)
        if before:
            now = _status(day, months)
            if now == before[2:] or (now and now[0] == _OF_MONTH and now[1:] == before[3:]):
                same[day.day] = before
                continue
            noted = grown.get(day.day)
            if noted and noted[:2] == before[:2] and now == noted[2:]:
                changed.append(Changed(day, noted))
                continue
        with suppress(OSError, ArchiveError):  # reading the file reports that it cannot be opened
            changed.append(_examine(day, before))
    return same, changed


_OF_MONTH = -1


def _status(day: DayFile, months: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """Return size, inode and mtime of a file; () if it is missing or that takes more than one stat.

    A fast version of ``status_of`` for thousands of files, most of them unchanged. ``months`` caches the status of
    compressed months. For a day in one the size is -1, since the content of such a file never changes.
    """
    name = day.month or day.name
    if day.month:
        if day.is_loose:
            return ()
        if name in months:
            return months[name]
    try:
        found = os.stat(name)  # noqa: PTH116 (names are strings, see DayFile)
    except OSError:
        return ()
    if day.month:
        months[name] = (_OF_MONTH, found.st_ino, found.st_mtime_ns)
        return months[name]
    return found.st_size, found.st_ino, found.st_mtime_ns


def _examine(day: DayFile, before: Checkpoint | None) -> Changed:
    """Compare a file with its checkpoint by reading what was indexed. Raises OSError and ArchiveError."""
    now = status_of(day)
    if before and now == before.status:
        return Changed(day, before)
    with open_day(day) as content:
        is_same = before is not None and before.end <= now.size and content.checksum(before.end) == before.crc
    if before and is_same:
        return Changed(day, Checkpoint(before.end, before.crc, *now), before.end)
    return Changed(day, Checkpoint(0, 0, *now))


def backlog(changed: Iterable[Changed]) -> int:
    """Return the number of bytes not indexed yet."""
    return sum(each.backlog for each in changed)


def read_grown(path: Path) -> dict[date, Checkpoint]:
    """Return the notes; empty if they are unreadable or damaged."""
    with suppress(OSError, ValueError):
        content = read_file(path)
        if content[:_CHECKSUM] == _checksum(content[_CHECKSUM:]):
            return unpack(content[_CHECKSUM:])
    return {}


def write_grown(path: Path, checkpoints: Checkpoints) -> None:
    """Write the notes if possible, without a sync; the checksum detects concurrent writes."""
    content = pack(checkpoints)
    with suppress(OSError):
        descriptor = open_file(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW)
        try:
            os.write(descriptor, _checksum(content) + content)
        finally:
            os.close(descriptor)


def _checksum(content: bytes) -> bytes:
    return crc32(content).to_bytes(_CHECKSUM, "little")
