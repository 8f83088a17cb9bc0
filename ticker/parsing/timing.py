"""Measures on the times of a list: their order, and whether they can be publication times of news."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

from ticker.parsing.candidates import IN_ORDER, Candidate, Row, clock_steps, line_of, order_of

# Maximum median age in a list of news.
_NEWS_AGE = timedelta(days=400)
# Minimum share of clock times: mixed lists show one for today's entries and a date for older ones.
_SOME = 0.2
_RANGE = re.compile(
    r"\d[:.h]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*uhr)?\s*(?:-|–|—|bis|to|à|a|till|do|до|~)\s*\d{1,2}[:.h]\d\d", re.I
)
_ROUND_MINUTES = frozenset((0, 15, 30, 45))
_LETTER = re.compile(r"[^\W\d_]")


def fall(candidate: Candidate) -> float:
    """Return from 0 to 1 how strictly the times decrease down the page."""
    return max(0.0, order_of(candidate))


def are_plain(candidate: Candidate) -> float:
    """Return the share of unambiguous times: with "ago", "pm" or a date, machine-readable, or in ``<time>``."""

    def is_plain(row: Row) -> bool:
        stamp = row.entry.stamp
        shown = stamp.expression
        return (
            stamp.moment is not None
            or stamp.node.tag == "time"
            or (shown is not None and (shown.form == "datetime" or (shown.form == "age" and not shown.bare)))
            or (shown is not None and shown.form == "clock" and _LETTER.search(stamp.shown) is not None)
        )

    return candidate.share(is_plain)


def are_dates(candidate: Candidate) -> float:
    """Return whether nearly all times are dates without a time of day."""

    def tells_clock(row: Row) -> bool:
        shown, moment = row.entry.stamp.expression, row.entry.stamp.moment
        return (
            (shown is not None and shown.form != "date")
            or (moment is not None and moment[1] != "day")
            or (row.headline.precision in ("exact", "minute") and row.headline.time is not None)
        )

    return candidate.share(tells_clock) < _SOME


def are_one(candidate: Candidate) -> float:
    """Return whether all entries have the same time, as rows of a table or offers that end together have."""
    times = {row.headline.time for row in candidate.rows}
    return len(times) == 1 and all(row.headline.precision in ("exact", "minute") for row in candidate.rows)


def are_old(candidate: Candidate) -> float:
    """Return whether most entries show an age and the median age exceeds that of news, as for old posts."""
    ages = [row.entry.stamp.expression.age for row in candidate.rows if row.entry.stamp.expression is not None]
    known = sorted(age for age in ages if age is not None)
    return len(known) * 2 > len(candidate.rows) and known[len(known) // 2] > _NEWS_AGE


def lie_ahead(candidate: Candidate) -> float:
    """Return whether times are in the future: machine-readable, as for ends of offers, or dates in ascending order."""
    ahead = [row.headline.time is None for row in candidate.rows]
    if sum(ahead) <= 0.3 * len(ahead):
        return False
    machine = candidate.share(lambda row: row.headline.time is None and row.entry.stamp.moment is not None)
    return machine > 0.3 or _days_rise(candidate)


def _days_rise(candidate: Candidate) -> bool:
    """Return whether all entries show a date and the dates ascend, with at least two different ones."""
    shown = [row.entry.stamp.expression for row in candidate.rows]
    days = [(each.year, each.month, each.day) for each in shown if each is not None and each.day is not None]
    known = [(year or 0, month, day) for year, month, day in days if month is not None and day is not None]
    return len(known) == len(shown) and len(set(known)) > 1 and all(a <= b for a, b in pairwise(known))


def are_of_calendar(candidate: Candidate) -> float:
    """Return whether dates ascend with round clock times, as for events, which may be in the past."""
    return _days_rise(candidate) and are_round(candidate)


def rise(candidate: Candidate) -> float:
    """Return whether clock times increase down the page; unordered clock times of news do at half of the steps.

    Two steps may increase by chance, unless all times are multiples of five minutes, as in programmes.
    """
    steps = [step for step in clock_steps(candidate) if step]
    rises = sum(step > 0 for step in steps) >= IN_ORDER * len(steps)
    return rises and (len(steps) > 2 or (len(steps) == 2 and all(minute % 5 == 0 for minute in _minutes(candidate))))


def rise_by_date(candidate: Candidate) -> float:
    """Return from 0 to 1 how strictly the times increase down the page."""
    return max(0.0, -order_of(candidate))


def are_spans(candidate: Candidate) -> float:
    """Return whether times are ranges ("20:15 - 21:45")."""
    return candidate.share(lambda row: bool(_RANGE.search(line_of(row.entry, candidate.outline)))) > 0.3


def are_round(candidate: Candidate) -> float:
    """Return whether all clock times are at a full or quarter hour, as for events; news appears at any minute."""
    minutes = _minutes(candidate)
    return len(minutes) == len(candidate.rows) and all(minute in _ROUND_MINUTES for minute in minutes)


def _minutes(candidate: Candidate) -> list[int]:
    """Return the minutes of all clock times without a machine-readable time."""
    clocks = [row.entry.stamp.expression for row in candidate.rows if row.entry.stamp.moment is None]
    return [clock.minute or 0 for clock in clocks if clock is not None and clock.hour is not None]
