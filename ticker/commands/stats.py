"""``ticker stats``."""

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
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
@click.option("--plot", type=PATH, metavar="FILE", help="Draw it into FILE, .svg or .png, too.")
@click.option(
    "--rising", type=click.Choice(["day", "week"]), default="week", help="Words that rose in the last day or week."
)
@click.option("--timezone", metavar="ZONE", help="Days and hours on this clock; else on that of each source.")
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
    """Count archived headlines or articles, and show what stands out.

    By day, hour, weekday and source; the first and the last; which sources fell silent for longer than is usual for
    them; which words rose most in the last week, or day, against the four weeks before. All of them are counted, or
    those that PATTERN and the options select, as with search and list.

    On a terminal as bars; through a pipe as lines of fields separated by tabs, the first of which tells what a line is
    of: all, day, hour, weekday, source, gap or word.

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
            with_gaps=query.matcher is None,  # what a search finds has no rhythm of its own
        )


def _zone(name: str | None) -> tzinfo | None:
    if name is None:
        return None
    from ticker.times import zone_named

    return zone_named(name)


def _ending(name: str) -> str:
    """How the name of a picture's file ends; raises UsageError, and ExportError where none can be drawn."""
    from ticker.statistics.plotting import ENDINGS, check

    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(f"--plot {name!r} is no picture's name; end it in {' or '.join(ENDINGS)}")
    check()
    return ending
