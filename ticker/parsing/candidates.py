"""A list before it is judged, and what the traps ask of it: names around its entries, how its times run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ticker.parsing.lists import Entry
from ticker.parsing.outline import Node, Outline
from ticker.parsing.titles import Title
from ticker.parsing.words import words_of
from ticker.records import Headline

# Class names are read on the entry, on what is in it and this many levels around it.
_LEVELS_AROUND = 4
# One entry in four may be out of order: pinned, updated, or the first after midnight.
IN_ORDER = 0.75
LONGEST_TIME_LINE = 120


@dataclass(frozen=True, slots=True)
class Candidate:
    """A list before it is judged: its entries and the headlines read from them, one for each entry."""

    outline: Outline
    entries: Sequence[Entry]
    titles: Sequence[Title]
    headlines: Sequence[Headline]
    section: str | None
    fetched_at: datetime


def share(candidate: Candidate, test: Callable[[Entry, Headline], bool]) -> float:
    """The share of a list's entries that pass a test."""
    pairs = zip(candidate.entries, candidate.headlines, strict=True)
    return sum(test(entry, headline) for entry, headline in pairs) / len(candidate.entries)


def names_around(entry: Entry) -> frozenset[str]:
    """The words in the names of an entry's element and of those around it."""
    names: set[str] = set()
    node: Node | None = entry.node
    for _ in range(_LEVELS_AROUND + 1):
        if node is None or node.tag == "body":
            break
        names |= words_of(node.names)
        node = node.parent
    return frozenset(names)


def names_of_stamp(entry: Entry, outline: Outline) -> frozenset[str]:
    """The words in the names of the elements around a time, from the innermost up to its entry."""
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
    """The line that a time stands in: its element's text, or the piece of text that begins or ends with it."""
    node = entry.stamp.node
    if node is not entry.node and node.chars <= LONGEST_TIME_LINE:
        return outline.text(node)
    return outline.texts[entry.stamp.index][:LONGEST_TIME_LINE] if entry.stamp.index >= 0 else ""


def is_clock(entry: Entry) -> bool:
    """Whether an entry shows a clock without a date, and nothing for machines."""
    expression = entry.stamp.expression
    return expression is not None and expression.form == "clock" and entry.stamp.moment is None


def is_age(entry: Entry) -> bool:
    """Whether an entry shows an age ("5 min ago", or "5 min" alone)."""
    return entry.stamp.expression is not None and entry.stamp.expression.form == "age"


def is_bare(entry: Entry) -> bool:
    """Whether a stamp is a number and a unit alone ("20m", "45 Min."), which may be a length."""
    expression = entry.stamp.expression
    return expression is not None and expression.bare and entry.stamp.moment is None


def falls(candidate: Candidate) -> bool:
    """Whether the clocks of a list mostly fall down the page, as those of news do."""
    steps = clock_steps(candidate)
    return bool(steps) and sum(step <= 0 for step in steps) >= IN_ORDER * len(steps)


def clock_steps(candidate: Candidate) -> list[int]:
    """From each bare clock of a list to the next, in minutes; none where an attribute or a date tells the day."""
    steps, before = [], None
    for entry in candidate.entries:
        clock = entry.stamp.expression
        if clock is None or clock.form != "clock" or clock.hour is None or entry.stamp.moment is not None:
            before = None
            continue
        now = 60 * clock.hour + (clock.minute or 0)
        if before is not None:
            steps.append(now - before)
        before = now
    return steps
