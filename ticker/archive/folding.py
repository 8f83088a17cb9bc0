"""Letter-by-letter folding of text, which maps matches back to the original text."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate, pairwise
from typing import Protocol

from ticker.text import fold

# Pages print ’ and –, where people type ' and -.
_TYPED = {**dict.fromkeys("’‘ʼ‛′´", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("–—‐‑‒―−", "-")}


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
