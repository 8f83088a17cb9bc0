"""The command ``ticker status``."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ticker.cli import terminal
from ticker.cli.context import Invocation
from ticker.cli.messages import number_of
from ticker.cli.options import common_options
from ticker.cli.output import write_report
from ticker.iso8601 import write_iso

if TYPE_CHECKING:
    from ticker.archive import ArchiveSize, ClosedMonth
    from ticker.cli.health import SourceHealth

SOMETHING_WRONG = 1
_CLOCKS_DIFFER = timedelta(minutes=1)
_WORTH_COMPACTING = 100_000_000  # bytes
_NARROWEST = 12  # cells; a column is not cut below this


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@common_options
@click.pass_obj
def command(invocation: Invocation, as_json: bool) -> int:
    """Show the health of sources and archive.

    For each source: time and result of the last fetch, failures in a row, the time of the newest record, and the next
    try. Then the approximate size of the archive, the state of its index, and the months due for compaction. Problems
    come last; --quiet prints only these:

    \b
      - a source failed at least three times in a row, over three hours
      - a source was never fetched successfully, in two runs
      - a source had headlines before, and none in the last two runs
      - a selector of a source found nothing in the last two runs
      - a source is silent for longer than usual (see 'ticker stats')
      - a source was not fetched for two days
      - a selector is invalid
      - no source was ever fetched
      - the clock of this machine is wrong
      - the disk has less than 500 MB left

    This reads the state kept by 'ticker fetch', not the archive, so it is fast. In a pipe, lines are tab-separated,
    and the first field is the kind of the line: source, archive, compact, moved or problem. A "moved" line has the name
    and the new URL of a source whose page moved permanently.

    Exit status: 0 no problems, 1 problems, 2 error.

    \b
    Examples:
      ticker status
      ticker status --quiet > wrong.txt || mail -s 'ticker' me@example.org < wrong.txt
      ticker status --json
    """
    from ticker.archive import OPEN_FOR
    from ticker.cli.context import now, open_archive, user_zone
    from ticker.cli.fetch_inputs import open_fetch_history
    from ticker.cli.health import assess_sources
    from ticker.pipeline import ClockCheck
    from ticker.settings.reader import selector_errors

    settings = invocation.settings()
    zone, moment = user_zone(settings), now()
    invocation.start_logging()
    with closing(open_fetch_history(settings)) as history:
        healths, states = assess_sources(settings.sources, history, moment), history.states()
    archive = open_archive(invocation, settings, show_progress=False, must_exist=False)
    report = Report(
        healths,
        selector_errors(settings),
        [archive.size("headlines"), archive.size("articles")] if archive.exists() else [],
        archive.closed_months(moment.astimezone(zone).date() - OPEN_FOR),
        _free_space(settings.archive),
        ClockCheck().find_warning(moment, states.values()),
        moment,
        zone,
    )
    problems = list(report.problems())
    if invocation.quiet and not as_json:
        for problem in problems:
            click.echo(terminal.replace_controls(problem))
    else:
        write_report(report, as_json)
    return SOMETHING_WRONG if problems else 0


@dataclass(frozen=True, slots=True)
class Report:
    """The content of the status.

    ``wrong`` has the errors of sources with invalid selectors. ``free`` is the free disk space in bytes. ``clock`` is
    the problem of the machine's clock, if any.
    """

    healths: Sequence[SourceHealth]
    wrong: Mapping[str, Exception]
    sizes: Sequence[ArchiveSize]
    closed: Sequence[ClosedMonth]
    free: int
    clock: str | None
    moment: datetime
    zone: tzinfo

    def problems(self) -> Iterator[str]:
        """Yield a line for each problem."""
        from ticker.cli.health import MIN_FREE_BYTES

        for health in self.healths:
            if health.problem:
                yield f"{health.source.name}: {health.problem}"
        for name, error in self.wrong.items():
            yield f"{name}: not fetched: {error}"
        if self.healths and not any(health.state for health in self.healths):
            yield "no source was ever fetched, or the state of sources is lost; check that cron runs 'ticker fetch'"
        if self.free < MIN_FREE_BYTES:
            yield f"only {_bytes(self.free)} left on the disk of the archive"
        if self.clock:
            yield self.clock

    def moves(self) -> Iterator[str]:
        """Yield a line for each source that moved permanently, which is no problem while servers redirect."""
        from ticker.cli.health import move_hint

        for health in self.healths:
            if health.moved_to:
                yield move_hint(health.source.name, health.source.url, health.moved_to)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as a dictionary for JSON, with times in UTC."""
        return {
            "sources": [_to_dict(health) for health in self.healths],
            "archive": {
                each.kind: {
                    "lines": each.lines,
                    "is_counted": each.is_counted,
                    "bytes": each.size,
                    "bytes_on_disk": each.on_disk,
                    "bytes_not_indexed": each.unindexed,
                }
                for each in self.sizes
            },
            "due_for_compaction": {
                "months": len({closed.month for closed in self.closed}),
                "bytes": sum(closed.size for closed in self.closed),
            },
            "bytes_free": self.free,
            "problems": list(self.problems()),
        }

    def rows(self) -> Iterator[list[str]]:
        """Yield the fields of each line for a pipe."""
        for health in self.healths:
            state = health.state
            yield [
                "source",
                health.source.name,
                write_iso(state.tried if state else None),
                health.result,
                str(state.failures if state else 0),
                write_iso(state.news if state else None),
                write_iso(health.next_try),
            ]
        for each in self.sizes:
            unindexed = "" if each.unindexed is None else str(each.unindexed)
            yield ["archive", each.kind, str(each.lines), str(each.size), str(each.on_disk), unindexed]
        for closed in self.closed:
            yield ["compact", closed.kind, closed.month, str(closed.size)]
        for health in self.healths:
            if health.moved_to:
                yield ["moved", health.source.name, health.moved_to]
        for problem in self.problems():
            yield ["problem", problem]

    def sheet(self, layout: terminal.Layout) -> Iterator[str]:
        """Yield the lines for a terminal."""
        from ticker.cli.health import format_duration

        def when(moment: datetime | None, with_clock: bool = False) -> str:
            if moment is None:
                return "-"
            if moment > self.moment:
                return "?" if moment - self.moment > _CLOCKS_DIFFER else "now"
            local = moment.astimezone(self.zone)
            is_today = local.date() == self.moment.astimezone(self.zone).date()
            clock = f" ({local:%H:%M})" if is_today else f" ({local:%Y-%m-%d %H:%M})"
            return f"{format_duration(self.moment - moment)} ago{clock if with_clock else ''}"

        table = [("source", "fetched", "result", "failed", "newest", "next try")]
        for health in self.healths:
            state = health.state
            table.append(
                (
                    health.source.name,
                    when(state.tried if state else None, with_clock=True),
                    health.result,
                    f"{state.failures:,}" if state and state.failures else "",
                    when(state.news if state else None),
                    f"in {format_duration(health.next_try - self.moment)}" if health.next_try else "next run",
                )
            )
        wrong = [False, *(bool(health.problem) for health in self.healths)]
        lines = _fitted(table, layout) if self.healths else ["no sources; add one with 'ticker sources add URL'"]
        for is_wrong, line in zip(wrong, lines, strict=True):
            yield layout.style(line, fg="red") if is_wrong else line
        for text in ["", *self._archive(), *_paragraph(self.moves()), *_paragraph(self.problems())]:
            yield from layout.wrap(text)

    def _archive(self) -> Iterator[str]:
        if not self.sizes:
            yield "archive: empty"
            return
        lines = " and ".join(f"{'' if e.is_counted else 'about '}{number_of(e.lines, e.kind[:-1])}" for e in self.sizes)
        yield f"archive: {lines}, {_bytes(sum(each.on_disk for each in self.sizes))}"
        unindexed = [each.unindexed for each in self.sizes if each.unindexed is not None]
        if not unindexed:
            yield "index: none; created by a search in a larger archive"
        else:
            yield f"index: {f'{_bytes(sum(unindexed))} not yet indexed' if sum(unindexed) else 'up to date'}"
        is_worth_it = sum(closed.size for closed in self.closed) >= _WORTH_COMPACTING
        if self.closed:
            months = len({closed.month for closed in self.closed})
            size = _bytes(sum(closed.size for closed in self.closed))
            advice = "; run 'ticker compact'" if is_worth_it else ""
            yield f"due for compaction: {number_of(months, 'month')}, {size}{advice}"
        if is_worth_it or any(each.on_disk < each.size for each in self.sizes):
            yield "compressed months: search them with zstdgrep, or with zgrep after 'compact --gzip'"


