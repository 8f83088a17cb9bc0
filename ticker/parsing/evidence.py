"""What speaks for a list of entries with times being one of headlines, and what against it.

Each piece of evidence is measured from 0 (not there) to 1 (there in every entry) and weighed. A list whose points are
above zero is one of headlines. No piece decides alone save those that weigh `CERTAIN`. The weights were set by hand, in
half points.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from statistics import median

from ticker.parsing import lengths, timing
from ticker.parsing.candidates import (
    Candidate,
    Row,
    falls,
    is_age,
    is_bare,
    order_of,
)
from ticker.parsing.list_words import (
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
    TITLE_NAMES,
    TOPICS,
    Kind,
)
from ticker.parsing.lists import Entry
from ticker.parsing.outline import HEADINGS
from ticker.parsing.titles import is_bold_line, length_of
from ticker.parsing.words import COMMENTS, roles_of, words_of
from ticker.text import fold
from ticker.times import find_times

# Outweighs all that can speak for a list.
CERTAIN = -20.0
# What a list begins with: it has to show that it is one of headlines.
_START = -3.0
_START_REASON = "every list begins with"
# Headlines are sentences: half of them have at least this many letters. Names and labels have fewer.
_SHORTEST_MEDIAN = 18
_SENTENCE_LENGTH = range(22, 180)
# A ticker's line without a link is a sentence or two; comments run on.
_LONGEST_TICKER_LINE = 160
# Headlines do not end in a full stop, save the odd one that quotes; comments and paragraphs mostly do.
_SENTENCE_END = re.compile(r"(?<!\.)[.。।۔]['\"’”»)]*$")
_FEW_SENTENCES = 0.25
# Under the headline of a post of a live blog stands its text.
_SHORTEST_POST = 60
# Reviews and answers are written over weeks.
_LONGEST_LIVE_BLOG = timedelta(days=2)
# "Arsenal 2 - 1 Chelsea"
_SCORE = re.compile(r"[^\W\d_]\s+\d{1,3}\s?[-–:]\s?\d{1,3}\s+[^\W\d_]")
# Three entries, each older than the one before.
_SOME_ORDER = 0.4
# A quote's texts are a company's name, a price and a change.
_LONGEST_QUOTE = 40
_COMMENT_LINK = re.compile(
    r"#(?:[\w-]*comments?|respond|reply|kommentare?|commentaires?|comentarios?)(?:[-_:=/]?\w*)?$"
    r"|[?&](?:replytocom|comment(?:_?id)?)=",
    re.I,
)
_POST_LINK = re.compile(r"#(?:post|entry|msg|p|c)[-_]?\d+$", re.I)
_DATE_IN_PATH = re.compile(r"/(?:19|20)\d\d[/-]?[01]\d(?:[/-]?[0-3]\d)?[/-]")
_LETTER = re.compile(r"[^\W\d_]")
# Of the four signs of a kind of things one is enough against a list that is like one of headlines in all else.
_ONE_SIGN = 0.6
# Class names say less: a list of news may be built of the parts of a shop.
_NAMES_ALONE = 0.45
# Names of comments and buttons to reply say little where all titles lead to stories.
_STORIES_EXCUSE = 0.8


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that speaks for a list of headlines (``weight`` above zero) or against it, and how it is measured."""

    reason: str
    weight: float
    measure: Callable[[Candidate], float]


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of evidence that was found, with the points that it gives."""

    reason: str
    points: float


class Verdict:
    """The decision on a candidate, with what was found for and against it."""

    def __init__(self, candidate: Candidate) -> None:
        self._candidate = candidate
        self._measured: dict[str, float] = {}

    def _points_of(self, evidence: Evidence) -> float:
        """Return what a piece of evidence gives; it is measured once."""
        known = self._measured.get(evidence.reason)
        if known is None:
            known = round(evidence.weight * evidence.measure(self._candidate), 1)
            self._measured[evidence.reason] = known
        return known

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found, the weightiest first."""
        found = [Finding(each.reason, self._points_of(each)) for each in EVIDENCE]
        found.append(Finding(_START_REASON, _START))
        return tuple(sorted((finding for finding in found if finding.points), key=lambda each: -abs(each.points)))

    @property
    def points(self) -> float:
        """All points together; above zero for a list of headlines."""
        return sum(finding.points for finding in self.findings)

    @cached_property
    def refused(self) -> str | None:
        """The weightiest reason against the list; None where it is one of headlines."""
        # What is certain is asked first: it settles most lists.
        for each in EVIDENCE:
            if each.weight == CERTAIN and self._points_of(each):
                return each.reason
        if self.points > 0:
            return None
        against = (each.reason for each in self.findings if each.points < 0 and each.reason != _START_REASON)
        return next(against, "too little speaks for headlines")

    @property
    def is_live(self) -> bool:
        """Return whether the entries are posts of the page's own live blog."""
        return bool(_are_live_posts(self._candidate))


