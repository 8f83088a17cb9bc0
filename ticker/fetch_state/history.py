"""The store of fetch results of each source, kept between runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ticker.fetch_state.database import StateFile, Unreadable
from ticker.fetch_state.schedule import (
    FetchResult,
    HeadlineHistory,
    SourceState,
    derive_headline_history,
    next_headline_history,
    next_state,
    pause_before,
)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sources (
    source TEXT PRIMARY KEY, url TEXT NOT NULL, tried TEXT NOT NULL, succeeded TEXT, error TEXT NOT NULL,
    headlines INTEGER NOT NULL, new INTEGER NOT NULL, unchanged INTEGER NOT NULL, failures INTEGER NOT NULL,
    failing_since TEXT, wait REAL NOT NULL, not_before TEXT, news TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pauses (
    source TEXT NOT NULL, day TEXT NOT NULL, seconds REAL NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (source, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS showings (
    source TEXT PRIMARY KEY, url TEXT NOT NULL, listed TEXT, bare INTEGER NOT NULL, reason TEXT NOT NULL,
    skipped INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS moves (source TEXT PRIMARY KEY, url TEXT NOT NULL, moved_to TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS misses (
    source TEXT PRIMARY KEY, url TEXT NOT NULL, selector TEXT NOT NULL, runs INTEGER NOT NULL
) WITHOUT ROWID;
"""
_COLUMNS = tuple(field.name for field in fields(SourceState))
_MOMENTS = frozenset({"tried", "succeeded", "failing_since", "not_before", "news", "listed"})
_DAYS_KEPT = 60  # latest days with news whose pauses are kept, because a source's rhythm changes


class FetchHistory:
    """The history of sources in the SQLite file ``path``, a ``StateFile``.

    It uses a rollback journal, not WAL, because WAL cannot be read in a read-only folder.
    """

    def __init__(self, path: Path, *, lock_timeout: float = 5.0) -> None:
        self._file = StateFile(
            path, _SCHEMA, "the history and the backoff of sources are missing", in_wal=False,
            lock_timeout=lock_timeout,
        )  # fmt: skip

    def states(self) -> dict[str, SourceState]:
        """Return the state of each source, by name."""
        return self._file.read(_states) or {}

    def headline_histories(self) -> dict[str, HeadlineHistory]:
        """Return the headline history of each source, by name."""
        return self._file.read(lambda connection: _showings(connection, _states(connection))) or {}

    def pauses(self) -> dict[str, list[float]]:
        """Return the longest pauses in seconds that ended on the latest days with news, by source name."""

        def read(connection: sqlite3.Connection) -> dict[str, list[float]]:
            found: dict[str, list[float]] = {}
            for source, seconds in connection.execute("SELECT source, seconds FROM pauses ORDER BY number"):
                found.setdefault(source, []).append(seconds)
            return found

        return self._file.read(read) or {}

    def moves(self) -> dict[tuple[str, str], str]:
        """Return the new URLs of permanently moved sources, by source name and old URL."""

        def read(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
            rows = connection.execute("SELECT source, url, moved_to FROM moves")
            return {(source, url): moved_to for source, url, moved_to in rows}

        return self._file.read(read) or {}

    def misses(self) -> dict[tuple[str, str], tuple[str, int]]:
        """Return the selector that matches nothing and its number of consecutive runs, by source name and URL."""

        def read(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, int]]:
            rows = connection.execute("SELECT source, url, selector, runs FROM misses")
            return {(source, url): (selector, runs) for source, url, selector, runs in rows}

        return self._file.read(read) or {}

    def change_url(self, source: str, url: str) -> None:
        """Keep the history of a source whose URL changes to ``url``."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE sources SET url = ? WHERE source = ?", (url, source))
            connection.execute("DELETE FROM moves WHERE source = ?", (source,))

        self._file.write(write)

    def record(self, attempts: Iterable[FetchResult]) -> None:
        """Record the results of fetching sources."""

        def write(connection: sqlite3.Connection) -> None:
            states = _states(connection)
            headline_histories = _showings(connection, states)
            for attempt in attempts:
                before = states.get(attempt.source)
                state = states[attempt.source] = next_state(attempt, before)
                values = [_to_column(getattr(state, name)) for name in _COLUMNS]
                marks = ", ".join("?" * (len(values) + 1))
                connection.execute(f"INSERT OR REPLACE INTO sources VALUES ({marks})", (attempt.source, *values))
                headline_history = headline_histories[attempt.source] = next_headline_history(
                    attempt, headline_histories.get(attempt.source)
                )
                _keep_showing(connection, attempt.source, headline_history)
                if before and before.url != attempt.url:
                    connection.execute("DELETE FROM pauses WHERE source = ?", (attempt.source,))
                _note_move(connection, attempt)
                _note_misses(connection, attempt)
                pause = pause_before(attempt, before)
                if pause is not None:
                    _note_pause(connection, attempt.source, attempt.at, pause)

        self._file.write(write)

    def skip(self, sources: Iterable[str]) -> None:
        """Count a run that skips ``sources``; a source without history is ignored."""
        names = list(sources)

        def write(connection: sqlite3.Connection) -> None:
            headline_histories = _showings(connection, _states(connection))
            for name in names:
                if name in headline_histories:
                    _keep_showing(
                        connection,
                        name,
                        replace(headline_histories[name], skipped=headline_histories[name].skipped + 1),
                    )

        if names:
            self._file.write(write)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _states(connection: sqlite3.Connection) -> dict[str, SourceState]:
    rows = connection.execute(f"SELECT source, {', '.join(_COLUMNS)} FROM sources")
    try:
        return {source: SourceState(*map(_from_column, _COLUMNS, values)) for source, *values in rows}
    except (ValueError, TypeError, OverflowError) as error:
        raise Unreadable(str(error)) from error


def _showings(connection: sqlite3.Connection, states: Mapping[str, SourceState]) -> dict[str, HeadlineHistory]:
    """Return the headline history by source; without a row, as in an older version's file, derive it from the state."""
    found = {source: derive_headline_history(state) for source, state in states.items()}
    try:
        for source, url, listed, *rest in connection.execute(
            "SELECT source, url, listed, bare, reason, skipped FROM showings"
        ):
            found[source] = HeadlineHistory(url, _from_column("listed", listed), *rest)
    except (ValueError, TypeError, OverflowError) as error:
        raise Unreadable(str(error)) from error
    return found


