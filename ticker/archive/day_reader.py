"""Day files and compressed months, read as one.

The month file's bytes come first; the bytes that only the day file has follow. Offsets stay valid when a day file is
merged into its month. The day file is opened before the month file: a merge in between then hides no line.
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
from ticker.fileio import open_file, read_blocks, require_file

if TYPE_CHECKING:
    from ticker.archive.seekable import CompressedMonth

Place = tuple[int, bytes]
"""The offset in bytes of a line within its day, and the line with its newline."""

_LINE = 2048  # bytes; most lines are shorter


class Status(NamedTuple):
    """The size of a day in bytes, and the inode and modification time that reveal changes."""

    size: int
    inode: int
    mtime: int


def status_of(day: DayFile) -> Status:
    """Return the status of a day. Raises OSError, and DamagedFile if its month is damaged."""
    name = day.month
    if day.is_loose:
        try:
            found = os.stat(day.name)  # noqa: PTH116 (see DayFile)
        except FileNotFoundError:
            name = month_name(day)
            if not name:
                raise
        else:
            require_file(found.st_mode, day.name)
            if not name:
                return Status(found.st_size, found.st_ino, found.st_mtime_ns)
            with _opened(day) as content:
                return content.status
    month = _month(name)
    return Status(month.share(day.day).size, month.inode, month.mtime)


def size_of(day: DayFile) -> int:
    """Return the size of a day in bytes; 0 if it cannot be read."""
    try:
        return status_of(day).size
    except (OSError, DamagedFile):
        return 0


class DayReader:
    """The bytes of a day, open for reading: first the ``packed`` bytes from its month, then those of its day file.

    Methods raise OSError, and DamagedFile if the month file is damaged.
    """

    def __init__(self, day: DayFile, file: FileIO | None, month: CompressedMonth | None) -> None:
        self.day = day
        self.month = month
        self.file = file
        self._share = month.share(day.day) if month else None
        self.packed = self._share.size if self._share else 0
        self.skipped = _skipped(self, month) if month and file else 0
        """How many bytes at the beginning of the day file are already in the month."""

    @property
    def status(self) -> Status:
        """Return the current status of the day."""
        at_file = os.fstat(self.file.fileno()) if self.file else None
        size = self.packed + (at_file.st_size - self.skipped if at_file else 0)
        if self.month:
            return Status(size, self.month.inode, at_file.st_mtime_ns if at_file else self.month.mtime)
        assert at_file
        return Status(size, at_file.st_ino, at_file.st_mtime_ns)

    @property
    def size(self) -> int:
        """Return the current size of the day in bytes."""
        return self.status.size

    def merging(self) -> tuple[int, int]:
        """Return size and CRC-32 of the day file; if there is none, of the one last merged into the month."""
        if self.file:
            size = self.size - self.packed + self.skipped
            return size, crc_of(_blocks_of(self.file.fileno(), size))
        return (self._share.merged, self._share.merged_crc) if self._share else (0, 0)

    def read(self, start: int, size: int) -> bytes:
        """Return ``size`` bytes from ``start`` on; fewer at the end."""
        data = b""
        if self.month and start < self.packed:
            data = self.month.read(self.month.start(self.day.day) + start, min(size, self.packed - start))
            start, size = start + len(data), size - len(data)
        if self.file and size:
            data += os.pread(self.file.fileno(), size, start - self.packed + self.skipped)
        return data

    def blocks(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the bytes from ``start`` to ``end`` in blocks."""
        return read_blocks(self.read, start, end)

    def checksum(self, end: int) -> int:
        """Return the CRC-32 of the bytes before ``end``; the month's own checksum saves reading its bytes."""
        crc = start = 0
        if self._share and end >= self.packed:
            crc, start = self._share.crc, self.packed
        return crc_of(self.blocks(start, end), crc)

    def lines(self, start: int) -> Iterator[Place]:
        """Yield the lines from the offset ``start`` on, with their offsets."""
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
                        line += file.readline()  # a writer may have finished it by now
                    yield start, line
                    start += len(line)

    def line(self, start: int) -> bytes:
        """Return the line that begins at the offset ``start``."""
        line = b""
        while piece := self.read(start + len(line), _LINE):
            end = piece.find(b"\n") + 1
            line += piece[:end] if end else piece
            if end:
                break
        return line

    def file_lines(self, size: int) -> int:
        """Return how many lines end within the first ``size`` bytes of the day file."""
        return sum(block.count(b"\n") for block in _blocks_of(self.file.fileno(), size)) if self.file else 0

    def place(self, start: int) -> tuple[Path, int]:
        """Return the file of the line at the offset ``start``, and its line number in the (decompressed) file."""
        if self.month and start < self.packed:
            before = self.month.blocks(0, self.month.start(self.day.day) + start)
            return Path(self.month.path), 1 + sum(block.count(b"\n") for block in before)
        return self.day.path, 1 + self.file_lines(start - self.packed + self.skipped)


@contextmanager
def open_day(day: DayFile) -> Iterator[DayReader]:
    """Open the content of a day. Raises UnreadableFile, also for errors while it is read."""
    with unreadable(day), _opened(day) as content:
        yield content


@contextmanager
def unreadable(day: DayFile) -> Iterator[None]:
    """Convert an OSError within the block into an UnreadableFile that names the file."""
    try:
        yield
    except OSError as error:
        raise UnreadableFile(error.filename or day.name, error.strerror or str(error)) from error


def sound_lines(day: DayFile, start: int = 0) -> Iterator[Place]:
    """Yield what ``raw_lines`` does, up to any damage; for callers that go on and leave the report to others."""
    with suppress(DamagedFile):
        yield from raw_lines(day, start)


def raw_lines(day: DayFile, start: int = 0) -> Iterator[Place]:
    """Yield the lines of a day from the offset ``start`` on, with their offsets. Raises ArchiveError."""
    with open_day(day) as content:
        yield from content.lines(start)


@contextmanager
def _opened(day: DayFile) -> Iterator[DayReader]:
    try:
        file = FileIO(open_file(day.name))
    except FileNotFoundError:
        file = None
    # Look for the month now, since the folder's listing may be outdated: the day file may have been merged since, and
    # a new day file of the same name may hold lines that arrived late.
    name = month_name(day)
    if file is None:
        if not name:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), day.name)
        yield DayReader(day, None, _month(name))
        return
    with file:
        yield DayReader(day, file, _month(name) if name else None)


def _month(name: str) -> CompressedMonth:
    from ticker.archive.seekable import open_month  # many archives have none

    return open_month(name)


def _skipped(content: DayReader, month: CompressedMonth) -> int:
    """Return how many bytes at the beginning of a day file are already in its month.

    If the day file was not removed after a merge, these are the merged bytes. If it repeats the beginning of the
    month's lines, as a restored copy does, these are all its bytes.
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
    return read_blocks(lambda start, size: os.pread(descriptor, size, start), 0, end)


def crc_of(blocks: Iterable[bytes], crc: int = 0) -> int:
    """Return the CRC-32 of ``blocks``, joined, continuing from ``crc``."""
    for block in blocks:
        crc = crc32(block, crc)
    return crc
