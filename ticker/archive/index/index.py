"""``Index``: kept up to date, asked, and made anew where it is damaged. ``docs/index.md`` tells the rules."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TypeVar
from zlib import crc32

from ticker.archive.contents import open_day, status_of
from ticker.archive.index.database import Damaged, Database, Mark, Unavailable
from ticker.archive.index.places import MOST_BYTES, place_of, row_number
from ticker.archive.index.plan import MOST_WORDS, any_token, expression
from ticker.archive.index.proposals import Proposals, lines_at
from ticker.archive.index.tokens import UNREADABLE, Words
from ticker.archive.layout import DayFile, Kind, day_file
from ticker.archive.reading import Lines, Query, R, Records, whole_file
from ticker.errors import ArchiveError, DamagedFile, UnreadableFile

FOLDER = ".index"
BACKLOG = 256 << 10
"""Bytes of lines that may be left out of the index, since to read them takes no longer than to index them."""

Progress = Callable[[int, int], object]
"""Told how many bytes are indexed, of how many that are to be."""

T = TypeVar("T")

_ROUND = 64 << 20  # bytes that are indexed in one transaction: what a crash loses
_BULK = 8 << 20  # bytes from which on an addition is one of many


class Index:
    """The index of the archive ``root``. Whatever becomes of it, answers are complete.

    ``backlog`` is how many bytes may be left to be read as they stand. Raises ArchiveError where the archive's own
    files cannot be read.
    """

    def __init__(self, root: Path, progress: Progress = lambda done, total: None, backlog: int = BACKLOG) -> None:
        self._root = root
        self._folder = root / FOLDER
        self._path = self._folder / "index.sqlite"
        self._progress = progress
        self._backlog = backlog
        self._database: Database | None = None
        self._covered: dict[str, Mark] = {}

    def lines(self, records: Records[R], days: Sequence[DayFile], query: Query) -> tuple[Iterable[DayFile], Lines]:
        """Which of ``days``, in the order of ``query``, may hold what it asks for, and the lines that it may be about.

        The days are to be asked for their lines in the order in which they come.
        """
        needs = query.matcher.needs() if query.matcher else []
        whole: tuple[Iterable[DayFile], Lines] = days, whole_file
        if not days or not (needs or query.sources):
            return whole

        def ask(database: Database) -> tuple[Iterable[DayFile], Lines]:
            asked = expression(needs, query.sources, lambda part: database.words(part, MOST_WORDS))
            return self._proposals(database, records, days, asked, not query.reverse) if asked else whole

        return self._ask(records, days, ask, whole)

    def lines_with(
        self, records: Records[R], days: Sequence[DayFile], tokens: Iterable[str]
    ) -> tuple[Iterable[DayFile], Lines]:
        """What ``lines`` gives, of the lines that have any of the ``tokens``, or cannot be read; oldest first."""
        asked = any_token([*tokens, UNREADABLE])
        assert asked
        whole: tuple[Iterable[DayFile], Lines] = days, whole_file
        if not days:
            return whole
        return self._ask(
            records,
            days,
            lambda database: self._proposals(database, records, days, asked, newest_first=False),
            whole,
        )

    def cover(self, records: Records[R], days: Sequence[DayFile]) -> Mapping[str, Mark]:
        """Brings the index up to date with ``days``: for what of each file ``known_lines`` speaks."""
        return self._ask(records, days, lambda database: dict(self._covered), {})

    def known_lines(self, records: Records[R], tokens: Iterable[str]) -> list[bytes] | None:
        """The lines with any of the ``tokens``, within what ``cover`` told; None where the index fails."""
        asked = any_token(tokens)
        assert asked
        if self._database is None:
            return None
        try:
            numbers = list(self._database.numbers(records.kind, asked, *_ALL, newest_first=False))
        except Unavailable:
            return None
        lines = []
        for day, places in groupby(map(place_of, numbers), key=itemgetter(0)):
            file = day_file(self._root, records.kind, day)
            mark = self._covered.get(file.name)
            if mark and mark.end:
                with suppress(DamagedFile):  # whoever searches is told
                    lines += [line for _, line in lines_at(file, [unit for _, unit in places], mark.end)]
        return lines

    def _proposals(
        self, database: Database, records: Records[R], days: Sequence[DayFile], asked: str, newest_first: bool
    ) -> tuple[Iterable[DayFile], Lines]:
        if not days:
            return days, whole_file
        first, last = sorted((days[0].day, days[-1].day))
        low, high = row_number(first, 0), row_number(last, MOST_BYTES - 1)
        numbers = database.numbers(records.kind, asked, low, high, newest_first)
        proposals = Proposals(days, numbers, self._covered, newest_first)
        return proposals.days(), proposals

    def _ask(self, records: Records[R], days: Sequence[DayFile], question: Callable[[Database], T], otherwise: T) -> T:
        """What ``question`` makes of an index that is up to date; ``otherwise`` where there is none."""
        for _ in range(2):
            try:
                self._bring_up_to_date(records, days)
                return question(self._database) if self._database else otherwise
            except Damaged:
                # It may only look so, half made by another process: that one holds the lock, and is let alone.
                if not self._discard():
                    break
            except Unavailable:
                break
        return otherwise

    def _bring_up_to_date(self, records: Records[R], days: Sequence[DayFile]) -> None:
        states = self._look(records.kind, days, self._open())
        if _backlog(states) > self._backlog or sum(state.verified for state in states) > _BULK:
            try:
                self._index(records, days)
            except Damaged:
                raise
            except Unavailable:
                pass  # another process does it, or nobody may: what is not covered is read from the files
            else:
                states = self._look(records.kind, days, self._open())
        self._covered.update((state.file.name, state.mark) for state in states)

    def _open(self) -> Database | None:
        if self._database is None and self._path.exists():
            try:
                self._database = Database(self._path)
            except Damaged:
                raise
            except Unavailable:
                return None  # left by a writer that was killed, for the next writer to tidy
        return self._database

    def _look(self, kind: Kind, days: Iterable[DayFile], database: Database | None) -> list[_State]:
        """The files that are not as they were; those that are count as covered from then on."""
        marks = database.marks(kind) if database else {}
        changed = []
        for day in days:
            mark = marks.get(day.day.toordinal())
            if mark and _is_as_it_was(day, mark):
                self._covered[day.name] = mark
            elif state := _state(day, mark):
                changed.append(state)
        return changed

    def _index(self, records: Records[R], days: Iterable[DayFile]) -> None:
        with self._alone():
            database = Database(self._path, writing=True)
            try:
                states = self._look(records.kind, days, database)
                states = sorted((state for state in states if state.is_news), key=lambda state: state.file.day)
                total, done = _backlog(states), 0
                words = Words()
                for batch in _rounds(states):
                    with database.change(in_bulk=total > _BULK):
                        marks = {}
                        for state in batch:
                            for size, mark in _add_file(database, records, state, words):
                                marks[state.file.day.toordinal()] = mark
                                done += size
                                self._progress(done, total)
                        database.set_marks(records.kind, marks)
                        database.add_words(words.new)
                        words.new.clear()
                if total > _BULK and 2 * total > sum(mark.end for mark in database.marks(records.kind).values()):
                    database.merge(records.kind)  # most of the index is new
            finally:
                database.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds the lock of those who write the index; raises Unavailable at once where another does."""
        try:
            self._folder.mkdir(exist_ok=True)
            descriptor = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise Unavailable(str(error)) from error
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Unavailable(str(error)) from error
            yield
        finally:
            os.close(descriptor)

    def _discard(self) -> bool:
        """Removes the index; False where another process writes it, or it cannot be removed."""
        if self._database is not None:
            self._database.close()
            self._database = None
        try:
            with self._alone():
                for name in (self._path.name, f"{self._path.name}-journal"):
                    (self._folder / name).unlink(missing_ok=True)
        except (Unavailable, OSError):
            return False
        return True


