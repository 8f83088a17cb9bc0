"""The command ``ticker compact``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ticker.cli.context import Invocation
from ticker.cli.messages import number_of, say
from ticker.cli.options import common_options
from ticker.cli.progress import Meter
from ticker.errors import TickerError

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from ticker.archive import ClosedMonth, CompactedMonth

SOME_FAILED = 1


@click.command("compact")
@click.option("--before", metavar="DATE", help="Compress months that ended before DATE.  [default: 7 days ago]")
@click.option("--gzip", is_flag=True, help="Compress with gzip instead of zstd; files are a fifth larger.")
@click.option("--dry-run", is_flag=True, help="Show what would be compressed; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per month.")
@common_options
@click.pass_obj
def command(invocation: Invocation, before: str | None, gzip: bool, dry_run: bool, as_json: bool) -> int:
    """Compress past months.

    The day files of a month become one compressed file, such as headlines/2025/2025-05.jsonl.zst. All commands read
    it, and so do zstdcat and zstdgrep (with --gzip: zcat and zgrep). Records stored later for such a month go to day
    files, which the next run compresses.

    Interrupting this is safe: day files are removed after the compressed file is on disk and was read back. Other
    processes may fetch and search meanwhile. Versions of ticker without this command refuse a compressed archive.

    Exit status: 0 success, 1 some months could not be compressed and are unchanged, 2 error.

    \b
    Examples:
      ticker compact
      ticker compact --before 2025-01-01 --dry-run
      ticker compact --gzip
    """
    from ticker.cli.context import open_archive, user_zone
    from ticker.cli.signals import handling_signals

    settings = invocation.settings()
    archive = open_archive(invocation, settings, show_progress=False)
    day = _last_day(before, user_zone(settings))
    months = archive.closed_months(day)
    if not months:
        invocation.note(f"nothing to compress: {settings.archive} has no day files of months that ended before {day}")
    if dry_run:
        for month in months:
            _tell(month, as_json)
        return 0
    tally = _Tally()
    with handling_signals() as stop:
        meter = Meter("compressing", invocation.has_progress, sum(month.size for month in months))

        def advance(size: int) -> None:
            stop.check()  # gives up the current month
            meter.advance(size)

        try:
            for month in months:
                try:
                    with stop.held():  # a signal must not interrupt the replacement of day files
                        made = archive.compact(month, gzip, advance)
                        if made:
                            tally.add(made)
                            if as_json:
                                _tell(made, as_json)
                except TickerError as error:
                    meter.erase()
                    if not tally.failed_anew(str(error)):
                        break  # the same error twice concerns the archive, so all other months would fail too
                    say(str(error))
        finally:
            meter.erase()
            if tally.count:
                if sys.stderr.isatty():
                    grep = "zgrep" if gzip else "zstdgrep"
                    invocation.note(f"{grep} reads compressed months: {grep} WORD {settings.archive}/headlines/*/*")
                invocation.note(tally.summary())
    return SOME_FAILED if tally.failed else 0


class _Tally:
    """Counts of months and of bytes before and after compression, and the errors so far."""

    def __init__(self) -> None:
        self.count = self._size = self._packed = 0
        self.failed: set[str] = set()

    def add(self, made: CompactedMonth) -> None:
        """Count a compressed month."""
        self.count += 1
        self._size += made.size
        self._packed += made.packed

    def failed_anew(self, why: str) -> bool:
        """Record an error; return whether it is the first of its text."""
        is_new = why not in self.failed
        self.failed.add(why)
        return is_new

    def summary(self) -> str:
        return f"{number_of(self.count, 'month')}, {_bytes(self._size)} compressed to {_bytes(self._packed)}"


def _last_day(before: str | None, zone: tzinfo) -> date:
    """Return the day before which a month must have ended: at most today, as later months are not over."""
    from datetime import datetime

    from ticker.archive import OPEN_FOR
    from ticker.cli.context import read_time

    today = datetime.now(zone).date()
    return min(read_time(before, zone).start.date(), today) if before is not None else today - OPEN_FOR


def _tell(month: ClosedMonth | CompactedMonth, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(month), default=str))
    else:
        click.echo(f"{month.kind}\t{month.month}\t{month.days} days\t{_bytes(month.size)}")


def _bytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
