"""Words that became more frequent in the last day or week than in the four weeks before.

The statistic is the log-likelihood ratio G2 (Dunning 1993, "Accurate Methods for the Statistics of Surprise and
Coincidence"). Its form for two corpora is from Rayson and Garside 2000, "Comparing Corpora using Frequency Profiling".
It measures how unlikely it is that both periods have the same word frequencies, and is valid for rare and new words. A
word rose if G2 is at least 10.83 (p = 0.001), three different titles contain it, and its share of all words at least
doubled. The last condition excludes common words in every language.

A word in n different titles of a source and day has the weight 1 + log2 n. So one source that repeats a story raises a
word less than several sources do. The reported number of a word is the headlines with it, as a search finds them.
Titles are split into words in every script.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from math import log, log2
from typing import NamedTuple

from ticker.text import SOUTHEAST_ASIAN, fold

# Scripts without spaces between words. Han: two letters, which usually are a word. Katakana spells names and borrowed
# words, so a run is one word. Hiragana spells inflections and particles, and is ignored. The others: three letters,
# which are joined again if they rise together (see ``join_grams``).
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_HIRAGANA = "\u3041-\u309f"
_RUNS = re.compile(
    f"(?P<han>[{_HAN}]+)|(?P<whole>[{_KATAKANA}]+)|(?P<no>[{_HIRAGANA}]+)|(?P<gram>[{SOUTHEAST_ASIAN}]+)"
)
_HAS_RUN = re.compile(f"[{_HAN}{_KATAKANA}{_HIRAGANA}{SOUTHEAST_ASIAN}]").search

LEAST_SCORE = 10.83
LEAST_RATIO = 2.0
LEAST_HEADLINES = 3
BEFORE = timedelta(weeks=4)
LENGTHS = {"day": timedelta(days=1), "week": timedelta(weeks=1)}
_MOST = 50
_MOST_CANDIDATES = 500


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


class Windows(NamedTuple):
    """The two compared periods: from ``before`` to ``start``, and from ``start`` to ``end``."""

    before: datetime
    start: datetime
    end: datetime

    @classmethod
    def up_to(cls, end: datetime, length: timedelta) -> Windows:
        """Return the period of ``length`` that ends at ``end``, and the four weeks before it."""
        start = end - length
        return cls(start - BEFORE, start, end)


class RisingWord(NamedTuple):
    """A word that rose: its headlines and sources in the period, and its headlines ``before``."""

    word: str
    headlines: int
    sources: int
    before: int
    ratio: float | None
    """Its share of all words divided by its share before; None for a new word."""
    score: float


class RisingWordCounter:
    """The word counts of two periods, to which titles are added by source and day."""

    def __init__(self, windows: Windows) -> None:
        self._before, self._start, self._end = (edge.timestamp() for edge in windows)
        self._now = _Words()
        self._then = _Words()
        self._shown: dict[str, str] = {}
        self._sources: dict[str, set[str]] = {}

    def add(self, source: str, titles: Sequence[tuple[float, str, object]]) -> None:
        """Add the titles of a source and day, in order: time in seconds since 1970, title, and a value not used."""
        if titles[-1][0] < self._before:
            return
        now: Counter[str] = Counter()
        then: Counter[str] = Counter()
        seen: set[tuple[str, ...]] = set()
        for time, title, _ in titles:
            if not self._before <= time <= self._end:
                continue
            found = words(title)
            key = tuple(found)
            (self._then if time < self._start else self._now).headlines.update(key)
            if key in seen:
                continue
            seen.add(key)
            if time < self._start:
                then.update(key)
                continue
            now.update(key)
            for word, shown in found.items():
                self._shown.setdefault(word, shown)
                self._sources.setdefault(word, set()).add(source)
        self._now.add(now)
        self._then.add(then)

    def risen(self, most: int = _MOST) -> list[RisingWord]:
        """Return the words that rose, highest score first."""
        now, then = self._now, self._then
        if not now.total or not then.total:
            return []
        found = []
        for word, weight in now.weights.items():
            before = then.weights.get(word, 0.0)
            ratio = weight / now.total / (before / then.total) if before else None
            if now.titles[word] < LEAST_HEADLINES or (ratio is not None and ratio < LEAST_RATIO):
                continue
            score = log_likelihood(weight, now.total, before, then.total)
            if score >= LEAST_SCORE:
                sources = len(self._sources[word])
                found.append(
                    RisingWord(self._shown[word], now.headlines[word], sources, then.headlines[word], ratio, score)
                )
        found.sort(key=lambda each: (-each.score, each.word))
        return join_grams(found[:_MOST_CANDIDATES])[:most]


def log_likelihood(now: float, total_now: float, before: float, total_before: float) -> float:
    """Return G2 of a word with weight ``now`` of ``total_now``, and ``before`` of ``total_before``.

    >>> log_likelihood(50, 10_000, 200, 40_000)
    0.0
    """
    expected = (now + before) / (total_now + total_before)
    parts = ((now, total_now * expected), (before, total_before * expected))
    return 2 * sum(count * log(count / usual) for count, usual in parts if count)


def join_grams(found: list[RisingWord]) -> list[RisingWord]:
    """Join overlapping grams that are in about as many headlines into the longer run they are parts of."""
    left = list(found)
    result = []
    while left:
        word = left.pop(0)
        if is_gram(word.word):
            size = len(word.word) - 1
            grams = [each for each in left if is_gram(each.word) and 0.75 <= each.headlines / word.headlines <= 1.34]
            text = word.word
            while after := next((each for each in grams if text.endswith(each.word[:size])), None):
                text += after.word[size:]
                grams.remove(after)
                left.remove(after)
            while ahead := next((each for each in grams if text.startswith(each.word[-size:])), None):
                text = ahead.word[:-size] + text
                grams.remove(ahead)
                left.remove(ahead)
            word = word._replace(word=text)
        result.append(word)
    return result


class _Words:
    """Counts of words: weights, different titles, headlines, and the total weight."""

    def __init__(self) -> None:
        self.weights: dict[str, float] = {}
        self.titles: Counter[str] = Counter()
        self.headlines: Counter[str] = Counter()
        self.total = 0.0

    def add(self, counted: Counter[str]) -> None:
        """Add the words of the different titles of a source and day."""
        for word, count in counted.items():
            weight = 1 + log2(count)
            self.weights[word] = self.weights.get(word, 0.0) + weight
            self.total += weight
        self.titles.update(counted)
