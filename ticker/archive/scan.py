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
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO, Protocol
from weakref import finalize

from ticker.archive.codec import LineError
from ticker.archive.day_reader import Place, raw_lines
from ticker.archive.layout import DayFile
from ticker.archive.matchers import Matcher
from ticker.archive.records import StoredHeadline
from ticker.errors import ArchiveError

_LITTLE = 16 << 20
"""Bytes to read before starting processes is worthwhile."""


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
    """A callable that yields the lines of a day whose titles match, and those that cannot be read, in order."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self.seen = 0
        """Number of bytes read."""

    def __call__(self, day: DayFile) -> Iterator[Place]:
        """Yield the candidate lines of a day. Raises ArchiveError."""
        for start, line in raw_lines(day):
            self.seen += len(line)
            try:
                is_candidate = self._matcher.matches(StoredHeadline.from_line(line).title)
            except LineError:
                is_candidate = True
            if is_candidate:
                yield start, line