# ---- titles


def _lead_to_stories(candidate: Candidate) -> float:
    return candidate.stories


def _are_filed_as_news(candidate: Candidate) -> float:
    """Return the share of addresses with a word for news or the date of a story in them."""
    return candidate.share(lambda row: not NEWS_PATHS.isdisjoint(row.segments) or _has_date(row.headline.url or ""))


def _has_date(url: str) -> bool:
    return _DATE_IN_PATH.search(url) is not None


def _are_marked(candidate: Candidate) -> float:
    return candidate.share(_is_marked)


def _is_marked(row: Row) -> bool:
    """Return whether a title is a link, a heading or named as a title."""
    title = row.title.node
    if row.link.is_title and row.link.node is not None and title is not None and row.link.node.holds(title):
        return True
    node = title
    for _ in range(2):
        if node is None:
            return False
        if node.tag in HEADINGS or not TITLE_NAMES.isdisjoint(roles_of(node.names)) or is_bold_line(node):
            return True
        node = node.parent
    return False


def _read_like_headlines(candidate: Candidate) -> float:
    def reads(row: Row) -> bool:
        title = row.headline.title
        return length_of(title) in _SENTENCE_LENGTH and not _SENTENCE_END.search(title)

    return candidate.share(reads)


def _are_sentences(candidate: Candidate) -> float:
    def is_sentence(row: Row) -> bool:
        title = row.headline.title
        return length_of(title) >= _SENTENCE_LENGTH.stop or _SENTENCE_END.search(title) is not None

    return candidate.share(is_sentence)


def _are_short(candidate: Candidate) -> float:
    return median(length_of(row.headline.title) for row in candidate.rows) < _shortest(candidate)


def _shortest(candidate: Candidate) -> int:
    # The headings of a live blog are a few words.
    return _SHORTEST_MEDIAN if not _are_live_posts(candidate) else _SHORTEST_MEDIAN * 2 // 3


def _are_numbers(candidate: Candidate) -> float:
    def is_text(row: Row) -> bool:
        return len(_LETTER.findall(row.headline.title)) * 2 >= len(row.headline.title.replace(" ", ""))

    return candidate.share(is_text) < 0.6


def _are_times(candidate: Candidate) -> float:
    def is_time(row: Row) -> bool:
        title = row.headline.title
        return sum(len(found.text) for found in find_times(title)) * 2 > len(title)

    return candidate.share(is_time) > 0.5


def _are_results(candidate: Candidate) -> float:
    return candidate.share(lambda row: _SCORE.search(row.headline.title) is not None) > 0.5


def _are_the_same(candidate: Candidate) -> float:
    return len({row.headline.title for row in candidate.rows}) * 2 < len(candidate.rows)


# ---- what it is named for, and what its entries hold


def _announces_news(candidate: Candidate) -> float:
    return _is_under(candidate, NEWS_HEADINGS)


def _is_under(candidate: Candidate, words: frozenset[str]) -> bool:
    return not words.isdisjoint(fold(candidate.section or "").split())


