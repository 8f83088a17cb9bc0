"""Search patterns: words, literal text, regular expressions.

A matcher tells whether a text matches, where, and, for the sake of speed, which stored lines need not be looked
at, because nothing in them can match.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple, Protocol

from ticker.archive.folding import Folding, caseless, loose
from ticker.archive.lines import escaped, is_spelled_otherwise
from ticker.errors import PatternError

Mode = Literal["words", "regex", "fixed"]
Span = tuple[int, int]

_TERM = re.compile(r'"(?P<phrase>[^"]*)"|(?P<word>\S+)')
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"'})
# Scripts that put no spaces between words, as letters stand after NFD: Thai, Lao, Tibetan, Myanmar, Khmer, Han,
# kana. Hangul too: Korean puts spaces, but its particles follow a word without one.
SPACELESS = (
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029"
    "\u3031-\u318f\u31f0-\u31ff\u3400-\u9fff\ua960-\ua97f\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
_HANGUL_VOWELS_AND_FINALS = range(0x1160, 0x1200)


# Letters that ignoring case alone takes for one another, and ``loose`` doesn't (all others it does, see the tests).
_LOOSELY_OTHERS = re.compile("[ʼŉæøÆØǢǣǼǽǾǿ]")


class Need(NamedTuple):
    """Text that must be in what matches, both folded loosely; ``whole``: with the ends of words at its ends."""

    text: str
    whole: bool = False


class Matcher(Protocol):
    """What a search looks for."""

    tells_lines: bool
    """Whether ``may_match`` tells anything."""

    def matches(self, text: str) -> bool:
        """Whether ``text`` matches."""

    def spans(self, text: str) -> list[Span]:
        """Where ``text`` matches, to be highlighted: start and end, in order, not overlapping, none empty."""

    def may_match(self, line: bytes) -> bool:
        """False only where no text within the stored ``line`` can match. Fast, and needs no decoding."""

    def needs(self) -> Sequence[tuple[Need, ...]]:
        """What every text that matches holds: of each tuple at least one. Where nothing is known, nothing."""

    def superset(self) -> str | None:
        """What RE2 finds the lines with, as ``supersets`` tells; None where nothing is known."""


def make_matcher(pattern: str, mode: Mode = "words", ignore_case: bool | None = None) -> Matcher:
    """The matcher for ``pattern``; by default words ignore case, literal texts and regular expressions don't.

    Raises PatternError.
    """
    if mode == "words":
        return words(pattern, ignore_case is not False)
    return (regex if mode == "regex" else fixed)(pattern, bool(ignore_case))


def words(pattern: str, ignore_case: bool = True) -> Matcher:
    """All the words, and "quoted phrases", of ``pattern``, in any order. Ignoring case ignores accents too.

    A word is found as a whole word; in scripts that put no spaces between words, anywhere. Raises PatternError.
    """
    terms = []
    for found in _TERM.finditer(pattern.translate(_QUOTES)):
        if (found["word"] or "").startswith('"'):
            raise PatternError(f"the quote before {found['word'][1:]!r} is not closed in the pattern {pattern!r}")
        terms.append((found["phrase"] or found["word"] or "").split())
    return _Literals(pattern, terms, loose if ignore_case else None, whole=True)


def fixed(pattern: str, ignore_case: bool = False) -> Matcher:
    """``pattern`` as it is, anywhere in a text. Ignoring case does not ignore accents. Raises PatternError."""
    return _Literals(pattern, [[pattern]], caseless if ignore_case else None, whole=False)


def regex(pattern: str, ignore_case: bool = False) -> Matcher:
    """The regular expression ``pattern``, of Python's ``re``; ^ and $ are the ends of a line. Raises PatternError."""
    return _Expression(pattern, ignore_case)


