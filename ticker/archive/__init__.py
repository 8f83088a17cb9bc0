"""The archive: what was read of pages, kept for good in plain files, listed and searched.

``docs/archive-format.md`` describes the files.
"""

from ticker.archive.finding import Story
from ticker.archive.index import Index
from ticker.archive.lines import Problem, Stored, StoredArticle, StoredHeadline
from ticker.archive.matching import Matcher, Mode, fixed, make_matcher, regex, words
from ticker.archive.reading import Query
from ticker.archive.store import Added, Archive

__all__ = [
    "Added",
    "Archive",
    "Index",
    "Matcher",
    "Mode",
    "Problem",
    "Query",
    "Stored",
    "StoredArticle",
    "StoredHeadline",
    "Story",
    "fixed",
    "make_matcher",
    "regex",
    "words",
]