def _are_live_posts(candidate: Candidate) -> float:
    """Return whether entries are posts of the page's own live blog: headings with text, which lead nowhere else."""
    rows = candidate.rows
    stay = candidate.share(lambda row: candidate.stays(row)) > 0.5
    if not stay or candidate.share(_is_headed) <= 0.5:
        return False
    if median(row.entry.node.chars - len(row.headline.title) for row in rows) < _SHORTEST_POST:
        return False
    times = [row.headline.time for row in rows if row.headline.time is not None]
    brief = bool(times) and max(times) - min(times) <= _LONGEST_LIVE_BLOG
    return candidate.is_live or (brief and order_of(candidate) > _SOME_ORDER)


def _is_headed(row: Row) -> bool:
    node = row.title.node
    if node is None:
        return False
    return node.tag in HEADINGS or (node.parent is not None and node.parent.tag in HEADINGS) or is_bold_line(node)


def _are_ticker_lines(candidate: Candidate) -> float:
    """Return whether entries are short lines, each behind its clock, the newest first."""
    prose = candidate.share(lambda row: _is_sentence(row, candidate))
    brief = median(len(row.headline.title) for row in candidate.rows) <= _LONGEST_TICKER_LINE
    return prose < _FEW_SENTENCES and brief and falls(candidate)


def _is_sentence(row: Row, candidate: Candidate) -> bool:
    """Return whether a title, or the whole line that it was cut from ("... at 18:00."), ends in a full stop."""
    stamp = row.entry.stamp
    line = candidate.outline.texts[stamp.index].strip() if stamp.rest else ""
    return _SENTENCE_END.search(row.headline.title) is not None or _SENTENCE_END.search(line) is not None


def _is_running_text(candidate: Candidate) -> float:
    return candidate.share(lambda row: not row.link.is_title and not _is_marked(row))


def _are_comments(candidate: Candidate) -> float:
    """Return how far names and heading say comments; less where titles lead to stories.

    Headlines may stand in a box that is named so: "most commented", or a paper's opinions. "Latest comments" above a
    list leaves no doubt.
    """
    named = candidate.named(COMMENTS)
    headed = _is_under(candidate, COMMENTS)
    if headed and _is_under(candidate, LATEST_WORDS):
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
    return not _are_over(candidate) and (named or _is_under(candidate, SCHEDULE_HEADINGS))


def _are_events(candidate: Candidate) -> float:
    return 0.0 if _are_over(candidate) else _are(EVENTS)(candidate)


def _are_unless_stories(kind: Kind) -> Callable[[Candidate], float]:
    """Return the measure of a kind that papers have as well, with titles that lead to stories."""
    measure = _are(kind)
    return lambda candidate: measure(candidate) * (1.0 - _STORIES_EXCUSE * candidate.stories)


def _are_over(candidate: Candidate) -> bool:
    """Return whether the list shows ages: "5 minutes ago" is no programme, whatever its names are."""
    return candidate.share(lambda row: is_age(row.entry) and not is_bare(row.entry)) > 0.5


def _are_quotes(candidate: Candidate) -> float:
    # News of the markets has such names too, and sentences for titles; a quote has a name and numbers.
    brief = median(length_of(row.headline.title) for row in candidate.rows) < _LONGEST_QUOTE
    return brief and candidate.named(QUOTE_NAMES) > 0.5


def _are(kind: Kind) -> Callable[[Candidate], float]:
    """Return the measure of a kind of things: what addresses, names, buttons and heading say, at most 1."""

    def measure(candidate: Candidate) -> float:
        paths = candidate.share(lambda row: _leads_to(kind.paths, row))
        named = candidate.share(lambda row: not kind.names.isdisjoint(_own_names(row.entry)))
        noted = candidate.noted(kind.is_noted)
        titled = candidate.share(lambda row: kind.is_noted(fold(row.headline.title)))
        headed = _is_under(candidate, kind.headings)
        return min(1.0, _ONE_SIGN * (paths + max(noted, titled) + headed) + _NAMES_ALONE * named)

    return measure


