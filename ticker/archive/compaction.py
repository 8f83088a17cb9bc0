"""Closed months become compressed files; no line is lost and none seen twice, whenever this is interrupted.

The new file is written beside what is there, synced, and read back against it. Then, under the lock, it takes its name,
and only when that is on disk the day files go. Between the two both hold the lines, which readers know (``contents``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from ticker.archive.appending import Appender
from ticker.archive.contents import crc_of, open_day
from ticker.archive.frames import MOST_FRAMES, Frame, Share, Table, compressed, table_bytes
from ticker.archive.layout import COMPACTED, DayFile, Kind, check_format, day_files, days_of_month, naming
from ticker.archive.lines import Problem
from ticker.archive.locking import COMPACTING_FILE, exclusive, lock
from ticker.archive.months import Month
from ticker.archive.reading import ARTICLES, HEADLINES
from ticker.archive.writing import fresh_file, refuse_links_out, sync_folder, write_format
from ticker.errors import ArchiveError, DamagedFile

OPEN_FOR = timedelta(days=7)
"""So long after its end a month is left as it is: pages list headlines of the last days, and may be fetched late."""

Progress = Callable[[int], object]
"""Told how many bytes were read, as they are."""

# What is decompressed to read one line of it, in half a millisecond; docs/archive-format.md tells what was weighed.
_FRAME = 512 << 10
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month such as ``2025-06`` of which ``days`` days have files of their own, of ``size`` bytes in all."""

    kind: Kind
    month: str
    days: int
    size: int


@dataclass(frozen=True, slots=True)
class Compacted:
    """What a month has become: a file of ``packed`` bytes, which holds ``size`` bytes of ``days`` days."""

    kind: Kind
    month: str
    path: Path
    days: int
    size: int
    packed: int


def closed_months(root: Path, before: date) -> list[ClosedMonth]:
    """The months that ended before the day ``before`` and have day files, oldest first. Raises ArchiveError."""
    check_format(root)
    found = []
    for records in (HEADLINES, ARTICLES):
        for month, files in groupby(day_files(root, records.kind), lambda file: file.day.isoformat()[:7]):
            days = _with_files(files, month)
            if days and _is_over(days[0].day, before):
                with naming("read", days[0].path.parent):
                    size = sum(day.path.stat().st_size for day in days)
                found.append(ClosedMonth(records.kind, month, len(days), size))
    return sorted(found, key=lambda closed: closed.month)


def compact(
    root: Path,
    month: ClosedMonth,
    suffix: str,
    report: Callable[[Problem], object],
    patience: float,
    progress: Progress,
) -> Compacted | None:
    """Compresses a month: with zstd or gzip, as the ``suffix`` says, or as its file is already.

    Others read and add meanwhile. The lock is held while last lines get their ends, and while names change. None where
    another process has done it since. Raises ArchiveError.
    """
    too_long = f"another 'ticker compact' has been at work in {root} for {patience:g} seconds; nothing was compressed"
    with lock(root / COMPACTING_FILE, patience, too_long):
        for _ in range(_ATTEMPTS):
            # As it is now: another process may have been at it since it was listed.
            files = tuple(_with_files(day_files(root, month.kind), month.month))
            if not files:
                return None
            path = _path_of(files[0], suffix)
            refuse_links_out(root, path)
            with exclusive(root, patience):
                _end_last_lines(root, month.kind, files, report)
                states = _states(files)
            fresh = path.with_name(f".new-{path.name}")
            try:
                if _is_news(files):
                    read_back(fresh, _write(fresh, files, path.suffix, progress))
                else:  # whoever put it in place was interrupted before the day files were removed
                    read_back(path, ())
                with exclusive(root, patience):
                    if _states(files) == states:
                        _put_in_place(root, fresh if fresh.exists() else None, path, files, states)
                        return _compacted(month, path)
            finally:
                with naming("remove", fresh):
                    fresh.unlink(missing_ok=True)
    raise ArchiveError(f"{path.parent} is written to all the time, and {month.month} is left as it is: try again later")


def _compacted(month: ClosedMonth, path: Path) -> Compacted:
    shares = Month(str(path)).days.values()
    return Compacted(
        month.kind, month.month, path, len(shares), sum(share.size for share in shares), path.stat().st_size
    )


def _with_files(days: Iterable[DayFile], month: str) -> list[DayFile]:
    """The days of a month that have files of their own."""
    return [day for day in days if day.day.isoformat().startswith(month) and os.path.exists(day.name)]  # noqa: PTH110


def _path_of(day: DayFile, suffix: str) -> Path:
    """The file that the month of ``day`` becomes, or grows into where there is one."""
    return Path(day.month or f"{day.name[: -len('-01.jsonl')]}.jsonl{suffix}")


