"""The query language of ``ticker search``: words, phrases, prefixes, fields, AND, OR, NOT and parentheses.

``parse`` turns a pattern into a tree. A node decides whether a headline or an article matches. If its source or section
is not known yet, the result may be None (Kleene's three-valued logic).

    query  = both { "OR" both }
    both   = part { [ "AND" ] part }
    part   = ( "NOT" | "-" ) part | "(" query ")" | [ "source:" | "section:" ] ( word [ "*" ] | '"' words '"' [ "*" ] )
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple, NoReturn, Protocol

from ticker.archive.codec import json_escaped
from ticker.archive.terms import AnyOf, Fold, Needs, RequiredSource, Term
from ticker.errors import PatternError

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"'})
_TOKEN = re.compile(
    r"\s*(?:(?P<sign>[()]|-(?![\s)-]|$))|(?P<field>(?i:source|section):)(?=[^\s()])"
    r'|"(?P<phrase>[^"]*)"(?P<star>\*?)|(?P<word>[^\s()]+))'
)
_OPERATORS = ("AND", "OR", "NOT")
_DEEPEST = 100  # nested parentheses or NOT


class Node(Protocol):
    """A part of a query."""

    def holds(self, folded: str, source: str | None, section: str | None) -> bool | None:
        """Return whether a folded text with this source and section ("" for none) matches; None if not known yet."""

    def may_hold(self, line: bytes, folded_line: bytes) -> bool:
        """Return False only if a stored line cannot match; ``folded_line`` is the folded line."""

    def needs(self) -> Needs:
        """Return the conditions that the index can look up."""

    def shown(self) -> Iterator[Term]:
        """Yield the terms to highlight."""


class And(NamedTuple):
    """A node that matches if all parts match."""

    parts: tuple[Node, ...]

    def holds(self, folded: str, source: str | None, section: str | None) -> bool | None:
        """Return whether all parts match; None if not known yet."""
        result: bool | None = True
        for part in self.parts:
            held = part.holds(folded, source, section)
            if held is False:
                return False
            if held is None:
                result = None
        return result

    def may_hold(self, line: bytes, folded_line: bytes) -> bool:
        """Return whether all parts may match the line."""
        return all(part.may_hold(line, folded_line) for part in self.parts)

    def needs(self) -> Needs:
        """Return the conditions of all parts."""
        return tuple(need for part in self.parts for need in part.needs())

    def shown(self) -> Iterator[Term]:
        """Yield the terms of all parts."""
        for part in self.parts:
            yield from part.shown()


class Or(NamedTuple):
    """A node that matches if any part matches."""

    parts: tuple[Node, ...]

    def holds(self, folded: str, source: str | None, section: str | None) -> bool | None:
        """Return whether any part matches; None if not known yet."""
        result: bool | None = False
        for part in self.parts:
            held = part.holds(folded, source, section)
            if held:
                return True
            if held is None:
                result = None
        return result

    def may_hold(self, line: bytes, folded_line: bytes) -> bool:
        """Return whether any part may match the line."""
        return any(part.may_hold(line, folded_line) for part in self.parts)

    def needs(self) -> Needs:
        """Return the alternatives, or nothing if a part has no conditions."""
        alternatives = tuple(part.needs() for part in self.parts)
        return (AnyOf(alternatives),) if all(alternatives) else ()

    def shown(self) -> Iterator[Term]:
        """Yield the terms of all parts."""
        for part in self.parts:
            yield from part.shown()


class Not(NamedTuple):
    """A node that matches if its part does not."""

    part: Node

    def holds(self, folded: str, source: str | None, section: str | None) -> bool | None:
        """Return whether the part does not match; None if not known yet."""
        held = self.part.holds(folded, source, section)
        return None if held is None else not held

    def may_hold(self, line: bytes, folded_line: bytes) -> bool:
        """Return True, since a line that may hold the part may still match."""
        return True

    def needs(self) -> Needs:
        """Return nothing: the index cannot look up absence."""
        return ()

    def shown(self) -> Iterator[Term]:
        """Yield nothing: an excluded term is not highlighted."""
        return iter(())


class SourceIs(NamedTuple):
    """A node that matches a source by its name, or by a prefix of it."""

    name: str
    prefix: bool

    def holds(self, folded: str, source: str | None, section: str | None) -> bool | None:
        """Return whether the source matches; None if it is not known yet."""
        if source is None:
            return None
        return source.startswith(self.name) if self.prefix else source == self.name

    def may_hold(self, line: bytes, folded_line: bytes) -> bool:
        """Return whether the line contains the name, or states no source."""
        name = b'"%s' % json_escaped(self.name) if self.prefix else b'"%s"' % json_escaped(self.name)
        return name in line or b'"source"' not in line

    def needs(self) -> Needs:
        """Return the source, unless the name is a prefix."""
        return () if self.prefix else (RequiredSource(self.name),)

    def shown(self) -> Iterator[Term]:
        """Yield nothing: source names are not highlighted."""
        return iter(())


class SectionHas(NamedTuple):
    """A node that matches if the section's name contains the term."""

    term: Term
    folding: Fold

    def holds(self, folded: str, source: str | None, section: str | None) -> bool | None:
        """Return whether the section matches; None if it is not known yet."""
        return None if section is None else self.term.holds(self.folding(section), None, None)

    def may_hold(self, line: bytes, folded_line: bytes) -> bool:
        """Return whether the line may contain the term."""
        return self.term.may_hold(line, folded_line)

    def needs(self) -> Needs:
        """Return nothing: sections are not indexed."""
        return ()

    def shown(self) -> Iterator[Term]:
        """Yield nothing: section names are not highlighted."""
        return iter(())


