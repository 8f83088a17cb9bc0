"""The process that parses for ``parsers.py``: pages come in by a socket, what is read of them goes back.

Run as ``python -m ticker.pipeline.worker DESCRIPTOR SECONDS MEGABYTES``. It ends when the other end is closed, as it is
when the program that started it has ended, in whatever way; and it ends when a page takes more than a page may.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import sys
import traceback
from dataclasses import replace
from multiprocessing.connection import Connection

from ticker.parsing import READER, explain, read_page
from ticker.pipeline.parsers import OUT_OF_MEMORY
from ticker.pipeline.targets import Examined, RawPage
from ticker.records import Page


def main() -> None:
    """Answers each RawPage that comes in, with a Page, an Examined where it is asked for, or an Exception."""
    connection, seconds = Connection(int(sys.argv[1])), float(sys.argv[2])
    _bound_memory(int(sys.argv[3]) * 1024 * 1024)
    for number in (signal.SIGTERM, signal.SIGHUP):  # who ends the whole service means the program, which ends this
        signal.signal(number, signal.SIG_IGN)
    settled = False
    while True:
        try:
            raw, examined = connection.recv()
        except (EOFError, OSError):
            return
        signal.setitimer(signal.ITIMER_PROF, seconds)  # then the system ends this process, by SIGPROF
        answer = _answer(raw, examined)
        try:
            connection.send(answer)
        except OSError:
            return
        signal.setitimer(signal.ITIMER_PROF, 0)
        if not settled:
            # What was imported and compiled for the first page stays. The collector need not look through it at
            # every page, which takes a sixth of the time.
            gc.collect()
            gc.freeze()
            settled = True


def _bound_memory(bound: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    bound = bound if most == resource.RLIM_INFINITY else min(bound, most)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    except (OSError, ValueError):
        return  # macOS does not bound memory; what a page takes there is bounded by its size and by time


def _answer(raw: RawPage, examined: bool) -> Page | Examined | Exception:
    try:
        reading = read_page(raw.body, raw.url, raw.moment, raw.timezone, charset=raw.charset, selectors=raw.selectors)
        if not examined:
            return replace(reading.page, reader=READER)
        unmatched = tuple(str(match) for match in reading.matches() if not match.found)
        return Examined(reading.page, tuple(explain(reading)), unmatched)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - it is sent back, and becomes the page's outcome
        error.add_note(traceback.format_exc())  # where it was raised does not go through the socket
        return _portable(error)


def _portable(error: Exception) -> Exception:
    """``error``, or one that says the same where it does not outlive being pickled."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - anything may be raised there; what matters is told
        portable = RuntimeError(f"{type(error).__name__}: {error}")
        portable.add_note(traceback.format_exc())
        return portable
    return error


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # at once: there is no memory left to end in an orderly way
