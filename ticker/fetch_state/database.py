"""An SQLite file whose loss is tolerated.

Its content is derived or of little value. An error in it never stops a run; it is logged once as a warning.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from errno import EINVAL
from pathlib import Path
from threading import Lock
from typing import TypeVar

from ticker.fileio import create_file, is_file_or_missing

log = logging.getLogger("ticker")
T = TypeVar("T")

# SQLITE_ERROR is the code for missing tables and columns.
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)

_BESIDE = ("-wal", "-shm", "-journal")
"""Suffixes of the files that SQLite keeps beside a database."""


class Unreadable(Exception):
    """Raised by callers for a value that this program never writes; the file then counts as damaged."""


class StateFile:
    """The SQLite file ``path`` with the tables of ``schema``, created at the first write.

    Threads and processes can share it; each waits up to ``lock_timeout`` seconds for a lock. An unusable file gives one
    warning and is ignored; a damaged one is renamed. ``without`` ends these warnings with the consequence. With
    ``in_wal`` a write does not wait for the disk, but the file cannot be read in a read-only folder.
    """

    def __init__(self, path: Path, schema: str, without: str, *, in_wal: bool, lock_timeout: float = 5.0) -> None:
        self._path = path
        self._schema = schema
        self._without = without
        self._in_wal = in_wal
        self._patience = lock_timeout
        self._connection: sqlite3.Connection | None = None
        self._usable = True
        self._lock = Lock()

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Return the result of ``work``, or None if the file is missing or unusable."""
        if self._connection is None and not self._path.exists():
            return None
        return self._use(work)

    def write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Run ``work`` in one transaction; an unusable file stays unchanged."""

        def change(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")  # locks out other writers between the reads and the writes
            with connection:
                work(connection)

        self._use(change)

    def close(self) -> None:
        """Close the file; a later use opens it again."""
        with self._lock:
            self._disconnect()

    def _use(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        with self._lock:
            if not self._usable:
                return None
            try:
                return work(self._opened())
            except Unreadable:
                self._quarantine()
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode in _DAMAGED:
                    self._quarantine()
                else:
                    self._give_up(error)
            except OSError as error:
                self._give_up(error)
            return None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._refuse_links()
            self._path.parent.mkdir(parents=True, exist_ok=True)
            create_file(self._path)
            # The lock allows one thread at a time, which is all that SQLite requires.
            self._connection = sqlite3.connect(self._path, timeout=self._patience, check_same_thread=False)
            if self._in_wal:
                self._switch_to_wal(self._connection)
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(self._schema)
        return self._connection

    def _refuse_links(self) -> None:
        """Raise OSError if the folder or a file of the database is a link, or a file is not a regular one."""
        files = (self._path.with_name(self._path.name + suffix) for suffix in ("", *_BESIDE))
        if self._path.parent.is_symlink() or not all(map(is_file_or_missing, files)):
            raise OSError(EINVAL, "a link, or not a regular file")

    def _switch_to_wal(self, connection: sqlite3.Connection) -> None:
        """Set the journal mode, with retries: SQLite fails at once, without a timeout, while another connects."""
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

    def _quarantine(self) -> None:
        aside = self._path.with_name(self._path.name + ".damaged")
        self._disconnect()
        try:
            self._path.replace(aside)
            for suffix in _BESIDE:
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        except OSError as error:
            self._give_up(error)
        else:
            log.warning("%s: damaged; renamed to %s; %s", self._path, aside.name, self._without)

    def _give_up(self, error: Exception) -> None:
        self._usable = False
        self._disconnect()
        log.warning("%s: cannot be used (%s); %s", self._path, error, self._without)
