"""All versions of one headline or article, by id or URL, and the version before a revision."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from ticker.archive.codec import has_other_escapes, json_escaped
from ticker.archive.dedup import article_key, headline_key
from ticker.archive.layout import day_files
from ticker.archive.line_reader import ARTICLES, HEADLINES, R, Records, Report, read_day, whole_file, without_duplicates
from ticker.archive.records import Stored, StoredArticle, StoredHeadline
from ticker.archive.search_index import Index
from ticker.archive.search_index.tokenizer import Words, address_key, id_key, title_key
from ticker.errors import NotFound, UsageError
from ticker.urls import canonical, is_web

SHORTEST_ID = 6
_ESCAPES = re.compile(r"(?:%[0-9A-F]{2})+")
_PATH = re.compile(r"[^/]*//[^/?#]*([^?#]*)")


# How many lines are held in memory and looked up together. Without an index, each lookup reads all lines.
_AT_ONCE, _AT_ONCE_UNINDEXED = 100, 5000
_ID = re.compile(rb'"id": "([^"\\]*)"')


@dataclass(frozen=True, slots=True)
class History:
    """What an id or a URL identifies: the versions of a headline, an article or both, oldest first."""

    headlines: tuple[StoredHeadline, ...] = ()
    articles: tuple[StoredArticle, ...] = ()

    @property
    def kind(self) -> Literal["headline", "article"]:
        """Return what to show: the article if there is one, else the headline."""
        return "article" if self.articles else "headline"

    @property
    def versions(self) -> tuple[Stored, ...]:
        """Return all lines, in the order in which they were seen."""
        return tuple(sorted((*self.headlines, *self.articles), key=lambda line: line.seen))

    @property
    def histories(self) -> tuple[tuple[Stored, ...], ...]:
        """Return the lines, grouped by the headline or article of one source, oldest first.

        A URL may be archived under several sources. Several headlines that it does not identify may link to it.
        """
        found: dict[tuple[str, ...], list[Stored]] = {}
        for headline in self.headlines:
            found.setdefault(("headline", headline.source, headline_key(headline).story or headline.id), []).append(
                headline
            )
        for article in self.articles:
            key = article_key(article.url, article.title)
            found.setdefault(("article", article.source, key), []).append(article)
        return tuple(map(tuple, found.values()))


def find_history(root: Path, wanted: str, report: Report, index: Index | None = None) -> History:
    """Find the story with an id, a prefix of one (6 characters or more) or a URL.

    A URL selects the lines archived under it in every source, and the articles read from that page. An id selects the
    versions of its own story. ``report`` is called once for each unreadable line. Raises NotFound, UsageError if a
    prefix is too short or ambiguous, and ArchiveError.
    """
    wanted = wanted.strip()
    place = _Place(root, without_duplicates(report), index)
    if is_web(wanted):
        return _by_address(place, wanted)
    if "/" in wanted or "." in wanted:
        return _by_address(place, f"https://{wanted}")
    return _by_id(place, wanted.lower())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where to search, and where to report problems."""

    root: Path
    report: Report
    index: Index | None


def _by_address(place: _Place, address: str) -> History:
    key = canonical(address)
    token, needle = address_key(key), _needle(key)
    story = History(
        _search(place, HEADLINES, token, needle, lambda line: line.url is not None and canonical(line.url) == key),
        _search(place, ARTICLES, token, needle, lambda line: key in _addresses(line)),
    )
    if not story.versions:
        raise NotFound(f"nothing in {place.root} has the URL {address}")
    return story


def _by_id(place: _Place, start: str) -> History:
    if len(start) < SHORTEST_ID:
        raise UsageError(f"{start!r} is too short for an id: give at least {SHORTEST_ID} characters, or a URL")
    token, needle = id_key(start), json_escaped(start)
    headlines = _search(place, HEADLINES, token, needle, lambda line: line.id.startswith(start))
    articles = _search(place, ARTICLES, token, needle, lambda line: line.id.startswith(start))
    lines: list[Stored] = [*headlines, *articles]
    lines = [line for line in lines if line.id == start] or lines
    if not lines:
        raise NotFound(f"nothing in {place.root} has the id {start}")
    if len(lines) > 1:
        names = ", ".join(line.id for line in lines[:5])
        raise UsageError(f"{start} is the beginning of several ids ({names}): give more characters")
    line = lines[0]
    if isinstance(line, StoredHeadline):
        return History(headlines=_headline_history(place, line))
    return History(articles=_article_history(place, line))


