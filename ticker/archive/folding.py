"""Text made comparable letter by letter, so that what is found in it can be shown in the text as it was."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate, pairwise
from typing import Protocol

from ticker.text import fold

# Quotation marks and dashes: a page sets ’ and – where a person types ' and -.
_TYPED = {**dict.fromkeys("’‘ʼ‛′´", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("–—‐‑‒―−", "-")}


class Fold(Protocol):
    """Makes texts comparable."""

    def __call__(self, text: str) -> str:
        """Return ``text`` folded."""

    def unfold(self, text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return where ``spans`` of the folded text lie in ``text``."""


class Folding(dict[int, str]):
    """A table for ``str.translate`` that works out a letter when it is first met, and remembers it.

    One letter can become several (``ß`` → ``ss``, ``が`` → ``か`` and its voicing mark) or none (an accent).
    Each is folded alone and stays decomposed (Unicode NFD), so that a text folds to the same letters whether it
    was composed or not. ASCII must fold to lower case.
    """

    def __init__(self, letter: Callable[[str], str]) -> None:
        super().__init__()
        self._letter = letter

    def __missing__(self, code: int) -> str:
        folded = self[code] = unicodedata.normalize("NFD", self._letter(chr(code)))
        return folded

    def __call__(self, text: str) -> str:
        """``text`` folded."""
        return text.lower() if text.isascii() else text.translate(self)

    def unfold(self, text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Where ``spans`` of the folded text lie in ``text``: whole letters, with the accents that follow them."""
        if text.isascii():
            return list(spans)
        edges = list(accumulate((len(self[ord(letter)]) for letter in text), initial=0))
        return [
            # Letters that fold to nothing share an edge with the next: those before are left out, those after taken.
            (bisect_right(edges, start) - 1, max(bisect_left(edges, end), bisect_right(edges, end) - 1))
            for start, end in spans
        ]


def _loose_letter(letter: str) -> str:
    return _TYPED.get(letter) or fold(letter)


loose = Folding(_loose_letter)
"""Case, accents, vowel marks and letter variants ignored, as ``ticker.text.fold`` does; quotes and dashes as typed."""


class _Composed:
    """Canonically equivalent texts made the same (Unicode NFC), and then folded."""

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
    """Return where ``spans`` of a text in composed letters (NFC) lie in ``text``: whole letters with their marks."""
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
    # What is no mark, such as a vowel of Hangul, is composed only with the letter right before it.
    near = text[max(at - 2, 0) : at]
    return unicodedata.normalize("NFC", near + text[at]) != "".join(
        unicodedata.normalize("NFC", part) for part in (near, text[at])
    )


exact = _Composed()
"""Nothing ignored but whether letters are composed."""

caseless = _Composed(Folding(str.casefold))
"""Case alone ignored."""
