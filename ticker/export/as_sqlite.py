"""SQLite databases with a table ``headlines`` or ``articles``, an index on its UTC time, and a full-text table.

The table's key is ``number``, because ids may occur twice. The full-text table is ``headlines_fts`` or
``articles_fts``, with FTS5's tokenizer unicode61. It references the table, so Datasette and sqlite-utils detect it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ticker.errors import ExportError
from ticker.export.columns import COLUMNS, Column, row

if TYPE_CHECKING:
    from ticker.export.formats import ExportMetadata, Record

_TYPES = {"text": "TEXT", "number": "INTEGER", "seconds": "INTEGER", "texts": "TEXT"}
_REQUIRED = ("source", "title", "id", "seen", "seen_utc")


def write(records: Iterable[Record], about: ExportMetadata, path: Path) -> None:
    """Write the database to ``path``, which is empty or missing; raises ExportError.

    Lists are JSON strings, for SQLite's ``json_each``.
    """
    table, columns = about.kind, COLUMNS[about.kind]
    places, names = ", ".join("?" * len(columns)), ", ".join(column.name for column in columns)
    searched = "title, body" if table == "articles" else "title"
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            # No journal or sync: the caller discards an incomplete file and syncs a complete one.
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("BEGIN")
            definitions = ", ".join(["number INTEGER PRIMARY KEY", *map(_definition, columns)])
            database.execute(f"CREATE TABLE {table} ({definitions})")
            rows = (_cells(each, columns) for each in records)
            database.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)
            database.execute(f"CREATE INDEX {table}_by_time ON {table} (time_utc)")
            database.execute(
                f'CREATE VIRTUAL TABLE {table}_fts USING fts5({searched}, content="{table}", content_rowid="number", '
                'tokenize="unicode61 remove_diacritics 2")'
            )
            database.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
            database.execute("COMMIT")
    except sqlite3.Error as error:
        raise ExportError(f"cannot write the database: {error}") from error


def _definition(column: Column) -> str:
    return f"{column.name} {_TYPES[column.type]}{' NOT NULL' if column.name in _REQUIRED else ''}"


def _cells(record: Record, columns: tuple[Column, ...]) -> list[Any]:
    return [json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else cell for cell in row(record, columns)]
