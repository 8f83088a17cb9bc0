"""Tokenization of titles into words, in every script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from ticker.text import SOUTHEAST_ASIAN, fold

# Scripts without spaces between words. Han: two letters, which usually are a word. Katakana spells names and borrowed
# words, so a run is one word. Hiragana spells inflections and particles, and is ignored. The others: three letters,
# which are joined again if they rise together (see ``rising``).
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_HIRAGANA = "\u3041-\u309f"
_RUNS = re.compile(
    f"(?P<han>[{_HAN}]+)|(?P<whole>[{_KATAKANA}]+)|(?P<no>[{_HIRAGANA}]+)|(?P<gram>[{SOUTHEAST_ASIAN}]+)"
)
_HAS_RUN = re.compile(f"[{_HAN}{_KATAKANA}{_HIRAGANA}{SOUTHEAST_ASIAN}]").search


class _Letters(dict[int, int]):
    """A table for ``str.translate`` that keeps letters, marks and digits, and maps all else to a space."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        kept = letter.isalnum() or unicodedata.category(letter)[0] == "M"
        found = self[code] = code if kept else ord(" ")
        return found


_letters = _Letters()


def words(title: str) -> dict[str, str]:
    """Return the words of a title, each once: the folded key, and the word as written.

    Numbers and single letters are not words.
    """
    found: dict[str, str] = {}
    for piece in unicodedata.normalize("NFC", title).translate(_letters).split():
        for word in _parts(piece) if _HAS_RUN(piece) else (piece,):
            if len(word) > 1 and not word.isdecimal():
                found.setdefault(_folded(word), word)
    return found


def is_gram(word: str) -> bool:
    """Return whether a word is a gram of a script without spaces."""
    return re.fullmatch(f"[{_HAN}]{{2}}|[{SOUTHEAST_ASIAN}]{{3}}", word) is not None


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(word)


def _parts(piece: str) -> Iterator[str]:
    start = 0
    for run in _RUNS.finditer(piece):
        if run.start() > start:
            yield piece[start : run.start()]
        start = run.end()
        if run.lastgroup == "whole":
            yield run[0]
        elif run.lastgroup != "no":
            size = 2 if run.lastgroup == "han" else 3
            yield from (run[0][at : at + size] for at in range(len(run[0]) - size + 1))
    if start < len(piece):
        yield piece[start:]
