"""The option ``--new``: records stored since a cursor of the last run."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from ticker.commands.output import Style, write_records
from ticker.errors import ArchiveError, WriteFailed

if TYPE_CHECKING:
    from ticker.commands.selection import Selection

_SHOWN = 30  # characters of the pattern in a cursor's name
_OF_NO_MATTER = ("limit", "reverse")


def write_new(selection: Selection, style: Style, name: str) -> int:
    """Write the records since the cursor ``name`` and return their number. Raises TickerError.

    The cursor moves only after all is written; after an error, the next run writes the records again.
    """
    try:
        with selection.archive.mark(name) as mark:
            before = mark.reach(selection.kind)
            growth = selection.archive.growth(selection.kind, before)
            count = write_records(selection.news(growth), style, selection.articles)
            sys.stdout.flush()
            with suppress(OSError, ValueError):  # a pipe or a terminal has nothing to sync
                os.fsync(sys.stdout.fileno())
            if growth.reach != before:
                mark.move(selection.kind, growth.reach)
    except WriteFailed as error:  # its exit status, 1, means that nothing is new
        raise ArchiveError(str(error)) from error
    return count


def name_for(pattern: tuple[str, ...], mode: str | None, ignore_case: str | None, options: Mapping[str, Any]) -> str:
    """Return a cursor name that is unique to the pattern and the filters."""
    asked = [(name, value) for name, value in sorted(options.items()) if name not in _OF_NO_MATTER]
    whole = repr((pattern, mode, ignore_case, asked)).encode("utf-8", "replace")
    words = " ".join(pattern)[:_SHOWN].strip() or "all"
    return f"{words} {blake2b(whole, digest_size=4).hexdigest()}"
