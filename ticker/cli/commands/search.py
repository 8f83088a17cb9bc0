"""The command ``ticker search``."""

from __future__ import annotations

from typing import Any

import click

from ticker.cli.context import Invocation
from ticker.cli.options import (
    common_options,
    format_options,
    index_option,
    new_options,
    pattern_options,
    selection_options,
)

NOTHING_FOUND = 1


@click.command("search")
@click.argument("pattern", nargs=-1, required=True)
@pattern_options
@selection_options
@new_options
@format_options
@index_option
@common_options
@click.pass_obj
def command(
    invocation: Invocation,
    /,
    **options: Any,
) -> int:
    """Search archived headlines or articles.

    Headlines are searched by title, articles by title and body. Case and accents are ignored: societe finds Société.
    Only whole words match, in any order.

    \b
      ferry strike          both words
      "night ferry"         the words in sequence, also with signs between: night-ferry
      coun*                 words with this prefix: council, counties
      ferry OR bridge       either; OR binds less tightly than adjacent words
      ferry NOT strike      without the second word; same as: ferry -strike
      (ferry OR bridge) closes
      source:gazette        records of this source; source:www.* by prefix
      section:sport         headlines in this section

    Put -- before a pattern that starts with a minus: ticker search -- -strike. Operators in quotes are words. With -e
    and -F, the pattern has no operators.

    --new prints records stored since the last run with the same --as NAME, or by default with the same pattern and
    filters. It compares positions in the archive, not times, so imported or merged records are new, too. The first run
    prints all matches; limit them with --since. The position is saved as NAME.json in the archive's folder "marks"
    after all output is written. If the reader of a pipe fails, the next run prints the records again. To start over,
    delete that file. Articles stored again because a newer ticker parsed them differently are omitted.

    Exit status: 0 found, 1 nothing found, 2 error.

    \b
    Examples:
      ticker search ferry
      ticker search '"night ferry" islands' --since 2025-06-01
      ticker search '(ferry OR bridge) -strike source:gazette'
      ticker search --articles 'seed potatoes'
      ticker search -e 'cuts? .* rate'
      ticker search --new --as elections election
    """
    from ticker.cli.selection import write_selection

    return 0 if write_selection(invocation, **options) else NOTHING_FOUND
