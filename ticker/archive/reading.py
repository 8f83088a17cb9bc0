"""The lines of an archive, in the order of their times, read a day at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import accumulate, chain, compress, islice, pairwise, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ticker.archive.contents import Place, open_day, raw_lines, size_of
from ticker.archive.glance import Glance, glance, times
from ticker.archive.layout import DayFile, Kind
from ticker.archive.lines import (
    LineError,
    Problem,
    StoredArticle,
    StoredHeadline,
    escaped,
    is_spelled_otherwise,
    is_too_late,
    read_at_a_glance,
)
from ticker.errors import UnreadableFile

if TYPE_CHECKING:
    from ticker.archive.matching import Matcher

R = TypeVar("R", StoredHeadline, StoredArticle)
S = TypeVar("S", StoredHeadline, StoredArticle, Glance)
"""What is read of a line: all of it, or less."""
T = TypeVar("T")
Report = Callable[[Problem], object]
Lines = Callable[[DayFile], Iterator[Place]]
"""The lines of a file that may be wanted, in its order."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which lines are asked for, and in which order: newest first, or oldest first where ``reverse`` is set.

    ``since`` is included, ``until`` is not; both are aware. No ``sources`` means all of them. Lines with the
    same time are ordered as they were written, the later one being the newer. ``now`` (aware) tells which times lie
    ahead: a line that has such a time, and one too late for when it was seen, counts as undated. Without it none does.
    ``only_revisions`` asks for lines that revise another.
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
            raise ValueError(f"a limit of {self.limit} lines")


class Records(NamedTuple, Generic[S]):
    """One kind of lines: where they are, how one is read, and what of it is searched."""

    kind: Kind
    parse: Callable[[bytes], S]
    text: Callable[[S], str]
    glance: Callable[[bytes], Glance | None]


HEADLINES = Records("headlines", StoredHeadline.from_line, lambda headline: headline.title, glance)
ARTICLES = Records(
    "articles", StoredArticle.from_line, lambda article: f"{article.title}\n{article.body}", lambda line: None
)
BRIEFLY = Records("headlines", read_at_a_glance, lambda headline: headline.title, glance)
"""Headlines, of which no more is kept than their time, source and title."""


def whole_file(day: DayFile) -> Iterator[Place]:
    """All lines of the file of a day; raises ArchiveError."""
    return raw_lines(day)


def select(
    days: Iterable[DayFile],
    records: Records[S],
    query: Query,
    report: Report,
    lines: Lines = whole_file,
    ahead: Iterable[Waiting[S]] = (),
) -> Iterator[S]:
    """What ``query`` asks for of the files ``days``, which ``in_span`` gives; raises ArchiveError.

    ``lines`` gives those of a file that may be wanted; the days are asked for in order. No more than two or three
    days' answers are held at a time, and no file is opened before it is needed. ``ahead`` is what ``read_ahead`` gives.
    """
    return islice(_in_order(days, records, query, once(report), lines, ahead), query.limit)


def blocks(day: DayFile) -> Iterator[Place]:
    """The bytes of a day in blocks of whole lines, and where they begin; raises ArchiveError."""
    with open_day(day) as content:
        start, unended = 0, b""
        for read in content.blocks(0, content.status.size):
            data = unended + read
            end = data.rfind(b"\n") + 1
            yield start, data[:end]
            start, unended = start + end, data[end:]
        yield from content.lines(start)  # what a writer was just about to finish


def places(start: int, block: bytes) -> Iterator[Place]:
    """The lines of ``block``, which begins at the byte ``start``."""
    lines = _lines(block)
    return zip(_starts(start, lines), lines, strict=False)


def _lines(block: bytes) -> list[bytes]:
    *lines, unended = block.split(b"\n")
    return [line + b"\n" for line in lines] + ([unended] if unended else [])


def _starts(start: int, lines: Iterable[bytes]) -> Iterator[int]:
    return accumulate(map(len, lines), initial=start)


def glances(
    days: Iterable[DayFile],
    records: Records[R],
    query: Query,
    report: Report,
    lines: Lines = whole_file,
    ahead: Iterable[Placed[R]] = (),
) -> Iterator[Glance]:
    """When, whose and what, of each line of ``days`` that ``query`` asks for, in the order in which they stand there.

    For who counts lines: of most of them no more is made. The query's ``limit`` means nothing. ``ahead`` is what
    ``read_ahead`` gives, and comes last. Raises ArchiveError.
    """
    may_be_wanted, report, span = _prefilter(query), once(report), _span(query)
    asks_more = query.only_revisions or (query.matcher is not None and query.matcher.asks_section)
    is_any = query == Query(limit=query.limit, reverse=query.reverse, now=query.now)
    for day in days:
        for start, line in readable(lines, day, report):
            if line.isspace() or not (is_any or may_be_wanted(line)):
                continue
            seen = records.glance(line)
            if seen and is_any:
                yield seen
            elif seen is None or asks_more:
                record = read_line(day, start, line, records, report)
                if record is not None and _is_wanted(record, records, query, span):
                    yield Glance(record.moment, record.source, record.title)
            elif (
                (not query.sources or seen.source in query.sources)
                and _is_within(seen.moment, span)
                and (query.matcher is None or query.matcher.matches(seen.title, seen.source))
            ):
                yield seen
    for *_, line_ahead in ahead:
        yield Glance(line_ahead.moment, line_ahead.source, line_ahead.title)


