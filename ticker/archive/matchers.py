r"""Matchers of search patterns: words, literal text and regular expressions.

A matcher decides whether and where a text matches. For speed, it also rejects stored lines without decoding them.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator

# Python's own parser, which `re.compile` uses. The modules have no public names.
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Literal, Protocol

from ticker.archive.codec import has_other_escapes
from ticker.archive.queries import Node, needs_section, parse
from ticker.archive.terms import (
    AnyOf,
    Fold,
    Needs,
    RequiredText,
    Span,
    Term,
    caseless,
    exact,
    longest_stable_part,
    loose,
    merge_spans,
    uncomposed,
)
from ticker.errors import PatternError

_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, getattr(op, "POSSESSIVE_REPEAT", None)}

Mode = Literal["words", "regex", "fixed"]
# Every text that is not composed contains one of these bytes. Searching for them is faster than decoding, and few
# lines of European languages or Chinese contain any.
_SUSPICIOUS = re.compile(rb"[\xcc\xcd\xd2-\xe1\xea-\xf4]|\xce\x87|\xe2(?!\x80[\x82-\xbf])|\xe3[\x80\x82]").search


def required_literals(expression: re.Pattern[str]) -> list[tuple[str, ...]]:
    """Return tuples of texts: every match of ``expression`` contains at least one text of each tuple.

    If the expression ignores case, the match may contain the text in another case.

    >>> required_literals(re.compile("(night )?ferr(y|ies) +(to|from) port"))
    [('ferr',), ('y', 'ies'), (' ',), ('to', 'from'), (' port',)]
    """
    return list(_of_sequence(parser.parse(expression.pattern, expression.flags)))


def _of_sequence(items: Iterable[Any]) -> Iterator[tuple[str, ...]]:
    text = ""
    for kind, value in items:
        if kind is op.LITERAL:
            text += chr(value)
            continue
        if text:
            yield (text,)
            text = ""
        yield from _of_item(kind, value)
    if text:
        yield (text,)


def _of_item(kind: Any, value: Any) -> Iterator[tuple[str, ...]]:
    if kind is op.SUBPATTERN:
        yield from _of_sequence(value[-1])
    elif kind is getattr(op, "ATOMIC_GROUP", None):
        yield from _of_sequence(value)
    elif kind in _REPEATS and value[0] > 0:
        yield from _of_sequence(value[2])
    elif kind is op.BRANCH:
        # A match contains one alternative, so take the longest required text of each.
        choices = [max(_of_sequence(alternative), key=_shortest, default=()) for alternative in value[1]]
        if all(choices):
            yield tuple(text for choice in choices for text in choice)


def _shortest(choice: tuple[str, ...]) -> int:
    return min(map(len, choice), default=0)


class Matcher(Protocol):
    """What a search looks for."""

    can_reject_lines: bool
    """Whether ``may_match`` ever returns False."""

    needs_section: bool
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

    can_reject_lines = True

    def __init__(self, query: Node, folding: Fold) -> None:
        self._query = query
        self._folding = folding
        self.needs_section = needs_section(query)
        self._shown = list(query.shown())

    def matches(self, text: str, source: str | None = None, section: str | None = None) -> bool | None:
        return self._query.holds(self._folding(text), source, section)

    def spans(self, text: str) -> list[Span]:
        folded = self._folding(text)
        if self._query.holds(folded, None, None) is False:
            return []
        return merge_spans(self._folding.unfold(text, [span for term in self._shown for span in term.places(folded)]))

    def may_match(self, line: bytes) -> bool:
        if has_other_escapes(line):
            return True
        if self._folding is exact:
            return self._query.may_hold(line, line) or not _is_composed(line)
        if not line.isascii():  # folding would take as long as decoding
            return True
        return self._query.may_hold(line, line.lower())

    def needs(self) -> Needs:
        return self._query.needs()


class _Expression:
    """A regular expression. It matches a text as stored, or its composed form (Unicode NFC)."""

    can_reject_lines = False
    needs_section = False

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
        return merge_spans([*spans, *uncomposed(text, self._spans(composed))]) if composed != text else spans

    def may_match(self, line: bytes) -> bool:
        return True

    def needs(self) -> Needs:
        return tuple(
            AnyOf(tuple((RequiredText(longest_stable_part(text)),) for text in choice))
            for choice in required_literals(self._expression)
        )

    def _spans(self, text: str) -> list[Span]:
        return [found.span() for found in self._expression.finditer(text) if found[0]]


def _is_composed(line: bytes) -> bool:
    if line.isascii() or not _SUSPICIOUS(line):
        return True
    return unicodedata.is_normalized("NFC", line.decode("utf-8", "replace"))
