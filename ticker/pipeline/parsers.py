"""Processes that parse.

Parsing is work for the processor, and Python's threads take turns at that. And a page can be made to take as much time
and memory as there is: a process can be bounded in both (``worker.py``), and takes only its page with it.
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
from ticker.pipeline.targets import OUT_OF_MEMORY, Answer, Examined, RawPage
from ticker.records import Page

# A process is sent its next page while it reads one, and its socket has room for nearly all pages.
_MOST_PAGES = 2
_ROOM = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may take; one that takes more was made to, for pages take milliseconds and a few megabytes.

    ``seconds`` are of the processor, ``megabytes`` the parser's own memory included, ``wait`` are seconds by the clock:
    a process that gets so little of the processor is stuck.
    """

    seconds: float = 5
    megabytes: int = 500
    wait: float = 60


class Parsers:
    """Up to ``count`` processes that parse, each started when it is first needed; for any number of threads.

    A process reads one page at a time, so that one that dies takes that page with it and no other. When all are busy,
    a second page is sent to each, so that none waits until a thread of this process has its turn. They hear no Ctrl-C:
    ``close`` ends them at once, and so does the end of this process.
    """

    def __init__(self, count: int, limits: Limits = Limits()) -> None:
        self._count = count
        self._limits = limits
        self._processes: list[_Process] = []
        self._closed = False
        self._changed = Condition()

    def parse(self, raw: RawPage) -> Page:
        """The page, as soon as a process is free for it.

        Raises what ``parse_page`` raises, and ParseError where no process can be started, or where it dies of the
        page.
        """
        page = self._ask(raw, examined=False)
        assert isinstance(page, Page)
        return page

    def examine(self, raw: RawPage) -> Examined:
        """The page, and how it was read; raises the same, and SelectorError."""
        examined = self._ask(raw, examined=True)
        assert isinstance(examined, Examined)
        return examined

    def close(self) -> None:
        """Ends all processes, whatever they are at."""
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
        """The process that has the fewest pages, and one more now."""
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
            raise ParseError("not read: the run has ended")

    def _start(self) -> _Process:
        try:
            process = _Process(self._limits)
        except ParseError:
            self._changed.notify()  # nothing else may tell the next one that waits
            raise
        self._processes.append(process)
        return process

    def _give_back(self, process: _Process) -> None:
        with self._changed:
            process.pages -= 1
            if process.ended:
                if process in self._processes:
                    self._processes.remove(process)
                if not process.pages:  # else a thread is still at its socket
                    process.hang_up()
            self._changed.notify()


class _Unread(Exception):
    """A page was not read, since its process ended with the one before it."""


@dataclass(frozen=True, slots=True)
class _Outlet:
    """A file for ``pickle.dump``: it hands a page on as it is, of which ``pickle.dumps`` would make a copy first."""

    write: Callable[[bytes], object]


class _Process:
    """A process of ``worker.py``.

    ``pages`` is how many were given to it and not given back, which ``Parsers`` counts; ``ended`` says that it reads no
    more.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.pages = 0
        self.ended = False
        # Answers come in the order in which pages are sent: who sends waits for the turn to receive before the next
        # one may send.
        self._sending, self._receiving = Lock(), Lock()
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(limits.wait)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _ROOM)
        theirs.setblocking(True)  # whatever the default of sockets is in this process
        self._outlet = _Outlet(self._socket.sendall)
        self._answers = self._socket.makefile("rb")
        bounds = (theirs.fileno(), limits.seconds, limits.megabytes)
        # -P and the path: the same modules as here, and none that happens to lie in the current folder.
        path = os.pathsep.join(filter(None, sys.path))
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "ticker.pipeline.worker", *map(str, bounds)],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": path},
                process_group=0,  # a terminal sends Ctrl-C to its foreground group, to which this is none
            )
        except OSError as error:
            self.hang_up()
            raise ParseError(f"not read: no process can be started for it: {error.strerror}") from error
        finally:
            theirs.close()

    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, raw: RawPage, examined: bool) -> Any:
        """What the process says of a page; raises _Unread where it ends before it reads it."""
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
        """The answer to a page, in the sending of which there was a ``failure``, or none."""
        try:
            if failure:
                raise failure
            answer: Answer = pickle.load(self._answers)
        except TimeoutError as error:
            self.end()
            raise ParseError(f"not read: no answer from the parser within {self._limits.wait:g} s") from error
        except (EOFError, OSError, pickle.UnpicklingError) as error:  # the last where it dies while it answers
            self.ended = True
            raise ParseError(_cause_of_death(self._process.wait(), self._limits)) from error
        if answer.is_last:
            self.end()
        return answer

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.ended = True
        self._process.kill()
        self._process.wait()

    def hang_up(self) -> None:
        """Close the connection to it."""
        self._answers.close()
        self._socket.close()


def _cause_of_death(status: int, limits: Limits) -> str:
    if status == -signal.SIGPROF:
        return f"not read: it takes the parser more than {limits.seconds:g} s"
    if status == OUT_OF_MEMORY:
        return f"not read: it takes the parser more than {limits.megabytes} MB of memory"
    if status < 0:
        name = signal.Signals(-status).name
        memory = ", as where memory runs out" if status == -signal.SIGKILL else ""
        return f"not read: the process that read it was killed ({name}{memory})"
    return f"not read: the process that read it ended with status {status}"
