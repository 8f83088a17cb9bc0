"""Lines added to an archive since a checkpoint, for readers that show each line once.

Lines are only appended, and keep their offsets when a month is compressed. The offset up to which each day was read
determines which lines are new; their times and the system clock do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import dropwhile, takewhile
from typing import NamedTuple
from zlib import crc32

from ticker.archive.contents import Content, Place, open_day, raw_lines, status_of, unreadable
from ticker.archive.layout import DayFile
from ticker.archive.reading import Lines
from ticker.errors import UnreadableFile

_TOLD_BY = 256  # bytes; enough of a line's end to include distinctive fields such as its id and times
_BLOCK = 4096


class Extent(NamedTuple):
    """A checkpoint: the size in bytes of a day's whole lines, and the CRC-32 of the last 256 of these bytes.

    A different ``crc`` shows that the file was rewritten, and that the lines before ``end`` have changed.
    """

    end: int = 0
    crc: int = 0


Reach = Mapping[date, Extent]
"""The checkpoint of each day, for one kind of lines."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The new lines of one kind: the offset where they start in each such day, and the new checkpoints of all days."""

    starts: Mapping[date, int] = field(default_factory=dict)
    reach: Reach = field(default_factory=dict)

    @property
    def is_from_the_beginning(self) -> bool:
        """Return whether all lines of these days are new."""
        return not any(self.starts.values())

    def __call__(self, day: DayFile) -> Iterator[Place]:
        """Yield the new lines of a day, up to its checkpoint. Raises ArchiveError."""
        return self._up_to_its_end(day, raw_lines(day, self.starts[day.day]))

    def of(self, lines: Lines) -> Lines:
        """Restrict ``lines`` to those that are new."""

        def new_lines(day: DayFile) -> Iterator[Place]:
            start = self.starts[day.day]
            return self._up_to_its_end(day, dropwhile(lambda place: place[0] < start, lines(day)))

        return new_lines

    def _up_to_its_end(self, day: DayFile, places: Iterator[Place]) -> Iterator[Place]:
        extent = self.reach.get(day.day)  # None if the file was unreadable; reading it reports that
        return takewhile(lambda place: place[0] < extent.end, places) if extent else places


def growth(days: Iterable[DayFile], before: Reach) -> Growth:
    """Return the lines that ``days``, which are all days of the archive, have beyond ``before``. Raises ArchiveError.

    Only files whose size changed are opened. A last line counts once it has its newline. All lines of a rewritten file
    are new. An unreadable file keeps its checkpoint and is included in ``starts``: reading it then reports the error.
    """
    starts: dict[date, int] = {}
    reach: dict[date, Extent] = {}
    for day in days:
        known = before.get(day.day, Extent())
        try:
            with unreadable(day):
                size = status_of(day).size
            if size == known.end:
                start, extent = size, known
            else:
                with open_day(day) as content:
                    start, extent = _look(content, known)
        except UnreadableFile:
            if day.day in before:
                reach[day.day] = known
            starts[day.day] = known.end
            continue
        reach[day.day] = extent
        if start < extent.end:
            starts[day.day] = start
    return Growth(starts, reach)


def _look(content: Content, known: Extent) -> tuple[int, Extent]:
    """Return the offset where the new lines of a day start, and its new checkpoint."""
    size = content.status.size
    is_same = known.end <= size and _crc_before(content, known.end) == known.crc
    end = _end_of_whole_lines(content, size)
    return known.end if is_same else 0, Extent(end, _crc_before(content, end))


def _crc_before(content: Content, end: int) -> int:
    start = max(end - _TOLD_BY, 0)
    return crc32(content.read(start, end - start))


def _end_of_whole_lines(content: Content, size: int) -> int:
    while size:
        start = max(size - _BLOCK, 0)
        newline = content.read(start, size - start).rfind(b"\n")
        if newline >= 0:
            return start + newline + 1
        size = start
    return 0
