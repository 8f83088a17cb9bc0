"""How big an archive is, told from the sizes of its files: at once, however big it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ticker.archive.contents import open_day, size_of
from ticker.archive.index import Index
from ticker.archive.layout import DayFile, Kind, day_files
from ticker.archive.reading import ARTICLES, HEADLINES
from ticker.errors import DamagedFile

_COUNTED = 1 << 20  # bytes up to which lines are counted
_SAMPLES = 8  # days, and
_SAMPLE = 64 << 10  # bytes of each, from which the number is worked out else


@dataclass(frozen=True, slots=True)
class Extent:
    """What there is of one kind: about how many ``lines``, how many bytes of text, how many bytes ``on_disk``.

    ``is_counted`` says that the number of lines is exact. ``unindexed`` is how many bytes of text are not in the
    index, None where there is none.
    """

    kind: Kind
    lines: int
    is_counted: bool
    size: int
    on_disk: int
    unindexed: int | None


def extent(root: Path, kind: Kind) -> Extent:
    """The extent of one kind of lines, counted where it is small or the index is current.

    What cannot be read counts as nothing. Raises ArchiveError.
    """
    days = day_files(root, kind)
    sizes = {day: size_of(day) for day in days}
    size = sum(sizes.values())
    index = Index(root)
    marks = index.marks(ARTICLES) if kind == "articles" else index.marks(HEADLINES)
    indexed = {ordinal: mark.end for ordinal, mark in marks.items()}
    counts = index.line_counts(ARTICLES) if kind == "articles" else index.line_counts(HEADLINES)
    lines = _lines(sizes) if size <= _COUNTED else _indexed_lines(sizes, indexed, counts)
    return Extent(
        kind,
        _estimate(sizes) if lines is None else lines,
        lines is not None,
        size,
        sum(map(_on_disk, {name for day in days for name in (day.month, day.name if day.is_loose else "") if name})),
        sum(max(size - indexed.get(day.day.toordinal(), 0), 0) for day, size in sizes.items()) if marks else None,
    )


def _on_disk(name: str) -> int:
    try:
        return os.stat(name).st_size  # noqa: PTH116 (see DayFile)
    except OSError:
        return 0


def _lines(days: Iterable[DayFile], most: int = _COUNTED) -> int:
    return sum(_beginning(day, most).count(b"\n") for day in days)


def _indexed_lines(sizes: Mapping[DayFile, int], indexed: Mapping[int, int], counts: Mapping[int, int]) -> int | None:
    """Return the number of lines: those that the index has counted, and the few behind; None where it has not."""
    lines = behind = 0
    for day, size in sizes.items():
        ordinal = day.day.toordinal()
        end = indexed.get(ordinal, 0)
        behind += size - end
        if (end and ordinal not in counts) or size < end or behind > _COUNTED:
            return None
        lines += counts.get(ordinal, 0) if end else 0
        if size > end:
            try:
                with open_day(day) as content:
                    lines += content.read(end, size - end).count(b"\n")
            except (OSError, DamagedFile):
                return None
    return lines


def _estimate(sizes: dict[DayFile, int]) -> int:
    """The number of lines, from the length of those at the beginning of some days spread over all."""
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
