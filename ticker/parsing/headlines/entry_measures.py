"""Measures of the entries of a list, 0 to 1: what their titles, links, class names and labels show them to be."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from statistics import median

from ticker.parsing.headlines.candidates import Candidate, Row
from ticker.parsing.headlines.time_measures import descending_order, has_descending_clocks, show_ages
from ticker.parsing.headlines.titles import is_bold_line, is_headed, length_of
from ticker.parsing.outline import HEADINGS
from ticker.parsing.vocabulary.blocks import COMMENT_WORDS, role_words
from ticker.parsing.vocabulary.lists import (
    EVENTS,
    LATEST_WORDS,
    NEWS_HEADINGS,
    NEWS_PATHS,
    QUOTE_NAMES,
    SCHEDULE_HEADINGS,
    SCHEDULE_NAMES,
    SOCIAL_NAMES,
    TITLE_NAMES,
    ListKind,
)
from ticker.text import fold
from ticker.times.finder import find_times

Measure = Callable[[Candidate], float]

_SENTENCE_LENGTH = range(22, 180)
# Headlines rarely end with a full stop; comments and paragraphs mostly do.
_SENTENCE_END = re.compile(r"(?<!\.)[.。।۔]['\"’”»)]*$")
# "Arsenal 2 - 1 Chelsea"
_SCORE = re.compile(r"[^\W\d_]\s+\d{1,3}\s?[-–:]\s?\d{1,3}\s+[^\W\d_]")
_DATE_IN_PATH = re.compile(r"/(?:19|20)\d\d[/-]?[01]\d(?:[/-]?[0-3]\d)?[/-]")
_LETTER = re.compile(r"[^\W\d_]")
# Minimum median length of headlines in letters; names and labels are shorter. So are the headings of a live blog.
_SHORTEST_MEDIAN = 18
_SHORTEST_LIVE_MEDIAN = 12
# Maximum median length of ticker lines without links, in characters; comments are longer.
_LONGEST_TICKER_LINE = 160
_FEW_SENTENCES = 0.25
# Minimum median length of the text below the headline of a live blog post, in characters.
_SHORTEST_POST = 60
# Reviews and answers span weeks; a live blog spans at most this.
_LONGEST_LIVE_BLOG = timedelta(days=2)
# Minimum order; three entries in order have 0.5.
_SOME_ORDER = 0.4
# Maximum median title length of market quotes, which consist of a name, a price and a change.
_LONGEST_QUOTE = 40
_COMMENT_LINK = re.compile(
    r"#(?:[\w-]*comments?|respond|reply|kommentare?|commentaires?|comentarios?)(?:[-_:=/]?\w*)?$"
    r"|[?&](?:replytocom|comment(?:_?id)?)=",
    re.I,
)
_POST_LINK = re.compile(r"#(?:post|entry|msg|p|c)[-_]?\d+$", re.I)
# Each sign of a kind counts this much: one sign is enough to reject a list with all other evidence for headlines.
_ONE_SIGN = 0.6
# Class names count less: a list of news may use the components of a shop.
_NAMES_ALONE = 0.45
# Class names for comments and reply buttons count less by this factor if titles link to articles.
_STORIES_EXCUSE = 0.8


# ---- titles


def are_marked(candidate: Candidate) -> float:
    """Return the share of titles that are links, headings or named as titles."""
    return candidate.share(_is_marked)


def _is_marked(row: Row) -> bool:
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


def are_running_text(candidate: Candidate) -> float:
    """Return the share of titles that neither link nor are marked."""
    return candidate.share(lambda row: not row.link.is_title and not _is_marked(row))


def read_like_headlines(candidate: Candidate) -> float:
    """Return the share of titles as long as headlines, without a full stop."""
    return candidate.share(
        lambda row: length_of(row.headline.title) in _SENTENCE_LENGTH and not _SENTENCE_END.search(row.headline.title)
    )


def are_sentences(candidate: Candidate) -> float:
    """Return the share of titles that are long or end with a full stop."""
    return candidate.share(
        lambda row: (
            length_of(row.headline.title) >= _SENTENCE_LENGTH.stop
            or _SENTENCE_END.search(row.headline.title) is not None
        )
    )


def are_short(candidate: Candidate) -> float:
    """Return whether titles are too short for headlines."""
    shortest = _SHORTEST_LIVE_MEDIAN if are_live_posts(candidate) else _SHORTEST_MEDIAN
    return _median_length(candidate) < shortest


def _median_length(candidate: Candidate) -> float:
    return median(length_of(row.headline.title) for row in candidate.rows)


def are_numbers(candidate: Candidate) -> float:
    """Return whether most titles have more digits and signs than letters."""
    titles = (row.headline.title for row in candidate.rows)
    are_words = [len(_LETTER.findall(title)) * 2 >= len(title.replace(" ", "")) for title in titles]
    return sum(are_words) / len(are_words) < 0.6


def are_times(candidate: Candidate) -> float:
    """Return whether most titles are mainly times."""
    titles = (row.headline.title for row in candidate.rows)
    are_mainly = [sum(len(found.text) for found in find_times(title)) * 2 > len(title) for title in titles]
    return sum(are_mainly) / len(are_mainly) > 0.5


def are_results(candidate: Candidate) -> float:
    """Return whether most titles are results of matches."""
    return candidate.share(lambda row: _SCORE.search(row.headline.title) is not None) > 0.5


def are_the_same(candidate: Candidate) -> float:
    """Return whether most titles repeat others."""
    return len({row.headline.title for row in candidate.rows}) * 2 < len(candidate.rows)


# ---- headings and links


def link_to_articles(candidate: Candidate) -> float:
    """Return the share of entries whose titles link to articles."""
    return candidate.stories


def are_filed_as_news(candidate: Candidate) -> float:
    """Return the share of URLs that contain a word for news or a date."""
    return candidate.share(
        lambda row: not NEWS_PATHS.isdisjoint(row.segments) or _DATE_IN_PATH.search(row.headline.url or "") is not None
    )


def are_announced_as_news(candidate: Candidate) -> float:
    """Return whether the heading has a word for news."""
    return candidate.is_headed(NEWS_HEADINGS)


def lead_to_comments(candidate: Candidate) -> float:
    """Return whether titles or times link to comments."""

    def leads(row: Row) -> bool:
        children = row.outline.children(row.stamp.node)
        link = row.stamp.node.link or next((child for child in children if child.tag == "a"), None)
        urls = (row.headline.url, link.get("href") if link is not None else None)
        return any(_COMMENT_LINK.search(url or "") for url in urls)

    return candidate.share(leads) > 0.3


def lead_to_posts(candidate: Candidate) -> float:
    """Return whether titles link to posts of a page."""
    return candidate.share(lambda row: _POST_LINK.search(row.headline.url or "") is not None) > 0.3


# ---- kinds of lists


def are_live_posts(candidate: Candidate) -> float:
    """Return whether entries are posts of a live blog on this page: headings with text and no link elsewhere."""
    rows = candidate.rows
    if candidate.share(candidate.stays) <= 0.5 or candidate.share(lambda row: is_headed(row.title.node)) <= 0.5:
        return False
    if median(row.entry.node.chars - len(row.headline.title) for row in rows) < _SHORTEST_POST:
        return False
    times = [row.headline.time for row in rows if row.headline.time is not None]
    is_brief = bool(times) and max(times) - min(times) <= _LONGEST_LIVE_BLOG
    return candidate.is_live or (is_brief and descending_order(candidate) > _SOME_ORDER)


def are_ticker_lines(candidate: Candidate) -> float:
    """Return whether entries are short lines with clock times, newest first."""

    def is_sentence(row: Row) -> bool:
        # The full stop may be after the time: "... at 18:00."
        line = row.outline.texts[row.stamp.index].strip() if row.stamp.rest else ""
        return any(_SENTENCE_END.search(text) for text in (row.headline.title, line))

    is_brief = median(len(row.headline.title) for row in candidate.rows) <= _LONGEST_TICKER_LINE
    return is_brief and candidate.share(is_sentence) < _FEW_SENTENCES and has_descending_clocks(candidate)


def are_comments(candidate: Candidate) -> float:
    """Return how strongly class names and heading indicate comments, less if titles link to articles.

    Headlines may be in a box with such a name: "most commented", or opinion pieces. The heading "Latest comments"
    counts in full.
    """
    headed = candidate.is_headed(COMMENT_WORDS)
    if headed and candidate.is_headed(LATEST_WORDS):
        return 1.0
    return min(1.0, (candidate.named(COMMENT_WORDS) + headed) * (1.0 - _STORIES_EXCUSE * candidate.stories))


def are_social(candidate: Candidate) -> float:
    """Return whether class names indicate posts of a social network, which do not link to articles."""
    return candidate.named(SOCIAL_NAMES) > 0.5 and candidate.stories < 0.9


def are_programme(candidate: Candidate) -> float:
    """Return whether class names or heading indicate a programme, a calendar or fixtures."""
    is_named = candidate.named(SCHEDULE_NAMES) > 0.5 or candidate.is_headed(SCHEDULE_HEADINGS)
    return is_named and not show_ages(candidate)


def are_events(candidate: Candidate) -> float:
    """Return how strongly entries are events."""
    return 0.0 if show_ages(candidate) else are_of_kind(EVENTS)(candidate)


def are_quotes(candidate: Candidate) -> float:
    """Return whether entries are market quotes."""
    # Market news has such class names too, but longer titles; the title of a quote is a name and numbers.
    return _median_length(candidate) < _LONGEST_QUOTE and candidate.named(QUOTE_NAMES) > 0.5


def are_of_kind(kind: ListKind) -> Measure:
    """Return a measure of how strongly URLs, class names, labels and heading indicate a kind, at most 1."""

    def measure(candidate: Candidate) -> float:
        paths = candidate.share(lambda row: _leads_to(kind.paths, row))
        named = candidate.share(lambda row: not kind.names.isdisjoint(row.names))
        noted = candidate.share(lambda row: any(map(kind.is_noted, row.notes)))
        titled = candidate.share(lambda row: kind.is_noted(fold(row.headline.title)))
        headed = candidate.is_headed(kind.headings)
        return min(1.0, _ONE_SIGN * (paths + max(noted, titled) + headed) + _NAMES_ALONE * named)

    return measure


def are_of_kind_without_articles(kind: ListKind) -> Measure:
    """Return the measure of a kind whose signs newspapers also show, reduced by titles that link to articles."""
    measure = are_of_kind(kind)
    return lambda candidate: measure(candidate) * (1.0 - _STORIES_EXCUSE * candidate.stories)


def _leads_to(paths: frozenset[str], row: Row) -> bool:
    """Return whether a URL has one of these parts and no word for news before it (``/news/products/``)."""
    first = next((part for part in row.segments if part in paths or part in NEWS_PATHS), None)
    return first is not None and first not in NEWS_PATHS
