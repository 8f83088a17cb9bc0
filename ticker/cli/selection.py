"""From options to records: ``read_selection`` makes the query, ``write_selection`` runs it and writes the records.

``--new`` writes those stored since a cursor. If nothing is found, hints go to stderr.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ticker.cli.context import Invocation, open_archive, read_time, user_zone
from ticker.cli.output import Style, format_moment, style_for_stdout, write_records
from ticker.errors import ArchiveError, UsageError, WriteFailed

if TYPE_CHECKING:
    from ticker.archive import Archive, Delta, Kind, Matcher, Mode, Query, StoredArticle, StoredHeadline
    from ticker.settings import Settings

_SHOWN = 30  # characters of the pattern in a cursor's name
_OF_NO_MATTER = ("limit", "reverse")
_MOST_NAMES = 3


class Selection(NamedTuple):
    """The records of an archive that the options select.

    ``pattern``, ``mode`` and ``ignore_case`` are the options that made the matcher of the query.
    """

    settings: Settings
    archive: Archive
    query: Query
    articles: bool
    pattern: str = ""
    mode: str | None = None
    ignore_case: str | None = None

    @property
    def zone(self) -> tzinfo:
        """The timezone of times in options."""
        return user_zone(self.settings)

    @property
    def kind(self) -> Kind:
        """``headlines`` or ``articles``."""
        return "articles" if self.articles else "headlines"

    @property
    def title(self) -> str:
        """A title that describes the selection: ``Headlines of gazette: night ferry``."""
        of_sources = f" of {', '.join(sorted(self.query.sources))}" if self.query.sources else ""
        return f"{self.kind.capitalize()}{of_sources}{': ' if self.pattern else ''}{self.pattern}"

    def style(self, form: str | None, long: bool, bom: bool) -> Style:
        """Return the style of the records on standard output. Raises UsageError."""
        matcher = self.query.matcher
        return style_for_stdout(form, long, lambda: self.zone, matcher.spans if matcher else None, bom)

    def records(self, within: Delta | None = None) -> Iterator[StoredHeadline | StoredArticle]:
        """Return the records as they are read, only those ``within`` if given. Raises ArchiveError."""
        return (
            self.archive.articles(self.query, within) if self.articles else self.archive.headlines(self.query, within)
        )

    def news(self, within: Delta | None = None) -> Iterator[StoredHeadline | StoredArticle]:
        """Return the records except articles stored again only because of another parser. Raises ArchiveError."""
        return self.archive.article_news(self.query, within) if self.articles else self.records(within)


def read_selection(
    invocation: Invocation,
    *,
    since: str | None,
    until: str | None,
    sources: tuple[str, ...],
    articles: bool,
    limit: int | None = None,
    reverse: bool = False,
    edited: bool = False,
    pattern: tuple[str, ...] = (),
    mode: str | None = None,
    ignore_case: str | None = None,
    may_be_missing: bool = False,
) -> Selection:
    """Return what the options select.

    Raises TickerError, also if there is no archive, unless it ``may_be_missing``.
    """
    from ticker.archive import Query

    text = " ".join(pattern)
    matcher = _matcher(text, mode, ignore_case) if pattern else None
    if not pattern and (mode or ignore_case):
        raise UsageError("-e, -F, -i and -s require a PATTERN; give one, or omit them")
    settings = invocation.settings()
    start = read_time(since, user_zone(settings)).start if since is not None else None
    end = read_time(until, user_zone(settings)).end if until is not None else None
    if start and end and start >= end:
        zone = user_zone(settings)
        raise UsageError(
            f"--since {since} is after --until {until}; give an earlier --since or a later --until "
            f"(got {format_moment(start, zone)} and {format_moment(end, zone)})"
        )
    query = Query(start, end, frozenset(sources), limit, reverse, matcher, datetime.now(UTC), edited)
    asks_index = bool(matcher or sources or articles or edited)
    archive = open_archive(invocation, settings, asks_index=asks_index, must_exist=not may_be_missing)
    return Selection(settings, archive, query, articles, text, mode, ignore_case)


def _matcher(pattern: str, mode: str | None, ignore_case: str | None) -> Matcher:
    from ticker.archive import make_matcher

    heed = {"yes": True, "no": False, None: None}[ignore_case]
    return make_matcher(pattern, cast("Mode", mode or "words"), heed)


def write_selection(
    invocation: Invocation,
    *,
    form: str | None,
    long: bool,
    bom: bool,
    new: bool,
    cursor: str | None,
    **options: Any,
) -> int:
    """Write the records that the options select and return their number. Raises TickerError."""
    if cursor is not None and not new:
        raise UsageError("--as requires --new; give both")
    if new and options["limit"] is not None:
        raise UsageError("--new cannot be combined with --limit, which would drop records; use --since instead")
    selection = read_selection(invocation, **options)
    archive, query, style = selection.archive, selection.query, selection.style(form, long, bom)
    if new:
        return _write_new(selection, style, cursor if cursor is not None else _cursor_name(**options))
    if query.only_revisions and style.form == "rows":
        from ticker.cli.edits import write_edits

        return write_edits(archive.edits(selection.kind, query), style)
    count = write_records(selection.records(), style, selection.articles, is_paged=True)
    if not count:
        print_hints(invocation, selection)
    return count


def _write_new(selection: Selection, style: Style, name: str) -> int:
    """Write the records since the cursor ``name`` and return their number. Raises TickerError.

    The cursor moves only after all is written; after an error, the next run writes the records again.
    """
    selection.archive.check()  # before a cursor is written into it
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


def _cursor_name(
    pattern: tuple[str, ...] = (), mode: str | None = None, ignore_case: str | None = None, **filters: Any
) -> str:
    """Return a cursor name that is unique to the pattern and the filters."""
    from hashlib import blake2b

    asked = [(name, value) for name, value in sorted(filters.items()) if name not in _OF_NO_MATTER]
    whole = repr((pattern, mode, ignore_case, asked)).encode("utf-8", "replace")
    words = " ".join(pattern)[:_SHOWN].strip() or "all"
    return f"{words} {blake2b(whole, digest_size=4).hexdigest()}"


def print_hints(invocation: Invocation, selection: Selection) -> None:
    """Print which selected sources have no records; on a terminal, also print suggestions."""
    reasons = list(_absent_sources(selection))
    is_seen = sys.stderr.isatty() and not invocation.quiet and not invocation.is_log_on_stderr
    suggests = is_seen and selection.pattern and selection.mode in (None, "words") and not reasons
    for hint in [*reasons, *(_suggestions(selection, not invocation.no_index) if suggests else [])]:
        invocation.note(f"ticker: {hint}")


def _known_sources(selection: Selection) -> list[str]:
    """Return the names of configured sources, and of those in a sample of the archive's lines."""
    configured = (source.name for source in selection.settings.sources)
    return list(dict.fromkeys([*configured, *selection.archive.sources()]))


def _absent_sources(selection: Selection) -> Iterator[str]:
    from ticker.archive import Query

    for name in sorted(selection.query.sources):
        of_source = selection._replace(query=Query(sources=frozenset([name]), limit=1))
        if not any(of_source.records()):
            like = _like(name, _known_sources(selection))[:1]
            hint = f"did you mean {like[0]}?" if like else "'ticker sources list' shows the configured ones"
            yield f"{selection.settings.archive} has no {selection.kind} of the source {name!r}; {hint}"


def _suggestions(selection: Selection, is_fast: bool) -> Iterator[str]:
    from ticker.archive.matchers import words
    from ticker.archive.queries import source_names, whole_words, widened

    pattern = selection.pattern
    asked = whole_words(pattern)
    wider = widened(pattern)
    if asked and is_fast:
        query = replace(selection.query, matcher=words(wider, selection.ignore_case != "no"), limit=1)
        if any(selection._replace(query=query).records()):
            yield f"only whole words match; to match longer words, too: ticker search {shlex.quote(wider)}"
    names = source_names(pattern)
    known = _known_sources(selection) if names or len(asked) == 1 else []
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
