"""Archive of headlines and articles in plain text files, which can be listed and searched.

``docs/archive-format.md`` describes the files.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ticker.archive.archive import Archive as Archive
    from ticker.archive.capture import AddResult as AddResult
    from ticker.archive.capture import PageCapture as PageCapture
    from ticker.archive.capture import days_of as days_of
    from ticker.archive.checkpoints import Delta as Delta
    from ticker.archive.checkpoints import follow as follow
    from ticker.archive.codec import to_line as to_line
    from ticker.archive.compactor import OPEN_FOR as OPEN_FOR
    from ticker.archive.compactor import ClosedMonth as ClosedMonth
    from ticker.archive.compactor import CompactedMonth as CompactedMonth
    from ticker.archive.fsck.repair import Repair as Repair
    from ticker.archive.fsck.verify import Verification as Verification
    from ticker.archive.history import History as History
    from ticker.archive.importer import ImportedLine as ImportedLine
    from ticker.archive.importer import Importer as Importer
    from ticker.archive.importer import read_import as read_import
    from ticker.archive.layout import Kind as Kind
    from ticker.archive.line_reader import without_duplicates as without_duplicates
    from ticker.archive.matchers import Matcher as Matcher
    from ticker.archive.matchers import Mode as Mode
    from ticker.archive.matchers import fixed as fixed
    from ticker.archive.matchers import make_matcher as make_matcher
    from ticker.archive.matchers import regex as regex
    from ticker.archive.matchers import words as words
    from ticker.archive.overview import ArchiveSize as ArchiveSize
    from ticker.archive.reader import Query as Query
    from ticker.archive.records import Problem as Problem
    from ticker.archive.records import Stored as Stored
    from ticker.archive.records import StoredArticle as StoredArticle
    from ticker.archive.records import StoredHeadline as StoredHeadline
    from ticker.archive.records import is_reread as is_reread
    from ticker.archive.retiming import Retiming as Retiming
    from ticker.archive.search_index import Index as Index

# Imported when asked for: what `ticker list` needs takes 25 ms, all of it 69.
_NAMES = {
    "archive": ("Archive",),
    "capture": (
        "AddResult",
        "PageCapture",
        "days_of",
    ),
    "checkpoints": (
        "Delta",
        "follow",
    ),
    "codec": ("to_line",),
    "compactor": (
        "OPEN_FOR",
        "ClosedMonth",
        "CompactedMonth",
    ),
    "fsck.repair": ("Repair",),
    "fsck.verify": ("Verification",),
    "history": ("History",),
    "importer": (
        "ImportedLine",
        "Importer",
        "read_import",
    ),
    "layout": ("Kind",),
    "line_reader": ("without_duplicates",),
    "matchers": (
        "Matcher",
        "Mode",
        "fixed",
        "make_matcher",
        "regex",
        "words",
    ),
    "overview": ("ArchiveSize",),
    "reader": ("Query",),
    "records": (
        "Problem",
        "Stored",
        "StoredArticle",
        "StoredHeadline",
        "is_reread",
    ),
    "retiming": ("Retiming",),
    "search_index": ("Index",),
}
_EXPORTS = {name: f"{__name__}.{module}" for module, names in _NAMES.items() for name in names}
__all__ = list(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_EXPORTS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
