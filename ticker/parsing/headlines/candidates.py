"""A list of timestamped entries before classification, with the texts and names that the evidence is measured from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

from ticker.models import Headline
from ticker.parsing.headlines.links import Link, is_auxiliary_link, segments_of, site_of
from ticker.parsing.headlines.lists import Entry
from ticker.parsing.headlines.timestamps import TimestampNode
from ticker.parsing.headlines.titles import Title
from ticker.parsing.outline import Outline
from ticker.parsing.vocabulary.blocks import split_words
from ticker.text import fold
from ticker.urls import canonical, host

# Class names count on the entry itself and on this many ancestors.
_LEVELS_AROUND = 4
LONGEST_TIME_LINE = 120
# Buttons, labels and counts have at most this many characters.
_LONGEST_NOTE = 40


@dataclass(frozen=True)
class Row:
    """One entry of a candidate list with its parsed parts."""

    outline: Outline
    entry: Entry
    title: Title
    link: Link
    headline: Headline

    @property
    def stamp(self) -> TimestampNode:
        """Return the entry's time."""
        return self.entry.stamp

    @cached_property
    def segments(self) -> Sequence[str]:
        """Return the parts of the URL."""
        return segments_of(self.headline.url or "")

    @cached_property
    def notes(self) -> Sequence[str]:
        """Return the short texts other than headline and time, folded: labels, buttons, counts."""
        entry, title, stamp = self.entry, self.title.node, self.stamp
        return [
            fold(text)
            for index in range(entry.first, entry.last)
            if (owner := self.outline.owners[index]) is not None
            and 0 < len(text := self.outline.texts[index].strip()) <= _LONGEST_NOTE
            and not (title is not None and title is not entry.node and title.holds(owner))
            and not (stamp.node is not entry.node and stamp.node.holds(owner) and not stamp.rest)
        ]

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the words in the class names and ids of the entry and its parent."""
        node = self.entry.node
        return split_words(node.names) | (split_words(node.parent.names) if node.parent is not None else frozenset())

    @cached_property
    def names_around(self) -> frozenset[str]:
        """Return the words in the class names and ids of the entry and its nearest ancestors."""
        around = islice(self.entry.node.lineage(), _LEVELS_AROUND + 1)
        within = takewhile(lambda node: node.tag != "body", around)
        return frozenset[str]().union(*(split_words(node.names) for node in within))

    @cached_property
    def time_names(self) -> frozenset[str]:
        """Return the words in the class names and ids around the time, from the innermost element up to the entry."""
        stamp = self.stamp
        owner = self.outline.owners[stamp.index] if stamp.index >= 0 else None
        first = owner if owner is not None and stamp.node.holds(owner) else stamp.node
        around = takewhile(lambda node: node is not self.entry.node, first.lineage())
        return split_words(stamp.node.names).union(*(split_words(node.names) for node in around))

    @cached_property
    def time_line(self) -> str:
        """Return the line around the time: the text of its element, or the piece of text that the time is in."""
        stamp = self.stamp
        if stamp.node is not self.entry.node and stamp.node.chars <= LONGEST_TIME_LINE:
            return self.outline.text(stamp.node)
        return self.outline.texts[stamp.index][:LONGEST_TIME_LINE] if stamp.index >= 0 else ""


@dataclass(frozen=True)
class Candidate:
    """A list of timestamped entries before classification.

    ``page_url`` is the URL of its page; ``is_live`` is true if the page declares itself a live blog.
    """

    rows: Sequence[Row]
    section: str | None
    page_url: str | None = None
    is_live: bool = False

    def named(self, words: frozenset[str]) -> float:
        """Return the share of entries with one of ``words`` in a class name or id of their own or an ancestor."""
        return self.share(lambda row: not words.isdisjoint(row.names_around))

    def is_headed(self, words: frozenset[str]) -> bool:
        """Return whether the heading of the list has one of ``words``."""
        return not words.isdisjoint(fold(self.section or "").split())

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
