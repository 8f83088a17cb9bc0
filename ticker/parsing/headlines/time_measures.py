"""Measures of the times of a list, 0 to 1: their order, and whether they are publication times or something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from ticker.parsing.headlines.candidates import LONGEST_TIME_LINE, Candidate, Row
from ticker.parsing.vocabulary.blocks import split_words
from ticker.parsing.vocabulary.lists import COUNTDOWN_WORDS, MEDIA_NAMES, READING_WORDS, TIME_NAMES, VIDEO_NAMES
from ticker.text import fold

# Share of steps that must be in order: pinned and updated entries and the first after midnight are out of order.
_ORDERED_SHARE = 0.75
# Maximum median age in a list of news.
_NEWS_AGE = timedelta(days=400)
# Minimum share of clock times: mixed lists show one for today's entries and a date for older ones.
_SOME = 0.2
_RANGE = re.compile(
    r"\d[:.h]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*uhr)?\s*(?:-|–|—|bis|to|à|a|till|do|до|~)\s*\d{1,2}[:.h]\d\d", re.I
)
_ROUND_MINUTES = frozenset((0, 15, 30, 45))
_LETTER = re.compile(r"[^\W\d_]")
# A song's duration: "3:45", without "am" or "pm".
_SHORT_CLOCK = re.compile(r"\d:\d\d")
# A duration below ten hours with its unit: "0:30h", "01:30 h".
_HOURS = re.compile(r"\d:\d\d\s?(?:h|hrs?|std)\b", re.I)
_DECIMAL = re.compile(r"\d{1,2}\.\d\d")
# A price, a grade or a percentage, with its currency or sign.
_NUMBER = re.compile(r"\W{0,3}\d+[.,]\d{1,2}\W{0,3}")
# Fewer clock times may decrease by chance: three do in one list of six.
_FEWEST_IN_ORDER = 5


# ---- order


def descending_order(candidate: Candidate) -> float:
    """Return 1 if all times decrease down the page, -1 if all increase, 0 if they have no order.

    A list of fewer than five entries may be in order by chance, so its value is reduced.
    """
    times = [row.headline.time for row in candidate.rows if row.headline.time is not None]
    steps = [(b > a) - (b < a) for a, b in pairwise(times) if a != b]
    return -sum(steps) / len(steps) * min(1.0, (len(candidate.rows) - 1) / 4) if steps else 0.0


def descending_share(candidate: Candidate) -> float:
    """Return from 0 to 1 how strictly the times decrease down the page."""
    return max(0.0, descending_order(candidate))


def ascending_share(candidate: Candidate) -> float:
    """Return from 0 to 1 how strictly the times increase down the page."""
    return max(0.0, -descending_order(candidate))


def has_descending_clocks(candidate: Candidate) -> bool:
    """Return whether the clock times of a list mostly decrease down the page, as in a list of news."""
    steps = _clock_steps(candidate)
    return any(step < 0 for step in steps) and sum(step <= 0 for step in steps) >= _ORDERED_SHARE * len(steps)


def _clock_steps(candidate: Candidate) -> list[int]:
    """Return the differences in minutes between adjacent clock times that have no date and no machine time."""
    clocks = [row.stamp.expression if row.stamp.is_clock else None for row in candidate.rows]
    minutes = [60 * clock.hour + (clock.minute or 0) if clock and clock.hour is not None else None for clock in clocks]
    return [b - a for a, b in pairwise(minutes) if a is not None and b is not None]


def are_ascending_clocks(candidate: Candidate) -> float:
    """Return whether clock times increase down the page; unordered clock times of news do at half of the steps.

    Two steps may increase by chance, unless all times are multiples of five minutes, as in programmes.
    """
    steps = [step for step in _clock_steps(candidate) if step]
    rises = sum(step > 0 for step in steps) >= _ORDERED_SHARE * len(steps)
    return rises and (len(steps) > 2 or (len(steps) == 2 and all(minute % 5 == 0 for minute in _minutes(candidate))))


# ---- dates and clock times


def unambiguous_share(candidate: Candidate) -> float:
    """Return the share of unambiguous times: with "ago", "pm" or a date, machine-readable, or in ``<time>``."""

    def is_unambiguous(row: Row) -> bool:
        stamp = row.stamp
        return (
            stamp.moment is not None
            or stamp.node.tag == "time"
            or stamp.form == "datetime"
            or (stamp.form == "age" and not stamp.may_be_duration)
            or (stamp.form == "clock" and _LETTER.search(stamp.shown) is not None)
        )

    return candidate.share(is_unambiguous)


def are_dates(candidate: Candidate) -> float:
    """Return whether nearly all times are dates without a time of day."""

    def has_clock(row: Row) -> bool:
        moment = row.stamp.moment
        return (
            row.stamp.form not in ("date", None)
            or (moment is not None and moment[1] != "day")
            or (row.headline.precision in ("exact", "minute") and row.headline.time is not None)
        )

    return candidate.share(has_clock) < _SOME


def are_identical(candidate: Candidate) -> float:
    """Return whether all entries have the same time, as rows of a table or offers that end together have."""
    times = {row.headline.time for row in candidate.rows}
    return len(times) == 1 and all(row.headline.precision in ("exact", "minute") for row in candidate.rows)


def are_old(candidate: Candidate) -> float:
    """Return whether most entries show an age and the median age exceeds that of news, as for old posts."""
    ages = sorted(_ages(candidate.rows))
    return len(ages) * 2 > len(candidate.rows) and ages[len(ages) // 2] > _NEWS_AGE


def are_future(candidate: Candidate) -> float:
    """Return whether times are in the future: machine-readable, as for ends of offers, or dates in ascending order."""
    ahead = candidate.share(lambda row: row.headline.time is None)
    machine = candidate.share(lambda row: row.headline.time is None and row.stamp.moment is not None)
    return ahead > 0.3 and (machine > 0.3 or _days_rise(candidate))


def _days_rise(candidate: Candidate) -> bool:
    """Return whether all entries show a date and the dates ascend, with at least two different ones."""
    shown = [row.stamp.expression for row in candidate.rows]
    days = [(each.year or 0, each.month, each.day) for each in shown if each and each.month and each.day]
    return len(days) == len(shown) and len(set(days)) > 1 and all(a <= b for a, b in pairwise(days))


def are_of_calendar(candidate: Candidate) -> float:
    """Return whether dates ascend with round clock times, as for events, which may be in the past."""
    return _days_rise(candidate) and are_round(candidate)


def are_round(candidate: Candidate) -> float:
    """Return whether all clock times are at a full or quarter hour, as for events; news appears at any minute."""
    minutes = _minutes(candidate)
    return len(minutes) == len(candidate.rows) and all(minute in _ROUND_MINUTES for minute in minutes)


def _minutes(candidate: Candidate) -> list[int]:
    """Return the minutes of all clock times without a machine-readable time."""
    clocks = [row.stamp.expression for row in candidate.rows if row.stamp.moment is None]
    return [clock.minute or 0 for clock in clocks if clock is not None and clock.hour is not None]


def show_ages(candidate: Candidate) -> bool:
    """Return whether most entries show an age ("5 minutes ago"), which rules out a programme."""
    return candidate.share(lambda row: row.stamp.form == "age" and not row.stamp.may_be_duration) > 0.5


# ---- durations, ranges and numbers


def are_ranges(candidate: Candidate) -> float:
    """Return whether times are ranges ("20:15 - 21:45")."""
    return candidate.share(lambda row: bool(_RANGE.search(row.time_line))) > 0.3


def are_media(candidate: Candidate) -> bool:
    """Return whether the times are durations of videos or recordings."""
    if candidate.share(lambda row: not VIDEO_NAMES.isdisjoint(row.time_names)) > 0.5:
        return True
    if _are_in_order(candidate):
        return False
    return (
        candidate.share(lambda row: row.stamp.has_seconds) > 0.5
        or candidate.share(lambda row: row.stamp.is_clock and _is_video(row)) > 0.5
    )


def _is_video(row: Row) -> bool:
    """Return whether the URL, or a class name or id near the time, marks an entry as a video or recording.

    Names elsewhere in an entry do not count: cards of articles contain elements for a player too.
    """
    names = set(row.time_names | split_words(urlsplit(row.headline.url or "").path))
    beside = row.stamp.node.parent
    if beside is not None and beside.chars <= LONGEST_TIME_LINE:
        for node in row.outline.below(beside):
            names |= split_words(node.names)
    return not MEDIA_NAMES.isdisjoint(names)


def are_minutes(candidate: Candidate) -> bool:
    """Return whether the times have the form of durations, in minutes ("3:45") or hours ("0:30 h")."""
    if _are_in_order(candidate) or not all(row.stamp.is_clock for row in candidate.rows):
        return False
    return all(map(_is_short, candidate.rows)) or all(map(_is_in_hours, candidate.rows))


def _is_short(row: Row) -> bool:
    return row.stamp.node.tag != "time" and _SHORT_CLOCK.fullmatch(row.stamp.shown.strip()) is not None


def _is_in_hours(row: Row) -> bool:
    clock = row.stamp.expression
    is_small = clock is not None and clock.hour is not None and clock.hour < 10
    return is_small and _HOURS.search(row.time_line) is not None


def _are_in_order(candidate: Candidate) -> bool:
    """Return whether at least five clock times, or fewer in elements named for times, decrease down the page."""
    are_enough = len(candidate.rows) >= _FEWEST_IN_ORDER or all(map(_is_named, candidate.rows))
    return are_enough and has_descending_clocks(candidate)


def _is_named(row: Row) -> bool:
    return row.stamp.node.tag == "time" or not TIME_NAMES.isdisjoint(row.time_names)


def are_countdowns(candidate: Candidate) -> bool:
    """Return whether the times are countdowns, such as the time left of an offer."""
    return _share_of_durations(candidate, COUNTDOWN_WORDS, frozenset()) > 0.5


def are_reading_times(candidate: Candidate) -> bool:
    """Return whether the times are reading times of articles."""
    return _share_of_durations(candidate, READING_WORDS, READING_WORDS) > 0.5


def _share_of_durations(candidate: Candidate, words: frozenset[str], names: frozenset[str]) -> float:
    """Return the share of times that may be durations, with one of ``words`` beside them or of ``names`` around."""
    return candidate.share(
        lambda row: (
            row.stamp.may_be_duration
            and not (words.isdisjoint(fold(row.time_line).split()) and names.isdisjoint(row.time_names))
        )
    )


def are_periods(candidate: Candidate) -> bool:
    """Return whether the times are durations with a unit ("45 min") rather than ages."""
    bare = [row for row in candidate.rows if row.stamp.may_be_duration]
    if len(bare) * 2 <= len(candidate.rows):
        return False
    ages = _ages(bare)
    grown = [a <= b for a, b in pairwise(ages)]
    # Four durations increase by chance in 1 of 24 lists.
    grow = len(ages) >= 4 and len(set(ages)) >= 4 and all(grown)
    if sum(map(_is_named, bare)) * 2 <= len(bare) and not grow:
        return True
    # Ages of less than an hour are durations if they are out of order: a list of news that recent is in order.
    return bool(ages) and max(ages) < timedelta(hours=1) and sum(grown) < _ORDERED_SHARE * len(grown)


def _ages(rows: Sequence[Row]) -> list[timedelta]:
    shown = (row.stamp.expression for row in rows)
    return [each.age for each in shown if each is not None and each.age is not None]


def are_decimals(candidate: Candidate) -> bool:
    """Return whether times such as "14.50" are numbers: in no order and unmarked, or styled like other numbers."""
    dotted = [row for row in candidate.rows if _DECIMAL.fullmatch(row.stamp.shown.strip())]
    if len(dotted) * 2 <= len(candidate.rows):
        return False
    if any(row.stamp.moment or row.stamp.node.tag == "time" for row in dotted):
        return False
    outline = dotted[0].outline
    looks = {(outline.owners[row.stamp.index] or row.stamp.node).look for row in dotted}
    others = (
        text
        for text, owner in zip(outline.texts, outline.owners, strict=True)
        if owner is not None and owner.look in looks and _NUMBER.fullmatch(text.strip())
    )
    if any(not _is_dotted_clock(text) for text in others):
        return True
    return not has_descending_clocks(candidate) and sum(map(_is_named, dotted)) * 2 <= len(dotted)


def _is_dotted_clock(text: str) -> bool:
    hour, _, minute = text.strip(" ()|-–").partition(".")
    return minute.isdecimal() and len(minute) == 2 and int(minute) < 60 and hour.isdecimal() and int(hour) < 24
