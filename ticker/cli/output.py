"""Archived records as text: a table on a terminal, tab-separated lines in a pipe, JSON Lines, CSV.

Each format is a generator from records to lines, so a long archive is streamed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import click

from ticker.cli import terminal
from ticker.errors import UsageError

if TYPE_CHECKING:
    from ticker.archive import StoredArticle, StoredHeadline

    Record = StoredHeadline | StoredArticle
    Spans = Callable[[str], list[terminal.Span]]

_TIME_CELLS = len("2025-06-12 17:10")
_TOO_NARROW_FOR_TIMES, _TOO_NARROW_FOR_SOURCES = 30, 40  # below this width, the column is dropped
_SOURCE_CELLS = 20  # maximum, as is a quarter of the width; longer names are cut
_LEAST_INDENT = 2
EDITED = "~ "  # marks the title of a revision
_SHORT_ID = 10  # characters; among ten million ids, about fifty pairs share them
SAMPLE = 500  # rows from which column widths are computed


class Style(NamedTuple):
    """How to show records.

    ``width`` is the terminal's width in cells, or None to leave lines uncut. ``zone`` is the timezone of times on a
    terminal, or None for the machine's. ``spans`` finds what to highlight. ``source_cells`` is the width of the source
    column, or None to compute it from the first rows. ``has_mark`` adds a byte order mark to CSV.
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
        """Whether only the time, source and title of a record are shown."""
        return self.form == "rows" and self.width is None and not self.long and not self.coloured


def style_for_stdout(
    form: str | None,
    long: bool = False,
    zone: Callable[[], tzinfo | None] = lambda: None,
    spans: Spans | None = None,
    bom: bool = False,
) -> Style:
    """Return the style for standard output; ``zone`` is called only if it is a terminal."""
    if bom and form != "csv":
        raise UsageError("--bom requires --csv; give both")
    layout = terminal.layout()
    return Style(
        form=form or "rows",
        long=long,
        width=layout.width,
        coloured=layout.coloured,
        zone=zone() if layout.width else None,
        spans=spans,
        has_mark=bom,
    )


def write_records(
    records: Iterable[Record],
    style: Style,
    articles: bool = False,
    after_each: Callable[[], object] = lambda: None,
    is_paged: bool = False,
) -> int:
    """Write records to standard output as they arrive, and return their number."""
    count = 0

    def counted() -> Iterator[Any]:
        nonlocal count
        for record in records:
            count += 1
            yield record

    with terminal.paging(is_paged) as write:
        for line in record_lines(counted(), style, articles):
            write(line)
            after_each()
    return count


def record_lines(records: Iterable[Record], style: Style, articles: bool = False) -> Iterator[str]:
    """Return the lines that show ``records`` in the style."""
    if style.form == "json":
        return map(terminal.escape_for(sys.stdout), (record.to_line() for record in records))
    if style.form == "csv":
        from ticker.export.as_csv import table

        return table(records, "articles" if articles else "headlines", style.has_mark)
    if style.is_brief:
        return tabbed_lines(records)
    return _table(records, style, style.width) if style.width else _tabbed_with_more(records, style)


class Report(Protocol):
    """What ``write_report`` writes."""

    def to_dict(self) -> Mapping[str, Any]:
        """Return the content for JSON."""

    def sheet(self, layout: terminal.Layout) -> Iterable[str]:
        """Return the lines for a terminal."""

    def rows(self) -> Iterable[Sequence[str]]:
        """Return the fields of each line for a pipe; the first is the kind of the line."""


def write_report(report: Report, as_json: bool) -> None:
    """Write a report: one JSON object, lines on a terminal, or tab-separated fields in a pipe."""
    if as_json:
        print_object(report.to_dict())
    elif sys.stdout.isatty():
        for line in report.sheet(terminal.layout()):
            click.echo(line)
    else:
        for row in report.rows():
            click.echo("\t".join(map(terminal.replace_controls, row)))


def print_object(fields: Mapping[str, Any]) -> None:
    """Print a value as one line of JSON."""
    from ticker.archive import to_line

    click.echo(terminal.escape_for(sys.stdout)(to_line(fields)))


def short_id(id: str) -> str:
    """Return the first characters of an id, which every command accepts; a hand-made id is not shortened."""
    return id[:_SHORT_ID] if id.isalnum() else id


def shown_time(record: Record, zone: tzinfo | None) -> str:
    """Format the time of a record, to its precision, in ``zone`` or the machine's timezone."""
    if getattr(record, "precision", "minute") == "day":
        # A date from the page must not change when shown in another timezone.
        return f"{record.moment:%Y-%m-%d}"
    return format_moment(record.moment, zone)


