"""Evidence for and against a list of timestamped entries being a list of headlines.

Each piece of evidence is measured from 0 (absent) to 1 (present in every entry) and multiplied by its weight. A list is
a list of headlines if the sum of its points is above zero. Only evidence of weight ``DECISIVE`` decides alone. The
weights are set by hand, in half points.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from statistics import median

from ticker.parsing.headlines import list_filters, title_filters
from ticker.parsing.headlines.candidates import (
    Candidate,
    Row,
    descending_order,
    has_descending_clocks,
    is_age,
    may_be_duration,
)
from ticker.parsing.headlines.lists import Entry
from ticker.parsing.headlines.titles import is_bold_line, length_of
from ticker.parsing.outline import HEADINGS
from ticker.parsing.vocabulary.blocks import COMMENT_WORDS, split_words
from ticker.parsing.vocabulary.lists import (
    EVENTS,
    HOMES,
    JOBS,
    LATEST_WORDS,
    NEWS_HEADINGS,
    NEWS_PATHS,
    OTHER_THINGS,
    POSTS,
    PRODUCTS,
    QUOTE_NAMES,
    REVIEWS,
    SCHEDULE_HEADINGS,
    SCHEDULE_NAMES,
    SOCIAL_NAMES,
    TOPICS,
    ListKind,
)
from ticker.text import fold

# Outweighs the sum of all evidence for a list.
DECISIVE = -20.0
# The base score is negative: a list without evidence is not a list of headlines.
_BASE_SCORE = -3.0
_BASE_REASON = "base score of every list"
# Minimum median length of headlines in letters; names and labels are shorter.
_SHORTEST_MEDIAN = 18
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence for (``weight`` above zero) or against a list of headlines; ``measure`` returns 0 to 1."""

    reason: str
    weight: float
    measure: Callable[[Candidate], float]


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of evidence found in a list, with its points."""

    reason: str
    points: float


class Verdict:
    """The classification of a candidate list, with the evidence for and against it."""

    def __init__(self, candidate: Candidate) -> None:
        self._candidate = candidate
        self._measured: dict[str, float] = {}

    def _points_of(self, evidence: Evidence) -> float:
        """Return the points of a piece of evidence, which is measured once."""
        known = self._measured.get(evidence.reason)
        if known is None:
            known = round(evidence.weight * evidence.measure(self._candidate), 1)
            self._measured[evidence.reason] = known
        return known

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, those with the most points in either direction first."""
        found = [Finding(each.reason, self._points_of(each)) for each in EVIDENCE]
        found.append(Finding(_BASE_REASON, _BASE_SCORE))
        return tuple(sorted((finding for finding in found if finding.points), key=lambda each: -abs(each.points)))

    @property
    def points(self) -> float:
        """Return the sum of all points, which is above zero for a list of headlines."""
        return sum(finding.points for finding in self.findings)

    @cached_property
    def rejection_reason(self) -> str | None:
        """Return the strongest reason against the list, or None if it is a list of headlines."""
        # Evidence that decides alone is measured first: it rejects most lists.
        for each in EVIDENCE:
            if each.weight == DECISIVE and self._points_of(each):
                return each.reason
        if self.points > 0:
            return None
        against = (each.reason for each in self.findings if each.points < 0 and each.reason != _BASE_REASON)
        return next(against, "too little evidence of headlines")

    @property
    def is_live(self) -> bool:
        """Return whether the entries are posts of a live blog on this page."""
        return bool(_are_live_posts(self._candidate))


# ---- titles


# ---- class names, headings, links and the contents of entries


def _are_short(candidate: Candidate) -> float:
    return median(length_of(row.headline.title) for row in candidate.rows) < _shortest(candidate)


def _shortest(candidate: Candidate) -> int:
    # The headings of a live blog are shorter.
    return _SHORTEST_MEDIAN if not _are_live_posts(candidate) else _SHORTEST_MEDIAN * 2 // 3


def _announces_news(candidate: Candidate) -> float:
    return _has_heading_word(candidate, NEWS_HEADINGS)


def _has_heading_word(candidate: Candidate, words: frozenset[str]) -> bool:
    return not words.isdisjoint(fold(candidate.section or "").split())


