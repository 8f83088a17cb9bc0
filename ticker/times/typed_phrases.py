"""The tables of `typed_words.py` made ready for reading, and texts taken apart by them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ticker.times import typed_words
from ticker.times.lexicon import lexicon


def parted(flat: str, table: str) -> Iterator[tuple[str, str]]:
    """The words of a table that a text begins or ends with, the longest first, and what else it holds."""
    for word in sorted(table_of(table), key=len, reverse=True):
        if flat.endswith(word):
            rest, touching = flat[: -len(word)], flat[-len(word) - 1 : -len(word)]
        elif flat.startswith(word):
            rest, touching = flat[len(word) :], flat[len(word) : len(word) + 1]
        else:
            continue
        glued = touching.isalpha() and not (len(rest) > 3 and rest in lexicon().values["weekday"])  # "Montagabend"
        if not glued or lexicon().unspaced.match(word):
            yield word, rest.strip(" -")


def spelt_as_one(flat: str, table: str) -> str:
    """The text with the words of a table that are no token of their own in English."""
    for word, meant in table_of(table).items():
        if word in flat and (" " in word or "-" in word or lexicon().unspaced.match(word)):
            flat = flat.replace(word, f" {meant} ")
    return flat


def without_fillers(flat: str) -> str:
    words = flat.split()
    while words and words[-1].strip("'") in fillers():
        words.pop()
    while words and words[0].strip("'") in fillers() and len(words) > 1:
        words.pop(0)
    return " ".join(words).rstrip("のに的")


def words_of(text: str) -> list[str]:
    known = lexicon()
    tokens = known.tokens(known.flatten(text))
    return [token for token in tokens if token not in fillers() and not token.isspace() and token not in ",.'-"]


@cache
def table_of(table: str) -> dict[str, str]:
    """A table's words, flattened, and what each means: the first cell of its row."""
    meant, words = "", dict[str, str]()
    for line in table.strip("\n").splitlines():
        cells = line.split()
        if not line.startswith(" "):
            meant = cells.pop(0)
        words.update((lexicon().flatten(cell.replace("_", " ")), meant) for cell in cells)
    return words


@cache
def one_words() -> dict[str, tuple[str, int]]:
    return _counted(typed_words.ONE_WORD)


@cache
def one_word_parts() -> dict[str, tuple[str, int]]:
    return _counted(typed_words.ONE_WORD_PARTS)


def _counted(table: str) -> dict[str, tuple[str, int]]:
    """The words of a table whose rows begin with two cells, a name and a number."""
    found: dict[str, tuple[str, int]] = {}
    meant = ("", 0)
    for line in table.strip("\n").splitlines():
        cells = line.split()
        if not line.startswith(" "):
            meant = (cells.pop(0), int(cells.pop(0)))
        found.update((lexicon().flatten(cell.replace("_", " ")), meant) for cell in cells)
    return found


@cache
def past_words() -> frozenset[str]:
    return frozenset(lexicon().flatten(word.replace("_", " ")) for word in typed_words.PAST.split())


@cache
def fillers() -> frozenset[str]:
    return frozenset(lexicon().flatten(word) for word in typed_words.FILLERS.split())
