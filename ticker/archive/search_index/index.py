"""``Index``: updates and queries the index, and rebuilds it if damaged; ``docs/index.md`` has the rules."""

from __future__ import annotations

import fcntl
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from ticker.archive.checkpoints import Checkpoint, Checkpoints
from ticker.archive.day_reader import Status, open_day
from ticker.archive.layout import KINDS, DayFile, Kind, day_file, kind_and_day
from ticker.archive.line_reader import Lines, R, Records, whole_file
from ticker.archive.reader import Query
from ticker.archive.search_index.candidates import MOST_BYTES, Candidates, lines_at, place_of, row_number
from ticker.archive.search_index.database import Damaged, Database, Unavailable
from ticker.archive.search_index.freshness import Changed, backlog, compare, read_grown, write_grown
from ticker.archive.search_index.query import MOST_WORDS, any_token, expression
from ticker.archive.search_index.tokenizer import UNREADABLE, Words
from ticker.errors import DamagedFile, UnreadableFile
from ticker.fileio import create_file, is_file_or_missing, open_file

FOLDER, FILE = ".index", "index.sqlite"
BACKLOG = 256 << 10
"""Bytes of lines that may stay unindexed, since reading them takes no longer than indexing them."""

Progress = Callable[[int, int], object]
"""Called with the number of bytes indexed, and the total."""

T = TypeVar("T")

_ROUND = 64 << 20  # bytes indexed in one transaction, and so the most that a crash loses
_BULK = 8 << 20  # bytes above which an addition counts as bulk


