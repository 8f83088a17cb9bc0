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
from queue import LifoQueue
from threading import Lock

from ticker.errors import ParseError
from ticker.models import Page
from ticker.pipeline.target import OUT_OF_MEMORY, Answer, ParseReport, RawPage

_SEND_BUFFER = 1024 * 1024  # bytes; holds nearly all pages


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

    A process has one page at a time, so a crash loses only that page. The processes do not receive Ctrl-C. They end on
    ``close``, or when this process ends.
    """

    def __init__(self, count: int, limits: Limits = Limits()) -> None:
        self._limits = limits
        # Last in, first out: none is started while another is idle. None is a process not yet started.
        self._idle: LifoQueue[_Process | None] = LifoQueue()
        for _ in range(count):
            self._idle.put(None)
        self._lock = Lock()  # protects the attributes below
        self._processes: list[_Process] = []
        self._is_closed = False

    def parse(self, raw: RawPage) -> Page:
        """Parse a page in an idle process; wait for one if all are busy.

        Raises the errors of ``trace_page``, and ParseError if no process can be started or if it ends while parsing.
        """
        page = self._ask(raw, examined=False)
        assert isinstance(page, Page)
        return page

    def examine(self, raw: RawPage) -> ParseReport:
        """Parse a page and return it with an explanation; raises the errors of ``parse`` and SelectorError."""
        report = self._ask(raw, examined=True)
        assert isinstance(report, ParseReport)
        return report

    def close(self) -> None:
        """Kill all processes."""
        with self._lock:
            self._is_closed = True
            for process in self._processes:
                process.kill()

    def _ask(self, raw: RawPage, examined: bool) -> Page | ParseReport:
        process = self._idle.get()
        try:
            if process is None or not process.is_alive():
                process = self._start()
            content = process.ask(raw, examined)
        finally:
            self._idle.put(process)
        if isinstance(content, Exception):
            raise content
        return content

    def _start(self) -> _Process:
        with self._lock:
            if self._is_closed:
                raise ParseError("not parsed: the run has ended")
            process = _Process(self._limits)
            self._processes = [*filter(_Process.is_alive, self._processes), process]
            return process


@dataclass(frozen=True, slots=True)
class _Outlet:
    """A file for ``pickle.dump`` that writes without the copy that ``pickle.dumps`` makes."""

    write: Callable[[bytes], object]


class _Process:
    """A process of ``worker.py``, used by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(limits.wait)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
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
            self._hang_up()
            raise ParseError(f"not parsed: cannot start a parser process: {error.strerror}") from error
        finally:
            theirs.close()

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, raw: RawPage, examined: bool) -> Page | ParseReport | Exception:
        """Return the result for a page; raises ParseError if the process ends without one."""
        try:
            pickle.dump((raw, examined), self._outlet, pickle.HIGHEST_PROTOCOL)
            answer: Answer = pickle.load(self._answers)
        except TimeoutError as error:
            self._end()
            raise ParseError(f"not parsed: no result from the parser within {self._limits.wait:g} s") from error
        except (EOFError, OSError, pickle.UnpicklingError) as error:  # UnpicklingError: it died while writing
            status = self._process.wait()
            self._hang_up()
            raise ParseError(_cause_of_death(status, self._limits)) from error
        if answer.is_last:
            self._end()
        return answer.content

    def kill(self) -> None:
        """Kill the process; may be called from any thread."""
        self._process.kill()
        self._process.wait()

    def _end(self) -> None:
        self.kill()
        self._hang_up()

    def _hang_up(self) -> None:
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
