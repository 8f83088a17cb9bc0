"""Concurrent processing of many targets, with one ``Outcome`` for each.

Threads fetch from several hosts at a time, and from each host one page after another. Processes parse the pages, so a
page that exceeds a limit affects no other. Only the calling thread writes to the archive, in batches. Pages are then
released, so memory use does not grow with their number.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from queue import Empty, Queue
from typing import TYPE_CHECKING

from ticker import urls
from ticker.models import Page
from ticker.pipeline.page_reader import read_target
from ticker.pipeline.parser_pool import Parsers
from ticker.pipeline.target import Outcome, RawPage, ReadPage, Target

if TYPE_CHECKING:
    from ticker.archive import Archive
    from ticker.fetching import Fetcher

# The maximum of pages and of seconds in a batch. Each batch waits for the disk once, which takes as long as parsing.
BATCH = 32
_BATCH_SECONDS = 0.2
_GRACE = 5.0  # seconds for parsing the fetched pages after ``should_stop`` returned true


def run(
    targets: Iterable[Target],
    archive: Archive,
    fetcher: Fetcher | None,
    on_outcome: Callable[[Outcome], object],
    jobs: int = 1,
    dry_run: bool = False,
    should_stop: Callable[[], bool] = lambda: False,
) -> None:
    """Process all ``targets`` and archive new records; with ``dry_run``, only report what would be new.

    ``fetcher`` may be None if all targets are saved pages. ``on_outcome`` is called in this thread, once per target in
    order of completion, after the target's records are on disk. Raises ArchiveError if the archive cannot be written.
    All other errors become outcomes.

    When ``should_stop`` returns true, fetching stops. Fetched pages are still archived and reported; the other targets
    get no outcome.
    """
    jobs = max(jobs, 1)
    with closing(Parsers(min(jobs, _cores()))) as parsers:
        readers = _Readers(_by_host(targets), fetcher, parsers, jobs)
        with closing(readers.batches(should_stop)) as batches:
            for batch in batches:
                for outcome in _outcomes(batch, archive, fetcher, dry_run):
                    on_outcome(outcome)


def _cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _outcomes(batch: Sequence[ReadPage], archive: Archive, fetcher: Fetcher | None, dry_run: bool) -> Iterator[Outcome]:
    """Archive a batch, then yield its outcomes; raises ArchiveError."""
    from ticker.archive import days_of

    captures = [read.capture for read in batch if read.capture]
    results = iter(archive.preview_all(captures) if dry_run else archive.add_all(captures))
    for read in batch:
        if read.capture is None:
            yield read.outcome
            continue
        added = next(results)
        if isinstance(added, Exception):
            yield replace(read.outcome, source="", headlines=0, error=added)
            continue
        if fetcher and read.fetched and not dry_run:
            # After archiving: if the program is killed between, the page is fetched again and nothing is lost.
            fetcher.remember(read.fetched, days_of(read.capture, added))
        yield replace(read.outcome, added=added)


def _by_host(targets: Iterable[Target]) -> list[list[Target]]:
    """Return the targets grouped by host, with each saved page as its own group."""
    groups: dict[str, list[Target]] = {}
    for number, target in enumerate(targets):
        key = f"saved {number}" if target.saved else urls.host(target.url)
        groups.setdefault(key, []).append(target)
    return list(groups.values())


class _Readers:
    """Threads that fetch and parse the pages of ``jobs`` groups at a time.

    They are daemons that are not joined: when the caller stops (Ctrl-C, a closed pipe), the program must not wait for
    the slowest server, as it would with ``concurrent.futures``. They write nothing, so they can be abandoned.
    """

    def __init__(
        self, groups: Sequence[Sequence[Target]], fetcher: Fetcher | None, parsers: Parsers, jobs: int
    ) -> None:
        self._groups = deque(groups)
        self._fetcher = fetcher
        self._parsers = parsers
        self._threads = min(jobs, len(groups))
        self._expected = sum(map(len, groups))
        self._results: Queue[ReadPage] = Queue(maxsize=BATCH)  # a full queue makes the threads wait
        self._parsing: set[int] = set()  # the threads that have fetched a page and not yet put its result
        self._stopped_at: float | None = None

    def batches(self, should_stop: Callable[[], bool]) -> Generator[list[ReadPage]]:
        """Yield all results in order of completion, in batches.

        After ``should_stop`` returned true, only the results of pages that are already fetched.
        """
        for _ in range(self._threads):
            threading.Thread(target=self._read_groups, daemon=True).start()
        try:
            while self._expected and not self._is_over(should_stop):
                batch = self._take_batch()
                self._expected -= len(batch)
                if batch:
                    yield batch
        finally:
            self._stopped_at = self._stopped_at or time.monotonic()
            while not self._results.empty():  # unblocks threads that wait to put a result
                self._results.get_nowait()

    def _is_over(self, should_stop: Callable[[], bool]) -> bool:
        if self._stopped_at is None:
            if not should_stop():
                return False
            self._stopped_at = time.monotonic()
        # This order matters: a thread puts its result before it leaves ``_parsing``.
        is_parsing = self._parsing and time.monotonic() - self._stopped_at < _GRACE
        return not is_parsing and self._results.empty()

    def _take_batch(self) -> list[ReadPage]:
        """Return the next result and those of the ``_BATCH_SECONDS`` after it; none if there is none in this time."""
        batch: list[ReadPage] = []
        with suppress(Empty):
            batch.append(self._results.get(timeout=_BATCH_SECONDS))
            end = time.monotonic() + _BATCH_SECONDS
            while len(batch) < min(BATCH, self._expected):
                batch.append(self._results.get(timeout=max(end - time.monotonic(), 0)))
        return batch

    def _read_groups(self) -> None:
        while self._stopped_at is None:
            try:
                group = self._groups.popleft()
            except IndexError:
                return
            for target in group:
                if self._stopped_at is not None:
                    return
                self._results.put(read_target(target, self._fetcher, self._parse))
                self._parsing.discard(threading.get_ident())

    def _parse(self, raw: RawPage) -> Page:
        self._parsing.add(threading.get_ident())
        return self._parsers.parse(raw)
