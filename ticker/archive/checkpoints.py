"""Lines added to an archive since a checkpoint, for readers that show each line once.

Lines are only appended, and keep their offsets when a month is compressed. The offset up to which each day was read
determines which lines are new; their times and the system clock do not matter. ``tail -f`` polls with checkpoints in
memory. ``--new`` keeps them in a cursor, a file of the archive's folder ``marks``, with the content
``{"headlines": {"2025-06-12": [END, CRC], ...}, "articles": ...}``. Deleting the file resets the cursor.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote
from zlib import crc32

from ticker.archive.day_reader import DayReader, Place, open_day, raw_lines, status_of, unreadable
from ticker.archive.layout import DayFile, Kind, translate_os_errors
from ticker.archive.line_reader import Lines
from ticker.archive.locking import lock
from ticker.archive.writer import make_folder, refuse_links_out, write_whole_file
from ticker.errors import ArchiveError, UnreadableFile, UsageError
from ticker.fileio import read_file

_TOLD_BY = 256  # bytes; enough of a line's end to include distinctive fields such as its id and times
_BLOCK = 4096

State = dict[str, tuple[int, int, int]]
FOLDER = "marks"
_LONGEST = 200  # bytes of a file's name; systems allow 255


class Checkpoint(NamedTuple):
    """A checkpoint: the size in bytes of a day's whole lines, and the CRC-32 of the last 256 of these bytes.

    A different ``crc`` shows that the file was rewritten, and that the lines before ``end`` have changed.
    """

    end: int = 0
    crc: int = 0


Checkpoints = Mapping[date, Checkpoint]
"""The checkpoint of each day, for one kind of lines."""


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
    start = max(end - _TOLD_BY, 0)
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
    before: State = {}
    while True:
        state = _state(root / kind)  # before reading: the next poll then sees what is written from here on
        if state != before:
            before = state
            found = delta(kind, checkpoints)
            checkpoints = found.checkpoints
            if found.starts:
                yield found
        wait()


def _state(folder: Path) -> State:
    """Return size, inode and modification time of each file in the subfolders of ``folder``."""
    found: State = {}
    try:
        years = [entry.path for entry in os.scandir(folder) if entry.is_dir()]
        for year in years:
            for entry in os.scandir(year):
                status = entry.stat()
                found[entry.path] = status.st_size, status.st_ino, status.st_mtime_ns
    except OSError:  # missing, or removed meanwhile; ``delta`` reports unreadable files
        return {}
    return found


class Cursor:
    """A cursor that this process has locked; its methods raise ArchiveError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def checkpoints(self, kind: Kind) -> Checkpoints:
        """Return how far ``kind`` was seen; empty if it never was."""
        try:
            return {
                date.fromisoformat(day): Checkpoint(*map(int, checkpoint))
                for day, checkpoint in self._read().get(kind, {}).items()
            }
        except (ValueError, TypeError, AttributeError) as error:
            raise self._unreadable(error) from error

    def advance(self, kind: Kind, checkpoints: Checkpoints) -> None:
        """Record how far ``kind`` was seen; write atomically and sync to disk."""
        content = {**self._read(), kind: {day.isoformat(): checkpoint for day, checkpoint in checkpoints.items()}}
        write_whole_file(self.path, json.dumps(content, separators=(",", ":")) + "\n")

    def _read(self) -> Mapping[str, Any]:
        with translate_os_errors("read", self.path):
            text = read_file(self.path).decode(errors="replace") if self.path.exists() else "{}"
        try:
            content = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise self._unreadable(error) from error
        if not isinstance(content, dict):
            raise self._unreadable("not a JSON object")
        return content

    def _unreadable(self, reason: object) -> ArchiveError:
        return ArchiveError(f"{self.path} is not a valid cursor ({reason}); delete it to start from the beginning")


@contextmanager
def lock_cursor(root: Path, name: str, lock_timeout: float) -> Iterator[Cursor]:
    """Lock and yield the cursor ``name`` of the existing archive ``root``.

    Raises UsageError if the name is invalid, and ArchiveError, also if the lock is not free within ``lock_timeout``
    seconds.
    """
    path = root / FOLDER / f"{file_name(name)}.json"
    refuse_links_out(root, path)
    make_folder(path.parent)
    with lock(path.with_suffix(".lock"), lock_timeout, f"the cursor {name!r} is in use by another ticker"):
        yield Cursor(path)


def file_name(name: str) -> str:
    """Return ``name`` encoded as a file name; raises UsageError if it is empty or too long."""
    encoded = quote(os.fsencode(name), safe=" ")
    if encoded.startswith("."):  # the file would be hidden
        encoded = f"%2E{encoded[1:]}"
    if not encoded.strip():
        raise UsageError(f"invalid cursor name {name!r}: it is blank; use one or more words")
    if len(encoded) > _LONGEST:
        shown = f"{name[:20]}..."
        raise UsageError(
            f"cursor name {shown!r} is too long: its file name would have {len(encoded)} bytes, at most {_LONGEST} "
            "are allowed, and a non-ASCII character takes several; use a shorter name"
        )
    return encoded
