"""Checkpoints: how far a day's file was read, and the lines that it has gained since.

Lines are only appended, and keep their offsets when a month is compressed. So a checkpoint separates the lines that a
reader knows from the new ones; their times and the system clock do not matter. The index, the lookup of known lines,
``tail -f`` and the cursors of ``--new`` all use it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import dropwhile, takewhile
from pathlib import Path
from struct import Struct
from typing import NamedTuple
from zlib import crc32

from ticker.archive.day_reader import DayReader, Place, open_day, raw_lines, sound_lines, status_of, unreadable
from ticker.archive.layout import DayFile, Kind, translate_os_errors
from ticker.archive.line_reader import Lines
from ticker.errors import ArchiveError, DamagedFile, UnreadableFile

_LAST = 256  # bytes; enough of a line's end to include distinctive fields such as its id and times
_BLOCK = 4096
_STORED = Struct("<qqQqqq")  # day, size, inode, mtime, end, crc


class Checkpoint(NamedTuple):
    """How far a day's file was read: the ``end`` of its last whole line that was read, in bytes.

    A different ``crc``, the CRC-32 of bytes before ``end``, shows that the file was rewritten: of all of them in the
    index, which must find any change, and of the last 256 in ``Delta``, which must not read the whole file again.
    ``size``, ``inode`` and ``mtime`` are the status of the file at that time; cursors do not keep it.
    """

    end: int = 0
    crc: int = 0
    size: int = 0
    inode: int = 0
    mtime: int = 0

    @property
    def status(self) -> tuple[int, int, int]:
        """Return size, inode and modification time."""
        return self[2:]

    @property
    def is_whole(self) -> bool:
        """Return whether the file had nothing after ``end``."""
        return self.size == self.end


Checkpoints = Mapping[date, Checkpoint]
"""The checkpoint of each day, for one kind of lines."""


def pack(checkpoints: Checkpoints) -> bytes:
    """Encode checkpoints for storage."""
    return b"".join(
        _STORED.pack(day.toordinal(), *checkpoint.status, *checkpoint[:2]) for day, checkpoint in checkpoints.items()
    )


def unpack(content: bytes) -> dict[date, Checkpoint]:
    """Decode the result of ``pack``; raises ValueError."""
    if len(content) % _STORED.size:
        raise ValueError(f"invalid size of checkpoints: {len(content)} bytes")
    try:
        return {
            date.fromordinal(day): Checkpoint(end, crc, size, inode, mtime)
            for day, size, inode, mtime, end, crc in _STORED.iter_unpack(content)
        }
    except OverflowError as error:
        raise ValueError(f"invalid day in checkpoints: {error}") from error


class Replaced(ArchiveError):
    """A file was replaced or truncated, so lines that were read may no longer exist."""


class Tail:
    """The lines after checkpoints, including those that are appended later; each line is read once."""

    def __init__(self) -> None:
        self._starts: Checkpoints = {}
        self._read: dict[date, Checkpoint] = {}
        self.unfinished: dict[date, DayFile] = {}
        """The files whose last line has no newline: a writer is active, or was killed."""

    def start_after(self, checkpoints: Checkpoints) -> bool:
        """Start after ``checkpoints``; return False if lines were already read after others."""
        none = Checkpoint()
        if any(self._starts.get(day, none)[:2] != checkpoints.get(day, none)[:2] for day in self._read):
            return False
        self._starts = checkpoints
        return True

    def read(self, days: Iterable[DayFile]) -> Iterator[tuple[DayFile, Iterator[Place]]]:
        """Yield each of ``days`` that has new lines, and these lines, which the caller must read to their end.

        A last line without its newline is read, and read again the next time. Damaged files are skipped: commands that
        list the archive report them. Raises Replaced and ArchiveError.
        """
        for day in days:
            before = self._read.get(day.day) or self._starts.get(day.day)
            try:
                with translate_os_errors("read", day.name):
                    status = status_of(day)
            except DamagedFile:
                continue
            end = before.end if before else 0
            if before and (status.inode != before.inode or status.size < end):
                raise Replaced(f"{day.name} was replaced while the archive was read; try again")
            now = self._read[day.day] = Checkpoint(end, 0, *status)
            if not now.is_whole:
                yield day, self._lines(day, now)

    def skip(self, day: DayFile, size: int) -> None:
        """Count the ``size`` bytes that the caller has just appended to a file as read.

        If another process has appended too, the next ``read`` yields the lines of both. Raises ArchiveError.
        """
        with translate_os_errors("read", day.name):
            status = status_of(day)
        before = self._read.get(day.day) or self._starts.get(day.day) or Checkpoint()
        if status.size == before.end + size:
            self._read[day.day] = Checkpoint(status.size, 0, *status)

    def _lines(self, day: DayFile, checkpoint: Checkpoint) -> Iterator[Place]:
        end = checkpoint.end
        for start, line in sound_lines(day, end):
            yield start, line
            if line.endswith(b"\n"):
                end = start + len(line)
        self._read[day.day] = checkpoint._replace(end=end)
        if end < checkpoint.size and day.is_loose:
            self.unfinished[day.day] = day


@dataclass(frozen=True, slots=True)
class Delta:
    """The new lines of one kind: the offset where they start in each such day, and the new checkpoints of all days."""

    starts: Mapping[date, int] = field(default_factory=dict)
    checkpoints: Checkpoints = field(default_factory=dict)

    @property
    def is_from_the_beginning(self) -> bool:
        """Return whether all lines of these days are new."""
        return not any(self.starts.values())

    def __call__(self, day: DayFile) -> Iterator[Place]:
        """Yield the new lines of a day, up to its checkpoint. Raises ArchiveError."""
        return self._up_to_its_end(day, raw_lines(day, self.starts[day.day]))

    def of(self, lines: Lines) -> Lines:
        """Restrict ``lines`` to those that are new."""

        def new_lines(day: DayFile) -> Iterator[Place]:
            start = self.starts[day.day]
            return self._up_to_its_end(day, dropwhile(lambda place: place[0] < start, lines(day)))

        return new_lines

    def _up_to_its_end(self, day: DayFile, places: Iterator[Place]) -> Iterator[Place]:
        checkpoint = self.checkpoints.get(day.day)  # None if the file was unreadable; reading it reports that
        return takewhile(lambda place: place[0] < checkpoint.end, places) if checkpoint else places


def delta_since(days: Iterable[DayFile], before: Checkpoints) -> Delta:
    """Return the lines that ``days``, which are all days of the archive, have beyond ``before``. Raises ArchiveError.

    Only files whose size changed are opened. A last line counts once it has its newline. All lines of a rewritten file
    are new. An unreadable file keeps its checkpoint and is included in ``starts``: reading it then reports the error.
    """
    starts: dict[date, int] = {}
    checkpoints: dict[date, Checkpoint] = {}
    for day in days:
        known = before.get(day.day, Checkpoint())
        try:
            with unreadable(day):
                size = status_of(day).size
            if size == known.end:
                start, checkpoint = size, known
            else:
                with open_day(day) as content:
                    start, checkpoint = _look(content, known)
        except UnreadableFile:
            if day.day in before:
                checkpoints[day.day] = known
            starts[day.day] = known.end
            continue
        checkpoints[day.day] = checkpoint
        if start < checkpoint.end:
            starts[day.day] = start
    return Delta(starts, checkpoints)


def _look(content: DayReader, known: Checkpoint) -> tuple[int, Checkpoint]:
    """Return the offset where the new lines of a day start, and its new checkpoint."""
    size = content.status.size
    is_same = known.end <= size and _crc_before(content, known.end) == known.crc
    end = _end_of_whole_lines(content, size)
    return known.end if is_same else 0, Checkpoint(end, _crc_before(content, end))


def _crc_before(content: DayReader, end: int) -> int:
    start = max(end - _LAST, 0)
    return crc32(content.read(start, end - start))


def _end_of_whole_lines(content: DayReader, size: int) -> int:
    while size:
        start = max(size - _BLOCK, 0)
        newline = content.read(start, size - start).rfind(b"\n")
        if newline >= 0:
            return start + newline + 1
        size = start
    return 0


def follow(
    root: Path,
    kind: Kind,
    checkpoints: Checkpoints,
    delta: Callable[[Kind, Checkpoints], Delta],
    wait: Callable[[], object],
) -> Iterator[Delta]:
    """Poll the archive ``root`` without end, and yield the new lines of ``kind`` whenever there are any.

    ``delta`` is ``Archive.delta``; ``wait`` is called after each poll and sleeps until the next. A poll costs
    one system call per file; only changed files are opened. The archive need not exist yet. Raises what ``delta`` and
    ``wait`` raise.
    """
    before: dict[str, tuple[int, int, int]] = {}
    while True:
        statuses = _statuses(root / kind)  # before reading: the next poll then sees what is written from here on
        if statuses != before:
            before = statuses
            found = delta(kind, checkpoints)
            checkpoints = found.checkpoints
            if found.starts:
                yield found
        wait()


def _statuses(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Return size, inode and modification time of each file in the subfolders of ``folder``."""
    found = {}
    try:
        years = [entry.path for entry in os.scandir(folder) if entry.is_dir()]
        for year in years:
            for entry in os.scandir(year):
                status = entry.stat()
                found[entry.path] = status.st_size, status.st_ino, status.st_mtime_ns
    except OSError:  # missing, or removed meanwhile; ``delta`` reports unreadable files
        return {}
    return found
