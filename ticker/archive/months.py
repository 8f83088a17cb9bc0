"""A compressed month and the lines of its days."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from io import FileIO
from itertools import accumulate
from pathlib import Path
from weakref import finalize

from ticker.archive.frames import Share, decompressed, read_table
from ticker.errors import DamagedFile
from ticker.files import open_file

_NOTHING = Share(0, 0, 0, 0)
_BLOCK = 1 << 20


class Month:
    """The compressed month at ``path``, open for reading.

    Raises OSError, and DamagedFile if the content is invalid.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._file = FileIO(open_file(path))
        finalize(self, self._file.close)  # readers of its days keep it open
        status = os.fstat(self._file.fileno())
        self.inode, self.mtime = status.st_ino, status.st_mtime_ns
        table = read_table(self._file.fileno(), path)
        self.days = table.days
        sizes = (share.size for share in table.days.values())
        self._starts = dict(zip(table.days, accumulate(sizes, initial=0), strict=False))
        self._frames = table.frames
        self._frame_starts = [0, *accumulate(frame.size for frame in table.frames)]
        self._offsets = [0, *accumulate(frame.packed for frame in table.frames)]
        self._last: tuple[int, bytes] = -1, b""

    def share(self, day: date) -> Share:
        """Return the share of a day; an empty share if the month has no lines of it."""
        return self.days.get(day, _NOTHING)

    def start(self, day: date) -> int:
        """Return the offset of a day's lines in the decompressed content."""
        return self._starts.get(day, 0)

    def read(self, start: int, size: int) -> bytes:
        """Return ``size`` bytes of the decompressed content from offset ``start``; fewer at its end."""
        end = min(start + size, self._frame_starts[-1])
        parts = []
        while start < end:
            number = bisect_right(self._frame_starts, start) - 1
            first = self._frame_starts[number]
            parts.append(self._frame(number)[start - first : end - first])
            start += len(parts[-1])
        return b"".join(parts)

    def blocks(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the decompressed content between two offsets, in blocks."""
        while start < end and (block := self.read(start, min(end - start, _BLOCK))):
            yield block
            start += len(block)

    def _frame(self, number: int) -> bytes:
        last, content = self._last  # read and written as one tuple, since threads may share it
        if last != number:
            content = self._decompressed(number)
            self._last = number, content
        return content

    def _decompressed(self, number: int) -> bytes:
        frame, offset = self._frames[number], self._offsets[number]
        data = os.pread(self._file.fileno(), frame.packed, offset)
        try:
            content = decompressed(data, Path(self.path).suffix)
            if len(content) != frame.size:
                raise ValueError(f"{len(content)} bytes, expected {frame.size}")
        except ValueError as error:
            raise DamagedFile(self.path, f"damaged at byte {offset}: {error}") from error
        return content


def open_month(path: str) -> Month:
    """Return the compressed month at ``path``; the last few stay open. Raises OSError and DamagedFile."""
    status = os.stat(path)  # noqa: PTH116 (called once for each day)
    return _opened(path, status.st_ino, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=4)
def _opened(path: str, *state: int) -> Month:
    """Open a month; ``state`` is part of the cache key, to detect a replaced file."""
    return Month(path)