def parse(pattern: str, folding: Fold) -> Node:
    """Return the tree of ``pattern``; raises PatternError."""
    found = _Parser(pattern, folding).parse()
    if found is None:
        raise PatternError(f"nothing to search for in the pattern {pattern!r}")
    return found


def needs_section(node: Node) -> bool:
    """Return whether the result of ``node`` depends on a section."""
    if isinstance(node, Not):
        return needs_section(node.part)
    if isinstance(node, And | Or):
        return any(map(needs_section, node.parts))
    return isinstance(node, SectionHas)


def whole_words(pattern: str) -> list[str]:
    """Return the words of a pattern that must match as whole words, in their order."""
    return [token["word"] for token in _whole_words(pattern)]


def source_names(pattern: str) -> list[str]:
    """Return the full source names in a pattern; names with a ``*`` are left out."""
    tokens = list(_tokens(pattern))
    return [
        name
        for before, token in pairwise(tokens)
        if (before["field"] or "").lower() == "source:"
        for name, prefix in [_text(token)]
        if name and not prefix
    ]


def widened(pattern: str) -> str:
    """Return the pattern with each whole word as a prefix: ``coun`` becomes ``coun*``."""
    for token in reversed(_whole_words(pattern)):
        end = token.end("word")
        pattern = f"{pattern[:end]}*{pattern[end:]}"
    return pattern


def _whole_words(pattern: str) -> list[re.Match[str]]:
    found, before = [], None
    for token in _tokens(pattern):
        word = token["word"] or ""
        is_named = before is not None and (before["field"] or before["sign"] == "-" or before["word"] == "NOT")
        if word[-1:].isalnum() and word not in _OPERATORS and not is_named:
            found.append(token)
        before = token
    return found


def _tokens(pattern: str) -> Iterator[re.Match[str]]:
    at, pattern = 0, pattern.translate(_QUOTES)
    while found := _TOKEN.match(pattern, at):
        at = found.end()
        yield found


class _Parser:
    """A recursive-descent parser of a pattern; a part without anything to search for is None and dropped."""

    def __init__(self, pattern: str, folding: Fold) -> None:
        self._pattern = pattern
        self._folding = folding
        self._tokens = list(_tokens(pattern))
        self._at = 0
        self._depth = 0

    def parse(self) -> Node | None:
        found = self._either()
        if self._at < len(self._tokens):
            self._fail("')' has no matching '('")
        return found

    def _either(self) -> Node | None:
        parts = [self._both()]
        while self._takes("OR"):
            parts.append(self._both())
        return _of(Or, parts)

    def _both(self) -> Node | None:
        parts = [self._part()]
        while not self._is_at_end() and not self._is_next("OR"):
            self._takes("AND")
            parts.append(self._part())
        return _of(And, parts)

    def _part(self) -> Node | None:
        token = self._next()
        sign, word = token["sign"], token["word"]
        if sign == "-" or word == "NOT":
            return self._deeper(lambda: _without(self._part()))
        if sign == "(":
            found = self._deeper(self._either)
            if self._is_at_end() and self._at >= len(self._tokens):
                self._fail("'(' is not closed")
            self._at += 1
            return found
        if sign == ")" or word in _OPERATORS:
            self._fail(f"missing search term before {sign or word!r}")
        if token["field"]:
            return self._field(token["field"].lower())
        return self._term(token)

    def _field(self, name: str) -> Node:
        token = self._next()
        if token["sign"] or token["field"]:
            self._fail(f"missing name after {name!r}")
        text, prefix = _text(token)
        if name == "source:":
            if not text:
                self._fail(f"missing name after {name!r}")
            return SourceIs(text, prefix)
        term = self._term(token)
        if term is None:
            self._fail(f"missing name after {name!r}")
        return SectionHas(term, self._folding)

    def _term(self, token: re.Match[str]) -> Term | None:
        text, prefix = _text(token)
        if text.startswith('"') and token["word"]:
            raise PatternError(f"the quote before {text[1:]!r} is not closed in the pattern {self._pattern!r}")
        term = Term(text.split(), self._folding, whole=True, prefix=prefix)
        return None if term.is_empty else term

    def _deeper(self, read: Callable[[], Node | None]) -> Node | None:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._fail(f"more than {_DEEPEST} nested parentheses or NOT")
        found = read()
        self._depth -= 1
        return found

    def _next(self) -> re.Match[str]:
        if self._at >= len(self._tokens):
            if not self._at:
                raise PatternError(f"nothing to search for in the pattern {self._pattern!r}")
            last = self._tokens[-1]
            self._fail(f"missing search term after {last[0].strip()!r}")
        self._at += 1
        return self._tokens[self._at - 1]

    def _is_next(self, word: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at]["word"] == word

    def _is_at_end(self) -> bool:
        return self._at >= len(self._tokens) or self._tokens[self._at]["sign"] == ")"

    def _takes(self, word: str) -> bool:
        is_there = self._is_next(word)
        self._at += is_there
        return is_there

    def _fail(self, what: str) -> NoReturn:
        hint = 'to search for text literally, put it in "quotes"'
        raise PatternError(f"{what} in the pattern {self._pattern!r}; {hint}")


def _text(token: re.Match[str]) -> tuple[str, bool]:
    """Return the text of a word or a phrase, and whether it is a prefix."""
    word = token["word"]
    if word is None:
        return token["phrase"], bool(token["star"])
    return (word[:-1], True) if len(word) > 1 and word.endswith("*") else (word, False)


def _of(kind: type[And | Or], parts: Iterable[Node | None]) -> Node | None:
    found = tuple(part for part in parts if part is not None)
    return (found[0] if len(found) == 1 else kind(found)) if found else None


def _without(part: Node | None) -> Node | None:
    return None if part is None else Not(part)
