"""Recovery of good lines from damaged lines and compressed files."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from msgspec.structs import replace

from ticker.archive.codec import LineError
from ticker.archive.fsck.validate import bears_own_id, has_own_id, own_id
from ticker.archive.importer import LONGEST
from ticker.archive.line_reader import Records
from ticker.archive.records import Stored, canonical_line
from ticker.archive.seekable import ZSTD

_BEGINNING = '{"time": '
_MOST_PIECES = 1000  # candidates tried in one line, to bound the time
_FED = 4096  # bytes decompressed at a time, and so the most that is lost of a damaged part
_MAGIC = {True: b"\x28\xb5\x2f\xfd", False: b"\x1f\x8b\x08"}


@dataclass(slots=True)
class RecoveredLines:
    """Good lines, with their newlines, by the day whose file they belong in; and counts of the others."""

    days: dict[date, list[bytes]] = field(default_factory=dict)
    unreadable: int = 0
    twice: int = 0
    renamed: int = 0
    """Lines whose id was replaced by the id computed from their content."""


class LineCollector:
    """Collects the good lines of one kind: each record once, in its first spelling."""

    def __init__(self, records: Records[Any]) -> None:
        self._records = records
        self._seen: set[str] = set()
        self.sorted = RecoveredLines()

    def leave_out(self, day: date, lines: Iterable[bytes]) -> None:
        """Count the records of ``lines`` that belong to ``day`` as kept elsewhere."""
        kept = (self._read(line) for line in lines)
        self._seen.update(canonical_line(record) for record in kept if record and record.moment.date() == day)

    def take(self, line: bytes, is_doubtful: bool = False) -> None:
        """Add a line. A doubtful line counts only if its id confirms its content."""
        line = line.strip()
        if not line:
            return
        record = self._read(line)
        if record is None:
            self.sorted.unreadable += 1
            for piece in pieces(line, self._records):
                self.take(piece)
            return
        if is_doubtful and not bears_own_id(line, record):
            self.sorted.unreadable += 1
            return
        if not has_own_id(record):
            record = replace(record, id=own_id(record))
            line = record.to_line().encode()
            self.sorted.renamed += 1
        canonical = canonical_line(record)
        if canonical in self._seen:
            self.sorted.twice += 1
            return
        self._seen.add(canonical)
        self.sorted.days.setdefault(record.moment.date(), []).append(line + b"\n")

    def _read(self, line: bytes) -> Stored | None:
        try:
            record: Stored | None = self._records.parse(line) if len(line) <= LONGEST else None
        except LineError:
            return None
        return record


def pieces(line: bytes, records: Records[Any]) -> Iterator[bytes]:
    """Yield the good lines within an unreadable one, such as after zeros or a truncated line.

    A piece is good if its id matches its content, which shows that it is complete.
    """
    text = line.decode("utf-8", "surrogateescape")
    decoder = json.JSONDecoder()
    at = text.find(_BEGINNING)
    for _ in range(_MOST_PIECES):
        if at < 0:
            return
        following = at + 1
        try:
            _, following = decoder.raw_decode(text, at)
            piece = text[at:following].encode()
            if bears_own_id(piece, records.parse(piece)):
                yield piece
        except (ValueError, RecursionError, LineError):
            pass
        at = text.find(_BEGINNING, following)


def decompress_frames(data: bytes, suffix: str) -> Iterator[tuple[bytes, bool]]:
    """Yield the lines that can be decompressed, in chunks, and whether each chunk passed its checksum.

    The table at the end is not needed: each frame is found by its magic number.
    """
    magic = _MAGIC[suffix == ZSTD]
    at = data.find(magic)
    while at >= 0:
        lines, size = _part(data, at, suffix)
        if lines:
            yield lines, bool(size)
        at = data.find(magic, at + (size or 1))


def _part(data: bytes, start: int, suffix: str) -> tuple[bytes, int]:
    """Return the readable content of the frame at offset ``start``, and its compressed size, or 0 if damaged."""
    decompressor, damage = _decompressor(suffix)
    found = bytearray()
    at = start
    try:
        while at < len(data) and not decompressor.eof:
            found += decompressor.decompress(data[at : at + _FED])
            at += _FED
    except damage:
        return bytes(found), 0
    size = min(at, len(data)) - start - len(decompressor.unused_data)
    return bytes(found), size if decompressor.eof else 0


def _decompressor(suffix: str) -> tuple[Any, type[Exception]]:
    """Return a decompressor of one frame, and the exception that it raises on damage."""
    if suffix == ZSTD:
        from ticker.zstandard import zstd

        return zstd.ZstdDecompressor(), zstd.ZstdError
    return zlib.decompressobj(31), zlib.error
