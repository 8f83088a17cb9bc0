"""Parquet files, with the optional pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ticker.errors import ExportError, install_hint
from ticker.export.columns import COLUMNS, row

if TYPE_CHECKING:
    from ticker.export.formats import ExportMetadata, Record

_ROWS = {"headlines": 5_000, "articles": 500}
"""Rows in a row group, which is held in memory: about 5 MB."""


def write(records: Iterable[Record], about: ExportMetadata, path: Path) -> None:
    """Write the file ``path``, with times as stored strings and as UTC timestamps; raises ExportError."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise ExportError(f"Parquet needs pyarrow: {install_hint('pyarrow')}") from error
    types = {
        "text": pa.string(),
        "number": pa.int32(),
        "seconds": pa.timestamp("ms", "UTC"),
        "texts": pa.list_(pa.string()),
    }
    columns = COLUMNS[about.kind]
    schema = pa.schema([(column.name, types[column.type]) for column in columns])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(records, _ROWS[about.kind]):
            cells: list[list[Any]] = list(map(list, zip(*(row(record, columns) for record in batch), strict=True)))
            for number, column in enumerate(columns):
                if column.type == "seconds":
                    cells[number] = [None if seconds is None else 1000 * seconds for seconds in cells[number]]
            arrays = [pa.array(each, type) for each, type in zip(cells, schema.types, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _batches(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    left = iter(records)
    while batch := list(islice(left, size)):
        yield batch
