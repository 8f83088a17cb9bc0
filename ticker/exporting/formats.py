"""The formats, and the endings that name them. Nothing of a format is imported before it is written."""

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
"""As many as a reader shows at once; one that asks every hour misses none of a busy source."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name, and the ``endings`` of files that are in it, the usual one first.

    ``is_binary``: it is written to a file as a whole, and no terminal shows it. ``is_feed``: it holds the newest alone,
    newest first. ``is_kept``: a file in it is no mere output, for others add to it.
    """

    name: str
    endings: tuple[str, ...]
    is_binary: bool = False
    is_feed: bool = False
    is_kept: bool = False

    def lines(self, records: Iterable[Record], about: About) -> Iterator[str]:
        """The lines, without their ends, of a format that is text."""
        return cast("Iterator[str]", self._module.lines(records, about))

    def write(self, records: Iterable[Record], about: About, path: Path) -> None:
        """Makes a file of a format that is binary; raises ExportError, and OSError."""
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
    """The format that the ending of a file's name tells."""
    ending = Path(name).suffix.lower()
    return next((each for each in FORMATS.values() if ending in each.endings), None)