def _keep_showing(connection: sqlite3.Connection, source: str, headline_history: HeadlineHistory) -> None:
    values = (
        headline_history.url,
        _to_column(headline_history.listed),
        headline_history.bare,
        headline_history.reason,
        headline_history.skipped,
    )
    connection.execute("INSERT OR REPLACE INTO showings VALUES (?, ?, ?, ?, ?, ?)", (source, *values))


def _note_move(connection: sqlite3.Connection, attempt: FetchResult) -> None:
    if attempt.moved_to:
        row = attempt.source, attempt.url, attempt.moved_to
        connection.execute("INSERT OR REPLACE INTO moves VALUES (?, ?, ?)", row)
    elif not attempt.error:
        connection.execute("DELETE FROM moves WHERE source = ?", (attempt.source,))


def _note_misses(connection: sqlite3.Connection, attempt: FetchResult) -> None:
    if attempt.unchanged:
        connection.execute(
            "UPDATE misses SET runs = runs + 1 WHERE source = ? AND url = ?", (attempt.source, attempt.url)
        )
    elif attempt.missed:
        connection.execute(
            "INSERT INTO misses VALUES (?1, ?2, ?3, 1) ON CONFLICT DO UPDATE SET "
            "url = ?2, selector = ?3, runs = CASE url WHEN ?2 THEN runs + 1 ELSE 1 END",
            (attempt.source, attempt.url, attempt.missed[0]),
        )
    elif not attempt.error:
        connection.execute("DELETE FROM misses WHERE source = ?", (attempt.source,))


def _note_pause(connection: sqlite3.Connection, source: str, at: datetime, pause: timedelta) -> None:
    # The latest rows are found by number, not by day, because the clock may have been wrong.
    connection.execute(
        "INSERT INTO pauses SELECT ?1, ?2, ?3, coalesce(max(number), 0) + 1 FROM pauses WHERE source = ?1 "
        "ON CONFLICT DO UPDATE SET seconds = max(seconds, excluded.seconds)",
        (source, at.date().isoformat(), pause.total_seconds()),
    )
    connection.execute(
        "DELETE FROM pauses WHERE source = ?1 AND number <= (SELECT max(number) FROM pauses WHERE source = ?1) - ?2",
        (source, _DAYS_KEPT),
    )


def _to_column(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else value


def _from_column(name: str, value: Any) -> Any:
    if name in _MOMENTS and value is not None:
        return datetime.fromisoformat(value).astimezone(UTC)
    if name == "wait":
        return timedelta(seconds=value)
    return bool(value) if name == "unchanged" else value
