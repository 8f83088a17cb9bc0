"""Measures on the times of a list: their order, and whether they are publication times or durations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from ticker.parsing.headlines.candidates import (
    LONGEST_TIME_LINE,
    ORDERED_SHARE,
    Candidate,
    Row,
    clock_steps,
    descending_order,
    has_descending_clocks,
    is_clock,
    may_be_duration,
    time_line,
    words_around_time,
)
from ticker.parsing.headlines.lists import Entry
from ticker.parsing.outline import Outline
from ticker.parsing.vocabulary.blocks import split_words
from ticker.parsing.vocabulary.lists import COUNTDOWN_WORDS, MEDIA_NAMES, READING_WORDS, TIME_NAMES, VIDEO_NAMES
from ticker.text import fold

# Maximum median age in a list of news.
_NEWS_AGE = timedelta(days=400)
# Minimum share of clock times: mixed lists show one for today's entries and a date for older ones.
_SOME = 0.2
_RANGE = re.compile(
    r"\d[:.h]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*uhr)?\s*(?:-|–|—|bis|to|à|a|till|do|до|~)\s*\d{1,2}[:.h]\d\d", re.I
)
_ROUND_MINUTES = frozenset((0, 15, 30, 45))
_LETTER = re.compile(r"[^\W\d_]")

_SHORT_CLOCK = re.compile(r"\d:\d\d")
_HOURS = re.compile(r"\d:\d\d\s?(?:h|hrs?|std)\b", re.I)
_DECIMAL = re.compile(r"\d{1,2}\.\d\d")
# A price, a grade or a percentage, with its currency or sign.
_NUMBER = re.compile(r"\W{0,3}\d+[.,]\d{1,2}\W{0,3}")
# Fewer clock times may decrease by chance: three do in one list of six.
_FEWEST_IN_ORDER = 5


def descending_share(candidate: Candidate) -> float:
    """Return from 0 to 1 how strictly the times decrease down the page."""
    return max(0.0, descending_order(candidate))


def unambiguous_share(candidate: Candidate) -> float:
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


def are_identical(candidate: Candidate) -> float:
    """Return whether all entries have the same time, as rows of a table or offers that end together have."""
    times = {row.headline.time for row in candidate.rows}
    return len(times) == 1 and all(row.headline.precision in ("exact", "minute") for row in candidate.rows)


def are_old(candidate: Candidate) -> float:
    """Return whether most entries show an age and the median age exceeds that of news, as for old posts."""
    ages = [row.entry.stamp.expression.age for row in candidate.rows if row.entry.stamp.expression is not None]
    known = sorted(age for age in ages if age is not None)
    return len(known) * 2 > len(candidate.rows) and known[len(known) // 2] > _NEWS_AGE


def are_future(candidate: Candidate) -> float:
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


def are_ascending_clocks(candidate: Candidate) -> float:
    """Return whether clock times increase down the page; unordered clock times of news do at half of the steps.

    Two steps may increase by chance, unless all times are multiples of five minutes, as in programmes.
    """
    steps = [step for step in clock_steps(candidate) if step]
    rises = sum(step > 0 for step in steps) >= ORDERED_SHARE * len(steps)
    return rises and (len(steps) > 2 or (len(steps) == 2 and all(minute % 5 == 0 for minute in _minutes(candidate))))


def ascending_share(candidate: Candidate) -> float:
    """Return from 0 to 1 how strictly the times increase down the page."""
    return max(0.0, -descending_order(candidate))


def are_ranges(candidate: Candidate) -> float:
    """Return whether times are ranges ("20:15 - 21:45")."""
    return candidate.share(lambda row: bool(_RANGE.search(time_line(row.entry, candidate.outline)))) > 0.3


def are_round(candidate: Candidate) -> float:
    """Return whether all clock times are at a full or quarter hour, as for events; news appears at any minute."""
    minutes = _minutes(candidate)
    return len(minutes) == len(candidate.rows) and all(minute in _ROUND_MINUTES for minute in minutes)


def _minutes(candidate: Candidate) -> list[int]:
    """Return the minutes of all clock times without a machine-readable time."""
    clocks = [row.entry.stamp.expression for row in candidate.rows if row.entry.stamp.moment is None]
    return [clock.minute or 0 for clock in clocks if clock is not None and clock.hour is not None]


def are_media(candidate: Candidate) -> bool:
    """Return whether the times are durations of videos or recordings."""
    outline = candidate.outline
    if candidate.share(lambda row: not VIDEO_NAMES.isdisjoint(words_around_time(row.entry, outline))) > 0.5:
        return True
    if _are_in_order(candidate):
        return False
    return (
        candidate.share(lambda row: is_clock(row.entry) and _has_seconds(row.entry)) > 0.5
        or candidate.share(lambda row: is_clock(row.entry) and _is_video(row, outline)) > 0.5
    )


def are_minutes(candidate: Candidate) -> bool:
    """Return whether the times have the form of durations, in minutes ("3:45") or hours ("0:30 h")."""
    if _are_in_order(candidate):
        return False
    entries, outline = [row.entry for row in candidate.rows], candidate.outline
    return all(is_clock(entry) and _is_short(entry) for entry in entries) or all(
        is_clock(entry) and _in_hours(entry, outline) for entry in entries
    )


def _are_in_order(candidate: Candidate) -> bool:
    """Return whether at least five clock times, or fewer in elements named for times, decrease down the page."""
    if len(candidate.rows) >= _FEWEST_IN_ORDER or all(
        _is_named(row.entry, candidate.outline) for row in candidate.rows
    ):
        return has_descending_clocks(candidate)
    return False


def _is_named(entry: Entry, outline: Outline) -> bool:
    return entry.stamp.node.tag == "time" or not TIME_NAMES.isdisjoint(words_around_time(entry, outline))


def are_countdowns(candidate: Candidate) -> bool:
    """Return whether the times are countdowns, such as the time left of an offer."""
    return candidate.share(lambda row: may_be_duration(row.entry) and _counts_down(row.entry, candidate.outline)) > 0.5


def are_reading_times(candidate: Candidate) -> bool:
    """Return whether the times are reading times of articles."""
    return (
        candidate.share(lambda row: may_be_duration(row.entry) and _is_reading_time(row.entry, candidate.outline)) > 0.5
    )


def are_periods(candidate: Candidate) -> bool:
    """Return whether the times are durations with a unit ("45 min") rather than ages."""
    bare = [row.entry for row in candidate.rows if may_be_duration(row.entry)]
    if len(bare) * 2 <= len(candidate.rows):
        return False
    timed = [entry for entry in bare if _is_named(entry, candidate.outline)]
    if len(timed) * 2 <= len(bare) and not _ages_grow(bare):
        return True
    # Ages of less than an hour are durations if they are out of order: a list of news that recent is in order.
    ages = _ages(bare)
    grown = [a <= b for a, b in pairwise(ages)]
    return bool(ages) and max(ages) < timedelta(hours=1) and sum(grown) < ORDERED_SHARE * len(grown)


def are_decimals(candidate: Candidate) -> bool:
    """Return whether times such as "14.50" are numbers: in no order and unmarked, or styled like other numbers."""
    outline = candidate.outline
    dotted = [row.entry for row in candidate.rows if _DECIMAL.fullmatch(row.entry.stamp.shown.strip())]
    if len(dotted) * 2 <= len(candidate.rows):
        return False
    if any(entry.stamp.moment or entry.stamp.node.tag == "time" for entry in dotted):
        return False
    looks = {_look(outline, entry) for entry in dotted}
    others = (
        text
        for text, owner in zip(outline.texts, outline.owners, strict=True)
        if owner is not None and (owner.tag, owner.get("class")) in looks and _NUMBER.fullmatch(text.strip())
    )
    if any(not _is_dotted_clock(text) for text in others):
        return True
    named = sum(_is_named(entry, outline) for entry in dotted)
    return not has_descending_clocks(candidate) and named * 2 <= len(dotted)


def _look(outline: Outline, entry: Entry) -> tuple[str, str | None]:
    owner = outline.owners[entry.stamp.index] or entry.stamp.node
    return owner.tag, owner.get("class")


def _is_dotted_clock(text: str) -> bool:
    hour, _, minute = text.strip(" ()|-–").partition(".")
    return minute.isdecimal() and len(minute) == 2 and int(minute) < 60 and hour.isdecimal() and int(hour) < 24


def _is_short(entry: Entry) -> bool:
    """Return whether a time has the form of a song's duration: "3:45", without "am" or "pm"."""
    return entry.stamp.node.tag != "time" and _SHORT_CLOCK.fullmatch(entry.stamp.shown.strip()) is not None


