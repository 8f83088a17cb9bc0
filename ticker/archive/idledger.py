"""Which of millions of ids are there twice, and which are named but not there, in eight bytes for each. Pure."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain

_AT_ONCE = 50_000  # ids that are compared as Python's numbers, which take ten times as much
_END = 1 << 64


class IdLedger:
    """The ids of each file, and those that its lines revise; as numbers, in order."""

    def __init__(self) -> None:
        self._ids: list[array[int]] = []
        self._revised: list[array[int]] = []

    def note(self, ids: array[int], revised: array[int]) -> None:
        """Notes a file: the ids of its lines, each once, and those that they revise."""
        self._ids.append(_ordered(ids))
        self._revised.append(_ordered(revised))

    def doubtful(self) -> tuple[array[int], array[int]]:
        """The ids that stand in more than one file, and those that are revised and stand in none."""
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
        """In which files, by their number, any of the ids ``some`` stand or are revised."""
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
    """Packed ids as numbers."""
    found = array("Q")
    found.frombytes(ids)
    return found


def number_of(id: bytes) -> int:
    """One packed id as a number."""
    return numbers_of(id)[0]


def is_among(ids: array[int], id: int) -> bool:
    """Whether ``id`` is one of some that are in order."""
    at = bisect_left(ids, id)
    return at < len(ids) and ids[at] == id


def _ordered(ids: Iterable[int]) -> array[int]:
    return array("Q", sorted(ids))


def _slices(files: list[array[int]], size: int) -> Iterator[list[array[int]]]:
    """The ids of all files, range of values after range of values."""
    ranges = size // _AT_ONCE + 1
    starts = [0] * len(files)
    for number in range(1, ranges + 1):
        end = _END * number // ranges
        ends = [bisect_left(ids, end, start) for ids, start in zip(files, starts, strict=True)]
        yield [ids[start:stop] for ids, start, stop in zip(files, starts, ends, strict=True)]
        starts = ends
