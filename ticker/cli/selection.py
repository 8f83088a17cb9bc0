"""The records that the options select, for ``list``, ``search`` and similar commands, and how they are written.

``--new`` writes those stored since a cursor. If nothing is found, hints go to stderr.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ticker.cli import terminal
from ticker.cli.context import Invocation
from ticker.cli.output import Style, write_records
from ticker.errors import ArchiveError, UsageError, WriteFailed

if TYPE_CHECKING:
    from ticker.archive import (
        Archive,
        Delta,
        HeadlineSummary,
        Kind,
        Matcher,
        Mode,
        Query,
        StoredArticle,
        StoredHeadline,
    )
    from ticker.settings import Settings
    from ticker.times.ranges import TimeRange

_SHOWN = 30  # characters of the pattern in a cursor's name
_OF_NO_MATTER = ("limit", "reverse")
_MOST_NAMES = 3


class Selection(NamedTuple):
    """The records of an archive that the options select."""

    settings: Settings
    archive: Archive
    query: Query
    articles: bool

    @property
    def zone(self) -> tzinfo:
        """The timezone of times in options."""
        from ticker.cli.context import user_zone

        return user_zone(self.settings)

    @property
    def kind(self) -> Kind:
        """``headlines`` or ``articles``."""
        return "articles" if self.articles else "headlines"

    def records(self, within: Delta | None = None) -> Iterator[StoredHeadline | StoredArticle]:
        """Return the records as they are read, only those ``within`` if given. Raises ArchiveError."""
        return self._records_of(self.query, within)

    def news(self, within: Delta | None = None) -> Iterator[StoredHeadline | StoredArticle]:
        """Return the records except articles stored again only because of another parser. Raises ArchiveError."""
        return self.archive.article_news(self.query, within) if self.articles else self.records(within)

    def headline_summaries(self) -> Iterator[HeadlineSummary]:
        """Return time, source and title of the headlines. Raises ArchiveError."""
        return self.archive.headline_summaries(self.query)

    def _records_of(self, query: Query, within: Delta | None = None) -> Iterator[StoredHeadline | StoredArticle]:
        return self.archive.articles(query, within) if self.articles else self.archive.headlines(query, within)


def build_matcher(pattern: Sequence[str], mode: str | None, ignore_case: str | None) -> Matcher | None:
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


def describe_selection(kind: str, pattern: Sequence[str], sources: Collection[str]) -> str:
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
    from ticker.cli.context import open_archive, require_archive

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
        from ticker.cli.context import user_zone
        from ticker.cli.output import format_moment

        zone = user_zone(settings)
        raise UsageError(
            f"--since {since} is after --until {until}; give an earlier --since or a later --until "
            f"(got {format_moment(query.since, zone)} and {format_moment(query.until, zone)})"
        )
    archive = open_archive(invocation, settings, asks_index=bool(query.matcher or query.sources or articles or edited))
    if not may_be_missing:
        require_archive(archive)
    return Selection(settings, archive, query, articles)


def write_selection(
    invocation: Invocation,
    *,
    form: str | None,
    long: bool,
    bom: bool,
    new: bool,
    cursor: str | None,
    pattern: tuple[str, ...] = (),
    mode: str | None = None,
    ignore_case: str | None = None,
    **options: Any,
) -> int:
    """Write the records that the options select and return their number. Raises TickerError."""
    from ticker.cli.output import style_for_stdout

    matcher = build_matcher(pattern, mode, ignore_case)
    selection = read_selection(invocation, matcher=matcher, **options)
    style = style_for_stdout(form, long, lambda: selection.zone, matcher.spans if matcher else None, bom)
    if cursor is not None and not new:
        raise UsageError("--as requires --new; give both")
    if new and selection.query.limit is not None:
        raise UsageError("--new cannot be combined with --limit, which would drop records; use --since instead")
    if new:
        selection.archive.check()  # before a cursor is written into it

        return write_new(selection, style, name_for(pattern, mode, ignore_case, options) if cursor is None else cursor)
    if selection.query.only_revisions and style.form == "rows":
        return _write_edits(selection, style)
    is_brief = style.is_brief and not selection.articles
    records = selection.headline_summaries() if is_brief else selection.records()
    count = write_records(records, style, selection.articles, is_paged=True)
    if not count:
        print_hints(invocation, selection, pattern, mode, ignore_case)
    return count


def _write_edits(selection: Selection, style: Style) -> int:
    from ticker.cli.output import edit_lines

    count = 0
    with terminal.paging() as write:
        for line in edit_lines(selection.archive.edits(selection.kind, selection.query), style):
            count += 1
            write(line)
    return count


def _time(text: str, settings: Settings) -> TimeRange:
    from ticker.cli.context import read_time, user_zone

    return read_time(text, user_zone(settings))


def write_new(selection: Selection, style: Style, name: str) -> int:
    """Write the records since the cursor ``name`` and return their number. Raises TickerError.

    The cursor moves only after all is written; after an error, the next run writes the records again.
    """
    try:
        with selection.archive.cursor(name) as cursor:
            before = cursor.checkpoints(selection.kind)
            delta = selection.archive.delta(selection.kind, before)
            count = write_records(selection.news(delta), style, selection.articles)
            sys.stdout.flush()
            with suppress(OSError, ValueError):  # a pipe or a terminal has nothing to sync
                os.fsync(sys.stdout.fileno())
            if delta.checkpoints != before:
                cursor.advance(selection.kind, delta.checkpoints)
    except WriteFailed as error:  # its exit status, 1, means that nothing is new
        raise ArchiveError(str(error)) from error
    return count


def name_for(pattern: tuple[str, ...], mode: str | None, ignore_case: str | None, options: Mapping[str, Any]) -> str:
    """Return a cursor name that is unique to the pattern and the filters."""
    from hashlib import blake2b

    asked = [(name, value) for name, value in sorted(options.items()) if name not in _OF_NO_MATTER]
    whole = repr((pattern, mode, ignore_case, asked)).encode("utf-8", "replace")
    words = " ".join(pattern)[:_SHOWN].strip() or "all"
    return f"{words} {blake2b(whole, digest_size=4).hexdigest()}"


def print_hints(
    invocation: Invocation,
    selection: Selection,
    pattern: Sequence[str] = (),
    mode: str | None = None,
    ignore_case: str | None = None,
) -> None:
    """Print which selected sources have no records; on a terminal, also print suggestions."""
    reasons = list(_absent_sources(selection))
    for reason in reasons:
        invocation.note(f"ticker: {reason}")
    is_seen = sys.stderr.isatty() and not invocation.quiet and not invocation.is_log_on_stderr
    if is_seen and pattern and mode in (None, "words") and not reasons:
        for hint in _suggestions(selection, " ".join(pattern), ignore_case != "no", not invocation.no_index):
            invocation.note(f"ticker: {hint}")


def known_sources(selection: Selection) -> list[str]:
    """Return the names of configured sources, and of those in a sample of the archive's lines."""
    configured = (source.name for source in selection.settings.sources)
    return list(dict.fromkeys([*configured, *selection.archive.sources()]))


