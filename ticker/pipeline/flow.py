"""Many targets at a time, one ``Outcome`` for each.

Pages of one host are taken one after another, several hosts at a time, in threads; they are parsed in processes, where
one that is made to take long takes no other with it. What comes is archived in the calling thread alone, in the
batches in which it comes, and then forgotten: memory does not grow with the number of pages.
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
from ticker.pipeline.parsers import Parsers
from ticker.pipeline.reading import Parse, likely_reason, missed_selectors, read_target
from ticker.pipeline.targets import Outcome, RawPage, ReadPage, Target

if TYPE_CHECKING:
    from ticker.archive import Added, Archive, Arrival
    from ticker.fetching import Fetcher

# Writing is waited for once a batch, for that takes as long as parsing; a batch is what came within so many seconds.
BATCH = 32
_LINGER = 0.2
# Seconds: so often it is looked whether the caller asks for the end, and so long what came in by then may be parsed.
_GLANCE = 0.1
_GRACE = 5.0


def run(
    targets: Iterable[Target],
    archive: Archive,
    fetcher: Fetcher | None,
    on_outcome: Callable[[Outcome], object],
    jobs: int = 1,
    dry_run: bool = False,
    is_to_end: Callable[[], bool] = lambda: False,
) -> None:
    """Brings in all ``targets`` and archives what is new, or only finds out what would be (``dry_run``).

    ``fetcher`` may be None where all targets are saved pages. ``on_outcome`` is called in this thread, once a
    target, as they come, and after what it tells of is on disk. Raises ArchiveError where the archive cannot be
    written, for then none of the rest could be; every other error is an outcome.

    As soon as ``is_to_end`` says so, servers are no longer waited for: what came in is archived and told of, and the
    other targets have no outcome.
    """
    groups = _by_host(targets)
    with (
        closing(Parsers(min(jobs, _cores()))) as parsers,
        closing(
            _read_all(groups, lambda target, parse: read_target(target, fetcher, parse), parsers.parse, jobs, is_to_end)
        ) as batches,
    ):
        for batch in batches:
            for outcome in _outcomes(batch, archive, fetcher, dry_run):
                on_outcome(outcome)


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_Result = tuple[Target, "ReadPage | Exception", float]  # the last: seconds


def _outcomes(batch: Sequence[_Result], archive: Archive, fetcher: Fetcher | None, dry_run: bool) -> Iterator[Outcome]:
    """Archives what a batch brought, and tells of it only then; raises ArchiveError."""
    arrivals = [_arrival(read, read.page) for _, read, _ in batch if isinstance(read, ReadPage) and read.page]
    added = zip(arrivals, archive.preview_all(arrivals) if dry_run else archive.add_all(arrivals), strict=True)
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
                led_to=read.led_to,
                has_assumed_zone=read.page.has_assumed_zone,
                missed=missed_selectors(read.page, target.selectors),
            )


def _arrival(read: ReadPage, page: Page) -> Arrival:
    from ticker.archive import Arrival

    return Arrival(read.source, read.address, page.headlines, page.article, read.moment, page.reader)


def _outcome(read: ReadPage, arrival: Arrival, added: Added | Exception, fetcher: Fetcher | None) -> Outcome:
    if isinstance(added, Exception):
        return Outcome(read.target, error=added)
    if fetcher and read.fetched:
        from ticker.archive import days_of

        # Only now: were this lost in between, the page would be fetched and found known, but never missed.
        fetcher.remember(read.fetched, days_of(arrival, added))
    return Outcome(read.target, read.source, len(arrival.headlines), added, clock=read.clock, moved_to=read.moved_to)


def _by_host(targets: Iterable[Target]) -> list[list[Target]]:
    """The targets in groups that must not be fetched from at once; each saved page is a group of its own."""
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
    is_to_end: Callable[[], bool],
) -> Generator[list[_Result]]:
    """Reads all targets, ``jobs`` groups at a time, and gives what comes as it comes, in batches.

    The threads are daemons and are not waited for: when the caller stops (Ctrl-C, a closed pipe), the program
    must end at once and not after the slowest server. They only read, so nothing is left half done.
    """
    came_in: set[int] = set()  # the threads whose pages have come in, and wait to be handed on

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
        # In this order: a result is handed on before its thread is struck off.
        return (not came_in or time.monotonic() - since > _GRACE) and results.empty()

    for _ in range(workers):
        threading.Thread(target=work, daemon=True).start()
    try:
        ending: float | None = None
        while workers:
            batch: list[_Result] = []
            until = float("inf")
            while workers and len(batch) < BATCH and (left := until - time.monotonic()) > 0:
                if ending is None and is_to_end():
                    ending = time.monotonic()
                    stopped.set()
                if ending is not None and is_at_its_end(ending):
                    workers = 0
                    break
                try:
                    result = results.get(timeout=min(left, _GLANCE))
                except Empty:
                    continue
                if result is None:
                    workers -= 1
                    continue
                batch.append(result)
                until = min(until, time.monotonic() + _LINGER)
            if batch:
                yield batch
    finally:
        stopped.set()
        while not results.empty():  # a worker may wait for a place to put its last
            results.get_nowait()
