"""What is kept of lines and of compressed files that are damaged. Pure."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ticker.archive.frames import ZSTD
from ticker.archive.incoming import LONGEST
from ticker.archive.judging import bears_own_id, has_own_id, own_id
from ticker.archive.lines import LineError, Stored, canonical_line
from ticker.archive.reading import Records

_BEGINNING = '{"time": '
_MOST_PIECES = 1000  # of one line: to look for more would take longer the longer it is, and again for each
_FED = 4096  # bytes that are decompressed at a time: what is lost of a damaged part
_MAGIC = {True: b"\x28\xb5\x2f\xfd", False: b"\x1f\x8b\x08"}


@dataclass(slots=True)
class Sorted:
    """Lines that are good, with their ends, by the day in whose file they belong; and how many were not."""

    days: dict[date, list[bytes]] = field(default_factory=dict)
    unreadable: int = 0
    twice: int = 0
    renamed: int = 0
    """Lines that were given the id that follows from what they say."""


class Sorter:
    """Takes lines of one kind, and keeps the good ones: each record once, as its first line spells it."""

    def __init__(self, records: Records[Any]) -> None:
        self._records = records
        self._seen: set[str] = set()
        self.sorted = Sorted()

    def leave_out(self, day: date, lines: Iterable[bytes]) -> None:
        """Count the records of ``lines`` that belong to ``day`` as kept elsewhere."""
        kept = (self._read(line) for line in lines)
        self._seen.update(canonical_line(record) for record in kept if record and record.moment.date() == day)

    def take(self, line: bytes, is_doubtful: bool = False) -> None:
        """Takes a line. One that ``is_doubtful`` counts only if its id says that it is as it was written."""
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
    """The good lines within one that cannot be read: behind zeros, or behind one that was cut off.

    Good are those that bear the id of what they say, which is how it is known that they are whole.
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


def unpacked(data: bytes, suffix: str) -> Iterator[tuple[bytes, bool]]:
    """The lines of what can be decompressed of a file, some at a time, and whether these passed their checksum.

    The table at its end is not needed: each part is looked for where it may begin.
    """
    magic = _MAGIC[suffix == ZSTD]
    at = data.find(magic)
    while at >= 0:
        lines, size = _part(data, at, suffix)
        if lines:
            yield lines, bool(size)
        at = data.find(magic, at + (size or 1))


def _part(data: bytes, start: int, suffix: str) -> tuple[bytes, int]:
    """What the part that begins at a byte holds, as far as it can be read; and how long it is, if to its end."""
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
    """What decompresses one part, and what it raises where that is damaged."""
    if suffix == ZSTD:
        from ticker.zstandard import zstd

        return zstd.ZstdDecompressor(), zstd.ZstdError
    return zlib.decompressobj(31), zlib.error
