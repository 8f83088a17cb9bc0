"""Resolution of the times of a list, where each entry helps to date its neighbours.

``retime_list`` corrects timestamps that were resolved in a wrong zone, from the text that the page showed. A timestamp
from a clock time depends on the zone; one from a machine-readable time or an age does not. The text shows the origin: a
timestamp from a clock time has the same hour and minute as the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from ticker.models import Precision
from ticker.times.expressions import TimeExpression
from ticker.times.finder import find_times
from ticker.times.resolve import (
    FUTURE_TOLERANCE,
    Resolved,
    latest_occurrence,
    occurrences_on,
    resolve,
    resolve_on,
    to_utc,
    wall_time,
    zone_of,
)

# Lists are often sorted by last update but show first publication, so neighbours can be out of order by some minutes.
# A night's pause takes several hours. One hour separates the two cases.
_DISORDER = timedelta(hours=1)
# A jump up by half a day or more is more likely a few hours across midnight than a list out of order.
_ACROSS_MIDNIGHT = timedelta(hours=12)
# In a list without order, half of the steps go up. Sites that show clock times without dates show many per day.
_FALLS_PER_MIDNIGHT = 4


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line of a list that holds a date, which applies to the entries after it."""

    expression: TimeExpression


Entry = TimeExpression | DateLine | None


def resolve_list(
    entries: Sequence[Entry], reference: datetime, zone: tzinfo, newest_first: bool = True
) -> list[Resolved | None]:
    """Return the timestamp of each entry of a list, in ``zone``; the page was seen at ``reference`` (aware).

    Clock times determine whether the list is newest first or oldest first; ``newest_first`` decides if they do not.
    From new to old, a clock time that jumps up by more than an hour crosses midnight: the rest is of the day before.
    An entry with a date or an age dates the clock times after it; a date line dates all entries that follow. In a list
    without order ("most read"), each clock time resolves to its latest occurrence. The result is None for date lines
    and entries without a time. No timestamp is further in the future than `resolve` allows.
    """
    reference = to_utc(reference)
    entries = _one_order(entries)
    results: list[Resolved | None] = [None] * len(entries)
    lines = [at for at, entry in enumerate(entries) if isinstance(entry, DateLine)]
    bounds = [-1, *lines, len(entries)]
    for start, end in zip(bounds, bounds[1:], strict=False):
        section = {
            at: entry for at, entry in enumerate(entries) if start < at < end and isinstance(entry, TimeExpression)
        }
        line = entries[start] if start >= 0 else None
        day = _day_of(line, reference, zone) if isinstance(line, DateLine) else None
        # The next date line ends a day; after the last one, only the clock times can show midnight.
        if day is not None and (end < len(entries) or not _passes_midnight(section.values(), reference, zone)):
            moments = {at: resolve(_dated(entry, day), reference, zone) for at, entry in section.items()}
        else:
            moments = _resolve_run(section, day, reference, zone, newest_first)
        for at, moment in moments.items():
            results[at] = moment
    return results


def _resolve_run(
    run: dict[int, TimeExpression], day: date | None, reference: datetime, zone: tzinfo, newest_first: bool
) -> dict[int, Resolved | None]:
    """Return the timestamps of entries without a date line between them; ``day`` is that of the newest, if known."""
    down = _count_falls(run.values(), reference, zone)
    up = _count_falls(reversed(run.values()), reference, zone)
    if down is None and up is None:
        return {at: resolve(entry, reference, zone) for at, entry in run.items()}
    falling = up is None or (down is not None and (down > up or (down == up and newest_first)))
    ordered = list(run.items()) if falling else list(reversed(run.items()))
    return dict(_resolve_falling(ordered, day, reference, zone))


def _resolve_falling(
    run: Iterable[tuple[int, TimeExpression]], day: date | None, reference: datetime, zone: tzinfo
) -> Iterable[tuple[int, Resolved | None]]:
    before: datetime | None = None
    for at, entry in run:
        if entry.form == "clock":
            found: Resolved | None = _clock_below(entry, before, day, reference, zone)
        else:
            found = resolve(_not_above(entry, before, zone), reference, zone)
        if found is not None:
            # A date has no clock time: the next entry can be of any time of that day.
            day = found.time.date()
            before = None if found.precision == "day" else to_utc(found.time)
        yield at, found


