"""Which ids an archive has: asked of the index while that is cheaper, then read from the files once."""

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

# To ask the index for an id takes as long as to read so many bytes of lines: in day files, and in compressed months,
# of which a frame is decompressed for the answer.
_BYTES_A_QUESTION, _PACKED_BYTES_A_QUESTION = 6 << 10, 64 << 10
_IDS_A_QUESTION = 100


class KnownIds:
    """The ids of one kind of lines in the archive ``root``. Every method raises ArchiveError.

    ``index`` is asked until that has taken as long as to read all that it holds; then all of it is read. A line that
    cannot be read counts as not there.
    """

    def __init__(self, root: Path, records: Records[Any], index: Index | None) -> None:
        self._root = root
        self._records = records
        self._index = index
        self._forget()

    def known(self, ids: Collection[str]) -> set[str]:
        """Those of ``ids`` that were there at the last ``catch_up``."""
        found = {id for id in ids if id in self._read}
        left = set(ids) - found
        return found | (self._asked(left) if left and self._covered else set())

    def catch_up(self) -> bool:
        """Reads what was added since the last time; whether there was anything."""
        found = self._read_added()
        if found is None:
            self._forget()
            self._read_added()
        return found != 0

    def note(self, ids: Iterable[str]) -> None:
        """Counts ``ids`` as known."""
        self._read.add_all(ids)

    def note_written(self, day: DayFile, size: int, ids: Iterable[str]) -> None:
        """Counts ``ids`` as known, which were appended in ``size`` bytes to the file of ``day``."""
        self.note(ids)
        with naming("read", day.name):
            status = status_of(day)
        _, before = self._ends.get(day.name, (status.inode, 0))
        if status.size == before + size:  # else somebody else wrote, too: it is all read
            self._ends[day.name] = status.inode, status.size

    def _forget(self) -> None:
        self._read = IdSet()
        self._ends: dict[str, tuple[int, int]] = {}  # of each file its inode, and how far it was read
        self._covered: Mapping[str, Mark] | None = None
        self._questions = 0

    def _read_added(self) -> int | None:
        """How many files had more to read; None where one was replaced or cut, so that nothing learnt may hold."""
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
        """Those of ``ids`` that the index knows, or which are found in what it holds."""
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
        """Notes the ids of a file from a byte on, and returns where its last whole line ends."""
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
