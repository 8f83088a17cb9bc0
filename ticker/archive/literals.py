"""Literal text that every match of a regular expression contains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# The parser that `re.compile` uses. The module has no public name.
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_ONCE_OR_MORE = {op.MAX_REPEAT, op.MIN_REPEAT, getattr(op, "POSSESSIVE_REPEAT", None)}


def literals(expression: re.Pattern[str]) -> list[tuple[str, ...]]:
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
    elif kind in _ONCE_OR_MORE and value[0] > 0:
        yield from _of_sequence(value[2])
    elif kind is op.BRANCH:
        # A match contains one alternative, so take the longest required text of each.
        choices = [max(_of_sequence(alternative), key=_shortest, default=()) for alternative in value[1]]
        if all(choices):
            yield tuple(text for choice in choices for text in choice)


def _shortest(choice: tuple[str, ...]) -> int:
    return min(map(len, choice), default=0)
