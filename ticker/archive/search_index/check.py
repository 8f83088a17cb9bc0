"""A check that the index proposes what the files hold: for a sample of lines, or all of a small archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

from ticker.archive.checkpoints import Checkpoint, Checkpoints
from ticker.archive.day_reader import Status
from ticker.archive.layout import DayFile
from ticker.archive.line_reader import Records
from ticker.archive.search_index.database import Database, Unavailable
from ticker.archive.search_index.index import FILE, FOLDER
from ticker.archive.search_index.query import quoted
from ticker.archive.search_index.rows import rows
from ticker.archive.search_index.tokenizer import Words

_ALL_OF = 8 << 20
"""Up to this many bytes of indexed lines, every line is checked; above it, one line in each block."""


class IndexCheck:
    """The check of the index of the archive ``root``, as far as its files are passed to it.

    ``fault`` describes the first problem found. A missing index, or one of another version, has none: it is rebuilt
    anyway.
    """

    def __init__(self, root: Path) -> None:
        self.path = root / FOLDER / FILE
        self.fault = ""
        self._words: set[str] = set()
        self._database: Database | None = None
        self._checkpoints: dict[str, Checkpoints] = {}
        if self.path.exists():
            self._open()

    def of(self, records: Records[Any], day: DayFile, status: Status) -> DayCheck | None:
        """Return a check of a day with this status; None if the index does not cover its current state."""
        checkpoint = self._checkpoints[records.kind].get(day.day) if self._database and not self.fault else None
        if checkpoint is None or status != checkpoint.status or self._database is None:
            return None
        return DayCheck(self._database, checkpoint, records, day, self._looks_at_all, self._words)

    def end(self) -> None:
        """Check what concerns all days together, and close the index."""
        if self._database is None:
            return
        if not self.fault:
            try:
                if not self._database.has_words(self._words):
                    self.fault = "is missing words of the lines"
            except Unavailable as error:
                self.fault = f"is damaged: {error}"
        self._database.close()

    def _open(self) -> None:
        try:
            self._database = Database(self.path)
            self._checkpoints = {kind: self._database.checkpoints(kind) for kind in ("headlines", "articles")}
            self.fault = self._database.damage()
        except Unavailable as error:
            if not str(error).startswith("made by another version"):
                self.fault = f"cannot be read: {error}"
        size = sum(checkpoint.end for checkpoints in self._checkpoints.values() for checkpoint in checkpoints.values())
        self._looks_at_all = size <= _ALL_OF


class DayCheck:
    """A check that the index proposes the lines of one day."""

    def __init__(
        self,
        database: Database,
        checkpoint: Checkpoint,
        records: Records[Any],
        day: DayFile,
        all_of_it: bool,
        words: set[str],
    ) -> None:
        self._database = database
        self._checkpoint = checkpoint
        self._records = records
        self._day = day
        self._all = all_of_it
        self._seen_words = words
        self._words = Words()
        self._crc = self._read = 0
        self._rows: defaultdict[str, set[int]] = defaultdict(set)

    def look(self, start: int, block: bytes) -> None:
        """Add lines that start at offset ``start``; all blocks of a day must follow in order."""
        known = block[: self._checkpoint.end - start] if start < self._checkpoint.end else b""
        self._crc = crc32(known, self._crc)
        self._read += len(known)
        for at, lines in self._sampled(known):
            for number, tokens in rows(self._day.day, start + at, lines, self._records.parse, self._words):
                for token in tokens.split():
                    self._rows[token].add(number)

    def fault(self) -> str:
        """Return what is wrong, or ""; call this after all blocks."""
        if self._read != self._checkpoint.end or self._crc != self._checkpoint.crc:
            return f"checksum mismatch with the lines of {self._day.name}"
        self._seen_words |= self._words.new
        try:
            for token, wanted in self._rows.items():
                found = self._database.numbers(self._records.kind, quoted(token), min(wanted), max(wanted), False)
                if not wanted.issubset(found):
                    return f"is missing lines of {self._day.name}"
        except Unavailable as error:
            return f"cannot be read: {error}"
        return ""

    def _sampled(self, block: bytes) -> Iterable[tuple[int, bytes]]:
        if self._all:
            yield 0, block
            return
        start = block.find(b"\n", len(block) // 2) + 1  # a line in the middle of the block
        end = block.find(b"\n", start) + 1
        if end:
            yield start, block[start:end]