def _is_over(day: date, before: date) -> bool:
    last = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return last < before


def _end_last_lines(root: Path, kind: Kind, files: Iterable[DayFile], report: Callable[[Problem], object]) -> None:
    """Gives an end to a last line that has none, as the next writer would: what follows begins on a line of its own."""
    parse = (HEADLINES if kind == HEADLINES.kind else ARTICLES).parse
    with Appender(root) as out:
        for day in files:
            with open_day(day) as content:
                is_ended = content.size == 0 or content.read(content.size - 1, 1) == b"\n"
            if not is_ended:
                cut = out.append(day.path, (), parse)
                if cut:
                    report(cut)
        out.sync()


_States = list[tuple[int, int, int]]


def _states(files: Iterable[DayFile]) -> _States:
    """By what a change of day files is seen."""
    found = []
    for day in files:
        with naming("read", day.path):
            status = day.path.stat()
        found.append((status.st_size, status.st_ino, status.st_mtime_ns))
    return found


def _is_news(files: Iterable[DayFile]) -> bool:
    """Whether day files hold anything that the file of their month does not."""
    for day in files:
        with open_day(day) as content:
            if not content.month or content.size > content.packed:
                return True
    return False


def _write(fresh: Path, files: Sequence[DayFile], suffix: str, progress: Progress) -> dict[DayFile, Share]:
    """Writes the file of a month, and returns what there is of each day in it."""
    days = days_of_month(files[0]) if files[0].month else files
    shares: dict[DayFile, Share] = {}
    with naming("write", fresh), fresh_file(fresh) as out:
        packer = Packer(out, suffix, _frame_size(days))
        for day in days:
            with open_day(day) as content:
                size, crc = content.size, 0
                for block in content.blocks(0, size):
                    packer.add(block)
                    crc = crc32(block, crc)
                    progress(len(block))
                if size:
                    shares[day] = Share(size, crc, *content.merging())
        packer.end({day.day: share for day, share in shares.items()})
    return shares


def _frame_size(days: Iterable[DayFile]) -> int:
    size = 0
    for day in days:
        with open_day(day) as content:
            size += content.size
    return frame_size(size)


def frame_size(size: int) -> int:
    """How large the frames of a file are to be that holds ``size`` bytes of lines."""
    return max(_FRAME, size // MOST_FRAMES)


class Packer:
    """Writes what it is given in frames that end where lines end."""

    def __init__(self, file: BinaryIO, suffix: str, size: int) -> None:
        self._file = file
        self._suffix = suffix
        self._size = size
        self._waiting = b""
        self._frames: list[Frame] = []

    def add(self, block: bytes) -> None:
        self._waiting += block
        while len(self._waiting) >= self._size:
            end = self._waiting.rfind(b"\n", 0, self._size) + 1 or self._waiting.find(b"\n") + 1
            if not end:
                return
            self._write(end)

    def end(self, days: dict[date, Share]) -> None:
        if self._waiting:
            self._write(len(self._waiting))
        self._file.write(table_bytes(Table(self._frames, days), self._suffix))

    def _write(self, end: int) -> None:
        data, self._waiting = self._waiting[:end], self._waiting[end:]
        frame = compressed(data, self._suffix)
        self._file.write(frame)
        self._frames.append(Frame(len(frame), len(data)))


def read_back(path: Path, days: Iterable[DayFile]) -> None:
    """Reads the whole file of a month, and beside it the ``days`` that it was made of; raises ArchiveError."""
    with naming("read", path):
        made = Month(str(path))
        for day, share in made.days.items():
            start = made.start(day)
            if crc_of(made.blocks(start, start + share.size)) != share.crc:
                raise DamagedFile(str(path), f"damaged: the lines of {day} are not those that it was made of")
        for file in days:
            start, size = made.start(file.day), made.share(file.day).size
            with open_day(file) as content:
                pairs = zip(made.blocks(start, start + size), content.blocks(0, size), strict=True)
                if not all(one == other for one, other in pairs):
                    raise ArchiveError(f"{path} does not hold what {file.path} does, which is left as it is")


def _put_in_place(root: Path, fresh: Path | None, path: Path, files: Sequence[DayFile], states: _States) -> None:
    """Gives a new file its name, then removes the day files. The lock is to be held."""
    if fresh:
        if check_format(root) < COMPACTED:
            write_format(root, COMPACTED)
        with naming("write", path):
            fresh.replace(path)
        sync_folder(path.parent)
    for day, before in zip(files, states, strict=True):
        if _states([day]) == [before]:  # who writes without the lock may have added to it: it stays for the next time
            with naming("remove", day.path):
                day.path.unlink()
    sync_folder(path.parent)
