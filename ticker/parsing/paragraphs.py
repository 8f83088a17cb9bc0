"""Which lines of the element that holds an article are its paragraphs, and where its lead stands."""

from __future__ import annotations

import re

from ticker.parsing.body_words import AFTER_END, CREDIT, READ_ALSO
from ticker.parsing.lines import PARAGRAPH, Line, flat
from ticker.parsing.metadata import Metadata
from ticker.parsing.outline import HEADINGS
from ticker.parsing.regions import LEAD, verdict
from ticker.parsing.stream import Stream, style_of

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
# Two texts that begin with the same letters are one, cut off at different lengths.
_KNOWN_BY = 60
# A lead has a few words at least.
_LEAD = 30


def read_paragraphs(
    lines: list[Line], noise: list[bool], metadata: Metadata, title: Line | None
) -> tuple[list[str], list[str]]:
    """The lead and the paragraphs among ``lines``, in order.

    An article's paragraphs look alike: most stand in elements of one tag and class, below parents of one tag and
    class. Those are the stream; what stands directly beside them belongs to them, and a box among them does not
    unless it holds nothing but paragraphs.
    """
    live = [line for line in lines if not noise[line.owner.index] and line.has_words]
    stream = Stream(live)
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
    whole = _without_bare_headings(_without_tail(_without_repeats(lead + kept)), stream.first)
    return [line.text for line in whole if line.first < stream.first], [
        line.text for line in whole if line.first >= stream.first
    ]


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
    if line.block.tag in HEADINGS or line.block.tag == "li":  # "By the river", "Photo finish"
        return False
    if line.size < _LABEL and _is_time(line.text):  # above an entry of a live blog
        return True
    return _CREDIT.match(line.text) is not None and not line.is_sentence


def _is_time(text: str) -> bool:
    """Whether ``text`` is a time and nothing else."""
    from ticker.times import find_times

    found = find_times(text)
    return bool(found) and flat("".join(time.text for time in found)) == flat(text)


def _find_lead(lines: list[Line], title: Line | None, metadata: Metadata, stream: Stream) -> list[Line]:
    """The paragraphs that sum the article up, among the lines between its title and its first paragraph."""
    description = flat(metadata.description or "")[:_KNOWN_BY]
    below = [line for line in lines if not line.hidden and (title is None or line.first > title.first)]
    return [line for line in below if _is_lead(line, title, description, stream)]


def _is_lead(line: Line, title: Line | None, description: str, stream: Stream) -> bool:
    block = line.block
    if (stream.is_main(line) or stream.beds(line)) and line.is_sentence:  # first paragraphs, short or set in bold
        return True
    if block.tag in HEADINGS and stream.holds(line):
        return True
    if line.size < _LEAD:
        return False
    if block.tag == "li" and stream.holds(line):
        return True
    said = flat(line.text)
    if description and (said.startswith(description) or description.startswith(said[:_KNOWN_BY])):
        return True
    if title is None:  # where it would begin is not known
        return False
    if verdict(block.names) & LEAD or (block.parent is not None and verdict(block.parent.names) & LEAD):
        return True
    return line.size > PARAGRAPH and line.is_sentence and block.tag != "li"


def _without_repeats(lines: list[Line]) -> list[Line]:
    """``lines`` without paragraphs that stand there twice: for small and wide screens, or as a quotation set apart."""
    firsts: dict[str, Line] = {}
    return [line for line in lines if line.size < PARAGRAPH or firsts.setdefault(line.text, line) is line]


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


def _without_bare_headings(lines: list[Line], first: int) -> list[Line]:
    """``lines`` without headings of what was left out.

    Before the ``first`` paragraph, several headings of one look in a row are the lines of a lead.
    """
    kept: list[Line] = []
    for line in reversed(lines):
        if line.block.tag in HEADINGS:
            next_one = kept[-1] if kept else None
            bare = next_one is None or (next_one.block.tag in HEADINGS and next_one.block.tag <= line.block.tag)
            if bare and not (next_one and next_one.first < first and style_of(next_one) == style_of(line)):
                continue
        kept.append(line)
    kept.reverse()
    return kept
