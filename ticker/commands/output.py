"""Archived records as lines of text: a table on a terminal, tab-separated through a pipe, JSON Lines, CSV.

Each form is a generator from records to lines, so that a long archive streams.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ticker.commands import terminal
from ticker.errors import UsageError

if TYPE_CHECKING:
    from ticker.archive import Glance, StoredArticle, StoredHeadline

    Record = StoredHeadline | StoredArticle
    Spans = Callable[[str], list[terminal.Span]]

_TIME_CELLS = len("2025-06-12 17:10")
_TOO_NARROW_FOR_TIMES, _TOO_NARROW_FOR_SOURCES = 30, 40  # then a title has hardly any room
_SOURCE_CELLS = 20  # at most, and at most a quarter of the width; a longer name is cut
_LEAST_INDENT = 2
EDITED = "~ "  # before the title of a line that revises another
_SHORT_ID = 10  # letters: of ten million ids, some fifty pairs have these in common
_SAMPLE = 500  # so many rows are looked at for the width of the source column


class Style(NamedTuple):
    """How records are shown. ``width`` is the terminal's in cells, or None for lines that are whole.

    ``zone`` is that of the times on a terminal, None for the machine's; ``spans`` tells what to highlight;
    ``source_cells`` is the width of the sources' column, None for that of the first rows; ``has_mark`` says that
    CSV begins with a byte order mark.
    """

    form: str = "rows"
    long: bool = False
    width: int | None = None
    coloured: bool = False
    zone: tzinfo | None = None
    spans: Spans | None = None
    source_cells: int | None = None
    has_mark: bool = False

    @property
    def is_brief(self) -> bool:
        """Whether a record's moment, source and title are all that is shown."""
        return self.form == "rows" and self.width is None and not self.long and not self.coloured


def style_for_stdout(
    form: str | None,
    long: bool = False,
    zone: Callable[[], tzinfo | None] = lambda: None,
    spans: Spans | None = None,
    bom: bool = False,
) -> Style:
    """The style that suits what standard output is; ``zone`` is asked where it is a terminal."""
    if bom and form != "csv":
        raise UsageError("--bom is for --csv; give both")
    is_terminal = sys.stdout.isatty()
    return Style(
        form=form or "rows",
        long=long,
        width=terminal.width() if is_terminal else None,
        coloured=terminal.is_coloured(sys.stdout, os.environ),
        zone=zone() if is_terminal else None,
        spans=spans,
        has_mark=bom,
    )


def write_records(
    records: Iterable[Record] | Iterable[Glance],
    style: Style,
    articles: bool = False,
    after_each: Callable[[], object] = lambda: None,
    is_paged: bool = False,
) -> int:
    """Writes records to standard output as they come, and returns how many there were.

    Of those in a style that ``is_brief``, glances are enough.
    """
    count = 0

    def counted() -> Iterator[Any]:
        nonlocal count
        for record in records:
            count += 1
            yield record

    with terminal.paging(is_paged) as write:
        for line in lines(counted(), style, articles):
            write(line)
            after_each()
    return count


def lines(records: Iterable[Record], style: Style, articles: bool = False) -> Iterator[str]:
    """The lines that show ``records`` in the style."""
    if style.form == "json":
        return map(terminal.data_for(sys.stdout), (record.to_line() for record in records))
    if style.form == "csv":
        from ticker.exporting.as_csv import table

        return table(records, "articles" if articles else "headlines", style.has_mark)
    if style.is_brief:
        return _tabbed(records)
    return _table(records, style, style.width) if style.width else _tabbed_with_more(records, style)


def print_object(fields: Mapping[str, Any]) -> None:
    """Prints a line of JSON."""
    from ticker.archive import to_line

    click.echo(terminal.data_for(sys.stdout)(to_line(fields)))


def short_id(id: str) -> str:
    """Return the beginning of an id, for people: every command takes it. One that was made by hand stays whole."""
    return id[:_SHORT_ID] if id.isalnum() else id


def shown_time(record: Record, zone: tzinfo | None) -> str:
    """The time of a record for the eye, to the precision in which it is known, in ``zone`` or the machine's."""
    if getattr(record, "precision", "minute") == "day":
        # A day is the day that the page named; another zone must not turn it into the day before.
        return f"{record.moment:%Y-%m-%d}"
    return clock(record.moment, zone)


def brief_time(record: Record, zone: tzinfo | None, year: int) -> str:
    """Return ``shown_time`` without the year where that is ``year``."""
    return shown_time(record, zone).removeprefix(f"{year:04}-")


def brief_source(name: str) -> str:
    """Return the name of a source for a column: a host without ``www.``."""
    return terminal.harmless(name.removeprefix("www.") or name)


def clock(moment: datetime, zone: tzinfo | None) -> str:
    """A moment for the eye, in ``zone`` or the machine's."""
    try:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
    except OverflowError:  # in the first or the last hours that there are
        return f"{moment:%Y-%m-%d %H:%M}"


