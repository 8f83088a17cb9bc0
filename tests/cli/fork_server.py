"""A process that has the program's libraries loaded, and forks itself for each run of the program.

The suite runs the program some thousand times, and half of the time of a run is the loading of libraries. The fork
loads the program's own modules, runs and ends as a process that was started in the usual way.
"""

from __future__ import annotations

import os
import pickle
import runpy
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Lock

_LIBRARIES = """
click concurrent.futures dateutil.tz hashlib inspect json logging lxml.html pickle requests selectors sqlite3 statistics
subprocess tempfile tomllib traceback urllib.request
""".split()
_LONGEST = 64 << 10  # bytes of a request, which is sent as one packet
_NUMBER = 16  # bytes of a process id or a status in decimal digits


class ForkServer:
    """A server whose runs start with the environment variables that Python reads at its start, such as PYTHONPATH."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(theirs.fileno())],
                # Python's standard streams note what they are open on; runs get pipes.
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
                pass_fds=[theirs.fileno()],
            )
        self._is_busy = Lock()

    def run(
        self, arguments: Sequence[str], stdin: bytes, folder: Path, environment: Mapping[str, str], timeout: float
    ) -> subprocess.CompletedProcess[bytes] | None:
        """Run ``ticker`` with ``arguments`` in ``folder``; raises TimeoutExpired after ``timeout`` seconds.

        Returns None if another run of this server is under way, or the request is too long.
        """
        mask = os.umask(0)
        os.umask(mask)
        request = pickle.dumps((arguments, str(folder), dict(environment), mask))
        if len(request) > _LONGEST or not self._is_busy.acquire(blocking=False):
            return None
        try:
            return self._run(request, arguments, stdin, timeout)
        finally:
            self._is_busy.release()

    def _run(
        self, request: bytes, arguments: Sequence[str], stdin: bytes, timeout: float
    ) -> subprocess.CompletedProcess[bytes]:
        pipes = [os.pipe() for _ in range(3)]
        (their_in, our_in), (our_out, their_out), (our_err, their_err) = pipes
        theirs = [their_in, their_out, their_err]
        socket.send_fds(self._ours, [request], theirs)
        for descriptor in theirs:
            os.close(descriptor)
        self._ours.settimeout(timeout)
        child = int(self._ours.recv(_NUMBER))
        with ThreadPoolExecutor(3) as pool:
            pool.submit(_feed, our_in, stdin)
            out, err = pool.submit(_drain, our_out), pool.submit(_drain, our_err)
            try:
                status = int(self._ours.recv(_NUMBER))
            except TimeoutError as error:
                os.kill(child, signal.SIGKILL)
                self._ours.settimeout(None)
                self._ours.recv(_NUMBER)
                raise subprocess.TimeoutExpired(list(arguments), timeout) from error
        return subprocess.CompletedProcess(list(arguments), status, out.result(), err.result())


def _feed(descriptor: int, content: bytes) -> None:
    with suppress(BrokenPipeError), open(descriptor, "wb") as pipe:
        pipe.write(content)


def _drain(descriptor: int) -> bytes:
    with open(descriptor, "rb") as pipe:
        return pipe.read()


def main() -> None:
    """Serve requests; return in each fork, after its run, and when the client has ended."""
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        for library in _LIBRARIES:
            import_module(library)
        while True:
            request, descriptors, _, _ = socket.recv_fds(connection, _LONGEST, 3)
            if not request:
                return
            child = os.fork()
            if not child:
                break
            for descriptor in descriptors:
                os.close(descriptor)
            connection.send(b"%d" % child)
            connection.send(b"%d" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    _become_program(descriptors, *pickle.loads(request))


def _become_program(
    descriptors: Sequence[int], arguments: Sequence[str], folder: str, environment: Mapping[str, str], mask: int
) -> None:
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.umask(mask)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv[1:] = arguments
    sys.path[0] = folder
    runpy.run_module("ticker", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
