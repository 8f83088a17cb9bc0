"""Verification of a whole archive; changes nothing."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from ticker.archive.codec import LineError
from ticker.archive.day_reader import DayReader, open_day
from ticker.archive.fsck.files import counts, inventory
from ticker.archive.fsck.id_ledger import IdLedger, is_among, number_of, numbers_of
from ticker.archive.fsck.validate import Issue, lines_of, note, pack_id, validate_block, validate_line
from ticker.archive.importer import LONGEST
from ticker.archive.layout import DayFile, day_files
from ticker.archive.line_reader import ARTICLES, HEADLINES, Records, is_being_written
from ticker.archive.records import Stored, canonical_line
from ticker.archive.search_index.check import DayCheck, IndexCheck
from ticker.archive.seekable import CompressedMonth
from ticker.errors import DamagedFile, UnreadableFile

Progress = Callable[[int, int], object]
"""Called with the number of days read, and the total."""

_TOMORROW = timedelta(days=1)  # tolerance for differing clocks and time zones
_BACK = timedelta(days=1)  # pages fetched concurrently are not stored in the order in which they were seen


class Verification:
    """Reads the archive ``root`` and reports its problems; times after ``now`` (aware) are in the future.

    ``lines`` and ``files`` count what was read. All ids are held in memory, eight bytes each.
    """

    def __init__(self, root: Path, now: datetime, progress: Progress = lambda done, total: None) -> None:
        self._root = root
        self._latest = now + _TOMORROW
        self._progress = progress
        self._index = IndexCheck(root)
        self._unreadable: set[str] = set()
        self.lines = self.files = 0

    def findings(self) -> Iterator[Issue]:
        """Yield problems and notes as they are found; raises ArchiveError if nothing can be read."""
        yield from inventory(self._root)
        kinds: list[tuple[Records[Any], list[DayFile]]] = [
            (records, [day for day in day_files(self._root, records.kind) if counts(day.path)])
            for records in (HEADLINES, ARTICLES)
        ]
        done, total = 0, sum(len(days) for _, days in kinds) + 1
        for records, days in kinds:
            ledger = IdLedger()
            packed_lines: dict[str, int] = {}
            for day in days:
                yield from self._day(records, day, packed_lines, ledger)
                done += 1
                self._progress(done, total)
            self.files += len(packed_lines)
            yield from self._across_days(records, days, ledger)
        self._index.end()
        if self._index.fault:
            yield Issue(self._index.path, 0, self._index.fault, mend="index")
        self._progress(total, total)

    def _day(
        self, records: Records[Any], day: DayFile, packed_lines: dict[str, int], ledger: IdLedger
    ) -> Iterator[Issue]:
        """Check one day; ``packed_lines`` counts the lines already read of each compressed month."""
        reading = _Reading(records, day, self._latest)
        if day.month not in self._unreadable:
            try:
                with open_day(day) as content:
                    yield from self._content(reading, content, packed_lines)
            except UnreadableFile as error:
                reading.forget()
                if error.path not in self._unreadable:
                    self._unreadable.add(error.path)
                    is_damaged = isinstance(error, DamagedFile)
                    what = error.reason if is_damaged else f"cannot be read: {error.reason}"
                    yield Issue(Path(error.path), 0, what, mend="rewrite" if is_damaged else "")
        ledger.note(*reading.ids())

    def _content(self, reading: _Reading, content: DayReader, packed_lines: dict[str, int]) -> Iterator[Issue]:
        if content.month and content.month.path not in packed_lines:
            yield from _strays(content.month)
        parts = list(_parts(content, packed_lines))
        check = self._index.of(reading.records, content.day, content.status)
        for part in parts:
            yield from reading.findings(content, part, check)
            if part.is_packed:
                packed_lines[str(part.path)] += reading.count
            else:
                self.files += 1
            self.lines += reading.count
        if content.skipped:
            assert content.month
            yield note(content.day.path, f"is already in {Path(content.month.path).name}; 'ticker compact' removes it")
        if reading.has_twins:
            yield from _twins(reading.records, content, parts)
        if check and not self._index.fault:
            self._index.fault = check.fault()

    def _across_days(self, records: Records[Any], days: list[DayFile], ledger: IdLedger) -> Iterator[Issue]:
        """Check ids across files: ids that several files have, and revised ids that are missing."""
        twice, missing = ledger.duplicate_and_missing()
        if self._unreadable:  # the missing ids may be in these files
            missing = array("Q")
        first: dict[int, tuple[DayFile, str, str]] = {}
        packed_lines: dict[str, int] = {}
        for number in sorted(ledger.files_with(array("Q", [*twice, *missing]))):
            day = days[number]
            with open_day(day) as content:
                for part in _parts(content, packed_lines):
                    for at, record in _records(records, content, part):
                        id = number_of(pack_id(record.id))
                        place = f"{part.path}:{at}"
                        if is_among(twice, id):
                            line = canonical_line(record)
                            before = first.setdefault(id, (day, place, line))
                            if before[0] != day and before[2] != line:
                                yield note(part.path, f"has the same id as {before[1]}, but different content", at)
                        if record.revises and is_among(missing, number_of(pack_id(record.revises))):
                            yield note(part.path, f"revises {record.revises}, which is missing", at)


class _Part(NamedTuple):
    """A part of a day: its share of the compressed month, or the rest in its own file.

    ``start`` and ``end`` are offsets in the day; ``first`` is the number of its first line.
    """

    path: Path
    start: int
    end: int
    first: int
    is_packed: bool


class _Reading:
    """The check of a day's lines as they are read."""

    def __init__(self, records: Records[Any], day: DayFile, latest: datetime) -> None:
        self.records = records
        self.count = 0
        """Number of lines in the part that was read last."""
        self._day = day
        self._latest = latest
        self._ids: list[bytes] = []
        self._revised: list[bytes] = []
        self._has_gone_back = False

    def ids(self) -> tuple[array[int], array[int]]:
        """Return the distinct ids, and the ids that lines revise."""
        return array("Q", set(numbers_of(b"".join(self._ids)))), numbers_of(b"".join(self._revised))

    def forget(self) -> None:
        """Discard the ids of a day that cannot be read to its end."""
        self._ids, self._revised = [], []

    @property
    def has_twins(self) -> bool:
        """Whether lines share an id."""
        ids = numbers_of(b"".join(self._ids))
        return len(set(ids)) < len(ids)

    def findings(self, content: DayReader, part: _Part, check: DayCheck | None) -> Iterator[Issue]:
        """Yield the problems in the lines of a part."""
        self.count = crc = 0
        before: list[datetime | None] = []
        for start, block in _blocks(content, part):
            if block is None:
                yield Issue(part.path, part.first + self.count, f"longer than {LONGEST >> 20} MB", mend="rewrite")
                self.count += 1
                continue
            crc = crc32(block, crc)
            if check:
                check.look(start, block)
            if not block.endswith(b"\n"):
                yield from self._unended(content, part, start + len(block), block)
                continue
            validated = validate_block(block, self.records, self._day.day, self._latest)
            for at, fault in validated.faults:
                yield Issue(part.path, part.first + self.count + at, *fault)
            if not self._has_gone_back:
                yield from self._back(part, before, validated.seen)
            before = validated.seen
            self._ids += validated.ids
            self._revised += validated.revised
            self.count += validated.count
        if part.is_packed and content.month and crc != content.month.share(self._day.day).crc:
            raise DamagedFile(str(part.path), f"damaged: checksum mismatch in the lines of {self._day.day}")

    def _unended(self, content: DayReader, part: _Part, end: int, line: bytes) -> Iterator[Issue]:
        """Check the last line, which has no newline."""
        number = part.first + self.count
        self.count += 1
        if is_being_written(content.day, end):
            return
        record, faults = validate_line(line, self.records, self._day.day, self._latest)
        if record:
            self._ids.append(pack_id(record.id))
            yield Issue(part.path, number, "has no newline: the next line would be joined to it", mend="rewrite")
        for fault in faults:
            yield Issue(part.path, number, f"{'' if record else 'cut off: '}{fault.what}", *fault[1:])

    def _back(self, part: _Part, before: list[datetime | None], seen: list[datetime | None]) -> Iterator[Issue]:
        """Find a line that was ``seen`` long before one above it, in this block or the one ``before``."""
        days = [moment.toordinal() for moment in (*before, *seen) if moment]
        if days == sorted(days):
            return
        latest = datetime.min  # noqa: DTZ901 (times are compared as they are written)
        for at, time in enumerate((*before, *seen), self.count - len(before)):
            moment = time.replace(tzinfo=None) if time else latest
            if latest - moment > _BACK:
                self._has_gone_back = True
                what = f"seen on {moment.date()}, an earlier line on {latest.date()}"
                yield note(part.path, what, part.first + at)
                return
            latest = max(latest, moment)


