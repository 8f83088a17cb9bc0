"""``StateFile``: an SQLite file that may be lost.

What it holds is derived, or worth little. So nothing that befalls it stops a run; it is said once, as a warning.
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

from ticker.files import is_file_or_nothing, make_file

log = logging.getLogger("ticker")
T = TypeVar("T")

# The last is what SQLite says of tables and columns that are not there.
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)

_BESIDE = ("-wal", "-shm", "-journal")
"""How the names of the files end that SQLite keeps beside one."""


class Unreadable(Exception):
    """To be raised by who finds in a file what was never written there; it counts as damaged."""


class StateFile:
    """The SQLite file ``path`` with the tables of ``schema``, made when something is first written.

    Safe for several threads, and for several processes on one file, for which each waits up to ``patience`` seconds.
    A file that cannot be used is warned of, once, and done without; one that is damaged is put aside. ``without`` is
    what the warnings say of the time without it. With ``in_wal`` a write costs no wait for the disk, and a folder that
    cannot be written holds nothing that can be read.
    """

    def __init__(self, path: Path, schema: str, without: str, *, in_wal: bool, patience: float = 5.0) -> None:
        self._path = path
        self._schema = schema
        self._without = without
        self._in_wal = in_wal
        self._patience = patience
        self._connection: sqlite3.Connection | None = None
        self._usable = True
        self._lock = Lock()

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """What ``work`` gives; None where there is no file, or where it cannot be used."""
        if self._connection is None and not self._path.exists():
            return None
        return self._use(work)

    def write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Lets ``work`` change the file: all of it or, where the file does not allow it, nothing."""

        def change(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")  # what is read within is what is changed
            with connection:
                work(connection)

        self._use(change)

    def close(self) -> None:
        """Closes the file; a later use opens it again."""
        with self._lock:
            self._disconnect()

    def _use(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        with self._lock:
            if not self._usable:
                return None
            try:
                return work(self._opened())
            except Unreadable:
                self._put_aside()
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
            self._refuse_links()
            self._path.parent.mkdir(parents=True, exist_ok=True)
            make_file(self._path)
            # The lock above keeps to one thread at a time, which is all that SQLite asks.
            self._connection = sqlite3.connect(self._path, timeout=self._patience, check_same_thread=False)
            if self._in_wal:
                self._switch_to_wal(self._connection)
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(self._schema)
        return self._connection

    def _refuse_links(self) -> None:
        """Raises OSError where something of the file is a link, which leads elsewhere, or a pipe, which never ends."""
        files = (self._path.with_name(self._path.name + suffix) for suffix in ("", *_BESIDE))
        if self._path.parent.is_symlink() or not all(map(is_file_or_nothing, files)):
            raise OSError(EINVAL, "it is a link, or no file")

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
            for suffix in _BESIDE:
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        except OSError as error:
            self._give_up(error)
        else:
            log.warning("%s: damaged; put aside as %s, %s", self._path, aside.name, self._without)

    def _give_up(self, error: Exception) -> None:
        self._usable = False
        self._disconnect()
        log.warning("%s: cannot be used (%s); %s", self._path, error, self._without)
