"""The sources in an archive, estimated from a sample of its lines."""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import suppress
from pathlib import Path

from ticker.archive.contents import open_day, size_of
from ticker.archive.layout import DayFile, Kind, day_files
from ticker.errors import ArchiveError, UnreadableFile

_NEWEST = 1 << 20  # bytes of the newest lines that are read whole
_PIECE = 64 << 10  # bytes that are read of each of the other days
_DAYS = 40
_SOURCE = re.compile(rb'"source": ("(?:[^"\\\n]|\\.)+")')
_KINDS: tuple[Kind, ...] = ("headlines", "articles")


def sample_sources(root: Path) -> list[str]:
    """Return the names of sources in a sample of lines, the most frequent first.

    A small archive is read whole. Unreadable files and lines are skipped.
    """
    found: Counter[bytes] = Counter()
    for kind in _KINDS:
        with suppress(ArchiveError):  # the result is only a hint; commands that read the archive report errors
            for day, start, size in _pieces(day_files(root, kind)):
                with suppress(UnreadableFile), open_day(day) as content:
                    found.update(_SOURCE.findall(content.read(start, size)))
    names: Counter[str] = Counter()
    for text, count in found.items():
        with suppress(ValueError):
            names[json.loads(text)] += count
    return [name for name, _ in names.most_common()]


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
