"""Correction of timestamps that were resolved in a wrong zone, from the text that the page showed.

A timestamp from a clock time depends on the zone; one from a machine-readable time or an age does not. The text shows
the origin: a timestamp from a clock time has the same hour and minute as the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo

from ticker.models import Precision
from ticker.times.expressions import TimeExpression
from ticker.times.find import find_times
from ticker.times.listing import resolve_list
from ticker.times.resolve import FUTURE_TOLERANCE, Resolved, resolve_on, wall_time


@dataclass(frozen=True, slots=True)
class ShownTime:
    """An archived time: its text on the page, its timestamp (aware; None if unknown) and its precision."""

    text: str
    time: datetime | None
    precision: Precision


def is_of_text(text: str, moment: datetime, precision: Precision) -> bool:
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
