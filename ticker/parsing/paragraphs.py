"""Which lines of the element that holds an article are its paragraphs, and where its lead stands."""

from __future__ import annotations

import re

from ticker.parsing.lines import Line, flat
from ticker.parsing.metadata import Metadata
from ticker.parsing.outline import HEADINGS, Node
from ticker.parsing.regions import LEAD, verdict
from ticker.parsing.words import AFTER_END, CREDIT, READ_ALSO

_READ_ALSO = re.compile(rf"[^\w(#\[]*(?:{READ_ALSO})", re.I)
_AFTER_END = re.compile(rf"[^\w(#\[©]*(?:{AFTER_END})", re.I)
_CREDIT = re.compile(rf"[^\w(#\[©]*(?:{CREDIT})", re.I)
# A line of credit or an invitation to read on is no longer than two lines of print.
_NOTE = 160
# Names and places below an article, a photo's caption: no sentence, and less than a line of print.
_LABEL = 60
# A line that is all link is a reference, unless it is as long as a paragraph.
_ALL_LINK = 0.8
_LONG_LINK = 200
# A lead has a few words at least.
_LEAD = 30
# A paragraph is longer than a label or a headline is.
_PARAGRAPH = 80
# A style that holds a quarter of what the main one holds is as good: first paragraphs, questions and answers.
_MAIN = 0.25
_MOST = 0.5
# A box that holds this much of an article is a part of it.
_BOX = 0.3
_REFERRING = 0.3
# Elements that are text by themselves, in the stream of paragraphs.
_PLAIN = HEADINGS | frozenset(("p", "blockquote", "ul", "ol", "li", "table", "pre", "dl", "q", "center"))


def read_paragraphs(
    lines: list[Line], noise: list[bool], metadata: Metadata, title: Line | None
) -> tuple[list[str], list[str]]:
    """The lead and the paragraphs among ``lines``, in order.

    An article's paragraphs look alike: most stand in elements of one tag and class, below parents of one tag and
    class. Those are the stream; what stands directly beside them belongs to them, and a box among them does not
    unless it holds nothing but paragraphs.
    """
    live = [line for line in lines if not noise[line.owner.index]]
    stream = _Stream(live)
    if not stream.main:
        return [], []
    headline = flat(metadata.title or "")
    kept: list[Line] = []
    before: list[Line] = []
    for line in live:
        if is_note(line) or _says(line, headline):
            continue
        if line.first < stream.first:
            if line.block.tag != "h1":
                before.append(line)
        elif stream.carries(line):
            kept.append(line)
    lead = _find_lead(before, title, metadata, stream)
    whole = _without_bare_headings(_without_tail(_without_repeats(lead + kept)))
    return [line.text for line in whole if line.first < stream.first], [
        line.text for line in whole if line.first >= stream.first
    ]


class _Stream:
    """Where an article's paragraphs stand, and whether a line stands among them.

    ``main`` are the styles of its paragraphs, ``first`` and ``last`` where the text of its first and last one stands.
    """

    def __init__(self, lines: list[Line]) -> None:
        self.main = _main_styles(lines)
        self.first = self.last = 0
        self._boxes: dict[int, bool] = {}
        self._lines = lines
        self._size = 0.0
        self._beds: set[int] = set()  # elements in which its paragraphs stand directly
        self._cradles: set[int] = set()  # those around beds
        self._spine: set[int] = set()  # beds and all around them
        self._root: Node | None = None  # the element around all beds
        stream = [line for line in lines if line.size >= _PARAGRAPH and not line.hidden and _style(line) in self.main]
        for line in _near(stream):
            self._add(line)
        self._alike = {style[:2] for style in self.main}
        whole = [line for line in lines if line.size >= _PARAGRAPH and not line.hidden and self.is_main(line)]
        if whole:
            self.first, self.last = whole[0].first, whole[-1].first

    def _add(self, line: Line) -> None:
        self._size += line.size
        bed = line.block.parent
        if bed is None:
            return
        while self._root is not None and not self._root.holds(bed):
            self._root = self._root.parent
        self._root = self._root or bed
        self._beds.add(bed.index)
        if bed.parent is not None:
            self._cradles.add(bed.parent.index)
        node: Node | None = bed
        while node is not None and node.index not in self._spine:
            self._spine.add(node.index)
            node = node.parent

    def is_main(self, line: Line) -> bool:
        """Whether a line looks like the stream's and stands where they stand."""
        bed = line.block.parent
        if bed is None:
            return False
        if bed.index in self._beds:
            return _style(line) in self.main
        return bed.parent is not None and bed.parent.index in self._cradles and _style(line)[:2] in self._alike

    def holds(self, line: Line) -> bool:
        """Whether a line is text by itself and stands directly where paragraphs stand, or in an element around them."""
        top = self._top(line)
        return top.tag in _PLAIN and self._root is not None and self._root.holds(top)

    def carries(self, line: Line) -> bool:
        """Whether a line belongs to the stream: it looks like it, stands directly in it, or in a box that does."""
        if self.is_main(line):
            return True
        if line.hidden:  # shown on request, or to subscribers
            return line.block.tag == "p" and line.block.parent is not None and line.block.parent.index in self._beds
        if line.block.index in self._beds:
            return True
        top = self._top(line)
        if top.tag in _PLAIN and top.parent is not None and top.parent.index in self._beds:
            return True
        if line.first > self.last:
            return False
        if self.holds(line):
            return True
        known = self._boxes.get(top.index)
        if known is None:
            inside = [one for one in self._lines if top.holds(one.owner)]
            known = self._boxes[top.index] = self._is_text(inside)
        return known

    def _top(self, line: Line) -> Node:
        """The outermost element around a line that holds no paragraph of the stream."""
        top = line.block
        while top.parent is not None and top.parent.index not in self._spine:
            top = top.parent
        while top.tag not in _PLAIN and len(top.children) == 1 and top.children[0].chars == top.chars:
            top = top.children[0]  # a wrapper
        return top

    def _is_text(self, inside: list[Line]) -> bool:
        if len(inside) == 1 and inside[0].block.tag in HEADINGS:
            return inside[0].link_share < _REFERRING
        texts = [line for line in inside if line.size >= _PARAGRAPH and line.is_sentence and line.link_share < _REFERRING]
        if sum(line.size for line in texts if line.block.tag != "li") > _BOX * self._size:
            return True
        return len(texts) == len(inside)


