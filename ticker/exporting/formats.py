"""The table of export formats and their file name endings; a format's module is imported on use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from ticker.archive import StoredArticle, StoredHeadline
    from ticker.exporting.about import About

    Record = StoredHeadline | StoredArticle

NEWEST_IN_A_FEED = 50
"""Enough that a reader that polls hourly misses no entry of a busy source."""


@dataclass(frozen=True, slots=True)
class Format:
    """An export format and the ``endings`` of its file names, the usual one first.

    ``is_binary``: it is written as a whole file and never to a terminal. ``is_feed``: it holds only the newest records,
    newest first. ``is_kept``: other programs may have added to an existing file.
    """

    name: str
    endings: tuple[str, ...]
    is_binary: bool = False
    is_feed: bool = False
    is_kept: bool = False

    def lines(self, records: Iterable[Record], about: About) -> Iterator[str]:
        """Return the lines of a text format, without line ends."""
        return cast("Iterator[str]", self._module.lines(records, about))

    def write(self, records: Iterable[Record], about: About, path: Path) -> None:
        """Write a file in a binary format; raises ExportError or OSError."""
        self._module.write(records, about, path)

    @property
    def _module(self) -> Any:
        return import_module(f"ticker.exporting.as_{self.name}")


FORMATS = {
    each.name: each
    for each in (
        Format("csv", (".csv",)),
        Format("json", (".json",)),
        Format("jsonl", (".jsonl", ".ndjson")),
        Format("parquet", (".parquet",), is_binary=True),
        Format("sqlite", (".sqlite", ".sqlite3", ".db"), is_binary=True, is_kept=True),
        Format("rss", (".rss",), is_feed=True),
        Format("atom", (".atom",), is_feed=True),
        Format("markdown", (".md", ".markdown")),
    )
}


def format_of_name(name: str) -> Format | None:
    """Return the format for the ending of a file name, or None."""
    ending = Path(name).suffix.lower()
    return next((each for each in FORMATS.values() if ending in each.endings), None)
