"""What the common options say."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from ticker.settings import Settings

IS_INCOMPLETE = "ticker.is_incomplete"
"""Set in a context's ``meta`` where a file of the archive could not be read: the command gave what it could, and fails
at its end."""


class Invocation(NamedTuple):
    """What the common options say, before or after the command's name; the latter wins."""

    config: str | None = None
    archive: str | None = None
    verbose: int = 0
    quiet: bool = False
    no_index: bool = False

    def settings(self) -> Settings:
        """The settings of this run, from the options, the environment and the file; raises SettingsError."""
        from ticker.settings import load

        return load(self.config, self.archive, os.environ)

    def start_logging(self) -> None:
        """Lets the library's log speak on stderr, as far as --verbose asks for."""
        import logging

        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("ticker: %(message)s"))
        logger = logging.getLogger("ticker")
        logger.handlers = [handler]
        logger.setLevel((logging.WARNING, logging.INFO, logging.DEBUG)[min(self.verbose, 2)])

    def note(self, text: str) -> None:
        """Tells the user something on stderr, unless they asked for quiet."""
        if not self.quiet:
            click.echo(text, err=True)
