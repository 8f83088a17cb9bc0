"""A pool of parser processes.

Parsing is CPU-bound, and Python threads do not run in parallel. A hostile page can need unbounded time and memory. A
process can be limited in both (``worker.py``), and its failure affects only its page.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from threading import Condition, Lock
from typing import Any

from ticker.errors import ParseError
from ticker.models import Page
from ticker.pipeline.target import OUT_OF_MEMORY, Answer, ParseReport, RawPage

# A process receives its next page while it parses one. The socket buffer holds nearly all pages.
_MOST_PAGES = 2
_ROOM = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits for one page, far above the milliseconds and few megabytes of ordinary pages.

    ``seconds`` is CPU time. ``megabytes`` includes the parser's own memory. ``wait`` is the maximum of elapsed seconds,
    for a process that is stuck or gets no CPU time.
    """

    seconds: float = 5
    megabytes: int = 500
    wait: float = 60


class Parsers:
    """A thread-safe pool of up to ``count`` parser processes, each started on first use.

    A process parses one page at a time, so a crash loses only that page. When all are busy, each is sent a second page
    and need not wait for a thread of this process. The processes do not receive Ctrl-C. They end on ``close``, or when
    this process ends.
    """

    def __init__(self, count: int, limits: Limits = Limits()) -> None:
        self._count = count
        self._limits = limits
        self._processes: list[_Process] = []
        self._closed = False
        self._changed = Condition()

    def parse(self, raw: RawPage) -> Page:
        """Parse a page in the process with the fewest pages.

        Raises the errors of ``trace_page``, and ParseError if no process can be started or if it ends while parsing.
        """
        page = self._ask(raw, examined=False)
        assert isinstance(page, Page)
        return page

    def examine(self, raw: RawPage) -> ParseReport:
        """Parse a page and return it with an explanation; raises the errors of ``parse`` and SelectorError."""
        examined = self._ask(raw, examined=True)
        assert isinstance(examined, ParseReport)
        return examined

    def close(self) -> None:
        """Kill all processes."""
        with self._changed:
            self._closed = True
            for process in self._processes:
                process.end()
            self._changed.notify_all()

    def _ask(self, raw: RawPage, examined: bool) -> Any:
        while True:
            process = self._take()
            try:
                return process.ask(raw, examined)
            except _Unread:
                continue
            finally:
                self._give_back(process)

    def _take(self) -> _Process:
        """Return the process with the fewest pages and count one more for it; raises ParseError."""
        with self._changed:
            while not self._closed:
                process = min(self._processes, key=attrgetter("pages"), default=None)
                if process and not process.alive():
                    self._processes.remove(process)
                    continue
                if process is None or (process.pages and len(self._processes) < self._count):
                    process = self._start()
                if process.pages < _MOST_PAGES:
                    process.pages += 1
                    return process
                self._changed.wait()
            raise ParseError("not parsed: the run has ended")

    def _start(self) -> _Process:
        try:
            process = _Process(self._limits)
        except ParseError:
            self._changed.notify()  # the next waiting thread may get no other notification
            raise
        self._processes.append(process)
        return process

    def _give_back(self, process: _Process) -> None:
        with self._changed:
            process.pages -= 1
            if process.ended:
                if process in self._processes:
                    self._processes.remove(process)
                if not process.pages:  # else a thread still uses its socket
                    process.hang_up()
            self._changed.notify()


class _Unread(Exception):
    """A page was not parsed, because its process ended with the page before it."""


@dataclass(frozen=True, slots=True)
class _Outlet:
    """A file for ``pickle.dump`` that writes without the copy that ``pickle.dumps`` makes."""

    write: Callable[[bytes], object]


class _Process:
    """A process of ``worker.py``.

    ``pages`` is the number of its pending pages, counted by ``Parsers``. ``ended`` is true if it parses no more pages.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.pages = 0
        self.ended = False
        # Answers arrive in the order of the pages. So a thread keeps the sending lock until it holds the receiving
        # lock.
        self._sending, self._receiving = Lock(), Lock()
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(limits.wait)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _ROOM)
        theirs.setblocking(True)  # independent of the default timeout of this process
        self._outlet = _Outlet(self._socket.sendall)
        self._answers = self._socket.makefile("rb")
        bounds = (theirs.fileno(), limits.seconds, limits.megabytes)
        # -P and PYTHONPATH: the same modules as in this process, and none from the current folder.
        path = os.pathsep.join(filter(None, sys.path))
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "ticker.pipeline.worker", *map(str, bounds)],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": path},
                process_group=0,  # outside the foreground group, so Ctrl-C does not reach it
            )
        except OSError as error:
            self.hang_up()
            raise ParseError(f"not parsed: cannot start a parser process: {error.strerror}") from error
        finally:
            theirs.close()

    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, raw: RawPage, examined: bool) -> Any:
        """Return the result for a page; raises _Unread if the process ended before it parsed the page."""
        failure: OSError | None = None
        with self._sending:
            try:
                pickle.dump((raw, examined), self._outlet, pickle.HIGHEST_PROTOCOL)
            except OSError as error:
                failure = error
            self._receiving.acquire()
        try:
            if self.ended:
                raise _Unread
            answer = self._receive(failure)
        finally:
            self._receiving.release()
        if isinstance(answer.content, Exception):
            raise answer.content
        return answer.content

    def _receive(self, failure: OSError | None) -> Answer:
        """Return the answer to a page; ``failure`` is the error of sending it, or None."""
        try:
            if failure:
                raise failure
            answer: Answer = pickle.load(self._answers)
        except TimeoutError as error:
            self.end()
            raise ParseError(f"not parsed: no result from the parser within {self._limits.wait:g} s") from error
        except (EOFError, OSError, pickle.UnpicklingError) as error:  # UnpicklingError: it died while writing
            self.ended = True
            raise ParseError(_cause_of_death(self._process.wait(), self._limits)) from error
        if answer.is_last:
            self.end()
        return answer

    def end(self) -> None:
        """Kill the process."""
        self.ended = True
        self._process.kill()
        self._process.wait()

    def hang_up(self) -> None:
        """Close the socket."""
        self._answers.close()
        self._socket.close()


def _cause_of_death(status: int, limits: Limits) -> str:
    if status == -signal.SIGPROF:
        return f"not parsed: the parser needs more than {limits.seconds:g} s"
    if status == OUT_OF_MEMORY:
        return f"not parsed: the parser needs more than {limits.megabytes} MB of memory"
    if status < 0:
        name = signal.Signals(-status).name
        memory = ", perhaps out of memory" if status == -signal.SIGKILL else ""
        return f"not parsed: the parser process was killed ({name}{memory})"
    return f"not parsed: the parser process ended with status {status}"
