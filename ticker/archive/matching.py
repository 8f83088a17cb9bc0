"""Search patterns: words, literal text and regular expressions.

A matcher decides whether and where a text matches. For speed, it also rejects stored lines without decoding them.
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
    """Whether ``may_match`` ever returns False."""

    asks_section: bool
    """Whether a match depends on the section of a headline."""

    def matches(self, text: str, source: str | None = None, section: str | None = None) -> bool | None:
        """Return whether a text of this source and section matches; a section is "" if there is none.

        Returns None if the result depends on a missing argument.
        """

    def spans(self, text: str) -> list[Span]:
        """Return the (start, end) spans to highlight in ``text``: in order, disjoint, none empty."""

    def may_match(self, line: bytes) -> bool:
        """Return False only if no text in the stored ``line`` can match. Fast; does not decode the line."""

    def needs(self) -> Needs:
        """Return conditions that hold for every match; empty if none are known."""

    def superset(self) -> str | None:
        """Return the expression with which RE2 finds candidate lines (see ``supersets``), or None."""


def make_matcher(pattern: str, mode: Mode = "words", ignore_case: bool | None = None) -> Matcher:
    """Return the matcher for ``pattern``; by default only the mode "words" ignores case.

    Raises PatternError.
    """
    if mode == "words":
        return words(pattern, ignore_case is not False)
    return (regex if mode == "regex" else fixed)(pattern, bool(ignore_case))


def words(pattern: str, ignore_case: bool = True) -> Matcher:
    """Return the matcher of a query in the language of ``queries``; ignoring case also ignores accents.

    A word matches whole words only; in scripts without spaces between words, it matches anywhere. Raises PatternError.
    """
    folding = loose if ignore_case else exact
    return _Search(parse(pattern, folding), folding)


def fixed(pattern: str, ignore_case: bool = False) -> Matcher:
    """Return the matcher of a literal text, found anywhere; ignoring case keeps accents. Raises PatternError."""
    folding = caseless if ignore_case else exact
    term = Term([pattern], folding, whole=False)
    if term.is_empty:
        raise PatternError(f"nothing to search for in the pattern {pattern!r}")
    return _Search(term, folding)


def regex(pattern: str, ignore_case: bool = False) -> Matcher:
    """Return the matcher of a Python regular expression; ^ and $ match at line ends. Raises PatternError."""
    return _Expression(pattern, ignore_case)


class _Search:
    """A query or a literal text."""

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
        if not line.isascii():  # folding would take as long as decoding
            return True
        return self._query.may_hold(line, line.lower())

    def needs(self) -> Needs:
        return self._query.needs()

    def superset(self) -> str | None:
        return None


class _Expression:
    """A regular expression. It matches a text as stored, or its composed form (Unicode NFC)."""

    tells_lines = False
    asks_section = False

    def __init__(self, pattern: str, ignore_case: bool) -> None:
        if not pattern:
            raise PatternError("nothing to search for: the pattern is empty")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # users need no warnings about Python's future syntax
                flags = re.MULTILINE | (re.IGNORECASE if ignore_case else 0)
                self._expression = re.compile(unicodedata.normalize("NFC", pattern), flags)
        except re.error as error:
            place = "" if error.pos is None else f" at character {error.pos + 1}"
            raise PatternError(f"invalid regular expression {pattern!r}: {error.msg}{place}") from error
        except (OverflowError, RecursionError) as error:
            raise PatternError(f"invalid regular expression {pattern!r}: {error}") from error

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
        from ticker.archive.literals import literals  # needed only for a search with an index

        return tuple(
            AnyOf(tuple((Need(without_others(text)),) for text in choice)) for choice in literals(self._expression)
        )

    def superset(self) -> str | None:
        from ticker.archive.supersets import superset

        return superset(self._expression)

    def _spans(self, text: str) -> list[Span]:
        return [found.span() for found in self._expression.finditer(text) if found[0]]


# Every text that is not composed contains one of these bytes. Searching for them is faster than decoding, and few
# lines of European languages or Chinese contain any.
_SUSPICIOUS = re.compile(rb"[\xcc\xcd\xd2-\xe1\xea-\xf4]|\xce\x87|\xe2(?!\x80[\x82-\xbf])|\xe3[\x80\x82]").search


def _is_composed(line: bytes) -> bool:
    if line.isascii() or not _SUSPICIOUS(line):
        return True
    return unicodedata.is_normalized("NFC", line.decode("utf-8", "replace"))
