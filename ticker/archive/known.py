"""What an archive holds already, read from its files and kept up to date by reading what was added to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ticker.archive.identity import Memory
from ticker.archive.layout import day_files, naming
from ticker.archive.lines import LineError
from ticker.archive.reading import ARTICLES, HEADLINES, R, Records, raw_lines


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far a file was read: to ``end``, that of its last whole line; ``inode`` tells that it is still that file."""

    inode: int
    end: int


class Known:
    """The answers of ``identity.Lookup`` for one archive, in ``memory``; some 600 bytes a headline.

    This is the one place that an index has to replace.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._marks: dict[Path, _Mark] = {}
        self.memory = Memory()

    def catch_up(self) -> None:
        """Reads what this and other processes have added since the last time; raises ArchiveError."""
        if not self._read_all():
            self._marks.clear()
            self.memory = Memory()
            self._read_all()

    def _read_all(self) -> bool:
        """False where a file was replaced or cut, so that what was learnt from it may no longer be so."""
        return self._read(HEADLINES, self.memory.note_headline) and self._read(ARTICLES, self.memory.note_article)

    def _read(self, records: Records[R], note: Callable[[R], None]) -> bool:
        for day in day_files(self._root, records.kind):
            with naming("read", day.path):
                status = day.path.stat()
            mark = self._marks.get(day.path) or _Mark(status.st_ino, 0)
            if status.st_ino != mark.inode or status.st_size < mark.end:
                return False
            if status.st_size > mark.end:
                self._marks[day.path] = _Mark(mark.inode, _read_from(day.path, mark.end, records, note))
        return True


def _read_from(path: Path, start: int, records: Records[R], note: Callable[[R], None]) -> int:
    """Notes the lines from ``start`` on, and returns where the last whole one ends.

    One without its end is noted too if it can be read, and read again the next time. Those that cannot be read
    are passed over without a word: this runs at every fetch; whoever lists or searches is told of them.
    """
    end = start
    for line in raw_lines(path, start):
        if line.endswith(b"\n"):
            end += len(line)
        try:
            note(records.parse(line))
        except LineError:
            continue
    return end