def _clock_below(
    entry: TimeExpression, before: datetime | None, day: date | None, reference: datetime, zone: tzinfo
) -> Resolved:
    """Resolve a clock time of a falling list to the day of its predecessor, or to the day before if it jumps up."""
    clock_zone = zone_of(entry, zone)
    limit = reference + FUTURE_TOLERANCE
    if before is not None:
        start, limit = before.astimezone(clock_zone).date() + timedelta(days=1), min(before + _DISORDER, limit)
    else:
        start = day or reference.astimezone(clock_zone).date()
    for back in range(4):
        moments = occurrences_on(entry, start - timedelta(days=back), clock_zone)
        # In the repeated hour, prefer the occurrence that keeps the list's order to the later one.
        in_order = [moment for moment in moments if before is None or moment <= before]
        for moment in (*in_order, *moments):
            if moment <= limit:
                return Resolved(moment.astimezone(zone), entry.precision)
    return Resolved(latest_occurrence(entry, reference, clock_zone).astimezone(zone), entry.precision)


def _not_above(entry: TimeExpression, before: datetime | None, zone: tzinfo) -> TimeExpression:
    """Return the entry; a missing year becomes the latest in which its date is not after ``before``."""
    if before is None or entry.day is None or entry.month is None or entry.year is not None:
        return entry
    top = before.astimezone(zone).date() + timedelta(days=1)
    for year in (top.year, top.year - 1):
        try:
            if date(year, entry.month, entry.day) <= top:
                return replace(entry, year=year)
        except ValueError:
            continue
    return entry


def _count_falls(entries: Iterable[TimeExpression], reference: datetime, zone: tzinfo) -> int | None:
    """Count the steps of a list that go back in time, with one midnight; None if the list is not newest first.

    A list may cross midnight once if it has more falls than jumps up. Several midnights require a long list.
    Neighbours that are out of order by minutes do not count.
    """
    steps: list[timedelta] = []
    before: tuple[datetime | None, timedelta] | None = None
    for entry in entries:
        moment, clock = _shown(entry, reference, zone)
        if before is not None and moment is not None and before[0] is not None:
            # Between two entries with known days there is no midnight to guess.
            steps.append(min(moment - before[0], _ACROSS_MIDNIGHT - timedelta(minutes=1)))
        elif before is not None and moment is None and clock is not None:
            steps.append(clock - before[1])
        before = (moment, clock) if clock is not None else None
    falls = sum(step < timedelta(0) for step in steps)
    jumps = sum(step > _DISORDER for step in steps)
    midnights = sum(step >= _ACROSS_MIDNIGHT for step in steps)
    passed = min(midnights, 1)
    if (jumps > 0 and falls + passed <= jumps - midnights) or (jumps > 1 and falls < _FALLS_PER_MIDNIGHT * jumps):
        return None
    return falls + passed


def _shown(entry: TimeExpression, reference: datetime, zone: tzinfo) -> tuple[datetime | None, timedelta | None]:
    """Return the timestamp of an entry with a known day, in UTC, and its clock time; for a mere date, two Nones."""
    if entry.form == "clock":
        return None, timedelta(hours=entry.hour or 0, minutes=entry.minute or 0)
    found = resolve(entry, reference, zone)
    if found is None or found.precision == "day":
        return None, None
    return to_utc(found.time), timedelta(hours=found.time.hour, minutes=found.time.minute)


def _passes_midnight(section: Iterable[TimeExpression], reference: datetime, zone: tzinfo) -> bool:
    """Return whether the last section continues past its day, e.g. because the date line is that of the page.

    More than one step must show this, because a day's entries can be in any order.
    """
    entries = list(section)
    down, up = _count_falls(entries, reference, zone), _count_falls(reversed(entries), reference, zone)
    return down is not None and down >= 2 and (up is None or down >= up)


