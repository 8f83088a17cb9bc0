"""One JSON array, a record a line; an empty one where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticker.exporting.about import About
    from ticker.exporting.formats import Record


def lines(records: Iterable[Record], about: About) -> Iterator[str]:
    """The lines of the array."""
    before = None
    yield "["
    for record in records:
        if before is not None:
            yield f"{before},"
        before = record.to_line()
    if before is not None:
        yield before
    yield "]"
