"""``ticker compact``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ticker.commands.invocation import Invocation
from ticker.commands.options import common_options
from ticker.commands.progress import ERASED, show_share
from ticker.errors import TickerError

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from ticker.archive import ClosedMonth, Compacted

SOME_FAILED = 1


@click.command("compact")
@click.option("--before", metavar="DATE", help="Months that ended before this day.  [default: 7 days ago]")
@click.option("--gzip", is_flag=True, help="Compress with gzip in place of zstd: files are a fifth larger.")
@click.option("--dry-run", is_flag=True, help="Show what would be compressed, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each month.")
@common_options
@click.pass_obj
def command(invocation: Invocation, before: str | None, gzip: bool, dry_run: bool, as_json: bool) -> int:
    """Compress the months that are over.

    The day files of a month become one compressed file, such as headlines/2025/2025-05.jsonl.zst, which every command
    reads as before, and zstdcat without ticker (with --gzip: zcat and zgrep). What is stored late for such a month
    stands in a day file again, until the next time.

    Nothing is lost if this is interrupted: day files are removed when the compressed file is on disk and was read back.
    Others may fetch and search meanwhile. Versions of ticker before this command refuse the archive from then on.

    Exit status: 0 all went well, 1 some months could not be compressed (they are left as they are), 2 an error.

    \b
    Examples:
      ticker compact
      ticker compact --before 2025-01-01 --dry-run
      ticker compact --gzip
    """
    from ticker.commands.archives import demand_archive, open_archive
    from ticker.commands.clock import zone_of

    settings = invocation.settings()
    archive = open_archive(invocation, settings, show_progress=False)
    demand_archive(archive)
    day = _last_day(before, zone_of(settings))
    months = archive.closed_months(day)
    if not months:
        invocation.note(f"nothing to compress: {settings.archive} has no day files of a month that ended before {day}")
    if dry_run:
        for month in months:
            _tell(month, as_json)
        return 0
    meter = _Meter(sum(month.size for month in months), sys.stderr.isatty() and not invocation.quiet)
    count = size = packed = failed = 0
    told: set[str] = set()
    for month in months:
        try:
            made = archive.compact(month, gzip, meter.advance)
        except TickerError as error:
            failed += 1
            if str(error) in told:
                break  # what keeps two months from it in the same words is about the archive, and keeps all
            told.add(str(error))
            meter.erase()
            click.echo(f"ticker: {error}", err=True)
            continue
        if made:
            count, size, packed = count + 1, size + made.size, packed + made.packed
            if as_json:
                _tell(made, as_json)
    meter.erase()
    if count:
        invocation.note(f"{count} {'month' if count == 1 else 'months'}, {_bytes(size)} compressed to {_bytes(packed)}")
    return SOME_FAILED if failed else 0


class _Meter:
    """How much of the day files is read, shown on a terminal."""

    def __init__(self, total: int, wanted: bool) -> None:
        self._total = total
        self._wanted = wanted
        self._done = 0

    def advance(self, size: int) -> None:
        self._done += size
        if self._wanted:
            show_share("compressing", min(self._done, self._total - 1), self._total)

    def erase(self) -> None:
        if self._wanted:
            click.echo(ERASED, nl=False, err=True)


def _last_day(before: str | None, zone: tzinfo) -> date:
    """The day before which a month must have ended; never in the future, whose months are not over."""
    from datetime import datetime

    from ticker.archive import OPEN_FOR
    from ticker.commands.clock import read_time

    today = datetime.now(zone).date()
    return min(read_time(before, zone).start.date(), today) if before is not None else today - OPEN_FOR


def _tell(month: ClosedMonth | Compacted, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(month), default=str))
    else:
        click.echo(f"{month.kind}\t{month.month}\t{month.days} days\t{_bytes(month.size)}")


def _bytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
