"""The values of the common options, and what depends on them: settings, log, timezone and archive."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from ticker.cli.messages import DEBUG, INFO, WARNING, current_log, say
from ticker.errors import ArchiveError
from ticker.fileio import expand_user
from ticker.text import replace_controls

if TYPE_CHECKING:
    from ticker.archive import Archive, Problem
    from ticker.settings import Settings
    from ticker.times.ranges import TimeRange

IS_INCOMPLETE = "ticker.is_incomplete"
"""Key in a context's ``meta``, set if a file of the archive could not be read: the command then fails at its end."""

_WORTH_A_BAR = 8 << 20  # bytes; fewer are indexed in less than a second


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
        path = expand_user(self.log_file).absolute() if self.log_file else settings.log_file
        if (path or self.log_json) and not current_log():
            from ticker.cli.log import open_log

            level = WARNING if self.quiet and not path else DEBUG if self.verbose > 1 else INFO
            open_log(path, self.log_json, click.get_current_context().command_path, level)
        return settings

    def log_options(self) -> list[str]:
        """Return the log options with absolute paths, for a command line run from another folder."""
        file = ["--log-file", str(expand_user(self.log_file).absolute())] if self.log_file else []
        return [*file, *(["--log-json"] if self.log_json else [])]

    def read_settings(self) -> Settings:
        """Return the settings from the options, the environment and the file. Raises SettingsError."""
        from ticker.settings.reader import load

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

    @property
    def has_progress(self) -> bool:
        """Whether to show progress on stderr."""
        return sys.stderr.isatty() and not self.quiet

    def note(self, text: str, **counts: object) -> None:
        """Print a message on stderr unless quiet, and keep it with ``counts`` as the log's summary of the run."""
        log = current_log()
        if log:
            log.sum_up(text.removeprefix("ticker: "), counts)
        if not self.quiet and not self.is_log_on_stderr:
            click.echo(replace_controls(text), err=True)


def user_zone(settings: Settings) -> tzinfo:
    """Return the timezone in which times are shown and parsed: as configured, else the machine's."""
    if settings.timezone is None:
        return machine_zone(os.environ)
    from ticker.times.zones import zone_by_name

    return zone_by_name(settings.timezone)


def machine_zone(environ: Mapping[str, str], localtime: Path = Path("/etc/localtime")) -> tzinfo:
    """Return the machine's timezone: $TZ, else the target of ``/etc/localtime``, else what the C library says.

    The standard library gives only the present offset, which is wrong for dates on the other side of a DST change.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    names = (environ.get("TZ", "").lstrip(":"), str(localtime.resolve()).partition("zoneinfo/")[2])
    for name in filter(None, names):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # $TZ may be a rule (CET-1CEST) or a path
            break
    from dateutil.tz import tzlocal

    return tzlocal()


def read_time(text: str, zone: tzinfo) -> TimeRange:
    """Return the time range that ``text`` means now in ``zone``. Raises TimeError."""
    from ticker.times.ranges import read_range

    return read_range(text, datetime.now(zone))


def now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


def open_archive(
    invocation: Invocation,
    settings: Settings,
    show_progress: bool = True,
    asks_index: bool = True,
    must_exist: bool = True,
) -> Archive:
    """Return the archive of the settings, with its index unless ``--no-index`` or ``asks_index=False`` is given.

    Raises ArchiveError if it ``must_exist`` and does not, such as in a mistyped folder or on an unmounted disk.
    """
    from ticker.archive import Archive

    index = None
    if asks_index and not invocation.no_index:
        from ticker.archive import Index

        shown = show_progress and invocation.has_progress
        index = Index(settings.archive, _show_progress) if shown else Index(settings.archive)
    archive = Archive(settings.archive, _reporter(click.get_current_context()), index=index)
    if must_exist and not archive.exists():
        raise ArchiveError(f"no archive at {archive.root}; create one with 'ticker fetch' or 'ticker import'")
    return archive


def _reporter(context: click.Context) -> Callable[[Problem], object]:
    """Return a function that warns on stderr of a line or a file of the archive that could not be read.

    An unreadable file makes the command fail at its end, for it may hold many lines. An unreadable line does not: a
    line that a crash cut off stays in the archive forever.
    """
    from ticker.archive import without_duplicates

    def report(problem: Problem) -> None:
        say(str(problem), WARNING, "problem")
        if not problem.line_number:
            context.meta[IS_INCOMPLETE] = True

    return without_duplicates(report)


def _show_progress(done: int, total: int) -> None:
    from ticker.cli.progress import Meter

    if total >= _WORTH_A_BAR:
        Meter("indexing the archive").show(done, total)
