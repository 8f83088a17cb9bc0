"""The visible lines of a page, each with its block and its share of links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from ticker.parsing.boilerplate import BLOCK
from ticker.parsing.outline import BLOCKS, Node, Outline
from ticker.parsing.vocabulary.articles import SCREEN_READER_NAMES
from ticker.text import clean

# Lengths are counted in Latin letters: a Chinese or Japanese character equals about 2.5 of them, a Korean one about 2
# (compared on the same news texts in English, Japanese and Korean).
_DENSE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_DENSE_FACTOR = 1.3
# A paragraph is longer than a label or a headline: a line of print.
PARAGRAPH = 80
# The shortest sentence that is running text; tabloids and Japanese papers have paragraphs of one sentence.
_SENTENCE = 40
# An inline element is within a sentence if this many letters are around it.
_AROUND = 25
CELLS = frozenset(("td", "th"))
_BETWEEN_CELLS = " | "
_MOST_LINES = 2
# Longer text belongs to a layout, not to a table cell.
_LONGEST_CELL = 200
_UNMARKED = re.compile("[\u0e00-\u0eff]")
_PUNCTUATION = re.compile(r"[-_]")
_NO_WORD = re.compile(r"[\W_]+")
_NO_ASCII_WORD = {code: None for code in range(128) if _NO_WORD.match(chr(code))}
_WORD = re.compile(r"[^\W_]")
# Ends of sentences in all scripts, with the quotation marks and brackets that may follow.
_SENTENCE_END = re.compile("[.!?…。！？｡।؟۔։][\"'”’»«“‘)\\]）」』】›]*$")


@dataclass(eq=False, repr=False)
class Line:
    """One line of text, as a browser would show it.

    ``block`` is the innermost block around it. ``owner`` is the element of its first piece, ``first`` the index of that
    piece. ``size`` is its length in Latin letters or their equivalent. ``link_share`` is the share of it in links, 0 to
    1, and ``link`` the first link. ``hidden`` means that the page hides it, perhaps only at first.
    """

    raw: str
    block: Node
    owner: Node
    first: int
    size: float
    link_share: float
    link: Node | None
    hidden: bool

    @cached_property
    def text(self) -> str:
        """Return the visible text, computed on demand, since most lines' text is never used."""
        return clean(self.raw)

    @property
    def has_words(self) -> bool:
        """Return whether the line contains a letter or a digit."""
        return _WORD.search(self.raw) is not None

    @property
    def is_running(self) -> bool:
        """Return whether the line is running text: as long as a paragraph, or a sentence of some words."""
        return self.size >= PARAGRAPH or (self.size >= _SENTENCE and self.is_sentence)

    @property
    def is_sentence(self) -> bool:
        """Return whether the line ends like a sentence or, in Thai and Lao, which mark no end, is as long as one."""
        if _SENTENCE_END.search(self.raw.rstrip()[-8:]) is not None:
            return True
        return self.size >= _SENTENCE and _UNMARKED.search(self.raw[:8]) is not None


def read_lines(outline: Outline, marks: Sequence[int]) -> list[Line]:
    """Return the lines of a page in order, without nodes marked as boilerplate in ``marks``.

    Hidden text is left out of visible lines. A marked inline element, such as a linked name or a time, is kept within a
    sentence.
    """
    lines: list[Line] = []
    pieces: list[tuple[str, Node | None]] = []
    first = 0
    for at, (piece, node) in enumerate(zip(outline.texts, outline.owners, strict=True)):
        if node is None and piece == "\n":
            if pieces:
                if line := _read_line(pieces, first, marks):
                    lines.append(line)
                pieces = []
        elif pieces:
            pieces.append((piece, node))
        elif node is not None and marks[node.index] != BLOCK:
            pieces.append((piece, node))
            first = at
    if pieces and (line := _read_line(pieces, first, marks)):
        lines.append(line)
    return _join_cells(lines)


