"""Tests for lists whose times are durations or decimal numbers: videos, countdowns, reading times, prices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from ticker.parsing.candidates import (
    IN_ORDER,
    LONGEST_TIME_LINE,
    Candidate,
    Row,
    falls,
    is_bare,
    is_clock,
    line_of,
    names_of_stamp,
)
from ticker.parsing.list_words import COUNTDOWN_WORDS, MEDIA_NAMES, READING_WORDS, TIME_NAMES, VIDEO_NAMES
from ticker.parsing.lists import Entry
from ticker.parsing.outline import Outline
from ticker.parsing.words import words_of
from ticker.text import fold

_SHORT_CLOCK = re.compile(r"\d:\d\d")
_HOURS = re.compile(r"\d:\d\d\s?(?:h|hrs?|std)\b", re.I)
_DECIMAL = re.compile(r"\d{1,2}\.\d\d")
# A price, a grade or a percentage, with its currency or sign.
_NUMBER = re.compile(r"\W{0,3}\d+[.,]\d{1,2}\W{0,3}")
# Fewer clock times may decrease by chance: three do in one list of six.
_FEWEST_IN_ORDER = 5


def are_media(candidate: Candidate) -> bool:
    """Return whether the times are durations of videos or recordings."""
    outline = candidate.outline
    if candidate.share(lambda row: not VIDEO_NAMES.isdisjoint(names_of_stamp(row.entry, outline))) > 0.5:
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
        return falls(candidate)
    return False


def _is_named(entry: Entry, outline: Outline) -> bool:
    return entry.stamp.node.tag == "time" or not TIME_NAMES.isdisjoint(names_of_stamp(entry, outline))


def are_countdowns(candidate: Candidate) -> bool:
    """Return whether the times are countdowns, such as the time left of an offer."""
    return candidate.share(lambda row: is_bare(row.entry) and _counts_down(row.entry, candidate.outline)) > 0.5


def are_reading_times(candidate: Candidate) -> bool:
    """Return whether the times are reading times of articles."""
    return candidate.share(lambda row: is_bare(row.entry) and _is_reading_time(row.entry, candidate.outline)) > 0.5


def are_periods(candidate: Candidate) -> bool:
    """Return whether the times are durations with a unit ("45 min") rather than ages."""
    bare = [row.entry for row in candidate.rows if is_bare(row.entry)]
    if len(bare) * 2 <= len(candidate.rows):
        return False
    timed = [entry for entry in bare if _is_named(entry, candidate.outline)]
    if len(timed) * 2 <= len(bare) and not _ages_grow(bare):
        return True
    # Ages of less than an hour are durations if they are out of order: a list of news that recent is in order.
    ages = _ages(bare)
    grown = [a <= b for a, b in pairwise(ages)]
    return bool(ages) and max(ages) < timedelta(hours=1) and sum(grown) < IN_ORDER * len(grown)


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
    return not falls(candidate) and named * 2 <= len(dotted)


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
    return small and _HOURS.search(line_of(entry, outline)) is not None


def _has_seconds(entry: Entry) -> bool:
    expression = entry.stamp.expression
    return expression is not None and expression.second is not None


def _is_video(row: Row, outline: Outline) -> bool:
    """Return whether the URL, or a class name or id near the time, marks an entry as a video or recording.

    Names elsewhere in an entry do not count: cards of articles contain elements for a player too.
    """
    entry, url = row.entry, row.headline.url
    names = set(names_of_stamp(entry, outline) | words_of(urlsplit(url).path if url else ""))
    beside = entry.stamp.node.parent
    if beside is not None and beside.chars <= LONGEST_TIME_LINE:
        for node in outline.below(beside):
            names |= words_of(node.names)
    return not MEDIA_NAMES.isdisjoint(names)


def _ages_grow(entries: Sequence[Entry]) -> bool:
    """Return whether at least four ages increase down the page; four durations do so by chance in 1 of 24 lists."""
    ages = _ages(entries)
    return len(ages) >= 4 and len(set(ages)) >= 4 and all(a <= b for a, b in pairwise(ages))


def _counts_down(entry: Entry, outline: Outline) -> bool:
    return not COUNTDOWN_WORDS.isdisjoint(fold(line_of(entry, outline)).split())


def _is_reading_time(entry: Entry, outline: Outline) -> bool:
    return not READING_WORDS.isdisjoint({*fold(line_of(entry, outline)).split(), *names_of_stamp(entry, outline)})


def _ages(entries: Sequence[Entry]) -> list[timedelta]:
    return [e.stamp.expression.age for e in entries if e.stamp.expression and e.stamp.expression.age is not None]
