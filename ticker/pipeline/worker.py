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
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from ticker.models import Page
    from ticker.parsing import ParseTrace
    from ticker.pipeline.target import ParseReport, RawPage

# The process ends if it still uses more than this share of its memory limit after a page, because the next page may
# need the memory. After some hundred ordinary pages a process uses a sixth.
_MOST_KEPT = 1 / 4


def main() -> NoReturn:
    """Serve pages, then end the process at once: to free its memory takes as long as to parse a page."""
    # What the imports create stays. Without this, the garbage collector takes a tenth of the start to scan it.
    gc.disable()
    from ticker.pipeline.target import OUT_OF_MEMORY

    status = 0
    try:
        _serve(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]) * 1024 * 1024)
    except MemoryError:
        status = OUT_OF_MEMORY
    except Exception:  # noqa: BLE001 - an error of this program: the parent reports the status, this its place
        import traceback

        traceback.print_exc()
        status = 1
    os._exit(status)


def _serve(descriptor: int, seconds: float, memory: int) -> None:
    """Reply to each ``(RawPage, examined)`` with an Answer until the other end is closed.

    A page may take ``seconds`` of CPU time and ``memory`` bytes.
    """
    from ticker.pipeline.target import Answer

    import_module("ticker.parsing")
    gc.freeze()
    gc.set_threshold(10_000)  # pages have no cycles, so rare collections suffice
    gc.enable()
    pages, answers = open(descriptor, "rb"), open(descriptor, "wb", closefd=False)  # noqa: SIM115
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
            # What the first page compiles stays in memory, too. Unfrozen, it would be scanned for every page.
            gc.freeze()
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
    from ticker.parsing import PARSER_REVISION, explain, trace_page
    from ticker.pipeline.target import ParseReport

    try:
        reading = trace_page(
            raw.body,
            raw.url,
            raw.moment,
            raw.timezone,
            charset=raw.charset,
            selectors=raw.selectors,
            data=raw.data,
        )
        if not examined:
            return replace(reading.page, reader=PARSER_REVISION, unmatched=_unmatched(reading))
        unmatched = _unmatched(reading)
        return ParseReport(reading.page, tuple(explain(reading)), unmatched)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - it is sent back as the page's outcome
        return _portable(error)


def _unmatched(reading: ParseTrace) -> tuple[str, ...]:
    return tuple(str(match) for match in reading.matches() if not match.found)


def _portable(error: Exception) -> Exception:
    """Return ``error``, or a RuntimeError with its message if it cannot be pickled; a note has its traceback."""
    import traceback

    note = "".join(traceback.format_exception(error))  # pickling loses the traceback
    try:
        portable: Exception = pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - pickling may raise any exception
        portable = RuntimeError(f"{type(error).__name__}: {error}")
    portable.add_note(note)
    return portable


if __name__ == "__main__":
    main()
