"""The ids of a whole archive, to find those that several days have, and revised ids that none has.

It compares all ids with all, and keeps which file has which. ``archive/seen.py`` answers another question: whether the
archive has one given id.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain

_AT_ONCE = 50_000  # ids compared at a time as Python ints, which take ten times the memory
_END = 1 << 64


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
