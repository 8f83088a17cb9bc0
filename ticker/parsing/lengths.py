"""Times that are lengths: of videos and songs, of what is left, of reading; told from clocks and ages."""

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
    falls,
    is_bare,
    is_clock,
    line_of,
    names_of_stamp,
    share,
)
from ticker.parsing.list_words import COUNTDOWN_WORDS, MEDIA_NAMES, READING_WORDS, TIME_NAMES, VIDEO_NAMES
from ticker.parsing.lists import Entry
from ticker.parsing.outline import Outline
from ticker.parsing.words import words_of
from ticker.records import Headline
from ticker.text import fold

_SHORT_CLOCK = re.compile(r"\d:\d\d")
_HOURS = re.compile(r"\d:\d\d\s?(?:h|hrs?|std)\b", re.I)


def lengths(candidate: Candidate) -> str | None:
    """Why the times of a list are lengths, in a few words; None where they are not."""
    named = share(candidate, lambda e, _: not VIDEO_NAMES.isdisjoint(names_of_stamp(e, candidate.outline)))
    if named > 0.5:
        return "lengths of videos or audio"
    if share(candidate, lambda e, _: is_clock(e) and _has_seconds(e)) > 0.5 and not falls(candidate):
        return "lengths of videos or audio"
    if not falls(candidate) and all(is_clock(e) and _is_short(e) for e in candidate.entries):
        return "lengths of minutes and seconds"
    if not falls(candidate) and all(is_clock(e) and _in_hours(e, candidate.outline) for e in candidate.entries):
        return "lengths of hours and minutes"
    if share(candidate, lambda e, h: is_clock(e) and _is_video(e, h, candidate.outline)) > 0.5 and not falls(candidate):
        return "lengths of videos or audio"
    if share(candidate, lambda e, _: is_bare(e) and _counts_down(e, candidate.outline)) > 0.5:
        return "time that is left, not ages"
    if share(candidate, lambda e, _: is_bare(e) and _is_reading_time(e, candidate.outline)) > 0.5:
        return "times that articles take to read"
    bare = [e for e in candidate.entries if is_bare(e)]
    if len(bare) * 2 > len(candidate.entries):
        timed = [
            e
            for e in bare
            if e.stamp.node.tag == "time" or not TIME_NAMES.isdisjoint(names_of_stamp(e, candidate.outline))
        ]
        if len(timed) * 2 <= len(bare) and not _ages_grow(bare):
            return "lengths of time, not ages"
        ages = [e.stamp.expression.age for e in bare if e.stamp.expression and e.stamp.expression.age is not None]
        # All of this hour and in no order: what is so new stands newest first.
        grown = [a <= b for a, b in pairwise(ages)]
        if ages and max(ages) < timedelta(hours=1) and sum(grown) < IN_ORDER * len(grown):
            return "lengths of time, not ages"
    return None


def _is_short(entry: Entry) -> bool:
    """Whether a time is written as a song's length is ("3:45"): one digit, and no word for the half of the day."""
    return entry.stamp.node.tag != "time" and _SHORT_CLOCK.fullmatch(entry.stamp.shown.strip()) is not None


def _in_hours(entry: Entry, outline: Outline) -> bool:
    """Whether a time is written as a length of hours is ("0:30h", "01:30 h"): a small number and the unit."""
    expression = entry.stamp.expression
    small = expression is not None and expression.hour is not None and expression.hour < 10
    return small and _HOURS.search(line_of(entry, outline)) is not None


def _has_seconds(entry: Entry) -> bool:
    expression = entry.stamp.expression
    return expression is not None and expression.second is not None


def _is_video(entry: Entry, headline: Headline, outline: Outline) -> bool:
    """Whether an entry is a video or a recording, by what stands around its time or by its address.

    Names elsewhere in an entry do not count: cards have places for a player's icon whether they need it or not.
    """
    names = set(names_of_stamp(entry, outline) | words_of(urlsplit(headline.url).path if headline.url else ""))
    beside = entry.stamp.node.parent
    if beside is not None and beside.chars <= LONGEST_TIME_LINE:
        for node in outline.below(beside):
            names |= words_of(node.names)
    return not MEDIA_NAMES.isdisjoint(names)


def _ages_grow(entries: Sequence[Entry]) -> bool:
    """Whether ages grow down the page, as those of news do and lengths do by accident alone: 1 in 24 times for four."""
    ages = [e.stamp.expression.age for e in entries if e.stamp.expression and e.stamp.expression.age is not None]
    return len(ages) >= 4 and len(set(ages)) >= 4 and all(a <= b for a, b in pairwise(ages))


def _counts_down(entry: Entry, outline: Outline) -> bool:
    return not COUNTDOWN_WORDS.isdisjoint(fold(line_of(entry, outline)).split())


def _is_reading_time(entry: Entry, outline: Outline) -> bool:
    return not READING_WORDS.isdisjoint({*fold(line_of(entry, outline)).split(), *names_of_stamp(entry, outline)})
