"""Selection of the lines in an article's container that belong to the article."""

from __future__ import annotations

import re
from itertools import zip_longest

from ticker.parsing.article.container import (
    LABEL,
    REFERRING,
    ArticleContainer,
    is_biography,
    is_listed,
    linked_size,
    text_parent,
)
from ticker.parsing.boilerplate import LEAD, SECTION, is_external_link, name_flags
from ticker.parsing.lines import PARAGRAPH, Line, comparison_key
from ticker.parsing.metadata.merge import Metadata
from ticker.parsing.outline import HEADINGS, Node, Outline
from ticker.parsing.vocabulary.articles import ADVERT, AFTER_END, CREDIT, LEGAL, READ_ALSO
from ticker.times.finder import find_times
from ticker.urls import host

_READ_ALSO = re.compile(rf"[^\w(#\[]*(?:{READ_ALSO})", re.I)
_AFTER_END = re.compile(rf"[^\w(#©]*(?:{AFTER_END})", re.I)
_CREDIT = re.compile(rf"[^\w(#\[©]*(?:{CREDIT})", re.I)
_ADVERT = re.compile(rf"\W*(?:{ADVERT})\W*$", re.I)
_LEGAL = re.compile(rf"[^\w(#\[©]*(?:{LEGAL})", re.I)
_ADDRESS = re.compile(r"https?://\S+$")
# A credit or an invitation to read on has at most two lines of print.
_NOTE = 160
# An invitation with a link may be longer.
_LONG_NOTE = 400
# The longest notice on rights.
_LONGEST_LEGAL = 700
# "Text by", "and AFP" beside a name.
_BY_WORDS = 16
_SHORTEST_NAME = 5
# A line that consists of a link is a reference, unless it is as long as a paragraph.
_ALL_LINK = 0.8
_LONG_LINK = 200
# "Last updated", "Published by".
_DATE_LABEL = 24
# Two texts with this many equal letters at the beginning are the same, truncated at different lengths.
_KNOWN_BY = 60
# A lead has at least a few words.
_LEAD = 30
_POINT = 15
# Elements of a standfirst beside the headline.
_STANDFIRSTS = frozenset(("p", "h2", "h3", "h4"))
# Hidden text behind "read on" has at least this share of the visible text's length; dialogs and notices are shorter.
_BEHIND = 0.5


def read_paragraphs(
    outline: Outline, lines: list[Line], node: Node, metadata: Metadata, title: Line | None
) -> tuple[list[str], list[str]]:
    """Return the lead and the paragraphs among ``lines``, in order.

    ``node`` is the chosen container. ``lines`` reach from the headline, or the container's beginning, to its end.
    """
    headline = comparison_key(metadata.title or "")
    site = host(metadata.url)
    shown = _without_hidden(lines)
    names = tuple(name.lower() for name in metadata.authors if len(name) > _SHORTEST_NAME)
    container = ArticleContainer(outline, shown, node, site, names)
    lines = _without_sections(shown, site, container)
    live = [
        line
        for line, after in zip_longest(lines, lines[1:])
        if line.block.tag != "h1"
        and not (_says(line, headline) or _is_byline(line, names) or _is_caption(outline, line))
        and (not is_note(line, site) or _heads_text(line, after, container))
    ]
    if container.root is None:
        return [], []
    first = container.first
    description = comparison_key(metadata.description or "")[:_KNOWN_BY]
    kept = [
        line
        for line in live
        if (container.carries(line) if line.first >= first else _is_lead(line, title, description, container))
    ]
    whole = _without_bare_headings(_without_tail(_without_repeats(kept), container, names), first)
    return [line.text for line in whole if line.first < first], [line.text for line in whole if line.first >= first]


