"""Archive of headlines and articles in plain text files, which can be listed and searched.

``docs/archive-format.md`` describes the files.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ticker.archive.archive import Added as Added
    from ticker.archive.archive import Archive as Archive
    from ticker.archive.archive import Arrival as Arrival
    from ticker.archive.archive import days_of as days_of
    from ticker.archive.checkpoints import Growth as Growth
    from ticker.archive.checkpoints import follow as follow
    from ticker.archive.codec import Problem as Problem
    from ticker.archive.codec import Stored as Stored
    from ticker.archive.codec import StoredArticle as StoredArticle
    from ticker.archive.codec import StoredHeadline as StoredHeadline
    from ticker.archive.codec import is_reread as is_reread
    from ticker.archive.codec import to_line as to_line
    from ticker.archive.compactor import OPEN_FOR as OPEN_FOR
    from ticker.archive.compactor import ClosedMonth as ClosedMonth
    from ticker.archive.compactor import Compacted as Compacted
    from ticker.archive.fsck.repair import Repair as Repair
    from ticker.archive.fsck.verify import Verification as Verification
    from ticker.archive.history import Story as Story
    from ticker.archive.importer import Importer as Importer
    from ticker.archive.importer import Incoming as Incoming
    from ticker.archive.importer import read_incoming as read_incoming
    from ticker.archive.layout import Kind as Kind
    from ticker.archive.line_patterns import Glance as Glance
    from ticker.archive.matchers import Matcher as Matcher
    from ticker.archive.matchers import Mode as Mode
    from ticker.archive.matchers import fixed as fixed
    from ticker.archive.matchers import make_matcher as make_matcher
    from ticker.archive.matchers import regex as regex
    from ticker.archive.matchers import words as words
    from ticker.archive.overview import Extent as Extent
    from ticker.archive.reader import Query as Query
    from ticker.archive.reader import once as once
    from ticker.archive.retiming import Retiming as Retiming
    from ticker.archive.search_index import Index as Index

# Imported when asked for: what `ticker list` needs takes 25 ms, all of it 69.
_NAMES = {
    "compaction": ("OPEN_FOR", "ClosedMonth", "Compacted"),
    "extent": ("Extent",),
    "finding": ("Story",),
    "following": ("follow",),
    "glance": ("Glance",),
    "growth": ("Growth",),
    "importing": ("Importer", "Incoming", "read_incoming"),
    "index": ("Index",),
    "layout": ("Kind",),
    "lines": ("Problem", "Stored", "StoredArticle", "StoredHeadline", "is_reread", "to_line"),
    "matching": ("Matcher", "Mode", "fixed", "make_matcher", "regex", "words"),
    "reading": ("Query", "once"),
    "repairing": ("Repair",),
    "retiming": ("Retiming",),
    "store": ("Added", "Archive", "Arrival", "days_of"),
    "verifying": ("Verification",),
}
_HOMES = {name: f"{__name__}.{module}" for module, names in _NAMES.items() for name in names}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
