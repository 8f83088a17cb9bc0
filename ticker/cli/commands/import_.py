"""The command ``ticker import``, and the files that its arguments mean."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from ticker.cli.context import Invocation
from ticker.cli.messages import WARNING, number_of
from ticker.cli.messages import say as say_it
from ticker.cli.options import PATH, common_options, hidden_index_option
from ticker.cli.progress import SHOWN_EVERY, Meter
from ticker.cli.signals import handling_signals
from ticker.errors import ArchiveError, TickerError, UsageError

if TYPE_CHECKING:
    from io import BufferedReader

    from ticker.archive import ImportedLine, Retiming

STANDARD_INPUT = "-"
_SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")

SOME_REFUSED = 1
_BATCH = 20_000  # lines, or
_BATCH_SIZE = 16 << 20  # bytes, to limit memory; each batch is on disk before the next is read


def input_paths(names: Sequence[str]) -> Iterator[str | ArchiveError]:
    """Yield the files that ``names`` mean, in order; for a folder, its JSON Lines files, by extension.

    For a folder that cannot be read, yield the error instead.
    """
    for name in names:
        if name == STANDARD_INPUT or not os.path.isdir(name):  # noqa: PTH112 (Path.is_dir raises PermissionError)
            yield name
            continue
        try:
            yield from _files_in(name)
        except ArchiveError as error:
            yield error


def open_input(path: str | ArchiveError) -> AbstractContextManager[BufferedReader]:
    """Open one of ``paths`` for reading. Raises ArchiveError."""
    if isinstance(path, ArchiveError):
        raise path
    if path == STANDARD_INPUT:
        return nullcontext(cast("BufferedReader", sys.stdin.buffer))
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise _unread(error) from error


def total_size(names: Sequence[str]) -> int:
    """Return the size of all files in bytes, or 0 if one of them is a pipe, which has no size."""
    total = 0
    for path in input_paths(names):
        if isinstance(path, str) and os.path.exists(path):  # noqa: PTH110 (missing files are reported when opened)
            status = os.stat(path)  # noqa: PTH116
            if not stat.S_ISREG(status.st_mode):
                return 0
            total += status.st_size
        elif path == STANDARD_INPUT:
            return 0
    return total


def _files_in(name: str) -> list[str | ArchiveError]:
    from ticker.archive import Archive

    Archive(Path(name)).check()
    found: list[str] = []
    errors: list[ArchiveError] = []
    seen: set[str] = set()
    for folder, folders, files in os.walk(name, onerror=lambda error: errors.append(_unread(error)), followlinks=True):
        here = os.path.realpath(folder)
        if here in seen:  # a cycle of symbolic links
            folders.clear()
            continue
        seen.add(here)
        named = (os.path.join(folder, file) for file in files if file.endswith(_SUFFIXES) and file[0] != ".")  # noqa: PTH118
        found += (path for path in named if not _is_pipe(path))
    if not found and not errors:
        raise ArchiveError(f"{name}: no {' or '.join('*' + each for each in _SUFFIXES)} file in this folder")
    return [*errors, *sorted(found)]


def _is_pipe(path: str) -> bool:
    """Return whether the file is a named pipe, which might block when opened."""
    try:
        return stat.S_ISFIFO(os.stat(path).st_mode)  # noqa: PTH116
    except OSError:
        return False


def _unread(error: OSError) -> ArchiveError:
    return ArchiveError(f"cannot read {error.filename}: {error.strerror}")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Check the lines and count new ones; store nothing.")
@click.option(
    "--retime",
    "zones",
    metavar="NAME=ZONE",
    multiple=True,
    help="Resolve the times of source NAME in timezone ZONE. Repeatable.",
)
@click.option("--json", "as_json", is_flag=True, help="Print new records as JSON Lines, as stored.")
@hidden_index_option
@common_options
@click.pass_obj
def command(
    invocation: Invocation, files: tuple[str, ...], dry_run: bool, zones: tuple[str, ...], as_json: bool
) -> int:
    """Import new headlines or articles from JSON Lines.

    Each FILE contains one JSON object per line, from another archive, an export, or made by hand. A folder means the
    .jsonl files in it; - means standard input. Input may be compressed with gzip or zstd.

    A line needs "title" and "time", an ISO 8601 time with an offset from UTC. A line with a "body" is an article, any
    other a headline. Unknown fields are kept. Lines are deduplicated by "id", which is computed if missing, so
    importing twice adds nothing.

    A line that cannot be parsed is reported with file and line number; the others are imported.

    --retime corrects an archive in which source NAME had a wrong timezone, on import into a new archive. The times
    that the page showed are resolved again in ZONE, relative to when they were seen. Machine-readable times and ages
    are not changed. The old archive is not changed.

    Exit status: 0 success, 1 some lines were refused or files could not be read (the rest is stored) or the archive
    could not be written, 2 usage error.

    \b
    Examples:
      ticker import other-archive/headlines/*/*.jsonl
      ticker import other-archive
      zstdcat 2024.jsonl.zst | ticker import -
      ticker import --dry-run lines.jsonl
      ticker --archive new import old --retime gazette=Europe/Paris
    """
    from ticker.cli.context import open_archive

    settings = invocation.settings()
    retiming = _retiming(zones, files, settings.archive)
    is_checked = bool(retiming and total_size(files))  # a pipe has no size and cannot be read twice
    if retiming and is_checked:
        _require_sources(files, retiming)
    importer = open_archive(invocation, settings, show_progress=False, must_exist=False).importer()
    store = importer.preview if dry_run else importer.add
    tally = _Tally()
    meter = Meter("importing", invocation.has_progress, total_size(files) if invocation.has_progress else 0)
    with handling_signals() as stop:
        try:
            for batch in _batches(_retimed(_incoming(files, tally, meter), retiming, is_checked)):
                try:
                    new = store(batch, stop.hold)
                    tally.count(batch, new)
                    tally.retimed += sum(line.id in retiming.retimed for line in new) if retiming else 0
                    if as_json:
                        sys.stdout.writelines(f"{line.data.decode()}\n" for line in new)
                        sys.stdout.flush()  # readers of a pipe get each batch when it is stored
                finally:
                    stop.release()
                del batch, new  # before the next batch takes as much memory
        except (KeyboardInterrupt, TickerError):
            meter.erase()
            invocation.note(f"stopped; so far: {tally.summary()}")
            raise
    tally.files = tally.opened
    meter.erase()
    invocation.note(tally.summary() + (" (a dry run: nothing was stored)" if dry_run else ""))
    return SOME_REFUSED if tally.refused or tally.unopened or tally.cut else 0


def _retiming(texts: Sequence[str], files: Sequence[str], archive: Path) -> Retiming | None:
    """Return the retiming that --retime means, if any.

    Raises UsageError if an option is invalid or if the archive would be imported into itself.
    """
    if not texts:
        return None
    from ticker.archive import Retiming
    from ticker.times.zones import zone_by_name

    zones = {}
    for text in texts:
        name, equals, zone = text.rpartition("=")
        if not name or not equals:
            raise UsageError(f"invalid --retime {text!r}: not NAME=ZONE; try gazette=Europe/Paris")
        if name in zones:
            raise UsageError(f"--retime names source {name!r} twice; give it one timezone")
        zones[name] = zone_by_name(zone)
    for file in files:
        given = Path(file).resolve()
        if file != STANDARD_INPUT and archive.resolve() in (given, *given.parents):
            raise UsageError(
                f"--retime cannot import {file} into its own archive {archive}; give a new archive with --archive"
            )
    return Retiming(zones)


def _require_sources(files: Sequence[str], retiming: Retiming) -> None:
    """Raise UsageError if ``files`` lack headlines of a source to be retimed; stop reading once all are found."""
    from ticker.archive import ImportedLine, read_import

    missing, errors = set(retiming.counts), []
    for path in input_paths(files):
        try:
            with open_input(path) as stream:
                for _, line in read_import(stream, str(path)):
                    if isinstance(line, ImportedLine):
                        missing.discard(retiming.source_of(line))
                    if not missing:
                        return
        except ArchiveError as error:
            errors.append(error)
    for unread in errors:
        say_it(str(unread), WARNING, "problem")
    raise _no_headline_of(sorted(missing))


def _no_headline_of(names: Sequence[str]) -> UsageError:
    return UsageError(
        f"--retime: no headlines of source {names[0]!r} in the files, nothing stored; "
        "'ticker stats' lists the sources of an archive"
    )


def _retimed(lines: Iterator[ImportedLine], retiming: Retiming | None, is_checked: bool) -> Iterator[ImportedLine]:
    """Yield the lines, those to be retimed last.

    Unless ``is_checked``, no line is yielded before each source to be retimed has a headline.
    """
    if retiming is None:
        yield from lines
        return
    waiting: list[ImportedLine] = []
    for line in lines:
        if not retiming.hold(line):
            waiting.append(line)
        if is_checked or all(retiming.counts.values()):
            yield from waiting
            waiting.clear()
    if missing := [name for name, count in retiming.counts.items() if not count]:
        raise _no_headline_of(missing)
    yield from retiming.lines()


@dataclass(slots=True)
class _Tally:
    """Counts of imported lines and of their ``files``.

    ``opened`` counts all files opened so far, including those with lines not yet stored; ``unopened`` those that could
    not be opened; ``cut`` those that could not be read to the end.
    """

    files: int = 0
    new: int = 0
    known: int = 0
    refused: int = 0
    retimed: int = 0
    opened: int = 0
    unopened: int = 0
    cut: int = 0

    def count(self, lines: Sequence[ImportedLine], new: Sequence[ImportedLine]) -> None:
        """Count a stored batch."""
        self.new += len(new)
        self.known += len(lines) - len(new)
        self.files = self.opened

    def summary(self) -> str:
        """Return ``3 files, 41 lines, 12 new, 28 known, 1 refused``; counts after "new" only if not 0."""
        parts = [
            number_of(self.files, "file"),
            number_of(self.new + self.known + self.refused, "line"),
            f"{self.new:,} new",
            f"{self.retimed:,} retimed" if self.retimed else "",
            f"{self.known:,} known" if self.known else "",
            f"{self.refused:,} refused" if self.refused else "",
            f"{number_of(self.unopened, 'file')} not read" if self.unopened else "",
            f"{number_of(self.cut, 'file')} not read to the end" if self.cut else "",
        ]
        return ", ".join(filter(None, parts))


def _incoming(names: Sequence[str], tally: _Tally, meter: Meter) -> Iterator[ImportedLine]:
    """Yield the lines of all files; report and count invalid lines and unreadable files."""
    from ticker.archive import ImportedLine, read_import

    def say(text: str) -> None:
        meter.erase()
        say_it(text, WARNING, "problem")

    for path in input_paths(names):
        label = "standard input" if path == STANDARD_INPUT else str(path)
        is_open = False
        try:
            with open_input(path) as stream:
                is_open = True
                tally.opened += 1
                for number, line in read_import(stream, label):
                    if isinstance(line, ImportedLine):
                        yield line
                    else:
                        tally.refused += 1
                        say(f"{label}:{number}: line refused: {line}")
                    if number % SHOWN_EVERY:
                        continue
                    if meter.total:  # else a file is a pipe, which has no position
                        meter.show(meter.done + stream.tell(), meter.total)
                    else:
                        meter.show_count(number)
                if meter.total:
                    meter.done += stream.tell()
        except ArchiveError as error:
            tally.cut += is_open
            tally.unopened += not is_open
            say(str(error))


def _batches(lines: Iterator[ImportedLine]) -> Iterator[list[ImportedLine]]:
    batch: list[ImportedLine] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line.data)
        if len(batch) >= _BATCH or size >= _BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
