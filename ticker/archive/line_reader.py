"""The lines of one day: found in its file or month, with their offsets, and parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from ticker.archive.codec import LineError
from ticker.archive.day_reader import Place, open_day, raw_lines
from ticker.archive.layout import DayFile, Kind
from ticker.archive.records import Problem, StoredArticle, StoredHeadline
from ticker.errors import UnreadableFile

R = TypeVar("R", StoredHeadline, StoredArticle)
T = TypeVar("T")
Report = Callable[[Problem], object]
Lines = Callable[[DayFile], Iterator[Place]]
"""Returns the lines of a file that may match, in file order."""


class Records(NamedTuple, Generic[R]):
    """One kind of lines: how they are parsed, and which text is searched."""

    kind: Kind
    parse: Callable[[bytes], R]
    text: Callable[[R], str]


HEADLINES = Records("headlines", StoredHeadline.from_line, lambda headline: headline.title)
ARTICLES = Records("articles", StoredArticle.from_line, lambda article: f"{article.title}\n{article.body}")


def whole_file(day: DayFile) -> Iterator[Place]:
    """Return all lines of a day; raises ArchiveError."""
    return raw_lines(day)


def read_day(
    day: DayFile,
    records: Records[R],
    may_be_wanted: Callable[[bytes], bool],
    report: Report,
    lines: Lines = whole_file,
) -> Iterator[tuple[int, R]]:
    """Yield the offset and the record of each line of a file that ``may_be_wanted``, in file order.

    Unreadable lines are reported and skipped. Raises ArchiveError.
    """
    for start, line in readable(lines, day, report):
        if line.isspace() or not may_be_wanted(line):
            continue
        record = read_line(day, start, line, records, report)
        if record is not None:
            yield start, record


def readable(lines: Callable[[DayFile], Iterator[T]], day: DayFile, report: Report) -> Iterator[T]:
    """Yield the lines of a day as far as they can be read; report a file that cannot be read to its end."""
    try:
        yield from lines(day)
    except UnreadableFile as error:
        report(Problem(Path(error.path), 0, f"lines skipped: {error.reason}"))


def without_duplicates(report: Report) -> Report:
    """Return ``report`` without repetitions: a damaged month would be reported for each of its days."""
    told: set[Problem] = set()

    def report_new(problem: Problem) -> None:
        if problem not in told:
            told.add(problem)
            report(problem)

    return report_new


def read_line(day: DayFile, start: int, line: bytes, records: Records[R], report: Report) -> R | None:
    """Parse a line that starts at offset ``start``; report it and return None if it is unreadable.

    A last line that is still being written gives None without a report.
    """
    try:
        return records.parse(line)
    except LineError as error:
        is_cut = not line.endswith(b"\n")
        if is_cut and is_being_written(day, start + len(line)):
            return None
        cut = "cut off: " if is_cut else ""
        with open_day(day) as content:
            report(Problem(*content.place(start), f"{cut}{error}"))
        return None


def is_being_written(day: DayFile, end: int) -> bool:
    """Return whether a day that ended at offset ``end`` when it was read is being written to."""
    from ticker.archive.locking import is_held  # rarely needed

    if is_held(day.path.parents[2]):
        return True
    with open_day(day) as content:
        return content.size != end
