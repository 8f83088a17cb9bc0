"""Lookup of the headlines and articles that an archive already holds.

``SeenLines`` finds the lines that a lookup needs, in the index and in the files that it does not cover.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from ticker.archive.codec import LineError, replace_surrogates
from ticker.archive.day_reader import open_day, sound_lines, status_of
from ticker.archive.dedup import ArticleVersion, HeadlineKey, article_key, headline_key, title_key, version_of
from ticker.archive.layout import DayFile, Kind, day_files, translate_os_errors
from ticker.archive.line_reader import ARTICLES, HEADLINES, R, Records
from ticker.archive.records import StoredArticle, StoredHeadline
from ticker.archive.search_index import FileCheckpoint, Index
from ticker.archive.search_index.tokenizer import address_key, kept_apart, tokens
from ticker.archive.search_index.tokenizer import title_key as title_token
from ticker.errors import DamagedFile
from ticker.models import Headline
from ticker.urls import canonical

_Known = TypeVar("_Known", HeadlineKey, ArticleVersion)
Key = tuple[str, str]
_OFFSET_BITS = 44
_MOST_ANSWERS = 5000


class SeenRecords:
    """An ``dedup.Lookup`` of one archive, up to date after each ``catch_up``. Raises ArchiveError."""

    def __init__(self, root: Path, index: Index | None = None) -> None:
        self._headlines = SeenLines(root, HEADLINES, _headline_keys, index)
        self._articles = SeenLines(root, ARTICLES, _article_keys, index)

    def story(self, source: str, address: str) -> Sequence[HeadlineKey]:
        """Return the headlines that the canonical URL ``address`` identifies."""
        lines = self._headlines.lines(source, ("at", address), address_key(address))
        sightings = map(headline_key, lines)
        return _once(sighting for sighting in sightings if sighting.story == address)

    def titled(self, source: str, title: str) -> Sequence[HeadlineKey]:
        """Return the headlines with the folded ``title``."""
        lines = self._headlines.lines(source, ("titled", title), title_token(source, tokens(kept_apart(title))))
        sightings = map(headline_key, lines)
        return _once(sighting for sighting in sightings if sighting.title == title)

    def versions(self, source: str, key: str) -> Sequence[ArticleVersion]:
        """Return the versions of the article with the ``article_key`` ``key``."""
        asked = address_key(key), title_token(source, tokens(kept_apart(key)))
        versions = map(version_of, self._articles.lines(source, ("article", key), *asked))
        return _once(version for version in versions if version.key == key)

    def prefetch(self, source: str, headlines: Iterable[Headline]) -> None:
        """Prefetch the answers of ``titled`` and ``story`` for a page; a joint lookup takes little longer than one."""
        asked = {token for headline in headlines for token in _tokens(source, headline.title, headline.url)}
        self._headlines.prefetch(asked, source, lambda line: _tokens(source, line.title, line.url))

    def catch_up(self, written: Mapping[Kind, Sequence[DayFile]] | None = None) -> None:
        """Read the lines added since the last call, by any process; only from the files ``written`` if given."""
        self._headlines.catch_up(written[HEADLINES.kind] if written else None)
        self._articles.catch_up(written[ARTICLES.kind] if written else None)

    @property
    def unfinished_files(self) -> list[UnfinishedFile]:
        """Return the files whose last line has no newline: a writer is active, or was killed."""
        return [*self._headlines.unfinished_files.values(), *self._articles.unfinished_files.values()]

    def forget_unended(self) -> None:
        """Clear ``unfinished_files``, after the last lines got their newlines."""
        self._headlines.unfinished_files.clear()
        self._articles.unfinished_files.clear()

    def load_checkpoints(self, days: Sequence[DayFile], with_articles: bool) -> bool:
        """Load the headlines that are fast to get: those in the index, and those added to the files of ``days``.

        Returns False if the index has none. A headline found in this partial view is known for certain, whatever the
        other files hold. This does not apply to articles, whose latest version counts: they are caught up fully.
        """
        if not self._headlines.load_checkpoints(days):
            return False
        if with_articles:
            self._articles.catch_up()
        return True


def _tokens(source: str, title: str, url: str | None) -> list[str]:
    """Return the index tokens of a headline's title and URL."""
    named = title_token(source, tokens(kept_apart(title_key(replace_surrogates(title)))))
    return [named, address_key(canonical(url))] if url is not None else [named]


