"""Tokens of the index for texts and keys.

One invariant matters: a text that a search matches must have the tokens that ``query`` derives from the search.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from zlib import crc32

from ticker.archive.terms import SPACELESS, Folding, loose
from ticker.text import HAN

# FTS5's tokens consist of ASCII letters and digits and of all other Unicode; U+0080 is never part of a word.
_KEY = "\x80"
UNREADABLE = f"{_KEY}!"
_ASCII_ONLY = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"{SPACELESS}+")


@cache
def _runs_or_words() -> re.Pattern[str]:
    return re.compile(f"({SPACELESS}+)|([^ {SPACELESS[1:-1]}]+)")


class _Lengths(dict[str, int]):
    """The length of the gram that starts with a given character of a run."""

    def __missing__(self, letter: str) -> int:
        # Han has thousands of characters, so two are selective enough; an alphabet needs three.
        length = self[letter] = 2 if re.match(f"[{HAN}]", letter) else 3
        return length


_length_from = _Lengths()


def _word_letter(letter: str) -> str:
    return "".join(part if _is_of_a_token(part) else " " for part in loose(letter))


def _is_of_a_token(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum()
    return letter.isalnum() or unicodedata.category(letter)[0] == "M"


_words_of_letters = Folding(_word_letter)
_letters_of_words = Folding(lambda letter: letter if _is_of_a_token(letter) else " ")


def spaced(text: str) -> str:
    """Return ``text`` folded loosely, with spaces between words; a run of a spaceless script counts as a word."""
    return text.lower().translate(_ASCII_ONLY) if text.isascii() else text.translate(_words_of_letters)


def kept_apart(folded: str) -> str:
    """Return what ``spaced`` does, for a text that is folded already."""
    return folded.translate(_letters_of_words)


def tokens(text: str) -> str:
    """Return the tokens of a ``spaced`` text, in order: its words, and a gram from each character of a run."""
    if text.isascii() or not _runs().search(text):
        return " ".join(text.split())
    found: list[str] = []
    for piece, is_run in pieces(text):
        found += grams(piece) if is_run else (piece,)
    return " ".join(found)


class Words(dict[bytes, str]):
    """A cache from words to their tokens; ``new`` collects the words that were added.

    Words are the UTF-8 between whitespace. The tokens of a word end with a space.
    """

    def __init__(self) -> None:
        super().__init__()
        self.new: set[str] = set()

    def __missing__(self, word: bytes) -> str:
        folded = spaced(word.decode())
        is_of_words = folded.isascii() or not _runs().search(folded)
        if is_of_words:
            parts = folded.split()
            self.new.update(parts)
        else:
            parts = []
            for run, other in _runs_or_words().findall(folded):
                if run:
                    parts += grams(run)
                else:
                    self.new.add(other)
                    parts.append(other)
        tokens = " ".join([*parts, ""])
        if len(word) <= (_LONGEST_KEPT if is_of_words else _LONGEST_RUN_KEPT):
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = tokens
        return tokens

    def __call__(self, text: str) -> str:
        """Return the tokens of ``text``."""
        return "".join(map(self.__getitem__, text.encode("utf-8", "replace").split())).rstrip()


_LONGEST_KEPT, _LONGEST_RUN_KEPT, _MOST_KEPT = 48, 24, 200_000  # bytes, bytes, words: about 40 MB


def pieces(folded: str) -> Iterator[tuple[str, bool]]:
    """Yield the words and runs of a ``spaced`` text in order, with True for a run."""
    if folded.isascii():
        yield from ((piece, False) for piece in folded.split())
        return
    for piece in folded.split():
        start = 0
        for run in _runs().finditer(piece):
            if run.start() > start:
                yield piece[start : run.start()], False
            yield run[0], True
            start = run.end()
        if start < len(piece):
            yield piece[start:], False


def grams(run: str) -> list[str]:
    """Return a gram from each character of a run; those at its end are shorter."""
    return [run[at : at + length] for at, length in enumerate(map(_length_from.__getitem__, run))]


def is_whole(gram: str) -> bool:
    """Return whether a gram has full length."""
    return len(gram) == _length_from[gram[0]]


@lru_cache(maxsize=4096)
def source_key(source: str) -> str:
    """Return the token of a source's lines."""
    return f"{_KEY}s{crc(source):x}"


def address_key(address: str) -> str:
    """Return the token of the lines with this canonical URL."""
    bare = address.removeprefix("https://").encode("utf-8", "replace").rstrip(b"/")
    return f"{_KEY}a{crc32(bare):x}" if bare else ""


def title_key(source: str, words: str) -> str:
    """Return the token of a source's headlines whose title has these ``tokens``."""
    return f"{_KEY}t{crc32(words.encode('utf-8', 'replace'), crc(source)):x}"


def id_key(start: str) -> str:
    """Return the token of the lines whose id starts with the first six characters of ``start``."""
    start = start[:ID_LETTERS]
    return f"{_KEY}i{start if _PLAIN_ID.fullmatch(start) else f'{crc(start):08x}'}"


ID_LETTERS = 6
_PLAIN_ID = re.compile("[0-9a-z]{6}")


@lru_cache(maxsize=4096)
def crc(text: str) -> int:
    """Return a checksum of a text, for tokens."""
    return crc32(text.encode("utf-8", "replace"))
