"""What is said to people on stderr, and to the log where there is one. It loads nothing where there is none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from ticker.text import harmless

if TYPE_CHECKING:
    from ticker.commands.log import Log

LOG = "ticker's log"
"""The name of the handler of the library's logger that is the log."""
DEBUG, INFO, WARNING, ERROR = 10, 20, 30, 40  # as in logging


def current_log() -> Log | None:
    """The log of this run."""
    logging = sys.modules.get("logging")
    handlers = logging.getLogger("ticker").handlers if logging else ()
    return next((handler for handler in handlers if handler.name == LOG), None)


def say(text: str, level: int = ERROR, event: str = "error", **fields: Any) -> None:
    """Says a line on stderr, where it begins with the program's name, and tells the log of it as an ``event``.

    ``text`` may quote what anyone wrote into a page or an archive: on the line is what steers no terminal.
    """
    if tell_log(level, event, text, **fields):
        click.echo(f"ticker: {harmless(text)}", err=True)


def tell_log(level: int, event: str, text: str, **fields: Any) -> bool:
    """Tells the log of an event; returns whether people are still to be told on stderr, where the log is none."""
    log = current_log()
    if log is None:
        return True
    from ticker.commands.log import log_event

    log_event(level, event, text, **fields)
    return not log.is_on_stderr


def number_of(count: int, noun: str) -> str:
    """``1 line``, ``1,200 lines``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
