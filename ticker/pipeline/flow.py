"""Many targets at a time, one ``Outcome`` for each.

Pages of one host are taken one after another, several hosts at a time, in threads. What they bring is archived
in the calling thread alone, as it comes, and then forgotten: memory does not grow with the number of pages.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from queue import Empty, Queue, SimpleQueue
from typing import TYPE_CHECKING

from ticker import addresses
from ticker.errors import ArchiveError
from ticker.pipeline.reading import read_target
from ticker.pipeline.targets import Outcome, ReadPage, Target

if TYPE_CHECKING:
    from ticker.archive import Archive
    from ticker.fetching import Fetcher


def run(
    targets: Iterable[Target],
    archive: Archive,
    fetcher: Fetcher | None,
    on_outcome: Callable[[Outcome], object],
    jobs: int = 1,
    dry_run: bool = False,
) -> None:
    """Brings in all ``targets`` and archives what is new, or only finds out what would be (``dry_run``).

    ``fetcher`` may be None where all targets are saved pages. ``on_outcome`` is called in this thread, once a
    target, as they come, and after what it tells of is on disk. Raises ArchiveError where the archive cannot be
    written, for then none of the rest could be; every other error is an outcome.
    """
    with closing(_read_all(_by_host(targets), fetcher, jobs)) as results:
        for target, result in results:
            if isinstance(result, Exception):
                on_outcome(Outcome(target, error=result))
            else:
                on_outcome(_archived(result, archive, fetcher, dry_run))


def _archived(read: ReadPage, archive: Archive, fetcher: Fetcher | None, dry_run: bool) -> Outcome:
    if read.page is None:
        return Outcome(read.target, read.source, unchanged=True)
    add = archive.preview if dry_run else archive.add
    try:
        added = add(read.source, read.address, read.page.headlines, read.page.article, read.moment)
        if fetcher and read.fetched and not dry_run:
            # Only now: were this lost in between, the page would be fetched and found known, but never missed.
            fetcher.remember(read.fetched)
    except ArchiveError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault in one page's way is told, and the others go theirs
        return Outcome(read.target, error=error)
    return Outcome(read.target, read.source, len(read.page.headlines), added)


def _by_host(targets: Iterable[Target]) -> list[list[Target]]:
    """The targets in groups that must not be fetched from at once; each saved page is a group of its own."""
    groups: dict[str, list[Target]] = {}
    for number, target in enumerate(targets):
        key = f"saved {number}" if target.saved else addresses.host(target.url)
        groups.setdefault(key, []).append(target)
    return list(groups.values())


_Result = tuple[Target, "ReadPage | Exception"]


def _read_all(groups: list[list[Target]], fetcher: Fetcher | None, jobs: int) -> Generator[_Result]:
    """Reads all targets, ``jobs`` groups at a time, and gives what comes as it comes.

    The threads are daemons and are not waited for: when the caller stops (Ctrl-C, a closed pipe), the program
    must end at once and not after the slowest server. They only read, so nothing is left half done.
    """
    waiting: SimpleQueue[list[Target]] = SimpleQueue()
    for group in groups:
        waiting.put(group)
    workers = max(1, min(jobs, len(groups)))
    results: Queue[_Result | None] = Queue(maxsize=workers)
    stopped = threading.Event()

    def work() -> None:
        while not stopped.is_set():
            try:
                group = waiting.get_nowait()
            except Empty:
                break
            for target in group:
                if stopped.is_set():
                    return
                results.put((target, read_target(target, fetcher)))
        results.put(None)

    for _ in range(workers):
        threading.Thread(target=work, daemon=True).start()
    try:
        while workers:
            result = results.get()
            if result is None:
                workers -= 1
            else:
                yield result
    finally:
        stopped.set()
        while not results.empty():  # a worker may wait for a place to put its last
            results.get_nowait()