_ALL = (-(1 << 63), (1 << 63) - 1)


class _State(NamedTuple):
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


def _is_as_it_was(day: DayFile, mark: Mark) -> bool:
    # What `status_of` would do, for the thousands of files that a year or three have: most are as they were.
    if day.month and day.is_loose:
        return False
    try:
        found = os.stat(day.month or day.name)  # noqa: PTH116 (see DayFile)
    except OSError:
        return False
    is_same_size = bool(day.month) or found.st_size == mark.size  # what a compressed month holds does not change
    return is_same_size and found.st_mtime_ns == mark.mtime and found.st_ino == mark.inode


def _state(day: DayFile, mark: Mark | None) -> _State | None:
    """None for a file that cannot be opened: whoever reads it will say so."""
    try:
        now = status_of(day)
        if mark is not None and now == mark[:3]:
            return _State(day, *now, mark.end, mark.crc, 0)
        with open_day(day) as content:
            if mark is None or mark.end > now.size:
                return _State(day, *now, 0, 0, 0)
            is_same = content.checksum(mark.end) == mark.crc
    except (OSError, ArchiveError):
        return None
    return _State(day, *now, mark.end, mark.crc, mark.end) if is_same else _State(day, *now, 0, 0, 0)


def _backlog(states: Iterable[_State]) -> int:
    return sum(state.backlog for state in states)


def _rounds(states: Iterable[_State]) -> Iterator[list[_State]]:
    batch: list[_State] = []
    for state in states:
        batch.append(state)
        if _backlog(batch) >= _ROUND:
            yield batch
            batch = []
    if batch:
        yield batch


def _add_file(database: Database, records: Records[R], state: _State, words: Words) -> Iterator[tuple[int, Mark]]:
    """Adds what a file has more; gives the number of bytes, block by block, and how far it was read then.

    A last line without its end waits. Where a file cannot be read on, nothing is added: whoever reads it is told.
    """
    from ticker.archive.index.rows import rows  # a search that has nothing to index does without

    end, crc, left = state.end, state.crc, state.backlog
    yield 0, state.mark
    with suppress(UnreadableFile), open_day(state.file) as content:
        unended = b""
        for read in content.blocks(end, end + left):
            block, newline, unended = (unended + read).rpartition(b"\n")
            block += newline
            database.add(records.kind, rows(state.file.day, end, block, records.parse, words))
            end += len(block)
            crc = crc32(block, crc)
            yield len(read), state.mark._replace(end=end, crc=crc)