def split_ahead(days: Iterable[DayFile], query: Query) -> tuple[list[DayFile], list[DayFile]]:
    """Return the files of days that have come, wherever on earth, and those of days ahead of the query's ``now``.

    Where these are large it is the machine's clock that is wrong, and none counts as ahead.
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
    """Return what ``query`` asks for of the files of days ahead, in any order.

    A line whose time is too late for when it was seen takes the place that it has without one. Raises ArchiveError.
    """
    may_be_wanted, span, report = _prefilter(query), _span(query), once(report)
    found: list[Placed[R]] = []
    for day in days:
        for start, record in read_day(day, records, may_be_wanted, report, lines):
            placed = replace(record, is_misdated=True) if is_too_late(record.time, record.seen) else record
            if _is_wanted(placed, records, query, span):
                found.append((_instant(placed.moment), day, start, placed))
    return found


def in_span(days: Iterable[DayFile], query: Query) -> list[DayFile]:
    """The files that can hold what ``query`` asks for, in the order in which they are read."""
    since, until = _span(query)
    within = [day for day in days if _start(day.day) < until and _end(day.day) > since]
    within.sort(key=lambda day: day.day, reverse=not query.reverse)
    return within


def read_day(
    day: DayFile,
    records: Records[R],
    may_be_wanted: Callable[[bytes], bool],
    report: Report,
    lines: Lines = whole_file,
) -> Iterator[tuple[int, R]]:
    """Where the lines of a file begin, and their records, in its order, but for those that need not be looked at.

    Lines that cannot be read are reported and skipped. Raises ArchiveError.
    """
    for start, line in readable(lines, day, report):
        if line.isspace() or not may_be_wanted(line):
            continue
        record = read_line(day, start, line, records, report)
        if record is not None:
            yield start, record


def readable(lines: Callable[[DayFile], Iterator[T]], day: DayFile, report: Report) -> Iterator[T]:
    """The lines of a day, as far as they can be had: a file that cannot be read, or not to its end, is reported."""
    try:
        yield from lines(day)
    except UnreadableFile as error:
        report(Problem(Path(error.path), 0, f"lines skipped: {error.reason}"))


def once(report: Report) -> Report:
    """``report``, which is not told the same twice: a compressed month that is damaged is met on each of its days."""
    told: set[Problem] = set()

    def report_new(problem: Problem) -> None:
        if problem not in told:
            told.add(problem)
            report(problem)

    return report_new


def read_line(day: DayFile, start: int, line: bytes, records: Records[S], report: Report) -> S | None:
    """The record of a line that begins at the byte ``start``; None for one that cannot be read, which is reported."""
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
    """Whether a day that ended with the byte ``end`` a moment ago was just being written to."""
    from ticker.archive.locking import is_held  # hardly ever needed

    if is_held(day.path.parents[2]):
        return True
    with open_day(day) as content:
        return content.size != end


# Moments are compared as numbers: to compare those of different zones takes ten times as long.
_Instant = int
"""Microseconds since 1970 in UTC."""

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_HOUR = timedelta(hours=1) // _MICROSECOND
# The offsets of the world's zones: a file of a day holds moments from 14 hours before that day in UTC (Kiribati)
# to 12 hours after it (Baker Island).
_EAST, _WEST = 14 * _HOUR, 12 * _HOUR
_FIRST, _LAST = -(1 << 63), 1 << 63
_MOST_AHEAD = 4 << 20  # bytes of files, whose lines are held in memory


def _instant(moment: datetime) -> _Instant:
    return (moment - _EPOCH) // _MICROSECOND


def _span(query: Query) -> tuple[_Instant, _Instant]:
    """From when, included, until when, which is not."""
    return (
        _instant(query.since) if query.since is not None else _FIRST,
        _instant(query.until) if query.until is not None else _LAST,
    )


def _start(day: date) -> _Instant:
    """No line of the day's file is earlier."""
    return (day.toordinal() - _EPOCH.toordinal()) * 24 * _HOUR - _EAST


def _end(day: date) -> _Instant:
    """Every line of the day's file is earlier."""
    return _start(day) + _EAST + 24 * _HOUR + _WEST