def _are_live_posts(candidate: Candidate) -> float:
    """Return whether entries are posts of a live blog on this page: headings with text and no link elsewhere."""
    rows = candidate.rows
    stay = candidate.share(lambda row: candidate.stays(row)) > 0.5
    if not stay or candidate.share(_is_headed) <= 0.5:
        return False
    if median(row.entry.node.chars - len(row.headline.title) for row in rows) < _SHORTEST_POST:
        return False
    times = [row.headline.time for row in rows if row.headline.time is not None]
    brief = bool(times) and max(times) - min(times) <= _LONGEST_LIVE_BLOG
    return candidate.is_live or (brief and descending_order(candidate) > _SOME_ORDER)


def _is_headed(row: Row) -> bool:
    node = row.title.node
    if node is None:
        return False
    return node.tag in HEADINGS or (node.parent is not None and node.parent.tag in HEADINGS) or is_bold_line(node)


def _are_ticker_lines(candidate: Candidate) -> float:
    """Return whether entries are short lines with clock times, newest first."""
    prose = candidate.share(lambda row: _is_sentence(row, candidate))
    brief = median(len(row.headline.title) for row in candidate.rows) <= _LONGEST_TICKER_LINE
    return prose < _FEW_SENTENCES and brief and has_descending_clocks(candidate)


def _is_sentence(row: Row, candidate: Candidate) -> bool:
    """Return whether a title, or the line that contains it and its time ("... at 18:00."), ends with a full stop."""
    stamp = row.entry.stamp
    line = candidate.outline.texts[stamp.index].strip() if stamp.rest else ""
    return (
        title_filters.SENTENCE_END.search(row.headline.title) is not None
        or title_filters.SENTENCE_END.search(line) is not None
    )


def _is_running_text(candidate: Candidate) -> float:
    return candidate.share(lambda row: not row.link.is_title and not title_filters.is_marked(row))


def _are_comments(candidate: Candidate) -> float:
    """Return how strongly class names and heading indicate comments, less if titles link to articles.

    Headlines may be in a box with such a name: "most commented", or opinion pieces. The heading "Latest comments"
    counts in full.
    """
    named = candidate.named(COMMENT_WORDS)
    headed = _has_heading_word(candidate, COMMENT_WORDS)
    if headed and _has_heading_word(candidate, LATEST_WORDS):
        return 1.0
    return min(1.0, (named + headed) * (1.0 - _STORIES_EXCUSE * candidate.stories))


def _lead_to_comments(candidate: Candidate) -> float:
    def leads(row: Row) -> bool:
        link = row.entry.stamp.node.link or next(
            (child for child in candidate.outline.children(row.entry.stamp.node) if child.tag == "a"), None
        )
        return bool(_COMMENT_LINK.search(row.headline.url or "")) or (
            link is not None and bool(_COMMENT_LINK.search(link.get("href") or ""))
        )

    return candidate.share(leads) > 0.3


def _lead_to_posts(candidate: Candidate) -> float:
    return candidate.share(lambda row: bool(_POST_LINK.search(row.headline.url or ""))) > 0.3


def _are_social(candidate: Candidate) -> float:
    named = candidate.named(SOCIAL_NAMES) > 0.5
    return named and candidate.stories < 0.9


def _is_programme(candidate: Candidate) -> float:
    named = candidate.named(SCHEDULE_NAMES) > 0.5
    return not _show_ages(candidate) and (named or _has_heading_word(candidate, SCHEDULE_HEADINGS))


def _are_events(candidate: Candidate) -> float:
    return 0.0 if _show_ages(candidate) else _kind_measure(EVENTS)(candidate)


def _kind_measure_without_articles(kind: ListKind) -> Callable[[Candidate], float]:
    """Return the measure of a kind whose signs newspapers also show, reduced by titles that link to articles."""
    measure = _kind_measure(kind)
    return lambda candidate: measure(candidate) * (1.0 - _STORIES_EXCUSE * candidate.stories)


def _show_ages(candidate: Candidate) -> bool:
    """Return whether most entries show an age ("5 minutes ago"), which rules out a programme."""
    return candidate.share(lambda row: is_age(row.entry) and not may_be_duration(row.entry)) > 0.5


def _are_quotes(candidate: Candidate) -> float:
    # Market news has such class names too, but longer titles; the title of a quote is a name and numbers.
    brief = median(length_of(row.headline.title) for row in candidate.rows) < _LONGEST_QUOTE
    return brief and candidate.named(QUOTE_NAMES) > 0.5


