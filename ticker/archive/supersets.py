r"""RE2 expressions that match at least every line that a Python regular expression matches.

RE2 (https://github.com/google/re2) scans a text once for any expression, a dozen times as fast as Python's ``re``. But
its syntax, character classes and digits differ. So RE2 only preselects lines: its expression matches every title that
Python's would, and Python's ``re`` decides.

The expression is built from the tree of Python's own parser. A node for one character becomes the set of characters
that Python says it matches. A zero-width node (``\b``, lookaround) becomes nothing. An unknown node, or a
backreference, becomes "anything".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

# Python's own parser and compiler, which `re.compile` uses. The modules have no public names.
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

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