def edit_lines(edits: Iterable[tuple[Record, Record | None]], style: Style) -> Iterator[str]:
    """Yield lines that show each record's title word by word against the one before."""
    from ticker.commands.edits import marked_lines

    if style.width is None:
        for record, before in edits:
            time, source, title = next(_tabbed([record])).split("\t")
            yield "\t".join([time, source, title, terminal.harmless(before.title) if before else ""])
        return
    rows = iter(edits)
    sample = list(islice(rows, _SAMPLE))
    columns = _columns_for([record for record, _ in sample], style, style.width)
    for record, before in chain(sample, rows):
        cells = columns.before_title(record, style)
        indent = sum(taken + 2 for _, taken, _ in cells)
        text = marked_lines(record, before, style.width - indent, style.coloured)
        shown = [terminal.pad(cell, taken) for cell, taken, _ in cells]
        if style.coloured:
            shown = [click.style(cell, fg=colour) for cell, (*_, colour) in zip(shown, cells, strict=True)]
        yield "  ".join([*shown, text[0]])
        yield from (" " * indent + line for line in text[1:])


def _tabbed(records: Iterable[Record] | Iterable[Glance]) -> Iterator[str]:
    harmless = terminal.harmless
    for record in records:
        yield f"{record.moment.isoformat()}\t{harmless(record.source)}\t{harmless(record.title)}"


def _tabbed_with_more(records: Iterable[Record], style: Style) -> Iterator[str]:
    for record in records:
        time, source, title = next(_tabbed([record])).split("\t")
        link = [terminal.harmless(record.url or "")] if style.long else []
        if style.coloured:
            spans = style.spans(title) if style.spans else []
            time, source = click.style(time, fg="cyan"), click.style(source, fg="green")
            title, link = terminal.highlight(title, spans), [click.style(text, dim=True) for text in link]
        yield "\t".join([time, source, title, *link])


def _table(records: Iterable[Record], style: Style, width: int) -> Iterator[str]:
    rows = iter(records)
    if style.source_cells is None:
        sample = list(islice(rows, _SAMPLE))
        columns, rows = _columns_for(sample, style, width), chain(sample, rows)
    else:  # each row is to be seen as soon as it comes
        year = datetime.now(style.zone).year
        columns = _Columns(width, len("11-24 17:10"), min(style.source_cells, width // 4), year)
    for record in rows:
        yield from _row(record, style, columns)


class _Columns(NamedTuple):
    """How wide a table is, and its columns of times and sources; times in ``year`` are shown without it."""

    width: int
    times: int
    sources: int
    year: int

    def before_title(self, record: Record, style: Style) -> list[tuple[str, int, str]]:
        """What stands before the title of a record: text, width and colour of each cell."""
        cells = []
        if self.width >= _TOO_NARROW_FOR_TIMES:
            time = brief_time(record, style.zone, self.year)
            cells.append((f"{time:>{self.times}}", max(self.times, len(time)), "cyan"))
        if self.width >= _TOO_NARROW_FOR_SOURCES:
            cells.append((brief_source(record.source), self.sources, "green"))
        return cells


def _columns_for(sample: Sequence[Record], style: Style, width: int) -> _Columns:
    """Return the columns that suit the first rows."""
    year = datetime.now(style.zone).year
    times = max((len(brief_time(record, style.zone, year)) for record in sample), default=_TIME_CELLS)
    return _Columns(width, times, min(source_cells(record.source for record in sample), width // 4), year)


def source_cells(names: Iterable[str]) -> int:
    """How wide a column of these sources is to be."""
    return min(max(map(terminal.cells, map(brief_source, names)), default=_SOURCE_CELLS), _SOURCE_CELLS)


def _row(record: Record, style: Style, columns: _Columns) -> Iterator[str]:
    def coloured(text: str, **look: object) -> str:
        return click.style(text, **look) if style.coloured and text.strip() else text  # type: ignore[arg-type]

    width = columns.width
    title = terminal.harmless(record.title)
    cells = columns.before_title(record, style)
    mark = EDITED if record.revises else ""
    room = width - sum(taken + 2 for _, taken, _ in cells) - len(mark)
    shown = terminal.fit(title, room)
    spans = style.spans(title) if style.spans and style.coloured else []
    # A span may lie behind the cut, and the ellipsis is no part of the title.
    visible = len(shown) - (shown != title)
    inside = [(start, min(end, visible)) for start, end in spans if start < visible]
    before = [coloured(terminal.pad(text, taken), fg=colour) for text, taken, colour in cells]
    yield "  ".join([*before, coloured(mark, fg="yellow") + terminal.highlight(shown, inside)])
    if style.long:
        # Never cut: it is there to be copied. Where it does not fit behind the time, it begins further ahead. The id
        # comes first, and so never breaks over a line.
        link = terminal.harmless(f"{short_id(record.id)}  {record.url or '(no link)'}")
        indent = min(columns.times + 2, max(width - terminal.cells(link), _LEAST_INDENT))
        yield coloured(f"{'':{indent}}{link}", dim=True)
