"""One literal term of a search: where it is found in a text, and what the index can be asked for.

A term is a list of pieces. Between two pieces a text may have white space, hyphens or other signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ticker.archive.folding import Fold, caseless, loose
from ticker.archive.lines import escaped
from ticker.text import HAN, SOUTHEAST_ASIAN

Span = tuple[int, int]

# Scripts that put no spaces between words, kana among them, as letters stand after NFD. Hangul too: Korean puts spaces,
# but its particles follow a word without one.
SPACELESS = (
    f"[{SOUTHEAST_ASIAN}{HAN}\u1100-\u11ff\u3031-\u318f\u31f0-\u31ff\ua960-\ua97f\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7ff"
    "\U0001aff0-\U0001b16f]"
)
_HANGUL_VOWELS_AND_FINALS = range(0x1160, 0x1200)
_BLANK, _SIGNS = r"[^\S\n]+", r"([^\S\n]+|[^\w\n]{1,10})"
# Letters that fold to others loosely once they are composed; ``caseless`` leaves them decomposed, as it does ʼ and ŉ.
_LOOSELY_OTHERS = re.compile("[ǢǣǼǽǾǿ]")
_CASELESSLY_OTHERS = re.compile("[ʼŉæøÆØǢǣǼǽǾǿ]")


class Need(NamedTuple):
    """Text that is in everything that matches, once both are folded loosely.

    ``starts`` and ``ends`` say whether a word starts where the text starts, and ends where it ends.
    """

    text: str
    starts: bool = False
    ends: bool = False


class Origin(NamedTuple):
    """The source that everything that matches has."""

    source: str


class AnyOf(NamedTuple):
    """Alternatives, of which one holds for everything that matches."""

    alternatives: tuple[tuple[Need | Origin | AnyOf, ...], ...]


Needs = tuple[Need | Origin | AnyOf, ...]
"""What holds for everything that matches: all of it. Nothing where nothing is known."""


class Term:
    """A literal text in ``pieces``.

    ``whole``: it is not found within a word, except in scripts that put no spaces between words. ``prefix``: a word
    may go on after it.
    """

    def __init__(self, pieces: Sequence[str], folding: Fold, *, whole: bool, prefix: bool = False) -> None:
        folded = [piece for piece in map(folding, pieces) if piece]
        self.is_empty = not folded
        # The index folds it loosely: what is folded so already would be another text (ŉ becomes ʼn, and ʼ becomes ').
        self._text = " ".join(filter(folding, pieces) if folding is loose else folded)
        self._folding = folding
        self._whole = whole
        self._prefix = prefix
        self._expression = re.compile(_expression(folded))
        self._needles = list(map(escaped, folded))

    def holds(self, folded: str, source: str | None, section: str | None) -> bool:
        """Return whether the folded text holds the term."""
        return any(True for _ in self.places(folded))

    def places(self, folded: str) -> Iterator[Span]:
        """Yield where the term is found in a folded text."""
        found = self._expression.search(folded)
        while found:
            start, end = found.span()
            is_accepted = self._accepts(folded, start, end) and all(map(_is_gap, found.groups()))
            if is_accepted:
                yield start, end
            found = self._expression.search(folded, end if is_accepted else start + 1)

    def may_hold(self, line: bytes, folded_line: bytes) -> bool:
        """Return False only where the stored line, folded as far as bytes can be, cannot hold the term."""
        return all(needle in folded_line for needle in self._needles)

    def needs(self) -> Needs:
        """Return what the index can be asked for."""
        is_loose = self._folding is loose
        if is_loose:
            return (Need(self._text, self._whole, self._whole and not self._prefix),)
        others = _CASELESSLY_OTHERS if self._folding is caseless else _LOOSELY_OTHERS
        return tuple(map(Need, others.split(self._text)))

    def shown(self) -> Iterator[Term]:
        """Yield the terms that are to be highlighted."""
        yield self

    def _accepts(self, folded: str, start: int, end: int) -> bool:
        if self._prefix:
            return not (start > 0 and _is_joined(folded[start - 1], folded[start]))
        if self._whole:
            return not _is_within_a_word(folded, start, end)
        return self._folding is not caseless or not _goes_on(folded, end)


def _expression(pieces: Sequence[str]) -> str:
    # Signs are passed over between words alone: beside a piece that is signs there would be many ways to do so.
    text = "".join(map(re.escape, pieces[:1]))
    for before, piece in pairwise(pieces):
        is_between_words = _is_of_a_word(before[-1]) and (piece[0].isalnum() or piece[0] == "_")
        text += (_SIGNS if is_between_words else _BLANK) + re.escape(piece)
    return text


def without_others(text: str) -> str:
    """Return the longest part of ``text`` without letters that fold to others once they are composed."""
    return max(_LOOSELY_OTHERS.split(text), key=len)


def merged(spans: list[Span]) -> list[Span]:
    """Return spans in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _is_gap(signs: str) -> bool:
    """Return whether signs keep words apart: they do in the index, which folds them loosely."""
    if signs.isascii():
        return True
    folded = loose(signs)
    return bool(folded) and not any(map(_is_of_a_word, folded)) and not any(map(_is_mark, signs))


def _is_within_a_word(text: str, start: int, end: int) -> bool:
    return (
        (start > 0 and _is_joined(text[start - 1], text[start]))
        or (end < len(text) and _is_joined(text[end - 1], text[end]))
        or _goes_on(text, end)
    )


def _is_joined(left: str, right: str) -> bool:
    return _is_of_a_word(left) and _is_of_a_word(right) and not _is_spaceless(left) and not _is_spaceless(right)


def _is_spaceless(letter: str) -> bool:
    return not letter.isascii() and _spaceless().match(letter) is not None


@cache
def _spaceless() -> re.Pattern[str]:
    return re.compile(SPACELESS)  # takes longer than many a search


def _is_of_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_" or _is_mark(letter)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"


def _goes_on(text: str, end: int) -> bool:
    # Folded text is decomposed: a mark after the end (the accent of é, the voicing of が) makes another letter.
    if end >= len(text) or text[end].isascii():
        return False
    return _is_mark(text[end]) or ord(text[end]) in _HANGUL_VOWELS_AND_FINALS
