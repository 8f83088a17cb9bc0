"""JSON Lines, as the archive stores them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticker.export.formats import ExportMetadata, Record


def lines(records: Iterable[Record], about: ExportMetadata) -> Iterator[str]:
    """Yield one line for each record."""
    return (record.to_line() for record in records)
