"""The values of the common options, and what follows from them: settings, log and messages."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import click

from ticker.commands.saying import DEBUG, INFO, WARNING, current_log
from ticker.files import expanded
from ticker.text import harmless

if TYPE_CHECKING:
    from ticker.settings import Settings

IS_INCOMPLETE = "ticker.is_incomplete"
"""Key in a context's ``meta``, set if a file of the archive could not be read: the command then fails at its end."""


class Invocation(NamedTuple):
    """The common options, given before or after the command's name; later ones win."""

    config: str | None = None
    archive: str | None = None
    verbose: int = 0
    quiet: bool = False
    no_index: bool = False
    log_file: str | None = None
    log_json: bool = False

    def settings(self) -> Settings:
        """Return the settings, and open the log if one is configured. Raises UsageError."""
        settings = self.read_settings()
        path = expanded(self.log_file).absolute() if self.log_file else settings.log_file
        if (path or self.log_json) and not current_log():
            from ticker.commands.log import open_log

            level = WARNING if self.quiet and not path else DEBUG if self.verbose > 1 else INFO
            open_log(path, self.log_json, click.get_current_context().command_path, level)
        return settings

    def log_options(self) -> list[str]:
        """Return the log options with absolute paths, for a command line run from another folder."""
        file = ["--log-file", str(expanded(self.log_file).absolute())] if self.log_file else []
        return [*file, *(["--log-json"] if self.log_json else [])]

    def read_settings(self) -> Settings:
        """Return the settings from the options, the environment and the file. Raises SettingsError."""
        from ticker.settings import load

        return load(self.config, self.archive, os.environ)

    def start_logging(self) -> None:
        """Send the library's log to stderr, at the level that --verbose sets."""
        import logging

        log, level = current_log(), (WARNING, INFO, DEBUG)[min(self.verbose, 2)]
        logger = logging.getLogger("ticker")
        if log and log.is_on_stderr:
            return
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("ticker: %(message)s"))
        handler.setLevel(level)
        handler.addFilter(lambda record: not hasattr(record, "event"))  # commands print events in their own words
        logger.handlers = [handler, *([log] if log else [])]
        logger.setLevel(min(level, log.level) if log else level)

    @property
    def is_log_on_stderr(self) -> bool:
        """Whether stderr carries the JSON log instead of messages."""
        log = current_log()
        return log is not None and log.is_on_stderr

    def note(self, text: str, **counts: object) -> None:
        """Print a message on stderr unless quiet, and keep it with ``counts`` as the log's summary of the run."""
        log = current_log()
        if log:
            log.sum_up(text.removeprefix("ticker: "), counts)
        if not self.quiet and not self.is_log_on_stderr:
            click.echo(harmless(text), err=True)