def _headline_history(place: _Place, line: StoredHeadline) -> tuple[StoredHeadline, ...]:
    story = headline_key(line).story
    if story is None:
        return (line,)
    return _search(
        place,
        HEADLINES,
        address_key(story),
        _needle(story),
        lambda other: other.source == line.source and headline_key(other).story == story,
    )


def _article_history(place: _Place, line: StoredArticle) -> tuple[StoredArticle, ...]:
    key = article_key(line.url, line.title)
    return _search(
        place,
        ARTICLES,
        address_key(key) if line.url else title_key(line.source, Words()(line.title)),
        _needle(key) if line.url else b"",
        lambda other: other.source == line.source and article_key(other.url, other.title) == key,
    )


def _search(
    place: _Place, records: Records[R], token: str, needle: bytes, is_wanted: Callable[[R], bool]
) -> tuple[R, ...]:
    """Return the lines that are wanted, in the order in which they were seen, each id once.

    The index must have ``token`` for such a line. If this program wrote the line, it contains ``needle``.
    """

    def may_be_wanted(line: bytes) -> bool:
        return needle in line or b'"id"' not in line or has_other_escapes(line)  # lines made by hand

    found = _lines_by_id(place, records, [token], may_be_wanted, is_wanted)
    return tuple(sorted(found.values(), key=lambda line: line.seen))


def _lines_by_id(
    place: _Place,
    records: Records[R],
    tokens: Iterable[str],
    may_be_wanted: Callable[[bytes], bool],
    is_wanted: Callable[[R], bool],
) -> dict[str, R]:
    """Return the lines that are wanted; the index must have one of the ``tokens`` for such a line."""
    days = day_files(place.root, records.kind)
    wanted, lines = place.index.lines_with(records, days, tokens) if place.index else (days, whole_file)
    found: dict[str, R] = {}
    for day in wanted:
        for _, record in read_day(day, records, may_be_wanted, place.report, lines):
            if is_wanted(record):
                found.setdefault(record.id, record)
    return found


def _needle(address: str) -> bytes:
    """Return what all spellings of a canonical URL share: the longest part of its path without percent-escapes."""
    path = _PATH.match(address)
    return json_escaped(max(_ESCAPES.split(path[1].rstrip("/")), key=len)) if path else b""


def _addresses(line: StoredArticle) -> Iterable[str]:
    return [canonical(address) for address in (line.url, line.page) if address]


def without_rereads(articles: Iterable[StoredArticle], root: Path, index: Index | None) -> Iterator[StoredArticle]:
    """Yield ``articles`` of the archive ``root``, except re-reads of the version that they revise.

    A version whose predecessor is missing is not a re-read. Raises ArchiveError.
    """
    for article, before in with_predecessors(articles, root, ARTICLES, index, _AT_ONCE):
        if before is None or article.reader == before.reader:
            yield article


def with_predecessors(
    lines: Iterable[R], root: Path, records: Records[R], index: Index | None, at_once: int | None = None
) -> Iterator[tuple[R, R | None]]:
    """Yield each of ``lines`` with the version that it revises; None if it revises none or that one is missing.

    Raises ArchiveError.
    """
    place = _Place(root, lambda problem: None, index)  # commands that list the archive report damage
    left = iter(lines)
    while batch := list(islice(left, at_once or (_AT_ONCE if index else _AT_ONCE_UNINDEXED))):
        before = _versions(place, records, {line.revises for line in batch if line.revises})
        for line in batch:
            yield line, before.get(line.revises or "")


def _versions(place: _Place, records: Records[R], ids: set[str]) -> dict[str, R]:
    """Return the versions ``ids`` that exist."""

    def may_be_wanted(line: bytes) -> bool:
        stated = _ID.search(line)
        return stated is None or stated[1].decode("utf-8", "replace") in ids or has_other_escapes(line)

    if not ids:
        return {}
    return _lines_by_id(place, records, sorted(map(id_key, ids)), may_be_wanted, lambda line: line.id in ids)
