"""Which headlines a regular expression may find, where all of them must be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import compress

from ticker.archive.contents import Place
from ticker.archive.glance import glance, titles
from ticker.archive.layout import DayFile
from ticker.archive.matching import Matcher
from ticker.archive.reading import blocks, places

_FEW = 2 << 20
"""Bytes that are read sooner than RE2 is loaded and given its expression."""
_MEMORY = 32 << 20  # bytes that RE2 may take; where an expression needs more, it is refused, or slow


class Screen:
    """The lines of a day whose titles match, or that must be read to be told; in their order.

    RE2, where it is installed, passes over the lines in which it finds nothing (see ``supersets``).
    """

    def __init__(self, matcher: Matcher, few: int = _FEW) -> None:
        self._matcher = matcher
        self._few: int | None = few
        self._passing: Callable[[bytes, int], int | None] | None = None
        self.seen = 0
        """How many bytes were looked at."""

    def __call__(self, day: DayFile) -> Iterator[Place]:
        for start, block in blocks(day):
            self.seen += len(block)
            if self._few is not None and self.seen > self._few:
                self._few, self._passing = None, _passing(self._matcher)
            yield from self._of_block(start, block)

    def _of_block(self, start: int, block: bytes) -> Iterator[Place]:
        at = 0
        while self._passing and at < len(block):
            reached = self._passing(block, at)
            if reached is None:
                break
            if reached == len(block):
                return
            at = block.rfind(b"\n", at, reached) + 1 or at
            end = block.find(b"\n", reached) + 1 or len(block)
            line = block[at:end]
            seen = glance(line)
            if seen is None or self._matcher.matches(seen.title):
                yield start + at, line
            at = end
        if at < len(block):
            yield from self._one_by_one(start + at, block[at:])

    def _one_by_one(self, start: int, block: bytes) -> Iterator[Place]:
        found = titles(block)
        if found is None:
            yield from places(start, block)
            return
        may_match = [self._matcher.matches(title) or "\\" in title for title in found]
        if any(may_match):
            yield from compress(places(start, block), may_match)


def _passing(matcher: Matcher) -> Callable[[bytes, int], int | None] | None:
    """What tells how far, from a line's beginning on, nothing is to be looked at; None where a line must be."""
    try:
        import re2
    except ImportError:
        return None
    expression = matcher.superset()
    if expression is None:
        return None
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        match = re2.compile(expression, options).match
    except re2.error:
        return None

    def passing(block: bytes, at: int) -> int | None:
        found = match(block, at)
        return found.end() if found else None

    return passing
