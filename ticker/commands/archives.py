"""The archive as a command opens it: with its index, and what is to be told of both."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from ticker.commands.invocation import IS_INCOMPLETE, Invocation
from ticker.commands.progress import show_share
from ticker.commands.saying import WARNING, say
from ticker.errors import ArchiveError

if TYPE_CHECKING:
    from ticker.archive import Archive, Problem
    from ticker.settings import Settings

_WORTH_A_BAR = 8 << 20  # bytes, that are indexed in less than a second


def open_archive(
    invocation: Invocation, settings: Settings, show_progress: bool = True, asks_index: bool = True
) -> Archive:
    """The archive of the settings; without its index where that is asked for, or where nothing ``asks_index``."""
    from ticker.archive import Archive

    report = _reporter(click.get_current_context())
    if invocation.no_index or not asks_index:
        return Archive(settings.archive, report)
    from ticker.archive import Index

    is_seen = show_progress and sys.stderr.isatty() and not invocation.quiet
    index = Index(settings.archive, _show_progress) if is_seen else Index(settings.archive)
    return Archive(settings.archive, report, index=index)


def demand_archive(archive: Archive) -> None:
    """Raises ArchiveError where nothing was ever stored: a mistyped folder, or a disk that is not there."""
    if not archive.exists():
        raise ArchiveError(f"there is no archive at {archive.root}; 'ticker fetch' or 'ticker import' makes one")


def _reporter(context: click.Context) -> Callable[[Problem], object]:
    """Says on stderr that a line or a file of the archive could not be read; the others are.

    A line that a crash cut off stays in the archive for ever, and is no failure; a file may hold any number of lines.
    """
    from ticker.archive import once

    def report(problem: Problem) -> None:
        say(str(problem), WARNING, "problem")
        if not problem.line_number:
            context.meta[IS_INCOMPLETE] = True

    return once(report)


def _show_progress(done: int, total: int) -> None:
    if total >= _WORTH_A_BAR:
        show_share("indexing the archive", done, total)
