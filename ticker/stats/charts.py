"""Charts: bars and sparklines in text, and pictures by matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from ticker.errors import ExportError, install_hint
from ticker.stats.summary import WEEKDAYS, Summary

_BLOCKS = " ▏▎▍▌▋▊▉█"  # from an eighth of a cell to all of it
_LEVELS = "▁▂▃▄▅▆▇█"
_ASCII_LEVELS = ".:-=+*#%@"

ENDINGS = (".svg", ".png")
_MOST_SOURCES = 15
_COLOUR = "#3b6ea5"


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


def check() -> None:
    """Raise ExportError if matplotlib is not installed."""
    try:
        import matplotlib  # noqa: F401 - only tests that it is installed
    except ModuleNotFoundError as error:
        raise ExportError(f"--plot needs matplotlib: {install_hint('matplotlib')}") from error


def plot(summary: Summary, title: str, path: Path, ending: str) -> None:
    """Draw a summary into the file ``path``, in the format of ``ending``; raises ExportError."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    counts = summary.counts
    figure = Figure(figsize=(11, 7), layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(_plain(title))
    by_day, by_hour, by_weekday, by_source = figure.subplots(2, 2).flat
    days = _with_edges(list(counts.days()))
    by_day.fill_between([day for day, _ in days], [count for _, count in days], color=_COLOUR, step="mid")
    by_day.set_title(f"{summary.kind} by day")
    by_day.tick_params(axis="x", rotation=30)
    by_hour.bar(range(24), counts.hours(), color=_COLOUR)
    by_hour.set_xticks(range(0, 24, 3))
    by_hour.set_title("by hour")
    by_weekday.bar([name[:3] for name in WEEKDAYS], counts.weekdays(), color=_COLOUR)
    by_weekday.set_title("by weekday")
    largest = summary.by_source()[:_MOST_SOURCES][::-1]
    by_source.barh([_plain(name) for name, _ in largest], [each.count for _, each in largest], color=_COLOUR)
    by_source.set_title("by source")
    for axes in (by_day, by_hour, by_weekday):
        axes.set_ylim(bottom=0)
    for axes in (by_day, by_hour, by_weekday, by_source):
        axes.spines[["top", "right"]].set_visible(False)
    try:
        figure.savefig(path, format=ending.removeprefix("."), dpi=120)
    except (ValueError, OverflowError, RuntimeError) as error:  # for example, no ticks for a range of days
        reason = " ".join(str(error).split())
        raise ExportError(
            f"cannot plot these {summary.kind} ({reason}); narrow the range with --since and --until"
        ) from error


def _with_edges(days: list[tuple[date, int]]) -> list[tuple[date, int]]:
    """Return ``days`` with a count of 0 on the first and last day of each run of missing days."""
    found = days[:1]
    for (before, _), (day, count) in pairwise(days):
        if (day - before).days > 1:
            found += [(before + timedelta(days=1), 0), (day - timedelta(days=1), 0)]
        found.append((day, count))
    return found


def _plain(text: str) -> str:
    return text.replace("$", r"\$")  # an unescaped $ begins a formula
