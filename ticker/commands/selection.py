"""The selection of records by options, shared by ``list``, ``search`` and similar commands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ticker.commands import terminal
from ticker.commands.invocation import Invocation
from ticker.errors import UsageError

if TYPE_CHECKING:
    from ticker.archive import Archive, Glance, Growth, Kind, Matcher, Mode, Query, StoredArticle, StoredHeadline
    from ticker.commands.output import Style
    from ticker.settings import Settings
    from ticker.times import TimeRange


class Selection(NamedTuple):
    """The records of an archive that the options select."""

    settings: Settings
    archive: Archive
    query: Query
    articles: bool

    @property
    def zone(self) -> tzinfo:
        """The timezone of times in options."""
        from ticker.commands.clock import zone_of

        return zone_of(self.settings)

    @property
    def kind(self) -> Kind:
        """``headlines`` or ``articles``."""
        return "articles" if self.articles else "headlines"

    def records(self, within: Growth | None = None) -> Iterator[StoredHeadline | StoredArticle]:
        """Return the records as they are read, only those ``within`` if given. Raises ArchiveError."""
        return self._records_of(self.query, within)

    def news(self, within: Growth | None = None) -> Iterator[StoredHeadline | StoredArticle]:
        """Return the records except articles stored again only because of another parser. Raises ArchiveError."""
        return self.archive.article_news(self.query, within) if self.articles else self.records(within)

    def headlines_briefly(self) -> Iterator[Glance]:
        """Return time, source and title of the headlines. Raises ArchiveError."""
        return self.archive.headlines_briefly(self.query)

    def _records_of(self, query: Query, within: Growth | None = None) -> Iterator[StoredHeadline | StoredArticle]:
        return self.archive.articles(query, within) if self.articles else self.archive.headlines(query, within)


def matcher_of(pattern: Sequence[str], mode: str | None, ignore_case: str | None) -> Matcher | None:
    """Return the matcher for PATTERN and its options, or None if there is no PATTERN.

    Raises PatternError, and UsageError for options without a PATTERN.
    """
    if not pattern:
        if mode or ignore_case:
            raise UsageError("-e, -F, -i and -s require a PATTERN; give one, or omit them")
        return None
    from ticker.archive import make_matcher

    heed = {"yes": True, "no": False, None: None}[ignore_case]
    return make_matcher(" ".join(pattern), cast("Mode", mode or "words"), heed)


def described(kind: str, pattern: Sequence[str], sources: Collection[str]) -> str:
    """Describe the selection as a title: ``Headlines of gazette: night ferry``."""
    of_sources = f" of {', '.join(sorted(sources))}" if sources else ""
    return f"{kind.capitalize()}{of_sources}{': ' if pattern else ''}{' '.join(pattern)}"


def read_selection(
    invocation: Invocation,
    *,
    since: str | None,
    until: str | None,
    sources: tuple[str, ...],
    limit: int | None,
    reverse: bool,
    articles: bool,
    edited: bool = False,
    matcher: Matcher | None = None,
    may_be_missing: bool = False,
) -> Selection:
    """Return what the options select.

    Raises TickerError, also if there is no archive, unless it ``may_be_missing``.
    """
    from ticker.archive import Query
    from ticker.commands.archives import demand_archive, open_archive

    settings = invocation.settings()
    query = Query(
        since=_time(since, settings).start if since is not None else None,
        until=_time(until, settings).end if until is not None else None,
        sources=frozenset(sources),
        limit=limit,
        reverse=reverse,
        matcher=matcher,
        only_revisions=edited,
        now=datetime.now(UTC),  # importing the clock module would slow a short list
    )
    if query.since and query.until and query.since >= query.until:
        from ticker.commands.clock import zone_of
        from ticker.commands.output import clock

        zone = zone_of(settings)
        raise UsageError(
            f"--since {since} is after --until {until}; give an earlier --since or a later --until "
            f"(got {clock(query.since, zone)} and {clock(query.until, zone)})"
        )
    archive = open_archive(invocation, settings, asks_index=bool(query.matcher or query.sources or articles or edited))
    if not may_be_missing:
        demand_archive(archive)
    return Selection(settings, archive, query, articles)


def write_selection(
    invocation: Invocation,
    *,
    form: str | None,
    long: bool,
    bom: bool,
    new: bool,
    mark: str | None,
    pattern: tuple[str, ...] = (),
    mode: str | None = None,
    ignore_case: str | None = None,
    **options: Any,
) -> int:
    """Write the records that the options select and return their number. Raises TickerError."""
    from ticker.commands.output import style_for_stdout, write_records

    matcher = matcher_of(pattern, mode, ignore_case)
    selection = read_selection(invocation, matcher=matcher, **options)
    style = style_for_stdout(form, long, lambda: selection.zone, matcher.spans if matcher else None, bom)
    if mark is not None and not new:
        raise UsageError("--as requires --new; give both")
    if new and selection.query.limit is not None:
        raise UsageError("--new cannot be combined with --limit, which would drop records; use --since instead")
    if new:
        selection.archive.check()  # before a cursor is written into it
        from ticker.commands.news import name_for, write_new

        return write_new(selection, style, name_for(pattern, mode, ignore_case, options) if mark is None else mark)
    if selection.query.only_revisions and style.form == "rows":
        return _write_edits(selection, style)
    is_brief = style.is_brief and not selection.articles
    records = selection.headlines_briefly() if is_brief else selection.records()
    count = write_records(records, style, selection.articles, is_paged=True)
    if not count:
        from ticker.commands.hints import tell_why_empty

        tell_why_empty(invocation, selection, pattern, mode, ignore_case)
    return count


def _write_edits(selection: Selection, style: Style) -> int:
    from ticker.commands.output import edit_lines

    count = 0
    with terminal.paging() as write:
        for line in edit_lines(selection.archive.edits(selection.kind, selection.query), style):
            count += 1
            write(line)
    return count


def _time(text: str, settings: Settings) -> TimeRange:
    from ticker.commands.clock import read_time, zone_of

    return read_time(text, zone_of(settings))
