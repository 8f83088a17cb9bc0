"""The command ``ticker stats``."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ticker.commands.invocation import Invocation
from ticker.commands.options import (
    PATH,
    articles_option,
    common_options,
    index_option,
    pattern_options,
    source_option,
    span_options,
)
from ticker.commands.output import print_object
from ticker.errors import UsageError

if TYPE_CHECKING:
    from ticker.commands.selection import Selection
    from ticker.statistics import Summary


@click.command("stats")
@click.argument("pattern", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--plot", type=PATH, metavar="FILE", help="Also plot to FILE, .svg or .png.")
@click.option(
    "--rising", type=click.Choice(["day", "week"]), default="week", help="Period of the rising words.  [default: week]"
)
@click.option("--timezone", metavar="ZONE", help="Timezone of days and hours.  [default: that of each source]")
@pattern_options
@span_options
@source_option
@articles_option
@index_option
@common_options
@click.pass_obj
def command(
    invocation: Invocation,
    /,
    pattern: tuple[str, ...],
    mode: str | None,
    ignore_case: str | None,
    as_json: bool,
    plot: str | None,
    rising: str,
    timezone: str | None,
    **options: Any,
) -> None:
    """Count archived headlines or articles; show gaps and rising words.

    Counts are by day, hour, weekday and source. Gaps are times in which a source was silent for longer than usual.
    Rising words became more frequent in the last week or day, compared with the four weeks before. PATTERN and the
    options select records as in 'ticker search' and 'ticker list'; without them, all are counted.

    On a terminal, the counts are bars. In a pipe, lines are tab-separated, and the first field is the kind of the line:
    all, day, hour, weekday, source, gap or word.

    \b
    Examples:
      ticker stats
      ticker stats --since 'last month' --source gazette
      ticker stats earthquake --json
      ticker stats --rising day --plot week.svg
    """
    from ticker.commands.hints import tell_why_empty
    from ticker.commands.overview import fields, sheet
    from ticker.commands.selection import described, matcher_of, read_selection

    ending = _ending(plot) if plot is not None else ""
    zone = _zone(timezone)
    selection = read_selection(
        invocation, limit=None, reverse=False, matcher=matcher_of(pattern, mode, ignore_case), **options
    )
    summary = _summary(selection, rising, zone, sys.stderr.isatty() and not invocation.quiet)
    if plot is not None:
        from ticker.exporting import naming, replacing
        from ticker.statistics.plotting import plot as draw

        with naming(Path(plot)), replacing(Path(plot)) as path:
            draw(summary, described(selection.kind, pattern, selection.query.sources), path, ending)
    if as_json:
        print_object(summary.to_dict())
    elif sys.stdout.isatty():
        for line in sheet(summary, selection.zone, timezone):
            click.echo(line)
    else:
        for row in fields(summary):
            click.echo("\t".join(row))
    if not summary.counts.total:
        tell_why_empty(invocation, selection, pattern, mode, ignore_case)


def _summary(selection: Selection, rising: str, zone: tzinfo | None, with_progress: bool) -> Summary:
    from ticker.commands.clock import now
    from ticker.commands.progress import counted
    from ticker.statistics import Windows, summarize
    from ticker.statistics.rising import LENGTHS

    query, present = selection.query, now()
    newest = next(selection._replace(query=replace(query, limit=1)).records(), None)
    windows = Windows.up_to(min(newest.moment, present), LENGTHS[rising]) if newest else None
    with counted(selection.archive.glances(selection.kind, query), "counting", with_progress) as glances:
        return summarize(
            glances,
            selection.kind,
            min(query.until or present, present),
            windows,
            zone,
            with_gaps=query.matcher is None,  # gaps between search results mean nothing
        )


def _zone(name: str | None) -> tzinfo | None:
    if name is None:
        return None
    from ticker.times import zone_named

    return zone_named(name)


def _ending(name: str) -> str:
    """Return the extension of an image file. Raises UsageError, and ExportError if matplotlib is missing."""
    from ticker.statistics.plotting import ENDINGS, check

    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(f"invalid --plot {name!r}: unknown extension; use {' or '.join(ENDINGS)}")
    check()
    return ending
