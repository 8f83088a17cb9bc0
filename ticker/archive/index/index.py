"""``Index``: kept up to date, asked, and made anew where it is damaged. ``docs/index.md`` tells the rules."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from ticker.archive.contents import Status, open_day
from ticker.archive.index.database import Damaged, Database, Mark, Unavailable
from ticker.archive.index.grown import read_grown, write_grown
from ticker.archive.index.places import MOST_BYTES, place_of, row_number
from ticker.archive.index.plan import MOST_WORDS, any_token, expression
from ticker.archive.index.proposals import Proposals, lines_at
from ticker.archive.index.states import State, backlog, look
from ticker.archive.index.tokens import UNREADABLE, Words
from ticker.archive.layout import DayFile, Kind, day_file, kind_and_day
from ticker.archive.reading import Lines, Query, R, Records, whole_file
from ticker.errors import DamagedFile, UnreadableFile
from ticker.files import is_file_or_nothing, make_file, open_file

FOLDER, FILE = ".index", "index.sqlite"
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
        self._path = self._folder / FILE
        self._progress = progress
        self._backlog = backlog
        self._database: Database | None = None
        self._covered: dict[str, Mark] = {}
        self._glimpsed: dict[Kind, Mapping[int, Mark]] = {}

    def lines(self, records: Records[R], days: Sequence[DayFile], query: Query) -> tuple[Iterable[DayFile], Lines]:
        """Which of ``days``, in the order of ``query``, may hold what it asks for, and the lines that it may be about.

        The days are to be asked for their lines in the order in which they come.
        """
        needs = query.matcher.needs() if query.matcher else ()
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
        self._glimpsed.pop(records.kind, None)
        return self._ask(records, days, lambda database: dict(self._covered), {})

    def glimpse(self, records: Records[R]) -> Mapping[int, Mark]:
        """How far files were indexed when they last were, by the ordinal of their day, and nothing where none is.

        For who asks ``known_lines`` without a look at the files, for lines that are there whatever others may be there,
        too.
        """
        marks = self._glimpsed[records.kind] = self.marks(records)
        return marks

    def marks(self, records: Records[R]) -> Mapping[int, Mark]:
        """What ``glimpse`` tells: the very same object for as long as the index is as it was."""
        try:
            database = self._open()
            return database.marks(records.kind) if database else {}
        except Unavailable:
            return {}

    def line_counts(self, records: Records[R]) -> Mapping[int, int]:
        """Return how many lines of each day are indexed, by its ordinal, as far as that is known."""
        try:
            database = self._open()
            return database.line_counts(records.kind) if database else {}
        except Unavailable:
            return {}

    def note_growth(self, growth: Mapping[Path, tuple[Status, Status]]) -> None:
        """Is told how files were before something was appended to them, and how they are now.

        So that what was indexed of them need not be read again to see that it is as it was.
        """
        noted: dict[Kind, dict[int, Mark]] = {}
        for path, (before, after) in growth.items():
            mark = self._covered.get(str(path))
            if mark and mark.end and mark[:3] == before:
                kind, day = kind_and_day(path)
                mark = self._covered[str(path)] = Mark(*after, mark.end, mark.crc)
                noted.setdefault(kind, {})[day.toordinal()] = mark
        for kind, marks in noted.items():
            self._note(kind, marks)

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
        lines, glimpsed = [], self._glimpsed.get(records.kind)
        for day, places in groupby(map(place_of, numbers), key=itemgetter(0)):
            file = day_file(self._root, records.kind, day)
            mark = glimpsed.get(day.toordinal()) if glimpsed else self._covered.get(file.name)
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
                if not self.discard():
                    break
            except Unavailable:
                break
        return otherwise

    def _bring_up_to_date(self, records: Records[R], days: Sequence[DayFile]) -> None:
        states = self._look(records.kind, days, self._open())
        if backlog(states) > self._backlog or sum(state.verified for state in states) > _BULK:
            try:
                self._index(records, days)
            except Damaged:
                raise
            except Unavailable:
                pass  # another process does it, or nobody may: what is not covered is read from the files
            else:
                states = self._look(records.kind, days, self._open())
        if any(state.verified for state in states):
            self._note(records.kind, {state.file.day.toordinal(): state.mark for state in states if state.end})
        self._covered.update((state.file.name, state.mark) for state in states)

    def _note(self, kind: Kind, marks: Mapping[int, Mark]) -> None:
        """Notes how files are that have grown, so that what was indexed of them need not be read again."""
        if marks and self._is_ours():
            write_grown(self._grown(kind), {**read_grown(self._grown(kind)), **marks})

    def _grown(self, kind: Kind) -> Path:
        return self._folder / f"{kind}.grown"

    def _is_ours(self) -> bool:
        """Whether nothing of the index is a link, which leads elsewhere, or a pipe, which SQLite would wait for."""
        files = (self._path, self._path.with_name(f"{self._path.name}-journal"))
        return not self._folder.is_symlink() and all(is_file_or_nothing(path) for path in files)

    def _open(self) -> Database | None:
        if self._database is None and self._path.exists() and self._is_ours():
            try:
                self._database = Database(self._path)
            except Damaged:
                raise
            except Unavailable:
                return None  # left by a writer that was killed, for the next writer to tidy
        return self._database

    def _look(self, kind: Kind, days: Iterable[DayFile], database: Database | None) -> list[State]:
        """The files that are not as they were; those that are count as covered from then on."""
        marks = database.marks(kind) if database else {}
        same, changed = look(days, marks, read_grown(self._grown(kind)) if marks else {})
        self._covered.update(same)
        return changed

    def _index(self, records: Records[R], days: Iterable[DayFile]) -> None:
        with self._alone():
            self._make()
            database = Database(self._path, writing=True)
            try:
                states = self._look(records.kind, days, database)
                states = sorted((state for state in states if state.is_news), key=lambda state: state.file.day)
                total, done = backlog(states), 0
                words = Words()
                for batch in _rounds(states):
                    with database.change(in_bulk=total > _BULK):
                        marks, counts = {}, dict(database.line_counts(records.kind))
                        for state in batch:
                            ordinal = state.file.day.toordinal()
                            lines = counts.pop(ordinal, None) if state.end else 0
                            for size, mark, more in _add_file(database, records, state, words):
                                marks[ordinal] = mark
                                if lines is not None:  # an index that an older version began
                                    lines = counts[ordinal] = lines + more
                                done += size
                                self._progress(done, total)
                        database.set_marks(records.kind, marks)
                        database.set_line_counts(records.kind, counts)
                        database.add_words(words.new)
                        words.new.clear()
                if total > _BULK and 2 * total > sum(mark.end for mark in database.marks(records.kind).values()):
                    database.merge(records.kind)  # most of the index is new
                with suppress(OSError):  # notes that stay are true all the same
                    self._grown(records.kind).unlink(missing_ok=True)
            finally:
                database.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds the lock of those who write the index; raises Unavailable at once where another does."""
        if not self._is_ours():
            raise Unavailable(f"{self._folder} leads elsewhere")
        try:
            self._folder.mkdir(exist_ok=True)
            descriptor = open_file(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW)
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

    def _make(self) -> None:
        try:
            make_file(self._path)
        except OSError as error:
            raise Unavailable(str(error)) from error

    def discard(self) -> bool:
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


def _rounds(states: Iterable[State]) -> Iterator[list[State]]:
    batch: list[State] = []
    for state in states:
        batch.append(state)
        if backlog(batch) >= _ROUND:
            yield batch
            batch = []
    if batch:
        yield batch


def _add_file(database: Database, records: Records[R], state: State, words: Words) -> Iterator[tuple[int, Mark, int]]:
    """Adds what a file has more; gives the number of bytes, block by block, how far it was read then, and its lines.

    A last line without its end waits. Where a file cannot be read on, nothing is added: whoever reads it is told.
    """
    from ticker.archive.index.rows import rows  # a search that has nothing to index does without

    end, crc, left = state.end, state.crc, state.backlog
    yield 0, state.mark, 0
    with suppress(UnreadableFile), open_day(state.file) as content:
        unended = b""
        for read in content.blocks(end, end + left):
            block, newline, unended = (unended + read).rpartition(b"\n")
            block += newline
            database.add(records.kind, rows(state.file.day, end, block, records.parse, words))
            end += len(block)
            crc = crc32(block, crc)
            yield len(read), state.mark._replace(end=end, crc=crc), block.count(b"\n")
