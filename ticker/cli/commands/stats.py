"""The command ``ticker stats``, with charts on a terminal and tab-separated fields in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ticker.cli import terminal
from ticker.cli.context import Invocation
from ticker.cli.messages import number_of
from ticker.cli.options import (
    PATH,
    articles_option,
    common_options,
    index_option,
    pattern_options,
    source_option,
    span_options,
)
from ticker.cli.output import format_moment, write_report
from ticker.errors import UsageError
from ticker.iso8601 import write_iso
from ticker.stats.charts import bar, in_columns, sparkline
from ticker.stats.summary import WEEKDAYS

if TYPE_CHECKING:
    from ticker.cli.selection import Selection
    from ticker.stats import Gap, RisingWord, Summary

_MOST_DAYS = 31  # with one bar per day; longer ranges get a sparkline
_MOST_ROWS = 10
_NAME_CELLS = 20


class _Report(NamedTuple):
    """Statistics, with times in ``zone``, and days and hours in ``clock_name``, or else in that of each source."""

    summary: Summary
    zone: tzinfo
    clock_name: str | None

    def to_dict(self) -> Mapping[str, Any]:
        """Return the statistics for JSON."""
        return self.summary.to_dict()

    def sheet(self, layout: terminal.Layout) -> Iterator[str]:
        """Yield the lines for a terminal."""
        return _Sheet(self, layout).lines()

    def rows(self) -> Iterator[list[str]]:
        """Yield the fields of each line for a pipe."""
        counts = self.summary.counts
        yield ["all", write_iso(counts.first), write_iso(counts.last), str(counts.total)]
        for day, count in counts.days():
            yield ["day", day.isoformat(), str(count)]
        for hour, count in enumerate(counts.hours()):
            yield ["hour", f"{hour:02}", str(count)]
        for name, count in zip(WEEKDAYS, counts.weekdays(), strict=True):
            yield ["weekday", name, str(count)]
        for name, each in self.summary.by_source():
            yield ["source", name, str(each.count), write_iso(each.first), write_iso(each.last)]
        for gap in self.summary.gaps:
            end = "" if gap.is_open else write_iso(_moment(gap.end))
            yield ["gap", gap.source, write_iso(_moment(gap.start)), end, f"{_hours(gap.end - gap.start):.1f}"]
        for risen in self.summary.risen:
            numbers = (risen.headlines, risen.sources, risen.before)
            yield ["word", risen.word, *map(str, numbers), f"{risen.score:.2f}"]


class _Sheet:
    """Statistics as lines for a terminal."""

    def __init__(self, report: _Report, layout: terminal.Layout) -> None:
        self._summary = report.summary
        self._zone = report.zone
        self._clock_name = report.clock_name or "of each source"
        self._layout = layout
        self._width = layout.width or terminal.width()
        self._ascii = not _shows_blocks(sys.stdout.encoding)

    def lines(self) -> Iterator[str]:
        """Yield all lines."""
        counts = self._summary.counts
        if counts.first is None or counts.last is None:
            yield f"no {self._summary.kind}"
            return
        records = number_of(counts.total, self._summary.kind.removesuffix("s"))
        yield from self._wrapped(f"{records} of {number_of(len(counts.sources), 'source')}")
        yield from self._wrapped(
            f"from {format_moment(counts.first, self._zone)} to {format_moment(counts.last, self._zone)}"
        )
        yield from self._days()
        yield from self._hours()
        yield from self._section("By weekday")
        yield from self._bars([(name[:3], count) for name, count in zip(WEEKDAYS, counts.weekdays(), strict=True)])
        yield from self._section("By source")
        by_source = [(name, each.count) for name, each in self._summary.by_source()]
        yield from self._bars(by_source[:_MOST_ROWS])
        yield from self._more(len(by_source))
        yield from self._gaps()
        yield from self._risen()

    def _days(self) -> Iterator[str]:
        days = list(self._summary.counts.days())
        yield from self._section("By day")
        length = (days[-1][0] - days[0][0]).days + 1
        if length <= _MOST_DAYS:
            counts = dict(days)
            every = [days[0][0] + timedelta(days=number) for number in range(length)]
            yield from self._bars([(f"{day} {day:%a}", counts.get(day, 0)) for day in every])
            return
        columns, size = in_columns(days, self._width - 2)
        most = max(days, key=lambda each: each[1])
        yield self._drawn("  ", sparkline(columns, self._ascii))
        step = "a day" if size == 1 else f"{size} days"
        told = f"{days[0][0]} to {days[-1][0]}, {step} a column; most on {most[0]}: {most[1]:,}"
        yield from self._wrapped(told, "  ")

    def _hours(self) -> Iterator[str]:
        hours = self._summary.counts.hours()
        busiest = max(range(24), key=hours.__getitem__)
        yield from self._section(f"By hour (the clock {self._clock_name})")
        cells = 2 if self._width > 50 else 1
        axis = "".join(f"{hour:<{6 * cells}}" for hour in range(0, 24, 6)).rstrip()
        yield self._drawn("  ", sparkline([count for count in hours for _ in range(cells)], self._ascii))
        yield self._layout.fit(f"  {axis}")
        yield self._layout.fit(f"  most at {busiest}: {hours[busiest]:,}")

    def _gaps(self) -> Iterator[str]:
        gaps = self._summary.gaps
        if gaps:
            yield from self._section("Gaps longer than usual for the source")
            for gap in gaps[:_MOST_ROWS]:
                yield from self._wrapped(self._gap(gap), "  ")
            yield from self._more(len(gaps))

    def _gap(self, gap: Gap) -> str:
        start = format_moment(_moment(gap.start), self._zone)
        span = f"since {start}" if gap.is_open else f"{start} to {format_moment(_moment(gap.end), self._zone)}"
        return f"{gap.source}  {span}, {_length(gap.end - gap.start)} (usually up to {_length(gap.usual)})"

    def _risen(self) -> Iterator[str]:
        windows, risen = self._summary.windows, self._summary.risen
        if risen and windows:
            yield from self._section(f"Rising words since {format_moment(windows.start, self._zone)}")
            shown = risen[:_MOST_ROWS]
            cells = min(max(terminal.cells(each.word) for each in shown), _NAME_CELLS)
            for each in shown:
                word = terminal.pad(terminal.replace_controls(each.word), cells)
                line = f"  {word}  {_how(each)}"
                if terminal.cells(line) <= self._width:
                    yield line
                else:
                    yield from self._wrapped(f"{each.word}: {_how(each)}", "  ")
            yield from self._more(len(risen))

    def _section(self, title: str) -> Iterator[str]:
        yield ""
        for line in self._wrapped(title):
            yield self._layout.style(line, bold=True)

    def _bars(self, rows: list[tuple[str, int]]) -> Iterator[str]:
        most = max((count for _, count in rows), default=0)
        names = [terminal.replace_controls(name) for name, _ in rows]
        name_cells = min(max(map(terminal.cells, names), default=0), _NAME_CELLS)
        number_cells = len(f"{most:,}")
        room = self._width - name_cells - number_cells - 6
        for name, (_, count) in zip(names, rows, strict=True):
            start = f"  {terminal.pad(name, name_cells)}  {count:>{number_cells},} "
            yield self._drawn(start, bar(count, most, room, self._ascii))

    def _more(self, total: int) -> Iterator[str]:
        if total > _MOST_ROWS:
            yield from self._wrapped(f"and {total - _MOST_ROWS:,} more; --json has all", "  ")

    def _drawn(self, start: str, drawing: str) -> str:
        return f"{start}{self._layout.style(drawing, fg='cyan')}".rstrip()

    def _wrapped(self, text: str, indent: str = "") -> Iterator[str]:
        """Yield ``text`` on as many lines as it takes, those after the first further in."""
        text = terminal.replace_controls(text)
        if terminal.cells(indent + text) <= self._width:
            yield indent + text
            return
        for number, line in enumerate(terminal.wrap(text, self._width - len(indent) - 2)):
            yield f"{indent}{'  ' if number else ''}{line}"


def _shows_blocks(encoding: str | None) -> bool:
    try:
        "▁█▏".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _how(risen: RisingWord) -> str:
    often = "new" if risen.ratio is None else f"{risen.ratio:.1f} times as often"
    return f"{risen.headlines:,} headlines of {number_of(risen.sources, 'source')}, {often}"


def _length(seconds: float) -> str:
    hours = _hours(seconds)
    return f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.1f} hours"


def _hours(seconds: float) -> float:
    return seconds / 3600


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@click.command("stats")
@click.argument("pattern", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--plot", type=PATH, metavar="FILE", help="Also plot to FILE, .svg or .png.")
@click.option(
    "--rising", type=click.Choice(["day", "week"]), default="week", help="Period of the rising words.  [default: week]"
)
@click.option("--timezone", metavar="ZONE", help="Timezone of days and hours.  [default: that of each source]")
@pattern_options
@span_options
@source_option
@articles_option
@index_option
@common_options
@click.pass_obj
def command(
    invocation: Invocation,
    /,
    as_json: bool,
    plot: str | None,
    rising: str,
    timezone: str | None,
    **options: Any,
) -> None:
    """Count archived headlines or articles; show gaps and rising words.

    Counts are by day, hour, weekday and source. Gaps are times in which a source was silent for longer than usual.
    Rising words became more frequent in the last week or day, compared with the four weeks before. PATTERN and the
    options select records as in 'ticker search' and 'ticker list'; without them, all are counted.

    On a terminal, the counts are bars. In a pipe, lines are tab-separated, and the first field is the kind of the line:
    all, day, hour, weekday, source, gap or word.

    \b
    Examples:
      ticker stats
      ticker stats --since 'last month' --source gazette
      ticker stats earthquake --json
      ticker stats --rising day --plot week.svg
    """
    from ticker.cli.selection import print_hints, read_selection

    ending = _ending(plot) if plot is not None else ""
    zone = _zone(timezone)
    selection = read_selection(invocation, **options)
    summary = _summary(selection, rising, zone, invocation.has_progress)
    if plot is not None:
        from ticker.export import replacing, translate_os_errors
        from ticker.stats.charts import plot as draw

        with translate_os_errors(Path(plot)), replacing(Path(plot)) as path:
            draw(summary, selection.title, path, ending)
    write_report(_Report(summary, selection.zone, timezone), as_json)
    if not summary.counts.total:
        print_hints(invocation, selection)


def _summary(selection: Selection, rising: str, zone: tzinfo | None, with_progress: bool) -> Summary:
    from ticker.cli.context import now
    from ticker.cli.progress import Meter
    from ticker.stats import Windows, summarize
    from ticker.stats.rising import LENGTHS

    query, present = selection.query, now()
    newest = next(selection._replace(query=replace(query, limit=1)).records(), None)
    windows = Windows.up_to(min(newest.moment, present), LENGTHS[rising]) if newest else None
    with Meter("counting", with_progress) as meter:
        return summarize(
            meter.counted(selection.archive.unordered(selection.kind, query)),
            selection.kind,
            min(query.until or present, present),
            windows,
            zone,
            with_gaps=query.matcher is None,  # gaps between search results mean nothing
        )


def _zone(name: str | None) -> tzinfo | None:
    if name is None:
        return None
    from ticker.times.zones import zone_by_name

    return zone_by_name(name)


def _ending(name: str) -> str:
    """Return the extension of an image file. Raises UsageError, and ExportError if matplotlib is missing."""
    from ticker.stats.charts import ENDINGS, check

    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(f"invalid --plot {name!r}: unknown extension; use {' or '.join(ENDINGS)}")
    check()
    return ending
