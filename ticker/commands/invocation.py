"""What the common options say."""

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
"""Set in a context's ``meta`` where a file of the archive could not be read: the command gave what it could, and fails
at its end."""


class Invocation(NamedTuple):
    """What the common options say, before or after the command's name; the latter wins."""

    config: str | None = None
    archive: str | None = None
    verbose: int = 0
    quiet: bool = False
    no_index: bool = False
    log_file: str | None = None
    log_json: bool = False

    def settings(self) -> Settings:
        """The settings of this run, whose log begins, where there is to be one; raises UsageError."""
        settings = self.read_settings()
        path = expanded(self.log_file).absolute() if self.log_file else settings.log_file
        if (path or self.log_json) and not current_log():
            from ticker.commands.log import open_log

            level = WARNING if self.quiet and not path else DEBUG if self.verbose > 1 else INFO
            open_log(path, self.log_json, click.get_current_context().command_path, level)
        return settings

    def log_options(self) -> list[str]:
        """The options that say the same of the log from anywhere."""
        file = ["--log-file", str(expanded(self.log_file).absolute())] if self.log_file else []
        return [*file, *(["--log-json"] if self.log_json else [])]

    def read_settings(self) -> Settings:
        """The settings, from the options, the environment and the file; raises SettingsError."""
        from ticker.settings import load

        return load(self.config, self.archive, os.environ)

    def start_logging(self) -> None:
        """Lets the library's log speak on stderr, as far as --verbose asks for."""
        import logging

        log, level = current_log(), (WARNING, INFO, DEBUG)[min(self.verbose, 2)]
        logger = logging.getLogger("ticker")
        if log and log.is_on_stderr:
            return
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("ticker: %(message)s"))
        handler.setLevel(level)
        handler.addFilter(lambda record: not hasattr(record, "event"))  # of which people are told in other words
        logger.handlers = [handler, *([log] if log else [])]
        logger.setLevel(min(level, log.level) if log else level)

    @property
    def is_log_on_stderr(self) -> bool:
        """Whether stderr is a log, and nothing for people."""
        log = current_log()
        return log is not None and log.is_on_stderr

    def note(self, text: str, **counts: object) -> None:
        """Tells the user something on stderr, unless they asked for quiet; and the log, with ``counts``, at its end."""
        log = current_log()
        if log:
            log.sum_up(text.removeprefix("ticker: "), counts)
        if not self.quiet and not self.is_log_on_stderr:
            click.echo(harmless(text), err=True)
