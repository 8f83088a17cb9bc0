"""Lookup of the lines that an archive already holds: by title and URL for pages, by id for imports.

The index answers for the lines that it covers. The lines after its checkpoints are read from the files, once each;
without an index these are all lines.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby, islice, takewhile
from pathlib import Path
from typing import Any

from ticker.archive.capture import PageCapture
from ticker.archive.checkpoints import Checkpoints, Replaced, Tail
from ticker.archive.codec import LineError
from ticker.archive.day_reader import Place, open_day, sound_lines
from ticker.archive.dedup import Key, Known, article_keys, headline_keys, key_of_article, known_of
from ticker.archive.ids import LENGTH
from ticker.archive.layout import DayFile, Kind, day_file, day_files
from ticker.archive.line_reader import ARTICLES, HEADLINES, Records
from ticker.archive.search_index import Index
from ticker.archive.search_index.tokenizer import address_key, id_key, kept_apart, title_key, tokens
from ticker.errors import DamagedFile

_OFFSET_BITS = 40
_MOST_ANSWERS = 100  # pages

# The bytes of lines that can be read in the time of one index lookup: in day files, and in compressed months, where a
# lookup decompresses a frame.
_BYTES_A_QUESTION, _PACKED_BYTES_A_QUESTION = 6 << 10, 64 << 10
_IDS_A_QUESTION = 100


class SeenPages:
    """What an archive holds of pages, up to date after each ``catch_up``. Raises ArchiveError."""

    def __init__(self, root: Path, index: Index | None) -> None:
        self._headlines = SeenLines(root, HEADLINES, lambda line: headline_keys(line.title, line.url), index)
        self._articles = SeenLines(root, ARTICLES, article_keys, index)

    def known(self, page: PageCapture) -> Known:
        """Return what the archive holds of the headlines and the article of a page."""
        keys = frozenset(key for headline in page.headlines for key in headline_keys(headline.title, headline.url))
        article = key_of_article(page.article, page.url) if page.article else None
        return known_of(
            self._headlines.lines(page.source, keys) if keys else (),
            self._articles.lines(page.source, frozenset([article])) if article else (),
        )

    def catch_up(self, written: Mapping[Kind, Sequence[DayFile]] | None = None) -> None:
        """Read the lines added since the last call, by any process; only from the files ``written`` if given."""
        self._headlines.catch_up(written[HEADLINES.kind] if written else None)
        self._articles.catch_up(written[ARTICLES.kind] if written else None)

    def catch_up_with(self, days: Sequence[DayFile], with_articles: bool) -> bool:
        """Read the headlines that are fast to get: those in the index, and those added to the files of ``days``.

        Returns False if the index has none. A headline that is found then is known for certain, whatever the other
        files hold. This does not apply to articles, whose latest version counts: they are caught up fully.
        """
        if not self._headlines.catch_up_with(days):
            return False
        if with_articles:
            self._articles.catch_up()
        return True

    @property
    def unfinished(self) -> list[tuple[DayFile, Records[Any]]]:
        """The files whose last line has no newline: a writer is active, or was killed."""
        return [
            (day, records)
            for seen, records in ((self._headlines, HEADLINES), (self._articles, ARTICLES))
            for day in seen.unfinished.values()
        ]

    def forget_unfinished(self) -> None:
        """Clear ``unfinished``, after the last lines got their newlines."""
        self._headlines.unfinished.clear()
        self._articles.unfinished.clear()


class SeenStore:
    """The stored lines of one kind, up to date after each ``catch_up``. Raises ArchiveError.

    A subclass decides what it keeps of the lines that ``index`` does not cover.
    """

    _is_complete: bool
    _covered: Checkpoints
    _tail: Tail

    def __init__(self, root: Path, records: Records[Any], index: Index | None) -> None:
        self._root = root
        self._records = records
        self._index = index
        self._forget()

    def catch_up(self, written: Sequence[DayFile] | None = None) -> bool:
        """Read what any process has appended since the last call, and return whether there was anything.

        Only the files ``written`` are examined, if they are given.
        """
        if self._is_complete:
            with suppress(Replaced):
                return self._read(self._days() if written is None else written)
            self._forget()
        days = self._days()
        covered = self._index.update(self._records, days) if self._index else {}
        self._start_after(covered)
        self._is_complete = True
        # The index has just examined the files that it covers to their end.
        return self._read([day for day in days if day.day not in covered or not covered[day.day].is_whole])

    @property
    def unfinished(self) -> dict[date, DayFile]:
        """The files whose last line has no newline."""
        return self._tail.unfinished

    def _start_after(self, covered: Checkpoints) -> None:
        """Start after the lines that the index covers; keep the lines after them that were read already."""
        if not self._tail.start_after(covered):
            self._forget()
            self._tail.start_after(covered)
        self._covered = covered

    def _forget(self) -> None:
        self._is_complete = False
        self._covered = {}
        self._tail = Tail()

    def _read(self, days: Iterable[DayFile]) -> bool:
        """Read the new lines of ``days``; raises Replaced if lines that were read may no longer exist."""
        found = False
        for day, lines in self._tail.read(days):
            found = True
            self._note(day, lines)
        return found

    def _note(self, day: DayFile, lines: Iterable[Place]) -> None:
        """Keep what is needed of new lines of a day."""
        raise NotImplementedError

    def _ask(self, tokens: Iterable[str]) -> list[bytes] | None:
        """Return the lines that the index proposes; None if it fails."""
        return self._index.known_lines(self._records, tokens, self._covered) if self._index and self._covered else None

    def _parse(self, line: bytes) -> Any:
        """Return the record of a line; None if it is unreadable, which commands that list the archive report."""
        try:
            return self._records.parse(line)
        except LineError:
            return None

    def _days(self) -> list[DayFile]:
        return day_files(self._root, self._records.kind)


class SeenLines(SeenStore):
    """The lines of each source, by the keys of deduplication.

    Of the lines that the index does not cover, it keeps the offsets: eight bytes a line, and about 40 once the source
    was looked up. Lines are read on demand.
    """

    def __init__(
        self, root: Path, records: Records[Any], keys: Callable[[Any], Iterable[Key]], index: Index | None
    ) -> None:
        self._keys = keys
        super().__init__(root, records, index)

    def catch_up_with(self, days: Sequence[DayFile]) -> bool:
        """Catch up with ``days`` only, and trust the index for all other files; return False if there is no index.

        Until the next ``catch_up``, lines may be missing; lines that are found exist.
        """
        if not self._is_complete:
            covered = self._index.checkpoints(self._records) if self._index else {}
            if not covered:
                return False
            self._start_after(covered)
        with suppress(Replaced):
            self._read(days)
            return True
        self._forget()
        return False

    def lines(self, source: str, keys: frozenset[Key]) -> list[Any]:
        """Return the lines of a source that have any of the keys, and perhaps some more."""
        return [*self._indexed(source, keys), *self._noted(source, keys)]

    def _forget(self) -> None:
        super()._forget()
        self._asked_of: Checkpoints = {}
        self._answers: dict[tuple[str, frozenset[Key]], list[Any]] = {}
        # Of each source, the places of lines not looked at yet; then the hash of each key, and the place of its line.
        self._waiting: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        self._hashes: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        self._places: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))

    def _note(self, day: DayFile, lines: Iterable[Place]) -> None:
        first = day.day.toordinal() << _OFFSET_BITS
        for start, line in lines:
            if record := self._parse(line):
                self._waiting[record.source].append(first | start)

    def _indexed(self, source: str, keys: frozenset[Key]) -> list[Any]:
        """Return the lines that the index covers.

        Answers are cached, since a new line is looked up three times: in the files that are fast to get, in all of
        them, and under the lock.
        """
        if not self._index or not self._covered:
            return []
        checkpoints = self._index.checkpoints(self._records)
        if checkpoints is not self._asked_of or len(self._answers) >= _MOST_ANSWERS:
            self._asked_of = checkpoints
            self._answers.clear()
        asked = source, keys
        if asked not in self._answers:
            lines = self._ask(sorted({token for key in keys for token in _tokens(source, key)}))
            if lines is None:  # it is damaged, so its lines are read from the files
                self._index = None
                self._forget()
                self.catch_up()
                return []
            self._answers[asked] = self._of_source(source, lines)
        return self._answers[asked]

    def _noted(self, source: str, keys: frozenset[Key]) -> list[Any]:
        """Return the lines that the index does not cover."""
        for place, line in self._lines_at(self._waiting.pop(source, ())):
            for key in self._keys(record) if (record := self._parse(line)) else ():
                self._hashes[source].append(hash(key))
                self._places[source].append(place)
        wanted = set(map(hash, keys))
        pairs = zip(self._hashes[source], self._places[source], strict=True)
        places = sorted({place for key, place in pairs if key in wanted})
        return self._of_source(source, (line for _, line in self._lines_at(places)))

    def _lines_at(self, places: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Yield each readable place of ``places`` and the line that starts there."""
        for day, some in groupby(places, lambda place: place >> _OFFSET_BITS):
            file = day_file(self._root, self._records.kind, date.fromordinal(day))
            if not file.exists:  # removed since it was read
                continue
            with suppress(DamagedFile), open_day(file) as content:
                for place in some:
                    yield place, content.line(place & (1 << _OFFSET_BITS) - 1)

    def _of_source(self, source: str, lines: Iterable[bytes]) -> list[Any]:
        return [record for line in lines if (record := self._parse(line)) and record.source == source]


