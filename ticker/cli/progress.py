"""Progress on stderr, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

import click

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
ERASE_LINE = "\r\x1b[K"
"""The control sequence that erases the bar."""


class Meter:
    """A progress display that is shown if ``wanted``; subclasses draw it."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted

    def erase(self) -> None:
        """Erase the display, before a message and at the end."""
        if self._wanted:
            click.echo(ERASE_LINE, nl=False, err=True)


def draw_progress(what: str, done: int, total: int) -> None:
    """Show a bar of the share done, and erase it at the end; show nothing if ``total`` is unknown (0).

    This does without rich, which takes longer to import than most of the work takes.
    """
    if total:
        full = min(_CELLS * done // total, _CELLS)
        bar = f"\rticker: {what} [{'#' * full}{' ' * (_CELLS - full)}] {min(100 * done // total, 100)} %"
        click.echo(bar if done < total else ERASE_LINE, nl=False, err=True)


_SHOWN_EVERY = 5_000


class Counted(Generic[T]):
    """An iterable that counts its items in ``count`` as they pass."""

    def __init__(self, items: Iterable[T], show: Callable[[int], None]) -> None:
        self._items = items
        self._show = show
        self.count = 0

    def __iter__(self) -> Iterator[T]:
        for item in self._items:
            self.count += 1
            if self.count % _SHOWN_EVERY == 0:
                self._show(self.count)
            yield item


@contextmanager
def show_count(items: Iterable[T], what: str, wanted: bool) -> Iterator[Counted[T]]:
    """Yield the items as an iterable that shows its count on a terminal, for when the total is unknown."""

    def show(count: int) -> None:
        if wanted:
            click.echo(f"\rticker: {what}: {count:,}", nl=False, err=True)

    passed = Counted(items, show)
    try:
        yield passed
    finally:
        if wanted and passed.count >= _SHOWN_EVERY:
            click.echo(ERASE_LINE, nl=False, err=True)
