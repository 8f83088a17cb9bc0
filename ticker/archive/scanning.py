"""Many days read by several processes, where Python's threads would take turns.

A process is a copy of this one (``fork``). It writes what it finds in its days into a pipe, and waits where that is
full: so it is never far ahead, and memory stays as it is. It ends when its pipe has no reader any more, however that
came.
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

from ticker.archive.contents import Place
from ticker.archive.layout import DayFile
from ticker.errors import ArchiveError

_LITTLE = 16 << 20
"""Bytes that are looked at sooner than processes are started."""


class Reader(Protocol):
    """What gives lines of a day, and counts the bytes that it looks at."""

    seen: int

    def __call__(self, day: DayFile) -> Iterator[Place]: ...


class Scan:
    """``read``, asked for each of ``days`` in their order; by several processes where there is much to read.

    Raises what ``read`` raises, and ArchiveError where a process dies.
    """

    def __init__(self, days: Sequence[DayFile], read: Reader, alone: int = _LITTLE) -> None:
        self._days = days
        self._read = read
        self._alone = alone
        self._asked = 0
        self._first = 0
        self._workers: Sequence[_Worker] | None = None

    def __call__(self, day: DayFile) -> Iterator[Place]:
        place, self._asked = self._asked, self._asked + 1
        assert self._days[place] == day
        if self._workers is None and self._read.seen >= self._alone:
            self._workers = _start(self._days[place:], self._read)
            self._first = place
            finalize(self, _end, self._workers)  # when no more is asked for, at the latest when this process ends
        if not self._workers:
            return self._read(day)
        found = self._workers[(place - self._first) % len(self._workers)].next(day)
        # What failed there fails here again, where it can be told.
        return self._read(day) if found is None else iter(found)


class _Worker:
    """A process that reads ``days``. Raises OSError where none can be started."""

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
        """What it found in its next day; None where it failed."""
        try:
            found: list[Place] | None = marshal.load(self._pipe)
        except EOFError as error:
            raise ArchiveError(f"cannot read {day.name}: the process that read it was ended") from error
        return found

    def end(self) -> None:
        self._pipe.close()
        with suppress(ProcessLookupError, ChildProcessError):  # it was waited for by others
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)


def _start(days: Sequence[DayFile], read: Reader) -> list[_Worker]:
    """A process for each processor, or none where there is one, or none can be started."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    has_threads = "threading" in sys.modules and sys.modules["threading"].active_count() > 1
    workers: list[_Worker] = []
    if count > 1 and not has_threads:  # of which a copy would have the locks and not the threads
        try:
            for number in range(count):
                workers.append(_Worker(days[number::count], read, workers))
        except OSError:
            _end(workers)
            workers = []
    return workers


def _work(days: Sequence[DayFile], read: Reader, sink: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started this, and who will end it
    with os.fdopen(sink, "wb") as pipe:
        for day in days:
            try:
                found = list(read(day))
            except Exception:  # noqa: BLE001 - who asked reads it again, and tells
                found = None
            marshal.dump(found, pipe)
            pipe.flush()
    os._exit(0)


def _end(workers: Sequence[_Worker]) -> None:
    for worker in workers:
        worker.end()
