"""The lines of a day that may be wanted: those that the index proposes, and those that it does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, groupby
from operator import itemgetter

from ticker.archive.contents import Place, open_day, raw_lines
from ticker.archive.index.database import Mark, Unavailable
from ticker.archive.index.places import UNIT, place_of
from ticker.archive.layout import DayFile
from ticker.archive.reading import whole_file

_PIECE = 2048  # bytes; most lines are shorter
_MANY = 64  # lines of one file, from which on to read all of it is faster


class Proposals:
    """For each day, in the order that ``numbers`` come in, the places and lines that may be wanted.

    ``covered`` says what of a file ``numbers`` speak for. Where these fail halfway, all lines that are
    left may be wanted.
    """

    def __init__(self, numbers: Iterator[int], covered: Mapping[str, Mark], newest_first: bool) -> None:
        self._groups = groupby(map(place_of, numbers), key=itemgetter(0))
        self._group: tuple[date, list[int]] | None = None
        self._covered = covered
        self._newest_first = newest_first
        self._failed = False

    def __call__(self, day: DayFile) -> Iterator[Place]:
        """The lines of the file of ``day``. Raises ArchiveError."""
        mark = self._covered.get(day.name)
        end = mark.end if mark else 0
        starts = self._starts(day.day, end) if end and not self._failed else []
        if self._failed or not end:
            return whole_file(day)
        is_longer = mark is not None and mark.size > end
        return chain(lines_at(day, starts, end) if starts else (), raw_lines(day, end) if is_longer else ())

    def _starts(self, day: date, end: int) -> list[int]:
        try:
            while self._group is None or (self._group[0] > day if self._newest_first else self._group[0] < day):
                found, places = next(self._groups)
                self._group = found, [start for _, start in places]
        except StopIteration:
            self._group = (date.min if self._newest_first else date.max), []
        except Unavailable:
            self._failed = True
            return []
        found, starts = self._group
        return sorted(start for start in starts if start < end) if found == day else []


def lines_at(day: DayFile, units: Sequence[int], end: int) -> Iterator[Place]:
    """The lines of a day that begin in its ``units``, before ``end``; raises ArchiveError."""
    with open_day(day) as content:
        if len(units) > _MANY:
            data = content.read(0, end)
            read = lambda at, size: data[at : at + size]  # noqa: E731
        else:
            read = content.read
        for unit in units:
            for start, line in _lines_in(read, unit):
                if start < end:
                    yield start, line


def _lines_in(read: Callable[[int, int], bytes], unit: int) -> Iterator[Place]:
    """The lines that begin in a unit: none, where what was indexed is there no more."""
    before = max(unit - 1, 0)
    piece = read(before, _PIECE)
    start = piece.find(b"\n", 0, UNIT) + 1 if unit else 0
    while (start or not unit) and start < len(piece) and before + start < unit + UNIT:
        end = piece.find(b"\n", start) + 1
        while not end:
            size = len(piece)
            piece += read(before + size, size)
            if len(piece) == size:
                return
            end = piece.find(b"\n", size) + 1
        yield before + start, piece[start:end]
        start = end