def _leads_to(paths: frozenset[str], row: Row) -> bool:
    """Return whether an address has one of these parts, and none before it that says news (``/news/products/``)."""
    if paths.isdisjoint(row.segments):
        return False
    for part in row.segments:
        if part in NEWS_PATHS:
            return False
        if part in paths:
            return True
    return False


def _own_names(entry: Entry) -> frozenset[str]:
    """Return the words in the names of an entry and of what holds the list."""
    node = entry.node
    return words_of(node.names) | (words_of(node.parent.names) if node.parent is not None else frozenset())


EVIDENCE = (
    Evidence("titles lead to stories", 3, _lead_to_stories),
    Evidence("addresses of news, or with a date", 1, _are_filed_as_news),
    Evidence("titles are marked as such", 2, _are_marked),
    Evidence("titles read like headlines", 2, _read_like_headlines),
    Evidence("newest first", 2, timing.fall),
    Evidence("times that can be nothing else", 1.5, timing.are_plain),
    Evidence("its heading announces news", 1, _announces_news),
    Evidence("posts of a live blog", 4, _are_live_posts),
    Evidence("lines of a ticker, newest first", 3.5, _are_ticker_lines),
    Evidence("dates without a time of day", CERTAIN, timing.are_dates),
    Evidence("titles too short for headlines", CERTAIN, _are_short),
    Evidence("titles are numbers", CERTAIN, _are_numbers),
    Evidence("titles are times", CERTAIN, _are_times),
    Evidence("results of games", CERTAIN, _are_results),
    Evidence("the same title again and again", CERTAIN, _are_the_same),
    Evidence("lengths of videos or audio", CERTAIN, lengths.are_media),
    Evidence("lengths of minutes or hours", CERTAIN, lengths.are_minutes),
    Evidence("time that is left, not ages", CERTAIN, lengths.are_countdowns),
    Evidence("times that articles take to read", CERTAIN, lengths.are_reading_times),
    Evidence("lengths of time, not ages", CERTAIN, lengths.are_periods),
    Evidence("numbers, not clocks", CERTAIN, lengths.are_decimals),
    Evidence("spans of time, as a programme has", CERTAIN, timing.are_spans),
    Evidence("a programme, a calendar or fixtures", CERTAIN, _is_programme),
    Evidence("clocks that rise down the page, as a programme has", CERTAIN, timing.rise),
    Evidence("market quotes", CERTAIN, _are_quotes),
    Evidence("posts of a social network", CERTAIN, _are_social),
    Evidence("dates to come", CERTAIN, timing.lie_ahead),
    Evidence("ages of years, as old posts have", CERTAIN, timing.are_old),
    Evidence("comments", -10, _are_comments),
    Evidence("links to comments", -10, _lead_to_comments),
    Evidence("links to posts", -3, _lead_to_posts),
    Evidence("posts with buttons to reply", -15, _are_unless_stories(POSTS)),
    Evidence("running text without links or headings", -4, _is_running_text),
    Evidence("titles are sentences or paragraphs", -2, _are_sentences),
    Evidence("buyers' reviews", -15, _are_unless_stories(REVIEWS)),
    Evidence("topics of a forum", -15, _are(TOPICS)),
    Evidence("job offers", -15, _are(JOBS)),
    Evidence("homes and small ads", -15, _are(HOMES)),
    Evidence("products and prices", -15, _are(PRODUCTS)),
    Evidence("events", -15, _are_events),
    Evidence("members or files", -15, _are(OTHER_THINGS)),
    Evidence("oldest first", -3, timing.rise_by_date),
    Evidence("days in order, with the clocks of events", -7, timing.are_of_calendar),
    Evidence("one time for all entries", -5, timing.are_one),
    Evidence("only whole and quarter hours", -2, timing.are_round),
)
