"""The process that parses for ``parsers.py``: pages come in by a socket, what is read of them goes back.

Run as ``python -m ticker.pipeline.worker DESCRIPTOR``. It ends when the other end is closed, as it is when the
program that started it has ended, in whatever way.
"""

from __future__ import annotations

import gc
import pickle
import signal
import sys
import traceback
from multiprocessing.connection import Connection

from ticker.pipeline.reading import parse_here
from ticker.pipeline.targets import RawPage
from ticker.records import Page

# Seconds of processor time after which the system ends this process by SIGPROF. Pages take milliseconds, the
# largest that is let in a few seconds: who needs more is caught in a page made to catch it.
LONGEST = 60


def main() -> None:
    """Answers with a Page, or an Exception, to each RawPage that comes in."""
    connection = Connection(int(sys.argv[1]))
    for number in (signal.SIGTERM, signal.SIGHUP):  # who ends the whole service means the program, which ends this
        signal.signal(number, signal.SIG_IGN)
    settled = False
    while True:
        try:
            raw = connection.recv()
        except (EOFError, OSError):
            return
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        answer = _answer(raw)
        signal.setitimer(signal.ITIMER_PROF, 0)
        try:
            connection.send(answer)
        except OSError:
            return
        if not settled:
            # What was imported and compiled for the first page stays. The collector need not look through it at
            # every page, which takes a sixth of the time.
            gc.collect()
            gc.freeze()
            settled = True


def _answer(raw: RawPage) -> Page | Exception:
    try:
        return parse_here(raw)
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
    main()
