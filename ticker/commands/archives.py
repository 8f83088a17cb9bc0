"""Opening the archive for a command: index, progress and warnings."""

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

_WORTH_A_BAR = 8 << 20  # bytes; fewer are indexed in less than a second


def open_archive(
    invocation: Invocation, settings: Settings, show_progress: bool = True, asks_index: bool = True
) -> Archive:
    """Return the archive of the settings, with its index unless ``--no-index`` or ``asks_index=False`` is given."""
    from ticker.archive import Archive

    report = _reporter(click.get_current_context())
    if invocation.no_index or not asks_index:
        return Archive(settings.archive, report)
    from ticker.archive import Index

    is_seen = show_progress and sys.stderr.isatty() and not invocation.quiet
    index = Index(settings.archive, _show_progress) if is_seen else Index(settings.archive)
    return Archive(settings.archive, report, index=index)


def demand_archive(archive: Archive) -> None:
    """Raise ArchiveError if there is no archive, such as in a mistyped folder or on an unmounted disk."""
    if not archive.exists():
        raise ArchiveError(f"no archive at {archive.root}; create one with 'ticker fetch' or 'ticker import'")


def _reporter(context: click.Context) -> Callable[[Problem], object]:
    """Return a function that warns on stderr of a line or a file of the archive that could not be read.

    An unreadable file makes the command fail at its end, for it may hold many lines. An unreadable line does not: a
    line that a crash cut off stays in the archive forever.
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