def _headline_keys(line: StoredHeadline) -> Iterator[Key]:
    yield "titled", title_key(line.title)
    if line.url is not None:
        yield "at", canonical(line.url)


def _article_keys(line: StoredArticle) -> Iterator[Key]:
    yield "article", article_key(line.url, line.title)


def _once(lines: Iterable[_Known]) -> list[_Known]:
    """Return the lines with each id once: files merged by hand may hold a line twice."""
    return list({line.id: line for line in lines}.values())


class UnfinishedFile(NamedTuple):
    """A day's file whose last line has no newline, and the parser of its lines."""

    day: DayFile
    parse: Callable[[bytes], object]


class SeenLines(Generic[R]):
    """The lines of one kind, by source and ``keys``, current after each ``catch_up``. Raises ArchiveError.

    Lines that ``index`` covers are looked up there. For the others it keeps their offsets by source: eight bytes a
    line, and about 300 after the source was looked up. Lines are read on demand.
    """

    _covered: Mapping[str, FileCheckpoint] | None
    _loaded: Mapping[int, FileCheckpoint] | None

    def __init__(
        self, root: Path, records: Records[R], keys: Callable[[R], Iterable[Key]], index: Index | None
    ) -> None:
        self._root = root
        self._records: Records[R] = records
        self._keys: Callable[[R], Iterable[Key]] = keys
        self._index = index
        self._forget()

    def catch_up(self, days: Sequence[DayFile] | None = None) -> None:
        """Read what this and other processes have appended since the last call; only in ``days`` if given."""
        if not self._read(days):
            self._forget()
            self._read(None)

    def load_checkpoints(self, days: Sequence[DayFile]) -> bool:
        """Load the index's checkpoints without checking all files, and read what was appended to ``days``.

        Return False if there are no checkpoints or a file was replaced. Until the next ``catch_up`` some lines may be
        missing; lines that are found exist.
        """
        if self._covered is None or self._loaded is not None:
            self._forget()
            checkpoints = self._index.load_checkpoints(self._records) if self._index else None
            if not checkpoints:
                return False
            self._loaded, self._is_indexed = checkpoints, True
            self._covered = {day.name: position for day in days if (position := checkpoints.get(day.day.toordinal()))}
        if self._read(days):
            return True
        self._forget()
        return False

    def lines(self, source: str, key: Key, *tokens: str) -> Iterator[R]:
        """Yield the lines of a source with this key or one of the tokens, and perhaps some more."""
        for line in (*self._indexed(tokens), *self._noted(source, key)):
            try:
                record = self._records.parse(line)
            except LineError:  # the line was replaced in the meantime
                continue
            if record.source == source:
                yield record

    def prefetch(self, asked: Iterable[str], source: str, tokens: Callable[[R], Iterable[str]]) -> None:
        """Look up ``asked`` for later calls of ``lines``: a query for all tokens takes hardly longer than for one.

        ``tokens`` returns the tokens of a line.
        """
        missing = {token for token in asked if (token,) not in self._answers}
        if not self._index or not self._is_indexed or not missing:
            return
        lines = self._index.known_lines(self._records, sorted(missing))
        if lines is None:
            return
        self._make_room(len(missing))
        found: dict[str, list[bytes]] = {token: [] for token in missing}
        for line in lines:
            try:
                record = self._records.parse(line)
            except LineError:  # the line was replaced since it was indexed
                continue
            if record.source == source:
                for token in missing.intersection(tokens(record)):
                    found[token].append(line)
        self._answers.update(((token,), lines) for token, lines in found.items())

    def _forget(self) -> None:
        self._covered = self._loaded = None
        self._is_indexed = False
        self._answers: dict[tuple[str, ...], Sequence[bytes]] = {}
        self._files: list[DayFile] = []
        self._positions: dict[str, _ReadPosition] = {}
        self.unfinished_files: dict[str, UnfinishedFile] = {}
        """Files whose last line has no newline: a writer is still writing it, or was killed."""
        # Places of lines by source, until the source is looked up. After that, by the hash of source and key: the place
        # of the first line in `_first`, and of any further lines in `_others`.
        self._waiting: dict[str, array[int]] = {}
        self._first: dict[int, int] = {}
        self._others: defaultdict[int, list[int]] = defaultdict(list)

    def _read(self, only: Sequence[DayFile] | None) -> bool:
        """Read the appended lines; return False if a file was replaced or truncated and the map may be outdated."""
        days = day_files(self._root, self._records.kind) if only is None else only
        if self._covered is None or (only is None and self._loaded is not None):
            covered = self._cover(days)
            # The index has just checked the files that it covers whole.
            days = [day for day in days if day.name in self._positions or not _is_whole(covered.get(day.name))]
        covered = self._covered or {}
        for day in days:
            position = self._positions.get(day.name)
            if position is None:
                indexed = covered.get(day.name)
                position = _ReadPosition(
                    len(self._files), indexed.inode if indexed else None, indexed.end if indexed else 0
                )
                self._positions[day.name] = position
                self._files.append(day)
            try:
                with translate_os_errors("read", day.name):
                    size, inode, _ = status_of(day)
            except DamagedFile:  # skipped like an unreadable line, see `_note`
                continue
            if position.inode is None:
                position = self._positions[day.name] = position._replace(inode=inode)
            if inode != position.inode or size < position.end:
                return False
            if size > position.end:
                end = self._note(day, position)
                self._positions[day.name] = position._replace(end=end)
                if end < size and day.is_loose:
                    self.unfinished_files[day.name] = UnfinishedFile(day, self._records.parse)
        return True

    def _cover(self, days: Sequence[DayFile]) -> Mapping[str, FileCheckpoint]:
        """Update the index; keep what ``load_checkpoints`` loaded only if it is still complete."""
        loaded, before = self._loaded, self._covered or {}
        covered = self._index.update(self._records, days) if self._index else {}
        is_as_it_was = self._index is not None and self._index.checkpoints(self._records) is loaded
        if not is_as_it_was or any(_extent(before.get(name)) != _extent(covered.get(name)) for name in self._positions):
            self._forget()
        self._covered, self._loaded, self._is_indexed = covered, None, bool(covered)
        return covered

    def _note(self, day: DayFile, position: _ReadPosition) -> int:
        """Record the lines of a file after its position, and return the offset where the last whole line ends.

        A last line without its newline is recorded if it can be parsed, and read again the next time. Unreadable lines
        are skipped silently, since this runs at every fetch; ``ticker list`` and ``ticker search`` report them.
        """
        end = position.end
        for _, line in sound_lines(day, position.end):
            place = position.number << _OFFSET_BITS | end
            with suppress(LineError):
                source = self._records.parse(line).source
                self._waiting.setdefault(source, array("q")).append(place)
            if line.endswith(b"\n"):
                end += len(line)
        return end

    def _note_line(self, line: bytes, place: int) -> None:
        try:
            record = self._records.parse(line)
        except LineError:
            return
        for key in self._keys(record):
            spot = hash((record.source, key))
            if self._first.setdefault(spot, place) != place:
                self._others[spot].append(place)

    def _indexed(self, tokens: Sequence[str]) -> Sequence[bytes]:
        if not self._index or not self._is_indexed:
            return ()
        asked = tuple(tokens)
        if asked not in self._answers:  # cached: a new line is looked up twice, before the lock and under it
            lines = self._index.known_lines(self._records, tokens)
            if lines is None:
                self._index = None
                self._forget()
                self._read(None)
                return ()
            self._make_room(1)
            self._answers[asked] = lines
        return self._answers[asked]

    def _make_room(self, count: int) -> None:
        if len(self._answers) + count > _MOST_ANSWERS:
            self._answers.clear()

    def _noted(self, source: str, key: Key) -> Iterator[bytes]:
        waiting = self._waiting.pop(source, ())
        for place, line in self._lines_at(waiting):
            self._note_line(line, place)
        spot: int = hash((source, key))
        if spot in self._first:
            yield from (line for _, line in self._lines_at((self._first[spot], *self._others.get(spot, ()))))

    def _lines_at(self, places: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Yield each readable place of ``places`` and the line that starts there."""
        for number, some in groupby(places, lambda place: place >> _OFFSET_BITS):
            with suppress(DamagedFile), open_day(self._files[number]) as content:
                for place in some:
                    yield place, content.line(place & (1 << _OFFSET_BITS) - 1)


class _ReadPosition(NamedTuple):
    """How far a file was read: ``end`` is the end of its last whole line.

    ``number`` is the file's position in the list of files; ``inode`` detects a replaced file.
    """

    number: int
    inode: int | None
    end: int


def _extent(position: FileCheckpoint | None) -> tuple[int, int]:
    return (position.end, position.crc) if position else (0, 0)


def _is_whole(position: FileCheckpoint | None) -> bool:
    return position is not None and position.size == position.end
