"""The command ``ticker history``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ticker.cli import terminal
from ticker.cli.context import Invocation
from ticker.cli.edits import change_kind, piece_lines, title_changes
from ticker.cli.messages import number_of
from ticker.cli.options import articles_option, common_options, index_option, limit_option, source_option, span_options
from ticker.cli.output import format_moment, short_id, short_source
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
    from ticker.cli.context import open_archive, user_zone

    settings = invocation.settings()
    histories = open_archive(invocation, settings).find(what).histories
    if as_json:
        written = (line for history in histories for line in _json_lines(history))
        lines: Iterator[str] = map(terminal.escape_for(sys.stdout), written)
    else:
        lines = _Sheet(terminal.layout(_MOST_CELLS), user_zone(settings)).histories(histories)
    with terminal.paging() as write:
        for line in lines:
            write(line)


def _write_edits(invocation: Invocation, as_json: bool, **options: Any) -> None:
    """Write the edited titles, newest first, with the titles before. Raises TickerError."""
    from ticker.cli.selection import print_hints, read_selection

    selection = read_selection(invocation, edited=True, **options)
    sheet = _Sheet(terminal.layout(_MOST_CELLS), selection.zone)
    count = 0
    with terminal.paging() as write:
        for version, before in selection.archive.edits(selection.kind, selection.query):
            if as_json:
                write(terminal.escape_for(sys.stdout)(_edit_json(selection.kind, version, before)))
            else:
                for line in ([""] if count else []) + sheet.edit(version, before):
                    write(line)
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
    """Edits and histories as lines, with times in ``zone``."""

    layout: terminal.Layout
    zone: tzinfo

    def edit(self, version: Stored, before: Stored | None) -> list[str]:
        """Return the lines of an edited title."""
        source = short_source(version.source) if self.layout.width else version.source
        return [
            *self._heading(version, f"{source}  ", change_kind(version, before)),
            *self._pieces(title_changes(version, before)),
        ]

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
        heading = f"{first.source}: {what}, {number_of(len(history), 'version')}"
        yield from self.layout.wrap(heading, bold=True)
        yield ""
        yield from self._heading(first)
        yield from self._pieces([Piece("same", first.title)])
        if body is not None:
            yield self._aside(number_of(body.count("\n") + 1 if body else 0, "paragraph"))
        for before, version in pairwise(history):
            yield ""
            yield from self._heading(version, note=change_kind(version, before))
            yield from self._pieces(title_changes(version, before))
            yield from self._body_changes(_body(before), _body(version))

    def _body_changes(self, before: str | None, now: str | None) -> Iterator[str]:
        if now is None:
            return
        paragraphs = diff_paragraphs(before or "", now)
        for is_same, run in groupby(paragraphs, key=lambda pieces: all(piece.op == "same" for piece in pieces)):
            if is_same:
                yield self._aside(f"{number_of(len(list(run)), 'paragraph')} unchanged")
            else:
                for pieces in run:
                    yield from self._pieces(pieces)

    def _heading(self, version: Stored, source: str = "", note: str = "") -> list[str]:
        id = short_id(version.id) if self.layout.width else version.id
        text = f"{format_moment(version.seen, self.zone)}  {source}{id}{'  ' if note else ''}{note}"
        return self.layout.wrap(text, bold=True)

    def _pieces(self, pieces: Sequence[Piece]) -> list[str]:
        width, coloured = self.layout
        return [_INDENT + line for line in piece_lines(pieces, width and width - len(_INDENT), coloured)]

    def _aside(self, text: str) -> str:
        return _INDENT + self.layout.style(f"({text})", dim=True)


def _body(version: Stored) -> str | None:
    """Return the body of an article, or None for a headline."""
    return getattr(version, "body", None)
