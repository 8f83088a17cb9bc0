"""The terms of a query: where a word or phrase matches a text, and what the index can be asked for.

A term is a list of pieces. Between two pieces, a text may have whitespace, hyphens or other signs. Text is folded
letter by letter, so matches map back to the original text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple, Protocol

from ticker.archive.codec import json_escaped
from ticker.text import HAN, SOUTHEAST_ASIAN, fold

# Pages print ’ and –, where people type ' and -.
_TYPED = {**dict.fromkeys("’‘ʼ‛′´", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("–—‐‑‒―−", "-")}

Span = tuple[int, int]
# Scripts without spaces between words, as characters after NFD: Thai, Lao, Tibetan, Myanmar, Khmer, Han, kana.
# Hangul too: Korean uses spaces, but its particles follow a word without one.
SPACELESS = (
    f"[{SOUTHEAST_ASIAN}{HAN}\u1100-\u11ff\u3031-\u318f\u31f0-\u31ff\ua960-\ua97f\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7ff"
    "\U0001aff0-\U0001b16f]"
)
_HANGUL_VOWELS_AND_FINALS = range(0x1160, 0x1200)
_BLANK, _SIGNS = r"[^\S\n]+", r"([^\S\n]+|[^\w\n]{1,10})"
# Composed letters that ``loose`` folds to other letters. ``caseless`` leaves them decomposed, as it does ʼ and ŉ.
_LOOSELY_OTHERS = re.compile("[ǢǣǼǽǾǿ]")
_CASELESSLY_OTHERS = re.compile("[ʼŉæøÆØǢǣǼǽǾǿ]")


class Fold(Protocol):
    """A function that folds text, and maps spans of folded text back to the original."""

    def __call__(self, text: str) -> str:
        """Return ``text`` folded."""

    def unfold(self, text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the spans of ``text`` for ``spans`` of the folded text."""


class Folding(dict[int, str]):
    """A table for ``str.translate`` that computes the folding of a letter on first use.

    One letter can become several (``ß`` → ``ss``, ``が`` → ``か`` and its voicing mark) or none (an accent).
    Each is folded by itself and stays decomposed (Unicode NFD): composed and decomposed text fold alike. ``letter``
    must fold ASCII to lower case.
    """

    def __init__(self, letter: Callable[[str], str]) -> None:
        super().__init__()
        self._letter = letter

    def __missing__(self, code: int) -> str:
        folded = self[code] = unicodedata.normalize("NFD", self._letter(chr(code)))
        return folded

    def __call__(self, text: str) -> str:
        """Return ``text`` folded."""
        return text.lower() if text.isascii() else text.translate(self)

    def unfold(self, text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the spans of ``text`` for ``spans`` of the folded text: whole letters with their accents."""
        if text.isascii():
            return list(spans)
        edges = list(accumulate((len(self[ord(letter)]) for letter in text), initial=0))
        return [
            # Letters that fold to nothing share an edge with the next: leave them out before a span, take them after.
            (bisect_right(edges, start) - 1, max(bisect_left(edges, end), bisect_right(edges, end) - 1))
            for start, end in spans
        ]


def _loose_letter(letter: str) -> str:
    return _TYPED.get(letter) or fold(letter)


loose = Folding(_loose_letter)
"""Ignores case, accents, vowel marks and letter variants (``ticker.text.fold``); quotes and dashes become ASCII."""


class _Composed:
    """Normalizes text to Unicode NFC, and then folds it."""

    def __init__(self, then: Folding | None = None) -> None:
        self._then = then

    def __call__(self, text: str) -> str:
        composed = text if text.isascii() else unicodedata.normalize("NFC", text)
        return self._then(composed) if self._then is not None else composed

    def unfold(self, text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        if self._then is not None:
            composed = text if text.isascii() else unicodedata.normalize("NFC", text)
            spans = self._then.unfold(composed, spans)
        return uncomposed(text, spans)


def uncomposed(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of ``text`` for ``spans`` of its NFC form: whole letters with their marks."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return list(spans)
    starts = [at for at in range(len(text)) if not _is_composed_with_before(text, at)]
    edges = [*starts, len(text)]
    lengths = (len(unicodedata.normalize("NFC", text[start:end])) for start, end in pairwise(edges))
    composed = list(accumulate(lengths, initial=0))
    return [(edges[bisect_right(composed, start) - 1], edges[bisect_left(composed, end)]) for start, end in spans]


def _is_composed_with_before(text: str, at: int) -> bool:
    if at == 0 or unicodedata.combining(text[at]):
        return at > 0
    # Letters that are not marks, such as Hangul vowels, compose only with the letter right before them.
    near = text[max(at - 2, 0) : at]
    return unicodedata.normalize("NFC", near + text[at]) != "".join(
        unicodedata.normalize("NFC", part) for part in (near, text[at])
    )


exact = _Composed()
"""Ignores only whether letters are composed."""

caseless = _Composed(Folding(str.casefold))
"""Ignores case, and whether letters are composed."""


class RequiredText(NamedTuple):
    """Text that every match contains after loose folding of both.

    ``starts`` and ``ends`` say whether a word starts at the start of the text, and ends at its end.
    """

    text: str
    starts: bool = False
    ends: bool = False


class RequiredSource(NamedTuple):
    """The source of every match."""

    source: str


class AnyOf(NamedTuple):
    """Alternatives, one of which holds for every match."""

    alternatives: tuple[tuple[RequiredText | RequiredSource | AnyOf, ...], ...]


Needs = tuple[RequiredText | RequiredSource | AnyOf, ...]
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
        self._needles = list(map(json_escaped, folded))

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
            return (RequiredText(self._text, self._whole, self._whole and not self._prefix),)
        others = _CASELESSLY_OTHERS if self._folding is caseless else _LOOSELY_OTHERS
        return tuple(map(RequiredText, others.split(self._text)))

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


def longest_stable_part(text: str) -> str:
    """Return the longest part of ``text`` without letters that loose folding changes once they are composed."""
    return max(_LOOSELY_OTHERS.split(text), key=len)


def merge_spans(spans: list[Span]) -> list[Span]:
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
