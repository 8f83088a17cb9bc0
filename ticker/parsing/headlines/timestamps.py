"""Detection of the times on a page: elements that show a time or hold a machine-readable one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from itertools import islice, takewhile

from ticker.models import Precision
from ticker.parsing.outline import Node, Outline
from ticker.parsing.vocabulary.blocks import split_words
from ticker.parsing.vocabulary.lists import TIME_FILLERS, TIME_NAMES
from ticker.text import clean, edge_pattern
from ticker.times.expressions import TimeExpression
from ticker.times.finder import find_times, may_hold_time
from ticker.times.listing import DateLine
from ticker.times.machine import read_machine_time

# Longer text pieces are paragraphs that mention a time, not lines of a time and a headline.
_LONGEST_LINE = 260
# The time must be this near the beginning or end of a line, with at most four short words outside it.
_REACH = 60
# Text pieces that hold only a time are short: "Updated 4:48 PM EST, Mon November 6, 2023" has 40 characters.
_LONGEST_TIME = 80
# A line with a date that applies to the entries after it.
_LONGEST_DATE_LINE = 40
# Fillers such as "Last updated on" are at most ``_NEAR`` text pieces (including ends of blocks) from their time.
_LONGEST_FILLER = 24
_NEAR = 10
# Attributes with machine-readable times, the most trusted first.
_TIME_ATTRIBUTES = (
    "datetime title content data-datetime data-date data-time data-timestamp data-published data-utime data-unixtime "
    "data-time-ago data-timeago data-published-at data-created data-livestamp data-epoch".split()
)
_TIME_ATTRIBUTE_NAMES = frozenset(_TIME_ATTRIBUTES)
# An element with more children is a list: an entry has an image, a label, a title, a time and some buttons.
_MOST_IN_ENTRY = 30
_DATA_ATTRIBUTES = frozenset(name for name in _TIME_ATTRIBUTES if name.startswith("data-"))
# Placeholder zone of machine-readable times without a zone; the page's zone is not known yet.
PAGE_CLOCK = timezone(timedelta(0), "page")
Moment = tuple[datetime, Precision]
_MAY_SHOW_TIME = frozenset("time span div abbr p i small em".split())
# A machine-readable time contains a year or is a count of seconds.
_MACHINE = re.compile(r"\d{4}|\d{10}")
# Maximum length of a time whose parts are in separate elements, such as "22 September 2024 5:10 pm".
_LONGEST_PARTS = 26
_NUMBER = re.compile(r"\d{1,4}")
# "01:32 min", "2:25 Minuten": only durations have such a unit.
_LENGTH = re.compile(r"\b\d{1,2}:\d\d\s*(?:min|mins|minutes|minuten|minutos|minuti|minuter|sek|sec|мин)\b\.?$", re.I)
_HALF_OF_DAY = re.compile(r"[ap]\.?m\.?", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_EDGE = edge_pattern(r"[\s\-–—•·*|:»›>\[\](),.;/]", r"[\s\-–—•·*|:«‹<\[\](,;/]")


@dataclass(slots=True)
class TimestampNode:
    """A time on a page.

    ``node`` is the largest element that holds only the time, or the element that contains its line. ``shown`` is the
    displayed text and ``expression`` its parsed form, or None if it has none. ``moment`` is the machine-readable time
    of an attribute, or None. ``rest`` is the remainder of a line that begins (``leads`` is true) or ends with the time;
    it is empty if the time is alone. ``index`` is the index of its first text piece in the outline, or -1 if the page
    shows no text for it.
    """

    node: Node
    shown: str
    expression: TimeExpression | None
    moment: Moment | None
    rest: str
    index: int
    leads: bool = True

    @property
    def form(self) -> str | None:
        """Return the form of the displayed time, or None if there is none."""
        return self.expression.form if self.expression is not None else None

    @property
    def is_clock(self) -> bool:
        """Return whether this is a clock time without a date or a machine-readable time."""
        return self.form == "clock" and self.moment is None

    @property
    def has_seconds(self) -> bool:
        """Return whether this is such a clock time with seconds, as durations of videos are shown ("00:13:45")."""
        return self.is_clock and self.expression is not None and self.expression.second is not None

    @property
    def may_be_duration(self) -> bool:
        """Return whether this is only a number and a unit ("20m", "45 Min.") without a machine-readable time."""
        return self.expression is not None and self.expression.bare and self.moment is None


def find_timestamps(outline: Outline) -> list[TimestampNode]:
    """Find every time that is in an element of its own or at the beginning or end of a line, in document order.

    Times in running text are ignored. Machine-readable times without a zone have the zone `PAGE_CLOCK`.
    """
    pure: dict[int, Sequence[TimeExpression]] = {}
    lines: list[tuple[int, str, Sequence[TimeExpression]]] = []
    parted: dict[Node, None] = {}
    for index, (text, owner) in enumerate(zip(outline.texts, outline.owners, strict=True)):
        if owner is None or len(text) > _LONGEST_LINE + 60:
            continue
        line = clean(text)
        if not line or len(line) > _LONGEST_LINE or (":" in line and _LENGTH.search(line)):
            continue
        if len(line) > 2 * _REACH and not may_hold_time(f"{line[:_REACH]} {line[-_REACH:]}"):
            continue
        found = find_times(line)
        if found:
            if len(line) <= _LONGEST_TIME and not _rest_of(line, found):
                pure[index] = found
            elif found[0].form != "date" or len(found) > 1:
                lines.append((index, line, found))
        elif owner.parent is not None and owner.parent.chars <= _LONGEST_PARTS and _NUMBER.fullmatch(line):
            parted[owner.parent] = None
    filler = _fillers_near(outline, pure)
    whole = _parted_stamps(outline, parted, pure)
    alone = sorted([*whole, *_pure_stamps(outline, pure, filler)], key=lambda stamp: stamp.index)
    stamps = _joined(outline, alone, filler)
    stamps += _line_stamps(outline, lines)
    stamps += _attribute_timestamps(outline, {stamp.node for stamp in stamps})
    stamps.sort(key=lambda stamp: (stamp.node.index, stamp.index))
    return stamps


def date_line_in(text: str) -> DateLine | None:
    """Return the date in a line or heading that is mainly a date ("Yesterday", "12 June"), or None."""
    found = find_times(text) if len(text) <= _LONGEST_DATE_LINE else ()
    if len(found) == 1 and found[0].form == "date" and len(found[0].text) * 2 >= len(text):
        return DateLine(found[0])
    return None


def _fillers_near(outline: Outline, pure: Iterable[int]) -> set[int]:
    """Return the indexes of text pieces near times that consist of filler words only."""
    near = {index for at in pure for index in range(max(0, at - _NEAR), min(len(outline.texts), at + _NEAR + 1))}
    found = set()
    for index in near.difference(pure):
        line = clean(outline.texts[index]) if outline.owners[index] is not None else ""
        if line and len(line) <= _LONGEST_FILLER and _is_filler(line):
            found.add(index)
    return found


def _rest_of(line: str, found: Sequence[TimeExpression]) -> str:
    """Return a line without its times, or "" if only filler words and punctuation remain."""
    rest, at = [], 0
    for expression in found:
        rest.append(line[at : expression.start])
        at = expression.end
    rest.append(line[at:])
    left = " ".join(rest)
    return "" if _is_filler(left) else left


def _is_filler(text: str) -> bool:
    """Return whether a text consists of punctuation and at most four filler words ("Updated", "Uhr", "at")."""
    words = _WORD.findall(text.lower())
    return len(words) <= 4 and all(word in TIME_FILLERS for word in words) and not any(c.isdigit() for c in text)


def _pure_stamps(outline: Outline, pure: dict[int, Sequence[TimeExpression]], filler: set[int]) -> list[TimestampNode]:
    """Return one timestamp for each text piece that is only a time, or for a date and clock time in one element."""
    timed_chars: Counter[int] = Counter()
    for index in (*pure, *filler):
        length = len(outline.texts[index].strip())
        owner = outline.owners[index]
        for around in islice(owner.lineage(), 5) if owner is not None else ():
            timed_chars[around.index] += length
    stamps, done = [], -1
    for index in sorted(pure):
        if index <= done:
            continue
        node = outline.owners[index]
        if node is None:
            continue
        expressions, shown = pure[index], _unbracketed(clean(outline.texts[index]))
        while (
            node.parent is not None
            and node.parent.chars <= _LONGEST_TIME
            and timed_chars[node.parent.index] >= node.parent.chars
            and node.parent.tag != "body"
        ):
            wider = node.parent
            if wider.chars > node.chars or wider.last - wider.first > node.last - node.first + 2:
                text = outline.text(wider)
                together = find_times(text)
                inside = sum(len(pure[i]) for i in range(wider.first, wider.last) if i in pure)
                if inside > 1 and not (len(together) == 1 and together[0].form == "datetime"):
                    break  # two separate times, not a date and its clock time
                if together:
                    expressions, shown = together, text
            node = wider
        if timed_chars[node.index] >= node.chars:
            done = max(done, node.last - 1)
        if done == node.last - 1 and node.last in filler and _HALF_OF_DAY.fullmatch(outline.texts[node.last].strip()):
            # "4:52" and "PM" in separate elements
            text = clean("".join(outline.texts[node.first : node.last + 1]))
            together = find_times(text)
            if len(together) == 1 and together[0].form in ("clock", "datetime"):
                expressions, shown = together, text
        stamps.append(TimestampNode(node, shown, _fullest(expressions), _moment_of(node, index, outline), "", index))
    return stamps


def _unbracketed(shown: str) -> str:
    return shown[1:-1].strip() if shown[:1] + shown[-1:] in ("()", "[]") else shown


def _parted_stamps(
    outline: Outline, parents: Iterable[Node], pure: dict[int, Sequence[TimeExpression]]
) -> list[TimestampNode]:
    """Return one timestamp for each element whose children hold the parts of one time; remove these from ``pure``."""
    stamps = []
    for node in parents:
        places = [index for index in range(node.first, node.last) if outline.owners[index] is not None]
        parts = [clean(outline.texts[index]) for index in places]
        # A colon or the name of a month distinguishes a time from a price or a score.
        shown = "".join(parts) if ":" in parts else " ".join(parts)
        found = find_times(shown)
        if len(found) == 1 and not _rest_of(shown, found) and (":" in parts or _WORD.search(shown)):
            stamps.append(TimestampNode(node, shown, found[0], _moment_of(node, places[0], outline), "", places[0]))
            for index in places:
                pure.pop(index, None)
    return stamps


def _joined(outline: Outline, stamps: list[TimestampNode], filler: set[int]) -> list[TimestampNode]:
    """Merge timestamps that are a date and a clock time in adjacent elements."""
    joined: list[TimestampNode] = []
    for stamp in stamps:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.node.parent is stamp.node.parent
            and before.node is not stamp.node
            and all(i in filler or outline.owners[i] is None for i in range(before.node.last, stamp.node.first))
        ):
            together = date_with_clock(before.expression, stamp.expression)
            if together is not None:
                joined[-1] = replace(
                    before,
                    shown=f"{before.shown} {stamp.shown}",
                    expression=together,
                    moment=stamp.moment if before.moment is None or before.moment[1] == "day" else before.moment,
                )
                continue
        joined.append(stamp)
    return joined


def date_with_clock(one: TimeExpression | None, other: TimeExpression | None) -> TimeExpression | None:
    """Return a date and a clock time, in either order, as one expression; None for any other pair."""
    if one is None or other is None or {one.form, other.form} != {"date", "clock"}:
        return None
    date, clock = (one, other) if one.form == "date" else (other, one)
    return replace(
        date,
        form="datetime",
        text=f"{one.text} {other.text}",
        hour=clock.hour,
        minute=clock.minute,
        second=clock.second,
        utc_offset=clock.utc_offset,
        zone=clock.zone,
        precision=clock.precision,
    )


def _fullest(expressions: Sequence[TimeExpression]) -> TimeExpression:
    """Return the most complete of several times in one place; the first of equals ("published", then "updated")."""
    if len(expressions) > 1:
        # "April 26, 2014 -- Updated 1358 GMT (2158 HKT)": the date belongs to the first clock time.
        together = date_with_clock(expressions[0], expressions[1])
        if together is not None:
            return together
    rank = {"datetime": 3, "clock": 2, "age": 2, "date": 1}
    return max(expressions, key=lambda expression: rank[expression.form])


def _line_stamps(outline: Outline, lines: list[tuple[int, str, Sequence[TimeExpression]]]) -> list[TimestampNode]:
    """Return one timestamp for each line that begins or ends with a time ("17:10 Spanish PM apologizes")."""
    stamps = []
    for index, line, found in lines:
        node = outline.owners[index]
        if node is None:
            continue
        for expression, leads in ((found[0], True), (found[-1], False)):
            before, after = line[: expression.start], line[expression.end :]
            outer, inner = (before, after) if leads else (after, before)
            if _is_filler(outer) and expression.form != "date":
                rest = _EDGE.sub("", inner)
                if len(rest) >= 2:
                    moment = _moment_of(node, index, outline) if node.chars <= _LONGEST_TIME else None
                    stamps.append(TimestampNode(node, expression.text, expression, moment, rest, index, leads))
                break
    return stamps


def _attribute_timestamps(outline: Outline, known: set[Node]) -> list[TimestampNode]:
    """Return one timestamp for each element with a time in an attribute and no parsed time in its text."""
    stamps = []
    for node in outline.nodes:
        # The cheapest checks come first: they run for every element, and few hold a time.
        if not (node.tag in _MAY_SHOW_TIME or "-" in node.tag) or _TIME_ATTRIBUTE_NAMES.isdisjoint(node.attributes):
            continue
        if node.chars > _LONGEST_TIME or node in known or not _may_be_time(node):
            continue
        if any(stamp_node in known for stamp_node in node.ancestors()) or any(n in known for n in outline.below(node)):
            continue
        moment = attribute_moment(node)
        if moment is not None:
            shown = outline.text(node)
            stamps.append(
                TimestampNode(node, shown or _attribute_text(node), None, moment, "", node.first if shown else -1)
            )
    return stamps


def _may_be_time(node: Node) -> bool:
    """Return whether the tag (``<time-ago>``), class name, id or data attributes of an element indicate a time."""
    if node.tag == "time":
        return True
    if node.tag not in _MAY_SHOW_TIME:
        return "-" in node.tag and not TIME_NAMES.isdisjoint(split_words(node.tag))
    if node.names and not TIME_NAMES.isdisjoint(split_words(node.names)):
        return True
    # A script fills an empty element that has a time in a data attribute.
    return node.chars == 0 and not _DATA_ATTRIBUTES.isdisjoint(node.attributes)


def _moment_of(node: Node, index: int, outline: Outline) -> Moment | None:
    """Return the machine-readable time of an element, else of the elements around or beside its text, else None."""
    moments = map(attribute_moment, _places_of_moment(node, index, outline))
    return next((moment for moment in moments if moment is not None), None)


def _places_of_moment(node: Node, index: int, outline: Outline) -> Iterator[Node]:
    yield node
    owner = outline.owners[index]
    if owner is not None:
        yield from islice(takewhile(lambda one: one is not node, owner.lineage()), 3)
    if node.parent is not None and (node.parent.tag in ("time", "abbr") or node.parent.chars == node.chars):
        yield node.parent
    # Pages with markup for search engines have a <meta itemprop="datePublished"> beside it.
    for place in _children_of_entry(outline, node.parent):
        if place.tag == "meta" and "date" in (place.get("itemprop") or "").lower():
            yield place
    # An empty <time> or <meta itemprop="datePublished"> may be in the same element as the text.
    for place in _children_of_entry(outline, node):
        if place.chars == 0 or place.tag == "time":
            yield place


def _children_of_entry(outline: Outline, node: Node | None) -> list[Node]:
    """Return the children of an element that may be an entry, or none if it has too many and is a list."""
    children = outline.children(node) if node is not None else []
    return children if len(children) <= _MOST_IN_ENTRY else []


def attribute_moment(node: Node) -> Moment | None:
    """Return the machine-readable time in the attributes of an element, or None."""
    best = None
    for name, value in node.attributes.items():
        if name in _TIME_ATTRIBUTE_NAMES and 8 <= len(value) <= 80 and _MACHINE.search(value):
            moment = read_machine_time(value, PAGE_CLOCK)
            if moment is not None and (best is None or best[1] == "day"):
                best = moment
    return best


def _attribute_text(node: Node) -> str:
    return next((value for name in _TIME_ATTRIBUTES if (value := node.get(name))), "")
