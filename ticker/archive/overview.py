"""Size and sources of an archive, derived from file sizes and a sample of lines."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ticker.archive.codec import LineError
from ticker.archive.day_reader import open_day, size_of
from ticker.archive.layout import DayFile, Kind, day_files
from ticker.archive.line_reader import ARTICLES, HEADLINES, Records
from ticker.archive.search_index import Index
from ticker.errors import ArchiveError, DamagedFile, UnreadableFile

_COUNTED = 1 << 20  # bytes; lines are counted up to this size, and estimated above it
_SAMPLES = 8  # days that an estimate samples
_SAMPLE = 64 << 10  # bytes that it reads of each

_NEWEST = 1 << 20  # bytes of the newest lines that are read whole
_PIECE = 64 << 10  # bytes that are read of each of the other days
_DAYS = 40


@dataclass(frozen=True, slots=True)
class ArchiveSize:
    """The size of one kind: the number of ``lines``, bytes of text (``size``) and bytes ``on_disk``.

    ``lines`` is exact if ``is_counted``, else an estimate. ``unindexed`` is how many bytes of text the index lacks;
    None if there is no index.
    """

    kind: Kind
    lines: int
    is_counted: bool
    size: int
    on_disk: int
    unindexed: int | None


def measure_archive(root: Path, kind: Kind) -> ArchiveSize:
    """Return the extent of one kind; lines are counted if there are few or the index is current.

    Unreadable files count as empty. Raises ArchiveError.
    """
    days = day_files(root, kind)
    sizes = {day: size_of(day) for day in days}
    size = sum(sizes.values())
    index = Index(root)
    checkpoints = index.checkpoints(ARTICLES) if kind == "articles" else index.checkpoints(HEADLINES)
    indexed = {day: checkpoint.end for day, checkpoint in checkpoints.items()}
    counts = index.line_counts(ARTICLES) if kind == "articles" else index.line_counts(HEADLINES)
    lines = _lines(sizes) if size <= _COUNTED else _indexed_lines(sizes, indexed, counts)
    return ArchiveSize(
        kind,
        _estimate(sizes) if lines is None else lines,
        lines is not None,
        size,
        sum(map(_on_disk, {name for day in days for name in (day.month, day.name if day.is_loose else "") if name})),
        sum(max(size - indexed.get(day.day, 0), 0) for day, size in sizes.items()) if checkpoints else None,
    )


def _on_disk(name: str) -> int:
    try:
        return os.stat(name).st_size  # noqa: PTH116 (see DayFile)
    except OSError:
        return 0


def _lines(days: Iterable[DayFile], most: int = _COUNTED) -> int:
    return sum(_beginning(day, most).count(b"\n") for day in days)


def _indexed_lines(sizes: Mapping[DayFile, int], indexed: Mapping[date, int], counts: Mapping[date, int]) -> int | None:
    """Return the number of lines: the index's counts, plus the few lines it lacks; None if it lacks too much."""
    lines = behind = 0
    for day, size in sizes.items():
        end = indexed.get(day.day, 0)
        behind += size - end
        if (end and day.day not in counts) or size < end or behind > _COUNTED:
            return None
        lines += counts.get(day.day, 0) if end else 0
        if size > end:
            try:
                with open_day(day) as content:
                    lines += content.read(end, size - end).count(b"\n")
            except (OSError, DamagedFile):
                return None
    return lines


def _estimate(sizes: dict[DayFile, int]) -> int:
    """Estimate the number of lines from the line lengths at the beginning of some days, evenly spread."""
    days = [day for day, size in sizes.items() if size]
    samples = [_beginning(days[len(days) * number // _SAMPLES], _SAMPLE) for number in range(_SAMPLES)]
    read = sum(sample.rfind(b"\n") + 1 for sample in samples)
    lines = sum(sample.count(b"\n") for sample in samples)
    return sum(sizes.values()) * lines // read if read else 0


def _beginning(day: DayFile, most: int) -> bytes:
    try:
        with open_day(day) as content:
            return content.read(0, min(content.size, most))
    except (OSError, DamagedFile):
        return b""


def sample_sources(root: Path) -> list[str]:
    """Return the names of sources in a sample of lines, the most frequent first.

    A small archive is read whole. Unreadable files and lines are skipped.
    """
    found: Counter[str] = Counter()
    for records in (HEADLINES, ARTICLES):
        with suppress(ArchiveError):  # the result is only a hint; commands that read the archive report errors
            for day, start, size in _pieces(day_files(root, records.kind)):
                with suppress(UnreadableFile), open_day(day) as content:
                    found.update(_sources_in(content.read(start, size), records))
    return [name for name, _ in found.most_common()]


def _sources_in(piece: bytes, records: Records[Any]) -> Iterator[str]:
    """Yield the source of each line of ``piece``, which may begin and end within a line."""
    for line in piece.split(b"\n"):
        with suppress(LineError):
            yield records.parse(line).source


def _pieces(days: list[DayFile]) -> list[tuple[DayFile, int, int]]:
    """Return day, offset and size of each piece to read: the newest, then others spread evenly."""
    left, pieces = _NEWEST, []
    days = days[::-1]
    while days and left > 0:
        size = size_of(days[0])
        pieces.append((days.pop(0), max(size - left, 0), min(size, left)))
        left -= size
    step = max(len(days) // _DAYS, 1)
    return [*pieces, *((day, max(size_of(day) - _PIECE, 0), _PIECE) for day in days[::step])]
