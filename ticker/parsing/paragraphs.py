"""Which lines of the element that holds an article are its paragraphs, and where its lead stands."""

from __future__ import annotations

import re

from ticker.parsing.lines import Line, flat
from ticker.parsing.metadata import Metadata
from ticker.parsing.outline import HEADINGS, Node
from ticker.parsing.regions import LEAD, verdict
from ticker.parsing.words import CREDIT, READ_ALSO

_READ_ALSO = re.compile(rf"[^\w(#\[]*(?:{READ_ALSO})", re.I)
_CREDIT = re.compile(rf"[^\w(#\[©]*(?:{CREDIT})", re.I)
# A line of credit or an invitation to read on is no longer than two lines of print.
_NOTE = 160
# A line that is all link is a reference, unless it is as long as a paragraph.
_ALL_LINK = 0.8
_LONG_LINK = 200


def read_paragraphs(lines: list[Line], noise: list[bool], metadata: Metadata, body: Node) -> list[str]:
    """The paragraphs among ``lines``, in order, headings that head nothing left out."""
    title = flat(metadata.title or "")
    kept: list[Line] = []
    for line in lines:
        if noise[line.owner.index] or line.block.tag == "h1":
            continue
        if is_note(line) or (title and flat(line.text) == title):
            continue
        kept.append(line)
    return [line.text for line in _without_bare_headings(kept)]


def is_note(line: Line) -> bool:
    """Whether a line refers to something else, or says who made this."""
    if line.link_share > _ALL_LINK and line.size < _LONG_LINK:
        return True
    if line.size > _NOTE:
        return False
    if _READ_ALSO.match(line.text) and (line.link_share > 0.2 or not line.is_sentence):
        return True
    return _CREDIT.match(line.text) is not None and not line.is_sentence


def find_lead(
    lines: list[Line],
    start: int,
    end: int,
    title: Line | None,
    noise: list[bool],
    metadata: Metadata,
    paragraphs: list[str],
) -> list[str]:
    """The paragraphs that sum the article up, where they stand between its title and its body."""
    if title is None:
        return []
    at = lines.index(title)
    if at >= start:
        return []
    known = {flat(text) for text in paragraphs[:3]}
    description = flat(metadata.description or "")
    found: list[str] = []
    for line in lines[at + 1 : start]:
        if noise[line.owner.index] or is_note(line) or line.size < 30:
            continue
        said = flat(line.text)
        if said in known:
            continue
        block = line.block
        named = verdict(block.names) & LEAD or (block.parent is not None and verdict(block.parent.names) & LEAD)
        described = description and (said.startswith(description[:60]) or description.startswith(said[:60]))
        if named or described or (line.size > 80 and line.is_sentence):
            found.append(line.text)
            known.add(said)
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
