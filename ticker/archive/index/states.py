"""Files as they are, beside how far they are indexed: which of them are as they were."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ticker.archive.contents import open_day, status_of
from ticker.archive.index.database import Mark
from ticker.archive.index.places import MOST_BYTES
from ticker.archive.layout import DayFile
from ticker.errors import ArchiveError


class State(NamedTuple):
    """A file as it is, and as far as it is indexed: ``end`` bytes with the checksum ``crc``.

    ``verified`` of them were read again to see whether they are the same.
    """

    file: DayFile
    size: int
    inode: int
    mtime: int
    end: int
    crc: int
    verified: int

    @property
    def mark(self) -> Mark:
        return Mark(self.size, self.inode, self.mtime, self.end, self.crc)

    @property
    def backlog(self) -> int:
        return max(min(self.size, MOST_BYTES) - self.end, 0)

    @property
    def is_news(self) -> bool:
        return self.backlog > 0 or self.verified > 0


def look(
    days: Iterable[DayFile], marks: Mapping[int, Mark], grown: Mapping[int, Mark]
) -> tuple[dict[str, Mark], list[State]]:
    """The marks of the files that are as they were, by name, and the states of the others.

    ``marks`` are those of the index, by the ordinal of the day, ``grown`` those of files that were seen to have grown
    since they were indexed: one that is as it was then need not be read again.
    """
    same: dict[str, Mark] = {}
    changed = []
    months: dict[str, tuple[int, ...]] = {}
    for day in days:
        ordinal = day.day.toordinal()
        mark = marks.get(ordinal)
        if mark and (now := _looks(day, months)) and now[-2:] == mark[1:3] and now[0] in (-1, mark[0]):
            same[day.name] = mark
        elif mark and ordinal in grown and grown[ordinal][3:] == mark[3:] and now == grown[ordinal][:3]:
            changed.append(State(day, *grown[ordinal], 0))
        elif state := _state(day, mark):
            changed.append(state)
    return same, changed


def _looks(day: DayFile, months: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """Size, inode and mtime of a file, those of compressed ``months`` asked for once; nothing where that takes more.

    What ``status_of`` would do, for the thousands of files that a year or three have: most are as they were. In place
    of a size -1 is said for a day in a compressed month: what such a file holds does not change.
    """
    name = day.month or day.name
    if day.month:
        if day.is_loose:
            return ()
        if name in months:
            return months[name]
    try:
        found = os.stat(name)  # noqa: PTH116 (see DayFile)
    except OSError:
        return ()
    if day.month:
        months[name] = (-1, found.st_ino, found.st_mtime_ns)
        return months[name]
    return found.st_size, found.st_ino, found.st_mtime_ns


def _state(day: DayFile, mark: Mark | None) -> State | None:
    """None for a file that cannot be opened: whoever reads it will say so."""
    try:
        now = status_of(day)
        if mark is not None and now == mark[:3]:
            return State(day, *now, mark.end, mark.crc, 0)
        with open_day(day) as content:
            if mark is None or mark.end > now.size:
                return State(day, *now, 0, 0, 0)
            is_same = content.checksum(mark.end) == mark.crc
    except (OSError, ArchiveError):
        return None
    return State(day, *now, mark.end, mark.crc, mark.end) if is_same else State(day, *now, 0, 0, 0)


def backlog(states: Iterable[State]) -> int:
    """How many bytes are not indexed yet."""
    return sum(state.backlog for state in states)
