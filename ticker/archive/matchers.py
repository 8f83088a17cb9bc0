r"""Matchers of search patterns: words, literal text and regular expressions.

A matcher decides whether and where a text matches. For speed, it also rejects stored lines without decoding them.

A regular expression without literal text is slow to match against all titles. RE2
(https://github.com/google/re2) scans a text once for any expression, a dozen times as fast as Python's ``re``. But its
syntax, character classes and digits differ. So RE2 only preselects lines: its expression matches every title that
Python's would, and Python's ``re`` decides. The expression is built from the tree of Python's own parser. A node for
one character becomes the set of characters that Python says it matches. A zero-width node (``\b``, lookaround) becomes
nothing. An unknown node, or a backreference, becomes "anything".
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from functools import cache

# Python's own parser and compiler, which `re.compile` uses. The modules have no public names.
from re import _compiler as compiler  # type: ignore[attr-defined]
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

_TYPES = int(re.ASCII | re.LOCALE | re.UNICODE)
_LETTERS = {op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY, op.CATEGORY}
_PLACES = {op.AT, op.ASSERT, op.ASSERT_NOT}
_BEGINNINGS = ((op.AT, op.AT_BEGINNING), (op.AT, op.AT_BEGINNING_STRING))
_ENDS = ((op.AT, op.AT_END), (op.AT, op.AT_END_STRING))
_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, getattr(op, "POSSESSIVE_REPEAT", None)}
_MOST_TIMES = 8  # cap on counted repetitions, since RE2 unrolls them

# How a title is escaped in its line. UTF-8 text has no surrogates, which RE2 rejects.
_ESCAPES = {'"': r'\\"', "\\": r"\\\\", "\b": r"\\b", "\f": r"\\f", "\n": r"\\n", "\r": r"\\r", "\t": r"\\t"}
_PLAIN = r'[^"\\\x00-\x1f]'
_ANY = rf'(?:{_PLAIN}|\\["\\bfnrt])*'
# Unescaped characters on which Python's pattern is run. Those beyond, rare Han, always count as matching.
_ASKED = ((0x20, ord('"')), (ord('"') + 1, ord("\\")), (ord("\\") + 1, 0x20000))
_BEYOND = r"\x{20000}-\x{10ffff}"

_STRING = rf'"{_ANY}"'
_DAY = (
    "[1-9][0-9]{3}-"
    "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    "|[1-9][0-9](?:0[48]|[2468][048]|[13579][26])-02-29"
)
_TIME = rf'"(?:{_DAY})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][+-](?:[01][0-9]|2[0-3]):[0-5][0-9]"'
_BLANK = r"\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
_LEAD = rf'\{{"time": {_TIME}, "source": "{_PLAIN}+", "title": "'
_TITLE = rf'(?:[^ "\\\x00-\x1f{_BLANK}]|\\["\\]){_ANY}"'
# One loop for all other fields keeps the RE2 automaton small enough for the processor's cache.
_REST = rf'(?:, "(?:url|id|seen|page|time_text|precision|section|revises)": (?:null|{_STRING}))*\}}\n'
_LINE = _LEAD + _TITLE + _REST

Mode = Literal["words", "regex", "fixed"]
# Every text that is not composed contains one of these bytes. Searching for them is faster than decoding, and few
# lines of European languages or Chinese contain any.
_SUSPICIOUS = re.compile(rb"[\xcc\xcd\xd2-\xe1\xea-\xf4]|\xce\x87|\xe2(?!\x80[\x82-\xbf])|\xe3[\x80\x82]").search


def superset(expression: re.Pattern[str]) -> str:
    """Return an RE2 expression that matches from the start of a line up to the next candidate.

    The lines must be in the spelling of this program. The match ends within the first line whose title ``expression``
    may match, else at the end of the text. A title that may not be in Unicode NFC counts as a candidate. No match means
    that a line is spelled in another way. RE2 may refuse the expression for its size.
    """
    tree = list(parser.parse(expression.pattern, expression.flags))
    before = rf"(?:{_ANY}\\n)?" if tree and tree[0] in _BEGINNINGS else _ANY
    after = r'(?:\\n|")' if tree and tree[-1] in _ENDS else ""
    within = f"{before}{_sequence(tree, expression.flags)}{after}"
    return rf"(?:{_LINE})*?(?:{_LEAD}(?:{within}|{_ANY}{_uncomposed()})|\z)"


def _sequence(items: Iterable[Any], flags: int) -> str:
    return "".join(_piece(kind, value, flags) for kind, value in items)


def _piece(kind: Any, value: Any, flags: int) -> str:
    if kind in _LETTERS:
        return _letters(kind, value, flags)
    if kind in _PLACES:
        return ""
    if kind is op.SUBPATTERN:
        _, added, removed, items = value
        if added & _TYPES:
            flags &= ~_TYPES
        return f"(?:{_sequence(items, (flags | added) & ~removed)})"
    if kind is getattr(op, "ATOMIC_GROUP", None):
        return f"(?:{_sequence(value, flags)})"
    if kind is op.BRANCH:
        return f"(?:{'|'.join(_sequence(items, flags) for items in value[1])})"
    if kind in _REPEATS:
        least, most, items = value
        least, most = min(least, _MOST_TIMES), "" if most > _MOST_TIMES else most
        return f"(?:{_sequence(items, flags)}){{{least},{most}}}"
    return f"(?:{_ANY})"


def _letters(kind: Any, value: Any, flags: int) -> str:
    """Return the characters that a one-character node matches, as escaped in a title."""
    if kind is op.LITERAL and not flags & re.IGNORECASE:
        return _ESCAPES.get(chr(value)) or rf"\x{{{value:x}}}"
    state = parser.State()
    piece = parser.SubPattern(state, [(op.MAX_REPEAT, (1, op.MAXREPEAT, parser.SubPattern(state, [(kind, value)])))])
    run = compiler.compile(piece, flags)
    spans = [found.span() for low, high in _ASKED for found in run.finditer(_all_letters(), low, high)]
    taken = "".join(rf"\x{{{start:x}}}-\x{{{end - 1:x}}}" for start, end in spans)
    escapes = [spelled for letter, spelled in _ESCAPES.items() if run.match(letter)]
    return f"(?:{'|'.join([f'[{taken}{_BEYOND}]', *escapes])})"


@cache
def _all_letters() -> str:
    return "".join(map(chr, range(_ASKED[-1][1])))


@cache
def _uncomposed() -> str:
    """Return a pattern found in every text that is not in NFC, after the quick check of Unicode (UAX #15)."""
    replaced, marks = set(), set()
    for code in range(0x300, 0x30000):
        letter = chr(code)
        if unicodedata.combining(letter):
            marks.add(code)
        parts = unicodedata.decomposition(letter).split()
        if parts and parts[0][0] != "<":
            if not unicodedata.is_normalized("NFC", letter):
                replaced.add(code)
            elif len(parts) == 2:
                replaced.add(int(parts[1], 16))
    replaced.update(range(0x1161, 0x1176), range(0x11A8, 0x11C3))  # vowels and finals of Hangul
    # The sets contain no surrogates, and no characters below U+0300.
    return f"(?:[{_class(replaced)}]|[{_class(marks)}]{{2}})"


def _class(codes: Iterable[int]) -> str:
    """Return the inside of a character class."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in runs)


# The parser that `re.compile` uses. The module has no public name.


def required_literals(expression: re.Pattern[str]) -> list[tuple[str, ...]]:
    """Return tuples of texts: every match of ``expression`` contains at least one text of each tuple.

    If the expression ignores case, the match may contain the text in another case.

    >>> literals(re.compile("(night )?ferr(y|ies) +(to|from) port"))
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

    def superset(self) -> str | None:
        """Return the expression with which RE2 finds candidate lines (see ``superset``), or None."""


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

    def superset(self) -> str | None:
        return None


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

    def superset(self) -> str | None:

        return superset(self._expression)

    def _spans(self, text: str) -> list[Span]:
        return [found.span() for found in self._expression.finditer(text) if found[0]]


def _is_composed(line: bytes) -> bool:
    if line.isascii() or not _SUSPICIOUS(line):
        return True
    return unicodedata.is_normalized("NFC", line.decode("utf-8", "replace"))
