"""Search patterns: words, literal text, regular expressions.

A matcher tells whether a text matches, where, and, for the sake of speed, which stored lines need not be looked
at, because nothing in them can match.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from typing import Literal, Protocol

from ticker.archive.folding import Fold, caseless, exact, loose, uncomposed
from ticker.archive.lines import is_spelled_otherwise
from ticker.archive.queries import Node, asks_section, parse
from ticker.archive.terms import AnyOf, Need, Needs, Span, Term, merged, without_others
from ticker.errors import PatternError

Mode = Literal["words", "regex", "fixed"]


class Matcher(Protocol):
    """What a search looks for."""

    tells_lines: bool
    """Whether ``may_match`` tells anything."""

    asks_section: bool
    """Whether the section of a headline decides."""

    def matches(self, text: str, source: str | None = None, section: str | None = None) -> bool | None:
        """Return whether a text of this source and section matches; a section is "" where there is none.

        None: that depends on what is not given.
        """

    def spans(self, text: str) -> list[Span]:
        """Where ``text`` matches, to be highlighted: start and end, in order, not overlapping, none empty."""

    def may_match(self, line: bytes) -> bool:
        """False only where no text within the stored ``line`` can match. Fast, and needs no decoding."""

    def needs(self) -> Needs:
        """Return what holds for everything that matches. Nothing where nothing is known."""

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
    """Return the matcher of a query, in the language of ``queries``. Ignoring case ignores accents too.

    A word is found as a whole word; in scripts that put no spaces between words, anywhere. Raises PatternError.
    """
    folding = loose if ignore_case else exact
    return _Search(parse(pattern, folding), folding)


def fixed(pattern: str, ignore_case: bool = False) -> Matcher:
    """``pattern`` as it is, anywhere in a text. Ignoring case does not ignore accents. Raises PatternError."""
    folding = caseless if ignore_case else exact
    term = Term([pattern], folding, whole=False)
    if term.is_empty:
        raise PatternError(f"nothing to search for in the pattern {pattern!r}")
    return _Search(term, folding)


def regex(pattern: str, ignore_case: bool = False) -> Matcher:
    """The regular expression ``pattern``, of Python's ``re``; ^ and $ are the ends of a line. Raises PatternError."""
    return _Expression(pattern, ignore_case)


class _Search:
    """A query, or a literal text."""

    tells_lines = True

    def __init__(self, query: Node, folding: Fold) -> None:
        self._query = query
        self._folding = folding
        self.asks_section = asks_section(query)
        self._shown = list(query.shown())

    def matches(self, text: str, source: str | None = None, section: str | None = None) -> bool | None:
        return self._query.holds(self._folding(text), source, section)

    def spans(self, text: str) -> list[Span]:
        folded = self._folding(text)
        if self._query.holds(folded, None, None) is False:
            return []
        return merged(self._folding.unfold(text, [span for term in self._shown for span in term.places(folded)]))

    def may_match(self, line: bytes) -> bool:
        if is_spelled_otherwise(line):
            return True
        if self._folding is exact:
            return self._query.may_hold(line, line) or not _is_composed(line)
        if not line.isascii():  # to fold it takes as long as to decode it
            return True
        return self._query.may_hold(line, line.lower())

    def needs(self) -> Needs:
        return self._query.needs()

    def superset(self) -> str | None:
        return None


class _Expression:
    """A regular expression. It matches a text as it is stored, or in composed letters (Unicode NFC)."""

    tells_lines = False
    asks_section = False

    def __init__(self, pattern: str, ignore_case: bool) -> None:
        if not pattern:
            raise PatternError("nothing to search for: the pattern is empty")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Python's plans for the syntax are no business of the user
                flags = re.MULTILINE | (re.IGNORECASE if ignore_case else 0)
                self._expression = re.compile(unicodedata.normalize("NFC", pattern), flags)
        except re.error as error:
            place = "" if error.pos is None else f" at character {error.pos + 1}"
            raise PatternError(f"{pattern!r} is no regular expression: {error.msg}{place}") from error
        except (OverflowError, RecursionError) as error:
            raise PatternError(f"{pattern!r} is no regular expression: {error}") from error

    def matches(self, text: str, source: str | None = None, section: str | None = None) -> bool:
        if self._expression.search(text):
            return True
        composed = exact(text)
        return composed != text and self._expression.search(composed) is not None

    def spans(self, text: str) -> list[Span]:
        composed = exact(text)
        spans = self._spans(text)
        return merged([*spans, *uncomposed(text, self._spans(composed))]) if composed != text else spans

    def may_match(self, line: bytes) -> bool:
        return True

    def needs(self) -> Needs:
        from ticker.archive.literals import literals  # an index asks, a search without one doesn't

        return tuple(
            AnyOf(tuple((Need(without_others(text)),) for text in choice)) for choice in literals(self._expression)
        )

    def superset(self) -> str | None:
        from ticker.archive.supersets import superset

        return superset(self._expression)

    def _spans(self, text: str) -> list[Span]:
        return [found.span() for found in self._expression.finditer(text) if found[0]]


# Bytes of UTF-8 that are in every text that is not composed. To look for them takes a third of the time that decoding
# does, and they are in few lines of European languages or Chinese.
_SUSPICIOUS = re.compile(rb"[\xcc\xcd\xd2-\xe1\xea-\xf4]|\xce\x87|\xe2(?!\x80[\x82-\xbf])|\xe3[\x80\x82]").search


def _is_composed(line: bytes) -> bool:
    if line.isascii() or not _SUSPICIOUS(line):
        return True
    return unicodedata.is_normalized("NFC", line.decode("utf-8", "replace"))
