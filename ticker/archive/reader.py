"""Reading the lines of an archive in order of time, one day at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ticker.archive.codec import has_other_escapes, json_escaped
from ticker.archive.day_reader import size_of
from ticker.archive.layout import DayFile
from ticker.archive.line_reader import Lines, R, Records, Report, read_day, whole_file, without_duplicates
from ticker.archive.records import is_too_late

if TYPE_CHECKING:
    from ticker.archive.matchers import Matcher


@dataclass(frozen=True, slots=True)
class Query:
    """Which lines are selected, newest first, or oldest first if ``reverse`` is set.

    ``since`` is inclusive, ``until`` exclusive; both are aware. Empty ``sources`` means all. Among lines with the same
    time, the one written later is the newer. ``now`` (aware) is the time after which a line's time is in the future.
    With it, a line counts as undated if its time is in the future or too late for when it was seen. ``only_revisions``
    selects lines that revise another.
    """

    since: datetime | None = None
    until: datetime | None = None
    sources: frozenset[str] = frozenset()
    limit: int | None = None
    reverse: bool = False
    matcher: Matcher | None = None
    now: datetime | None = None
    only_revisions: bool = False

    def __post_init__(self) -> None:
        for bound in (self.since, self.until, self.now):
            if bound is not None and bound.utcoffset() is None:
                raise ValueError(f"{bound!r} has no time zone")
        if self.limit is not None and self.limit < 0:
            raise ValueError(f"limit must not be negative, got {self.limit}")


def select(
    days: Iterable[DayFile],
    records: Records[R],
    query: Query,
    report: Report,
    lines: Lines = whole_file,
    ahead: Iterable[Placed[R]] = (),
) -> Iterator[R]:
    """Yield the records of ``days`` that match ``query``, in its order; raises ArchiveError.

    ``days`` come from ``in_span``, ``ahead`` from ``read_ahead``. ``lines`` returns the lines of a file that may match;
    it is called with the days in order. At most two or three days of results are held in memory, and each file is
    opened only when needed.
    """
    return islice(_in_order(days, records, query, without_duplicates(report), lines, ahead), query.limit)


def unordered(
    days: Iterable[DayFile],
    records: Records[R],
    query: Query,
    report: Report,
    lines: Lines = whole_file,
    ahead: Iterable[Placed[R]] = (),
) -> Iterator[R]:
    """Yield what ``select`` does, day by day and in file order; for counting. The query's ``limit`` is ignored."""
    report = without_duplicates(report)
    for day in days:
        yield from (record for _, record in _wanted(day, records, query, report, lines))
    yield from (record for *_, record in ahead)


def split_ahead(days: Iterable[DayFile], query: Query) -> tuple[list[DayFile], list[DayFile]]:
    """Split the files into days up to the query's ``now`` in any time zone, and days ahead of it.

    Without ``now`` no day is ahead. If the files ahead are large, the machine's clock is probably wrong, and no day
    counts as ahead.
    """
    all = list(days)
    if query.now is None:
        return all, []
    today = (query.now.astimezone(UTC) + timedelta(microseconds=_EAST)).date()
    ahead = [day for day in all if day.day > today]
    if sum(map(size_of, ahead)) > _MOST_AHEAD:
        return all, []
    return [day for day in all if day.day <= today], ahead


def read_ahead(
    days: Iterable[DayFile], records: Records[R], query: Query, report: Report, lines: Lines = whole_file
) -> list[Placed[R]]:
    """Return the lines of days ahead that match ``query``, in any order.

    A line whose time is too late for when it was seen is placed by ``seen`` instead. Raises ArchiveError.
    """
    may_be_wanted, span, report = _prefilter(query), _span(query), without_duplicates(report)
    found: list[Placed[R]] = []
    for day in days:
        for start, record in read_day(day, records, may_be_wanted, report, lines):
            placed = replace(record, is_misdated=True) if is_too_late(record.time, record.seen) else record
            if _is_wanted(placed, records, query, span):
                found.append((_instant(placed.moment), day, start, placed))
    return found


def in_span(days: Iterable[DayFile], query: Query) -> list[DayFile]:
    """Return the files that can hold lines in the query's time range, in reading order."""
    since, until = _span(query)
    within = [day for day in days if _start(day.day) < until and _end(day.day) > since]
    within.sort(key=lambda day: day.day, reverse=not query.reverse)
    return within