class SeenIds(SeenStore):
    """The ids of lines, in eight bytes each.

    The index answers until its lookups have taken as long as reading all indexed lines would; then these are read.
    Unreadable lines count as missing.
    """

    def known(self, ids: Collection[str]) -> set[str]:
        """Return those of ``ids`` that the archive had at the last ``catch_up``."""
        found = {id for id in ids if id in self._ids}
        left = set(ids) - found
        return found | self._indexed(left) if left and self._covered else found

    def note(self, ids: Iterable[str]) -> None:
        """Count ``ids`` as known."""
        self._ids.add_all(ids)

    def note_written(self, day: DayFile, size: int, ids: Iterable[str]) -> None:
        """Count ``ids`` as known, whose lines were appended to the file of ``day`` in ``size`` bytes."""
        self.note(ids)
        self._tail.skip(day, size)

    def _forget(self) -> None:
        super()._forget()
        self._ids = IdSet()
        self._questions: float | None = None

    def _note(self, day: DayFile, lines: Iterable[Place]) -> None:
        self._ids.add_all(record.id for _, line in lines if (record := self._parse(line)))

    def _indexed(self, ids: Collection[str]) -> set[str]:
        """Return those of ``ids`` that are in the index, or in the indexed lines if these were read."""
        if self._questions is None:
            sizes = ((_PACKED_BYTES_A_QUESTION if day.month else _BYTES_A_QUESTION, day.day) for day in self._days())
            self._questions = sum(self._covered[day].end / size for size, day in sizes if day in self._covered)
        self._questions -= len(ids)
        found: set[str] = set()
        left = iter(ids)
        while self._questions >= 0 and (some := list(islice(left, _IDS_A_QUESTION))):
            lines = self._ask(map(id_key, some))
            if lines is None:
                self._questions = -1
                break
            found.update(record.id for record in map(self._parse, lines) if record)
        if self._questions >= 0:
            return found.intersection(ids)
        for day in self._days():
            end = self._covered[day.day].end if day.day in self._covered else 0
            self._note(day, takewhile(lambda place: place[0] < end, sound_lines(day)))  # noqa: B023 - used at once
        self._covered = {}
        return {id for id in ids if id in self._ids}