def _in_hours(entry: Entry, outline: Outline) -> bool:
    """Return whether a time has the form of a duration in hours: below ten and with the unit ("0:30h", "01:30 h")."""
    expression = entry.stamp.expression
    small = expression is not None and expression.hour is not None and expression.hour < 10
    return small and _HOURS.search(time_line(entry, outline)) is not None


def _has_seconds(entry: Entry) -> bool:
    expression = entry.stamp.expression
    return expression is not None and expression.second is not None


def _is_video(row: Row, outline: Outline) -> bool:
    """Return whether the URL, or a class name or id near the time, marks an entry as a video or recording.

    Names elsewhere in an entry do not count: cards of articles contain elements for a player too.
    """
    entry, url = row.entry, row.headline.url
    names = set(words_around_time(entry, outline) | split_words(urlsplit(url).path if url else ""))
    beside = entry.stamp.node.parent
    if beside is not None and beside.chars <= LONGEST_TIME_LINE:
        for node in outline.below(beside):
            names |= split_words(node.names)
    return not MEDIA_NAMES.isdisjoint(names)


def _ages_grow(entries: Sequence[Entry]) -> bool:
    """Return whether at least four ages increase down the page; four durations do so by chance in 1 of 24 lists."""
    ages = _ages(entries)
    return len(ages) >= 4 and len(set(ages)) >= 4 and all(a <= b for a, b in pairwise(ages))


def _counts_down(entry: Entry, outline: Outline) -> bool:
    return not COUNTDOWN_WORDS.isdisjoint(fold(time_line(entry, outline)).split())


def _is_reading_time(entry: Entry, outline: Outline) -> bool:
    return not READING_WORDS.isdisjoint({*fold(time_line(entry, outline)).split(), *words_around_time(entry, outline)})


def _ages(entries: Sequence[Entry]) -> list[timedelta]:
    return [e.stamp.expression.age for e in entries if e.stamp.expression and e.stamp.expression.age is not None]