# Moments are compared as integers: comparing datetimes of different zones takes ten times as long.
_Instant = int
"""Microseconds since 1970 in UTC."""

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_HOUR = timedelta(hours=1) // _MICROSECOND
# The offsets of the world's zones: a file of a day holds moments from 14 hours before that day in UTC (Kiribati)
# to 12 hours after it (Baker Island).
_EAST, _WEST = 14 * _HOUR, 12 * _HOUR
_ALWAYS = -(1 << 63), 1 << 63
_MOST_AHEAD = 4 << 20  # bytes of files ahead, since their lines are held in memory


def _instant(moment: datetime) -> _Instant:
    return (moment - _EPOCH) // _MICROSECOND


def _span(query: Query) -> tuple[_Instant, _Instant]:
    """Return the query's time range: start inclusive, end exclusive."""
    return (
        _instant(query.since) if query.since is not None else _ALWAYS[0],
        _instant(query.until) if query.until is not None else _ALWAYS[1],
    )


def _start(day: date) -> _Instant:
    """Return a lower bound of the moments in the day's file."""
    return (day.toordinal() - _EPOCH.toordinal()) * 24 * _HOUR - _EAST


def _end(day: date) -> _Instant:
    """Return an exclusive upper bound of the moments in the day's file."""
    return _start(day) + _EAST + 24 * _HOUR + _WEST


def _in_order(
    days: Iterable[DayFile],
    records: Records[R],
    query: Query,
    report: Report,
    lines: Lines,
    ahead: Iterable[Placed[R]],
) -> Iterator[R]:
    waiting = sorted(ahead, reverse=not query.reverse)
    for day, following in pairwise(chain([None], days, [None])):
        if day:
            wanted = _wanted(day, records, query, report, lines)
            found = [(_instant(record.moment), day, start, record) for start, record in wanted]
            if found:
                waiting += found
                waiting.sort(reverse=not query.reverse)  # offsets differ, so records are never compared
        if waiting:
            ready = _count_before(following.day, waiting, query.reverse) if following else len(waiting)
            yield from (record for *_, record in waiting[:ready])
            del waiting[:ready]


# Moment, file, offset and record.
Placed = tuple[_Instant, DayFile, int, R]


def _wanted(day: DayFile, records: Records[R], query: Query, report: Report, lines: Lines) -> Iterator[tuple[int, R]]:
    """Yield the offset and the record of each line of a day that matches ``query``."""
    may_be_wanted, span = _prefilter(query), _span(query)
    for start, record in read_day(day, records, may_be_wanted, report, lines):
        if _is_wanted(record, records, query, span):
            yield start, record


def _count_before(following: date, waiting: list[Placed[R]], reverse: bool) -> int:
    """Count the sorted lines that no line of the next day's file can precede."""
    if reverse:
        return bisect_left(waiting, _start(following), key=lambda entry: entry[0])
    # The list is newest first, so bisect by a boolean key: false for late times sorts before true.
    end = _end(following)
    return bisect_left(waiting, True, key=lambda entry: entry[0] < end)


def _prefilter(query: Query) -> Callable[[bytes], bool]:
    names = [b'"%s"' % json_escaped(source) for source in query.sources]
    matcher = query.matcher

    def may_be_wanted(line: bytes) -> bool:
        if query.only_revisions and b'"revises"' not in line and not has_other_escapes(line):
            return False
        if names and not any(name in line for name in names):
            is_stated = b'"source"' in line and not has_other_escapes(line)
            if is_stated:
                return False
        return matcher is None or matcher.may_match(line)

    return may_be_wanted


def _is_wanted(record: R, records: Records[R], query: Query, span: tuple[_Instant, _Instant]) -> bool:
    return (
        (not query.sources or record.source in query.sources)
        and _is_within(record.moment, span)
        and (query.matcher is None or _matches(query.matcher, record, records))
        and not (query.only_revisions and getattr(record, "revises", None) is None)
    )


def _matches(matcher: Matcher, record: R, records: Records[R]) -> bool:
    section = getattr(record, "section", None) or ""
    return matcher.matches(records.text(record), record.source, section) is True


def _is_within(moment: datetime, span: tuple[_Instant, _Instant]) -> bool:
    return span == _ALWAYS or span[0] <= _instant(moment) < span[1]
