"""A store of page validators (ETag, Last-Modified) for conditional requests in later runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ticker.fetch_state.database import StateFile, Unreadable
from ticker.fetching.fetched import Fetched

_SCHEMA = """
CREATE TABLE IF NOT EXISTS known_pages (
    url TEXT PRIMARY KEY, final_url TEXT NOT NULL, token TEXT NOT NULL,
    etag TEXT, last_modified TEXT, day INTEGER NOT NULL, whole_at REAL NOT NULL, kept TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS days (number INTEGER PRIMARY KEY, date TEXT NOT NULL);
"""
# Tables of earlier versions, which used dates or lacked ``whole_at``.
_OLD_TABLES = ("validators", "pages")
# Most articles are fetched a few times only, so validators unused on this many active days are deleted. Active days are
# numbered and not taken from the clock: a clock that is a year ahead for one run must not expire all pages.
_DAYS_KEPT = 90


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators of a page: the URL after redirects, and the headers of its response.

    ``whole_at`` (aware) is when the page was last fetched completely, without a 304.
    """

    final_url: str
    etag: str | None
    last_modified: str | None
    whole_at: datetime


class ValidatorStore:
    """A store of validators in the SQLite file ``path``, with the properties of a ``StateFile``.

    ``token`` identifies the versions of program and parser. Entries with another token are ignored, so a new parser
    parses every page again. ``is_kept`` returns whether a day passed to ``put`` still exists in the archive; validators
    of a page are ignored if none of its days exists.
    """

    def __init__(
        self, path: Path, token: str, *, is_kept: Callable[[str], bool] = lambda day: True, lock_timeout: float = 5.0
    ) -> None:
        self._file = StateFile(
            path, _SCHEMA, "unchanged pages are fetched whole", in_wal=True, lock_timeout=lock_timeout
        )
        self._token = token
        self._is_kept = is_kept
        self._day: tuple[str, int] = "", 0

    def get(self, url: str) -> Validators | None:
        """Return the validators of the page at ``url``, or None."""

        def read(connection: sqlite3.Connection) -> Validators | None:
            row = connection.execute(
                "SELECT final_url, etag, last_modified, whole_at, kept FROM known_pages WHERE url = ? AND token = ?",
                (url, self._token),
            ).fetchone()
            return self._validators(*row) if row else None

        return self._file.read(read)

    def put(self, fetched: Fetched, days: Iterable[str] = ()) -> None:
        """Replace the stored validators of a page; delete them if the page has none.

        ``days`` are the days of the page's records in the archive, in the format of ``is_kept``. If empty, the stored
        days are kept.
        """
        row = (fetched.url, fetched.final_url, self._token, fetched.etag, fetched.last_modified)
        whole_at = fetched.fetched_at.timestamp()

        def write(connection: sqlite3.Connection) -> None:
            date = fetched.fetched_at.date().isoformat()
            if date != self._day[0]:
                self._day = date, _begin_day(connection, date)
            if not fetched.etag and not fetched.last_modified:
                connection.execute("DELETE FROM known_pages WHERE url = ?", (fetched.url,))
            elif fetched.not_modified:
                connection.execute(
                    "UPDATE known_pages SET etag = ?, last_modified = ?, day = ? WHERE url = ? AND token = ?",
                    (fetched.etag, fetched.last_modified, self._day[1], fetched.url, self._token),
                )
            else:
                older = connection.execute("SELECT kept FROM known_pages WHERE url = ?", (fetched.url,)).fetchone()
                kept = " ".join(sorted(set(days))) or (older[0] if older else "")
                connection.execute(
                    "INSERT OR REPLACE INTO known_pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (*row, self._day[1], whole_at, kept),
                )

        self._file.write(write)

    def _validators(
        self, final_url: str, etag: str | None, last_modified: str | None, whole_at: float, kept: str
    ) -> Validators | None:
        days = kept.split()
        if days and not any(map(self._is_kept, days)):
            return None
        try:
            moment = datetime.fromtimestamp(whole_at, UTC)
        except (ValueError, OverflowError, TypeError) as error:
            raise Unreadable(str(error)) from error
        return Validators(final_url, etag, last_modified, moment)

    def close(self) -> None:
        """Close the file; a later call opens it again."""
        self._file.close()


def _begin_day(connection: sqlite3.Connection, date: str) -> int:
    """Return the number of the active day ``date``; a new day deletes expired rows."""
    number, latest = connection.execute("SELECT number, date FROM days ORDER BY number DESC").fetchone() or (0, "")
    if date == latest:
        return int(number)
    connection.execute("DELETE FROM days")
    connection.execute("INSERT INTO days VALUES (?, ?)", (number + 1, date))
    connection.execute("DELETE FROM known_pages WHERE day <= ?", (number + 1 - _DAYS_KEPT,))
    for table in _OLD_TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    return int(number) + 1
