"""``Archive``: reads and writes an archive directory of headlines and articles.

Modules that only writing needs are imported on first write, to keep the start of a search fast.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from ticker.archive.capture import AddResult, PageCapture
from ticker.archive.layout import DayFile, Kind, check_format, day_file, day_files
from ticker.archive.line_reader import ARTICLES, HEADLINES, R, Records, whole_file
from ticker.archive.reader import Query, in_span, read_ahead, select, split_ahead, unordered
from ticker.archive.records import Problem, Stored, StoredArticle, StoredHeadline
from ticker.errors import ArchiveError

if TYPE_CHECKING:
    from ticker.archive.checkpoints import Checkpoints, Delta
    from ticker.archive.compactor import ClosedMonth, CompactedMonth
    from ticker.archive.cursors import Cursor
    from ticker.archive.day_reader import Place
    from ticker.archive.history import History
    from ticker.archive.importer import Importer
    from ticker.archive.overview import ArchiveSize
    from ticker.archive.search_index import Index
    from ticker.archive.seen import SeenPages
    from ticker.archive.writer import Appender
    from ticker.models import Article, Headline


def _warn(problem: Problem) -> None:
    import logging

    logging.getLogger("ticker").warning("%s", problem)


class Archive:
    """An archive of headlines and articles in the folder ``root``, created on the first write.

    Any number of processes and threads may read and add at the same time. ``report`` receives each unreadable line; by
    default the logger ``ticker`` warns of it. ``lock_timeout`` is how many seconds ``add`` waits for other writers. An
    ``index`` makes everything faster and never changes a result. Every method raises ArchiveError if the folder cannot
    be read or written, or has a newer format.
    """

    def __init__(
        self,
        root: Path,
        report: Callable[[Problem], object] = _warn,
        lock_timeout: float = 60,
        index: Index | None = None,
    ) -> None:
        self.root = root
        self._report = report
        self._lock_timeout = lock_timeout
        self._index = index
        self._one_thread = Lock()

    def exists(self) -> bool:
        """Return whether anything was stored; the state of sources in ``.state`` does not count."""
        try:
            return os.listdir(self.root) != [".state"]  # noqa: PTH208 (see layout.list_names)
        except FileNotFoundError:
            return False
        except OSError:
            return True  # reading it will report the error

    def has_day(self, day: str) -> bool:
        """Return whether a file for a day, named as by ``days_of``, exists: its own or that of its month."""
        kind, _, date_text = day.partition("/")
        return day_file(
            self.root, "articles" if kind == "articles" else "headlines", date.fromisoformat(date_text)
        ).exists

    def check(self) -> None:
        """Raise ArchiveError if this version cannot read the archive's format."""
        check_format(self.root)

    def add(
        self,
        source: str,
        page_url: str | None,
        headlines: Sequence[Headline],
        article: Article | None,
        seen: datetime,
        reader: int | None = None,
    ) -> AddResult:
        """Store what is new of a page that was ``seen`` (aware) at ``page_url``, and return the new lines.

        The returned lines are synced to disk. If nothing is new, nothing is written.
        """
        return _only(self.add_all([PageCapture(source, page_url, headlines, article, seen, reader)]))

    def add_all(self, captures: Sequence[PageCapture]) -> list[AddResult | Exception]:
        """Store several pages as ``add`` does, with one sync for all of them before it returns.

        The sync takes most of the time of adding one page. A page that fails unexpectedly has its exception in place of
        its result.
        """
        with self._one_thread:
            from ticker.archive.locking import JUST_NOW, exclusive, lock_time

            if self._knows_all(captures):
                return [AddResult() for _ in captures]
            # Known lines stay known, so take the lock only if something seems new.
            looked, before = monotonic(), lock_time(self.root)
            self._catch_up()
            if not any(map(self._new, captures)) and not self._seen.unfinished:
                return [AddResult() for _ in captures]
            from ticker.archive.writer import Appender, make_folder, write_format

            make_folder(self.root)
            with exclusive(self.root, self._lock_timeout) as found:
                if not check_format(self.root):
                    write_format(self.root)
                if found != before or monotonic() - looked > JUST_NOW:
                    self._catch_up()  # skipped if no one has written since the last check
                with Appender(self.root) as out:
                    self._mend(out)
                    added = [self._write(capture, out) for capture in captures]
                    out.sync()
                if self._index:
                    self._index.note_appends(out.status_changes)
                return added

    def preview(
        self, source: str, page_url: str | None, headlines: Sequence[Headline], article: Article | None, seen: datetime
    ) -> AddResult:
        """Return what ``add`` would store, without storing it."""
        return _only(self.preview_all([PageCapture(source, page_url, headlines, article, seen)]))

    def preview_all(self, captures: Sequence[PageCapture]) -> list[AddResult | Exception]:
        """Return what ``add_all`` would store of each page if it were the only one, without storing it."""
        with self._one_thread:
            self._catch_up()
            return [self._new(capture) for capture in captures]

    def importer(self) -> Importer:
        """Return an importer, which stores lines from elsewhere in this archive."""
        from ticker.archive.importer import Importer
        from ticker.archive.search_index import Index

        # Use the index as it is: indexing the backlog would take longer than reading it.
        index = Index(self.root, backlog=sys.maxsize) if self._index else None
        return Importer(self.root, self._report, self._lock_timeout, index)

    def size(self, kind: Kind) -> ArchiveSize:
        """Return the approximate size of the archive, in constant time."""
        from ticker.archive.overview import measure_archive

        check_format(self.root)
        return measure_archive(self.root, kind)

    def sources(self) -> list[str]:
        """Return the names of sources in a sample of the archive's lines, the most frequent first, in constant time."""
        from ticker.archive.overview import sample_sources

        return sample_sources(self.root)

    def closed_months(self, before: date) -> list[ClosedMonth]:
        """Return the months that ended before the day ``before`` and are not completely compressed."""
        from ticker.archive.compactor import closed_months

        return closed_months(self.root, before)

    def compact(self, month: ClosedMonth, gzip: bool, progress: Callable[[int], object]) -> CompactedMonth | None:
        """Compress a month; ``progress`` is called with the number of bytes in each block read.

        A month that is compressed already keeps its compression format. Returns None if another process has compressed
        it.
        """
        from ticker.archive.compactor import compact
        from ticker.archive.seekable import GZIP, ZSTD

        return compact(self.root, month, GZIP if gzip else ZSTD, self._report, self._lock_timeout, progress)

    def headlines(
        self,
        query: Query = Query(),  # noqa: B008 (it is frozen)
        within: Delta | None = None,
    ) -> Iterator[StoredHeadline]:
        """Yield the headlines that match ``query``, newest first by default; only those in ``within`` if given."""
        return self._select(HEADLINES, query, within)

    def articles(
        self,
        query: Query = Query(),  # noqa: B008 (it is frozen)
        within: Delta | None = None,
    ) -> Iterator[StoredArticle]:
        """Yield the articles that match ``query``, newest first by default; only those in ``within`` if given."""
        return self._select(ARTICLES, query, within)

    def edits(
        self,
        kind: Kind,
        query: Query = Query(),  # noqa: B008 (it is frozen)
    ) -> Iterator[tuple[StoredHeadline, StoredHeadline | None] | tuple[StoredArticle, StoredArticle | None]]:
        """Return the lines that revise another, each with its predecessor, or None if that is missing."""
        from ticker.archive.history import with_predecessors

        query = replace(query, only_revisions=True)
        if kind == "articles":
            return with_predecessors(self.articles(query), self.root, ARTICLES, self._index)
        return with_predecessors(self.headlines(query), self.root, HEADLINES, self._index)

    def article_news(self, query: Query = Query(), within: Delta | None = None) -> Iterator[StoredArticle]:  # noqa: B008
        """Yield what ``articles`` does, without re-reads (see ``records.is_reread``)."""
        from ticker.archive.history import without_rereads

        found = self._select(ARTICLES, replace(query, limit=None), within)
        return islice(without_rereads(found, self.root, self._index), query.limit)

    def unordered(self, kind: Kind, query: Query = Query()) -> Iterator[Stored]:  # noqa: B008 (it is frozen)
        """Yield each matching line of a kind, day by day, in any order within a day.

        The query's ``limit`` and ``reverse`` are ignored.
        """
        query = replace(query, limit=None, reverse=True)
        return self._unordered(ARTICLES, query) if kind == "articles" else self._unordered(HEADLINES, query)

    def delta(self, kind: Kind, before: Checkpoints) -> Delta:
        """Return the lines of a kind that were added since ``before``; all lines if that is empty."""
        from ticker.archive.checkpoints import delta_since

        check_format(self.root)
        return delta_since(day_files(self.root, kind), before)

    def cursor(self, name: str) -> AbstractContextManager[Cursor]:
        """Lock the cursor ``name``; raises UsageError for an invalid name, ArchiveError if another process holds it."""
        from ticker.archive.cursors import lock_cursor

        return lock_cursor(self.root, name, self._lock_timeout)

    def find(self, id_or_url: str) -> History:
        """Return the story of an id, of at least six characters of one, or of a URL; raises NotFound."""
        from ticker.archive.history import find_history

        check_format(self.root)
        return find_history(self.root, id_or_url, self._report, self._index)

    def _select(self, records: Records[R], query: Query, within: Delta | None) -> Iterator[R]:
        days, ahead = self._days(records, query)
        if within is not None:
            days, ahead = ([day for day in some if day.day in within.starts] for some in (days, ahead))
        placed = read_ahead(ahead, records, query, self._report, within or whole_file)
        if within is not None and not within.is_from_the_beginning:
            return select(days, records, query, self._report, within, placed)  # too little to need the index
        wanted, lines = self._to_be_read(records, days, query)
        return select(wanted, records, query, self._report, within.of(lines) if within else lines, placed)

    def _unordered(self, records: Records[R], query: Query) -> Iterator[R]:
        days, ahead = self._days(records, query)
        wanted, lines = self._to_be_read(records, days, query)
        placed = read_ahead(ahead, records, query, self._report)
        return unordered(wanted, records, query, self._report, lines, placed)

    def _days(self, records: Records[R], query: Query) -> tuple[list[DayFile], list[DayFile]]:
        """Return the files in the query's time range, in reading order, and the files of days ahead.

        Raises ArchiveError.
        """
        check_format(self.root)
        days, ahead = split_ahead(day_files(self.root, records.kind), query)
        return in_span(days, query), ahead

    def _to_be_read(
        self, records: Records[R], days: list[DayFile], query: Query
    ) -> tuple[Iterable[DayFile], Callable[[DayFile], Iterator[Place]]]:
        """Return the files of ``days`` that may hold matches, and a function that returns the lines to check."""
        wanted, lines = self._index.lines(records, days, query) if self._index else (days, whole_file)
        if lines is whole_file and records is HEADLINES and query.matcher and not query.matcher.can_reject_lines:
            from ticker.archive.scan import Scan, Screen

            lines = Scan(days, Screen(query.matcher))
        return wanted, lines

    @cached_property
    def _seen(self) -> SeenPages:
        from ticker.archive.seen import SeenPages

        return SeenPages(self.root, self._index)

    def _catch_up(self) -> None:
        check_format(self.root)
        self._seen.catch_up()

    def _knows_all(self, pages: Sequence[PageCapture]) -> bool:
        """Return whether all content of the pages is known, without checking all files; False if undecided."""
        check_format(self.root)
        days = {(headline.time or page.seen).date() for page in pages for headline in page.headlines}
        there = [file for day in sorted(days) if (file := day_file(self.root, HEADLINES.kind, day)).exists]
        with_articles = any(page.article for page in pages)
        if not self._seen.catch_up_with(there, with_articles) or self._seen.unfinished:
            return False
        return not any(map(self._new, pages))

    def _new(self, page: PageCapture) -> AddResult | Exception:
        """Return what is new of a page; an exception, which counts as true, if that fails unexpectedly."""
        from ticker.archive.dedup import new_article, new_headlines, was_reread

        try:
            known = self._seen.known(page)
            headlines = new_headlines(page.source, page.url, page.headlines, page.seen, known)
            if not page.article:
                return AddResult(tuple(headlines))
            article = new_article(page.source, page.url, page.article, page.seen, known, page.reader)
            return AddResult(tuple(headlines), article, article is not None and was_reread(article, known))
        except ArchiveError:
            raise
        except Exception as error:  # noqa: BLE001 - returned, so that other pages are still stored
            return error

    def _mend(self, out: Appender) -> None:
        """Quarantine the unfinished lines that killed writers left at the ends of files. The lock must be held."""
        for day, records in self._seen.unfinished:
            cut = out.append(day.path, (), records.parse)
            if cut:
                self._report(cut)
        self._seen.forget_unfinished()

    def _write(self, capture: PageCapture, out: Appender) -> AddResult | Exception:
        """Write what is new of a page, and record it as known for the following pages."""
        added = self._new(capture)
        if isinstance(added, AddResult) and added:
            articles = self._append(ARTICLES, [added.article] if added.article else [], out)
            headlines = self._append(HEADLINES, _oldest_first(added.headlines), out)
            self._seen.catch_up({ARTICLES.kind: articles, HEADLINES.kind: headlines})
        return added

    def _append(self, records: Records[R], lines: Iterable[R], out: Appender) -> list[DayFile]:
        """Append lines to the files of their days, and return these files."""
        by_day: defaultdict[DayFile, list[bytes]] = defaultdict(list)
        for line in lines:
            by_day[day_file(self.root, records.kind, line.moment.date())].append(line.to_line().encode())
        for file, added in sorted(by_day.items()):
            cut = out.append(file.path, added, records.parse)
            if cut:
                self._report(cut)
        return list(by_day)


def _only(added: list[AddResult | Exception]) -> AddResult:
    (one,) = added
    if isinstance(one, Exception):
        raise one
    return one


def _oldest_first(headlines: Sequence[StoredHeadline]) -> list[StoredHeadline]:
    # A page lists the newest first. Reversed, later lines of a file are newer, even within the same minute.
    return sorted(headlines, key=lambda headline: headline.moment, reverse=True)[::-1]