def _in_order(
    days: Iterable[DayFile],
    records: Records[S],
    query: Query,
    report: Report,
    lines: Lines,
    ahead: Iterable[Waiting[S]],
) -> Iterator[S]:
    may_be_wanted, span = _prefilter(query), _span(query)
    is_by_time_alone = (
        records.kind == "headlines"
        and lines is whole_file
        and not query.sources
        and query.matcher is None
        and not query.only_revisions
    )
    waiting = sorted(ahead, reverse=not query.reverse)
    for day, following in pairwise(chain([None], days, [None])):
        found = []
        if day:
            found = list(
                _within(day, records, span, report)
                if is_by_time_alone
                else _wanted(day, records, query, span, may_be_wanted, report, lines)
            )
        if found:
            waiting += found
            waiting.sort(reverse=not query.reverse)  # no two begin at the same byte: what they are is not compared
        if waiting:
            ready = _count_before(following.day, waiting, query.reverse) if following else len(waiting)
            for _, file, start, line in waiting[:ready]:
                record = read_line(file, start, line, records, report) if isinstance(line, bytes) else line
                if record is not None:
                    yield record
            del waiting[:ready]


# When, in which file, at which byte; and the record, or its line where that needs no look before its turn comes.
Placed = tuple[_Instant, DayFile, int, S]
Waiting = tuple[_Instant, DayFile, int, S | bytes]


def _within(day: DayFile, records: Records[S], span: tuple[_Instant, _Instant], report: Report) -> Iterator[Waiting[S]]:
    """What ``_wanted`` gives where times alone are asked for: those of a block are read together.

    A line that states a time outside is not looked at any further.
    """
    since, until = span

    def lines(day: DayFile) -> Iterator[Waiting[S]]:
        for start, block in blocks(day):
            instants = _instants(block)
            if instants is None:
                each = partial(_places_of, start, block)
                yield from _wanted(day, records, Query(), span, lambda line: True, report, each)
                continue
            is_inside = [since <= instant < until for instant in instants]
            if any(is_inside):
                whole = _lines(block)
                yield from compress(zip(instants, repeat(day), _starts(start, whole), whole, strict=False), is_inside)

    return readable(lines, day, report)


def _places_of(start: int, block: bytes, day: DayFile) -> Iterator[Place]:
    return places(start, block)


def _instants(block: bytes) -> list[_Instant] | None:
    """The times of a block's lines, each that there is looked at once; None where a line must be read for its own."""
    written = times(block)
    try:
        known = {time: _instant(datetime.fromisoformat(time.decode())) for time in set(written or ())}
    except (ValueError, TypeError):  # none that there is, or without an offset
        return None
    return None if written is None else [known[time] for time in written]


def _wanted(
    day: DayFile,
    records: Records[S],
    query: Query,
    span: tuple[_Instant, _Instant],
    may_be_wanted: Callable[[bytes], bool],
    report: Report,
    lines: Lines,
) -> Iterator[Waiting[S]]:
    """What is wanted of a day. To read a line takes long: a glance tells most of those that are not wanted."""
    has_filter = query.matcher is not None or bool(query.sources) or query.only_revisions
    for start, line in readable(lines, day, report):
        if line.isspace() or not may_be_wanted(line):
            continue
        seen = records.glance(line)
        if seen and not _is_within(seen.moment, span):
            continue
        if seen and not has_filter:
            yield _instant(seen.moment), day, start, line
            continue
        if seen and query.matcher is not None and query.matcher.matches(seen.title, seen.source) is False:
            continue
        record = read_line(day, start, line, records, report)
        if record is not None and _is_wanted(record, records, query, span):
            yield _instant(record.moment), day, start, record


def _count_before(following: date, waiting: list[Waiting[S]], reverse: bool) -> int:
    """How many of the sorted lines nothing can precede in the file of the day that is read next."""
    if reverse:
        return bisect_left(waiting, _start(following), key=lambda entry: entry[0])
    # Newest first, so the order to bisect by is that of the times negated: true sorts after false.
    end = _end(following)
    return bisect_left(waiting, True, key=lambda entry: entry[0] < end)


def _prefilter(query: Query) -> Callable[[bytes], bool]:
    names = [b'"%s"' % escaped(source) for source in query.sources]
    matcher = query.matcher

    def may_be_wanted(line: bytes) -> bool:
        if query.only_revisions and b'"revises"' not in line and not is_spelled_otherwise(line):
            return False
        if names and not any(name in line for name in names):
            is_stated = b'"source"' in line and not is_spelled_otherwise(line)
            if is_stated:
                return False
        return matcher is None or matcher.may_match(line)

    return may_be_wanted


def _is_wanted(record: S, records: Records[S], query: Query, span: tuple[_Instant, _Instant]) -> bool:
    return (
        (not query.sources or record.source in query.sources)
        and _is_within(record.moment, span)
        and (query.matcher is None or _matches(query.matcher, record, records))
        and not (query.only_revisions and getattr(record, "revises", None) is None)
    )


def _matches(matcher: Matcher, record: S, records: Records[S]) -> bool:
    section = getattr(record, "section", None) or ""
    return matcher.matches(records.text(record), record.source, section) is True


def _is_within(moment: datetime, span: tuple[_Instant, _Instant]) -> bool:
    return span[0] <= _instant(moment) < span[1]