def _strays(month: CompressedMonth) -> Iterator[Issue]:
    """Yield the days in a month's file that belong to other months, where no reader looks for them."""
    path = Path(month.path)
    for day in month.days:
        if day.isoformat()[:7] != path.name[:7]:
            yield Issue(path, 0, f"holds lines of {day}, which belong in another file", mend="rewrite")


def _parts(content: DayReader, packed_lines: dict[str, int]) -> Iterator[_Part]:
    if content.month:
        packed_lines.setdefault(content.month.path, 0)
    if content.month and content.packed:
        first = packed_lines[content.month.path] + 1
        yield _Part(Path(content.month.path), 0, content.packed, first, True)
    if content.file:
        skipped = content.file_lines(content.skipped)
        yield _Part(content.day.path, content.packed, content.size, skipped + 1, False)


def _blocks(content: DayReader, part: _Part) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines of a part in blocks with their offsets; None for a line that is too long.

    The last block may lack its newline.
    """
    start, unended, is_too_long = part.start, b"", False
    for read in content.blocks(part.start, part.end):
        if is_too_long:
            _, newline, after = read.partition(b"\n")
            start += len(read) - len(after)
            if not newline:
                continue
            is_too_long, read = False, after
        block, newline, unended = (unended + read).rpartition(b"\n")
        if newline:
            yield start, block + newline
            start += len(block) + 1
        if len(unended) > LONGEST:
            yield start, None
            start, unended, is_too_long = start + len(unended), b"", True
    if unended:
        yield start, unended


def _records(records: Records[Any], content: DayReader, part: _Part) -> Iterator[tuple[int, Stored]]:
    """Yield the records of a part's readable lines, with their line numbers."""
    number = part.first
    for _, block in _blocks(content, part):
        for line in lines_of(block) if block is not None else (b"",):
            try:
                record = records.parse(line)
            except LineError:
                pass
            else:
                yield number, record
            number += 1


def _twins(records: Records[Any], content: DayReader, parts: list[_Part]) -> Iterator[Issue]:
    """Yield the lines of a day whose id an earlier line has.

    A line repeats any earlier line with the same record, whatever lines are between them and however both are spelled.
    """
    first: dict[str, str] = {}
    places: dict[str, str] = {}
    for path, (number, record) in chain.from_iterable(
        ((part.path, found) for found in _records(records, content, part)) for part in parts
    ):
        here, line = f"{path}:{number}", canonical_line(record)
        with_id, same = first.setdefault(record.id, here), places.setdefault(line, here)
        if same != here:
            yield Issue(path, number, f"duplicate of {same}", mend="rewrite")
        elif with_id != here:
            yield note(path, f"has the same id as {with_id}, but different content", number)
