"""Fetch, parse, archive, for many pages: one ``Outcome`` for each, whatever happens to it.

Pages of one host are taken one after another, several hosts at a time, in threads. What they bring is archived
in the calling thread alone, as it comes, and then forgotten: memory does not grow with the number of pages.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, Queue, SimpleQueue
from typing import TYPE_CHECKING

from ticker import addresses
from ticker.errors import ArchiveError
from ticker.records import Page
from ticker.settings import Selectors, Source

if TYPE_CHECKING:
    from ticker.archive import Added, Archive
    from ticker.fetching import Fetched, Fetcher


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page that is read and not fetched: ``read`` gives its bytes, ``moment`` is when it was fetched once."""

    read: Callable[[], bytes]
    moment: datetime


@dataclass(frozen=True, slots=True)
class Target:
    """One page to bring in.

    ``label`` is what the user calls it, ``name`` is what it is archived under. Where ``named_by_page`` is set, a
    page that tells its own address is archived under the host of that instead. ``saved`` is None for a page that
    is to be fetched from ``url``.
    """

    label: str
    name: str
    url: str | None = None
    timezone: str | None = None
    selectors: Selectors = field(default_factory=Selectors)
    saved: SavedPage | None = None
    named_by_page: bool = False

    @classmethod
    def of(cls, source: Source) -> Target:
        """The page of a source."""
        return cls(source.name, source.name, source.url, source.timezone, source.selectors)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that came in from ``url`` at ``moment``; ``page`` is None where it is unchanged since the last time."""

    target: Target
    url: str | None
    moment: datetime
    page: Page | None
    fetched: Fetched | None = None

    @property
    def address(self) -> str | None:
        """Where the page is: where it came from, or where it says that it belongs."""
        article = self.page.article if self.page else None
        return self.url or (article.url if article else None)

    @property
    def source(self) -> str:
        """The name to archive it under."""
        return (self.target.named_by_page and addresses.host(self.address)) or self.target.name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a target.

    ``error`` is what stopped it: a TickerError, or another exception, which is a fault of this program. Else
    ``source`` is the name that it was archived under, ``headlines`` is how many its page shows, and ``added`` is
    what was archived of them, or would be. An ``unchanged`` page has neither.
    """

    target: Target
    source: str = ""
    headlines: int = 0
    added: Added | None = None
    unchanged: bool = False
    error: Exception | None = None


def read_target(target: Target, fetcher: Fetcher | None) -> ReadPage | Exception:
    """Fetches or reads the page of ``target``, and parses it; returns what stopped it, of whatever kind."""
    try:
        return _read(target, fetcher)
    except Exception as error:  # noqa: BLE001 - it becomes the target's outcome, and is told
        return error


def _read(target: Target, fetcher: Fetcher | None) -> ReadPage:
    from ticker.parsing import parse_page

    fetched: Fetched | None = None
    if target.saved:
        body, charset, url, moment = target.saved.read(), None, target.url, target.saved.moment
    else:
        assert fetcher and target.url, "a page that is not saved has an address, and is fetched"
        fetched = fetcher.fetch(target.url)
        body, charset, url, moment = fetched.body, fetched.charset, fetched.final_url, fetched.fetched_at
        if fetched.not_modified:
            return ReadPage(target, url, moment, None, fetched)
    page = parse_page(body, url, moment, target.timezone, charset=charset, selectors=target.selectors)
    return ReadPage(target, url, moment, page, fetched)


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