def _without_hidden(lines: list[Line]) -> list[Line]:
    """Return ``lines`` without hidden ones, except the text behind "read on"."""
    shown = [line for line in lines if not line.hidden]
    looks = {_look(line) for line in shown if line.is_running}
    behind = [line for line in lines if line.hidden and line.is_running and _look(line) in looks]
    if sum(line.size for line in behind) < _BEHIND * sum(line.size for line in shown if line.is_running):
        parents = {line.block.parent for line in shown if line.is_running and line.block.tag == "p"}
        return [line for line in lines if not line.hidden or (line.block.tag == "p" and line.block.parent in parents)]
    looks = {_look(line) for line in behind}
    parents = {line.block.parent for line in behind}
    return [line for line in lines if not line.hidden or _look(line) in looks or line.block.parent in parents]


def _without_sections(lines: list[Line], site: str, container: ArticleContainer) -> list[Line]:
    """Return ``lines`` without sections under headings such as "Related stories".

    A section ends at the next heading in the same element or at the end of that element. It must link to other pages
    or be separate from the paragraphs.
    """
    kept: list[Line] = []
    at = 0
    while at < len(lines):
        end = _section_end(lines, at, container)
        section = lines[at:end]
        size = sum(line.size for line in section)
        parent = text_parent(lines[at])
        apart = not container.is_around_text(parent) or all(text_parent(line) is not parent for line in section[1:])
        if end > at + 1 and (apart or linked_size(section, site) > REFERRING * size):
            at = end
            continue
        kept.append(lines[at])
        at += 1
    return kept


def _section_end(lines: list[Line], at: int, container: ArticleContainer) -> int:
    """Return the end of the section whose heading is at ``at``, or ``at`` if that is not such a heading.

    A paragraph among those of the article ends the section.
    """
    line = lines[at]
    if line.size > LABEL or line.link_share or not SECTION.match(line.text):
        return at
    if line.is_sentence and line.block.tag not in HEADINGS:
        return at
    scope = line.block
    if at + 1 < len(lines) and not scope.holds(lines[at + 1].owner):
        scope = scope.parent or scope
    rank = line.block.tag if line.block.tag in HEADINGS else "h6"
    end = at + 1
    while end < len(lines) and scope.holds(lines[end].owner):
        block = lines[end].block
        if block.tag in HEADINGS and block.tag <= rank and not lines[end].link_share:
            break
        is_paragraph = lines[end].is_running and not lines[end].link_share
        if is_paragraph and scope.index in container.parents and text_parent(lines[end]) is scope:
            break
        end += 1
    return end


def _look(line: Line) -> tuple[str, str]:
    return line.block.tag, line.block.names


def _heads_text(line: Line, after: Line | None, container: ArticleContainer) -> bool:
    """Return whether a line is the heading of a paragraph of the article just below it."""
    if line.block.tag not in HEADINGS or after is None or not after.is_running or after.link_share:
        return False
    return text_parent(line) is text_parent(after) and container.is_around_text(text_parent(line))


def _says(line: Line, headline: str) -> bool:
    """Return whether a line is the headline, perhaps with a kicker, and little else."""
    if not headline or line.size > 2 * len(headline) + _LEAD:
        return False
    said = comparison_key(line.text)
    return said == headline or (len(headline) > _LEAD and headline in said)


def is_note(line: Line, site: str) -> bool:
    """Return whether a line is a link to another page of ``site``, an advertisement label, a time or a credit."""
    if line.block.tag in HEADINGS and line.link is not None and (line.link.get("href") or "").startswith("#"):
        return False
    is_link = line.link_share > 0.5 and line.size < _LONG_LINK and not is_external_link(line.link, site)
    if is_link and _ADDRESS.match(line.text):
        return False
    if is_link and (not line.is_sentence or (line.link_share > _ALL_LINK and line.size < PARAGRAPH)):
        return True
    if line.size > _NOTE:
        return False
    if _ADVERT.match(line.text):
        return True
    if _READ_ALSO.match(line.text) and (line.link_share > 0.2 or not line.is_sentence):
        return True
    if line.block.tag in HEADINGS or line.block.tag == "li":  # "By the river", "Photo finish"
        return False
    if line.size < LABEL and _is_time(line.text):  # above a live blog's entry
        return True
    return _CREDIT.match(line.text) is not None and not line.is_sentence


