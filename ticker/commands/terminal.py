"""What a terminal needs: its width, whether it shows colour, and text that fits and does no harm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import IO, Any

import click

Span = tuple[int, int]

_FEWEST_CELLS = 10

# Control characters of a title could move the cursor, recolour the screen or retitle the window; a line break
# or a tab would make two lines or columns of one; an embedding, override or isolate of direction that is not closed
# turns round what follows on the line.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def is_coloured(stream: IO[Any], environ: Mapping[str, str]) -> bool:
    """Whether to write colour to ``stream``: on a terminal, unless $NO_COLOR is set (https://no-color.org)."""
    return stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


def width() -> int:
    """The terminal's width in cells ($COLUMNS where set), never so small that nothing fits."""
    import shutil

    return max(shutil.get_terminal_size().columns, _FEWEST_CELLS)


def harmless(text: str) -> str:
    """``text`` with each control character as a space, so that positions stay."""
    return text if text.isprintable() else _CONTROL.sub(" ", text)


def fit(text: str, cells: int) -> str:
    """``text`` cut to ``cells``, an ellipsis for what is gone; wide characters of East Asia take two."""
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= cells else set_cell_size(text, cells - 1).rstrip() + "…"


def pad(text: str, cells: int) -> str:
    """``text`` cut or filled up with spaces to exactly ``cells``."""
    from rich.cells import set_cell_size

    return set_cell_size(fit(text, cells), cells)


def cells(text: str) -> int:
    """How many cells ``text`` takes."""
    from rich.cells import cell_len

    return cell_len(text)


def wrap(text: str, cells: int) -> list[str]:
    """``text`` in lines of at most ``cells``, broken between words, or within one that is longer than a line."""
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
    """``text`` with ``spans`` of it in bold red, as grep shows what it found; ``style`` is that of the rest."""
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