def _join_cells(lines: list[Line]) -> list[Line]:
    """Return ``lines`` with the cells of each table row joined into one line, except in layout tables."""
    joined: list[Line] = []
    for row, group in groupby(lines, key=_row_of):
        cells = list(group)
        if row is None or len(cells) < 2 or not _is_data(cells):
            joined.extend(cells)
            continue
        size = sum(cell.size for cell in cells)
        linked = sum(cell.size * cell.link_share for cell in cells) / size if size else 0.0
        link = next((cell.link for cell in cells if cell.link is not None), None)
        raw = _BETWEEN_CELLS.join(cell.raw.strip() for cell in cells)
        joined.append(Line(raw, row, cells[0].owner, cells[0].first, size, linked, link, cells[0].hidden))
    return joined


def _row_of(line: Line) -> Node | None:
    cell = _cell_of(line)
    return cell.parent if cell is not None else None


def _is_data(cells: Sequence[Line]) -> bool:
    """Return whether the lines of a table row are data rather than layout."""
    if any(cell.size > _LONGEST_CELL for cell in cells):
        return False
    return max(Counter(map(_cell_of, cells)).values()) <= _MOST_LINES


def _cell_of(line: Line) -> Node | None:
    """Return the table cell that a line is the text of, or None."""
    cell = line.block
    if cell.tag not in CELLS and cell.parent is not None and cell.is_all_of(cell.parent):
        cell = cell.parent
    return cell if cell.tag in CELLS and cell.parent is not None and cell.parent.tag == "tr" else None


def _read_line(pieces: list[tuple[str, Node | None]], first: int, marks: Sequence[int]) -> Line | None:
    """Return the line made of the pieces of text between two line breaks, or None."""
    if len(pieces) == 1:
        piece, node = pieces[0]
        if node is None or marks[node.index]:
            return None
        return _line(piece, node, first, len(piece), len(piece) if node.linked else 0, node.link)
    owners = [node for _, node in pieces if node is not None]
    if not any(node.hidden or marks[node.index] for node in owners):
        linked = sum(len(text) for text, node in pieces if node is not None and node.linked)
        link = next((node.link for node in owners if node.linked), None) if linked else None
        chars = sum(len(text) for text, node in pieces if node is not None)
        return _line("".join([text for text, _ in pieces]), owners[0], first, chars, linked, link)
    hidden = all(node.hidden or marks[node.index] for node in owners)
    shown = [(text, node) for text, node in pieces if node is None or not node.hidden or hidden]
    plain = sum(len(text.strip()) for text, node in shown if node is not None and not marks[node.index])
    marked = sum(len(text.strip()) for text, node in shown if node is not None and marks[node.index])
    if not plain or plain < min(_AROUND, marked + 1):  # empty, or a label before a time or a name
        return None
    within = plain >= max(_AROUND, marked)
    texts = []
    chars = linked = 0
    owner: Node | None = None
    link = None
    for text, node in shown:
        if node is not None:
            mark = marks[node.index]
            if mark and (mark == BLOCK or not within or _is_silent(node)):
                continue
            if owner is None or (marks[owner.index] and not mark):
                owner = node
            chars += len(text)
            if node.linked:
                linked += len(text)
                link = link or node.link
        texts.append(text)
    return _line("".join(texts), owner, first, chars, linked, link) if owner is not None else None


def _is_silent(node: Node) -> bool:
    """Return whether an inline element is shown to screen readers only."""
    return any(
        _PUNCTUATION.sub("", name.lower()) in SCREEN_READER_NAMES
        for one in node.lineage()
        if one.tag not in BLOCKS
        for name in one.names.split()
    )


def latin_length(text: str) -> float:
    """Return the length of ``text`` in Latin letters or, for denser scripts, their equivalent."""
    if text.isascii():
        return len(text)
    return len(text) + _DENSE_FACTOR * len(_DENSE.findall(text))


def comparison_key(text: str) -> str:
    """Return the letters and digits of ``text`` in lower case, for comparison."""
    text = text.lower()
    if text.isascii():  # the fast path
        return text.translate(_NO_ASCII_WORD)
    return _NO_WORD.sub("", "".join(text.split()))


def _line(raw: str, owner: Node, first: int, chars: int, linked: int, link: Node | None) -> Line:
    block = next(node for node in owner.lineage() if node.tag in BLOCKS or node.parent is None)
    return Line(raw, block, owner, first, latin_length(raw.strip()), linked / chars, link, owner.hidden)
