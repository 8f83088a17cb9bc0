"""Measures on the titles of a list: whether they link to articles and read like headlines."""

from __future__ import annotations

import re

from ticker.parsing.headlines.candidates import (
    Candidate,
    Row,
)
from ticker.parsing.headlines.titles import is_bold_line, length_of
from ticker.parsing.outline import HEADINGS
from ticker.parsing.vocabulary.blocks import role_words
from ticker.parsing.vocabulary.lists import (
    NEWS_PATHS,
    TITLE_NAMES,
)
from ticker.times.finder import find_times

_SENTENCE_LENGTH = range(22, 180)

# Headlines rarely end with a full stop; comments and paragraphs mostly do.
SENTENCE_END = re.compile(r"(?<!\.)[.。।۔]['\"’”»)]*$")

# "Arsenal 2 - 1 Chelsea"
_SCORE = re.compile(r"[^\W\d_]\s+\d{1,3}\s?[-–:]\s?\d{1,3}\s+[^\W\d_]")

_DATE_IN_PATH = re.compile(r"/(?:19|20)\d\d[/-]?[01]\d(?:[/-]?[0-3]\d)?[/-]")

_LETTER = re.compile(r"[^\W\d_]")


def link_to_articles(candidate: Candidate) -> float:
    """Return the share of entries whose titles link to articles."""
    return candidate.stories


def are_filed_as_news(candidate: Candidate) -> float:
    """Return the share of URLs that contain a word for news or a date."""
    return candidate.share(lambda row: not NEWS_PATHS.isdisjoint(row.segments) or _has_date(row.headline.url or ""))


def _has_date(url: str) -> bool:
    return _DATE_IN_PATH.search(url) is not None


def are_marked(candidate: Candidate) -> float:
    """Return the share of titles that are links, headings or named as titles."""
    return candidate.share(is_marked)


def is_marked(row: Row) -> bool:
    """Return whether a title is a link, a heading or bold line, or has a title's class name."""
    title = row.title.node
    if row.link.is_title and row.link.node is not None and title is not None and row.link.node.holds(title):
        return True
    node = title
    for _ in range(2):
        if node is None:
            return False
        if node.tag in HEADINGS or not TITLE_NAMES.isdisjoint(role_words(node.names)) or is_bold_line(node):
            return True
        node = node.parent
    return False


def read_like_headlines(candidate: Candidate) -> float:
    """Return the share of titles as long as headlines, without a full stop."""

    def reads(row: Row) -> bool:
        title = row.headline.title
        return length_of(title) in _SENTENCE_LENGTH and not SENTENCE_END.search(title)

    return candidate.share(reads)


def are_sentences(candidate: Candidate) -> float:
    """Return the share of titles that are long or end with a full stop."""

    def is_sentence(row: Row) -> bool:
        title = row.headline.title
        return length_of(title) >= _SENTENCE_LENGTH.stop or SENTENCE_END.search(title) is not None

    return candidate.share(is_sentence)


def are_numbers(candidate: Candidate) -> float:
    """Return whether most titles have more digits and signs than letters."""

    def is_text(row: Row) -> bool:
        return len(_LETTER.findall(row.headline.title)) * 2 >= len(row.headline.title.replace(" ", ""))

    return candidate.share(is_text) < 0.6


def are_times(candidate: Candidate) -> float:
    """Return whether most titles are mainly times."""

    def is_time(row: Row) -> bool:
        title = row.headline.title
        return sum(len(found.text) for found in find_times(title)) * 2 > len(title)

    return candidate.share(is_time) > 0.5


def are_results(candidate: Candidate) -> float:
    """Return whether most titles are results of matches."""
    return candidate.share(lambda row: _SCORE.search(row.headline.title) is not None) > 0.5


def are_the_same(candidate: Candidate) -> float:
    """Return whether most titles repeat others."""
    return len({row.headline.title for row in candidate.rows}) * 2 < len(candidate.rows)
