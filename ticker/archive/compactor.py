"""Compaction of closed months; an interruption at any moment loses no line and shows none twice.

The new file is written beside the old ones, synced, and compared with them. Then, under the lock, it is renamed, and
the day files are removed once the rename is on disk. In between both hold the lines; ``day_reader`` handles that.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from ticker.archive.day_reader import crc_of, open_day
from ticker.archive.layout import COMPACTED, DayFile, Kind, check_format, day_files, days_of_month, translate_os_errors
from ticker.archive.line_reader import ARTICLES, HEADLINES
from ticker.archive.locking import COMPACTING_FILE, exclusive, lock
from ticker.archive.records import Problem
from ticker.archive.seekable import MOST_FRAMES, CompressedMonth, DayEntry, Frame, Table, compress_frame, encode_table
from ticker.archive.writer import Appender, fresh_file, refuse_links_out, sync_folder, write_format
from ticker.errors import ArchiveError, DamagedFile

OPEN_FOR = timedelta(days=7)
"""How long after its end a month stays open: pages list headlines of the last days, and may be fetched late."""

Progress = Callable[[int], object]
"""Called with the number of bytes of each block that was read."""

# Bytes of lines in a frame, which is decompressed to read one line; docs/archive-format.md explains the choice.
_FRAME = 512 << 10
_ATTEMPTS = 2  # without keeping other writers out


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month such as ``2025-06`` with ``days`` day files of ``size`` bytes in total."""

    kind: Kind
    month: str
    days: int
    size: int


@dataclass(frozen=True, slots=True)
class CompactedMonth:
    """The compressed file of a month: ``packed`` bytes, which hold ``size`` bytes of ``days`` days."""

    kind: Kind
    month: str
    path: Path
    days: int
    size: int
    packed: int


def closed_months(root: Path, before: date) -> list[ClosedMonth]:
    """Return the months that ended before ``before`` and have day files, oldest first. Raises ArchiveError."""
    check_format(root)
    found = []
    for records in (HEADLINES, ARTICLES):
        for month, files in groupby(day_files(root, records.kind), lambda file: file.day.isoformat()[:7]):
            sizes = [_file_size(day) for day in _with_files(files, month) if _is_over(day.day, before)]
            known = [size for size in sizes if size is not None]
            if known:
                found.append(ClosedMonth(records.kind, month, len(known), sum(known)))
    return sorted(found, key=lambda closed: closed.month)


def compact(
    root: Path,
    month: ClosedMonth,
    suffix: str,
    report: Callable[[Problem], object],
    lock_timeout: float,
    progress: Progress,
) -> CompactedMonth | None:
    """Compress a month with zstd or gzip, by ``suffix``; an existing month file keeps its own format.

    Other processes may read and write meanwhile. The archive's lock is held while last lines get their newlines and
    while files are renamed and removed. ``lock_timeout`` is how long to wait for a lock, in seconds. Returns None if
    another process has compacted the month. Raises ArchiveError.
    """
    too_long = f"another 'ticker compact' has held {root} for {lock_timeout:g} seconds; nothing was compressed"
    attempt = partial(_attempt, root, month, suffix, report, progress)
    with lock(root / COMPACTING_FILE, lock_timeout, too_long):
        for _ in range(_ATTEMPTS):
            with suppress(_Changed):
                return attempt(partial(exclusive, root, lock_timeout))
        with suppress(_Changed), exclusive(root, lock_timeout):  # other writers wait, so only other programs interfere
            return attempt(nullcontext)
    folder = root / month.kind / month.month[:4]
    raise ArchiveError(f"{folder} changed during every attempt; {month.month} is not compressed: try again later")


class _Changed(Exception):
    """A day file changed while its month was compressed."""


def _attempt(
    root: Path,
    month: ClosedMonth,
    suffix: str,
    report: Callable[[Problem], object],
    progress: Progress,
    locked: Callable[[], AbstractContextManager[object]],
) -> CompactedMonth | None:
    """Compress a month once; raises _Changed. ``locked`` returns the context that keeps other writers out."""
    # List the files again: another process may have compacted the month since it was listed.
    files = tuple(_with_files(day_files(root, month.kind), month.month))
    if not files:
        return None
    path = _path_of(files[0], suffix)
    refuse_links_out(root, path)
    with locked():
        _end_last_lines(root, month.kind, files, report)
        states = _states(files)
    fresh = path.with_name(f".new-{path.name}")
    try:
        if _is_news(files):
            verify_month(fresh, _write(fresh, files, path.suffix, progress))
        else:  # an earlier run was interrupted before it removed the day files
            verify_month(path, ())
        with locked():
            if _states(files) != states:
                raise _Changed
            _put_in_place(root, fresh if fresh.exists() else None, path, files, states)
            return _compacted(month, path)
    finally:
        with translate_os_errors("remove", fresh):
            fresh.unlink(missing_ok=True)


def _compacted(month: ClosedMonth, path: Path) -> CompactedMonth:
    shares = CompressedMonth(str(path)).days.values()
    return CompactedMonth(
        month.kind, month.month, path, len(shares), sum(share.size for share in shares), path.stat().st_size
    )


