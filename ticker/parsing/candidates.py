"""A list before it is judged, and what is asked of it: names around its entries, the order of its times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from ticker.models import Headline
from ticker.parsing.links import Link, is_away, site_of
from ticker.parsing.lists import Entry
from ticker.parsing.outline import Node, Outline
from ticker.parsing.titles import Title
from ticker.parsing.words import words_of
from ticker.text import fold
from ticker.urls import canonical, host

# Class names are read on the entry, on what is in it and this many levels around it.
_LEVELS_AROUND = 4
# One entry in four may be out of order: pinned, updated, or the first after midnight.
IN_ORDER = 0.75
LONGEST_TIME_LINE = 120
# Buttons, labels and counts are no longer.
_LONGEST_NOTE = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a candidate with all that was read from it; ``segments`` are the parts of its address."""

    entry: Entry
    title: Title
    link: Link
    headline: Headline
    segments: Sequence[str] = ()


@dataclass(frozen=True)
class Candidate:
    """A list before it is judged.

    ``page_url`` is the address of its page, ``is_live`` tells that the page says it is a live blog.
    """

    outline: Outline
    rows: Sequence[Row]
    section: str | None
    fetched_at: datetime
    page_url: str | None = None
    is_live: bool = False

    @cached_property
    def notes(self) -> Sequence[Sequence[str]]:
        """The short texts in each entry beside its headline and time, folded: labels, buttons, counts."""
        return [_notes_of(self.outline, row) for row in self.rows]

    @cached_property
    def _names(self) -> Sequence[frozenset[str]]:
        return [_names_around(row.entry) for row in self.rows]

    def named(self, words: frozenset[str]) -> float:
        """Return the share of the entries that have one of ``words`` in a name of theirs or around them."""
        return sum(not words.isdisjoint(names) for names in self._names) / len(self.rows)

    @cached_property
    def stories(self) -> float:
        """The share of titles that lead to stories; those of other sites count half."""
        return sum(map(self._worth, self.rows)) / len(self.rows)

    def _worth(self, row: Row) -> float:
        link, here = row.link, site_of(host(self.page_url))
        if not link.is_title or link.node is None or is_away(link.node) or self.stays(row):
            return 0.0
        return 1.0 if not here or not link.url or site_of(host(link.url)) == here else 0.5

    def stays(self, row: Row) -> bool:
        """Return whether an entry leads to a place on its own page, or nowhere."""
        href = row.link.node.get("href") or "" if row.link.node is not None and row.link.is_title else ""
        if not href or href.startswith("#"):
            return True
        here = self.page_url
        return bool(here and row.link.url and "#" in href and canonical(row.link.url) == canonical(here))

    def share(self, test: Callable[[Row], bool]) -> float:
        """Return the share of the entries that pass a test."""
        return sum(map(test, self.rows)) / len(self.rows)

    def noted(self, test: Callable[[str], bool]) -> float:
        """Return the share of the entries that have a note which passes a test."""
        return sum(any(map(test, notes)) for notes in self.notes) / len(self.rows)


def _notes_of(outline: Outline, row: Row) -> list[str]:
    """Return the short texts of an entry beside its headline and its time, folded."""
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
    """Return the words in the names of an entry's element and of those around it."""
    names: set[str] = set()
    node: Node | None = entry.node
    for _ in range(_LEVELS_AROUND + 1):
        if node is None or node.tag == "body":
            break
        names |= words_of(node.names)
        node = node.parent
    return frozenset(names)


def names_of_stamp(entry: Entry, outline: Outline) -> frozenset[str]:
    """Return the words in the names of the elements around a time, from the innermost up to its entry."""
    names: set[str] = set()
    stamp = entry.stamp
    node: Node | None = outline.owners[stamp.index] if stamp.index >= 0 else None
    if node is None or not stamp.node.holds(node):
        node = stamp.node
    while node is not None and node is not entry.node:
        names |= words_of(node.names)
        node = node.parent
    return frozenset(names | words_of(stamp.node.names))


def line_of(entry: Entry, outline: Outline) -> str:
    """Return the line that a time stands in: its element's text, or the piece of text that begins or ends with it."""
    node = entry.stamp.node
    if node is not entry.node and node.chars <= LONGEST_TIME_LINE:
        return outline.text(node)
    return outline.texts[entry.stamp.index][:LONGEST_TIME_LINE] if entry.stamp.index >= 0 else ""


def is_clock(entry: Entry) -> bool:
    """Return whether an entry shows a clock without a date, and nothing for machines."""
    expression = entry.stamp.expression
    return expression is not None and expression.form == "clock" and entry.stamp.moment is None


def is_age(entry: Entry) -> bool:
    """Return whether an entry shows an age ("5 min ago", or "5 min" alone)."""
    return entry.stamp.expression is not None and entry.stamp.expression.form == "age"


def is_bare(entry: Entry) -> bool:
    """Return whether a stamp is a number and a unit alone ("20m", "45 Min."), which may be a length."""
    expression = entry.stamp.expression
    return expression is not None and expression.bare and entry.stamp.moment is None


def falls(candidate: Candidate) -> bool:
    """Return whether the clocks of a list mostly fall down the page, as those of news do."""
    steps = clock_steps(candidate)
    return any(step < 0 for step in steps) and sum(step <= 0 for step in steps) >= IN_ORDER * len(steps)


def clock_steps(candidate: Candidate) -> list[int]:
    """From each bare clock of a list to the next, in minutes; none where an attribute or a date tells the day."""
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


def order_of(candidate: Candidate) -> float:
    """Return 1 for times that fall all down the page, -1 for times that rise, 0 for times in no order.

    The order of few entries may be an accident: it counts in full from five on.
    """
    times = [row.headline.time for row in candidate.rows if row.headline.time is not None]
    steps = [(b > a) - (b < a) for a, b in pairwise(times) if a != b]
    return -sum(steps) / len(steps) * min(1.0, (len(candidate.rows) - 1) / 4) if steps else 0.0
