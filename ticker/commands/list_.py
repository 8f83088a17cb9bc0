"""``ticker list``."""

from __future__ import annotations

from typing import Any

import click

from ticker.commands.invocation import Invocation
from ticker.commands.options import (
    common_options,
    counted,
    edited_option,
    format_options,
    index_option,
    new_options,
    selection_options,
)


class _Command(click.Command):
    """Answers a word, which other programs take for a filter here, with the command that searches."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        args = counted(args)
        rest = super().parse_args(ctx, args)
        if ctx.args:
            from shlex import join

            raise click.UsageError(f"list takes no pattern; search for it: ticker search {join(ctx.args)}", ctx)
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

    One line each: time, source, title. On a terminal the time is that of your zone and the title is cut to the
    width; through a pipe the line is whole, separated by tabs, with the time as it is stored. A ~ marks a headline that
    revises an earlier one.

    --edited lists only these, with what changed: [-gone-] and {+come+}, "replaced" where no word stayed. Through a pipe
    the earlier title is the last column.

    --new gives what was stored since it was last run with the same filters, or under the same name (--as), whatever
    its time; 'ticker search --help' tells more.

    \b
    Examples:
      ticker list --since yesterday
      ticker list --source gazette -n 20 --long
      ticker list --since 2025-06-01 --until 2025-06-07 --csv
      ticker list --edited --since yesterday
      ticker list --articles --json
      ticker list --new --source gazette
    """
    from ticker.commands.selection import write_selection

    write_selection(invocation, **options)
