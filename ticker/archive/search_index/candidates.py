"""Candidate lines of each day: those that the index proposes, and those that it does not cover.

The rowid of a line encodes the day of its file, and its offset in the file in units of 32 bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby
from operator import itemgetter

from ticker.archive.checkpoints import Checkpoints
from ticker.archive.day_reader import Place, open_day, raw_lines
from ticker.archive.layout import DayFile
from ticker.archive.line_reader import whole_file
from ticker.archive.search_index.database import Unavailable

_PIECE = 2048  # bytes; most lines are shorter
_MANY = 64  # lines of one file above which reading all of it is faster

UNIT = 32
_UNIT_BITS = 27
# The part of a file that row numbers can address (4 GB); the rest is not indexed.
MOST_BYTES = UNIT << _UNIT_BITS
_FIRST_DAY = date(1970, 1, 1).toordinal()


class Candidates:
    """The files of ``days`` that may have candidates, and the candidate lines of each, in the order of ``numbers``.

    ``covered`` is how far each file is indexed. If ``numbers`` fail halfway, all remaining lines are candidates.
    """

    def __init__(
        self, days: Iterable[DayFile], numbers: Iterator[int], covered: Checkpoints, newest_first: bool
    ) -> None:
        self._days = days
        self._numbers = numbers
        self._covered = covered
        self._newest_first = newest_first
        self._starts: dict[date, list[int]] = {}

    def days(self) -> Iterator[DayFile]:
        """Yield the days to read, each as soon as its candidates are known; other files are not opened."""
        groups = self._groups()
        found, starts = next(groups)
        for day in self._days:
            while found is not None and (found > day.day if self._newest_first else found < day.day):
                found, starts = next(groups)
            checkpoint = self._covered.get(day.day)
            if found is None or checkpoint is None or not checkpoint.end:
                yield day
            elif found == day.day or not checkpoint.is_whole:
                self._starts[day.day] = sorted(start for start in starts if start < checkpoint.end and found == day.day)
                yield day

    def __call__(self, day: DayFile) -> Iterator[Place]:
        """Return the candidate lines of the file of ``day``. Raises ArchiveError."""
        starts = self._starts.pop(day.day, None)
        if starts is None:
            return whole_file(day)
        checkpoint = self._covered[day.day]
        return chain(
            lines_at(day, starts, checkpoint.end) if starts else (),
            raw_lines(day, checkpoint.end) if not checkpoint.is_whole else (),
        )

    def _groups(self) -> Iterator[tuple[date | None, list[int]]]:
        """Yield days and the offsets of their candidates, then a sentinel day.

        If the index fails, None comes before the sentinel.
        """
        try:
            for day, places in groupby(map(place_of, self._numbers), key=itemgetter(0)):
                yield day, [start for _, start in places]
        except Unavailable:
            yield None, []
        yield date.min if self._newest_first else date.max, []


def lines_at(day: DayFile, units: Sequence[int], end: int) -> Iterator[Place]:
    """Yield the lines of a day that start in its 32-byte ``units``, before ``end``; raises ArchiveError."""
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
    """Yield the lines that start in a unit; none if the indexed line has been removed."""
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


def row_number(day: date, offset: int) -> int:
    """Return the row number of the line at byte ``offset`` of the file of ``day``."""
    return (day.toordinal() - _FIRST_DAY << _UNIT_BITS) + offset // UNIT


def place_of(number: int) -> tuple[date, int]:
    """Return the day of a row's file, and the offset of the 32-byte unit in which its line starts."""
    return date.fromordinal((number >> _UNIT_BITS) + _FIRST_DAY), (number & (1 << _UNIT_BITS) - 1) * UNIT