def _dated(entry: TimeExpression, day: date) -> TimeExpression:
    if entry.form != "clock":
        return entry
    return replace(entry, form="datetime", year=day.year, month=day.month, day=day.day)


def _day_of(line: DateLine, reference: datetime, zone: tzinfo) -> date | None:
    found = resolve(line.expression, reference, zone)
    return found.time.date() if found else None


def _one_order(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, with ambiguous numeric dates in the order that other dates of the list prove."""
    said = [entry.expression if isinstance(entry, DateLine) else entry for entry in entries]
    proven = {each.order for each in said if each and each.order and not each.is_ambiguous and each.day != each.month}
    if len(proven) != 1:
        return list(entries)
    order = proven.pop()

    def turned(each: TimeExpression) -> TimeExpression:
        return replace(each, month=each.day, day=each.month, order=order)

    return [
        entry
        if each is None or not each.is_ambiguous or each.order == order
        else DateLine(turned(each))
        if isinstance(entry, DateLine)
        else turned(each)
        for entry, each in zip(entries, said, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class ShownTime:
    """An archived time: its text on the page, its timestamp (aware; None if unknown) and its precision."""

    text: str
    time: datetime | None
    precision: Precision


def is_from_clock_text(text: str, moment: datetime, precision: Precision) -> bool:
    """Return whether a timestamp came from a clock time in ``text`` without a zone."""
    expression = _expression(text)
    return expression is not None and expression.form != "date" and _is_from(expression, moment, precision)


def retime_list(entries: Sequence[ShownTime], seen: datetime, old: tzinfo, zone: tzinfo) -> list[Resolved | None]:
    """Return the timestamps of a list in ``zone`` that was resolved in ``old``; the page was seen at ``seen`` (aware).

    The entries are in the page's order. None means that an entry does not change.
    """
    said = [_expression(entry.text, with_ages=True) for entry in entries]
    before, after = resolve_list(said, seen, old), resolve_list(said, seen, zone)
    return [
        _retimed(expression, entry, was, now, seen, zone)
        if expression and was and now and entry.time and _is_from(expression, entry.time, entry.precision)
        else None
        for expression, entry, was, now in zip(said, entries, before, after, strict=True)
    ]


def _retimed(
    expression: TimeExpression, entry: ShownTime, was: Resolved, now: Resolved, seen: datetime, zone: tzinfo
) -> Resolved:
    assert entry.time
    if expression.month is not None and expression.day is not None:
        # The archived day shows in which order day and month were read.
        return resolve_on(expression, entry.time.date(), seen, zone) or now
    # A date line, which is not archived, moved the entry to a day other than that of its clock time.
    moved = entry.time.date() - was.time.date()
    if expression.form != "clock" or not moved or now.precision == "day":
        return now
    day, clock = now.time.date() + moved, now.time.time()
    moment = wall_time(day, clock, zone)
    if moment > seen + FUTURE_TOLERANCE:
        moment = wall_time(day - timedelta(days=1), clock, zone)
    return replace(now, time=moment)


def _expression(text: str, with_ages: bool = False) -> TimeExpression | None:
    """Return the first time expression of a text, if it has no zone; ages only if ``with_ages``."""
    found = next(iter(find_times(text[:300])), None)
    if found is None or (found.form == "age" and not with_ages):
        return None
    return found if found.utc_offset is None and found.zone is None else None


def _is_from(expression: TimeExpression, moment: datetime, precision: Precision) -> bool:
    """Return whether a timestamp, in the zone in which it was resolved, matches an expression."""
    if expression.form == "age" or precision == "hour":
        return False
    shown = moment.time()
    if expression.hour is None:
        return precision == "day" and shown == time()
    if precision == "day":  # the clock time was in the future and was dropped
        return True
    if (shown.hour, shown.minute) != (expression.hour, expression.minute or 0):
        return False
    return precision == "minute" if expression.second is None else shown.second == expression.second
