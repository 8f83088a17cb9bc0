"""Lookup of the headlines and articles that an archive already holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from ticker.addresses import canonical
from ticker.archive.identity import Sighting, Version, article_key, sighting_of, title_key, version_of
from ticker.archive.index import Index
from ticker.archive.index.tokens import address_key, kept_apart, tokens
from ticker.archive.index.tokens import title_key as title_token
from ticker.archive.layout import DayFile, Kind
from ticker.archive.lines import StoredArticle, StoredHeadline, sound
from ticker.archive.noted import Key, Noted, Unended
from ticker.archive.reading import ARTICLES, HEADLINES
from ticker.records import Headline


class Known:
    """An ``identity.Lookup`` of one archive, up to date after each ``catch_up``. Raises ArchiveError."""

    def __init__(self, root: Path, index: Index | None = None) -> None:
        self._headlines = Noted(root, HEADLINES, _headline_keys, index)
        self._articles = Noted(root, ARTICLES, _article_keys, index)

    def story(self, source: str, address: str) -> Sequence[Sighting]:
        """Return the headlines that the canonical URL ``address`` identifies."""
        lines = self._headlines.lines(source, ("at", address), address_key(address))
        sightings = map(sighting_of, lines)
        return _once(sighting for sighting in sightings if sighting.story == address)

    def titled(self, source: str, title: str) -> Sequence[Sighting]:
        """Return the headlines with the folded ``title``."""
        lines = self._headlines.lines(source, ("titled", title), title_token(source, tokens(kept_apart(title))))
        sightings = map(sighting_of, lines)
        return _once(sighting for sighting in sightings if sighting.title == title)

    def versions(self, source: str, key: str) -> Sequence[Version]:
        """Return the versions of the article with the ``article_key`` ``key``."""
        asked = address_key(key), title_token(source, tokens(kept_apart(key)))
        versions = map(version_of, self._articles.lines(source, ("article", key), *asked))
        return _once(version for version in versions if version.key == key)

    def expect(self, source: str, headlines: Iterable[Headline]) -> None:
        """Prefetch the answers of ``titled`` and ``story`` for a page; a joint lookup takes little longer than one."""
        asked = {token for headline in headlines for token in _tokens(source, headline.title, headline.url)}
        self._headlines.expect(asked, source, lambda line: _tokens(source, line.title, line.url))

    def catch_up(self, written: Mapping[Kind, Sequence[DayFile]] | None = None) -> None:
        """Read the lines added since the last call, by any process; only from the files ``written`` if given."""
        self._headlines.catch_up(written[HEADLINES.kind] if written else None)
        self._articles.catch_up(written[ARTICLES.kind] if written else None)

    @property
    def unended(self) -> list[Unended]:
        """Return the files whose last line has no newline: a writer is active, or was killed."""
        return [*self._headlines.unended.values(), *self._articles.unended.values()]

    def forget_unended(self) -> None:
        """Clear ``unended``, after the last lines got their newlines."""
        self._headlines.unended.clear()
        self._articles.unended.clear()

    def glimpse(self, days: Sequence[DayFile], with_articles: bool) -> bool:
        """Load the headlines that are fast to get: those in the index, and those added to the files of ``days``.

        Returns False if the index has none. A headline found in this partial view is known for certain, whatever the
        other files hold. This does not apply to articles, whose latest version counts: they are caught up fully.
        """
        if not self._headlines.glimpse(days):
            return False
        if with_articles:
            self._articles.catch_up()
        return True


_Known = TypeVar("_Known", Sighting, Version)


def _tokens(source: str, title: str, url: str | None) -> list[str]:
    """Return the index tokens of a headline's title and URL."""
    named = title_token(source, tokens(kept_apart(title_key(sound(title)))))
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
