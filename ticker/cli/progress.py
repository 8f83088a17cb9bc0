"""Progress on stderr, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self, TypeVar

import click

from ticker.text import replace_controls

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bar:
    """A progress bar: ``advance`` counts a step and shows its name, ``say`` prints a message above the bar."""

    advance: Callable[[str], None]
    say: Callable[[str], None]


@contextmanager
def progress(steps: int, wanted: bool) -> Iterator[Bar]:
    """Show a bar of so many steps, unless it is not wanted or stderr is not a terminal."""
    if not wanted or not sys.stderr.isatty():
        yield Bar(advance=lambda name: None, say=lambda text: click.echo(text, err=True))
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[name]}", markup=False))
    # rich would redirect standard output to its console, which is stderr.
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task("", total=steps, name="")
        yield Bar(
            advance=lambda name: bar.update(task, advance=1, name=name),
            say=lambda text: console.print(text, markup=False, highlight=False, soft_wrap=True),
        )


_CELLS = 30
_ERASE_LINE = "\r\x1b[K"
SHOWN_EVERY = 5_000
"""How many items are counted between two displays."""


class Meter:
    """A progress display on stderr, if ``wanted``: a bar of the share of ``total`` done, or a count.

    This does without rich, which takes longer to import than most of the work takes.
    """

    def __init__(self, what: str, wanted: bool = True, total: int = 0) -> None:
        self._what = what
        self._wanted = wanted
        self.total = total
        self.done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        if self.done >= SHOWN_EVERY:
            self.erase()

    def show(self, done: int, total: int) -> None:
        """Draw a bar of the share done, and erase it at the end; draw nothing if ``total`` is unknown (0)."""
        if self._wanted and total:
            full = min(_CELLS * done // total, _CELLS)
            bar = f"\rticker: {self._what} [{'#' * full}{' ' * (_CELLS - full)}] {min(100 * done // total, 100)} %"
            click.echo(bar if done < total else _ERASE_LINE, nl=False, err=True)

    def advance(self, size: int) -> None:
        """Draw a bar with ``size`` more of the total done; it stays until it is erased."""
        self.done += size
        self.show(min(self.done, self.total - 1), self.total)

    def show_count(self, count: int) -> None:
        """Show a count, for when the total is unknown."""
        if self._wanted:
            click.echo(f"\rticker: {self._what}: {count:,}", nl=False, err=True)

    def counted(self, items: Iterable[T]) -> Iterator[T]:
        """Yield the items; count them in ``done`` and show the count."""
        for item in items:
            self.done += 1
            if self.done % SHOWN_EVERY == 0:
                self.show_count(self.done)
            yield item

    def say(self, text: str) -> None:
        """Print a message in place of the display."""
        self.erase()
        click.echo(replace_controls(text), err=True)

    def erase(self) -> None:
        """Erase the display, before a message and at the end."""
        if self._wanted:
            click.echo(_ERASE_LINE, nl=False, err=True)
