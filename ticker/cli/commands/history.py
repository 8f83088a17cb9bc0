"""The command ``ticker history``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ticker.cli import terminal
from ticker.cli.context import Invocation
from ticker.cli.edits import change_kind, piece_lines, title_changes
from ticker.cli.options import articles_option, common_options, index_option, limit_option, source_option, span_options
from ticker.errors import UsageError
from ticker.textdiff import Piece, diff_paragraphs, diff_words, is_replaced

if TYPE_CHECKING:
    from ticker.archive import Stored

_MOST_CELLS = 88  # longer lines are hard to read
_INDENT = "  "


@click.command("history")
@click.argument("what", metavar="[ID|URL]", required=False)
@click.option(
    "--json", "as_json", is_flag=True, help="Print each version with its changes as JSON Lines, oldest first."
)
@span_options
@source_option
@limit_option
@articles_option
@index_option
@common_options
@click.pass_obj
def command(invocation: Invocation, /, what: str | None, as_json: bool, **options: Any) -> None:
    """Show how headlines or articles changed, word by word.

    Without ID or URL, list all headlines whose title was edited, newest first, with the title before. --since, --until,
    --source, -n and --articles filter the list. A title that shares no word with the one before is marked "replaced".

    With ID or URL (see 'ticker show --help'), show each version, when it was seen, and its changes: [-gone-] for
    removed and {+come+} for added text, in colour on a terminal. Of a body, only changed paragraphs are shown. A
    version is marked "re-read" if another version of ticker parsed it; its changes may come from the parser.

    Exit status: 0 found, 1 not found, 2 error.

    \b
    Examples:
      ticker history
      ticker history --since yesterday --source gazette
      ticker history https://news.example/articles/night-ferry/48213
      ticker history 5f0c2a91
    """
    if what is None:
        _write_edits(invocation, as_json, **options)
        return
    given = [name for name, value in options.items() if value]
    if given:
        raise UsageError("--since, --until, --source, -n and --articles filter the list of all edits; omit ID or URL")
    from ticker.cli.context import open_archive, require_archive, user_zone

    settings = invocation.settings()
    archive = open_archive(invocation, settings)
    require_archive(archive)
    histories = archive.find(what).histories
    if as_json:
        written = (line for history in histories for line in _json_lines(history))
        lines: Iterator[str] = map(terminal.escape_for(sys.stdout), written)
    else:
        width = min(terminal.width(), _MOST_CELLS) if sys.stdout.isatty() else None
        lines = _Sheet(user_zone(settings), width, terminal.is_coloured(sys.stdout, os.environ)).histories(histories)
    with terminal.paging() as write:
        for line in lines:
            write(line)


def _write_edits(invocation: Invocation, as_json: bool, **options: Any) -> None:
    """Write the edited titles, newest first, with the titles before. Raises TickerError."""
    from ticker.cli.output import format_moment, short_id, short_source, style_for_stdout
    from ticker.cli.selection import print_hints, read_selection

    selection = read_selection(invocation, edited=True, **options)
    style = style_for_stdout(None, zone=lambda: selection.zone)
    width = min(style.width, _MOST_CELLS) if style.width else None
    count = 0
    with terminal.paging() as write:
        for version, before in selection.archive.edits(selection.kind, selection.query):
            if as_json:
                write(terminal.escape_for(sys.stdout)(_edit_json(selection.kind, version, before)))
            else:
                note = change_kind(version, before)
                source, id = (
                    (short_source(version.source), short_id(version.id))
                    if width
                    else (terminal.replace_controls(version.source), version.id)
                )
                heading = f"{format_moment(version.seen, selection.zone)}  {source}  {id}{'  ' if note else ''}{note}"
                if count:
                    write("")
                for line in terminal.wrap(heading, width) if width else [heading]:
                    write(click.style(line, bold=True) if style.coloured else line)
                pieces = title_changes(version, before)
                for line in piece_lines(pieces, width and width - len(_INDENT), style.coloured):
                    write(_INDENT + line)
            count += 1
    if not count:
        print_hints(invocation, selection)


def _edit_json(kind: str, version: Stored, before: Stored | None) -> str:
    from ticker.archive import to_line

    return to_line(
        {
            "kind": kind.removesuffix("s"),
            "source": version.source,
            "url": version.url,
            "id": version.id,
            "seen": version.seen.isoformat(),
            "revises": version.revises,
            "old": before.title if before else None,
            "new": version.title,
            "replaced": before is not None and is_replaced(before.title, version.title),
        }
    )


def _json_lines(history: Sequence[Stored]) -> Iterator[str]:
    """Yield each version as a JSON line: its metadata, then the changes of its title and body."""
    from ticker.archive import is_reread, to_line

    before: Stored | None = None
    for version in history:
        fields: dict[str, Any] = {
            "kind": "headline" if _body(version) is None else "article",
            "source": version.source,
            "url": version.url,
            "id": version.id,
            "seen": version.seen.isoformat(),
            "title": diff_words(before.title if before else "", version.title),
            "replaced": before is not None and is_replaced(before.title, version.title),
        }
        body = _body(version)
        if body is not None:
            fields["reread"] = is_reread(version, before)
            fields["body"] = diff_paragraphs((_body(before) if before else None) or "", body)
        yield to_line(fields)
        before = version


class _Sheet(NamedTuple):
    """The layout of histories: lines wrapped to ``width`` cells, or not wrapped if None."""

    zone: tzinfo
    width: int | None
    coloured: bool

    def histories(self, histories: Sequence[Sequence[Stored]]) -> Iterator[str]:
        """Yield the lines of all histories."""
        for number, history in enumerate(histories):
            if number:
                yield ""
            yield from self._history(history)

    def _history(self, history: Sequence[Stored]) -> Iterator[str]:
        first = history[0]
        body = _body(first)
        what = "headline" if body is None else "article"
        count = "1 version" if len(history) == 1 else f"{len(history)} versions"
        yield from self._heading(f"{first.source}: {what}, {count}")
        yield from self._version(first, [Piece("same", first.title)])
        if body is not None:
            yield self._aside(_number(body.count("\n") + 1 if body else 0))
        for before, version in pairwise(history):
            note = change_kind(version, before)
            yield from self._version(version, title_changes(version, before), f"  {note}" if note else "")
            yield from self._body_changes(_body(before), _body(version))

    def _version(self, version: Stored, title: Sequence[Piece], note: str = "") -> Iterator[str]:
        from ticker.cli.output import format_moment, short_id

        yield ""
        id = short_id(version.id) if self.width else version.id
        yield from self._heading(f"{format_moment(version.seen, self.zone)}  {id}{note}")
        yield from self._lines(title)

    def _body_changes(self, before: str | None, now: str | None) -> Iterator[str]:
        if now is None:
            return
        paragraphs = diff_paragraphs(before or "", now)
        for is_same, run in groupby(paragraphs, key=lambda pieces: all(piece.op == "same" for piece in pieces)):
            if is_same:
                yield self._aside(f"{_number(len(list(run)))} unchanged")
            else:
                for pieces in run:
                    yield from self._lines(pieces)

    def _lines(self, pieces: Sequence[Piece]) -> Iterator[str]:
        width = self.width - len(_INDENT) if self.width else None
        return (_INDENT + line for line in piece_lines(pieces, width, self.coloured))

    def _heading(self, text: str) -> list[str]:
        text = terminal.replace_controls(text)
        lines = terminal.wrap(text, self.width) if self.width else [text]
        return [click.style(line, bold=True) if self.coloured else line for line in lines]

    def _aside(self, text: str) -> str:
        return _INDENT + (click.style(f"({text})", dim=True) if self.coloured else f"({text})")


def _body(version: Stored) -> str | None:
    """Return the body of an article, or None for a headline."""
    return getattr(version, "body", None)


def _number(paragraphs: int) -> str:
    return "1 paragraph" if paragraphs == 1 else f"{paragraphs} paragraphs"
