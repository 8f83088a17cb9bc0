"""Text bars and sparklines, in block elements or in ASCII."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_BLOCKS = " ▏▎▍▌▋▊▉█"  # from an eighth of a cell to all of it
_LEVELS = "▁▂▃▄▅▆▇█"
_ASCII_LEVELS = ".:-=+*#%@"


def bar(value: float, most: float, cells: int, ascii_only: bool = False) -> str:
    """Return a bar for ``value`` on a scale where ``most`` fills all ``cells``; a value above 0 is always visible."""
    if not value or not most:
        return ""
    if ascii_only:
        return "#" * max(round(cells * value / most), 1)
    eighths = max(round(8 * cells * value / most), 1)
    return "█" * (eighths // 8) + _BLOCKS[eighths % 8].strip()


def sparkline(values: Sequence[int], ascii_only: bool = False) -> str:
    """Return one character for each value, scaled to the largest; 0 is a space."""
    levels = _ASCII_LEVELS if ascii_only else _LEVELS
    most = max(values, default=0)
    return "".join(levels[-(-len(levels) * value // most) - 1] if value else " " for value in values)


def in_columns(days: Sequence[tuple[date, int]], columns: int) -> tuple[list[int], int]:
    """Return mean counts per day, in hundredths, in at most ``columns`` columns, and the days per column.

    ``days`` are in order; missing days between the first and the last count as 0. The first column may have fewer days.
    """
    first, last = days[0][0], days[-1][0]
    length = (last - first).days + 1
    size = max(-(-length // columns), 1)
    sums = [0] * -(-length // size)
    for day, count in days:
        sums[-1 - (last - day).days // size] += count
    short = length % size or size
    return [-(-100 * total // (size if number else short)) for number, total in enumerate(sums)], size
