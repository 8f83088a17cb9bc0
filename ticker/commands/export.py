"""``ticker export``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ticker.commands import terminal
from ticker.commands.invocation import Invocation
from ticker.commands.options import (
    PATH,
    bom_option,
    common_options,
    index_option,
    pattern_options,
    selection_options,
)
from ticker.commands.progress import counted
from ticker.errors import UsageError
from ticker.exporting.formats import FORMATS, NEWEST_IN_A_FEED, Format, format_of_name

if TYPE_CHECKING:
    from ticker.commands.selection import Selection
    from ticker.exporting import About

STANDARD_OUTPUT = "-"


@click.command("export")
@click.argument("pattern", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    metavar="FORMAT",
    help=f"{', '.join(FORMATS)}; else FILE's ending tells.",
)
@click.option("--output", "-o", type=PATH, metavar="FILE", help="Write to FILE, whole or not at all; else to stdout.")
@click.option("--force", is_flag=True, help="Replace a database that is there.")
@click.option("--title", metavar="TEXT", help="What a feed or a page of Markdown is called.")
@click.option("--url", metavar="URL", help="The address that a feed will have; told in it.")
@click.option("--language", metavar="TAG", help="The language of a feed, such as en or pt-BR.")
@bom_option
@pattern_options
@selection_options
@index_option
@common_options
@click.pass_obj
def command(
    invocation: Invocation,
    /,
    pattern: tuple[str, ...],
    mode: str | None,
    ignore_case: str | None,
    form: str | None,
    output: str | None,
    force: bool,
    title: str | None,
    url: str | None,
    language: str | None,
    bom: bool,
    **options: Any,
) -> None:
    """Write archived headlines or articles in the format of another program.

    All of them, or those that PATTERN and the options select, as with search and list, newest first. A feed (rss,
    atom) holds the newest 50, or as many as --limit says.

    A FILE is written beside and put in its place when it is whole, so that it can be renewed while others read it.
    A database that is there is replaced with --force alone. In CSV a cell that a spreadsheet would take for a formula
    begins with an apostrophe; --bom lets Excel open it as UTF-8.

    \b
    Examples:
      ticker export --output headlines.csv
      ticker export --since 'last week' --output week.md
      ticker export 'night ferry' --output ferry.atom --url https://me.example/ferry.atom
      ticker export --articles --format json
    """
    from ticker.commands.hints import tell_why_empty
    from ticker.commands.selection import matcher_of, read_selection
    from ticker.exporting import to_file, to_stream

    to_stdout = output is None or output == STANDARD_OUTPUT
    chosen = _format(form, None if to_stdout else output)
    if chosen.is_feed:
        if options["reverse"]:
            raise UsageError(f"--reverse: {chosen.name} holds the newest, newest first")
        if options["limit"] is None:
            options["limit"] = NEWEST_IN_A_FEED
    if to_stdout and chosen.is_binary and sys.stdout.isatty():
        raise UsageError(f"{chosen.name} is nothing for a terminal: name a file with --output, or pipe it on")
    if not to_stdout and chosen.is_kept and not force and Path(str(output)).exists():
        raise UsageError(f"{output} is there already; --force replaces it")
    selection = read_selection(invocation, matcher=matcher_of(pattern, mode, ignore_case), **options)
    if bom and chosen.name != "csv":
        raise UsageError(f"--bom is for csv, and not for {chosen.name}")
    about = replace(_about(selection, pattern, mode, title, url, language), has_mark=bom)
    shown = sys.stderr.isatty() and not invocation.quiet and not (to_stdout and sys.stdout.isatty())
    found = selection.news() if chosen.is_feed else selection.records()
    with counted(found, "exporting", shown) as records:
        if to_stdout and sys.stdout.isatty():
            lines = map(terminal.data_for(sys.stdout), chosen.lines(records, about))
            sys.stdout.writelines(f"{line}\n" for line in lines)
        elif to_stdout:
            to_stream(chosen, records, about, sys.stdout.buffer)
        else:
            to_file(chosen, records, about, Path(str(output)))
    if not records.count:
        tell_why_empty(invocation, selection, pattern, mode, ignore_case)
    if not to_stdout:
        noun = selection.kind if records.count != 1 else selection.kind.removesuffix("s")
        invocation.note(f"{output}: {records.count:,} {noun}")


def _format(name: str | None, output: str | None) -> Format:
    """The format that the options ask for; raises UsageError."""
    chosen = FORMATS[name] if name else format_of_name(output) if output else None
    if chosen is None:
        endings = " ".join(ending for each in FORMATS.values() for ending in each.endings)
        told = f"the name {output!r} does not tell the format" if output else "which format?"
        raise UsageError(f"{told}; say --format {'|'.join(FORMATS)}, or end --output FILE in one of {endings}")
    return chosen


def _about(
    selection: Selection,
    pattern: tuple[str, ...],
    mode: str | None,
    title: str | None,
    url: str | None,
    language: str | None,
) -> About:
    from ticker.addresses import is_web
    from ticker.commands.selection import described
    from ticker.exporting import About, feed_identity
    from ticker.exporting.feeds import is_language

    if url is not None and not is_web(url):
        raise UsageError(f"--url {url!r} is no address; give one such as https://me.example/news.atom")
    if language is not None and not is_language(language):
        raise UsageError(f"--language {language!r} is no tag of a language, such as en or pt-BR")
    sources = sorted(selection.query.sources)
    of_one = selection.settings.source(sources[0]) if len(sources) == 1 else None
    return About(
        kind=selection.kind,
        title=title or described(selection.kind, pattern, sources),
        identity=feed_identity(url, [selection.kind], sources, [mode or "words", " ".join(pattern)] if pattern else []),
        zone=selection.zone,
        address=url,
        site=of_one.url if of_one else None,
        language=language,
    )