class Index:
    """The index of the archive ``root``. Search results never depend on it.

    ``backlog`` is how many bytes of lines may stay unindexed. Raises ArchiveError if the archive's own files cannot be
    read.
    """

    def __init__(self, root: Path, progress: Progress = lambda done, total: None, backlog: int = BACKLOG) -> None:
        self._root = root
        self._folder = root / FOLDER
        self._path = self._folder / FILE
        self._progress = progress
        self._backlog = backlog
        self._database: Database | None = None
        self._covered: dict[Kind, dict[date, Checkpoint]] = {kind: {} for kind in KINDS}

    def lines(self, records: Records[R], days: Sequence[DayFile], query: Query) -> tuple[Iterable[DayFile], Lines]:
        """Return the files of ``days`` that may match ``query``, and a function that returns their candidate lines.

        The files are in the query's order, and the function must be called in that order.
        """
        needs = query.matcher.needs() if query.matcher else ()
        if not (needs or query.sources):
            return days, whole_file
        return self._candidates(
            records,
            days,
            lambda database: expression(needs, query.sources, lambda part: database.words(part, MOST_WORDS)),
            newest_first=not query.reverse,
        )

    def lines_with(
        self, records: Records[R], days: Sequence[DayFile], tokens: Iterable[str]
    ) -> tuple[Iterable[DayFile], Lines]:
        """Return what ``lines`` does, for lines with any of the ``tokens`` and unreadable lines, oldest first."""
        asked = any_token([*tokens, UNREADABLE])
        return self._candidates(records, days, lambda database: asked, newest_first=False)

    def update(self, records: Records[R], days: Sequence[DayFile]) -> Checkpoints:
        """Update the index for ``days``, which are all of the archive, and return how far it covers each."""
        self._covered[records.kind] = {}
        return self._ask(records, days, lambda database: dict(self._covered[records.kind]), {})

    def checkpoints(self, records: Records[R]) -> Checkpoints:
        """Return how far the index covered each day when it was updated last; empty without an index.

        The files may have changed since. The object is the same as long as the index does not change.
        """
        try:
            database = self._open()
            return database.checkpoints(records.kind) if database else {}
        except Unavailable:
            return {}

    def line_counts(self, records: Records[R]) -> Mapping[date, int]:
        """Return the number of indexed lines of each day, as far as it is known."""
        try:
            database = self._open()
            return database.line_counts(records.kind) if database else {}
        except Unavailable:
            return {}

    def note_appends(self, changes: Mapping[Path, tuple[Status, Status]]) -> None:
        """Record the status of files before and after this program appended to them.

        With it, the indexed part of these files need not be verified again.
        """
        noted: defaultdict[Kind, dict[date, Checkpoint]] = defaultdict(dict)
        for path, (before, after) in changes.items():
            kind, day = kind_and_day(path)
            checkpoint = self._covered[kind].get(day)
            if checkpoint and checkpoint.end and checkpoint.status == before:
                noted[kind][day] = self._covered[kind][day] = Checkpoint(checkpoint.end, checkpoint.crc, *after)
        for kind, checkpoints in noted.items():
            self._note(kind, checkpoints)

    def known_lines(self, records: Records[R], tokens: Iterable[str], within: Checkpoints) -> list[bytes] | None:
        """Return the lines with any of the ``tokens`` before the checkpoints ``within``; None if the index fails."""
        asked = any_token(tokens)
        assert asked
        if self._database is None:
            return None
        try:
            numbers = list(self._database.numbers(records.kind, asked, *_ALL, newest_first=False))
        except Unavailable:
            return None
        lines: list[bytes] = []
        for day, places in groupby(map(place_of, numbers), key=itemgetter(0)):
            checkpoint = within.get(day)
            file = day_file(self._root, records.kind, day)
            if checkpoint and checkpoint.end and file.exists:
                with suppress(DamagedFile):  # a search reports it
                    lines += [line for _, line in lines_at(file, [unit for _, unit in places], checkpoint.end)]
        return lines

    def _candidates(
        self,
        records: Records[R],
        days: Sequence[DayFile],
        expression_for: Callable[[Database], str | None],
        newest_first: bool,
    ) -> tuple[Iterable[DayFile], Lines]:
        def ask(database: Database) -> tuple[Iterable[DayFile], Lines]:
            asked = expression_for(database)
            if not asked:
                return whole
            first, last = sorted((days[0].day, days[-1].day))
            low, high = row_number(first, 0), row_number(last, MOST_BYTES - 1)
            numbers = database.numbers(records.kind, asked, low, high, newest_first)
            candidates = Candidates(days, numbers, self._covered[records.kind], newest_first)
            return candidates.days(), candidates

        whole: tuple[Iterable[DayFile], Lines] = days, whole_file
        return self._ask(records, days, ask, whole) if days else whole

    def _ask(self, records: Records[R], days: Sequence[DayFile], question: Callable[[Database], T], otherwise: T) -> T:
        """Return the result of ``question`` on an up-to-date index; ``otherwise`` if there is no index."""
        for _ in range(2):
            try:
                self._bring_up_to_date(records, days)
                return question(self._database) if self._database else otherwise
            except Damaged:
                # Another process may be creating it. That process holds the lock, so it is not discarded.
                if not self.discard():
                    break
            except Unavailable:
                break
        return otherwise

    def _bring_up_to_date(self, records: Records[R], days: Sequence[DayFile]) -> None:
        changed = self._compare(records.kind, days, self._open())
        if backlog(changed) > self._backlog or sum(each.verified for each in changed) > _BULK:
            try:
                self._index(records, days)
            except Damaged:
                raise
            except Unavailable:
                pass  # another process is indexing, or writing is not allowed: read the files instead
            else:
                changed = self._compare(records.kind, days, self._open())
        checkpoints = {each.file.day: each.checkpoint for each in changed}
        if any(each.verified for each in changed):
            self._note(records.kind, {day: checkpoint for day, checkpoint in checkpoints.items() if checkpoint.end})
        self._covered[records.kind].update(checkpoints)

    def _note(self, kind: Kind, checkpoints: Checkpoints) -> None:
        """Note the status of files that grew, so that their indexed part need not be verified again."""
        if checkpoints and self._is_ours():
            write_grown(self._grown(kind), {**read_grown(self._grown(kind)), **checkpoints})

    def _grown(self, kind: Kind) -> Path:
        return self._folder / f"{kind}.grown"

    def _is_ours(self) -> bool:
        """Return whether no file of the index is a link, which leads elsewhere, or a pipe, which blocks SQLite."""
        files = (self._path, self._path.with_name(f"{self._path.name}-journal"))
        return not self._folder.is_symlink() and all(is_file_or_missing(path) for path in files)

    def _open(self) -> Database | None:
        if self._database is None and self._path.exists() and self._is_ours():
            try:
                self._database = Database(self._path)
            except Damaged:
                raise
            except Unavailable:
                return None  # a killed writer left it locked or unfinished; the next writer recovers it
        return self._database

    def _compare(self, kind: Kind, days: Iterable[DayFile], database: Database | None) -> list[Changed]:
        """Return the files that changed since they were indexed; record the others as covered."""
        checkpoints = database.checkpoints(kind) if database else {}
        same, changed = compare(days, checkpoints, read_grown(self._grown(kind)) if checkpoints else {})
        self._covered[kind].update(same)
        return changed

    def _index(self, records: Records[R], days: Iterable[DayFile]) -> None:
        with self._alone():
            self._make()
            database = Database(self._path, writing=True)
            try:
                changed = [
                    each for each in self._compare(records.kind, days, database) if each.backlog or each.verified
                ]
                total, done = backlog(changed), 0
                words = Words()
                for batch in _rounds(sorted(changed)):
                    with database.change(in_bulk=total > _BULK):
                        checkpoints, counts = {}, dict(database.line_counts(records.kind))
                        for each in batch:
                            day = each.file.day
                            lines = counts.pop(day, None) if each.checkpoint.end else 0
                            for size, checkpoint, more in _add_file(database, records, each, words):
                                checkpoints[day] = checkpoint
                                if lines is not None:  # None in an index from an older version
                                    lines = counts[day] = lines + more
                                done += size
                                self._progress(done, total)
                        database.set_checkpoints(records.kind, checkpoints)
                        database.set_line_counts(records.kind, counts)
                        database.add_words(words.new)
                        words.new.clear()
                if total > _BULK and 2 * total > sum(
                    checkpoint.end for checkpoint in database.checkpoints(records.kind).values()
                ):
                    database.merge(records.kind)  # most of the index is new
                with suppress(OSError):  # old notes remain valid
                    self._grown(records.kind).unlink(missing_ok=True)
            finally:
                database.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the index's write lock; raises Unavailable at once if another process holds it."""
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
            create_file(self._path)
        except OSError as error:
            raise Unavailable(str(error)) from error

    def discard(self) -> bool:
        """Remove the index; return False if another process writes it, or it cannot be removed."""
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


def _rounds(changed: Iterable[Changed]) -> Iterator[list[Changed]]:
    batch: list[Changed] = []
    for each in changed:
        batch.append(each)
        if backlog(batch) >= _ROUND:
            yield batch
            batch = []
    if batch:
        yield batch


def _add_file(
    database: Database, records: Records[R], changed: Changed, words: Words
) -> Iterator[tuple[int, Checkpoint, int]]:
    """Index the rest of a file; yield for each block its bytes, the new checkpoint and its number of lines.

    A last line without its newline waits. If the file cannot be read further, the rest stays unindexed; reading it
    reports the error.
    """
    from ticker.archive.search_index.rows import rows  # needed only if there is something to index

    file, checkpoint = changed.file, changed.checkpoint
    end, crc = checkpoint[:2]
    yield 0, checkpoint, 0
    with suppress(UnreadableFile), open_day(file) as content:
        unended = b""
        for read in content.blocks(end, end + changed.backlog):
            block, newline, unended = (unended + read).rpartition(b"\n")
            block += newline
            database.add(records.kind, rows(file.day, end, block, records.parse, words))
            end += len(block)
            crc = crc32(block, crc)
            yield len(read), checkpoint._replace(end=end, crc=crc), block.count(b"\n")