Style = tuple[str, str, str, str]


def _style(line: Line) -> Style:
    block = line.block
    parent = block.parent
    return (block.tag, block.names, parent.tag, parent.names) if parent is not None else (block.tag, block.names, "", "")


def _near(lines: list[Line]) -> list[Line]:
    """Those of ``lines`` that stand near the others: teasers elsewhere on a page often have the looks of paragraphs.

    Where one bed holds most of the text, others count when they stand beside it or hold a good part themselves.
    """
    masses: dict[Node | None, float] = {}
    for line in lines:
        masses[line.block.parent] = masses.get(line.block.parent, 0.0) + line.size
    main = max(masses, key=lambda bed: masses[bed], default=None)
    if main is None or masses[main] < _MOST * sum(masses.values()):
        return lines
    around = [main.parent, main.parent.parent if main.parent else None]

    def is_near(bed: Node | None) -> bool:
        return bed is not None and (
            bed is main
            or masses[bed] >= _MAIN * masses[main]
            or bed.parent is around[0]
            or (bed.parent is not None and bed.parent.parent is around[1])
        )

    return [line for line in lines if is_near(line.block.parent)]


def _main_styles(lines: list[Line]) -> set[Style]:
    masses: dict[Style, float] = {}
    for line in lines:
        if line.size >= _PARAGRAPH and line.link_share < 0.5 and line.block.tag != "li" and not line.hidden:
            style = _style(line)
            masses[style] = masses.get(style, 0.0) + line.size
    most = max(masses.values(), default=0.0)
    return {style for style, mass in masses.items() if mass >= _MAIN * most}


def _says(line: Line, headline: str) -> bool:
    """Whether a line says the headline, perhaps with a kicker, and little else."""
    if not headline or line.size > 2 * len(headline) + _LEAD:
        return False
    said = flat(line.text)
    return said == headline or (len(headline) > _LEAD and headline in said)


def is_note(line: Line) -> bool:
    """Whether a line refers to something else, or says who made this."""
    if line.link_share > _ALL_LINK and line.size < _LONG_LINK:
        return True
    if line.link_share > 0.5 and line.size < _LONG_LINK and not line.is_sentence:
        return True
    if line.size > _NOTE:
        return False
    if _READ_ALSO.match(line.text) and (line.link_share > 0.2 or not line.is_sentence):
        return True
    return _CREDIT.match(line.text) is not None and not line.is_sentence


def _find_lead(lines: list[Line], title: Line | None, metadata: Metadata, stream: _Stream) -> list[Line]:
    """The paragraphs that sum the article up, among the lines between its title and its first paragraph."""
    description = flat(metadata.description or "")
    found: list[Line] = []
    for line in lines:
        if line.hidden or (title is not None and line.first <= title.first):
            continue
        if stream.is_main(line) and line.is_sentence:  # a first paragraph that is short
            found.append(line)
            continue
        said = flat(line.text)
        if stream.holds(line) and (line.block.tag in HEADINGS or (line.block.tag == "li" and line.size > _LEAD)):
            found.append(line)
            continue
        if line.size < _LEAD:
            continue
        block = line.block
        if description and (said.startswith(description[:60]) or description.startswith(said[:60])):
            found.append(line)
        elif title is None:
            continue
        elif verdict(block.names) & LEAD or (block.parent is not None and verdict(block.parent.names) & LEAD):
            found.append(line)
        elif line.size > _PARAGRAPH and line.is_sentence and block.tag != "li":
            found.append(line)
    return found


def _without_repeats(lines: list[Line]) -> list[Line]:
    """``lines`` without paragraphs that stand there twice: for small and wide screens, or as a quotation set apart."""
    firsts: dict[str, Line] = {}
    return [line for line in lines if line.size < _PARAGRAPH or firsts.setdefault(line.text, line) is line]


def _without_tail(lines: list[Line]) -> list[Line]:
    """``lines`` up to the article's end: no names, notes and invitations below its last sentence."""
    end = len(lines)
    while end > 1:
        line = lines[end - 1]
        named = line.size < _LABEL and not line.is_sentence and line.block.tag != "li"
        if not (named or (line.size < _NOTE and _AFTER_END.match(line.text) and line.block.tag != "li")):
            break
        end -= 1
    return lines[:end]


def _without_bare_headings(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in reversed(lines):
        if line.block.tag in HEADINGS and (
            not kept or (kept[-1].block.tag in HEADINGS and kept[-1].block.tag <= line.block.tag)
        ):
            continue
        kept.append(line)
    kept.reverse()
    return kept
