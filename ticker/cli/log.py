"""The log of a run: a file, or JSON Lines on stderr.

Records come through the logger ``ticker`` of the standard library: the library's warnings, and events, which have the
attributes ``event`` and ``fields``. This module is loaded only if there is a log.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from ticker.errors import UsageError
from ticker.text import replace_controls, without_password


class Log(logging.Handler):
    """A handler that writes one line per record to the file ``path``, or to stderr if None.

    The file is opened once per run, and each line is one append, so logrotate may rename or truncate it.
    """

    def __init__(self, path: Path | None, as_json: bool, command: str, level: int) -> None:
        super().__init__(level)
        self.is_on_stderr = path is None
        self._path = path
        self._as_json = as_json
        self._command = command
        self._began = time.monotonic()
        self._summary: tuple[str, dict[str, Any]] = "", {}
        self._is_broken = False
        self._file = sys.stderr.fileno() if path is None else _opened(path)

    def start(self, arguments: Sequence[str]) -> None:
        """Log the start of the run."""
        log_event(logging.INFO, "start", f"{self._command}: started", arguments=list(arguments), process=os.getpid())

    def sum_up(self, text: str, counts: dict[str, Any]) -> None:
        """Set the summary that ``end`` logs."""
        self._summary = text, counts

    def end(self, status: int) -> None:
        """Log the end of the run and close the file."""
        seconds = round(time.monotonic() - self._began, 3)
        text, counts = self._summary
        message = f"{self._command}: ended with status {status} after {seconds:.1f} s{': ' if text else ''}{text}"
        level = logging.ERROR if status > 1 else logging.INFO
        log_event(
            level, "end", message, status=status, seconds=seconds, **({"summary": text} if text else {}), **counts
        )
        logging.getLogger("ticker").removeHandler(self)
        if not self.is_on_stderr:
            os.close(self._file)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; a failure is reported once and does not stop the run."""
        line = _json_line(record, self._command) if self._as_json else _text_line(record)
        try:
            os.write(self._file, f"{line}\n".encode("utf-8", "replace"))
        except OSError as error:
            if not self._is_broken and not self.is_on_stderr:
                click.echo(f"ticker: log file {self._path}: {error.strerror}", err=True)
            self._is_broken = True


def open_log(path: Path | None, as_json: bool, command: str, level: int) -> None:
    """Open the log of this run for records of at least ``level``. Raises UsageError if it cannot be written."""
    logger = logging.getLogger("ticker")
    log = Log(path, as_json, command, level)
    logger.handlers = [log]
    logger.setLevel(log.level)
    logger.propagate = False
    log.start(sys.argv[1:])


def current() -> Log | None:
    """Return the log of this run, if any."""
    return next((each for each in logging.getLogger("ticker").handlers if isinstance(each, Log)), None)


def log_event(level: int, event: str, message: str, **fields: Any) -> None:
    """Log an event, without a message on stderr."""
    logging.getLogger("ticker").log(level, "%s", message, extra={"event": event, "fields": fields})


def _opened(path: Path) -> int:
    try:
        # Opening a named pipe must not wait for a reader.
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK, 0o666)
        os.set_blocking(file, True)
        return file
    except OSError as error:
        raise UsageError(f"cannot write log file {path}: {error.strerror}") from error


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")


def _text_line(record: logging.LogRecord) -> str:
    source = getattr(record, "fields", {}).get("source")
    label = f"[{source}] " if source else ""
    return replace_controls(without_password(f"{_time(record)} {record.levelname} {label}{record.getMessage()}"))


def _json_line(record: logging.LogRecord, command: str) -> str:
    told = {
        "time": _time(record),
        "level": record.levelname.lower(),
        "event": getattr(record, "event", "warning" if record.levelno >= logging.WARNING else "detail"),
        "command": command,
        "message": record.getMessage(),
        **getattr(record, "fields", {}),
    }
    return json.dumps({name: _clean(value) for name, value in told.items()}, ensure_ascii=False, default=str)


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return replace_controls(without_password(value)) if isinstance(value, str) else value