def _to_dict(health: SourceHealth) -> dict[str, Any]:
    from ticker.text import without_password

    state = health.state
    told: dict[str, Any] = {"name": health.source.name, "url": without_password(health.source.url)}
    if state:
        told |= {
            "tried": write_iso(state.tried),
            "succeeded": write_iso(state.succeeded) or None,
            "error": state.error or None,
            "headlines": state.headlines,
            "new": state.new,
            "unchanged": state.unchanged,
            "failures": state.failures,
            "failing_since": write_iso(state.failing_since) or None,
            "news": write_iso(state.news) or None,
            "next_try": write_iso(health.next_try) or None,
        }
    return {**told, "moved_to": health.moved_to, "problem": health.problem or None}


def _paragraph(lines: Iterable[str]) -> list[str]:
    """Return the lines after an empty one, or nothing if there are none."""
    found = list(lines)
    return ["", *found] if found else []


def _fitted(table: Sequence[Sequence[str]], layout: terminal.Layout) -> Iterator[str]:
    """Yield the rows of a table fitted to the width: the widest columns are cut, then the last ones dropped."""
    width = layout.width or terminal.width()
    table = [[terminal.replace_controls(cell) for cell in row] for row in table]
    cells = [max(terminal.cells(row[number]) for row in table) for number in range(len(table[0]))]
    while sum(cells) + 2 * (len(cells) - 1) > width and max(cells) > _NARROWEST:
        cells[cells.index(max(cells))] -= 1
    while sum(cells) + 2 * (len(cells) - 1) > width and len(cells) > 1:
        cells.pop()
    for row in table:
        line = "  ".join(terminal.pad(cell, size) for cell, size in zip(row, cells, strict=False))
        yield terminal.fit(line.rstrip(), width)


def _free_space(folder: Path) -> int:
    """Return the free bytes on the disk where ``folder`` is, or would be created."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(there).free


def _bytes(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.1f} MB"