class _Literals:
    """Literal terms, each a list of pieces with white space between them, of which all must be there."""

    tells_lines = True

    def __init__(self, pattern: str, terms: Sequence[Sequence[str]], folding: Folding | None, *, whole: bool) -> None:
        self._folding = folding
        self._whole = whole
        folded = [[self._fold(piece) for piece in pieces] for pieces in terms]
        folded = [[piece for piece in pieces if piece] for pieces in folded]
        self._needs = [
            (Need(text, whole and folding is loose),)
            for pieces in terms
            for text in (_LOOSELY_OTHERS.split(" ".join(pieces)) if folding is caseless else [" ".join(pieces)])
        ]
        self._terms = [re.compile(r"[^\S\n]+".join(map(re.escape, pieces))) for pieces in folded if pieces]
        self._needles = [escaped(piece) for pieces in folded for piece in pieces]
        if not self._terms:
            raise PatternError(f"nothing to search for in the pattern {pattern!r}")

    def matches(self, text: str) -> bool:
        folded = self._fold(text)
        return all(any(True for _ in self._places(term, folded)) for term in self._terms)

    def spans(self, text: str) -> list[Span]:
        folded = self._fold(text)
        places = [list(self._places(term, folded)) for term in self._terms]
        if not all(places):
            return []
        spans = [span for found in places for span in found]
        return _merged(self._folding.unfold(text, spans) if self._folding is not None else spans)

    def may_match(self, line: bytes) -> bool:
        if is_spelled_otherwise(line):
            return True
        if self._folding is not None:
            if not line.isascii():  # to fold it takes as long as to decode it
                return True
            line = line.lower()
        return all(needle in line for needle in self._needles)

    def needs(self) -> Sequence[tuple[Need, ...]]:
        return self._needs

    def superset(self) -> str | None:
        return None

    def _fold(self, text: str) -> str:
        return self._folding(text) if self._folding is not None else text

    def _places(self, term: re.Pattern[str], folded: str) -> Iterator[Span]:
        found = term.search(folded)
        while found:
            start, end = found.span()
            accepted = self._accepts(folded, start, end)
            if accepted:
                yield start, end
            found = term.search(folded, end if accepted else start + 1)

    def _accepts(self, folded: str, start: int, end: int) -> bool:
        if self._whole:
            return not _is_within_a_word(folded, start, end)
        return self._folding is None or not _goes_on(folded, end)


class _Expression:
    """A regular expression."""

    tells_lines = False

    def __init__(self, pattern: str, ignore_case: bool) -> None:
        if not pattern:
            raise PatternError("nothing to search for: the pattern is empty")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Python's plans for the syntax are no business of the user
                self._expression = re.compile(pattern, re.MULTILINE | (re.IGNORECASE if ignore_case else 0))
        except re.error as error:
            place = "" if error.pos is None else f" at character {error.pos + 1}"
            raise PatternError(f"{pattern!r} is no regular expression: {error.msg}{place}") from error
        except (OverflowError, RecursionError) as error:
            raise PatternError(f"{pattern!r} is no regular expression: {error}") from error

    def matches(self, text: str) -> bool:
        return self._expression.search(text) is not None

    def spans(self, text: str) -> list[Span]:
        return [found.span() for found in self._expression.finditer(text) if found[0]]

    def may_match(self, line: bytes) -> bool:
        return True

    def needs(self) -> Sequence[tuple[Need, ...]]:
        from ticker.archive.literals import literals  # an index asks, a search without one doesn't

        return [tuple(map(Need, choice)) for choice in literals(self._expression)]

    def superset(self) -> str | None:
        from ticker.archive.supersets import superset

        return superset(self._expression)


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
    return re.compile(SPACELESS)  # takes longer than many a search


def _is_of_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_" or unicodedata.category(letter)[0] == "M"


def _goes_on(text: str, end: int) -> bool:
    # Folded text is decomposed: a mark after the end (the accent of é, the voicing of が) makes another letter.
    if end >= len(text) or text[end].isascii():
        return False
    return unicodedata.category(text[end])[0] == "M" or ord(text[end]) in _HANGUL_VOWELS_AND_FINALS


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
