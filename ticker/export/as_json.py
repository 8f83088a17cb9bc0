"""A JSON array with one record on each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticker.export.formats import ExportMetadata, Record


def lines(records: Iterable[Record], about: ExportMetadata) -> Iterator[str]:
    """Yield the lines of the array."""
    before = None
    yield "["
    for record in records:
        if before is not None:
            yield f"{before},"
        before = record.to_line()
    if before is not None:
        yield before
    yield "]"