def _is_byline(line: Line, names: tuple[str, ...]) -> bool:
    """Return whether a line is an author's name, perhaps with a by-word and an agency."""
    if not names or line.size > LABEL + _BY_WORDS:
        return False
    text = line.text.lower()
    return any(name in text and len(text) <= len(name) + _BY_WORDS for name in names) and not line.is_sentence


def _is_caption(outline: Outline, line: Line) -> bool:
    """Return whether a short line follows a picture at the beginning of its paragraph."""
    block = line.block
    if block.tag != "p" or line.size > _LONG_LINK:
        return False
    first = next(iter(outline.children(block)), None)
    return first is not None and first.tag in ("img", "picture") and first.first == block.first + 1


def _is_time(text: str, label: int = 0) -> bool:
    """Return whether ``text`` is only a time, or a time with a label of at most ``label`` letters."""
    found = find_times(text)
    return (
        bool(found) and len(comparison_key(text)) - len(comparison_key("".join(time.text for time in found))) <= label
    )


def _is_lead(line: Line, title: Line | None, description: str, container: ArticleContainer) -> bool:
    """Return whether a line before the first paragraph belongs to the article."""
    block = line.block
    if line.size < _NOTE and not line.is_running and _is_time(line.text, _DATE_LABEL):
        return False
    within = container.root is not None and container.root.holds(line.owner)
    if within and (title is None or line.first > title.first) and container.carries(line):
        return True
    if line.size < (_POINT if block.tag == "li" else _LEAD):
        return False
    said = comparison_key(line.text)
    if description and (said.startswith(description) or description.startswith(said[:_KNOWN_BY])):
        return True
    if title is None or line.first < title.first or container.is_caption(text_parent(line)):
        return False
    if name_flags(block.names) & LEAD or (block.parent is not None and name_flags(block.parent.names) & LEAD):
        return True
    if block.tag in _STANDFIRSTS and not line.link_share and block.parent in (title.block.parent, title.block):
        return True
    if block.tag == "li":  # key points
        return not line.link_share and block.parent is not None and block.parent.parent is title.block.parent
    return line.size > PARAGRAPH and line.is_sentence


def _without_repeats(lines: list[Line]) -> list[Line]:
    """Return ``lines`` without repeated paragraphs: variants for small and wide screens, highlighted copies."""
    firsts: dict[str, Line] = {}
    return [line for line in lines if line.size < PARAGRAPH or firsts.setdefault(line.text, line) is line]


def _without_tail(lines: list[Line], container: ArticleContainer, names: tuple[str, ...]) -> list[Line]:
    """Return ``lines`` up to the article's end, without names, notes and invitations below its last sentence."""
    end = len(lines)
    while end > 1:
        line = lines[end - 1]
        if is_listed(line):
            break
        named = line.size < LABEL and not line.is_sentence and line.first > container.last
        after = line.size < (_LONG_NOTE if line.link_share else _NOTE) and _AFTER_END.match(line.text)
        legal = line.size < _LONGEST_LEGAL and _LEGAL.match(line.text)
        if not (named or after or legal or is_biography(line, names)):
            break
        end -= 1
    return lines[:end]


def _without_bare_headings(lines: list[Line], first: int) -> list[Line]:
    """Return ``lines`` without headings of dropped text.

    Before the ``first`` paragraph, several adjacent headings of one look are the lines of a lead.
    """
    kept: list[Line] = []
    for line in reversed(lines):
        if line.block.tag in HEADINGS and not line.is_running:
            next_one = kept[-1] if kept else None
            bare = next_one is None or (next_one.block.tag in HEADINGS and next_one.block.tag <= line.block.tag)
            if bare and not (next_one and next_one.first < first and _look(next_one) == _look(line)):
                continue
        kept.append(line)
    kept.reverse()
    return kept
