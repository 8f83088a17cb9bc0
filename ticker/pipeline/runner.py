"""Concurrent processing of many targets, with one ``Outcome`` for each.

Threads fetch from several hosts at a time, and from each host one page after another. Processes parse the pages, so a
page that exceeds a limit affects no other. Only the calling thread writes to the archive, in batches. Pages are then
released, so memory use does not grow with their number.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from queue import Empty, Queue, SimpleQueue
from typing import TYPE_CHECKING

from ticker import urls
from ticker.models import Page
from ticker.pipeline.page_reader import Parse, likely_reason, missed_selectors, read_target
from ticker.pipeline.parser_pool import Parsers
from ticker.pipeline.target import Outcome, RawPage, ReadPage, Target

if TYPE_CHECKING:
    from ticker.archive import AddResult, Archive, PageCapture
    from ticker.fetching import Fetcher

# The maximum of pages and of seconds in a batch. Each batch waits for the disk once, which takes as long as parsing.
BATCH = 32
_BATCH_SECONDS = 0.2
# Seconds between calls of ``should_stop``, and seconds for parsing the fetched pages after it returned true.
_POLL_SECONDS = 0.1
_GRACE = 5.0


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
    groups = _by_host(targets)
    with (
        closing(Parsers(min(jobs, _cores()))) as parsers,
        closing(
            _read_all(
                groups, lambda target, parse: read_target(target, fetcher, parse), parsers.parse, jobs, should_stop
            )
        ) as batches,
    ):
        for batch in batches:
            for outcome in _outcomes(batch, archive, fetcher, dry_run):
                on_outcome(outcome)


def _cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_Result = tuple[Target, "ReadPage | Exception", float]  # duration in seconds


def _outcomes(batch: Sequence[_Result], archive: Archive, fetcher: Fetcher | None, dry_run: bool) -> Iterator[Outcome]:
    """Archive a batch, then yield its outcomes; raises ArchiveError."""
    captures = [_arrival(read, read.page) for _, read, _ in batch if isinstance(read, ReadPage) and read.page]
    added = zip(captures, archive.preview_all(captures) if dry_run else archive.add_all(captures), strict=True)
    for target, read, seconds in batch:
        if isinstance(read, Exception):
            yield Outcome(target, error=read, seconds=seconds)
        elif read.page is None:
            yield Outcome(
                target, read.source, unchanged=True, clock=read.clock, seconds=seconds, moved_to=read.moved_to
            )
        else:
            outcome = _outcome(read, *next(added), None if dry_run else fetcher)
            yield replace(
                outcome,
                seconds=seconds,
                reason=likely_reason(read.page),
                redirected_to=read.redirected_to,
                has_assumed_zone=read.page.has_assumed_zone,
                missed=missed_selectors(read.page, target.selectors),
            )


def _arrival(read: ReadPage, page: Page) -> PageCapture:
    from ticker.archive import PageCapture

    return PageCapture(read.source, read.address, page.headlines, page.article, read.moment, page.reader)


def _outcome(read: ReadPage, capture: PageCapture, added: AddResult | Exception, fetcher: Fetcher | None) -> Outcome:
    if isinstance(added, Exception):
        return Outcome(read.target, error=added)
    if fetcher and read.fetched:
        from ticker.archive import days_of

        # After archiving: if the program is killed between, the page is fetched again and nothing is lost.
        fetcher.remember(read.fetched, days_of(capture, added))
    return Outcome(read.target, read.source, len(capture.headlines), added, clock=read.clock, moved_to=read.moved_to)


def _by_host(targets: Iterable[Target]) -> list[list[Target]]:
    """Return the targets grouped by host, with each saved page as its own group."""
    groups: dict[str, list[Target]] = {}
    for number, target in enumerate(targets):
        key = f"saved {number}" if target.saved else urls.host(target.url)
        groups.setdefault(key, []).append(target)
    return list(groups.values())


def _read_all(
    groups: Sequence[Sequence[Target]],
    read: Callable[[Target, Parse], ReadPage | Exception],
    parse: Parse,
    jobs: int,
    should_stop: Callable[[], bool],
) -> Generator[list[_Result]]:
    """Read all targets, ``jobs`` groups at a time, and yield the results in batches, in order of completion.

    The threads are daemons that are not joined: when the caller stops (Ctrl-C, a closed pipe), the program must not
    wait for the slowest server. They write nothing, so they can be abandoned.
    """
    came_in: set[int] = set()  # the threads that have fetched a page and not yet put its result

    def parse_it(raw: RawPage) -> Page:
        came_in.add(threading.get_ident())
        return parse(raw)

    waiting: SimpleQueue[Sequence[Target]] = SimpleQueue()
    for group in groups:
        waiting.put(group)
    workers = max(1, min(jobs, len(groups)))
    results: Queue[_Result | None] = Queue(maxsize=BATCH)
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
                began = time.monotonic()
                results.put((target, read(target, parse_it), time.monotonic() - began))
                came_in.discard(threading.get_ident())
        results.put(None)

    def is_at_its_end(since: float) -> bool:
        # This order matters: a thread puts its result before it leaves ``came_in``.
        return (not came_in or time.monotonic() - since > _GRACE) and results.empty()

    for _ in range(workers):
        threading.Thread(target=work, daemon=True).start()
    try:
        ending: float | None = None
        while workers:
            batch: list[_Result] = []
            until = float("inf")
            while workers and len(batch) < BATCH and (left := until - time.monotonic()) > 0:
                if ending is None and should_stop():
                    ending = time.monotonic()
                    stopped.set()
                if ending is not None and is_at_its_end(ending):
                    workers = 0
                    break
                try:
                    result = results.get(timeout=min(left, _POLL_SECONDS))
                except Empty:
                    continue
                if result is None:
                    workers -= 1
                    continue
                batch.append(result)
                until = min(until, time.monotonic() + _BATCH_SECONDS)
            if batch:
                yield batch
    finally:
        stopped.set()
        while not results.empty():  # unblocks workers that wait to put a result
            results.get_nowait()
