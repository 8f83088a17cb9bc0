"""Lines that revise others: their predecessors, and articles that only another parser revision reads differently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ticker.archive.layout import day_files
from ticker.archive.lines import StoredArticle, is_spelled_otherwise
from ticker.archive.reading import ARTICLES, R, Records, read_day, whole_file

if TYPE_CHECKING:
    from ticker.archive.index import Index

# How many lines are held in memory and looked up together. Without an index, each lookup reads all lines.
_AT_ONCE, _AT_ONCE_UNINDEXED = 100, 5000
_ID = re.compile(rb'"id": "([^"\\]*)"')


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
    left = iter(lines)
    while batch := list(islice(left, at_once or (_AT_ONCE if index else _AT_ONCE_UNINDEXED))):
        before = _versions(root, records, {line.revises for line in batch if line.revises}, index)
        for line in batch:
            yield line, before.get(line.revises or "")


def _versions(root: Path, records: Records[R], ids: set[str], index: Index | None) -> dict[str, R]:
    """Return the versions ``ids`` that exist."""
    found: dict[str, R] = {}
    if not ids:
        return found

    def may_be_wanted(line: bytes) -> bool:
        stated = _ID.search(line)
        return stated is None or stated[1].decode("utf-8", "replace") in ids or is_spelled_otherwise(line)

    days = day_files(root, records.kind)
    wanted, lines = (days, whole_file)
    if index:
        from ticker.archive.index.tokens import id_key

        wanted, lines = index.lines_with(records, days, sorted(map(id_key, ids)))  # type: ignore[assignment]
    for day in wanted:
        # Damage is ignored here: commands that list the archive report it.
        for _, line in read_day(day, records, may_be_wanted, lambda problem: None, lines):
            if line.id in ids:
                found.setdefault(line.id, line)
    return found
