"""``Archive``: the one door to a folder of headlines and articles.

What only storing needs is imported when something is stored: a search starts in the time that its imports take.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from ticker.archive.glance import Glance
from ticker.archive.layout import DayFile, Kind, check_format, day_file, day_files
from ticker.archive.lines import Problem, StoredArticle, StoredHeadline
from ticker.archive.reading import (
    ARTICLES,
    BRIEFLY,
    HEADLINES,
    Query,
    R,
    Records,
    glances,
    in_span,
    read_ahead,
    select,
    split_ahead,
    whole_file,
)
from ticker.errors import ArchiveError

if TYPE_CHECKING:
    from ticker.archive.appending import Appender
    from ticker.archive.compaction import ClosedMonth, Compacted
    from ticker.archive.contents import Place
    from ticker.archive.extent import Extent
    from ticker.archive.finding import Story
    from ticker.archive.growth import Growth, Reach
    from ticker.archive.importing import Importer
    from ticker.archive.index import Index
    from ticker.archive.known import Known
    from ticker.archive.marks import Mark
    from ticker.records import Article, Headline


@dataclass(frozen=True, slots=True)
class Arrival:
    """A page to be stored under ``source``: what was on it when it was ``seen`` (aware) at ``url``.

    ``reader`` is the revision of the parser that read it, where that is known.
    """

    source: str
    url: str | None
    headlines: Sequence[Headline]
    article: Article | None
    seen: datetime
    reader: int | None = None

    def __post_init__(self) -> None:
        if self.seen.utcoffset() is None:
            raise ValueError(f"{self.seen!r} has no time zone")


@dataclass(frozen=True, slots=True)
class Added:
    """What was new of a page, in the page's order.

    ``is_reread`` says that another revision of the parser read the version that ``article`` revises.
    """

    headlines: tuple[StoredHeadline, ...] = ()
    article: StoredArticle | None = None
    is_reread: bool = False

    def __bool__(self) -> bool:
        return bool(self.headlines or self.article)


def days_of(arrival: Arrival, added: Added) -> set[str]:
    """Name the days that hold what is known of a page once it was ``added``, as in "headlines/2025-06-12".

    Where a line without a time is that was known before, the page does not tell.
    """
    headlines = [*(headline.time for headline in arrival.headlines), *(line.moment for line in added.headlines)]
    articles = [arrival.article.published if arrival.article else None, added.article.moment if added.article else None]
    times = [("headlines", time) for time in headlines] + [("articles", time) for time in articles]
    return {f"{kind}/{time.date()}" for kind, time in times if time}


def _warn(problem: Problem) -> None:
    import logging

    logging.getLogger("ticker").warning("%s", problem)


class Archive:
    """An archive of headlines and articles in the folder ``root``, which is made when something is first stored.

    Any number of processes and threads may read and add at the same time. ``report`` is told of each line that
    cannot be read; by default the logger ``ticker`` warns of it. ``patience`` is for how many seconds ``add``
    waits while others write. An ``index`` makes all of it fast, and changes no answer. Every method raises
    ArchiveError where the folder cannot be read or written, or is of a newer format.
    """

    def __init__(
        self,
        root: Path,
        report: Callable[[Problem], object] = _warn,
        patience: float = 60,
        index: Index | None = None,
    ) -> None:
        self.root = root
        self._report = report
        self._patience = patience
        self._index = index
        self._one_thread = Lock()

    def exists(self) -> bool:
        """Whether anything was stored yet, beside what is remembered of sources."""
        try:
            return os.listdir(self.root) != [".state"]  # noqa: PTH208 (layout tells why)
        except FileNotFoundError:
            return False
        except OSError:
            return True  # whoever reads it says what is there in its place

    def keeps(self, day: str) -> bool:
        """Whether there is a file that holds a day, named as by ``days_of``: its own, or that of its month."""
        kind, _, date_text = day.partition("/")
        file = day_file(self.root, "articles" if kind == "articles" else "headlines", date.fromisoformat(date_text))
        return bool(file.month) or file.path.exists()

    def check(self) -> None:
        """Raises ArchiveError where the folder says that it holds what this version cannot read."""
        check_format(self.root)

    def add(
        self,
        source: str,
        page_url: str | None,
        headlines: Sequence[Headline],
        article: Article | None,
        seen: datetime,
        reader: int | None = None,
    ) -> Added:
        """Stores what is new of a page that was ``seen`` (aware) at ``page_url``, and returns what it stored.

        What is returned is on disk, whatever happens next. Where nothing is new, nothing is written.
        """
        return _only(self.add_all([Arrival(source, page_url, headlines, article, seen, reader)]))

    def add_all(self, arrivals: Sequence[Arrival]) -> list[Added | Exception]:
        """What ``add`` does, for several pages at once: all of it is on disk before any of it is returned.

        The disk is waited for once, which is most of the time that it takes to add one page. Where something
        unforeseen is wrong with a page, its exception stands in place of what would have been stored of it.
        """
        with self._one_thread:
            from ticker.archive.locking import exclusive, stamp

            if self._knows_at_a_glance(arrivals):
                return [Added() for _ in arrivals]
            # What is known stays known: only what seems new is worth waiting for the lock.
            looked, before = monotonic(), stamp(self.root)
            self._catch_up()
            if not any(map(self._may_be_new, arrivals)) and not self._known.unended:
                return [Added() for _ in arrivals]
            from ticker.archive.appending import Appender
            from ticker.archive.writing import make_folder, write_format

            make_folder(self.root)
            with exclusive(self.root, self._patience) as found:
                if not check_format(self.root):
                    write_format(self.root)
                if found != before or monotonic() - looked > _JUST_NOW:
                    self._catch_up()  # nor need all files be looked at again if no one has written since
                with Appender(self.root) as out:
                    self._mend(out)
                    added = [self._write(arrival, out) for arrival in arrivals]
                    out.sync()
                if self._index:
                    self._index.note_growth(out.growth)
                return added

    def preview(
        self, source: str, page_url: str | None, headlines: Sequence[Headline], article: Article | None, seen: datetime
    ) -> Added:
        """What ``add`` would store; stores nothing."""
        return _only(self.preview_all([Arrival(source, page_url, headlines, article, seen)]))

    def preview_all(self, arrivals: Sequence[Arrival]) -> list[Added | Exception]:
        """What ``add_all`` would store of each page if it were the only one; stores nothing."""
        with self._one_thread:
            self._catch_up()
            return [self._new(arrival) for arrival in arrivals]

    def importer(self) -> Importer:
        """What stores lines from elsewhere in this archive."""
        from ticker.archive.importing import Importer
        from ticker.archive.index import Index

        # To index what is not yet indexed would take longer than to read it.
        index = Index(self.root, backlog=sys.maxsize) if self._index else None
        return Importer(self.root, self._report, self._patience, index)

    def extent(self, kind: Kind) -> Extent:
        """How big the archive is, about; at once, however big it is."""
        from ticker.archive.extent import extent

        check_format(self.root)
        return extent(self.root, kind)

    def sources(self) -> list[str]:
        """Return the names of sources in a sample of the archive's lines, the most frequent first; at once."""
        from ticker.archive.sources import sample_sources

        return sample_sources(self.root)

    def closed_months(self, before: date) -> list[ClosedMonth]:
        """The months that ended before the day ``before`` and are not, or not wholly, compressed."""
        from ticker.archive.compaction import closed_months

        return closed_months(self.root, before)

    def compact(self, month: ClosedMonth, gzip: bool, progress: Callable[[int], object]) -> Compacted | None:
        """Compresses a month; ``progress`` is told how many bytes were read, as they are.

        A month that has a compressed file keeps its kind. None where another process has done it.
        """
        from ticker.archive.compaction import compact
        from ticker.archive.frames import GZIP, ZSTD

        return compact(self.root, month, GZIP if gzip else ZSTD, self._report, self._patience, progress)

    def headlines(
        self,
        query: Query = Query(),  # noqa: B008 (it is frozen)
        within: Growth | None = None,
    ) -> Iterator[StoredHeadline]:
        """The headlines that ``query`` asks for, newest first by default, as they are read; only those ``within``."""
        return self._select(HEADLINES, query, within)

    def headlines_briefly(self, query: Query = Query()) -> Iterator[Glance]:  # noqa: B008 (it is frozen)
        """What ``headlines`` gives, of each when, whose and what alone, which takes half the time."""
        if query.only_revisions or (query.matcher and query.matcher.asks_section):  # of which a glance tells nothing
            found = self._select(HEADLINES, query, None)
            return (Glance(line.moment, line.source, line.title) for line in found)
        days, ahead = self._days(HEADLINES, query)
        wanted, lines = self._to_be_read(HEADLINES, days, query)  # the index, too, may have to read lines: all of them
        placed = [
            (instant, day, start, Glance(line.moment, line.source, line.title))
            for instant, day, start, line in read_ahead(ahead, HEADLINES, query, self._report)
        ]
        return select(wanted, BRIEFLY, query, self._report, lines, placed)

    def articles(
        self,
        query: Query = Query(),  # noqa: B008 (it is frozen)
        within: Growth | None = None,
    ) -> Iterator[StoredArticle]:
        """The articles that ``query`` asks for, newest first by default, as they are read; only those ``within``."""
        return self._select(ARTICLES, query, within)

    def edits(
        self,
        kind: Kind,
        query: Query = Query(),  # noqa: B008 (it is frozen)
    ) -> Iterator[tuple[StoredHeadline, StoredHeadline | None] | tuple[StoredArticle, StoredArticle | None]]:
        """Return the lines that revise another, each with that one, or None where it is not there."""
        from ticker.archive.revisions import with_predecessors

        query = replace(query, only_revisions=True)
        if kind == "articles":
            return with_predecessors(self.articles(query), self.root, ARTICLES, self._index)
        return with_predecessors(self.headlines(query), self.root, HEADLINES, self._index)

    def article_news(self, query: Query = Query(), within: Growth | None = None) -> Iterator[StoredArticle]:  # noqa: B008
        """Return what ``articles`` does, without the versions that another parser read of the same text."""
        from ticker.archive.revisions import without_rereads

        found = self._select(ARTICLES, replace(query, limit=None), within)
        return islice(without_rereads(found, self.root, self._index), query.limit)

    def glances(self, kind: Kind, query: Query = Query()) -> Iterator[Glance]:  # noqa: B008 (it is frozen)
        """When, whose and what, of each line of a kind that ``query`` asks for, day after day, in any order within.

        At a third of the time that reading the lines takes; of the query's ``limit`` and ``reverse`` nothing is heeded.
        """
        query = replace(query, limit=None, reverse=True)
        return self._glances(ARTICLES, query) if kind == "articles" else self._glances(HEADLINES, query)

    def growth(self, kind: Kind, before: Reach) -> Growth:
        """What came since lines of a kind reached as far as ``before``; all of them where that is empty."""
        from ticker.archive.growth import growth

        check_format(self.root)
        return growth(day_files(self.root, kind), before)

    def mark(self, name: str) -> AbstractContextManager[Mark]:
        """Holds the mark ``name``; raises UsageError where that is no name, ArchiveError where another holds it."""
        from ticker.archive.marks import hold_mark

        return hold_mark(self.root, name, self._patience)

    def find(self, id_or_url: str) -> Story:
        """The story that an id, at least six letters of one, or an address names; raises NotFound."""
        from ticker.archive.finding import find

        check_format(self.root)
        return find(self.root, id_or_url, self._report, self._index)

    def _select(self, records: Records[R], query: Query, within: Growth | None) -> Iterator[R]:
        days, ahead = self._days(records, query)
        if within is not None:
            days, ahead = ([day for day in some if day.day in within.starts] for some in (days, ahead))
        placed = read_ahead(ahead, records, query, self._report, within or whole_file)
        if within is not None and not within.is_from_the_beginning:
            return select(days, records, query, self._report, within, placed)  # so little that no index is needed
        wanted, lines = self._to_be_read(records, days, query)
        return select(wanted, records, query, self._report, within.of(lines) if within else lines, placed)

    def _glances(self, records: Records[R], query: Query) -> Iterator[Glance]:
        days, ahead = self._days(records, query)
        wanted, lines = self._to_be_read(records, days, query)
        placed = read_ahead(ahead, records, query, self._report)
        return glances(wanted, records, query, self._report, lines, placed)

    def _days(self, records: Records[R], query: Query) -> tuple[list[DayFile], list[DayFile]]:
        """Return the files of a query's span, in its order, and those of days ahead. Raises ArchiveError."""
        check_format(self.root)
        days, ahead = split_ahead(day_files(self.root, records.kind), query)
        return in_span(days, query), ahead

    def _to_be_read(
        self, records: Records[R], days: list[DayFile], query: Query
    ) -> tuple[Iterable[DayFile], Callable[[DayFile], Iterator[Place]]]:
        """Of ``days`` those of which something may be wanted, and what of each."""
        wanted, lines = self._index.lines(records, days, query) if self._index else (days, whole_file)
        if lines is whole_file and records is HEADLINES and query.matcher and not query.matcher.tells_lines:
            from ticker.archive.scanning import Scan
            from ticker.archive.screening import Screen

            lines = Scan(days, Screen(query.matcher))
        return wanted, lines

    @cached_property
    def _known(self) -> Known:
        from ticker.archive.known import Known

        return Known(self.root, self._index)

    def _catch_up(self) -> None:
        check_format(self.root)
        self._known.catch_up()

    def _knows_at_a_glance(self, pages: Sequence[Arrival]) -> bool:
        """Whether nothing of the pages is new, if that can be told without a look at all files."""
        check_format(self.root)
        days = {(headline.time or page.seen).date() for page in pages for headline in page.headlines}
        files = [day_file(self.root, HEADLINES.kind, day) for day in sorted(days)]
        there = [file for file in files if file.path.exists()]
        with_articles = any(page.article for page in pages)
        if not self._known.glimpse(there, with_articles) or self._known.unended:
            return False
        return not any(map(self._may_be_new, pages))

    def _may_be_new(self, page: Arrival) -> bool:
        """Whether ``_new`` gives anything, be it an exception."""
        from ticker.archive.identity import has_new_headline, new_article

        try:
            self._known.expect(page.source, page.headlines)
            return has_new_headline(page.source, page.url, page.headlines, page.seen, self._known) or (
                page.article is not None
                and new_article(page.source, page.url, page.article, page.seen, self._known) is not None
            )
        except ArchiveError:
            raise
        except Exception:  # noqa: BLE001 - it is met again, and returned
            return True

    def _new(self, page: Arrival) -> Added | Exception:
        """What is new of a page, by what was known at the last ``_catch_up`` and has been written since."""
        from ticker.archive.identity import new_article, new_headlines, was_reread

        known = self._known
        try:
            known.expect(page.source, page.headlines)
            headlines = new_headlines(page.source, page.url, page.headlines, page.seen, known)
            if not page.article:
                return Added(tuple(headlines))
            article = new_article(page.source, page.url, page.article, page.seen, known, page.reader)
            return Added(tuple(headlines), article, article is not None and was_reread(article, known))
        except ArchiveError:
            raise
        except Exception as error:  # noqa: BLE001 - it is returned, and keeps no other page from its place
            return error

    def _mend(self, out: Appender) -> None:
        """Puts aside what killed writers have left at the ends of files. The lock is to be held."""
        for day, parse in self._known.unended:
            cut = out.append(day.path, (), parse)
            if cut:
                self._report(cut)
        self._known.forget_unended()

    def _write(self, arrival: Arrival, out: Appender) -> Added | Exception:
        """Writes what is new of a page, so that it is known to the pages that follow."""
        added = self._new(arrival)
        if isinstance(added, Added) and added:
            articles = self._append(ARTICLES, [added.article] if added.article else [], out)
            headlines = self._append(HEADLINES, _oldest_first(added.headlines), out)
            self._known.catch_up({ARTICLES.kind: articles, HEADLINES.kind: headlines})
        return added

    def _append(self, records: Records[R], lines: Iterable[R], out: Appender) -> list[DayFile]:
        """Writes lines to the files of their days, and returns these."""
        by_day: defaultdict[DayFile, list[str]] = defaultdict(list)
        for line in lines:
            by_day[day_file(self.root, records.kind, line.moment.date())].append(line.to_line())
        for file, texts in sorted(by_day.items()):
            cut = out.append(file.path, texts, records.parse)
            if cut:
                self._report(cut)
        return list(by_day)


_JUST_NOW = 1.0  # seconds


def _only(added: list[Added | Exception]) -> Added:
    (one,) = added
    if isinstance(one, Exception):
        raise one
    return one


def _oldest_first(headlines: Sequence[StoredHeadline]) -> list[StoredHeadline]:
    # A page lists the newest first: turned round, later lines of a file are newer, also within a minute.
    return sorted(headlines, key=lambda headline: headline.moment, reverse=True)[::-1]
