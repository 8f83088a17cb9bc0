"""``ValidatorStore``: the ETag and Last-Modified of pages, remembered between runs.

What it holds is derived: without it pages are fetched whole. So nothing that befalls its file stops a fetch; it is
said once, as a warning.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TypeVar

from ticker.fetching.fetched import Fetched

log = logging.getLogger("ticker")
T = TypeVar("T")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS validators (
    url TEXT PRIMARY KEY, final_url TEXT NOT NULL, token TEXT NOT NULL,
    etag TEXT, last_modified TEXT, seen TEXT NOT NULL
) WITHOUT ROWID
"""
# Articles are fetched once or a few times; what has not been asked for so long will hardly be again.
_KEPT = timedelta(days=90)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators of a page: where its redirects ended, and the headers that ``final_url`` sent."""

    final_url: str
    etag: str | None
    last_modified: str | None


class ValidatorStore:
    """Remembers validators in the SQLite file ``path``, which is made when there is something to remember.

    ``token`` names the program's version and how pages are read; what was remembered under another token is not
    used, so that a newer parser gets to read every page again. Safe for several threads, and for several
    processes on one file, for which each waits up to ``patience`` seconds. A file that cannot be used is warned
    of, once, and done without; one that is damaged is put aside.
    """

    def __init__(self, path: Path, token: str, *, patience: float = 5.0) -> None:
        self._path = path
        self._token = token
        self._patience = patience
        self._connection: sqlite3.Connection | None = None
        self._usable = True
        self._pruned = False
        self._lock = Lock()

    def get(self, url: str) -> Validators | None:
        """The validators remembered for the page at ``url``, or None."""
        if self._connection is None and not self._path.exists():
            return None

        def read(connection: sqlite3.Connection) -> Validators | None:
            row = connection.execute(
                "SELECT final_url, etag, last_modified FROM validators WHERE url = ? AND token = ?", (url, self._token)
            ).fetchone()
            return Validators(*row) if row else None

        return self._use(read)

    def put(self, fetched: Fetched) -> None:
        """Remembers the validators of a page in place of its older ones; forgets those where it has none."""
        row = (fetched.url, fetched.final_url, self._token, fetched.etag, fetched.last_modified)

        def write(connection: sqlite3.Connection) -> None:
            with connection:
                if not self._pruned:
                    connection.execute("DELETE FROM validators WHERE seen < ?", (_day(fetched.fetched_at - _KEPT),))
                    self._pruned = True
                if fetched.etag or fetched.last_modified:
                    connection.execute(
                        "INSERT OR REPLACE INTO validators VALUES (?, ?, ?, ?, ?, ?)",
                        (*row, _day(fetched.fetched_at)),
                    )
                else:
                    connection.execute("DELETE FROM validators WHERE url = ?", (fetched.url,))

        self._use(write)

    def close(self) -> None:
        """Closes the file; a later use opens it again."""
        with self._lock:
            self._disconnect()

    def _use(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """What ``work`` gives; None, and a warning, where the file does not allow it."""
        with self._lock:
            if not self._usable:
                return None
            try:
                return work(self._opened())
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode in _DAMAGED:
                    self._put_aside()
                else:
                    self._give_up(error)
            except OSError as error:
                self._give_up(error)
            return None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # The lock above keeps to one thread at a time, which is all that SQLite asks.
            self._connection = sqlite3.connect(self._path, timeout=self._patience, check_same_thread=False)
            self._switch_to_wal(self._connection)
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute(_SCHEMA)
        return self._connection

    def _switch_to_wal(self, connection: sqlite3.Connection) -> None:
        """Sets the journal's mode, which SQLite refuses at once, and does not wait for, while another connects."""
        until = time.monotonic() + self._patience
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
            time.sleep(0.02)

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _put_aside(self) -> None:
        aside = self._path.with_name(self._path.name + ".damaged")
        self._disconnect()
        try:
            self._path.replace(aside)
            for suffix in ("-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        except OSError as error:
            self._give_up(error)
        else:
            log.warning("%s: damaged; put aside as %s, pages are fetched whole once more", self._path, aside.name)

    def _give_up(self, error: Exception) -> None:
        self._usable = False
        self._disconnect()
        log.warning("%s: cannot be used (%s); unchanged pages are fetched whole", self._path, error)


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
