"""Seekable zstd and gzip files: independent frames, and a table at the end.

Any program that reads zstd or gzip reads these files. The table is stored as follows:

- zstd: one frame per part, then two skippable frames. The first holds the days as JSON, followed by the CRC-32 of the
  seek table's entries and the JSON. The second is the seek table of the "Zstandard Seekable Format" (version 0.1.0;
  contrib/seekable_format in facebook/zstd): the length of each frame before it. It has no checksums, since each frame
  ends with its own.
- gzip: one member per part, then an empty member. Its header (RFC 1952) has frames and days as JSON in the extra field
  ``tk``, followed by the CRC-32 and the length of the JSON.

Reading the table decompresses nothing and loads no compression library.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import FileIO
from itertools import accumulate
from pathlib import Path
from struct import Struct, iter_unpack, pack, unpack
from struct import error as StructError
from typing import Any, NamedTuple
from weakref import finalize
from zlib import crc32

from ticker.errors import DamagedFile
from ticker.fileio import open_file, read_blocks

ZSTD, GZIP = ".zst", ".gz"
MOST_FRAMES = 1_500
"""Half of what fits into the extra field of gzip, which has at most 65,535 bytes."""

_ZSTD_LEVEL = 17  # docs/archive-format.md explains the choice
_GZIP_BITS = 31  # zlib's wbits for a gzip member with its header
_DAYS_FRAME, _SEEK_FRAME, _SEEK_MAGIC = 0x184D2A50, 0x184D2A5E, 0x8F92EAB1
_SEEK_FOOTER = Struct("<IBI")
_MEMBER = b"\x1f\x8b\x08\x04" + bytes(5) + b"\xff"  # header with an extra field, no time, unknown system
_FIELD = b"tk"
_NOTHING = b"\x03\0" + bytes(8)  # empty deflate data, its checksum and its length


class Frame(NamedTuple):
    """An independently compressed part: ``packed`` bytes of the file, ``size`` bytes of lines."""

    packed: int
    size: int


class DayEntry(NamedTuple):
    """The lines of a day: ``size`` bytes with the CRC-32 ``crc``.

    ``merged`` and ``merged_crc`` are size and CRC-32 of the day file that was merged last. They identify that file if
    it still exists.
    """

    size: int
    crc: int
    merged: int
    merged_crc: int


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a file: its frames, and the days that they hold, both in the order of the file."""

    frames: Sequence[Frame]
    days: Mapping[date, DayEntry]

    def __post_init__(self) -> None:
        if sum(frame.size for frame in self.frames) != sum(share.size for share in self.days.values()):
            raise ValueError("days and frames differ in size")


def read_table(descriptor: int, path: str) -> Table:
    """Read the table of a file. Raises DamagedFile and OSError."""
    try:
        size = os.fstat(descriptor).st_size
        return _read_zstd_table(descriptor, size) if path.endswith(ZSTD) else _read_gzip_table(descriptor, size)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, StructError) as error:
        raise DamagedFile(path, f"damaged or cut off: no table at its end ({error})") from error


def encode_table(table: Table, suffix: str) -> bytes:
    """Encode a table for the end of a file."""
    days = {day.isoformat(): share for day, share in table.days.items()}
    if suffix == ZSTD:
        text = json.dumps({"days": days}).encode()
        length = len(text) + 4
        entries = b"".join(pack("<II", *frame) for frame in [*table.frames, Frame(8 + length, 0)])
        about_days = pack("<II", _DAYS_FRAME, length) + text + pack("<I", crc32(text, crc32(entries)))
        footer = _SEEK_FOOTER.pack(len(table.frames) + 1, 0, _SEEK_MAGIC)
        return about_days + pack("<II", _SEEK_FRAME, len(entries) + len(footer)) + entries + footer
    text = json.dumps({"days": days, "frames": table.frames}, separators=(",", ":")).encode()
    data = text + pack("<II", crc32(text), len(text))
    field = _FIELD + pack("<H", len(data)) + data
    return _MEMBER + pack("<H", len(field)) + field + _NOTHING


