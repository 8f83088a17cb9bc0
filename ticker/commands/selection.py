"""What ``list`` and ``search`` have in common: which records are meant, and their way to standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ticker.commands.invocation import Invocation
from ticker.errors import UsageError

if TYPE_CHECKING:
    from ticker.archive import Matcher
    from ticker.settings import Settings


def write_selection(
    invocation: Invocation,
    *,
    since: str | None,
    until: str | None,
    sources: tuple[str, ...],
    limit: int | None,
    reverse: bool,
    articles: bool,
    form: str | None,
    long: bool,
    matcher: Matcher | None = None,
) -> int:
    """Writes the records that the options select, and returns how many there were. Raises TickerError."""
    from ticker.archive import Query
    from ticker.commands.archives import open_archive
    from ticker.commands.clock import read_time, zone_of
    from ticker.commands.output import style_for_stdout, write_records

    settings = invocation.settings()
    zone = zone_of(settings)
    query = Query(
        since=read_time(since, zone).start if since is not None else None,
        until=read_time(until, zone).end if until is not None else None,
        sources=frozenset(sources),
        limit=limit,
        reverse=reverse,
        matcher=matcher,
    )
    if query.since and query.until and query.since >= query.until:
        raise UsageError(f"--since {since} is later than --until {until}; nothing lies between them")
    archive = open_archive(invocation, settings)
    records = archive.articles(query) if articles else archive.headlines(query)
    style = style_for_stdout(form, long, zone, matcher.spans if matcher else None)
    count = write_records(records, style, articles)
    if not count and not settings.archive.is_dir():
        invocation.note(f"ticker: there is no archive at {settings.archive} yet; 'ticker fetch' makes it")
    elif not count:
        for name in sources:
            all_of_it = Query(sources=frozenset([name]), limit=1)
            if not any(archive.articles(all_of_it) if articles else archive.headlines(all_of_it)):
                kind = "articles" if articles else "headlines"
                invocation.note(
                    f"ticker: {settings.archive} has no {kind} of the source {name!r}; {_hint(name, settings)}"
                )
    return count


def _hint(name: str, settings: Settings) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, [source.name for source in settings.sources if source.name != name], n=1)
    return f"did you mean {close[0]}?" if close else "'ticker sources list' shows the configured ones"