def short_time(record: Record, zone: tzinfo | None, year: int) -> str:
    """Return ``shown_time`` without the year if that is ``year``."""
    return shown_time(record, zone).removeprefix(f"{year:04}-")


def short_source(name: str) -> str:
    """Return the name of a source for a table, without a leading ``www.``."""
    return terminal.replace_controls(name.removeprefix("www.") or name)


def format_moment(moment: datetime, zone: tzinfo | None) -> str:
    """Format a time to the minute, in ``zone`` or the machine's timezone."""
    try:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
    except OverflowError:  # within hours of datetime.min or datetime.max
        return f"{moment:%Y-%m-%d %H:%M}"


def tabbed_lines(records: Iterable[Record]) -> Iterator[str]:
    """Yield time, source and title of each record, separated by tabs."""
    harmless = terminal.replace_controls
    for record in records:
        yield f"{record.moment.isoformat()}\t{harmless(record.source)}\t{harmless(record.title)}"


def _tabbed_with_more(records: Iterable[Record], style: Style) -> Iterator[str]:
    for record in records:
        time, source, title = next(tabbed_lines([record])).split("\t")
        link = [terminal.replace_controls(record.url or "")] if style.long else []
        if style.coloured:
            spans = style.spans(title) if style.spans else []
            time, source = click.style(time, fg="cyan"), click.style(source, fg="green")
            title, link = terminal.highlight(title, spans), [click.style(text, dim=True) for text in link]
        yield "\t".join([time, source, title, *link])


def _table(records: Iterable[Record], style: Style, width: int) -> Iterator[str]:
    rows = iter(records)
    if style.source_cells is None:
        sample = list(islice(rows, SAMPLE))
        columns, rows = columns_for(sample, style, width), chain(sample, rows)
    else:  # each row is to be seen as soon as it comes
        year = datetime.now(style.zone).year
        columns = Columns(width, len("11-24 17:10"), min(style.source_cells, width // 4), year)
    for record in rows:
        yield from _row(record, style, columns)


class Columns(NamedTuple):
    """The widths of a table and of its columns in cells; times in ``year`` are shown without the year."""

    width: int
    times: int
    sources: int
    year: int

    def before_title(self, record: Record, style: Style) -> list[tuple[str, int, str]]:
        """Return text, width and colour of each cell before the title of a record."""
        cells = []
        if self.width >= _TOO_NARROW_FOR_TIMES:
            time = short_time(record, style.zone, self.year)
            cells.append((f"{time:>{self.times}}", max(self.times, len(time)), "cyan"))
        if self.width >= _TOO_NARROW_FOR_SOURCES:
            cells.append((short_source(record.source), self.sources, "green"))
        return cells


def columns_for(sample: Sequence[Record], style: Style, width: int) -> Columns:
    """Return the columns that suit the first rows."""
    year = datetime.now(style.zone).year
    times = max((len(short_time(record, style.zone, year)) for record in sample), default=_TIME_CELLS)
    return Columns(width, times, min(source_cells(record.source for record in sample), width // 4), year)


def source_cells(names: Iterable[str]) -> int:
    """Return the width of a column of these sources."""
    return min(max(map(terminal.cells, map(short_source, names)), default=_SOURCE_CELLS), _SOURCE_CELLS)


def _row(record: Record, style: Style, columns: Columns) -> Iterator[str]:
    def coloured(text: str, **look: object) -> str:
        return click.style(text, **look) if style.coloured and text.strip() else text  # type: ignore[arg-type]

    width = columns.width
    title = terminal.replace_controls(record.title)
    cells = columns.before_title(record, style)
    mark = EDITED if record.revises else ""
    room = width - sum(taken + 2 for _, taken, _ in cells) - len(mark)
    shown = terminal.fit(title, room)
    spans = style.spans(title) if style.spans and style.coloured else []
    # A span may begin after the cut, and the ellipsis must not be highlighted.
    visible = len(shown) - (shown != title)
    inside = [(start, min(end, visible)) for start, end in spans if start < visible]
    before = [coloured(terminal.pad(text, taken), fg=colour) for text, taken, colour in cells]
    yield "  ".join([*before, coloured(mark, fg="yellow") + terminal.highlight(shown, inside)])
    if style.long:
        # The link is never cut, so it can be copied; a long one starts further left. The id is first, to stay on
        # one line.
        link = terminal.replace_controls(f"{short_id(record.id)}  {record.url or '(no link)'}")
        indent = min(columns.times + 2, max(width - terminal.cells(link), _LEAST_INDENT))
        yield coloured(f"{'':{indent}}{link}", dim=True)
