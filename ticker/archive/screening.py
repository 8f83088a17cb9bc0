"""Fast selection of headlines that a regular expression may match, when all lines must be scanned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import compress

from ticker.archive.contents import Place
from ticker.archive.glance import glance, titles
from ticker.archive.layout import DayFile
from ticker.archive.matching import Matcher
from ticker.archive.reading import blocks, places

_FEW = 2 << 20
"""Bytes to read before loading RE2 and compiling its expression is worthwhile."""
_MEMORY = 32 << 20  # bytes for RE2; an expression that needs more is refused, or slow


class Screen:
    """A callable that yields the lines of a day whose titles match or must be parsed, in order.

    RE2, if installed, skips lines that cannot match (see ``supersets``).
    """

    def __init__(self, matcher: Matcher, few: int = _FEW) -> None:
        self._matcher = matcher
        self._few: int | None = few
        self._passing: Callable[[bytes, int], int | None] | None = None
        self.seen = 0
        """Number of bytes read."""

    def __call__(self, day: DayFile) -> Iterator[Place]:
        """Yield the candidate lines of a day."""
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
    """Return a function that returns how far a block can be skipped; None if RE2 cannot be used.

    The function takes a block and the offset of a line, and returns None if a line is not in the usual spelling.
    """
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
