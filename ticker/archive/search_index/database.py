"""The index's SQLite file; the only module here that imports sqlite3 and converts its errors."""

from __future__ import annotations

import json
import sqlite3
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ticker.archive.checkpoints import Checkpoints, pack, unpack
from ticker.archive.layout import KINDS, Kind

# Increment this when the stored data or the tokenization changes.
_VERSION = 2
_SIGNATURE = f"{_VERSION} {unicodedata.unidata_version}"
_TABLES = """
CREATE TABLE made (signature TEXT);
CREATE TABLE files (kind TEXT PRIMARY KEY, marks BLOB);
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE vocabulary (number INTEGER PRIMARY KEY, words BLOB);
CREATE VIRTUAL TABLE headlines USING fts5(tokens, content='', columnsize=0, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE articles USING fts5(tokens, content='', columnsize=0, detail=none, tokenize='ascii');
"""
# FTS5 collects this many bytes of tokens before it writes a sorted run. After a small addition it merges 8 runs. In
# bulk it merges 32 at once, since merging along the way would cost as much as writing.
_GATHERED = 8 << 20
_CACHED = 16 << 10  # kilobytes
_RUNS, _MOST_RUNS = 8, 32
_MERGED = 4000  # pages merged in one transaction, which takes less than a second
_TIDIED = 200  # pages merged after a small addition, in a few milliseconds; automerge works in units of 64
_CHUNK = 64 << 10  # bytes of words in a row of the vocabulary
_COUNT = struct.Struct("<qq")  # day, and the number of lines before its checkpoint
_PATIENCE = 1.0  # seconds to wait while another process commits
_FIRST_PAGE, _LARGEST_PAGE = 500, 20_000  # rows fetched at a time

_DAMAGES = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}


class Unavailable(Exception):
    """The index cannot be used or written for now: locked, missing, no permission, disk full."""


class Damaged(Unavailable):
    """The file is not an index, or not of this version."""


