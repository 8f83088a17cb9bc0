"""Articles that are stored again because another revision of the parser read their page, and no publisher edited it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from ticker.archive.index import Index
from ticker.archive.index.tokens import id_key
from ticker.archive.layout import day_files
from ticker.archive.lines import StoredArticle, is_spelled_otherwise
from ticker.archive.reading import ARTICLES, read_day, whole_file

_AT_ONCE = 100  # articles that are held in memory, and whose predecessors are looked up together
_ID = re.compile(rb'"id": "([^"\\]*)"')


def without_rereads(articles: Iterable[StoredArticle], root: Path, index: Index | None) -> Iterator[StoredArticle]:
    """Yield ``articles`` of the archive ``root`` without those that are re-reads of the version they revise.

    A version that revises one that is not there is none. Raises ArchiveError.
    """
    left = iter(articles)
    while batch := list(islice(left, _AT_ONCE)):
        before = _versions(root, {article.revises for article in batch if article.revises}, index)
        for article in batch:
            if article.revises not in before or article.reader == before[article.revises]:
                yield article


def _versions(root: Path, ids: set[str], index: Index | None) -> dict[str, int | None]:
    """Return which revision of the parser read each of the versions ``ids``, as far as they are there."""
    found: dict[str, int | None] = {}
    if not ids:
        return found

    def may_be_wanted(line: bytes) -> bool:
        stated = _ID.search(line)
        return stated is None or stated[1].decode("utf-8", "replace") in ids or is_spelled_otherwise(line)

    days = day_files(root, ARTICLES.kind)
    wanted, lines = index.lines_with(ARTICLES, days, sorted(map(id_key, ids))) if index else (days, whole_file)
    for day in wanted:
        # Whoever lists the archive is told of damaged lines and files.
        for _, article in read_day(day, ARTICLES, may_be_wanted, lambda problem: None, lines):
            if article.id in ids:
                found.setdefault(article.id, article.reader)
    return found
