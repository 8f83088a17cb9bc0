"""Which lines of the element that holds an article are its paragraphs, and where its lead stands."""

from __future__ import annotations

import re

from ticker.parsing.lines import Line, flat
from ticker.parsing.metadata import Metadata
from ticker.parsing.outline import HEADINGS
from ticker.parsing.regions import LEAD, verdict
from ticker.parsing.words import CREDIT, READ_ALSO

_READ_ALSO = re.compile(rf"[^\w(#\[]*(?:{READ_ALSO})", re.I)
_CREDIT = re.compile(rf"[^\w(#\[©]*(?:{CREDIT})", re.I)
# A line of credit or an invitation to read on is no longer than two lines of print.
_NOTE = 160
# A line that is all link is a reference, unless it is as long as a paragraph.
_ALL_LINK = 0.8
_LONG_LINK = 200
# A paragraph is longer than a label or a headline is.
_PARAGRAPH = 80
# A style that holds a quarter of what the main one holds is as good: first paragraphs, questions and answers.
_MAIN = 0.25
# A box that holds this much of an article is a part of it.
_BOX = 0.3
_REFERRING = 0.3
# Elements that are text by themselves, in the stream of paragraphs.
_PLAIN = HEADINGS | frozenset(("p", "blockquote", "ul", "ol", "li", "table", "pre", "dl", "q", "center"))


def read_paragraphs(lines: list[Line], noise: list[bool], metadata: Metadata, title: Line | None) -> list[str]:
    """The paragraphs among ``lines``, in order.

    An article's paragraphs look alike: most stand in elements of one tag and class, below parents of one tag and
    class. Those are the stream; what stands directly beside them belongs to them, and a box among them does not
    unless it holds nothing but paragraphs.
    """
    live = [line for line in lines if not noise[line.owner.index] and line.block.tag != "h1"]
    main = _main_styles(live)
    if not main:
        return []
    stream = _Stream(live, main)
    first = next(at for at, line in enumerate(live) if _style(line) in main and line.size >= _PARAGRAPH)
    headline = flat(metadata.title or "")
    kept: list[Line] = []
    for line in live[first:]:
        if is_note(line) or (headline and flat(line.text) == headline):
            continue
        if stream.carries(line):
            kept.append(line)
    return [line.text for line in _find_lead(live[:first], title, metadata)] + [
        line.text for line in _without_bare_headings(kept)
    ]


class _Stream:
    """Where an article's paragraphs stand, and whether a line stands among them."""

    def __init__(self, lines: list[Line], main: set[Style]) -> None:
        self._main = main
        self._boxes: dict[int, bool] = {}
        self._inside: dict[int, list[Line]] = {}
        self._lines = lines
        self._total = sum(line.size for line in lines if _style(line) in main)
        self._spine: set[int] = set()
        for line in lines:
            if _style(line) in main and line.size >= _PARAGRAPH:
                node = line.block.parent
                while node is not None and node.index not in self._spine:
                    self._spine.add(node.index)
                    node = node.parent

    def carries(self, line: Line) -> bool:
        """Whether a line belongs to the stream: it looks like it, stands directly in it, or in a box that does."""
        if _style(line) in self._main:
            return True
        top = line.block
        while top.parent is not None and top.parent.index not in self._spine:
            top = top.parent
        if top.tag in _PLAIN:
            return True
        known = self._boxes.get(top.index)
        if known is None:
            known = self._boxes[top.index] = self._is_text([one for one in self._lines if top.holds(one.owner)])
        return known

    def _is_text(self, inside: list[Line]) -> bool:
        size = sum(line.size for line in inside)
        if size > _BOX * self._total:
            return True
        return all(line.size >= _PARAGRAPH and line.is_sentence and line.link_share < _REFERRING for line in inside)


Style = tuple[str, str, str, str]


def _style(line: Line) -> Style:
    block = line.block
    parent = block.parent
    return (block.tag, block.names, parent.tag, parent.names) if parent is not None else (block.tag, block.names, "", "")


def _main_styles(lines: list[Line]) -> set[Style]:
    masses: dict[Style, float] = {}
    for line in lines:
        if line.size >= _PARAGRAPH and line.link_share < 0.5 and line.block.tag != "li":
            style = _style(line)
            masses[style] = masses.get(style, 0.0) + line.size
    most = max(masses.values(), default=0.0)
    return {style for style, mass in masses.items() if mass >= _MAIN * most}


def is_note(line: Line) -> bool:
    """Whether a line refers to something else, or says who made this."""
    if line.link_share > _ALL_LINK and line.size < _LONG_LINK:
        return True
    if line.size > _NOTE:
        return False
    if _READ_ALSO.match(line.text) and (line.link_share > 0.2 or not line.is_sentence):
        return True
    return _CREDIT.match(line.text) is not None and not line.is_sentence


def _find_lead(lines: list[Line], title: Line | None, metadata: Metadata) -> list[Line]:
    """The paragraphs that sum the article up, among the lines between its title and its first paragraph."""
    description = flat(metadata.description or "")
    headline = flat(metadata.title or "")
    found: list[Line] = []
    for line in lines:
        said = flat(line.text)
        if is_note(line) or line.size < 30 or (title is not None and line.first <= title.first) or said == headline:
            continue
        block = line.block
        named = verdict(block.names) & LEAD or (block.parent is not None and verdict(block.parent.names) & LEAD)
        described = description and (said.startswith(description[:60]) or description.startswith(said[:60]))
        if named or described or (line.size > 80 and line.is_sentence):
            found.append(line)
    return found


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
