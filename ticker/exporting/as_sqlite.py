"""A SQLite database with one table, ``headlines`` or ``articles``, and an index on its time in UTC."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ticker.errors import ExportError
from ticker.exporting.columns import COLUMNS, Column, row

if TYPE_CHECKING:
    from ticker.exporting.about import About
    from ticker.exporting.formats import Record

_TYPES = {"text": "TEXT", "number": "INTEGER", "seconds": "INTEGER", "texts": "TEXT"}
_REQUIRED = ("source", "title", "id", "seen", "seen_utc")


def write(records: Iterable[Record], about: About, path: Path) -> None:
    """Makes the database in the file ``path``, which is empty or not there; raises ExportError.

    Lists are JSON texts, for SQLite's ``json_each``.
    """
    table, columns = about.kind, COLUMNS[about.kind]
    places = ", ".join("?" * len(columns))
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            # A half-made file is thrown away: it needs no journal, and who calls this syncs it.
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("BEGIN")
            database.execute(f"CREATE TABLE {table} ({', '.join(map(_definition, columns))})")
            database.executemany(f"INSERT INTO {table} VALUES ({places})", (_cells(each, columns) for each in records))
            database.execute(f"CREATE INDEX {table}_by_time ON {table} (time_utc)")
            database.execute("COMMIT")
    except sqlite3.Error as error:
        raise ExportError(f"cannot write the database: {error}") from error


def _definition(column: Column) -> str:
    return f"{column.name} {_TYPES[column.type]}{' NOT NULL' if column.name in _REQUIRED else ''}"


def _cells(record: Record, columns: tuple[Column, ...]) -> list[Any]:
    return [json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else cell for cell in row(record, columns)]