class IdSet:
    """A set of ids that needs eight bytes for an id of this program; Python's set needs a hundred.

    The first two bytes of an id select one of 65,536 rows; the row holds the other six bytes. Among ten million ids a
    row has about 150, and a search takes less than a microsecond.
    """

    def __init__(self) -> None:
        self._rows = [b""] * (1 << 16)  # bytes: a bytearray reserves an eighth more
        self._others: set[str] = set()  # ids of other forms, from lines made by hand

    def add_all(self, ids: Iterable[str]) -> None:
        """Add ``ids``; an id that is added again takes its space again."""
        rows = self._rows
        for id in ids:
            packed = _packed(id)
            if packed:
                rows[packed[0] << 8 | packed[1]] += packed[2:]
            else:
                self._others.add(id)

    def __contains__(self, id: str) -> bool:
        packed = _packed(id)
        if not packed:
            return id in self._others
        row, rest = self._rows[packed[0] << 8 | packed[1]], packed[2:]
        at = row.find(rest)
        while at > 0 and at % len(rest):  # a match across the boundary of two ids
            at = row.find(rest, at + 1)
        return at >= 0


def _packed(id: str) -> bytes | None:
    """Return the bytes of an id that has this program's form; None for any other."""
    try:
        packed = bytes.fromhex(id)
    except ValueError:
        return None
    return packed if len(packed) == LENGTH // 2 and packed.hex() == id else None


def _tokens(source: str, key: Key) -> Iterator[str]:
    """Yield the index tokens of the lines with a key."""
    kind, text = key
    if kind != "address":
        yield title_key(source, tokens(kept_apart(text)))
    if kind != "title":
        yield address_key(text)
