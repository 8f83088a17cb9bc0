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
from queue import LifoQueue
from threading import Lock
from typing import Any

from ticker.errors import ParseError
from ticker.pipeline.targets import OUT_OF_MEMORY, Answer, Examined, RawPage
from ticker.records import Page

# A process that keeps more than this share of a page's memory is replaced: the next page may need it. After some
# hundred ordinary pages a process keeps a sixth.
_MOST_KEPT = 1 / 4


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

    A process has one page at a time, so that one that dies takes that page with it and no other. They hear no
    Ctrl-C: ``close`` ends them at once, and so does the end of this process.
    """

    def __init__(self, count: int, limits: Limits = Limits()) -> None:
        self._limits = limits
        # Those that are free; None stands for one that is not started. The last one used is the next.
        self._free: LifoQueue[_Process | None] = LifoQueue()
        for _ in range(count):
            self._free.put(None)
        self._started: list[_Process] = []
        self._closed = False
        self._guard = Lock()

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

    def _ask(self, raw: RawPage, examined: bool) -> Any:
        process = self._free.get()
        try:
            if process is None or not process.alive():
                process = self._start()
            return process.ask(raw, examined)
        finally:
            if process is not None and process.kept > _MOST_KEPT * self._limits.megabytes * 1024 * 1024:
                process.retire()
            self._free.put(process)

    def close(self) -> None:
        """Ends all processes, whatever they are at."""
        with self._guard:
            self._closed = True
            for process in self._started:
                process.kill()

    def _start(self) -> _Process:
        with self._guard:
            if self._closed:
                raise ParseError("not read: the run has ended")
            self._started = [process for process in self._started if process.alive()]
            process = _Process(self._limits)
            self._started.append(process)
            return process


@dataclass(frozen=True, slots=True)
class _Outlet:
    """A file for ``pickle.dump``: it hands a page on as it is, of which ``pickle.dumps`` would make a copy first."""

    write: Callable[[bytes], object]


class _Process:
    """A process of ``worker.py``; ``kept`` is the resident memory in bytes that it had after its last page."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.kept = 0
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(limits.wait)
        theirs.setblocking(True)  # whatever the default of sockets is in this process
        self._pages = _Outlet(self._socket.sendall)
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
            self._hang_up()
            raise ParseError(f"not read: no process can be started for it: {error.strerror}") from error
        finally:
            theirs.close()

    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, raw: RawPage, examined: bool) -> Any:
        try:
            pickle.dump((raw, examined), self._pages, pickle.HIGHEST_PROTOCOL)
            answer: Answer = pickle.load(self._answers)
        except TimeoutError as error:
            self.retire()
            raise ParseError(f"not read: no answer from the parser within {self._limits.wait:g} s") from error
        except (EOFError, OSError, pickle.UnpicklingError) as error:  # the last where it dies while it answers
            self._hang_up()
            raise ParseError(_cause_of_death(self._process.wait(), self._limits)) from error
        self.kept = answer.kept
        if isinstance(answer.content, Exception):
            raise answer.content
        return answer.content

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()

    def retire(self) -> None:
        """End the process and close the connection to it."""
        self.kill()
        self._hang_up()

    def _hang_up(self) -> None:
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
