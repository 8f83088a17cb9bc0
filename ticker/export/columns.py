"""Records as table rows, for the formats with columns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from ticker.export.formats import Record

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Type = Literal["text", "number", "seconds", "texts"]
"""The type of a cell: a string, a number, seconds since 1970 in UTC, or a list of strings; each may be None."""


class Column(NamedTuple):
    """A column and the type of its cells."""

    name: str
    type: Type = "text"


_TYPES: Mapping[str, Type] = {"authors": "texts", "reader": "number"}


def _columns(names: str) -> tuple[Column, ...]:
    return tuple(map(_column, names.split()))


def _column(name: str) -> Column:
    return Column(name, "seconds" if name.endswith("_utc") else _TYPES.get(name, "text"))


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "headlines": _columns(
        "time time_utc source title url id seen seen_utc page time_text precision section revises extra"
    ),
    "articles": _columns(
        "time time_utc source title url id seen seen_utc page published published_utc modified modified_utc "
        "authors language description site revises body extra reader"
    ),
}
"""The fields of a line, with each time as stored, including its offset, and again in UTC; ``extra`` is JSON."""


def fields_of(record: Record) -> dict[str, Any]:
    """Return the fields of a record; an unknown field never overrides a column."""
    return {**record.to_dict(), "reader": getattr(record, "reader", None)}


def row(record: Record, columns: tuple[Column, ...]) -> list[Any]:
    """Return the cells of a record."""
    fields = fields_of(record)
    fields["extra"] = json.dumps(dict(record.extra), ensure_ascii=False) if record.extra else None
    return [
        _seconds(getattr(record, name.removesuffix("_utc"))) if type == "seconds" else fields.get(name)
        for name, type in columns
    ]


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - _EPOCH) // timedelta(seconds=1)
