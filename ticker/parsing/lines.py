"""The lines of a page that a reader sees, each with the block it stands in and how much of it is links."""

from __future__ import annotations

import re

from ticker.parsing.outline import BLOCKS, Node, Outline
from ticker.text import clean

# Chinese and Japanese say in one character what Latin letters say in about two and a half, Korean in about two
# (the same news texts in English, Japanese and Korean compared); lengths are counted in Latin letters.
_DENSE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_DENSE_FACTOR = 1.3
# A paragraph is longer than a label or a headline is: a line of print.
PARAGRAPH = 80
# The shortest sentences that tell running text; tabloids and Japanese papers make paragraphs of one.
_SENTENCE = 40
_NO_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]")
# What ends a sentence, in all scripts, with the quotation marks and brackets that may follow it.
_SENTENCE_END = re.compile("[.!?…。！？｡।؟۔։][\"'”’»«“‘)\\]）」』】›]*$")


class Line:
    """One line of text, as a browser would show it.

    ``block`` is the innermost block around it, ``owner`` the element that its first piece stands in and ``first``
    the index of that piece; ``size`` its length in Latin letters or what equals them; ``link_share`` the part of it
    in links, 0 to 1; ``hidden`` tells that the page does not show it, or not yet.
    """

    __slots__ = ("_text", "block", "first", "hidden", "link_share", "owner", "raw", "size")

    def __init__(self, raw: str, block: Node, owner: Node, first: int, size: float, link_share: float) -> None:
        self.raw = raw
        self.block = block
        self.owner = owner
        self.first = first
        self.size = size
        self.link_share = link_share
        self.hidden = owner.hidden
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The line as a person sees it."""
        if self._text is None:  # most lines of a page are never asked for their text
            self._text = clean(self.raw)
        return self._text

    def __repr__(self) -> str:
        return f"<Line {self.block.tag} {self.size:.0f} {self.link_share:.1f} {self.text[:40]!r}>"

    @property
    def has_words(self) -> bool:
        """Whether there is a letter or a digit in it."""
        return _WORD.search(self.raw) is not None

    @property
    def is_running(self) -> bool:
        """Whether it is running text: as long as a paragraph, or a sentence of some words."""
        return self.size >= PARAGRAPH or (self.size >= _SENTENCE and self.is_sentence)

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as sentences do."""
        return _SENTENCE_END.search(self.raw.rstrip()[-8:]) is not None


def read_lines(outline: Outline, noise: list[bool]) -> list[Line]:
    """The lines of a page in order; those of nodes for which ``noise`` says so are left out."""
    lines: list[Line] = []
    pieces: list[str] = []
    first = chars = linked = 0
    owner: Node | None = None
    for at, (piece, node) in enumerate(zip(outline.texts, outline.owners, strict=True)):
        if node is None:
            if piece != "\n":
                if owner is not None:
                    pieces.append(piece)
            elif owner is not None:
                lines.append(_line(pieces, owner, first, chars, linked))
                pieces, owner, chars, linked = [], None, 0, 0
        elif not noise[node.index]:
            if owner is None:
                owner, first = node, at
            pieces.append(piece)
            chars += len(piece)
            if node.linked:
                linked += len(piece)
    if owner is not None:
        lines.append(_line(pieces, owner, first, chars, linked))
    return lines


def size_of(text: str) -> float:
    """The length of ``text`` in Latin letters, or what equals them in denser scripts."""
    if text.isascii():
        return len(text)
    return len(text) + _DENSE_FACTOR * len(_DENSE.findall(text))


def flat(text: str) -> str:
    """``text`` for comparison: its letters and digits alone, in lower case."""
    return _NO_WORD.sub("", text.lower())


def _line(pieces: list[str], owner: Node, first: int, chars: int, linked: int) -> Line:
    raw = pieces[0] if len(pieces) == 1 else "".join(pieces)
    block = owner
    while block.tag not in BLOCKS and block.parent is not None:
        block = block.parent
    return Line(raw, block, owner, first, size_of(raw.strip()), linked / chars)
