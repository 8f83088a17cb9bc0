"""An article's paragraphs look alike: most stand in elements of one tag and class, below parents of one tag and class.

Those are the stream. What stands directly beside them belongs to them; a box among them does not, unless it holds
nothing but paragraphs.
"""

from __future__ import annotations

from bisect import bisect_left

from ticker.parsing.lines import Line
from ticker.parsing.outline import HEADINGS, Node

Style = tuple[str, str, str, str]

# A style that holds a quarter of what the main one holds is as good: first paragraphs, questions and answers.
_MAIN = 0.25
# Where one element holds more than all others together, it is where the article stands.
_MOST = 0.5
# What is hidden to be read on is as long as what is shown, nearly or more; dialogs and notices are shorter.
_BEHIND = 0.5
# A box that holds this much of an article is a part of it.
_BOX = 0.3
# A paragraph may name its sources; what is a third links is there for their sake.
_REFERRING = 0.3
# Elements that are text by themselves, in the stream of paragraphs.
_PLAIN = HEADINGS | frozenset(("p", "blockquote", "ul", "ol", "li", "table", "pre", "dl", "q", "center"))


class Stream:
    """Where an article's paragraphs stand, and whether a line stands among them.

    ``main`` are the styles of its paragraphs, ``first`` and ``last`` where the text of its first and last one stands.
    """

    def __init__(self, lines: list[Line]) -> None:
        self.main = _main_styles(lines)
        self.first = self.last = 0
        self._boxes: dict[int, bool] = {}
        self._lines = lines
        self._owners = [line.owner.index for line in lines]
        self._size = 0.0
        self._beds: set[int] = set()  # elements in which its paragraphs stand directly
        self._cradles: set[int] = set()  # those around beds
        self._spine: set[int] = set()  # beds and all around them
        self._root: Node | None = None  # the element around all beds
        stream = [line for line in lines if line.is_running and not line.hidden and style_of(line) in self.main]
        for line in _near(stream):
            self._add(line)
        self._alike = {style[:2] for style in self.main}
        self._opened: set[int] = set()  # hidden elements within beds: the text behind "read on"
        self._open(lines)
        whole = [line for line in lines if line.is_running and not line.hidden and self.is_main(line)]
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

    def _open(self, lines: list[Line]) -> None:
        """Adds what goes on in a hidden element within a bed, where that is a good part of the whole."""
        behind: dict[Node, list[Line]] = {}
        for line in lines:
            bed = line.block.parent
            if line.hidden and line.is_running and bed is not None and style_of(line)[:2] in self._alike:
                behind.setdefault(bed, []).append(line)
        for bed, hidden in behind.items():
            within = bed.parent is not None and bed.parent.index in self._beds
            if within and sum(line.size for line in hidden) >= _BEHIND * self._size:
                self._opened.add(bed.index)
                for line in hidden:
                    self._add(line)

    def _is_shown(self, line: Line) -> bool:
        return not line.hidden or any(node.index in self._opened for node in line.block.ancestors())

    def is_main(self, line: Line) -> bool:
        """Whether a line looks like the stream's and stands where they stand."""
        bed = line.block.parent
        if bed is None:
            return False
        if bed.index in self._beds:
            return style_of(line) in self.main
        return bed.parent is not None and bed.parent.index in self._cradles and style_of(line)[:2] in self._alike

    def holds(self, line: Line) -> bool:
        """Whether a line is text by itself and stands directly where paragraphs stand, or in an element around them."""
        top = self._top(line)
        return top.tag in _PLAIN and self._root is not None and self._root.holds(top)

    def beds(self, line: Line) -> bool:
        """Whether a line is a paragraph that stands directly where the stream's stand."""
        return line.block.tag == "p" and line.block.parent is not None and line.block.parent.index in self._beds

    def carries(self, line: Line) -> bool:
        """Whether a line belongs to the stream: it looks like it, stands directly in it, or in a box that does."""
        if self.is_main(line):
            return True
        if not self._is_shown(line):  # shown on request, or to subscribers
            return self.beds(line)
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
            start, end = bisect_left(self._owners, top.index), bisect_left(self._owners, top.end)
            inside = self._lines[start:end]
            known = self._boxes[top.index] = self._is_text(inside)
        return known

    def _top(self, line: Line) -> Node:
        """The outermost element around a line that holds no paragraph of the stream."""
        path = [line.owner]
        while (around := path[-1].parent) is not None and (
            path[-1].index > line.block.index or around.index not in self._spine
        ):
            path.append(around)
        top = path.pop()
        while path and top.tag not in _PLAIN and path[-1].is_all_of(top) and path[-1].chars == top.chars:
            top = path.pop()  # that was a wrapper
        return top

    def _is_text(self, inside: list[Line]) -> bool:
        if len(inside) == 1 and inside[0].block.tag in HEADINGS:
            return inside[0].link_share < _REFERRING
        texts = [line for line in inside if line.is_running and line.is_sentence and line.link_share < _REFERRING]
        if sum(line.size for line in texts if line.block.tag != "li") > _BOX * self._size:
            return True
        return len(texts) == len(inside)


def style_of(line: Line) -> Style:
    block = line.block
    parent = block.parent
    return (
        (block.tag, block.names, parent.tag, parent.names) if parent is not None else (block.tag, block.names, "", "")
    )


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
        if line.is_running and line.link_share < 0.5 and line.block.tag != "li" and not line.hidden:
            style = style_of(line)
            masses[style] = masses.get(style, 0.0) + line.size
    most = max(masses.values(), default=0.0)
    return {style for style, mass in masses.items() if mass >= _MAIN * most}
