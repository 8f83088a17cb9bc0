"""The command ``ticker tail``."""

from __future__ import annotations

import os
import select
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import IO, TYPE_CHECKING, Any

import click

from ticker.cli.context import Invocation
from ticker.cli.options import (
    DashNumberCommand,
    articles_option,
    common_options,
    format_options,
    index_option,
    pattern_options,
    source_option,
    span_options,
)

if TYPE_CHECKING:
    from ticker.cli.output import Record
    from ticker.cli.selection import Selection


@click.command("tail", cls=DashNumberCommand)
@click.argument("pattern", nargs=-1)
@click.option("-f", "--follow", is_flag=True, help="Print new records as they are stored, until Ctrl-C.")
@click.option(
    "-n", "--lines", metavar="N", type=click.IntRange(min=0), default=10, help="Start with the newest N.  [default: 10]"
)
@click.option(
    "--interval",
    metavar="SECONDS",
    type=click.FloatRange(min=0.05, max=3600),
    default=1.0,
    help="With -f: seconds between checks of the archive.  [default: 1]",
)
@pattern_options
@span_options
@source_option
@articles_option
@format_options
@index_option
@common_options
@click.pass_obj
def command(
    invocation: Invocation,
    /,
    follow: bool,
    lines: int,
    interval: float,
    form: str | None,
    long: bool,
    bom: bool,
    **options: Any,
) -> None:
    """Show the newest headlines or articles and follow new ones.

    The newest record is at the bottom. With -f, new records are then printed as they are stored, whatever their time,
    and the archive need not exist yet. PATTERN is as in 'ticker search'.

    Exit status: 0 success, also when -f is ended by Ctrl-C, 2 error.

    \b
    Examples:
      ticker tail
      ticker tail -f --source gazette
      ticker tail -20
      ticker tail -n 3 --long
      ticker tail -f --json | jq -r .title
    """
    from ticker.cli.output import source_cells, write_records
    from ticker.cli.selection import print_hints, read_selection

    selection = read_selection(invocation, limit=lines, may_be_missing=follow, **options)
    style = selection.style(form, long, bom)
    if not follow:
        if not write_records(list(selection.news())[::-1], style, selection.articles) and lines:
            print_hints(invocation, selection)
        return
    if not selection.archive.exists():
        invocation.note(f"ticker: no archive at {selection.archive.root} yet; waiting for it")
    # Later names are unknown, so the column is as wide as the configured names need.
    names = (source.name for source in selection.settings.sources)
    style = style._replace(source_cells=source_cells(names))
    with suppress(KeyboardInterrupt):
        records = _follow(selection, _pause(sys.stdout, interval))
        write_records(records, style, selection.articles, after_each=sys.stdout.flush)


def _follow(selection: Selection, wait: Callable[[], object]) -> Iterator[Record]:
    """Yield the newest records, oldest first, then new ones as they are stored, without end."""
    from ticker.archive import follow

    archive, kind = selection.archive, selection.kind
    there = archive.delta(kind, {})
    yield from list(selection.news(there))[::-1]
    coming = selection._replace(query=replace(selection.query, limit=None, reverse=True))
    for delta in follow(archive.root, kind, there.checkpoints, archive.delta, wait):
        yield from coming.news(delta)


def _pause(stream: IO[str], seconds: float) -> Callable[[], object]:
    """Return a function that waits, and raises BrokenPipeError once nobody reads ``stream``, such as after ``head``."""
    if not stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode):
        return partial(time.sleep, seconds)
    poll = select.poll()
    poll.register(stream, 0)  # errors only

    def wait() -> None:
        if poll.poll(seconds * 1000):
            raise BrokenPipeError

    return wait
