"""A literal search term: its positions in a text, and the conditions for the index.

A term is a list of pieces. Between two pieces, a text may have whitespace, hyphens or other signs.
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

Span = tuple[int, int]

# Scripts without spaces between words, as characters after NFD: Thai, Lao, Tibetan, Myanmar, Khmer, Han, kana.
# Hangul too: Korean uses spaces, but its particles follow a word without one.
SPACELESS = (
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029"
    "\u3031-\u318f\u31f0-\u31ff\u3400-\u9fff\ua960-\ua97f\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
_HANGUL_VOWELS_AND_FINALS = range(0x1160, 0x1200)
_BLANK, _SIGNS = r"[^\S\n]+", r"([^\S\n]+|[^\w\n]{1,10})"
# Composed letters that ``loose`` folds to other letters. ``caseless`` leaves them decomposed, as it does ʼ and ŉ.
_LOOSELY_OTHERS = re.compile("[ǢǣǼǽǾǿ]")
_CASELESSLY_OTHERS = re.compile("[ʼŉæøÆØǢǣǼǽǾǿ]")


class Need(NamedTuple):
    """Text that every match contains after loose folding of both.

    ``starts`` and ``ends`` say whether a word starts at the start of the text, and ends at its end.
    """

    text: str
    starts: bool = False
    ends: bool = False


class Origin(NamedTuple):
    """The source of every match."""

    source: str


class AnyOf(NamedTuple):
    """Alternatives, one of which holds for every match."""

    alternatives: tuple[tuple[Need | Origin | AnyOf, ...], ...]


Needs = tuple[Need | Origin | AnyOf, ...]
"""Conditions that all hold for every match; empty if none are known."""


class Term:
    """A literal text in ``pieces``.

    ``whole`` rejects matches within a word, except in scripts without spaces between words. ``prefix`` allows the word
    to continue after the term.
    """

    def __init__(self, pieces: Sequence[str], folding: Fold, *, whole: bool, prefix: bool = False) -> None:
        folded = [piece for piece in map(folding, pieces) if piece]
        self.is_empty = not folded
        # The index folds this text loosely, so keep it unfolded: loose folding is not idempotent (ŉ to ʼn, ʼ to ').
        self._text = " ".join(filter(folding, pieces) if folding is loose else folded)
        self._folding = folding
        self._whole = whole
        self._prefix = prefix
        self._expression = re.compile(_expression(folded))
        self._needles = list(map(escaped, folded))

    def holds(self, folded: str, source: str | None, section: str | None) -> bool:
        """Return whether the folded text contains the term."""
        return any(True for _ in self.places(folded))

    def places(self, folded: str) -> Iterator[Span]:
        """Yield the spans of the term in a folded text."""
        found = self._expression.search(folded)
        while found:
            start, end = found.span()
            is_accepted = self._accepts(folded, start, end) and all(map(_is_gap, found.groups()))
            if is_accepted:
                yield start, end
            found = self._expression.search(folded, end if is_accepted else start + 1)

    def may_hold(self, line: bytes, folded_line: bytes) -> bool:
        """Return False only if the stored line, folded as far as bytes can be, cannot contain the term."""
        return all(needle in folded_line for needle in self._needles)

    def needs(self) -> Needs:
        """Return the conditions that the index can look up."""
        is_loose = self._folding is loose
        if is_loose:
            return (Need(self._text, self._whole, self._whole and not self._prefix),)
        others = _CASELESSLY_OTHERS if self._folding is caseless else _LOOSELY_OTHERS
        return tuple(map(Need, others.split(self._text)))

    def shown(self) -> Iterator[Term]:
        """Yield the terms to highlight."""
        yield self

    def _accepts(self, folded: str, start: int, end: int) -> bool:
        if self._prefix:
            return not (start > 0 and _is_joined(folded[start - 1], folded[start]))
        if self._whole:
            return not _is_within_a_word(folded, start, end)
        return self._folding is not caseless or not _goes_on(folded, end)


def _expression(pieces: Sequence[str]) -> str:
    # Signs are skipped only between words: next to a piece made of signs, the match would be ambiguous.
    text = "".join(map(re.escape, pieces[:1]))
    for before, piece in pairwise(pieces):
        is_between_words = _is_of_a_word(before[-1]) and (piece[0].isalnum() or piece[0] == "_")
        text += (_SIGNS if is_between_words else _BLANK) + re.escape(piece)
    return text


def without_others(text: str) -> str:
    """Return the longest part of ``text`` without letters that loose folding changes once they are composed."""
    return max(_LOOSELY_OTHERS.split(text), key=len)


def merged(spans: list[Span]) -> list[Span]:
    """Return spans in order, with overlapping ones joined."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _is_gap(signs: str) -> bool:
    """Return whether signs separate words in the index too, which folds them loosely."""
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
    return re.compile(SPACELESS)  # compiled on demand, since this can take longer than a search


def _is_of_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_" or _is_mark(letter)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"


def _goes_on(text: str, end: int) -> bool:
    # Folded text is decomposed: a following mark (the accent of é, the voicing of が) makes it another letter.
    if end >= len(text) or text[end].isascii():
        return False
    return _is_mark(text[end]) or ord(text[end]) in _HANGUL_VOWELS_AND_FINALS
