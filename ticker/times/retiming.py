"""Times that were resolved in a wrong zone are resolved again, from the text that the page showed. Pure.

A moment that came from a clock depends on the zone; one that a machine could read does not, nor does an age. Which of
these a moment came from is told by its text: a clock shows the same hour and minute.
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
    """A time as it was archived: its text on the page, the moment (aware, None where not known) and its precision."""

    text: str
    time: datetime | None
    precision: Precision


def is_of_text(text: str, moment: datetime, precision: Precision) -> bool:
    """Return whether a moment came from a clock in ``text`` that names no zone, and so depends on the zone."""
    expression = _expression(text)
    return expression is not None and expression.form != "date" and _is_from(expression, moment, precision)


def retime_list(entries: Sequence[ShownTime], seen: datetime, old: tzinfo, zone: tzinfo) -> list[Resolved | None]:
    """Return the moment of each entry of a list, seen at ``seen`` (aware), in ``zone``, where it was read in ``old``.

    The entries are in the page's order. None stands for one that stays as it is.
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
        # The archived day tells how its numbers were read.
        return resolve_on(expression, entry.time.date(), seen, zone) or now
    # A date line that is not archived moved the entry to another day than its clock alone tells.
    moved = entry.time.date() - was.time.date()
    if expression.form != "clock" or not moved or now.precision == "day":
        return now
    day, clock = now.time.date() + moved, now.time.time()
    moment = wall_time(day, clock, zone)
    if moment > seen + FUTURE_TOLERANCE:
        moment = wall_time(day - timedelta(days=1), clock, zone)
    return replace(now, time=moment)


def _expression(text: str, with_ages: bool = False) -> TimeExpression | None:
    """Return what a text says of a time without a zone; ages only ``with_ages``."""
    found = next(iter(find_times(text[:300])), None)
    if found is None or (found.form == "age" and not with_ages):
        return None
    return found if found.utc_offset is None and found.zone is None else None


def _is_from(expression: TimeExpression, moment: datetime, precision: Precision) -> bool:
    """Return whether a moment in the zone that it was read in shows what an expression says."""
    if expression.form == "age" or precision == "hour":
        return False
    shown = moment.time()
    if expression.hour is None:
        return precision == "day" and shown == time()
    if precision == "day":  # the clock would have been ahead, so that it was dropped
        return True
    if (shown.hour, shown.minute) != (expression.hour, expression.minute or 0):
        return False
    return precision == "minute" if expression.second is None else shown.second == expression.second
