"""Texts and keys as tokens of the index. Pure.

What matters is one direction: a text that a search matches must hold the tokens that ``plan`` derives from the search.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import repeat
from zlib import crc32

from ticker.archive.folding import Folding, loose
from ticker.archive.terms import SPACELESS
from ticker.text import HAN

# FTS5 takes letters and digits of ASCII and everything beyond it for parts of a token; U+0080 is no part of a word.
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
    """Of how many letters a gram is that begins with a letter of a run."""

    def __missing__(self, letter: str) -> int:
        # Han has thousands of letters, so that two tell enough; an alphabet needs three.
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
    """``text`` folded loosely, its words with spaces between; runs of a script without spaces count as a word."""
    return text.lower().translate(_ASCII_ONLY) if text.isascii() else text.translate(_words_of_letters)


def kept_apart(folded: str) -> str:
    """What ``spaced`` makes of a text, for one that is folded already."""
    return folded.translate(_letters_of_words)


def tokens(text: str) -> str:
    """The tokens of a text that is ``spaced``, in order: words, and for each letter of a run what begins there."""
    if text.isascii() or not _runs().search(text):
        return " ".join(text.split())
    found: list[str] = []
    for piece, is_run in pieces(text):
        found += grams(piece) if is_run else (piece,)
    return " ".join(found)


class Words(dict[bytes, str]):
    """Texts as tokens, word by word, each worked out when it is first met; ``new`` holds what words those are.

    Words are the UTF-8 between white space; each one's tokens have a space behind them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._forget()
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
                self._forget()
            self[word] = tokens
        return tokens

    def __call__(self, text: str) -> str:
        """The tokens of ``text``."""
        return "".join(map(self.__getitem__, text.encode("utf-8", "replace").split())).rstrip()

    def of_lines(self, texts: bytes) -> list[str]:
        """The tokens of each line of UTF-8; in an instant for all of a block what takes long for one by one."""
        # Between words of a line may be any white space: what is looked up is then two words, and gives the same.
        found = "".join(map(self.__getitem__, texts.replace(b"\n", b" \n ").split(b" ")))
        return [line[:-1] for line in found.split("\n")]

    def _forget(self) -> None:
        self.clear()
        self[b"\n"] = "\n"


_LONGEST_KEPT, _LONGEST_RUN_KEPT, _MOST_KEPT = 48, 24, 200_000  # bytes, bytes, words: some 40 MB


def pieces(folded: str) -> Iterator[tuple[str, bool]]:
    """The words and the runs of a text that is ``spaced``, in order; true for a run."""
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
    """A token from each letter of a run on; those at its end are shorter."""
    return [run[at : at + length] for at, length in enumerate(map(_length_from.__getitem__, run))]


def is_whole(gram: str) -> bool:
    """Whether a gram is none of the shorter ones."""
    return len(gram) == _length_from[gram[0]]


@lru_cache(maxsize=4096)
def source_key(source: str) -> str:
    """The token of a source's lines."""
    return f"{_KEY}s{crc(source):x}"


def address_key(address: str) -> str:
    """The token of the lines with this canonical address."""
    bare = address.removeprefix("https://").encode("utf-8", "replace").rstrip(b"/")
    return f"{_KEY}a{crc32(bare):x}" if bare else ""


def title_key(source: str, words: str) -> str:
    """The token of a source's headlines whose title has these ``tokens``."""
    return f"{_KEY}t{crc32(words.encode('utf-8', 'replace'), crc(source)):x}"


def id_key(start: str) -> str:
    """The token of the lines whose id begins with the six letters that ``start`` begins with."""
    start = start[:ID_LETTERS]
    return f"{_KEY}i{start if _PLAIN_ID.fullmatch(start) else f'{crc(start):08x}'}"


def of_headlines(
    texts: list[str], sources: Sequence[bytes], ids: Sequence[str], addresses: Sequence[bytes]
) -> list[str]:
    """All tokens of headlines whose titles have the tokens ``texts``: for many at once what the keys are for one.

    ``ids`` are their first six letters, digits and small letters of ASCII; ``addresses`` are canonical ones without
    scheme, empty where there is none.
    """
    named = [_source_keys(source) for source in sources]
    titles = map(crc32, "\n".join(texts).encode().split(b"\n"), [number for _, number in named])
    bare = list(map(bytes.rstrip, addresses, repeat(b"/")))
    return [
        f"{text} {key} {_KEY}t{title:x} {_KEY}i{id}{f' {_KEY}a{crc32(page):x}' if page else ''}"
        for text, (key, _), title, id, page in zip(texts, named, titles, ids, bare, strict=True)
    ]


@lru_cache(maxsize=4096)
def _source_keys(source: bytes) -> tuple[str, int]:
    name = source.decode()
    return source_key(name), crc(name)


ID_LETTERS = 6
_PLAIN_ID = re.compile("[0-9a-z]{6}")


@lru_cache(maxsize=4096)
def crc(text: str) -> int:
    """A checksum of a text, for tokens."""
    return crc32(text.encode("utf-8", "replace"))
