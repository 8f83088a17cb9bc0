"""The parser process of ``parser_pool.py``: receives pages by a socket and returns the results.

Run as ``python -m ticker.pipeline.worker DESCRIPTOR SECONDS MEGABYTES``. It ends when the other end of the socket is
closed, for example because the parent has ended, and when a page exceeds a limit.
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

from ticker.models import Page
from ticker.parsing import PARSER_REVISION, ParseTrace, explain, trace_page
from ticker.pipeline.target import OUT_OF_MEMORY, Answer, ParseReport, RawPage

# The process ends if it still uses more than this share of its memory limit after a page, because the next page may
# need the memory. After some hundred ordinary pages a process uses a sixth.
_MOST_KEPT = 1 / 4


def main() -> None:
    """Reply to each ``(RawPage, examined)`` with an Answer until the other end is closed."""
    descriptor, seconds = int(sys.argv[1]), float(sys.argv[2])
    pages, answers = open(descriptor, "rb"), open(descriptor, "wb", closefd=False)  # noqa: SIM115
    memory = int(sys.argv[3]) * 1024 * 1024
    _bound_memory(memory)
    for number in (signal.SIGTERM, signal.SIGHUP):  # sent to the whole service; the parent ends this process
        signal.signal(number, signal.SIG_IGN)
    settled = False
    while True:
        try:
            raw, examined = pickle.load(pages)
        except (EOFError, ConnectionError):  # the parent has ended
            return
        signal.setitimer(signal.ITIMER_PROF, seconds)  # after this CPU time, SIGPROF ends this process
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
            # Modules and compiled data of the first page stay in memory. Without this, the garbage collector scans them
            # for every page, which takes a sixth of the time. Pages have no cycles, so rare collections suffice.
            gc.collect()
            gc.freeze()
            gc.set_threshold(10_000)
            settled = True


def resident_memory(statm: Path = Path("/proc/self/statm")) -> int:
    """Return the resident memory of this process in bytes; without Linux's ``statm``, its peak."""
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
        return  # macOS has no memory limit; there, only page size and CPU time are limited


def _content(raw: RawPage, examined: bool) -> Page | ParseReport | Exception:
    try:
        reading = trace_page(raw.body, raw.url, raw.moment, raw.timezone, charset=raw.charset, selectors=raw.selectors)
        if not examined:
            return replace(reading.page, reader=PARSER_REVISION, unmatched=_unmatched(reading))
        unmatched = _unmatched(reading)
        return ParseReport(reading.page, tuple(explain(reading)), unmatched)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - it is sent back as the page's outcome
        error.add_note(traceback.format_exc())  # pickling loses the traceback
        return _portable(error)


def _unmatched(reading: ParseTrace) -> tuple[str, ...]:
    return tuple(str(match) for match in reading.matches() if not match.found)


def _portable(error: Exception) -> Exception:
    """Return ``error``, or a RuntimeError with its message if ``error`` cannot be pickled."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - pickling may raise any exception
        portable = RuntimeError(f"{type(error).__name__}: {error}")
        portable.add_note(traceback.format_exc())
        return portable
    return error


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # immediate: an orderly exit needs memory
