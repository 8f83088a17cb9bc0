"""The state of files compared with how far they are indexed: which ones changed or grew.

When another process or a person has appended to a file, its indexed part is read once to verify its checksum. The
status of the file at that time is noted, and again when this program appends to it. A note stays valid independently of
the index; a lost note costs one more read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from ticker.archive.day_reader import open_day, status_of
from ticker.archive.layout import DayFile
from ticker.archive.search_index.candidates import MOST_BYTES
from ticker.archive.search_index.database import FileCheckpoint, packed, unpacked
from ticker.errors import ArchiveError
from ticker.fileio import open_file, read_file

_CHECKSUM = 4


class State(NamedTuple):
    """The status of a file, and how far it is indexed: ``end`` bytes with the checksum ``crc``.

    ``verified`` is how many bytes were read again to verify the checksum.
    """

    file: DayFile
    size: int
    inode: int
    mtime: int
    end: int
    crc: int
    verified: int

    @property
    def checkpoint(self) -> FileCheckpoint:
        """The checkpoint to store for this state."""
        return FileCheckpoint(self.size, self.inode, self.mtime, self.end, self.crc)

    @property
    def backlog(self) -> int:
        """The number of bytes to index."""
        return max(min(self.size, MOST_BYTES) - self.end, 0)

    @property
    def is_news(self) -> bool:
        """Whether the index must be updated."""
        return self.backlog > 0 or self.verified > 0


def look(
    days: Iterable[DayFile], checkpoints: Mapping[int, FileCheckpoint], grown: Mapping[int, FileCheckpoint]
) -> tuple[dict[str, FileCheckpoint], list[State]]:
    """Return the checkpoints of unchanged files, by name, and the states of the others.

    ``checkpoints`` are those of the index, by the ordinal of the day. ``grown`` are those of files that are known to
    have grown since. A file with the status in ``grown`` need not be read again.
    """
    same: dict[str, FileCheckpoint] = {}
    changed = []
    months: dict[str, tuple[int, ...]] = {}
    for day in days:
        ordinal = day.day.toordinal()
        checkpoint = checkpoints.get(ordinal)
        if (
            checkpoint
            and (now := _looks(day, months))
            and now[-2:] == checkpoint[1:3]
            and now[0] in (-1, checkpoint[0])
        ):
            same[day.name] = checkpoint
        elif checkpoint and ordinal in grown and grown[ordinal][3:] == checkpoint[3:] and now == grown[ordinal][:3]:
            changed.append(State(day, *grown[ordinal], 0))
        elif state := _state(day, checkpoint):
            changed.append(state)
    return same, changed


def _looks(day: DayFile, months: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
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
        months[name] = (-1, found.st_ino, found.st_mtime_ns)
        return months[name]
    return found.st_size, found.st_ino, found.st_mtime_ns


def _state(day: DayFile, checkpoint: FileCheckpoint | None) -> State | None:
    """Return the state of a file; None if it cannot be opened, which reading it will report."""
    try:
        now = status_of(day)
        if checkpoint is not None and now == checkpoint[:3]:
            return State(day, *now, checkpoint.end, checkpoint.crc, 0)
        with open_day(day) as content:
            if checkpoint is None or checkpoint.end > now.size:
                return State(day, *now, 0, 0, 0)
            is_same = content.checksum(checkpoint.end) == checkpoint.crc
    except (OSError, ArchiveError):
        return None
    return State(day, *now, checkpoint.end, checkpoint.crc, checkpoint.end) if is_same else State(day, *now, 0, 0, 0)


def backlog(states: Iterable[State]) -> int:
    """Return the number of bytes not indexed yet."""
    return sum(state.backlog for state in states)


def read_grown(path: Path) -> dict[int, FileCheckpoint]:
    """Return the notes, by the ordinal of the day; empty if they are unreadable or damaged."""
    with suppress(OSError, ValueError):
        content = read_file(path)
        if content[:_CHECKSUM] == _checksum(content[_CHECKSUM:]):
            return unpacked(content[_CHECKSUM:])
    return {}


def write_grown(path: Path, checkpoints: Mapping[int, FileCheckpoint]) -> None:
    """Write the notes if possible, without a sync; the checksum detects concurrent writes."""
    content = packed(checkpoints)
    with suppress(OSError):
        descriptor = open_file(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW)
        try:
            os.write(descriptor, _checksum(content) + content)
        finally:
            os.close(descriptor)


def _checksum(content: bytes) -> bytes:
    return crc32(content).to_bytes(_CHECKSUM, "little")