def _kind_measure(kind: ListKind) -> Callable[[Candidate], float]:
    """Return a measure of how strongly URLs, class names, labels and heading indicate a kind, at most 1."""

    def measure(candidate: Candidate) -> float:
        paths = candidate.share(lambda row: _leads_to(kind.paths, row))
        named = candidate.share(lambda row: not kind.names.isdisjoint(_own_names(row.entry)))
        noted = candidate.noted(kind.is_noted)
        titled = candidate.share(lambda row: kind.is_noted(fold(row.headline.title)))
        headed = _has_heading_word(candidate, kind.headings)
        return min(1.0, _ONE_SIGN * (paths + max(noted, titled) + headed) + _NAMES_ALONE * named)

    return measure


def _leads_to(paths: frozenset[str], row: Row) -> bool:
    """Return whether a URL has one of these parts and no word for news before it (``/news/products/``)."""
    if paths.isdisjoint(row.segments):
        return False
    for part in row.segments:
        if part in NEWS_PATHS:
            return False
        if part in paths:
            return True
    return False


def _own_names(entry: Entry) -> frozenset[str]:
    """Return the words in the class names and ids of an entry and its parent."""
    node = entry.node
    return split_words(node.names) | (split_words(node.parent.names) if node.parent is not None else frozenset())


EVIDENCE = (
    Evidence("titles link to articles", 3, title_filters.link_to_articles),
    Evidence("URLs with a word for news or a date", 1, title_filters.are_filed_as_news),
    Evidence("titles are links, headings or named as titles", 2, title_filters.are_marked),
    Evidence("titles read like headlines", 2, title_filters.read_like_headlines),
    Evidence("newest first", 2, list_filters.descending_share),
    Evidence("unambiguous times", 1.5, list_filters.unambiguous_share),
    Evidence("list heading with a word for news", 1, _announces_news),
    Evidence("posts of a live blog", 4, _are_live_posts),
    Evidence("short ticker lines, newest first", 3.5, _are_ticker_lines),
    Evidence("dates without a time of day", DECISIVE, list_filters.are_dates),
    Evidence("titles too short for headlines", DECISIVE, _are_short),
    Evidence("titles are numbers", DECISIVE, title_filters.are_numbers),
    Evidence("titles are times", DECISIVE, title_filters.are_times),
    Evidence("sports results", DECISIVE, title_filters.are_results),
    Evidence("repeated titles", DECISIVE, title_filters.are_the_same),
    Evidence("durations of videos or audio", DECISIVE, list_filters.are_media),
    Evidence("durations in minutes or hours", DECISIVE, list_filters.are_minutes),
    Evidence("countdowns, not ages", DECISIVE, list_filters.are_countdowns),
    Evidence("reading times of articles", DECISIVE, list_filters.are_reading_times),
    Evidence("durations, not ages", DECISIVE, list_filters.are_periods),
    Evidence("decimal numbers, not clock times", DECISIVE, list_filters.are_decimals),
    Evidence("time ranges, as in a programme", DECISIVE, list_filters.are_ranges),
    Evidence("programme, calendar or fixtures", DECISIVE, _is_programme),
    Evidence("clock times increase down the page, as in a programme", DECISIVE, list_filters.are_ascending_clocks),
    Evidence("market quotes", DECISIVE, _are_quotes),
    Evidence("posts of a social network", DECISIVE, _are_social),
    Evidence("times in the future", DECISIVE, list_filters.are_future),
    Evidence("ages of more than a year", DECISIVE, list_filters.are_old),
    Evidence("comments", -10, _are_comments),
    Evidence("links to comments", -10, _lead_to_comments),
    Evidence("links to posts", -3, _lead_to_posts),
    Evidence("posts with reply buttons", -15, _kind_measure_without_articles(POSTS)),
    Evidence("running text without links or headings", -4, _is_running_text),
    Evidence("titles are sentences or paragraphs", -2, title_filters.are_sentences),
    Evidence("customer reviews", -15, _kind_measure_without_articles(REVIEWS)),
    Evidence("forum topics", -15, _kind_measure(TOPICS)),
    Evidence("job offers", -15, _kind_measure(JOBS)),
    Evidence("property and classified ads", -15, _kind_measure(HOMES)),
    Evidence("products and prices", -15, _kind_measure(PRODUCTS)),
    Evidence("events", -15, _are_events),
    Evidence("members, downloads, commits or songs", -15, _kind_measure(OTHER_THINGS)),
    Evidence("oldest first", -3, list_filters.ascending_share),
    Evidence("dates in ascending order with round clock times", -7, list_filters.are_of_calendar),
    Evidence("same time for all entries", -5, list_filters.are_identical),
    Evidence("only full and quarter hours", -2, list_filters.are_round),
)
