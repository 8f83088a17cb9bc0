"""The command ``ticker export``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ticker.cli import terminal
from ticker.cli.context import Invocation
from ticker.cli.messages import number_of
from ticker.cli.options import PATH, bom_option, common_options, index_option, pattern_options, selection_options
from ticker.cli.progress import Meter
from ticker.errors import UsageError
from ticker.export.formats import FORMATS, NEWEST_IN_A_FEED, Format, format_of_name

if TYPE_CHECKING:
    from ticker.cli.selection import Selection
    from ticker.export import ExportMetadata

STANDARD_OUTPUT = "-"


@click.command("export")
@click.argument("pattern", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    metavar="FORMAT",
    help=f"Format: {', '.join(FORMATS)}.  [default: by the extension of FILE]",
)
@click.option("--output", "-o", type=PATH, metavar="FILE", help="Write to FILE, atomically.  [default: stdout]")
@click.option("--force", is_flag=True, help="Replace an existing database.")
@click.option("--title", metavar="TEXT", help="Title of the feed or the Markdown page.")
@click.option("--url", metavar="URL", help="URL under which the feed will be published.")
@click.option("--language", metavar="TAG", help="Language of the feed, such as en or pt-BR.")
@bom_option
@pattern_options
@selection_options
@index_option
@common_options
@click.pass_obj
def command(
    invocation: Invocation,
    /,
    form: str | None,
    output: str | None,
    force: bool,
    title: str | None,
    url: str | None,
    language: str | None,
    bom: bool,
    **options: Any,
) -> None:
    """Export archived headlines or articles as CSV, JSON, SQLite, feeds and more.

    PATTERN and the options select records as in 'ticker search' and 'ticker list'; without them, all records are
    exported. Records are written newest first. A feed (rss, atom) contains the newest 50, or --limit.

    FILE is replaced atomically, so other programs can read it meanwhile. An existing database is replaced only with
    --force. In CSV, a cell that a spreadsheet would treat as a formula gets an apostrophe in front. With --bom, Excel
    recognizes the CSV file as UTF-8.

    \b
    Examples:
      ticker export --output headlines.csv
      ticker export --since 'last week' --output week.md
      ticker export 'night ferry' --output ferry.atom --url https://me.example/ferry.atom
      ticker export --articles --format json
    """
    from ticker.cli.selection import print_hints, read_selection
    from ticker.export import to_file, to_stream

    to_stdout = output is None or output == STANDARD_OUTPUT
    chosen = _format(form, None if to_stdout else output)
    if chosen.is_feed:
        if options["reverse"]:
            raise UsageError(f"--reverse does not apply to {chosen.name}, which is newest first; remove --reverse")
        if options["limit"] is None:
            options["limit"] = NEWEST_IN_A_FEED
    if to_stdout and chosen.is_binary and sys.stdout.isatty():
        raise UsageError(f"cannot write {chosen.name} to a terminal: it is binary; use --output FILE, or a pipe")
    if not to_stdout and chosen.is_kept and not force and Path(str(output)).exists():
        raise UsageError(f"{output} already exists; use --force to replace it")
    if bom and chosen.name != "csv":
        raise UsageError(f"--bom does not apply to {chosen.name}; use it with --format csv")
    selection = read_selection(invocation, **options)
    about = replace(_about(selection, title, url, language), has_mark=bom)
    found = selection.news() if chosen.is_feed else selection.records()
    with Meter("exporting", invocation.has_progress and not (to_stdout and sys.stdout.isatty())) as meter:
        records = meter.counted(found)
        if to_stdout and sys.stdout.isatty():
            lines = map(terminal.escape_for(sys.stdout), chosen.lines(records, about))
            sys.stdout.writelines(f"{line}\n" for line in lines)
        elif to_stdout:
            to_stream(chosen, records, about, sys.stdout.buffer)
        else:
            to_file(chosen, records, about, Path(str(output)))
    if not meter.done:
        print_hints(invocation, selection)
    if not to_stdout:
        invocation.note(f"{output}: {number_of(meter.done, selection.kind.removesuffix('s'))}")


def _format(name: str | None, output: str | None) -> Format:
    """Return the format for the options. Raises UsageError."""
    chosen = FORMATS[name] if name else format_of_name(output) if output else None
    if chosen is None:
        endings = " ".join(ending for each in FORMATS.values() for ending in each.endings)
        told = f"unknown extension of {output!r}" if output else "no format given"
        raise UsageError(f"{told}; use --format {'|'.join(FORMATS)}, or an --output FILE that ends in one of {endings}")
    return chosen


def _about(selection: Selection, title: str | None, url: str | None, language: str | None) -> ExportMetadata:
    from ticker.export import ExportMetadata, feed_identity
    from ticker.export.feeds import is_language
    from ticker.urls import is_web

    if url is not None and not is_web(url):
        raise UsageError(f"invalid --url {url!r}: not an http or https URL; try https://me.example/news.atom")
    if language is not None and not is_language(language):
        raise UsageError(f"invalid --language {language!r}: not a language tag; try en or pt-BR")
    sources, pattern = sorted(selection.query.sources), selection.pattern
    of_one = selection.settings.source(sources[0]) if len(sources) == 1 else None
    return ExportMetadata(
        kind=selection.kind,
        title=title or selection.title,
        identity=feed_identity(url, [selection.kind], sources, [selection.mode or "words", pattern] if pattern else []),
        zone=selection.zone,
        address=url,
        site=of_one.url if of_one else None,
        language=language,
    )
