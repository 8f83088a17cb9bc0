"""Detection of lists by repetition: times at the same tag path, each within an entry of its own.

Times whose elements have the same path of tags form a column. An entry is the largest subtree that contains one time of
the column only. If there is no such subtree, an entry is the text between two times.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ticker.parsing.headlines.timestamps import TimestampNode, date_line_in, date_with_clock
from ticker.parsing.outline import HEADINGS, Node, Outline

# Two times near each other may be a coincidence, or "published" and "updated".
FEWEST_ENTRIES = 3
# Maximum distance to the common ancestor of entries in different containers (rows of a grid, groups by day).
_COUSIN_LEVELS = 4
# An entry with fewer characters beside its time has no title.
_FEWEST_TITLE_CHARS = 8
# A longer element is a section of the page that contains one time, not an entry.
_MOST_ENTRY_CHARS = 2500
# Maximum number of ancestors, from the container of a list up, searched for entries of another structure.
_STRAY_LEVELS = 3
_MOST_STRAY_CHARS = 400
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its time and its text, the outline's pieces ``first`` (included) to ``last`` (excluded).

    ``node`` is the entry's own element if ``whole`` is true, else the element that contains the entry.
    """

    stamp: TimestampNode
    node: Node
    first: int
    last: int
    whole: bool

    def nodes(self, outline: Outline) -> Iterator[Node]:
        """Yield the elements of the entry in document order."""
        if self.whole:
            yield from outline.below(self.node)
        else:
            nodes, end = outline.nodes, self.node.end
            at = bisect_left(nodes, self.first, self.node.index + 1, end, key=_first_piece)
            while at < end and nodes[at].first <= self.last:
                if nodes[at].last <= self.last:
                    yield nodes[at]
                at += 1


def _first_piece(node: Node) -> int:
    return node.first


