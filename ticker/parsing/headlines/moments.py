"""Resolution of the publication time of each entry, and detection of the time zone of a page's clock times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import pairwise

from ticker.parsing.headlines.lists import Entry
from ticker.parsing.headlines.timestamps import PAGE_CLOCK, Moment, TimestampNode, attribute_moment, date_line_in
from ticker.parsing.outline import Outline
from ticker.times.expressions import TimeExpression
from ticker.times.listing import DateLine, resolve_list
from ticker.times.resolve import LARGEST_ZONE_GAP

# Fewer pairs of clock time and machine-readable time may agree by chance or be rounded.
_FEWEST_PAIRS = 3
_AGREEING_PAIRS = 0.8
_DAY = 24 * 60
# UTC offsets are multiples of this many minutes, up to ``_EASTERNMOST`` minutes east.
_ZONE_STEP = 15
_EASTERNMOST = 13 * 60
_HALF_DAY = timedelta(hours=12)
# Ages are rounded down, and "5 min ago" may be an hour old if the page was saved late.
_LEAST_TOLERANCE = timedelta(minutes=90)
_LONGEST_DATE_LINE = 40
_LARGEST_BOX = 4000


def zone_of_clocks(stamps: Sequence[TimestampNode], assumed: tzinfo) -> tzinfo:
    """Return the zone that clock times beside machine-readable times show, else ``assumed``."""
    pairs = [pair for stamp in stamps if (pair := _pair_of(stamp)) is not None]
    if len(pairs) < _FEWEST_PAIRS:
        return assumed
    agreeing = sum(moment.astimezone(assumed).utcoffset() == offset for moment, offset in pairs)
    if agreeing >= _AGREEING_PAIRS * len(pairs):
        return assumed
    offset, count = Counter(offset for _, offset in pairs).most_common(1)[0]
    return timezone(offset) if count >= _AGREEING_PAIRS * len(pairs) else assumed


def _pair_of(stamp: TimestampNode) -> tuple[datetime, timedelta] | None:
    """Return a machine-readable time in UTC and the UTC offset of the clock time beside it, or None."""
    clock, moment = stamp.expression, stamp.moment
    if moment is None or moment[1] == "day" or moment[0].tzinfo is PAGE_CLOCK:
        return None
    if clock is None or clock.hour is None or clock.utc_offset is not None or clock.zone:
        return None
    exact = moment[0].astimezone(UTC)
    ahead = (60 * clock.hour + (clock.minute or 0) - 60 * exact.hour - exact.minute) % _DAY
    if ahead % _ZONE_STEP:
        return None
    return exact, timedelta(minutes=ahead if ahead <= _EASTERNMOST else ahead - _DAY)


def read_moments(outline: Outline, entries: Sequence[Entry], fetched_at: datetime, zone: tzinfo) -> list[Moment | None]:
    """Return the time of each entry: its machine-readable time, else its text resolved with those of the whole list."""
    lines = [_date_line(outline, a.last, b.first) for a, b in pairwise(entries)]
    sequence: list[TimeExpression | DateLine | None] = []
    for entry, line in zip(entries, [_date_before(outline, entries[0]), *lines], strict=True):
        sequence += [line] if line is not None else []
        sequence.append(entry.stamp.expression)
    resolved = zip(sequence, resolve_list(sequence, fetched_at, zone), strict=True)
    moments: list[Moment | None] = []
    for entry, shown in zip(
        entries, [moment for each, moment in resolved if not isinstance(each, DateLine)], strict=True
    ):
        from_text = (shown.time, shown.precision) if shown else None
        moment = _machine_moment(outline, entry, from_text, zone) or from_text
        moments.append(moment if moment is None or moment[0] <= fetched_at + LARGEST_ZONE_GAP else None)
    return moments


def _machine_moment(outline: Outline, entry: Entry, shown: Moment | None, zone: tzinfo) -> Moment | None:
    """Return the machine-readable time at an entry's time, else the only one in the entry if the shown time agrees."""
    stamp = entry.stamp
    if stamp.moment is None:
        others = {moment for node in entry.nodes(outline) if (moment := attribute_moment(node))}
        if len(others) != 1:
            return None
        moment = _on_clock(others.pop(), stamp.expression, zone)
        return moment if shown is None or _agree(moment, shown, stamp.expression) else None
    moment = _on_clock(stamp.moment, stamp.expression, zone)
    if moment[1] == "day" and stamp.expression is not None and stamp.expression.form in ("clock", "datetime", "age"):
        # The attribute holds only a date; the text adds the clock time.
        return _with_clock(moment, stamp.expression, zone)
    return (in_zone(moment[0], zone), moment[1])


def _on_clock(moment: Moment, shown: TimeExpression | None, zone: tzinfo) -> Moment:
    """Put a time without a zone into the page's zone, with a 12-hour clock corrected by the shown hour."""
    if moment[0].tzinfo is not PAGE_CLOCK:
        return moment
    local = moment[0].replace(tzinfo=None)
    if moment[1] != "day" and shown is not None and shown.hour is not None and shown.minute == local.minute:
        if shown.hour == local.hour + 12:
            local += _HALF_DAY
        elif shown.hour == 0 and local.hour == 12:
            local -= _HALF_DAY
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone), moment[1]


def _agree(moment: Moment, shown: Moment, expression: TimeExpression | None) -> bool:
    """Return whether a machine-readable time elsewhere in an entry fits the time that the entry shows."""
    apart = abs(moment[0] - shown[0])
    if expression is not None and expression.age is not None:
        return apart <= max(_LEAST_TOLERANCE, expression.age / 2)
    if shown[1] == "day":
        return apart <= timedelta(days=1)
    return apart.total_seconds() % (60 * _ZONE_STEP) < 60


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Convert a time to the page's zone; if that is unknown (UTC), keep the zone of the time itself."""
    return moment if zone is UTC else moment.astimezone(zone)


def _with_clock(moment: Moment, clock: TimeExpression, zone: tzinfo) -> Moment | None:
    """Return the date of an attribute with the clock time beside it, or None if the text shows no clock time alone."""
    if clock.form != "clock" or clock.hour is None:
        return None
    day = moment[0]
    time = datetime(day.year, day.month, day.day, clock.hour, clock.minute or 0, clock.second or 0, tzinfo=zone)
    return time, "minute"


def _date_before(outline: Outline, entry: Entry) -> DateLine | None:
    """Return the date line above the first entry, in its container or directly before the container."""
    container = entry.node.parent if entry.whole else entry.node
    if container is None:
        return None
    line = _date_line(outline, container.first, entry.first)
    if line is None and container.parent is not None and container.parent.last - container.first < _LARGEST_BOX:
        siblings = outline.children(container.parent)
        at = siblings.index(container)
        if at > 0 and siblings[at - 1].chars <= _LONGEST_DATE_LINE:
            line = _date_line(outline, siblings[at - 1].first, siblings[at - 1].last)
    return line


def _date_line(outline: Outline, first: int, last: int) -> DateLine | None:
    """Return the last date line in the text pieces from ``first`` (included) to ``last`` (excluded)."""
    indexes = (index for index in range(last - 1, first - 1, -1) if outline.owners[index] is not None)
    lines = (date_line_in(outline.texts[index].strip()) for index in indexes)
    return next((line for line in lines if line is not None), None)
