"""Output to a terminal: width, colour, pager, and text that is fitted and safe to print."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import click

from ticker.text import BIDI_CONTROLS
from ticker.text import replace_controls as replace_controls

if TYPE_CHECKING:
    import subprocess

Span = tuple[int, int]

_FEWEST_CELLS = 10

# Control characters that JSON does not escape.
_STEERING = re.compile(f"[\x7f-\x9f\u2028\u2029{BIDI_CONTROLS}]")


class Layout(NamedTuple):
    """The layout of lines on standard output: colour, and ``width`` in cells, or None in a pipe, which has no limit."""

    width: int | None
    coloured: bool

    def style(self, text: str, **look: Any) -> str:
        """Return ``text`` in a look for ``click.style``, if there is colour."""
        return click.style(text, **look) if look and self.coloured and text.strip() else text

    def wrap(self, text: str, indent: str = "", **look: Any) -> list[str]:
        """Return ``text`` as lines without control characters that fit the width."""
        text = replace_controls(text)
        lines = wrap(text, self.width - len(indent)) if self.width else [text]
        return [indent + self.style(line, **look) for line in lines]

    def fit(self, text: str) -> str:
        """Return ``text`` without control characters, cut to the width."""
        text = replace_controls(text)
        return fit(text, self.width) if self.width else text


def layout(most: int | None = None) -> Layout:
    """Return the layout of standard output, at most so many cells wide."""
    cells = width() if sys.stdout.isatty() else None
    return Layout(min(cells, most) if cells and most else cells, _is_coloured())


def _is_coloured() -> bool:
    """Return whether to write colour to standard output.

    This depends on --color, then $NO_COLOR (https://no-color.org), then $FORCE_COLOR (https://force-color.org), then on
    whether the stream is a terminal.
    """
    context = click.get_current_context(silent=True)
    if context is not None and context.color is not None:
        return context.color
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def width() -> int:
    """Return the terminal's width in cells ($COLUMNS if set), at least ``_FEWEST_CELLS``."""
    import shutil

    return max(shutil.get_terminal_size().columns, _FEWEST_CELLS)


@contextmanager
def paging(is_wanted: bool = True) -> Iterator[Callable[[str], object]]:
    """Yield a function that writes a line to standard output; on a terminal, more than a screen goes to a pager.

    The pager is $PAGER, or less, with LESS=FRX if $LESS is not set, as in git. Quitting it early is not an error.
    """
    if not is_wanted or not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        yield lambda line: sys.stdout.write(line + "\n")
        return
    pager = _Pager()
    try:
        yield pager.write
    except BrokenPipeError:
        if not pager.is_running:
            raise
    finally:
        pager.end()


class _Pager:
    """A writer that buffers up to a screen of lines, and starts the pager with the next."""

    def __init__(self) -> None:
        self._held: list[str] | None = []
        self._process: subprocess.Popen[str] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the pager was started."""
        return self._process is not None

    def write(self, line: str) -> None:
        """Buffer a line, or write it to the pager."""
        import shutil

        if self._held is not None:
            self._held.append(line)
            if len(self._held) < shutil.get_terminal_size().lines:
                return
            self._start()
            held, self._held = self._held, None
            line = "\n".join(held)
        stream = self._process.stdin if self._process else sys.stdout
        assert stream
        stream.write(line + "\n")

    def end(self) -> None:
        """Write the buffered lines, or wait for the pager to exit."""
        if self._held:
            sys.stdout.write("".join(f"{line}\n" for line in self._held))
        if not self._process:
            return
        assert self._process.stdin
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        while True:
            try:
                self._process.wait()
            except KeyboardInterrupt:  # Ctrl-C is for the pager; in less it ends a search
                continue
            return

    def _start(self) -> None:
        import subprocess

        command = os.environ.get("PAGER", "less")
        if command in ("", "cat"):
            return
        sys.stdout.flush()
        with suppress(OSError):
            self._process = subprocess.Popen(
                command,
                shell=True,
                stdin=subprocess.PIPE,
                encoding=sys.stdout.encoding,
                errors="replace",
                env={"LESS": "FRX", "LV": "-c", **os.environ},
            )


def escape_for(stream: IO[Any]) -> Callable[[str], str]:
    """Return a function that makes lines of JSON safe for ``stream``; for a terminal, it escapes control characters."""
    if not stream.isatty():
        return str
    return lambda line: line if line.isprintable() else _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def fit(text: str, cells: int) -> str:
    """Cut ``text`` to ``cells``, with an ellipsis if it is cut; wide East Asian characters take two cells."""
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= cells else set_cell_size(text, cells - 1).rstrip() + "…"


def pad(text: str, cells: int) -> str:
    """Cut or pad ``text`` to exactly ``cells``."""
    from rich.cells import set_cell_size

    return set_cell_size(fit(text, cells), cells)


def cells(text: str) -> int:
    """Return the number of cells that ``text`` takes."""
    from rich.cells import cell_len

    return cell_len(text)


def wrap(text: str, cells: int) -> list[str]:
    """Wrap ``text`` to lines of at most ``cells``, between words, or within a word longer than a line."""
    from rich.cells import cell_len, chop_cells

    lines = [""]
    for word in text.split():
        for part in [word] if cell_len(word) <= cells else chop_cells(word, cells):
            longer = f"{lines[-1]} {part}" if lines[-1] else part
            if cell_len(longer) <= cells:
                lines[-1] = longer
            else:
                lines.append(part)
    return lines


def highlight(text: str, spans: Iterable[Span], **style: Any) -> str:
    """Return ``text`` with ``spans`` in bold red, as in grep, and the rest in ``style``."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        pieces += [_styled(text[at:start], style), click.style(text[start:end], fg="red", bold=True)]
        at = end
    return "".join([*pieces, _styled(text[at:], style)])


def _styled(text: str, style: dict[str, Any]) -> str:
    return click.style(text, **style) if text and style else text