def _absent_sources(selection: Selection) -> Iterator[str]:
    from ticker.archive import Query

    for name in sorted(selection.query.sources):
        of_source = selection._replace(query=Query(sources=frozenset([name]), limit=1))
        if not any(of_source.records()):
            like = _like(name, known_sources(selection))[:1]
            hint = f"did you mean {like[0]}?" if like else "'ticker sources list' shows the configured ones"
            yield f"{selection.settings.archive} has no {selection.kind} of the source {name!r}; {hint}"


def _suggestions(selection: Selection, pattern: str, ignore_case: bool, is_fast: bool) -> Iterator[str]:
    from ticker.archive.matchers import words
    from ticker.archive.queries import source_names, whole_words, widened

    asked = whole_words(pattern)
    wider = widened(pattern)
    if asked and is_fast:
        query = replace(selection.query, matcher=words(wider, ignore_case), limit=1)
        if any(selection._replace(query=query).records()):
            yield f"only whole words match; to match longer words, too: ticker search {shlex.quote(wider)}"
    names = source_names(pattern)
    known = known_sources(selection) if names or len(asked) == 1 else []
    for name in [name for name in names if name not in known] or asked[:1]:
        like = _like(name, known)[:_MOST_NAMES]
        if like:
            told = f"is a source {like[0]}" if len(like) == 1 else f"are sources {', '.join(like)}"
            yield f"there {told}; to list its headlines: ticker list --source {shlex.quote(like[0])}"


def _like(name: str, known: Sequence[str]) -> list[str]:
    """Return the names that contain ``name``, or else the one spelled most like it."""
    from difflib import get_close_matches

    others = [each for each in known if each != name]
    within = [each for each in others if name.lower() in each.lower()] if len(name) > 1 else []
    return within or get_close_matches(name, others, n=1)
