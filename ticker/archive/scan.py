"""Scanning of many days in several processes, since Python threads would run one at a time.

Each worker is a fork of this process. It writes its results into a pipe and blocks when the pipe is full, so memory
stays bounded. A worker ends when its pipe has no reader, for any reason. ``Screen`` uses them to find the headlines
that a regular expression may match.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import compress
from typing import BinaryIO, Protocol
from weakref import finalize

from ticker.archive.day_reader import Place
from ticker.archive.layout import DayFile
from ticker.archive.line_patterns import summarize_line, titles
from ticker.archive.line_reader import blocks, places
from ticker.archive.matchers import Matcher
from ticker.errors import ArchiveError

_LITTLE = 16 << 20
"""Bytes to read before starting processes is worthwhile."""

_FEW = 2 << 20
"""Bytes to read before loading RE2 and compiling its expression is worthwhile."""
_MEMORY = 32 << 20  # bytes for RE2; an expression that needs more is refused, or slow


class Reader(Protocol):
    """A callable that yields lines of a day and counts the bytes it reads."""

    seen: int

    def __call__(self, day: DayFile) -> Iterator[Place]:
        """Return the lines of a day."""


class Scan:
    """``read``, called for each of ``days`` in order, by several processes if there is much to read.

    Raises what ``read`` raises, and ArchiveError if a process dies.
    """

    def __init__(self, days: Sequence[DayFile], read: Reader, alone: int = _LITTLE) -> None:
        self._days = days
        self._read = read
        self._alone = alone
        self._asked = 0
        self._first = 0
        self._workers: Sequence[_Worker] | None = None

    def __call__(self, day: DayFile) -> Iterator[Place]:
        """Return the lines of a day; the days must be requested in order."""
        place, self._asked = self._asked, self._asked + 1
        assert self._days[place] == day
        if self._workers is None and self._read.seen >= self._alone:
            self._workers = _start(self._days[place:], self._read)
            self._first = place
            finalize(self, _end, self._workers)  # at the latest when this process exits
        if not self._workers:
            return self._read(day)
        found = self._workers[(place - self._first) % len(self._workers)].next(day)
        # A day that failed in the worker is read again here, so that its error is raised in this process.
        return self._read(day) if found is None else iter(found)


class _Worker:
    """A process that reads ``days``. Raises OSError if it cannot be started."""

    def __init__(self, days: Sequence[DayFile], read: Reader, others: Sequence[_Worker]) -> None:
        source, sink = os.pipe()
        try:
            self._process = os.fork()
        except OSError:
            os.close(source)
            os.close(sink)
            raise
        if not self._process:
            try:
                os.close(source)
                for other in others:
                    other._pipe.close()
                _work(days, read, sink)
            finally:
                os._exit(1)
        os.close(sink)
        self._pipe: BinaryIO = os.fdopen(source, "rb")

    def next(self, day: DayFile) -> list[Place] | None:
        """Return the lines of its next day; None if reading failed."""
        try:
            found: list[Place] | None = marshal.load(self._pipe)
        except EOFError as error:
            raise ArchiveError(f"cannot read {day.name}: the process that read it died; try again") from error
        return found

    def end(self) -> None:
        self._pipe.close()
        with suppress(ProcessLookupError, ChildProcessError):  # already reaped elsewhere
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)


def _start(days: Sequence[DayFile], read: Reader) -> list[_Worker]:
    """Start a process for each processor; return none if there is one processor or starting fails."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    has_threads = "threading" in sys.modules and sys.modules["threading"].active_count() > 1
    workers: list[_Worker] = []
    if count > 1 and not has_threads:  # a fork would copy held locks without the threads that release them
        try:
            for number in range(count):
                workers.append(_Worker(days[number::count], read, workers))
        except OSError:
            _end(workers)
            workers = []
    return workers


def _work(days: Sequence[DayFile], read: Reader, sink: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C and kills the workers
    with os.fdopen(sink, "wb") as pipe:
        for day in days:
            try:
                found = list(read(day))
            except Exception:  # noqa: BLE001 - the parent reads the day again and raises the error
                found = None
            marshal.dump(found, pipe)
            pipe.flush()
    os._exit(0)


def _end(workers: Sequence[_Worker]) -> None:
    for worker in workers:
        worker.end()


class Screen:
    """A callable that yields the lines of a day whose titles match or must be parsed, in order.

    RE2, if installed, skips lines that cannot match (see ``matchers.superset``).
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
            seen = summarize_line(line)
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
