"""A list of timestamped entries before classification, with the measures that the evidence is computed from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from ticker.models import Headline
from ticker.parsing.headlines.links import Link, is_auxiliary_link, site_of
from ticker.parsing.headlines.lists import Entry
from ticker.parsing.headlines.titles import Title
from ticker.parsing.outline import Node, Outline
from ticker.parsing.vocabulary.blocks import split_words
from ticker.text import fold
from ticker.urls import canonical, host

# Class names count on the entry itself and on this many ancestors.
_LEVELS_AROUND = 4
# Share of steps that must be in order: pinned and updated entries and the first after midnight are out of order.
ORDERED_SHARE = 0.75
LONGEST_TIME_LINE = 120
# Buttons, labels and counts have at most this many characters.
_LONGEST_NOTE = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a candidate list with its parsed parts; ``segments`` are the parts of its URL."""

    entry: Entry
    title: Title
    link: Link
    headline: Headline
    segments: Sequence[str] = ()


@dataclass(frozen=True)
class Candidate:
    """A list of timestamped entries before classification.

    ``page_url`` is the URL of its page; ``is_live`` is true if the page declares itself a live blog.
    """

    outline: Outline
    rows: Sequence[Row]
    section: str | None
    fetched_at: datetime
    page_url: str | None = None
    is_live: bool = False

    @cached_property
    def notes(self) -> Sequence[Sequence[str]]:
        """Return the short texts of each entry other than headline and time, folded: labels, buttons, counts."""
        return [_notes_of(self.outline, row) for row in self.rows]

    @cached_property
    def _names(self) -> Sequence[frozenset[str]]:
        return [_names_around(row.entry) for row in self.rows]

    def named(self, words: frozenset[str]) -> float:
        """Return the share of entries with one of ``words`` in a class name or id of their own or an ancestor."""
        return sum(not words.isdisjoint(names) for names in self._names) / len(self.rows)

    @cached_property
    def stories(self) -> float:
        """Return the share of titles that link to articles; articles on other sites count half."""
        return sum(map(self._worth, self.rows)) / len(self.rows)

    def _worth(self, row: Row) -> float:
        link, here = row.link, site_of(host(self.page_url))
        if not link.is_title or link.node is None or is_auxiliary_link(link.node) or self.stays(row):
            return 0.0
        return 1.0 if not here or not link.url or site_of(host(link.url)) == here else 0.5

    def stays(self, row: Row) -> bool:
        """Return whether the title of an entry has no link or one into its own page."""
        href = row.link.node.get("href") or "" if row.link.node is not None and row.link.is_title else ""
        if not href or href.startswith("#"):
            return True
        here = self.page_url
        return bool(here and row.link.url and "#" in href and canonical(row.link.url) == canonical(here))

    def share(self, test: Callable[[Row], bool]) -> float:
        """Return the share of entries that pass a test."""
        return sum(map(test, self.rows)) / len(self.rows)

    def noted(self, test: Callable[[str], bool]) -> float:
        """Return the share of entries with at least one note that passes a test."""
        return sum(any(map(test, notes)) for notes in self.notes) / len(self.rows)


def _notes_of(outline: Outline, row: Row) -> list[str]:
    """Return the short texts of an entry other than its headline and its time, folded."""
    entry, title, stamp = row.entry, row.title.node, row.entry.stamp
    return [
        fold(text)
        for index in range(entry.first, entry.last)
        if (owner := outline.owners[index]) is not None
        and 0 < len(text := outline.texts[index].strip()) <= _LONGEST_NOTE
        and not (title is not None and title is not entry.node and title.holds(owner))
        and not (stamp.node is not entry.node and stamp.node.holds(owner) and not stamp.rest)
    ]


def _names_around(entry: Entry) -> frozenset[str]:
    """Return the words in the class names and ids of an entry's element and its nearest ancestors."""
    names: set[str] = set()
    node: Node | None = entry.node
    for _ in range(_LEVELS_AROUND + 1):
        if node is None or node.tag == "body":
            break
        names |= split_words(node.names)
        node = node.parent
    return frozenset(names)


def words_around_time(entry: Entry, outline: Outline) -> frozenset[str]:
    """Return the words in the class names and ids around a time, from the innermost element up to its entry."""
    names: set[str] = set()
    stamp = entry.stamp
    node: Node | None = outline.owners[stamp.index] if stamp.index >= 0 else None
    if node is None or not stamp.node.holds(node):
        node = stamp.node
    while node is not None and node is not entry.node:
        names |= split_words(node.names)
        node = node.parent
    return frozenset(names | split_words(stamp.node.names))


def time_line(entry: Entry, outline: Outline) -> str:
    """Return the line around a time: the text of its element, else the piece of text that begins or ends with it."""
    node = entry.stamp.node
    if node is not entry.node and node.chars <= LONGEST_TIME_LINE:
        return outline.text(node)
    return outline.texts[entry.stamp.index][:LONGEST_TIME_LINE] if entry.stamp.index >= 0 else ""


def is_clock(entry: Entry) -> bool:
    """Return whether an entry shows a clock time without a date or a machine-readable time."""
    expression = entry.stamp.expression
    return expression is not None and expression.form == "clock" and entry.stamp.moment is None


def is_age(entry: Entry) -> bool:
    """Return whether an entry shows an age ("5 min ago", or "5 min" alone)."""
    return entry.stamp.expression is not None and entry.stamp.expression.form == "age"


def may_be_duration(entry: Entry) -> bool:
    """Return whether an entry's time is only a number and a unit ("20m", "45 Min."), which may be a duration."""
    expression = entry.stamp.expression
    return expression is not None and expression.bare and entry.stamp.moment is None


def has_descending_clocks(candidate: Candidate) -> bool:
    """Return whether the clock times of a list mostly decrease down the page, as in a list of news."""
    steps = clock_steps(candidate)
    return any(step < 0 for step in steps) and sum(step <= 0 for step in steps) >= ORDERED_SHARE * len(steps)


def clock_steps(candidate: Candidate) -> list[int]:
    """Return the differences in minutes between adjacent clock times that have no date and no machine time."""
    steps, before = [], None
    for row in candidate.rows:
        clock = row.entry.stamp.expression
        if clock is None or clock.form != "clock" or clock.hour is None or row.entry.stamp.moment is not None:
            before = None
            continue
        now = 60 * clock.hour + (clock.minute or 0)
        if before is not None:
            steps.append(now - before)
        before = now
    return steps


def descending_order(candidate: Candidate) -> float:
    """Return 1 if all times decrease down the page, -1 if all increase, 0 if they have no order.

    A list of fewer than five entries may be in order by chance, so its value is reduced.
    """
    times = [row.headline.time for row in candidate.rows if row.headline.time is not None]
    steps = [(b > a) - (b < a) for a, b in pairwise(times) if a != b]
    return -sum(steps) / len(steps) * min(1.0, (len(candidate.rows) - 1) / 4) if steps else 0.0
