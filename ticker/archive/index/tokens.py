"""Texts and keys as tokens of the index. Pure.

What matters is one direction: a text that a search matches must hold the tokens that ``plan`` derives from the search.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

from ticker.archive.folding import Folding, loose
from ticker.archive.matching import SPACELESS

# FTS5 takes letters and digits of ASCII and everything beyond it for parts of a token; U+0080 is no part of a word.
_KEY = "\x80"
UNREADABLE = f"{_KEY}!"
_ASCII_ONLY = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
_HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_RUN = re.compile(f"{SPACELESS}+")


def _word_letter(letter: str) -> str:
    return "".join(part if _is_of_a_token(part) else " " for part in loose(letter))


def _is_of_a_token(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum()
    return letter.isalnum() or unicodedata.category(letter)[0] == "M"


_words_of_letters = Folding(_word_letter)
_letters_of_words = Folding(lambda letter: letter if _is_of_a_token(letter) else " ")


def spaced(text: str) -> str:
    """``text`` folded loosely, its words with spaces between; runs of a script without spaces count as a word."""
    return text.lower().translate(_ASCII_ONLY) if text.isascii() else text.translate(_words_of_letters)


def kept_apart(folded: str) -> str:
    """What ``spaced`` makes of a text, for one that is folded already."""
    return folded.translate(_letters_of_words)


def tokens(text: str) -> tuple[list[str], list[str]]:
    """Of a text that is ``spaced``: its words, and the tokens of its runs in scripts without spaces."""
    if text.isascii() or not _RUN.search(text):
        return text.split(), []
    runs = _RUN.findall(text)
    return _RUN.sub(" ", text).split(), [gram for run in runs for gram in grams(run)]


def pieces(folded: str) -> Iterator[tuple[str, bool]]:
    """The words and the runs of a text that is ``spaced``, in order; true for a run."""
    for piece in folded.split():
        start = 0
        for run in _RUN.finditer(piece):
            if run.start() > start:
                yield piece[start : run.start()], False
            yield run[0], True
            start = run.end()
        if start < len(piece):
            yield piece[start:], False


def grams(run: str) -> Iterator[str]:
    """A token from each letter of a run on; those at its end are shorter."""
    for start, letter in enumerate(run):
        yield run[start : start + gram_length(letter)]


@lru_cache(maxsize=4096)
def gram_length(letter: str) -> int:
    """Han has thousands of letters, so that two tell enough; an alphabet needs three."""
    return 2 if _HAN.match(letter) else 3


def source_key(source: str) -> str:
    """The token of a source's lines."""
    return _key("s", source)


def address_key(address: str) -> str:
    """The token of the lines with this canonical address."""
    return _key("a", address)


def title_key(source: str, text: str) -> str:
    """The token of a source's headlines with this title, ``spaced``."""
    return _key("t", f"{source}\0{' '.join(text.split())}")


def id_key(start: str) -> str:
    """The token of the lines whose id begins with the six letters that ``start`` begins with."""
    return _key("i", start[:ID_LETTERS])


ID_LETTERS = 6


def _key(kind: str, text: str) -> str:
    return f"{_KEY}{kind}{crc32(text.encode('utf-8', 'replace')):x}"