def compress_frame(data: bytes, suffix: str) -> bytes:
    """Compress a part, with a checksum."""
    if suffix == ZSTD:
        from ticker.zstandard import zstd

        parameter = zstd.CompressionParameter
        return zstd.compress(data, options={parameter.compression_level: _ZSTD_LEVEL, parameter.checksum_flag: 1})
    import gzip

    return gzip.compress(data, 9, mtime=0)


def decompress_frame(data: bytes, suffix: str) -> bytes:
    """Decompress a result of ``compressed``. Raises ValueError if it is damaged."""
    if suffix == ZSTD:
        from ticker.zstandard import zstd

        try:
            return zstd.decompress(data)
        except zstd.ZstdError as error:
            raise ValueError(str(error)) from error
    import zlib

    try:
        return zlib.decompress(data, _GZIP_BITS)
    except zlib.error as error:
        raise ValueError(str(error)) from error


def _read_zstd_table(descriptor: int, size: int) -> Table:
    count, _, magic = _SEEK_FOOTER.unpack(_tail(descriptor, size, _SEEK_FOOTER.size))
    if magic != _SEEK_MAGIC:
        raise ValueError("no seek table")
    entries = _tail(descriptor, size, 8 * count + _SEEK_FOOTER.size)[: 8 * count]
    *frames, about_days = (Frame(*entry) for entry in iter_unpack("<II", entries))
    before = size - len(entries) - _SEEK_FOOTER.size - 8
    if sum(frame.packed for frame in frames) + about_days.packed != before:
        raise ValueError("seek table does not match the file size")
    text = _tail(descriptor, before, about_days.packed - 8)
    return Table(frames, _days(_checked(text[:-4], text[-4:], crc32(entries))))


def _read_gzip_table(descriptor: int, size: int) -> Table:
    tail = _tail(descriptor, size, 8 + len(_NOTHING))
    if tail[8:] != _NOTHING:
        raise ValueError("no empty member at the end")
    stated = _checked(_tail(descriptor, size - len(tail), *unpack("<I", tail[4:8])), tail[:4])
    return Table([Frame(*frame) for frame in stated["frames"]], _days(stated))


def _tail(descriptor: int, end: int, size: int) -> bytes:
    """Return the ``size`` bytes before the offset ``end``."""
    if size > end:
        raise ValueError("too short")
    return os.pread(descriptor, size, end - size)


def _checked(text: bytes, checksum: bytes, before: int = 0) -> Any:
    if pack("<I", crc32(text, before)) != checksum:
        raise ValueError("checksum mismatch")
    return json.loads(text)


def _days(stated: dict[str, Any]) -> dict[date, DayEntry]:
    return {date.fromisoformat(day): DayEntry(*map(int, share)) for day, share in stated["days"].items()}


_NO_TABLE = DayEntry(0, 0, 0, 0)


class CompressedMonth:
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

    def share(self, day: date) -> DayEntry:
        """Return the share of a day; an empty share if the month has no lines of it."""
        return self.days.get(day, _NO_TABLE)

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
        return read_blocks(self.read, start, end)

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
            content = decompress_frame(data, Path(self.path).suffix)
            if len(content) != frame.size:
                raise ValueError(f"{len(content)} bytes, expected {frame.size}")
        except ValueError as error:
            raise DamagedFile(self.path, f"damaged at byte {offset}: {error}") from error
        return content


def open_month(path: str) -> CompressedMonth:
    """Return the compressed month at ``path``; the last few stay open. Raises OSError and DamagedFile."""
    status = os.stat(path)  # noqa: PTH116 (called once for each day)
    return _opened(path, status.st_ino, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=4)
def _opened(path: str, *state: int) -> CompressedMonth:
    """Open a month; ``state`` is part of the cache key, to detect a replaced file."""
    return CompressedMonth(path)
