"""Sets of millions of ids, in eight bytes each.

``SeenIds`` looks ids up in the index while that is cheaper, else in a set read from the files once. ``IdLedger`` finds
ids that are duplicate or missing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any

from ticker.archive.codec import LineError
from ticker.archive.day_reader import sound_lines, status_of
from ticker.archive.ids import LENGTH
from ticker.archive.layout import DayFile, day_files, translate_os_errors
from ticker.archive.line_reader import Records
from ticker.archive.search_index import FileCheckpoint, Index
from ticker.archive.search_index.tokenizer import id_key
from ticker.errors import DamagedFile

# The bytes of lines that can be read in the time of one index lookup: in day files, and in compressed months, where a
# lookup decompresses a frame.
_BYTES_A_QUESTION, _PACKED_BYTES_A_QUESTION = 6 << 10, 64 << 10
_IDS_A_QUESTION = 100

_TAIL = LENGTH // 2 - 2
_AT_ONCE = 50_000  # ids compared at a time as Python ints, which take ten times the memory
_END = 1 << 64


class SeenIds:
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
        with translate_os_errors("read", day.name):
            status = status_of(day)
        _, before = self._ends.get(day.name, (status.inode, 0))
        if status.size == before + size:  # else another process wrote too, and the next catch_up reads it all
            self._ends[day.name] = status.inode, status.size

    def _forget(self) -> None:
        self._read = IdSet()
        self._ends: dict[str, tuple[int, int]] = {}  # inode and end of the lines read, by file
        self._covered: Mapping[str, FileCheckpoint] | None = None
        self._questions = 0

    def _read_added(self) -> int | None:
        """Read the added lines, and return how many files had any; None if a file was replaced or truncated."""
        count = 0
        days = day_files(self._root, self._records.kind)
        if self._covered is None:
            self._covered = self._index.update(self._records, days) if self._index else {}
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
                with translate_os_errors("read", day.name):
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
            id: str = self._records.parse(line).id
        except LineError:
            return None
        return id


class IdSet:
    """A set of ids that needs eight bytes for an id of this program; Python's set needs a hundred.

    The first two bytes of an id select one of 65,536 rows; the row holds the other six bytes. Among ten million ids a
    row has about 150, and a search takes less than a microsecond.
    """

    def __init__(self) -> None:
        self._tails = [bytearray() for _ in range(1 << 16)]
        self._others: set[str] = set()  # ids of other forms, from lines made by hand

    def add_all(self, ids: Iterable[str]) -> None:
        """Add ``ids``; an id that is added again takes its space again."""
        tails = self._tails
        for id in ids:
            packed = _packed(id)
            if packed:
                tails[packed[0] << 8 | packed[1]] += packed[2:]
            else:
                self._others.add(id)

    def __contains__(self, id: str) -> bool:
        packed = _packed(id)
        if not packed:
            return id in self._others
        row, tail = self._tails[packed[0] << 8 | packed[1]], packed[2:]
        at = row.find(tail)
        while at > 0 and at % _TAIL:  # a match across the boundary of two ids
            at = row.find(tail, at + 1)
        return at >= 0


def _packed(id: str) -> bytes | None:
    """Return the bytes of an id that has this program's form; None for any other."""
    try:
        packed = bytes.fromhex(id)
    except ValueError:
        return None
    return packed if len(packed) == LENGTH // 2 and packed.hex() == id else None


class IdLedger:
    """The ids of each file and the ids that its lines revise, as sorted numbers."""

    def __init__(self) -> None:
        self._ids: list[array[int]] = []
        self._revised: list[array[int]] = []

    def note(self, ids: array[int], revised: array[int]) -> None:
        """Add a file: the distinct ids of its lines, and the ids that they revise."""
        self._ids.append(_ordered(ids))
        self._revised.append(_ordered(revised))

    def duplicate_and_missing(self) -> tuple[array[int], array[int]]:
        """Return the ids that more than one file has, and the revised ids that no file has."""
        twice, missing = array("Q"), array("Q")
        for parts, revised in zip(_slices(self._ids, self._size), _slices(self._revised, self._size), strict=True):
            there: set[int] = set()
            for part in parts:
                new = set(part)
                twice.extend(there & new)
                there |= new
            missing.extend(set(chain.from_iterable(revised)) - there)
        return _ordered(twice), _ordered(missing)

    def files_with(self, some: array[int]) -> set[int]:
        """Return the numbers of the files that have or revise any of the ids ``some``."""
        wanted = set(some)
        pairs = zip(self._ids, self._revised, strict=True)
        return {
            number
            for number, (ids, revised) in enumerate(pairs)
            if not (wanted.isdisjoint(ids) and wanted.isdisjoint(revised))
        }

    @property
    def _size(self) -> int:
        return sum(map(len, self._ids)) + sum(map(len, self._revised))


def numbers_of(ids: bytes) -> array[int]:
    """Convert packed ids to numbers."""
    found = array("Q")
    found.frombytes(ids)
    return found


def number_of(id: bytes) -> int:
    """Convert one packed id to a number."""
    return numbers_of(id)[0]


def is_among(ids: array[int], id: int) -> bool:
    """Return whether the sorted ``ids`` contain ``id``."""
    at = bisect_left(ids, id)
    return at < len(ids) and ids[at] == id


def _ordered(ids: Iterable[int]) -> array[int]:
    return array("Q", sorted(ids))


def _slices(files: list[array[int]], size: int) -> Iterator[list[array[int]]]:
    """Split the ids of all files into consecutive ranges of values, and yield the ids of each range by file."""
    ranges = size // _AT_ONCE + 1
    starts = [0] * len(files)
    for number in range(1, ranges + 1):
        end = _END * number // ranges
        ends = [bisect_left(ids, end, start) for ids, start in zip(files, starts, strict=True)]
        yield [ids[start:stop] for ids, start, stop in zip(files, starts, ends, strict=True)]
        starts = ends
