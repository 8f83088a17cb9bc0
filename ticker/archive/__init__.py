"""Archive of headlines and articles in plain text files, which can be listed and searched.

``docs/archive-format.md`` describes the files.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ticker.archive.compaction import OPEN_FOR as OPEN_FOR
    from ticker.archive.compaction import ClosedMonth as ClosedMonth
    from ticker.archive.compaction import Compacted as Compacted
    from ticker.archive.extent import Extent as Extent
    from ticker.archive.finding import Story as Story
    from ticker.archive.following import follow as follow
    from ticker.archive.glance import Glance as Glance
    from ticker.archive.growth import Growth as Growth
    from ticker.archive.importing import Importer as Importer
    from ticker.archive.importing import Incoming as Incoming
    from ticker.archive.importing import read_incoming as read_incoming
    from ticker.archive.index import Index as Index
    from ticker.archive.layout import Kind as Kind
    from ticker.archive.lines import Problem as Problem
    from ticker.archive.lines import Stored as Stored
    from ticker.archive.lines import StoredArticle as StoredArticle
    from ticker.archive.lines import StoredHeadline as StoredHeadline
    from ticker.archive.lines import is_reread as is_reread
    from ticker.archive.lines import to_line as to_line
    from ticker.archive.matching import Matcher as Matcher
    from ticker.archive.matching import Mode as Mode
    from ticker.archive.matching import fixed as fixed
    from ticker.archive.matching import make_matcher as make_matcher
    from ticker.archive.matching import regex as regex
    from ticker.archive.matching import words as words
    from ticker.archive.reading import Query as Query
    from ticker.archive.reading import once as once
    from ticker.archive.repairing import Repair as Repair
    from ticker.archive.retiming import Retiming as Retiming
    from ticker.archive.store import Added as Added
    from ticker.archive.store import Archive as Archive
    from ticker.archive.store import Arrival as Arrival
    from ticker.archive.store import days_of as days_of
    from ticker.archive.verifying import Verification as Verification

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
