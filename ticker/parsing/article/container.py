"""The elements of an article's container that hold its paragraphs, and the boxes beside them that belong to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from ticker.parsing.boilerplate import SECTION, is_external_link, is_named
from ticker.parsing.lines import CELLS, Line
from ticker.parsing.outline import HEADINGS, Node, Outline
from ticker.parsing.vocabulary.blocks import split_words

# Names and places below an article or a photo's caption: not a sentence, and less than a line of print.
LABEL = 60
# A paragraph may name its sources; text with a larger share of links exists for the links.
REFERRING = 0.3
# The longest biography of an author, in letters; it begins with the name.
_BIOGRAPHY = 600
# Elements with this share of the main element's text hold paragraphs too: first paragraphs, questions and answers.
_MAIN = 0.3
# A box with this share of an article's text belongs to it.
_BOX = 0.3
# A box is text if this share of it is running text, lists or tables.
_TEXT = 0.75
_NUMBER = re.compile(r"\d+")
# Elements of text in an element that holds paragraphs.
_PLAIN = HEADINGS | frozenset(
    "p blockquote ul ol li table caption thead tbody tfoot tr td th pre dl dt dd q center details summary "
    "figure".split()
)
_LISTED = frozenset("li tr td th dt dd pre".split())
# A cell with more letters belongs to a layout.
_LONGEST_CELL = 400
# Text in nested lists and tables is never deeper; elements that are never closed nest deeper.
_DEEPEST = 32
# A box with a picture and at most this is a caption.
_PICTURES = frozenset(("img", "picture"))
_NO_CAPTION = HEADINGS | {"blockquote", "li", "td"}
_CAPTION_LINES = 2
_CAPTION = 400
# A shorter box with a button asks for consent or a subscription.
_CONTROLS = frozenset(("button", "label", "form", "fieldset"))
_NOTICE = 700
# Class names of subheadings in a `div`.
_HEADING_NAMES = frozenset(
    "heading headline subheading subhead subtitle subheadline midtitle zwischentitel intertitre ladillo mellomtittel "
    "mellanrubrik tussenkop sottotitolo".split()
)


class ArticleContainer:
    """The element that holds an article, with the elements that hold its paragraphs.

    ``parents`` are the indexes of the direct parents of paragraphs. ``root`` is the element around all of these, or the
    container if that is named as a body; None if there is no running text. ``first`` and ``last`` are the indexes of
    the pieces of text at which the first and the last paragraph begin.
    """

    def __init__(self, outline: Outline, lines: list[Line], node: Node, site: str, names: tuple[str, ...]) -> None:
        """Find the paragraphs of ``node`` among ``lines``.

        ``site`` is the page's host; ``names`` are the article's authors, in lower case.
        """
        self._outline = outline
        self._lines = lines
        self._owners = [line.owner.index for line in lines]
        self._site = site
        self._names = names
        self._judged: dict[int, bool] = {}
        self._around: set[int] = set()  # the parents of paragraphs and all elements around these
        self.parents: set[int] = set()
        self.root: Node | None = None
        self.first = self.last = 0
        running = _running_lines(lines, node)
        masses: dict[Node, float] = {}
        for line in running:
            parent = text_parent(line)
            masses[parent] = masses.get(parent, 0.0) + line.size
        if not masses:
            return
        main = max(masses, key=lambda parent: masses[parent])
        self._shape = _shape(main)
        self._size = 0.0
        for parent, mass in masses.items():
            alike = _shape(parent) == self._shape
            if alike or (mass >= _MAIN * masses[main] and not self.is_caption(parent)):
                self._add(parent, mass)
        if is_named(node):
            self.root = node
        inside = [line for line in running if text_parent(line).index in self.parents]
        self.first, self.last = inside[0].first, inside[-1].first

    def _add(self, parent: Node, mass: float) -> None:
        self._size += mass
        self.parents.add(parent.index)
        self._around.update(node.index for node in parent.lineage())
        while self.root is not None and not self.root.holds(parent):
            self.root = self.root.parent
        self.root = self.root or parent

    def is_around_text(self, node: Node) -> bool:
        """Return whether ``node`` holds paragraphs, directly or not."""
        return node.index in self._around

    def carries(self, line: Line) -> bool:
        """Return whether a line has a place among the paragraphs or in a box of text beside them."""
        parent = text_parent(line)
        if parent.index in self.parents or (_shape(parent) == self._shape and self.first < line.first < self.last):
            return True
        if parent.index in self._around:
            return self.first < line.first <= self.last
        box = parent
        while box.parent is not None and box.parent.index not in self._around:
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
        """Return whether a box has a button or a field, apart from headings that unfold a section."""
        within = self._outline.below(box)
        if any(node.tag == "pre" for node in within):  # the button copies the code
            return False
        control = next((node for node in within if node.tag in _CONTROLS), None)
        return control is not None and all(one.tag not in HEADINGS for one in self._outline.below(control))

    def _is_text(self, box: Node) -> bool:
        """Return whether a box beside the paragraphs belongs to the article."""
        inside = self._within(box)
        if not inside:
            return False
        size = sum(line.size for line in inside)
        if self.is_caption(box) or any(is_biography(line, self._names) for line in inside):
            return False
        if SECTION.match(inside[0].text) and inside[0].size <= LABEL and not inside[0].is_sentence:
            return False
        if size < _NOTICE and self._asks(box):
            return False
        linked = linked_size(inside, self._site)
        running = sum(line.size for line in inside if line.is_running)
        if running >= _BOX * self._size and linked < REFERRING * size:
            return True
        if inside[0].first > self.last and not (self.root and self.root.holds(box)):
            return False
        text = sum(
            line.size for line in inside if line.is_running or line.is_sentence or is_listed(line) or is_heading(line)
        )
        return text >= _TEXT * size and linked < REFERRING * size


def _running_lines(lines: Sequence[Line], node: Node) -> list[Line]:
    """Return the running lines of ``node``, or all lines of a named body without any: results, programmes."""
    inside = [line for line in lines if line.link_share < REFERRING and node.holds(line.owner)]
    return [line for line in inside if line.is_running] or (inside if is_named(node) else [])


def text_parent(line: Line) -> Node:
    """Return the innermost element around a line other than paragraphs, lists, tables and quotations."""
    node = line.block
    for _ in range(_DEEPEST):
        if node.tag not in _PLAIN or node.parent is None:
            break
        if node.tag in CELLS and node.chars - node.link_chars > _LONGEST_CELL:
            break  # the cell belongs to a layout
        node = node.parent
    return node


def is_heading(line: Line) -> bool:
    """Return whether a line is a heading, by its element or by its class name."""
    return line.block.tag in HEADINGS or not split_words(line.block.names).isdisjoint(_HEADING_NAMES)


def is_listed(line: Line) -> bool:
    """Return whether a line belongs to a list, a table or a code listing."""
    parent = text_parent(line)
    return any(node.tag in _LISTED for node in takewhile(lambda node: node is not parent, line.block.lineage()))


def _shape(node: Node) -> tuple[str, str, str, int]:
    """Return what elements of one kind share: tag, own and parent's class names without digits, and depth."""
    around = node.parent.get("class") if node.parent is not None else None
    return node.tag, _NUMBER.sub("", node.get("class") or ""), _NUMBER.sub("", around or ""), node.depth


def linked_size(lines: Sequence[Line], site: str) -> float:
    """Return the length of the links in ``lines`` to pages of ``site``, in letters."""
    return sum(line.size * line.link_share for line in lines if not is_external_link(line.link, site))


def is_biography(line: Line, names: tuple[str, ...]) -> bool:
    """Return whether a line is an author's biography; ``names`` are the authors' in lower case."""
    return bool(names) and line.size < _BIOGRAPHY and line.text.lower().lstrip("*(– ").startswith(names)
