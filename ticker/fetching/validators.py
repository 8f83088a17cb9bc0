"""``ValidatorStore``: the ETag and Last-Modified of pages, remembered between runs."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from ticker.fetching.fetched import Fetched
from ticker.state import StateFile

_SCHEMA = """
CREATE TABLE IF NOT EXISTS pages (
    url TEXT PRIMARY KEY, final_url TEXT NOT NULL, token TEXT NOT NULL,
    etag TEXT, last_modified TEXT, day INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS days (number INTEGER PRIMARY KEY, date TEXT NOT NULL);
"""
# Articles are fetched once or a few times; what has not been asked for on so many days of work will hardly be again.
# Days on which something was remembered are numbered, and not read from the clock: one that is a year ahead for one run
# must not make all pages old.
_DAYS_KEPT = 90


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators of a page: where its redirects ended, and the headers that ``final_url`` sent."""

    final_url: str
    etag: str | None
    last_modified: str | None


class ValidatorStore:
    """Remembers validators in the SQLite file ``path``; what a ``StateFile`` is, holds for it, too.

    ``token`` names the program's version and how pages are read; what was remembered under another token is not
    used, so that a newer parser gets to read every page again.
    """

    def __init__(self, path: Path, token: str, *, patience: float = 5.0) -> None:
        self._file = StateFile(path, _SCHEMA, "unchanged pages are fetched whole", in_wal=True, patience=patience)
        self._token = token
        self._day: tuple[str, int] = "", 0

    def get(self, url: str) -> Validators | None:
        """The validators remembered for the page at ``url``, or None."""

        def read(connection: sqlite3.Connection) -> Validators | None:
            row = connection.execute(
                "SELECT final_url, etag, last_modified FROM pages WHERE url = ? AND token = ?", (url, self._token)
            ).fetchone()
            return Validators(*row) if row else None

        return self._file.read(read)

    def put(self, fetched: Fetched) -> None:
        """Remembers the validators of a page in place of its older ones; forgets those where it has none."""
        row = (fetched.url, fetched.final_url, self._token, fetched.etag, fetched.last_modified)

        def write(connection: sqlite3.Connection) -> None:
            date = fetched.fetched_at.date().isoformat()
            if date != self._day[0]:
                self._day = date, _begin_day(connection, date)
            if fetched.etag or fetched.last_modified:
                connection.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)", (*row, self._day[1]))
            else:
                connection.execute("DELETE FROM pages WHERE url = ?", (fetched.url,))

        self._file.write(write)

    def close(self) -> None:
        """Closes the file; a later use opens it again."""
        self._file.close()


def _begin_day(connection: sqlite3.Connection, date: str) -> int:
    """The number of the day; where it is a new one, drops what is too old by now."""
    number, latest = connection.execute("SELECT number, date FROM days ORDER BY number DESC").fetchone() or (0, "")
    if date == latest:
        return int(number)
    connection.execute("DELETE FROM days")
    connection.execute("INSERT INTO days VALUES (?, ?)", (number + 1, date))
    connection.execute("DELETE FROM pages WHERE day <= ?", (number + 1 - _DAYS_KEPT,))
    connection.execute("DROP TABLE IF EXISTS validators")  # of versions that went by dates
    return int(number) + 1
