"""Keep the lines of an article's container, and prune what evidence shows to be no part of the article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ticker.addresses import host
from ticker.parsing.body_words import AFTER_END, CREDIT, READ_ALSO, RELATED
from ticker.parsing.boilerplate import LEAD, is_named, leads_away, verdict
from ticker.parsing.lines import PARAGRAPH, Line, flat
from ticker.parsing.metadata import Metadata
from ticker.parsing.outline import HEADINGS, Node, Outline
from ticker.parsing.words import words_of

_READ_ALSO = re.compile(rf"[^\w(#\[]*(?:{READ_ALSO})", re.I)
_AFTER_END = re.compile(rf"[^\w(#\[©]*(?:{AFTER_END})", re.I)
_CREDIT = re.compile(rf"[^\w(#\[©]*(?:{CREDIT})", re.I)
_SECTION = re.compile(rf"[^\w(#\[]*(?:{RELATED})", re.I)
# A line of credit or an invitation to read on is no longer than two lines of print.
_NOTE = 160
# An invitation with a link may be longer.
_LONG_NOTE = 400
# What an author is and does, in letters; it begins with the name.
_BIOGRAPHY = 600
_SHORTEST_NAME = 5
# Names and places below an article, a photo's caption: no sentence, and less than a line of print.
_LABEL = 60
# A line that is all link is a reference, unless it is as long as a paragraph.
_ALL_LINK = 0.8
_LONG_LINK = 200
# "Last updated", "Published by".
_DATE_LABEL = 24
# Two texts that begin with the same letters are one, cut off at different lengths.
_KNOWN_BY = 60
# A lead has a few words at least.
_LEAD = 30
# Hidden text that is to be read on is as long as what is shown, nearly or more; dialogs and notices are shorter.
_BEHIND = 0.5

# A bed that holds a quarter of what the main one holds is as good: first paragraphs, questions and answers.
_MAIN = 0.25
# A box that holds this much of an article is a part of it.
_BOX = 0.3
# A box is text where this much of it is running text, lists or tables.
_TEXT = 0.7
# A paragraph may name its sources; what is a third links is there for their sake.
_REFERRING = 0.3
_NUMBER = re.compile(r"\d+")
# Elements that are text by themselves, in an element that holds paragraphs.
_PLAIN = HEADINGS | frozenset(
    "p blockquote ul ol li table caption thead tbody tfoot tr td th pre dl dt dd q center details summary figure".split()
)
# A box with a picture and no more than this is a caption.
_PICTURES = frozenset(("img", "picture"))
_NO_CAPTION = HEADINGS | {"blockquote", "li", "td"}
_CAPTION_LINES = 2
_CAPTION = 400
# A box with a button and no more than this asks for consent or a subscription.
_CONTROLS = frozenset(("button", "label", "form", "fieldset"))
_NOTICE = 700
_CELLS = frozenset(("td", "th"))
# A cell with more letters is a part of a layout.
_LONGEST_CELL = 400
# Lists in lists in tables: no text stands deeper. Elements that are never closed do.
_DEEPEST = 32
# Class names of subheadings that are set in a `div`.
_HEADING_NAMES = frozenset(
    "heading headline subheading subhead subtitle subheadline midtitle zwischentitel intertitre ladillo mellomtittel "
    "mellanrubrik tussenkop sottotitolo".split()
)
_LISTED = frozenset("li tr td th dt dd pre".split())


def read_paragraphs(
    outline: Outline, lines: list[Line], container: Node, metadata: Metadata, title: Line | None
) -> tuple[list[str], list[str]]:
    """Return the lead and the paragraphs among ``lines``, in order.

    ``lines`` reach from the headline, or the beginning of ``container``, to the container's end.
    """
    headline = flat(metadata.title or "")
    site = host(metadata.url)
    shown = _without_hidden(lines)
    names = tuple(name.lower() for name in metadata.authors if len(name) > _SHORTEST_NAME)
    beds = Beds(outline, shown, container, site, names)
    live = [
        line
        for line in _without_sections(shown, site, beds)
        if not is_note(line, site) and not _says(line, headline) and line.block.tag != "h1"
    ]
    if not beds.group:
        return [], []
    description = flat(metadata.description or "")[:_KNOWN_BY]
    kept = [
        line
        for line in live
        if (beds.carries(line) if line.first >= beds.first else _is_lead(line, title, description, beds))
    ]
    first = beds.first
    whole = _without_bare_headings(_without_tail(_without_repeats(kept), beds, names), first)
    return [line.text for line in whole if line.first < first], [line.text for line in whole if line.first >= first]


class Beds:
    """The elements of a container in which the article's paragraphs stand, and what stands beside them.

    ``group`` holds the indexes of those elements, the beds; ``first`` and ``last`` are the indexes of the pieces of
    text at which their first and last running lines begin.
    """

    def __init__(self, outline: Outline, lines: list[Line], container: Node, site: str, names: tuple[str, ...]) -> None:
        self._outline = outline
        self._names = names
        self._site = site
        self._lines = lines
        self._owners = [line.owner.index for line in lines]
        self._named = is_named(container)
        self._judged: dict[int, bool] = {}
        self.group: set[int] = set()
        self.root: Node | None = None
        self._spine: set[int] = set()
        self.first = self.last = 0
        lines = [line for line in lines if container.holds(line.owner)]
        running = [line for line in lines if line.is_running and line.link_share < _REFERRING]
        if self._named and not running:  # results, programmes: nothing but short lines
            running = [line for line in lines if line.link_share < _REFERRING]
        masses: dict[Node, float] = {}
        for line in running:
            bed = bed_of(line)
            masses[bed] = masses.get(bed, 0.0) + line.size
        if not masses:
            return
        main = max(masses, key=lambda bed: masses[bed])
        for bed, mass in masses.items():
            if bed is not main and _shape(bed) != _shape(main) and self.is_caption(bed):
                continue
            if bed is main or _shape(bed) == _shape(main) or mass >= _MAIN * masses[main]:
                self.group.add(bed.index)
                self._spine.update(node.index for node in (bed, *bed.ancestors()))
                while self.root is not None and not self.root.holds(bed):
                    self.root = self.root.parent
                self.root = self.root or bed
        if self._named or self.root is None:
            self.root = container
        self._shape = _shape(main)
        self._size = sum(mass for bed, mass in masses.items() if bed.index in self.group)
        inside = [line for line in running if bed_of(line).index in self.group]
        self.first, self.last = inside[0].first, inside[-1].first

    def is_bed(self, node: Node) -> bool:
        """Return whether paragraphs stand in ``node``, or whether it is around such an element."""
        return node.index in self._spine

    def carries(self, line: Line) -> bool:
        """Return whether a line stands in a bed, or in a box of text beside one."""
        bed = bed_of(line)
        if bed.index in self.group or (_shape(bed) == self._shape and self.first < line.first < self.last):
            return True
        if bed.index in self._spine:
            return line.first <= self.last
        box = bed
        while box.parent is not None and box.parent.index not in self._spine:
            box = box.parent
        known = self._judged.get(box.index)
        if known is None:
            known = self._judged[box.index] = self._is_text(box)
        return known

    def _within(self, node: Node) -> list[Line]:
        return self._lines[bisect_left(self._owners, node.index) : bisect_left(self._owners, node.end)]

    def is_caption(self, box: Node) -> bool:
        """Return whether a box holds a picture and a line or two about it."""
        inside = self._within(box)
        if len(inside) > _CAPTION_LINES or sum(line.size for line in inside) >= _CAPTION:
            return False
        tags = {node.tag for node in self._outline.below(box)}
        return not tags.isdisjoint(_PICTURES) and tags.isdisjoint(_NO_CAPTION)

    def _asks(self, box: Node) -> bool:
        """Return whether a box has a button or a field, other than headings that unfold what stands below them."""
        for node in self._outline.below(box):
            if node.tag in _CONTROLS:
                return all(one.tag not in HEADINGS for one in self._outline.below(node))
        return False

    def _is_text(self, box: Node) -> bool:
        """Return whether a box beside the paragraphs is a part of the article."""
        inside = self._within(box)
        if not inside:
            return False
        size = sum(line.size for line in inside)
        if self.is_caption(box) or any(is_biography(line, self._names) for line in inside):
            return False
        if _SECTION.match(inside[0].text) and inside[0].size <= _LABEL and not inside[0].is_sentence:
            return False
        if size < _NOTICE and self._asks(box):
            return False
        linked = _linked(inside, self._site)
        running = sum(line.size for line in inside if line.is_running)
        if running >= _BOX * self._size and linked < _REFERRING * size:
            return True
        if inside[0].first > self.last and not (self.root and self.root.holds(box)):
            return False
        text = sum(line.size for line in inside if line.is_running or is_listed(line) or is_heading(line))
        return text >= _TEXT * size and linked < _REFERRING * size


def bed_of(line: Line) -> Node:
    """Return the innermost element around a line that is no paragraph, list, table or quotation itself."""
    node = line.block
    for _ in range(_DEEPEST):
        if node.tag not in _PLAIN or node.parent is None:
            break
        if node.tag in _CELLS and node is not line.block and node.chars - node.link_chars > _LONGEST_CELL:
            break  # a part of a layout
        node = node.parent
    return node


def is_heading(line: Line) -> bool:
    """Return whether a line is a heading, by its element or by its class name."""
    return line.block.tag in HEADINGS or not words_of(line.block.names).isdisjoint(_HEADING_NAMES)


def is_listed(line: Line) -> bool:
    """Return whether a line stands in a list or a table, or is a listing."""
    node: Node | None = line.block
    while node is not None and node.tag in _PLAIN:
        if node.tag in _LISTED:
            return True
        node = node.parent
    return False


def _shape(node: Node) -> tuple[str, str, int]:
    return node.tag, _NUMBER.sub("", node.get("class") or ""), node.depth


def _without_hidden(lines: list[Line]) -> list[Line]:
    """Return ``lines`` without those that the page hides, unless they are the text behind "read on"."""
    shown = [line for line in lines if not line.hidden]
    looks = {_look(line) for line in shown if line.is_running}
    behind = [line for line in lines if line.hidden and line.is_running and _look(line) in looks]
    if sum(line.size for line in behind) < _BEHIND * sum(line.size for line in shown if line.is_running):
        beds = {line.block.parent for line in shown if line.is_running and line.block.tag == "p"}
        return [line for line in lines if not line.hidden or (line.block.tag == "p" and line.block.parent in beds)]
    looks = {_look(line) for line in behind}
    beds = {line.block.parent for line in behind}
    return [line for line in lines if not line.hidden or _look(line) in looks or line.block.parent in beds]


def _without_sections(lines: list[Line], site: str, beds: Beds) -> list[Line]:
    """Return ``lines`` without the sections that a heading such as "Related stories" names.

    A section reaches to the next heading in the same element, or to the end of that element. It must hold links to
    other pages, or stand apart from the paragraphs.
    """
    kept: list[Line] = []
    at = 0
    while at < len(lines):
        end = _section_end(lines, at, beds)
        section = lines[at:end]
        size = sum(line.size for line in section)
        bed = bed_of(lines[at])
        apart = not beds.is_bed(bed) or all(bed_of(line) is not bed for line in section[1:])
        if end > at + 1 and (apart or _linked(section, site) > _REFERRING * size):
            at = end
            continue
        kept.append(lines[at])
        at += 1
    return kept


def _section_end(lines: list[Line], at: int, beds: Beds) -> int:
    """Return where the section ends whose heading stands at ``at``; ``at`` where no such heading stands there.

    A paragraph that stands where the article's do ends it.
    """
    line = lines[at]
    if line.size > _LABEL or line.link_share or not _SECTION.match(line.text):
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
        bed = bed_of(lines[end])
        if bed is scope and bed.index in beds.group and lines[end].is_running and not lines[end].link_share:
            break
        end += 1
    return end


def _linked(lines: Sequence[Line], site: str) -> float:
    """Return how much of ``lines`` leads to other pages of ``site``, in letters."""
    return sum(line.size * line.link_share for line in lines if not leads_away(line.link, site))


def _look(line: Line) -> tuple[str, str]:
    return line.block.tag, line.block.names


def _says(line: Line, headline: str) -> bool:
    """Return whether a line says the headline, perhaps with a kicker, and little else."""
    if not headline or line.size > 2 * len(headline) + _LEAD:
        return False
    said = flat(line.text)
    return said == headline or (len(headline) > _LEAD and headline in said)


def is_note(line: Line, site: str) -> bool:
    """Return whether a line leads to another page of ``site``, or says who made this."""
    if line.block.tag in HEADINGS and line.link is not None and (line.link.get("href") or "").startswith("#"):
        return False
    is_link = line.link_share > 0.5 and line.size < _LONG_LINK and not leads_away(line.link, site)
    if is_link and (not line.is_sentence or (line.link_share > _ALL_LINK and line.size < PARAGRAPH)):
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


def _is_time(text: str, label: int = 0) -> bool:
    """Return whether ``text`` is a time and nothing else, or a time with a label of ``label`` letters at most."""
    from ticker.times import find_times

    found = find_times(text)
    return bool(found) and len(flat(text)) - len(flat("".join(time.text for time in found))) <= label


def _is_lead(line: Line, title: Line | None, description: str, beds: Beds) -> bool:
    """Return whether a line before the first paragraph belongs to the article."""
    block = line.block
    if line.size < _NOTE and not line.is_running and _is_time(line.text, _DATE_LABEL):
        return False
    within = beds.root is not None and beds.root.holds(line.owner)
    if within and (title is None or line.first > title.first) and beds.carries(line):
        return True
    if line.size < _LEAD:
        return False
    said = flat(line.text)
    if description and (said.startswith(description) or description.startswith(said[:_KNOWN_BY])):
        return True
    if title is None or line.first < title.first or beds.is_caption(bed_of(line)):
        return False
    if verdict(block.names) & LEAD or (block.parent is not None and verdict(block.parent.names) & LEAD):
        return True
    return line.size > PARAGRAPH and line.is_sentence and block.tag != "li"


def _without_repeats(lines: list[Line]) -> list[Line]:
    """Return ``lines`` without paragraphs that stand there twice: for small and wide screens, or set apart."""
    firsts: dict[str, Line] = {}
    return [
        line
        for line in lines
        if (line.size < PARAGRAPH and line.block.tag not in HEADINGS) or firsts.setdefault(line.text, line) is line
    ]


def is_biography(line: Line, names: tuple[str, ...]) -> bool:
    """Return whether a line tells who an author is. ``names`` are the authors', in lower case."""
    return bool(names) and line.size < _BIOGRAPHY and line.text.lower().lstrip("*(– ").startswith(names)


def _without_tail(lines: list[Line], beds: Beds, names: tuple[str, ...]) -> list[Line]:
    """Return ``lines`` up to the article's end: no names, notes and invitations below its last sentence."""
    end = len(lines)
    while end > 1:
        line = lines[end - 1]
        if is_listed(line):
            break
        named = line.size < _LABEL and not line.is_sentence and line.first > beds.last
        after = line.size < (_LONG_NOTE if line.link_share else _NOTE) and _AFTER_END.match(line.text)
        if not (named or after or is_biography(line, names)):
            break
        end -= 1
    return lines[:end]


def _without_bare_headings(lines: list[Line], first: int) -> list[Line]:
    """Return ``lines`` without headings of what was left out.

    Before the ``first`` paragraph, several headings of one look in a row are the lines of a lead.
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
