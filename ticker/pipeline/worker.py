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
from pathlib import Path

from ticker.parsing import READER, Reading, explain, read_page
from ticker.pipeline.targets import OUT_OF_MEMORY, Answer, Examined, RawPage
from ticker.records import Page

# A process that keeps more than this share of a page's memory is replaced: the next page may need it. After some
# hundred ordinary pages a process keeps a sixth.
_MOST_KEPT = 1 / 4


def main() -> None:
    """Answer each ``(RawPage, examined)`` that comes in with an Answer, until the other end is closed."""
    descriptor, seconds = int(sys.argv[1]), float(sys.argv[2])
    pages, answers = open(descriptor, "rb"), open(descriptor, "wb", closefd=False)  # noqa: SIM115
    memory = int(sys.argv[3]) * 1024 * 1024
    _bound_memory(memory)
    for number in (signal.SIGTERM, signal.SIGHUP):  # who ends the whole service means the program, which ends this
        signal.signal(number, signal.SIG_IGN)
    settled = False
    while True:
        try:
            raw, examined = pickle.load(pages)
        except (EOFError, ConnectionError):  # the program has ended
            return
        signal.setitimer(signal.ITIMER_PROF, seconds)  # then the system ends this process, by SIGPROF
        content = _content(raw, examined)
        del raw
        try:
            is_last = resident_memory() > _MOST_KEPT * memory
            pickle.dump(Answer(content, is_last), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
        except ConnectionError:
            return
        if is_last:
            return
        signal.setitimer(signal.ITIMER_PROF, 0)
        if not settled:
            # What was imported and compiled for the first page stays. The collector need not look through it at
            # every page, which takes a sixth of the time; nor often through a page, which has no cycles.
            gc.collect()
            gc.freeze()
            gc.set_threshold(10_000)
            settled = True


def resident_memory(statm: Path = Path("/proc/self/statm")) -> int:
    """Return the resident memory of this process in bytes; without Linux's ``statm``, the peak it has reached."""
    try:
        return int(statm.read_bytes().split()[1]) * resource.getpagesize()
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


def _bound_memory(bound: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    bound = bound if most == resource.RLIM_INFINITY else min(bound, most)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    except (OSError, ValueError):
        return  # macOS does not bound memory; what a page takes there is bounded by its size and by time


def _content(raw: RawPage, examined: bool) -> Page | Examined | Exception:
    try:
        reading = read_page(raw.body, raw.url, raw.moment, raw.timezone, charset=raw.charset, selectors=raw.selectors)
        if not examined:
            return replace(reading.page, reader=READER, unmatched=_unmatched(reading))
        unmatched = _unmatched(reading)
        return Examined(reading.page, tuple(explain(reading)), unmatched)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - it is sent back, and becomes the page's outcome
        error.add_note(traceback.format_exc())  # where it was raised does not go through the socket
        return _portable(error)


def _unmatched(reading: Reading) -> tuple[str, ...]:
    return tuple(str(match) for match in reading.matches() if not match.found)


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
