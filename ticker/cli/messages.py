"""Messages on stderr and in the log, whose module is imported only if there is a log."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from ticker.text import replace_controls

if TYPE_CHECKING:
    from ticker.cli.log import Log

DEBUG, INFO, WARNING, ERROR = 10, 20, 30, 40  # as in logging


def current_log() -> Log | None:
    """Return the log of this run, if any."""
    module = sys.modules.get("ticker.cli.log")
    return module.current() if module else None


def say(text: str, level: int = ERROR, event: str = "error", **fields: Any) -> None:
    """Print a line on stderr after the program's name, and log it as an ``event``.

    ``text`` may quote a page or an archive: control characters become spaces.
    """
    if log_message(level, event, text, **fields):
        click.echo(f"ticker: {replace_controls(text)}", err=True)


def log_message(level: int, event: str, text: str, **fields: Any) -> bool:
    """Log an event, if there is a log; return whether to print a message on stderr as well."""
    log = current_log()
    if log is None:
        return True
    from ticker.cli.log import log_event

    log_event(level, event, text, **fields)
    return not log.is_on_stderr


def number_of(count: int, noun: str) -> str:
    """Return a count with its noun: ``1 line``, ``1,200 lines``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
