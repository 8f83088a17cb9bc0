"""The bytes of a day, wherever they stand: in its file, in the compressed file of its month, or partly in both.

A month's file comes first, and what the day's file has beyond it follows, so that a byte keeps its place when the file
goes into the month. A day's file is opened before the month's: what has gone from one in between is in the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from errno import ENOENT
from io import BufferedReader, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from ticker.archive.layout import DayFile, month_name
from ticker.errors import DamagedFile, UnreadableFile
from ticker.files import demand_file, open_file

if TYPE_CHECKING:
    from ticker.archive.months import Month

Place = tuple[int, bytes]
"""A line of a day, with its end, and the byte at which it begins."""

_BLOCK = 1 << 20
_LINE = 2048  # bytes; most lines are shorter


class Status(NamedTuple):
    """How many bytes a day has, and by what a change of them is seen."""

    size: int
    inode: int
    mtime: int


def status_of(day: DayFile) -> Status:
    """The status of a day; raises OSError, and DamagedFile for a month that is."""
    name = day.month
    if day.is_loose:
        try:
            found = os.stat(day.name)  # noqa: PTH116 (see DayFile)
        except FileNotFoundError:
            name = month_name(day)
            if not name:
                raise
        else:
            demand_file(found.st_mode, day.name)
            if not name:
                return Status(found.st_size, found.st_ino, found.st_mtime_ns)
            with _opened(day) as content:
                return content.status
    month = _month(name)
    return Status(month.share(day.day).size, month.inode, month.mtime)


def size_of(day: DayFile) -> int:
    """Return how many bytes a day has; 0 for one that cannot be read."""
    try:
        return status_of(day).size
    except (OSError, DamagedFile):
        return 0


class Content:
    """The bytes of a day, open for reading: first those ``packed`` in its month, then those of its file.

    Raises OSError, and DamagedFile where the compressed file is.
    """

    def __init__(self, day: DayFile, file: FileIO | None, month: Month | None) -> None:
        self.day = day
        self.month = month
        self.file = file
        self._share = month.share(day.day) if month else None
        self.packed = self._share.size if self._share else 0
        self.skipped = _skipped(self, month) if month and file else 0
        """So many bytes at the beginning of the file are in the month already."""

    @property
    def status(self) -> Status:
        at_file = os.fstat(self.file.fileno()) if self.file else None
        size = self.packed + (at_file.st_size - self.skipped if at_file else 0)
        if self.month:
            return Status(size, self.month.inode, at_file.st_mtime_ns if at_file else self.month.mtime)
        assert at_file
        return Status(size, at_file.st_ino, at_file.st_mtime_ns)

    @property
    def size(self) -> int:
        return self.status.size

    def merging(self) -> tuple[int, int]:
        """The size and the checksum of the day's file; where there is none, of the one that the month has taken in."""
        if self.file:
            size = self.size - self.packed + self.skipped
            return size, crc_of(_blocks_of(self.file.fileno(), size))
        return (self._share.merged, self._share.merged_crc) if self._share else (0, 0)

    def read(self, start: int, size: int) -> bytes:
        """``size`` bytes from ``start`` on; fewer at the end."""
        data = b""
        if self.month and start < self.packed:
            data = self.month.read(self.month.start(self.day.day) + start, min(size, self.packed - start))
            start, size = start + len(data), size - len(data)
        if self.file and size:
            data += os.pread(self.file.fileno(), size, start - self.packed + self.skipped)
        return data

    def blocks(self, start: int, end: int) -> Iterator[bytes]:
        """What stands between two bytes, some at a time."""
        while start < end and (block := self.read(start, min(end - start, _BLOCK))):
            yield block
            start += len(block)

    def checksum(self, end: int) -> int:
        """The CRC-32 of the bytes before ``end``. Those of a whole month need not be read for it."""
        crc = start = 0
        if self._share and end >= self.packed:
            crc, start = self._share.crc, self.packed
        return crc_of(self.blocks(start, end), crc)

    def lines(self, start: int) -> Iterator[Place]:
        """The lines from the byte ``start`` on."""
        unended = b""
        for block in self.blocks(start, self.packed):
            *lines, unended = (unended + block).split(b"\n")
            for line in lines:
                yield start, line + b"\n"
                start += len(line) + 1
        if self.file:
            with BufferedReader(FileIO(self.file.fileno(), closefd=False)) as file:
                file.seek(start - self.packed + self.skipped)
                for line in file:
                    if not line.endswith(b"\n"):
                        line += file.readline()  # what a writer was just about to finish
                    yield start, line
                    start += len(line)

    def line(self, start: int) -> bytes:
        """The line that begins at the byte ``start``."""
        line = b""
        while piece := self.read(start + len(line), _LINE):
            end = piece.find(b"\n") + 1
            line += piece[:end] if end else piece
            if end:
                break
        return line

    def file_lines(self, size: int) -> int:
        """How many lines end within the first ``size`` bytes of the file of the day."""
        return sum(block.count(b"\n") for block in _blocks_of(self.file.fileno(), size)) if self.file else 0

    def place(self, start: int) -> tuple[Path, int]:
        """The file in which a line stands that begins at ``start``, and its number there, or in what it unpacks to."""
        if self.month and start < self.packed:
            before = self.month.blocks(0, self.month.start(self.day.day) + start)
            return Path(self.month.path), 1 + sum(block.count(b"\n") for block in before)
        return self.day.path, 1 + self.file_lines(start - self.packed + self.skipped)


