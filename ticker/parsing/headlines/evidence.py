"""Evidence for and against a list of timestamped entries being a list of headlines.

Each piece of evidence is measured from 0 (absent) to 1 (present in every entry) and multiplied by its weight. A list is
a list of headlines if the sum of its points is above zero. Only evidence of weight ``DECISIVE`` decides alone. The
weights are set by hand, in half points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ticker.parsing.headlines import entry_measures as entries
from ticker.parsing.headlines import time_measures as times
from ticker.parsing.headlines.candidates import Candidate
from ticker.parsing.headlines.entry_measures import Measure
from ticker.parsing.vocabulary.lists import HOMES, JOBS, OTHER_THINGS, POSTS, PRODUCTS, REVIEWS, TOPICS

# Outweighs the sum of all evidence for a list.
DECISIVE = -20.0
# The base score is negative: a list without evidence is not a list of headlines.
_BASE_SCORE = -3.0
_BASE_REASON = "base score of every list"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence for (``weight`` above zero) or against a list of headlines; ``measure`` returns 0 to 1."""

    reason: str
    weight: float
    measure: Measure


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of evidence found in a list, with its points."""

    reason: str
    points: float


class Verdict:
    """The classification of a candidate list, with the evidence for and against it.

    ``further`` is evidence besides that for every list.
    """

    def __init__(self, candidate: Candidate, further: Sequence[Evidence] = ()) -> None:
        self._candidate = candidate
        self._evidence = (*further, *EVIDENCE)
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
        found = [Finding(each.reason, self._points_of(each)) for each in self._evidence]
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
        for each in self._evidence:
            if each.weight == DECISIVE and self._points_of(each):
                return each.reason
        if self.points > 0:
            return None
        against = (each.reason for each in self.findings if each.points < 0 and each.reason != _BASE_REASON)
        return next(against, "too little evidence of headlines")

    @property
    def is_live(self) -> bool:
        """Return whether the entries are posts of a live blog on this page."""
        return bool(entries.are_live_posts(self._candidate))


EVIDENCE = (
    Evidence("titles link to articles", 3, entries.link_to_articles),
    Evidence("URLs with a word for news or a date", 1, entries.are_filed_as_news),
    Evidence("titles are links, headings or named as titles", 2, entries.are_marked),
    Evidence("titles read like headlines", 2, entries.read_like_headlines),
    Evidence("newest first", 2, times.descending_share),
    Evidence("unambiguous times", 1.5, times.unambiguous_share),
    Evidence("list heading with a word for news", 1, entries.are_announced_as_news),
    Evidence("posts of a live blog", 4, entries.are_live_posts),
    Evidence("short ticker lines, newest first", 3.5, entries.are_ticker_lines),
    Evidence("dates without a time of day", DECISIVE, times.are_dates),
    Evidence("titles too short for headlines", DECISIVE, entries.are_short),
    Evidence("titles are numbers", DECISIVE, entries.are_numbers),
    Evidence("titles are times", DECISIVE, entries.are_times),
    Evidence("sports results", DECISIVE, entries.are_results),
    Evidence("repeated titles", DECISIVE, entries.are_the_same),
    Evidence("durations of videos or audio", DECISIVE, times.are_media),
    Evidence("durations in minutes or hours", DECISIVE, times.are_minutes),
    Evidence("countdowns, not ages", DECISIVE, times.are_countdowns),
    Evidence("reading times of articles", DECISIVE, times.are_reading_times),
    Evidence("durations, not ages", DECISIVE, times.are_periods),
    Evidence("decimal numbers, not clock times", DECISIVE, times.are_decimals),
    Evidence("time ranges, as in a programme", DECISIVE, times.are_ranges),
    Evidence("programme, calendar or fixtures", DECISIVE, entries.are_programme),
    Evidence("clock times increase down the page, as in a programme", DECISIVE, times.are_ascending_clocks),
    Evidence("market quotes", DECISIVE, entries.are_quotes),
    Evidence("posts of a social network", DECISIVE, entries.are_social),
    Evidence("times in the future", DECISIVE, times.are_future),
    Evidence("ages of more than a year", DECISIVE, times.are_old),
    Evidence("comments", -10, entries.are_comments),
    Evidence("links to comments", -10, entries.lead_to_comments),
    Evidence("links to posts", -3, entries.lead_to_posts),
    Evidence("posts with reply buttons", -15, entries.are_of_kind_without_articles(POSTS)),
    Evidence("running text without links or headings", -4, entries.are_running_text),
    Evidence("titles are sentences or paragraphs", -2, entries.are_sentences),
    Evidence("customer reviews", -15, entries.are_of_kind_without_articles(REVIEWS)),
    Evidence("forum topics", -15, entries.are_of_kind(TOPICS)),
    Evidence("job offers", -15, entries.are_of_kind(JOBS)),
    Evidence("property and classified ads", -15, entries.are_of_kind(HOMES)),
    Evidence("products and prices", -15, entries.are_of_kind(PRODUCTS)),
    Evidence("events", -15, entries.are_events),
    Evidence("members, downloads, commits or songs", -15, entries.are_of_kind(OTHER_THINGS)),
    Evidence("oldest first", -3, times.ascending_share),
    Evidence("dates in ascending order with round clock times", -7, times.are_of_calendar),
    Evidence("same time for all entries", -5, times.are_identical),
    Evidence("only full and quarter hours", -2, times.are_round),
)
