"""Lookup of an archive's ids: in the index while that is cheaper, else in a set read from the files once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from ticker.archive.contents import sound_lines, status_of
from ticker.archive.idset import IdSet
from ticker.archive.index import Index, Mark
from ticker.archive.index.tokens import id_key
from ticker.archive.layout import DayFile, day_files, naming
from ticker.archive.lines import LineError
from ticker.archive.reading import Records
from ticker.archive.spelling import as_written
from ticker.errors import DamagedFile

# The bytes of lines that can be read in the time of one index lookup: in day files, and in compressed months, where a
# lookup decompresses a frame.
_BYTES_A_QUESTION, _PACKED_BYTES_A_QUESTION = 6 << 10, 64 << 10
_IDS_A_QUESTION = 100


class KnownIds:
    """The ids of one kind of lines in the archive ``root``. Every method raises ArchiveError.

    ``index`` answers until its lookups have taken as long as reading all indexed lines would; then these are read.
    Unreadable lines count as missing.
    """

    def __init__(self, root: Path, records: Records[Any], index: Index | None) -> None:
        self._root = root
        self._records = records
        self._index = index
        self._forget()

    def known(self, ids: Collection[str]) -> set[str]:
        """Return those of ``ids`` that the archive had at the last ``catch_up``."""
        found = {id for id in ids if id in self._read}
        left = set(ids) - found
        return found | (self._asked(left) if left and self._covered else set())

    def catch_up(self) -> bool:
        """Read the lines added since the last call, and return whether there were any."""
        found = self._read_added()
        if found is None:
            self._forget()
            self._read_added()
        return found != 0

    def note(self, ids: Iterable[str]) -> None:
        """Count ``ids`` as known."""
        self._read.add_all(ids)

    def note_written(self, day: DayFile, size: int, ids: Iterable[str]) -> None:
        """Count ``ids`` as known, whose lines were appended to the file of ``day`` in ``size`` bytes."""
        self.note(ids)
        with naming("read", day.name):
            status = status_of(day)
        _, before = self._ends.get(day.name, (status.inode, 0))
        if status.size == before + size:  # else another process wrote too, and the next catch_up reads it all
            self._ends[day.name] = status.inode, status.size

    def _forget(self) -> None:
        self._read = IdSet()
        self._ends: dict[str, tuple[int, int]] = {}  # inode and end of the lines read, by file
        self._covered: Mapping[str, Mark] | None = None
        self._questions = 0

    def _read_added(self) -> int | None:
        """Read the added lines, and return how many files had any; None if a file was replaced or truncated."""
        count = 0
        days = day_files(self._root, self._records.kind)
        if self._covered is None:
            self._covered = self._index.cover(self._records, days) if self._index else {}
            self._ends = {name: (mark.inode, mark.end) for name, mark in self._covered.items()}
            self._questions = int(
                sum(
                    self._covered[day.name].end / (_PACKED_BYTES_A_QUESTION if day.month else _BYTES_A_QUESTION)
                    for day in days
                    if day.name in self._covered
                )
            )
        for day in days:
            try:
                with naming("read", day.name):
                    status = status_of(day)
            except DamagedFile:
                continue
            inode, end = self._ends.get(day.name, (status.inode, 0))
            if inode != status.inode or status.size < end:
                return None
            if status.size > end:
                count += 1
                self._ends[day.name] = inode, self._read_file(day, end)
        return count

    def _asked(self, ids: Collection[str]) -> set[str]:
        """Return those of ``ids`` that are in the index, or in the indexed lines if these were read."""
        self._questions -= len(ids)
        found: set[str] = set()
        left = iter(ids)
        while self._questions >= 0 and self._index and (some := list(islice(left, _IDS_A_QUESTION))):
            lines = self._index.known_lines(self._records, map(id_key, some))
            if lines is None:
                self._questions = -1
                break
            found.update(id for line in lines if (id := self._id_of(line)) is not None)
        if self._questions < 0:
            self._read_covered()
            return {id for id in ids if id in self._read}
        return found.intersection(ids)

    def _read_covered(self) -> None:
        covered, self._covered = self._covered or {}, {}
        for day in day_files(self._root, self._records.kind):
            if day.name in covered:
                self._read_file(day, 0, covered[day.name].end)

    def _read_file(self, day: DayFile, start: int, end: int | None = None) -> int:
        """Add the ids of a file from the offset ``start`` on, and return where its last whole line ends."""
        ids = []
        for at, line in sound_lines(day, start):
            if end is not None and at >= end:
                break
            id = self._id_of(line)
            if id is not None:
                ids.append(id)
            if line.endswith(b"\n"):
                start = at + len(line)
        self._read.add_all(ids)
        return start

    def _id_of(self, line: bytes) -> str | None:
        try:
            spelt = as_written(line.decode().removesuffix("\n"))
            return spelt.id if spelt else self._records.parse(line).id
        except (UnicodeDecodeError, LineError):
            return None