@contextmanager
def open_day(day: DayFile) -> Iterator[Content]:
    """The content of a day, open; raises UnreadableFile, also where it is read."""
    with unreadable(day), _opened(day) as content:
        yield content


@contextmanager
def unreadable(day: DayFile) -> Iterator[None]:
    """Turns what the system refuses within into an UnreadableFile, which names the file that it is about."""
    try:
        yield
    except OSError as error:
        raise UnreadableFile(error.filename or day.name, error.strerror or str(error)) from error


def sound_lines(day: DayFile, start: int = 0) -> Iterator[Place]:
    """What ``raw_lines`` gives, as far as a damaged month lets it: for who has to go on, and whom others will tell."""
    with suppress(DamagedFile):
        yield from raw_lines(day, start)


def raw_lines(day: DayFile, start: int = 0) -> Iterator[Place]:
    """The lines of a day from the byte ``start`` on; raises ArchiveError."""
    with open_day(day) as content:
        yield from content.lines(start)


@contextmanager
def _opened(day: DayFile) -> Iterator[Content]:
    try:
        file = FileIO(open_file(day.name))
    except FileNotFoundError:
        file = None
    # Asked for now, whatever was there when the folder was looked at: the file may have gone into a month since, and
    # one of its name hold what came late.
    name = month_name(day)
    if file is None:
        if not name:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), day.name)
        yield Content(day, None, _month(name))
        return
    with file:
        yield Content(day, file, _month(name) if name else None)


def _month(name: str) -> Month:
    from ticker.archive.months import open_month  # many archives have none

    return open_month(name)


def _skipped(content: Content, month: Month) -> int:
    """How much of the beginning of a day's file is in its month already: what it was made of, or all that it is.

    The former where a file was not removed when the month was made; the latter for one that was brought back.
    """
    assert content.file
    share = month.share(content.day.day)
    descriptor = content.file.fileno()
    size = os.fstat(descriptor).st_size
    if 0 < share.merged <= size and crc_of(_blocks_of(descriptor, share.merged)) == share.merged_crc:
        return share.merged
    if size > share.size:
        return 0
    pairs = zip(_blocks_of(descriptor, size), content.blocks(0, size), strict=True)
    return size if all(own == packed for own, packed in pairs) else 0


def _blocks_of(descriptor: int, end: int) -> Iterator[bytes]:
    at = 0
    while at < end and (block := os.pread(descriptor, min(end - at, _BLOCK), at)):
        yield block
        at += len(block)


def crc_of(blocks: Iterable[bytes], crc: int = 0) -> int:
    """The CRC-32 of some blocks after one another, which continues ``crc``."""
    for block in blocks:
        crc = crc32(block, crc)
    return crc
