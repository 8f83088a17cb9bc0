"""Processes that parse: parsing is work for the processor, and Python's threads take turns at that."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from multiprocessing import Pipe
from queue import LifoQueue
from threading import Lock

from ticker.errors import ParseError
from ticker.pipeline.targets import RawPage
from ticker.records import Page


class Parsers:
    """Up to ``count`` processes that parse, each started when it is first needed; for any number of threads.

    A process has one page at a time, so that one that dies takes that page with it and no other. They hear no
    Ctrl-C: ``close`` ends them at once, and so does the end of this process.
    """

    def __init__(self, count: int) -> None:
        # Those that are free; None stands for one that is not started. The last one used is the next.
        self._free: LifoQueue[_Process | None] = LifoQueue()
        for _ in range(count):
            self._free.put(None)
        self._started: list[_Process] = []
        self._closed = False
        self._guard = Lock()

    def parse(self, raw: RawPage) -> Page:
        """The page, as soon as a process is free for it.

        Raises what ``parse_page`` raises, and ParseError where no process can be started or where it dies.
        """
        process = self._free.get()
        try:
            if process is None or not process.alive():
                process = self._start()
            return process.parse(raw)
        finally:
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
            process = _Process()
            self._started.append(process)
            return process


class _Process:
    """A process of ``worker.py``."""

    def __init__(self) -> None:
        self._connection, theirs = Pipe()
        # -P and the path: the same modules as here, and none that happens to lie in the current folder.
        path = os.pathsep.join(filter(None, sys.path))
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "ticker.pipeline.worker", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": path},
                process_group=0,  # a terminal sends Ctrl-C to its foreground group, to which this is none
            )
        except OSError as error:
            raise ParseError(f"not read: no process can be started for it: {error.strerror}") from error
        finally:
            theirs.close()

    def alive(self) -> bool:
        return self._process.poll() is None

    def parse(self, raw: RawPage) -> Page:
        try:
            self._connection.send(raw)
            answer = self._connection.recv()
        except (EOFError, OSError) as error:
            raise ParseError(_cause_of_death(self._process.wait())) from error
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, Page)
        return answer

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def _cause_of_death(status: int) -> str:
    if status == -signal.SIGPROF:
        return "not read: it takes the parser more than a minute"
    if status < 0:
        name = signal.Signals(-status).name
        memory = ", as where memory runs out" if status == -signal.SIGKILL else ""
        return f"not read: the process that read it was killed ({name}{memory})"
    return f"not read: the process that read it ended with status {status}"
