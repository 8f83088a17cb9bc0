"""The command ``ticker list``."""

from __future__ import annotations

from typing import Any

import click

from ticker.cli.context import Invocation
from ticker.cli.options import (
    DashNumberCommand,
    common_options,
    edited_option,
    format_options,
    index_option,
    new_options,
    selection_options,
)


class _Command(DashNumberCommand):
    """A command that answers a pattern with a hint at ``ticker search``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; raise UsageError for a pattern."""
        rest = super().parse_args(ctx, args)
        if ctx.args:
            from shlex import join

            raise click.UsageError(f"list takes no pattern; to search: ticker search {join(ctx.args)}", ctx)
        return rest


@click.command("list", cls=_Command, context_settings={"allow_extra_args": True})
@selection_options
@edited_option
@new_options
@format_options
@index_option
@common_options
@click.pass_obj
def command(invocation: Invocation, /, **options: Any) -> None:
    """List archived headlines or articles, newest first.

    Each line has time, source and title. On a terminal, times are in your timezone and titles are cut to the width. In
    a pipe, lines are tab-separated and not cut, with times as stored. A ~ marks a revision of an earlier headline.

    --edited lists only revisions, with their changes: [-gone-] for removed and {+come+} for added text, "replaced" if
    no word is the same. In a pipe, the earlier title is the last column.

    --new lists records stored since the last run with the same filters or the same --as NAME, whatever their time. See
    'ticker search --help'.

    \b
    Examples:
      ticker list --since yesterday
      ticker list --source gazette -n 20 --long
      ticker list --since 2025-06-01 --until 2025-06-07 --csv
      ticker list --edited --since yesterday
      ticker list --articles --json
      ticker list --new --source gazette
    """
    from ticker.cli.selection import write_selection

    write_selection(invocation, **options)
