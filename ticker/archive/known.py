"""What an archive holds already: where in its files, kept up to date by reading what was added to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from ticker.addresses import canonical
from ticker.archive.contents import sound_lines, status_of
from ticker.archive.identity import Sighting, Version, article_key, sighting_of, title_key, version_of
from ticker.archive.index import Index, Mark
from ticker.archive.index.tokens import address_key, kept_apart, tokens
from ticker.archive.index.tokens import title_key as title_token
from ticker.archive.layout import DayFile, Kind, day_files, naming
from ticker.archive.lines import LineError, StoredArticle, StoredHeadline, sound
from ticker.archive.reading import ARTICLES, HEADLINES, R, Records
from ticker.errors import DamagedFile
from ticker.records import Headline


class _Mark(NamedTuple):
    """How far a file was read: to ``end``, that of its last whole line.

    ``number`` is its place in the list of files; ``inode`` tells whether it is still that file.
    """

    number: int
    inode: int | None
    end: int


class Unended(NamedTuple):
    """A day's file, and what reads a line of it."""

    day: DayFile
    parse: Callable[[bytes], object]


class Known:
    """An ``identity.Lookup`` of one archive, up to date after each ``catch_up``. Raises ArchiveError.

    It holds where the lines are that a question may be about, some 300 bytes a headline, and reads these few
    when it is asked. What ``index`` speaks for it leaves to that.
    """

    def __init__(self, root: Path, index: Index | None = None) -> None:
        self._root = root
        self._index = index
        self._forget()

    def story(self, source: str, address: str) -> Sequence[Sighting]:
        lines = self._lines(HEADLINES, source, ("at", address), address_key(address))
        sightings = map(sighting_of, lines)
        return _once(sighting for sighting in sightings if sighting.story == address)

    def titled(self, source: str, title: str) -> Sequence[Sighting]:
        lines = self._lines(HEADLINES, source, ("titled", title), title_token(source, tokens(kept_apart(title))))
        sightings = map(sighting_of, lines)
        return _once(sighting for sighting in sightings if sighting.title == title)

    def versions(self, source: str, key: str) -> Sequence[Version]:
        asked = address_key(key), title_token(source, tokens(kept_apart(key)))
        versions = map(version_of, self._lines(ARTICLES, source, ("article", key), *asked))
        return _once(version for version in versions if version.key == key)

    def expect(self, source: str, headlines: Iterable[Headline]) -> None:
        """Looks up what ``titled`` and ``story`` will be asked of a page: together, it takes hardly longer than one."""
        if self._index is None or not self._covered.get(HEADLINES.kind):
            return
        asked = {token for headline in headlines for token in _tokens(source, headline.title, headline.url)}
        asked = {token for token in asked if (HEADLINES.kind, token) not in self._answers}
        lines = self._index.known_lines(HEADLINES, sorted(asked)) if asked else None
        if lines is None:
            return
        self._make_room(len(asked))
        found: dict[str, list[bytes]] = {token: [] for token in asked}
        for line in lines:
            with suppress(LineError):  # replaced since it was indexed
                record = HEADLINES.parse(line)
                for token in asked.intersection(_tokens(record.source, record.title, record.url)):
                    found[token].append(line)
        self._answers.update(((HEADLINES.kind, token), lines) for token, lines in found.items())

    def catch_up(self, written: Mapping[Kind, Sequence[DayFile]] | None = None) -> None:
        """Reads what this and other processes have added since the last time; only in ``written`` where given."""
        if not self._read_all(written):
            self._forget()
            self._read_all()

    def _forget(self) -> None:
        self._covered: dict[Kind, Mapping[str, Mark]] = {}
        self._answers: dict[tuple[str, ...], Sequence[bytes]] = {}
        self._files: list[DayFile] = []
        self._marks: dict[str, _Mark] = {}
        # By the hash of source and key: the place of the first line, and those of the few that have more.
        self._first: dict[int, int] = {}
        self.unended: dict[str, Unended] = {}
        """Files whose last line has no end: a writer may be at it, or was killed."""
        self._others: defaultdict[int, list[int]] = defaultdict(list)

    def _read_all(self, written: Mapping[Kind, Sequence[DayFile]] | None = None) -> bool:
        """False where a file was replaced or cut, so that what was learnt from it may no longer be so."""
        return self._read(HEADLINES, _headline_keys, written) and self._read(ARTICLES, _article_keys, written)

    def _read(
        self,
        records: Records[R],
        keys: Callable[[R], Iterable[_Key]],
        written: Mapping[Kind, Sequence[DayFile]] | None,
    ) -> bool:
        days = day_files(self._root, records.kind) if written is None else written[records.kind]
        covered = self._covered.get(records.kind)
        is_first = covered is None
        if covered is None:
            covered = self._index.cover(records, days) if self._index else {}
            self._covered[records.kind] = covered
        if is_first:  # the others were just looked at
            days = [day for day in days if not _is_whole(covered.get(day.name))]
        for day in days:
            mark = self._marks.get(day.name)
            if mark is None:
                indexed = covered.get(day.name)
                mark = _Mark(len(self._files), indexed.inode if indexed else None, indexed.end if indexed else 0)
                self._marks[day.name] = mark
                self._files.append(day)
            try:
                with naming("read", day.name):
                    size, inode, _ = status_of(day)
            except DamagedFile:  # as with a line that cannot be read, see `_note`
                continue
            if mark.inode is None:
                mark = self._marks[day.name] = mark._replace(inode=inode)
            if inode != mark.inode or size < mark.end:
                return False
            if size > mark.end:
                end = self._note(day, mark, records, keys)
                self._marks[day.name] = mark._replace(end=end)
                if end < size and day.is_loose:
                    self.unended[day.name] = Unended(day, records.parse)
        return True

    def _note(self, day: DayFile, mark: _Mark, records: Records[R], keys: Callable[[R], Iterable[_Key]]) -> int:
        """Notes the lines of a file from its mark on, and returns where the last whole one ends.

        One without its end is noted too if it can be read, and read again the next time. Those that cannot be
        read are passed over without a word: this runs at every fetch; whoever lists or searches is told of them.
        """
        end = mark.end
        for _, line in sound_lines(day, mark.end):
            try:
                record = records.parse(line)
            except LineError:
                pass
            else:
                place = mark.number << _OFFSET_BITS | end
                for key in keys(record):
                    self._note_at(hash((record.source, key)), place)
            if line.endswith(b"\n"):
                end += len(line)
        return end

    def _note_at(self, spot: int, place: int) -> None:
        if self._first.setdefault(spot, place) != place:
            self._others[spot].append(place)

    def _lines(self, records: Records[R], source: str, key: _Key, *tokens: str) -> Iterator[R]:
        """The lines noted under a key or with one of the tokens, and perhaps some more."""
        for line in (*self._indexed(records, tokens), *self._noted(source, key)):
            try:
                record = records.parse(line)
            except LineError:  # replaced since it was noted
                continue
            if record.source == source:
                yield record

    def _indexed(self, records: Records[R], tokens: Sequence[str]) -> Sequence[bytes]:
        if self._index is None or not self._covered.get(records.kind):
            return ()
        asked = (records.kind, *tokens)
        if asked not in self._answers:  # what is new is asked about twice: before it is worth the lock, and under it
            lines = self._index.known_lines(records, tokens)
            if lines is None:
                self._index = None
                self._forget()
                self._read_all()
                return ()
            self._make_room(1)
            self._answers[asked] = lines
        return self._answers[asked]

    def _make_room(self, count: int) -> None:
        if len(self._answers) + count > _MOST_ANSWERS:
            self._answers.clear()

    def _noted(self, source: str, key: _Key) -> Iterator[bytes]:
        spot: int = hash((source, key))
        if spot not in self._first:
            return
        for place in (self._first[spot], *self._others.get(spot, ())):
            day, offset = self._files[place >> _OFFSET_BITS], place & (1 << _OFFSET_BITS) - 1
            yield from (line for _, line in islice(sound_lines(day, offset), 1))


_Key = tuple[str, str]
_Known = TypeVar("_Known", Sighting, Version)
_OFFSET_BITS = 44
_MOST_ANSWERS = 5000


def _is_whole(mark: Mark | None) -> bool:
    return mark is not None and mark.size == mark.end


def _tokens(source: str, title: str, url: str | None) -> list[str]:
    """The tokens of what identifies a headline."""
    named = title_token(source, tokens(kept_apart(title_key(sound(title)))))
    return [named, address_key(canonical(url))] if url is not None else [named]


def _headline_keys(line: StoredHeadline) -> Iterator[_Key]:
    yield "titled", title_key(line.title)
    if line.url is not None:
        yield "at", canonical(line.url)


def _article_keys(line: StoredArticle) -> Iterator[_Key]:
    yield "article", article_key(line.url, line.title)


def _once(lines: Iterable[_Known]) -> list[_Known]:
    """Each id once: files merged by hand may hold a line twice."""
    return list({line.id: line for line in lines}.values())
