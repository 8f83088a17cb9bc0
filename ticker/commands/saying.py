"""Messages on stderr and in the log; ``logging`` is imported only if there is a log."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from ticker.text import harmless

if TYPE_CHECKING:
    from ticker.commands.log import Log

LOG = "ticker's log"
"""The name of the log's handler in the library's logger."""
DEBUG, INFO, WARNING, ERROR = 10, 20, 30, 40  # as in logging


def current_log() -> Log | None:
    """Return the log of this run, if any."""
    logging = sys.modules.get("logging")
    handlers = logging.getLogger("ticker").handlers if logging else ()
    return next((handler for handler in handlers if handler.name == LOG), None)


def say(text: str, level: int = ERROR, event: str = "error", **fields: Any) -> None:
    """Print a line on stderr after the program's name, and log it as an ``event``.

    ``text`` may quote a page or an archive: control characters become spaces.
    """
    if tell_log(level, event, text, **fields):
        click.echo(f"ticker: {harmless(text)}", err=True)


def tell_log(level: int, event: str, text: str, **fields: Any) -> bool:
    """Log an event, if there is a log; return whether to print a message on stderr as well."""
    log = current_log()
    if log is None:
        return True
    from ticker.commands.log import log_event

    log_event(level, event, text, **fields)
    return not log.is_on_stderr


def number_of(count: int, noun: str) -> str:
    """``1 line``, ``1,200 lines``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