def _with_files(days: Iterable[DayFile], month: str) -> list[DayFile]:
    """Return the days of a month that have day files."""
    return [day for day in days if day.day.isoformat().startswith(month) and os.path.exists(day.name)]  # noqa: PTH110


def _file_size(day: DayFile) -> int | None:
    """Return the size of a day file; None if another process has compacted its month since it was listed."""
    with translate_os_errors("read", day.path):
        try:
            return day.path.stat().st_size
        except FileNotFoundError:
            return None


def _path_of(day: DayFile, suffix: str) -> Path:
    """Return the path of the month file for ``day``: the existing one, else a new one with ``suffix``."""
    return Path(day.month or f"{day.name[: -len('-01.jsonl')]}.jsonl{suffix}")


def _is_over(day: date, before: date) -> bool:
    last = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return last < before


def _end_last_lines(root: Path, kind: Kind, files: Iterable[DayFile], report: Callable[[Problem], object]) -> None:
    """End each last line that lacks a newline, as the next writer would; the next day follows on its own line."""
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
    """Return the size, inode and modification time of each file, to detect changes."""
    found = []
    for day in files:
        with translate_os_errors("read", day.path):
            status = day.path.stat()
        found.append((status.st_size, status.st_ino, status.st_mtime_ns))
    return found


def _is_news(files: Iterable[DayFile]) -> bool:
    """Return whether day files hold lines that their month file lacks."""
    for day in files:
        with open_day(day) as content:
            if not content.month or content.size > content.packed:
                return True
    return False


def _write(fresh: Path, files: Sequence[DayFile], suffix: str, progress: Progress) -> dict[DayFile, DayEntry]:
    """Write the file of a month, and return the share of each day in it."""
    days = days_of_month(files[0]) if files[0].month else files
    shares: dict[DayFile, DayEntry] = {}
    with translate_os_errors("write", fresh), fresh_file(fresh) as out:
        packer = FrameWriter(out, suffix, _frame_size(days))
        for day in days:
            with open_day(day) as content:
                size, crc = content.size, 0
                for block in content.blocks(0, size):
                    packer.add(block)
                    crc = crc32(block, crc)
                    progress(len(block))
                if size:
                    shares[day] = DayEntry(size, crc, *content.merging())
        packer.end({day.day: share for day, share in shares.items()})
    return shares


def _frame_size(days: Iterable[DayFile]) -> int:
    size = 0
    for day in days:
        with open_day(day) as content:
            size += content.size
    return frame_size(size)


def frame_size(size: int) -> int:
    """Return the frame size for a file that holds ``size`` bytes of lines."""
    return max(_FRAME, size // MOST_FRAMES)


class FrameWriter:
    """Writes lines to a month file in frames that end where lines end."""

    def __init__(self, file: BinaryIO, suffix: str, size: int) -> None:
        self._file = file
        self._suffix = suffix
        self._size = size
        self._waiting = b""
        self._frames: list[Frame] = []

    def add(self, block: bytes) -> None:
        """Append bytes of lines, and write each frame that is full."""
        self._waiting += block
        while len(self._waiting) >= self._size:
            end = self._waiting.rfind(b"\n", 0, self._size) + 1 or self._waiting.find(b"\n") + 1
            if not end:
                return
            self._write(end)

    def end(self, days: dict[date, DayEntry]) -> None:
        """Write the last frame and the table."""
        if self._waiting:
            self._write(len(self._waiting))
        self._file.write(encode_table(Table(self._frames, days), self._suffix))

    def _write(self, end: int) -> None:
        data, self._waiting = self._waiting[:end], self._waiting[end:]
        frame = compress_frame(data, self._suffix)
        self._file.write(frame)
        self._frames.append(Frame(len(frame), len(data)))


def verify_month(path: Path, days: Iterable[DayFile]) -> None:
    """Verify the file of a month against its checksums and the ``days`` that it was made of. Raises ArchiveError."""
    with translate_os_errors("read", path):
        made = CompressedMonth(str(path))
        for day, share in made.days.items():
            start = made.start(day)
            if crc_of(made.blocks(start, start + share.size)) != share.crc:
                raise DamagedFile(str(path), f"damaged: checksum mismatch in the lines of {day}")
        for file in days:
            start, size = made.start(file.day), made.share(file.day).size
            with open_day(file) as content:
                pairs = zip(made.blocks(start, start + size), content.blocks(0, size), strict=True)
                if not all(one == other for one, other in pairs):
                    raise ArchiveError(f"{path} does not match {file.path}, which is kept")


def _put_in_place(root: Path, fresh: Path | None, path: Path, files: Sequence[DayFile], states: _States) -> None:
    """Rename the new file into place, then remove the day files. The caller holds the lock."""
    if fresh:
        if check_format(root) < COMPACTED:
            write_format(root, COMPACTED)
        with translate_os_errors("write", path):
            fresh.replace(path)
        sync_folder(path.parent)
    for day, before in zip(files, states, strict=True):
        if _states([day]) == [before]:  # keep a file that a writer without the lock has changed, for the next run
            with translate_os_errors("remove", day.path):
                day.path.unlink()
    sync_folder(path.parent)
