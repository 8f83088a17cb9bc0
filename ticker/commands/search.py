"""``ticker search``."""

from __future__ import annotations

from typing import Any

import click

from ticker.commands.invocation import Invocation
from ticker.commands.options import (
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

    Headlines are searched by title, articles by title and body. Case and accents are ignored, so that societe finds
    Société. Words are found whole, in any order.

    \b
      ferry strike          both words
      "night ferry"         one after the other, signs between them: night-ferry
      coun*                 words that begin so: council, counties
      ferry OR bridge       either; binds less tightly than words side by side
      ferry NOT strike      not the second; the same: ferry -strike
      (ferry OR bridge) closes
      source:gazette        of this source; source:www.* of all that begin so
      section:sport         in a section of that name

    A pattern that begins with a minus goes after --: ticker search -- -strike. What is in quotes is no operator. With
    -e and -F the pattern is no query.

    --new gives what was stored since it was last run under the same NAME, or with the same pattern and filters where
    --as gives none: by its place in the archive, whatever its time, so that what is imported or merged is new, too.
    The first run gives all that there is; --since bounds it. What was seen is noted in the archive's folder "marks",
    once all is written: where the output's reader fails, the next run gives it again. To begin anew, delete the file
    NAME.json there. An article that is stored again because a newer ticker reads its page otherwise is not given.

    Exit status: 0 something was found, 1 nothing was found, 2 an error.

    \b
    Examples:
      ticker search ferry
      ticker search '"night ferry" islands' --since 2025-06-01
      ticker search '(ferry OR bridge) -strike source:gazette'
      ticker search --articles 'seed potatoes'
      ticker search -e 'cuts? .* rate'
      ticker search --new --as elections election
    """
    from ticker.commands.selection import write_selection

    return 0 if write_selection(invocation, **options) else NOTHING_FOUND
