"""Edited titles, marked word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any

import click

from ticker.cli import terminal
from ticker.cli.output import SAMPLE, Style, columns_for, tabbed_lines
from ticker.textdiff import Op, Piece, diff_words, is_replaced

if TYPE_CHECKING:
    from ticker.archive import Stored

LOOKS: dict[Op, dict[str, Any]] = {"gone": {"fg": "red"}, "come": {"fg": "green"}, "same": {}}
_MARKS: dict[Op, str] = {"gone": "[-{}-]", "come": "{{+{}+}}", "same": "{}"}


def write_edits(edits: Iterable[tuple[Stored, Stored | None]], style: Style) -> int:
    """Write each record with the words that changed in its title, and return the number of lines."""
    count = 0
    with terminal.paging() as write:
        for line in _in_pipe(edits) if style.width is None else _in_table(edits, style, style.width):
            count += 1
            write(line)
    return count


def _in_pipe(edits: Iterable[tuple[Stored, Stored | None]]) -> Iterator[str]:
    for record, before in edits:
        yield f"{next(tabbed_lines([record]))}\t{terminal.replace_controls(before.title) if before else ''}"


def _in_table(edits: Iterable[tuple[Stored, Stored | None]], style: Style, width: int) -> Iterator[str]:
    rows = iter(edits)
    sample = list(islice(rows, SAMPLE))
    columns = columns_for([record for record, _ in sample], style, width)
    for record, before in chain(sample, rows):
        cells = columns.before_title(record, style)
        indent = sum(taken + 2 for _, taken, _ in cells)
        note, pieces = change_kind(record, before), title_changes(record, before)
        text = piece_lines([Piece("same", f"{note}: "), *pieces] if note else pieces, width - indent, style.coloured)
        shown = [terminal.pad(cell, taken) for cell, taken, _ in cells]
        if style.coloured:
            shown = [click.style(cell, fg=colour) for cell, (*_, colour) in zip(shown, cells, strict=True)]
        yield "  ".join([*shown, text[0]])
        yield from (" " * indent + line for line in text[1:])


def title_changes(version: Stored, before: Stored | None) -> list[Piece]:
    """Return the changes of the title in pieces; a replaced title is one piece."""
    if before is None:
        return [Piece("same", version.title)]
    if is_replaced(before.title, version.title):
        return [Piece("gone", before.title), Piece("same", " "), Piece("come", version.title)]
    return diff_words(before.title, version.title)


def change_kind(version: Stored, before: Stored | None) -> str:
    """Return "replaced" or "re-read" if the change is of that kind, or "" for an edit."""
    from ticker.archive import is_reread

    if before is not None and is_replaced(before.title, version.title):
        return "replaced"
    return "re-read" if before is not None and is_reread(version, before) else ""


def piece_lines(pieces: Sequence[Piece], width: int | None, coloured: bool) -> list[str]:
    """Return the lines that show ``pieces``, marked as [-gone-] and {+come+}; colour alone would be lost in a copy."""
    letters = [
        (letter, piece.op)
        for piece in pieces
        for letter in _MARKS[piece.op].format(terminal.replace_controls(piece.text))
    ]
    text = "".join(letter for letter, _ in letters)
    lines = terminal.wrap(text, width) if width else [text]
    return list(_coloured(lines, letters)) if coloured else lines


def _coloured(lines: Sequence[str], letters: Sequence[tuple[str, Op]]) -> Iterator[str]:
    at = 0
    for line in lines:
        ops = []
        for letter in line:
            while letters[at][0] != letter:  # white space at the end of a line
                at += 1
            ops.append(letters[at])
            at += 1
        runs = groupby(ops, key=lambda pair: pair[1])
        yield "".join(_styled("".join(letter for letter, _ in run), LOOKS[op]) for op, run in runs)


def _styled(text: str, look: dict[str, Any]) -> str:
    return click.style(text, **look) if look else text
