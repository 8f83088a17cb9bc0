"""What came to an archive since it was last looked at, by where lines stand: for who shows each line once.

Lines are only ever appended, and keep their place when a month is compressed. So how far each day's file was read tells
which lines are new, whatever their times say and however the clock was set.
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

_TOLD_BY = 256  # bytes: the end of a line, with what tells it from others (its id, its moment)
_BLOCK = 4096


class Extent(NamedTuple):
    """How many bytes of whole lines a day has; ``crc`` is the CRC-32 of the last 256 of them.

    By the latter is seen whether a file was written anew, and what stands before ``end`` is no longer what was read.
    """

    end: int = 0
    crc: int = 0


Reach = Mapping[date, Extent]
"""How far the lines of one kind reach, day by day."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What one kind of lines has more: of each day that has, from which byte on, and how far all days reach now."""

    starts: Mapping[date, int] = field(default_factory=dict)
    reach: Reach = field(default_factory=dict)

    @property
    def is_from_the_beginning(self) -> bool:
        """Whether of each of these days all is new."""
        return not any(self.starts.values())

    def __call__(self, day: DayFile) -> Iterator[Place]:
        """The lines that a day has more; raises ArchiveError. What comes later yet is none of them."""
        return self._up_to_its_end(day, raw_lines(day, self.starts[day.day]))

    def of(self, lines: Lines) -> Lines:
        """Those of ``lines`` that are new."""

        def new_lines(day: DayFile) -> Iterator[Place]:
            start = self.starts[day.day]
            return self._up_to_its_end(day, dropwhile(lambda place: place[0] < start, lines(day)))

        return new_lines

    def _up_to_its_end(self, day: DayFile, places: Iterator[Place]) -> Iterator[Place]:
        extent = self.reach.get(day.day)  # none where the file could not be read, which is told when it is to be
        return takewhile(lambda place: place[0] < extent.end, places) if extent else places


def growth(days: Iterable[DayFile], before: Reach) -> Growth:
    """What ``days``, all that there are, have more than ``before``; raises ArchiveError.

    Only files of another size than before are opened. A last line without its end counts when it has one. Of a file
    that was written anew, all is new. One that cannot be read
    stays where it was, and is among them, so that it is named when it is to be read.
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
    """From which byte on a day is new, and how far it reaches."""
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