class Database:
    """The index file at ``path``. Every method raises Unavailable or Damaged."""

    def __init__(self, path: Path, *, writing: bool = False) -> None:
        self._checkpoints: dict[Kind, tuple[int, Checkpoints]] = {}
        with _translated():
            mode = "rwc" if writing else "ro"
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=_PATIENCE,
                isolation_level=None,
                check_same_thread=False,
            )
        try:
            with _translated():
                if writing and not self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                    self._make()
                made = self._connection.execute("SELECT signature FROM made").fetchone()
            if made != (_SIGNATURE,):
                raise Damaged(f"made by another version: {made}")
        except Unavailable:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def checkpoints(self, kind: Kind) -> Checkpoints:
        """Return the checkpoint of each day; the same object as long as nothing changes.

        All checkpoints of a kind are one value, since every command reads them.
        """
        with _translated():
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()  # changes when others commit
            if self._checkpoints.get(kind, (None,))[0] == version:
                return self._checkpoints[kind][1]
            found = self._connection.execute("SELECT marks FROM files WHERE kind = ?", (kind,)).fetchone()
        try:
            checkpoints = unpack(found[0]) if found else {}
        except ValueError as error:
            raise Damaged(str(error)) from error
        self._checkpoints[kind] = version, checkpoints
        return checkpoints

    def numbers(self, kind: Kind, expression: str, low: int, high: int, newest_first: bool) -> Iterator[int]:
        """Yield the row numbers from ``low`` to ``high`` (inclusive) that match an FTS5 expression, in order.

        Rows are fetched in pages, and the file is locked only while a page is fetched.
        """
        order = "DESC" if newest_first else "ASC"
        question = (
            f"SELECT rowid FROM {kind} WHERE {kind} MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid {order} LIMIT ?"
        )
        size = _FIRST_PAGE
        while low <= high:
            with _translated():
                found = [row[0] for row in self._connection.execute(question, (expression, low, high, size))]
            yield from found
            if len(found) < size:
                return
            low, high = (low, found[-1] - 1) if newest_first else (found[-1] + 1, high)
            size = min(size * 4, _LARGEST_PAGE)

    def words(self, fragment: str, most: int) -> list[str] | None:
        """Return the words that contain ``fragment``; None if there are more than ``most``.

        A newline in ``fragment`` matches the start or the end of a word.
        """
        needle = fragment.encode("utf-8", "replace")
        found: list[str] = []
        with _translated():
            for (chunk,) in self._connection.execute("SELECT words FROM vocabulary"):
                at = chunk.find(needle)
                while at >= 0:
                    inside = at + needle.startswith(b"\n")
                    start, end = chunk.rfind(b"\n", 0, inside) + 1, chunk.find(b"\n", inside)
                    found.append(chunk[start:end].decode())
                    if len(found) > most:
                        return None
                    at = chunk.find(needle, end)
        return found

    def has_words(self, words: Iterable[str]) -> bool:
        """Return whether all of ``words`` are in the vocabulary."""
        left = set(words)
        with _translated():
            for (chunk,) in self._connection.execute("SELECT words FROM vocabulary"):
                left.difference_update(chunk.decode("utf-8", "replace").split("\n"))
        return not left

    def damage(self) -> str:
        """Check the whole database file; return what is wrong, or ""."""
        with _translated():
            (found,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        return "" if found == "ok" else f"is damaged: {found}"

    @contextmanager
    def change(self, in_bulk: bool) -> Iterator[None]:
        """Run the changes made within as one transaction."""
        with _translated():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            for kind in KINDS:
                self._tune(kind, "automerge", 0 if in_bulk else _RUNS)
            yield
            for kind in () if in_bulk else KINDS:
                self._tune(kind, "merge", _TIDIED)
            with _translated():
                self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.rollback()

    def add(self, kind: Kind, rows: Iterable[tuple[int, str]]) -> None:
        """Add rows: numbers and their tokens."""
        with _translated():
            self._connection.executemany(f"INSERT INTO {kind} (rowid, tokens) VALUES (?, ?)", rows)

    def merge(self, kind: Kind) -> None:
        """Merge all sorted runs of ``kind`` into one, step by step, so that a lookup searches one place."""
        pages = -_MERGED  # FTS5's documentation of "merge": negative first, then repeat until nothing changes
        changed = 2
        while changed >= 2:
            with _translated():
                before = self._connection.total_changes
                self._connection.execute(f"INSERT INTO {kind} ({kind}, rank) VALUES ('merge', ?)", (pages,))
                changed = self._connection.total_changes - before
            pages = _MERGED

    def add_words(self, words: Iterable[str]) -> None:
        """Add the words that are new to the vocabulary."""
        with _translated():
            new = self._connection.execute(
                "INSERT OR IGNORE INTO words SELECT value FROM json_each(?) RETURNING word",
                (json.dumps(sorted(words), ensure_ascii=False),),
            ).fetchall()
            if not new:
                return
            text = "".join(f"{word}\n" for (word,) in new).encode()
            last = self._connection.execute(
                "SELECT number, length(words) FROM vocabulary ORDER BY number DESC LIMIT 1"
            ).fetchone()
            if last and last[1] + len(text) <= _CHUNK:
                # Cast to a blob, since `||` returns text.
                self._connection.execute(
                    "UPDATE vocabulary SET words = CAST(words || ? AS BLOB) WHERE number = ?", (text, last[0])
                )
            else:
                self._connection.execute("INSERT INTO vocabulary (words) VALUES (?)", (b"\n" + text,))

    def set_checkpoints(self, kind: Kind, checkpoints: Checkpoints) -> None:
        """Store the checkpoints of the days in ``checkpoints``; other days keep theirs."""
        noted = {**self.checkpoints(kind), **checkpoints}
        self._checkpoints.pop(kind, None)
        with _translated():
            self._connection.execute("REPLACE INTO files VALUES (?, ?)", (kind, pack(noted)))

    def line_counts(self, kind: Kind) -> Mapping[date, int]:
        """Return the number of lines before the checkpoint of each day; empty for an old index."""
        with _translated():
            found = self._connection.execute("SELECT marks FROM files WHERE kind = ?", (_counts_of(kind),)).fetchone()
        try:
            return {date.fromordinal(day): count for day, count in _COUNT.iter_unpack(found[0])} if found else {}
        except (struct.error, ValueError, OverflowError) as error:
            raise Damaged(str(error)) from error

    def set_line_counts(self, kind: Kind, counts: Mapping[date, int]) -> None:
        """Store the counts of the days in ``counts``; other days keep theirs."""
        noted = {**self.line_counts(kind), **counts}
        content = b"".join(_COUNT.pack(day.toordinal(), count) for day, count in noted.items())
        with _translated():
            self._connection.execute("REPLACE INTO files VALUES (?, ?)", (_counts_of(kind), content))

    def _make(self) -> None:
        self._connection.executescript(f"PRAGMA page_size = 8192; BEGIN; {_TABLES}")
        for kind in KINDS:
            self._tune(kind, "hashsize", _GATHERED)
            self._tune(kind, "crisismerge", _MOST_RUNS)
        self._connection.execute("INSERT INTO made VALUES (?)", (_SIGNATURE,))
        self._connection.execute("COMMIT")

    def _tune(self, kind: Kind, setting: str, value: int) -> None:
        with _translated():
            self._connection.execute(f"PRAGMA cache_size = -{_CACHED}")
            self._connection.execute(f"INSERT INTO {kind} ({kind}, rank) VALUES (?, ?)", (setting, value))


def _counts_of(kind: Kind) -> str:
    return f"lines of {kind}"


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        raise (Damaged if code in _DAMAGES else Unavailable)(str(error)) from error
