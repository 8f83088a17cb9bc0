"""``ticker search``."""

from __future__ import annotations

from typing import Any

import click

from ticker.commands.invocation import Invocation
from ticker.commands.options import common_options, format_options, index_option, pattern_options, selection_options

NOTHING_FOUND = 1


@click.command("search")
@click.argument("pattern", nargs=-1, required=True)
@pattern_options
@selection_options
@format_options
@index_option
@common_options
@click.pass_obj
def command(
    invocation: Invocation,
    /,
    pattern: tuple[str, ...],
    mode: str | None,
    ignore_case: str | None,
    **options: Any,
) -> int:
    """Search archived headlines or articles.

    Headlines are searched by title, articles by title and body. PATTERN is words, all of which must be there, in
    any order; case and accents are ignored, so that societe finds Société. "Words in quotes" must follow one another.
    Words are found whole: bank does not find banks, unless by -F.

    Exit status: 0 something was found, 1 nothing was found, 2 an error.

    \b
    Examples:
      ticker search ferry
      ticker search '"night ferry" islands' --since 2025-06-01
      ticker search --articles 'seed potatoes'
      ticker search -e 'cuts? .* rate'
    """
    from ticker.commands.selection import matcher_of, write_selection

    matcher = matcher_of(pattern, mode, ignore_case)
    return 0 if write_selection(invocation, matcher=matcher, **options) else NOTHING_FOUND