class _NodeRanges:
    """The node ranges of some elements, which may nest, with tests for containment."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        ranges = sorted((node.index, node.end) for node in nodes)
        self._starts = [start for start, _ in ranges]
        self._ends = list(accumulate((end for _, end in ranges), max))

    def hold(self, node: Node) -> bool:
        """Return whether one of the elements is ``node`` or contains it."""
        at = bisect_right(self._starts, node.index) - 1
        return at >= 0 and node.index < self._ends[at]

    def stand_in(self, node: Node) -> bool:
        """Return whether ``node`` is or contains one of the elements."""
        at = bisect_left(self._starts, node.index)
        return at < len(self._starts) and self._starts[at] < node.end


def find_lists(outline: Outline, stamps: Sequence[TimestampNode]) -> list[list[Entry]]:
    """Return the lists of entries on a page, found by the positions of their times alone."""
    lists: list[list[Entry]] = []
    dates = [stamp for stamp in stamps if not stamp.rest and stamp.form == "date"]
    for column in _columns(stamps):
        lists += _split(_with_dates(_entries(outline, column), dates), outline)
    lists = [entries for entries in lists if len(entries) >= FEWEST_ENTRIES]
    return _with_strays(outline, lists, stamps)


def _with_dates(entries: Sequence[Entry], dates: Sequence[TimestampNode]) -> list[Entry]:
    """Add to entries with a clock time the date found elsewhere in the same entry, such as beside the author."""
    places = [date.index for date in dates]
    dated = []
    for entry in entries:
        at = bisect_left(places, entry.first)
        if at < len(dates) and places[at] < entry.last and entry.stamp.moment is None:
            together = date_with_clock(dates[at].expression, entry.stamp.expression)
            if together is not None:
                entry = replace(entry, stamp=replace(entry.stamp, expression=together, moment=dates[at].moment))
        dated.append(entry)
    return dated


def _with_strays(outline: Outline, lists: Sequence[list[Entry]], stamps: Sequence[TimestampNode]) -> list[list[Entry]]:
    """Add to each list nearby entries with another structure, such as a larger first entry."""
    members = [entry for entries in lists for entry in entries]
    claimed = {id(entry.stamp) for entry in members}
    taken = _NodeRanges(entry.node for entry in members)
    strays = [s for s in stamps if id(s) not in claimed and not s.rest and not taken.hold(s.node)]
    if not strays:
        return list(lists)
    return [
        sorted([*entries, *_strays_of(entries, strays, taken, outline)], key=lambda e: e.first) for entries in lists
    ]


def _strays_of(
    entries: Sequence[Entry], strays: Sequence[TimestampNode], taken: _NodeRanges, outline: Outline
) -> list[Entry]:
    if not all(entry.whole for entry in entries):
        return []
    form = Counter(entry.stamp.form for entry in entries).most_common(1)[0][0]
    own = sum(entry.node.chars for entry in entries)
    found: dict[Node, Entry] = {}
    last = entries[-1].node
    container = next((node for node in entries[0].node.ancestors() if node.holds(last)), None)
    for _ in range(_STRAY_LEVELS):
        # A container with much other text is a section of the page.
        if container is None or container.tag in ("body", "main") or container.chars > 2 * own + _MOST_STRAY_CHARS:
            break
        if any(node.tag == "h1" for node in outline.below(container)):
            break  # the page's article
        inside = slice(*(bisect_left(strays, end, key=_place) for end in (container.index + 1, container.end)))
        for stray in strays[inside]:
            if stray.form != form:
                continue
            node = stray.node
            while node.parent is not None and node.parent is not container and not taken.stand_in(node.parent):
                node = node.parent
            if taken.stand_in(node) or node.chars > own or node.chars - _shown_chars(stray) < _FEWEST_TITLE_CHARS:
                continue
            found.setdefault(node, Entry(stray, node, node.first, node.last, whole=True))
        if found:
            break
        container = container.parent
    return list(found.values())


def _place(stamp: TimestampNode) -> int:
    return stamp.node.index


def _columns(stamps: Sequence[TimestampNode]) -> list[list[TimestampNode]]:
    columns: dict[tuple[str, str, bool], list[TimestampNode]] = {}
    loose: dict[tuple[str, bool], list[TimestampNode]] = {}
    for stamp in stamps:
        path = "/".join(node.tag for node in stamp.node.lineage())
        names = _DIGITS.sub("", stamp.node.get("class") or "")
        columns.setdefault((path, names, stamp.leads), []).append(stamp)
    kept = []
    for (path, _, _), column in columns.items():
        if len(column) >= FEWEST_ENTRIES:
            kept.append(column)
        else:
            for stamp in column:
                # A clock time without a date may be a duration, and does not belong in a list of dates.
                loose.setdefault((path, stamp.is_clock), []).append(stamp)
    # A class shared by fewer than three times describes the single entry ("new", "hot").
    for column in loose.values():
        if len(column) >= FEWEST_ENTRIES:
            kept.append(sorted(column, key=lambda stamp: stamp.index))
    return kept


def _entries(outline: Outline, column: Sequence[TimestampNode]) -> list[Entry]:
    """Return the entries of a column, at the deepest tree level where most hold a title beside the time."""
    shared = [_common_depth(a.node, b.node) for a, b in zip(column, column[1:], strict=False)]
    own_depth = column[0].node.depth
    alone = [max(pair) + 1 for pair in zip([-1, *shared], [*shared, -1], strict=True)]
    level = Counter(alone).most_common(1)[0][0]
    if level > own_depth:
        return _flat_entries(outline, column, column[0].node.depth)
    while level > 2:
        nodes = dict.fromkeys(_ancestor_at(stamp.node, level) for stamp in column)
        if len(nodes) < max(FEWEST_ENTRIES, len(column) // 3):
            break
        stamped: Counter[Node] = Counter()
        for stamp in column:
            stamped[_ancestor_at(stamp.node, level)] += _shown_chars(stamp)
        if sum(node.chars - stamped[node] >= _FEWEST_TITLE_CHARS for node in nodes) * 2 >= len(nodes):
            return _tree_entries(column, level)
        parents = {node.parent for node in nodes}
        if len(parents) * FEWEST_ENTRIES <= len(nodes):
            break  # three or more entries share each parent: the next level would merge them
        level -= 1
    return _flat_entries(outline, column, level - 1)


def _tree_entries(column: Sequence[TimestampNode], level: int) -> list[Entry]:
    entries: dict[Node, Entry] = {}
    for stamp in column:
        node = _ancestor_at(stamp.node, level)
        if node.chars > _MOST_ENTRY_CHARS:
            continue
        known = entries.get(node)
        # Of two times in one entry ("3 min read, 2 hours ago"), prefer the one that cannot be a duration.
        if known is None or (known.stamp.may_be_duration and not stamp.may_be_duration):
            entries[node] = Entry(stamp, node, node.first, node.last, whole=True)
    return list(entries.values())


def _shown_chars(stamp: TimestampNode) -> int:
    return min(len(stamp.shown), stamp.node.chars)


def _flat_entries(outline: Outline, column: Sequence[TimestampNode], level: int) -> list[Entry]:
    """Return the entries of times that are siblings of their titles (dt/dd, rows of text, <br>)."""
    by_parent: dict[Node, list[TimestampNode]] = {}
    for stamp in column:
        by_parent.setdefault(_ancestor_at(stamp.node, max(level, 0)), []).append(stamp)
    entries = []
    for parent, stamps in by_parent.items():
        if len(stamps) < FEWEST_ENTRIES:
            continue
        starts, ends = zip(*(_branch(stamp, parent) for stamp in stamps), strict=True)
        before = _letters(outline, parent.first, starts[0]) if starts[0] > parent.first else 0
        after = _letters(outline, ends[-1], parent.last)
        if after >= _FEWEST_TITLE_CHARS or before < _FEWEST_TITLE_CHARS:
            # Each title follows its time; the last entry is at most as long as the longest other.
            longest = max(b - a for a, b in zip(starts, starts[1:], strict=False))
            bounds = list(zip(starts, [*starts[1:], min(parent.last, starts[-1] + longest)], strict=True))
        else:
            longest = max(b - a for a, b in zip(ends, ends[1:], strict=False))
            bounds = list(zip([max(parent.first, ends[0] - longest), *ends[:-1]], ends, strict=True))
        for stamp, (first, last) in zip(stamps, bounds, strict=True):
            entries.append(Entry(stamp, parent, first, last, whole=False))
    return entries


def _branch(stamp: TimestampNode, parent: Node) -> tuple[int, int]:
    """Return the pieces of text of the child of ``parent`` that contains a time."""
    if stamp.node is parent:
        return stamp.index, stamp.index + 1
    child = _ancestor_at(stamp.node, parent.depth + 1)
    return child.first, child.last


def _letters(outline: Outline, first: int, last: int) -> int:
    return sum(len(outline.texts[i].strip()) for i in range(first, last))


def _split(entries: Sequence[Entry], outline: Outline) -> Iterator[list[Entry]]:
    """Split the entries of a column where the next one is in another section of the page."""
    run: list[Entry] = []
    for entry in entries:
        if run and not _near(run[-1], entry, outline):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _near(a: Entry, b: Entry, outline: Outline) -> bool:
    if a.node is b.node or a.node.parent is b.node.parent:
        return True
    if a.node.depth - _common_depth(a.node, b.node) > _COUSIN_LEVELS:
        return False
    # A heading between entries in different containers begins another list.
    between = outline.nodes[a.node.end : b.node.index]
    return not any(node.tag in HEADINGS and node.chars and date_line_in(outline.text(node)) is None for node in between)


def _common_depth(a: Node, b: Node) -> int:
    """Return the depth of the innermost element that contains both nodes."""
    return next(node.depth for node in a.lineage() if node.holds(b))


def _ancestor_at(node: Node, depth: int) -> Node:
    while node.depth > depth and node.parent is not None:
        node = node.parent
    return node
