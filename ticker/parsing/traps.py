"""What looks like a list of headlines and is none: comments, lengths of videos, programmes, fixtures, quotes.

Each trap is a small function that says why a candidate is turned down, or None. The reasons are what
``ticker parse --explain`` prints.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from urllib.parse import urlsplit

from ticker.parsing.list_words import (
    COUNTDOWN_WORDS,
    MEDIA_NAMES,
    OFFER_NAMES,
    QUOTE_NAMES,
    READING_WORDS,
    SCHEDULE_HEADINGS,
    SCHEDULE_NAMES,
    SOCIAL_NAMES,
    TIME_NAMES,
    TITLE_NAMES,
    VIDEO_NAMES,
)
from ticker.parsing.lists import Entry
from ticker.parsing.outline import HEADINGS, Node, Outline
from ticker.parsing.titles import Title, length_of
from ticker.parsing.words import COMMENTS, roles_of, words_of
from ticker.records import Headline
from ticker.text import fold
from ticker.times import find_times

# Class names are read on the entry, on what is in it and this many levels around it.
_LEVELS_AROUND = 4
# Headlines are sentences: half of them have at least this many letters. Names and labels have fewer.
_SHORTEST_MEDIAN = 18
# One entry in four may be out of order: pinned, updated, or the first after midnight.
_FALLING = _RISING = 0.75
_LONGEST_TIME_LINE = 120
# A ticker's line without a link is a sentence or two; comments run on.
_LONGEST_TICKER_LINE = 160
# Headlines do not end in a full stop, save the odd one that quotes; comments and paragraphs mostly do.
_SENTENCE_END = re.compile(r"[.。।۔]['\"’”»)]*$")
_FEW_SENTENCES = 0.25
# A card is a headline and a teaser; what is longer with links that show nothing is a post with buttons.
_MOST_CARD_CHARS = 400
# "Arsenal 2 - 1 Chelsea"
_SCORE = re.compile(r"[^\W\d_]\s+\d{1,3}\s?[-–:]\s?\d{1,3}\s+[^\W\d_]")
# A list of news shows ages of months at most.
_NEWS_AGE = timedelta(days=400)
# Mixed lists show a clock for today's entries and a date for older ones.
_SOME = 0.2
_LONGEST_QUOTE = 40
_DATED_AHEAD = timedelta(hours=26)
_COMMENT_LINK = re.compile(r"#(?:comment|respond|reply|post|c|p|kommentar)[-_]?\d*|[?&](?:replytocom|comment)", re.I)
_SHORT_CLOCK = re.compile(r"\d:\d\d")
_HOURS = re.compile(r"\d:\d\d\s?(?:h|hrs?|std)\b", re.I)
_RANGE = re.compile(
    r"\d[:.h]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:uhr)?\s*(?:-|–|—|bis|to|à|a|till|do|до|~)\s*\d{1,2}[:.h]\d\d", re.I
)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A list before it is judged: its entries and the headlines read from them, one for each entry."""

    outline: Outline
    entries: Sequence[Entry]
    titles: Sequence[Title]
    headlines: Sequence[Headline]
    section: str | None
    fetched_at: datetime


def why_no_headlines(candidate: Candidate) -> str | None:
    """Why a list holds no timestamped headlines, in a few words; None where it does."""
    for trap in _TRAPS:
        reason = trap(candidate)
        if reason:
            return reason
    return None


def _share(candidate: Candidate, test: Callable[[Entry, Headline], bool]) -> float:
    pairs = zip(candidate.entries, candidate.headlines, strict=True)
    return sum(test(entry, headline) for entry, headline in pairs) / len(candidate.entries)


def _no_sentences(candidate: Candidate) -> str | None:
    lengths = [length_of(headline.title) for headline in candidate.headlines]
    if median(lengths) < _SHORTEST_MEDIAN:
        return "titles too short for headlines"
    letters = _share(candidate, lambda _, h: len(_LETTER.findall(h.title)) * 2 >= len(h.title.replace(" ", "")))
    if letters < 0.6:
        return "titles are numbers"
    if _share(candidate, lambda _, h: _is_a_time(h.title)) > 0.5:
        return "titles are times"
    if _share(candidate, lambda _, h: _SCORE.search(h.title) is not None) > 0.5:
        return "results of games"
    if len({headline.title for headline in candidate.headlines}) * 2 < len(candidate.headlines):
        return "the same title again and again"
    return None


def _is_a_time(title: str) -> bool:
    return sum(len(found.text) for found in find_times(title)) * 2 > len(title)


def _names_around(entry: Entry) -> frozenset[str]:
    names: set[str] = set()
    node: Node | None = entry.node
    for _ in range(_LEVELS_AROUND + 1):
        if node is None or node.tag == "body":
            break
        names |= words_of(node.names)
        node = node.parent
    return frozenset(names)


def _names_of_stamp(entry: Entry, outline: Outline) -> frozenset[str]:
    """The words in the names of the elements around a time, from the innermost up to its entry."""
    names: set[str] = set()
    stamp = entry.stamp
    node: Node | None = outline.owners[stamp.index] if stamp.index >= 0 else None
    if node is None or not stamp.node.holds(node):
        node = stamp.node
    while node is not None and node is not entry.node:
        names |= words_of(node.names)
        node = node.parent
    return frozenset(names | words_of(stamp.node.names))


def _under(candidate: Candidate, words: frozenset[str]) -> bool:
    """Whether the heading that a list stands under has one of these words."""
    return not words.isdisjoint(fold(candidate.section or "").split())


def _comments(candidate: Candidate) -> str | None:
    if _share(candidate, lambda e, _: not COMMENTS.isdisjoint(_names_around(e))) > 0.5:
        linked = _share(candidate, lambda e, h: bool(h.url) and not _COMMENT_LINK.search(h.url or ""))
        if linked < 0.5 or _share(candidate, lambda e, _: _prose(e, candidate.outline) > 200) > 0.3:
            return "comments"
    if _under(candidate, COMMENTS):
        return "comments"
    if _share(candidate, lambda e, h: bool(_COMMENT_LINK.search(h.url or ""))) > 0.3:
        return "comments"
    if _share(candidate, lambda e, _: _time_leads_to_comment(e)) > 0.3:
        return "comments"
    return None


def _time_leads_to_comment(entry: Entry) -> bool:
    link = entry.stamp.node.link or next((c for c in entry.stamp.node.children if c.tag == "a"), None)
    return link is not None and bool(_COMMENT_LINK.search(link.get("href") or ""))


def _prose(entry: Entry, outline: Outline) -> int:
    """The text of an entry outside links."""
    return entry.node.chars - entry.node.link_chars if entry.whole else 0


def _social(candidate: Candidate) -> str | None:
    if _share(candidate, lambda e, _: not SOCIAL_NAMES.isdisjoint(_names_around(e))) > 0.5:
        return "posts of a social network"
    return None


def _lengths(candidate: Candidate) -> str | None:
    named = _share(candidate, lambda e, _: not VIDEO_NAMES.isdisjoint(_names_of_stamp(e, candidate.outline)))
    if named > 0.5:
        return "lengths of videos or audio"
    if _share(candidate, lambda e, _: _is_clock(e) and _has_seconds(e)) > 0.5 and not _falls(candidate):
        return "lengths of videos or audio"
    if not _falls(candidate) and all(_is_clock(e) and _is_short(e) for e in candidate.entries):
        return "lengths of minutes and seconds"
    if not _falls(candidate) and all(_is_clock(e) and _in_hours(e, candidate.outline) for e in candidate.entries):
        return "lengths of hours and minutes"
    if _share(candidate, lambda e, h: _is_clock(e) and _is_video(e, h, candidate.outline)) > 0.5 and not _falls(
        candidate
    ):
        return "lengths of videos or audio"
    if _share(candidate, lambda e, _: _is_bare(e) and _counts_down(e, candidate.outline)) > 0.5:
        return "time that is left, not ages"
    if _share(candidate, lambda e, _: _is_bare(e) and _is_reading_time(e, candidate.outline)) > 0.5:
        return "times that articles take to read"
    bare = [e for e in candidate.entries if _is_bare(e)]
    if len(bare) * 2 > len(candidate.entries):
        timed = [
            e
            for e in bare
            if e.stamp.node.tag == "time" or not TIME_NAMES.isdisjoint(_names_of_stamp(e, candidate.outline))
        ]
        if len(timed) * 2 <= len(bare) and not _ages_grow(bare):
            return "lengths of time, not ages"
        ages = [e.stamp.expression.age for e in bare if e.stamp.expression and e.stamp.expression.age is not None]
        # All of this hour and in no order: what is so new stands newest first.
        if ages and max(ages) < timedelta(hours=1) and any(a > b for a, b in pairwise(ages)):
            return "lengths of time, not ages"
    return None


def _line_of(entry: Entry, outline: Outline) -> str:
    """The line that a time stands in: its element's text, or the piece of text that begins or ends with it."""
    node = entry.stamp.node
    if node is not entry.node and node.chars <= _LONGEST_TIME_LINE:
        return outline.text(node)
    return outline.texts[entry.stamp.index][:_LONGEST_TIME_LINE] if entry.stamp.index >= 0 else ""


def _is_clock(entry: Entry) -> bool:
    expression = entry.stamp.expression
    return expression is not None and expression.form == "clock" and entry.stamp.moment is None


def _is_short(entry: Entry) -> bool:
    """Whether a time is written as a song's length is ("3:45"): one digit, and no word for the half of the day."""
    return _SHORT_CLOCK.fullmatch(entry.stamp.shown.strip()) is not None


def _is_age(entry: Entry) -> bool:
    return entry.stamp.expression is not None and entry.stamp.expression.form == "age"


def _in_hours(entry: Entry, outline: Outline) -> bool:
    """Whether a time is written as a length of hours is ("0:30h", "01:30 h"): a small number and the unit."""
    expression = entry.stamp.expression
    small = expression is not None and expression.hour is not None and expression.hour < 10
    return small and _HOURS.search(_line_of(entry, outline)) is not None


def _has_seconds(entry: Entry) -> bool:
    expression = entry.stamp.expression
    return expression is not None and expression.second is not None


def _is_video(entry: Entry, headline: Headline, outline: Outline) -> bool:
    """Whether an entry is a video or a recording, by what stands around its time or by its address.

    Names elsewhere in an entry do not count: cards have places for a player's icon whether they need it or not.
    """
    names = set(_names_of_stamp(entry, outline) | words_of(urlsplit(headline.url).path if headline.url else ""))
    beside = entry.stamp.node.parent
    if beside is not None and beside.chars <= _LONGEST_TIME_LINE:
        for node in outline.below(beside):
            names |= words_of(node.names)
    return not MEDIA_NAMES.isdisjoint(names)


def _falls(candidate: Candidate) -> bool:
    """Whether the clocks of a list mostly fall down the page, as those of news do."""
    steps = _clock_steps(candidate)
    return bool(steps) and sum(step <= 0 for step in steps) >= _FALLING * len(steps)


def _ages_grow(entries: Sequence[Entry]) -> bool:
    """Whether ages grow down the page, as those of news do and lengths do by accident alone: 1 in 24 times for four."""
    ages = [e.stamp.expression.age for e in entries if e.stamp.expression and e.stamp.expression.age is not None]
    return len(ages) >= 4 and len(set(ages)) >= 4 and all(a <= b for a, b in pairwise(ages))


def _counts_down(entry: Entry, outline: Outline) -> bool:
    return not COUNTDOWN_WORDS.isdisjoint(fold(_line_of(entry, outline)).split())


def _is_reading_time(entry: Entry, outline: Outline) -> bool:
    return not READING_WORDS.isdisjoint({*fold(_line_of(entry, outline)).split(), *_names_of_stamp(entry, outline)})


def _is_bare(entry: Entry) -> bool:
    """Whether a stamp is a number and a unit alone ("20m", "45 Min."), which may be a length."""
    expression = entry.stamp.expression
    return expression is not None and expression.bare and entry.stamp.moment is None


def _programme(candidate: Candidate) -> str | None:
    # What has an age is over: "5 minutes ago" is no programme, whatever its names are.
    past = _share(candidate, lambda e, _: _is_age(e) and not _is_bare(e)) > 0.5
    names = _share(candidate, lambda e, _: not SCHEDULE_NAMES.isdisjoint(_names_around(e)))
    if not past and (names > 0.5 or _under(candidate, SCHEDULE_HEADINGS)):
        return "a programme, a calendar or fixtures"
    if _share(candidate, lambda e, _: bool(_RANGE.search(_line_of(e, candidate.outline)))) > 0.3:
        return "spans of time, as a programme has"
    if _share(candidate, lambda e, h: h.time is not None and h.time > candidate.fetched_at + _DATED_AHEAD) > 0.3:
        return "dates to come"
    steps = _clock_steps(candidate)
    # A programme rises all day long; news that stands in any order rises about half the time.
    steps = [step for step in steps if step]
    if len(steps) >= 2 and sum(step > 0 for step in steps) >= _RISING * len(steps):
        return "clocks that rise down the page, as a programme has"
    return None


def _clock_steps(candidate: Candidate) -> list[int]:
    """From each bare clock of a list to the next, in minutes; none where an attribute or a date tells the day."""
    steps, before = [], None
    for entry in candidate.entries:
        clock = entry.stamp.expression
        if clock is None or clock.form != "clock" or clock.hour is None or entry.stamp.moment is not None:
            before = None
            continue
        now = 60 * clock.hour + (clock.minute or 0)
        if before is not None:
            steps.append(now - before)
        before = now
    return steps


def _quotes(candidate: Candidate) -> str | None:
    # News of the markets has such names too, and sentences for titles; a quote has a name and numbers.
    brief = median(length_of(headline.title) for headline in candidate.headlines) < _LONGEST_QUOTE
    if brief and _share(candidate, lambda e, _: not QUOTE_NAMES.isdisjoint(_names_around(e))) > 0.5:
        return "market quotes"
    return None


def _offers(candidate: Candidate) -> str | None:
    if (
        _under(candidate, OFFER_NAMES)
        or _share(candidate, lambda e, _: not OFFER_NAMES.isdisjoint(_own_names(e))) > 0.5
    ):
        return "offers, members or files"
    return None


def _own_names(entry: Entry) -> frozenset[str]:
    """The words in the names of an entry and of what holds the list."""
    node = entry.node
    return words_of(node.names) | (words_of(node.parent.names) if node.parent is not None else frozenset())


def _dates_alone(candidate: Candidate) -> str | None:
    def tells_clock(entry: Entry, headline: Headline) -> bool:
        shown, moment = entry.stamp.expression, entry.stamp.moment
        return (shown is not None and shown.form != "date") or (moment is not None and moment[1] != "day")

    return "dates without a time of day" if _share(candidate, tells_clock) < _SOME else None


def _running_text(candidate: Candidate) -> str | None:
    """Comments, answers and posts whose system names nothing: their "titles" are neither links nor headings."""
    linked = [_is_linked(e, t, candidate.outline) for e, t in zip(candidate.entries, candidate.titles, strict=True)]
    if sum(linked) * 2 >= len(linked):
        return None
    shaped = [_is_shaped(entry, title) for entry, title in zip(candidate.entries, candidate.titles, strict=True)]
    if sum(shaped) * 2 >= len(shaped):
        return None
    prose = _share(candidate, lambda _, h: _SENTENCE_END.search(h.title) is not None)
    brief = median(len(h.title) for h in candidate.headlines) <= _LONGEST_TICKER_LINE
    if prose < _FEW_SENTENCES and brief and (_has_read_more(candidate) or _falls(candidate)):
        return None  # a ticker's lines, each behind its clock, or titles whose link says "read more"
    return "running text without links or headings"


def _is_linked(entry: Entry, title: Title, outline: Outline) -> bool:
    """Whether a title is a link's text, or its whole entry a link, or a link without text lies over it."""
    if title.node is not None:
        links = [node for node in outline.below(title.node) if node.link is node]
        if title.node.link is not None or any(node.chars * 2 >= len(title.text) for node in links):
            return True
    if entry.whole and entry.node.link is not None:
        return True
    return entry.node.chars <= _MOST_CARD_CHARS and any(n.link is n and n.chars == 0 for n in entry.nodes(outline))


def _has_read_more(candidate: Candidate) -> bool:
    """Whether most entries have a link of one text ("Read more") beside the headline."""
    texts = Counter(
        text
        for entry in candidate.entries
        for text in {candidate.outline.text(node) for node in entry.nodes(candidate.outline) if node.link is node}
    )
    return bool(texts) and texts.most_common(1)[0][1] * 2 >= len(candidate.entries) and len(candidate.entries) > 1


def _is_shaped(entry: Entry, title: Title) -> bool:
    """Whether a title is marked as one by its element."""
    node = title.node
    for _ in range(2):
        if node is None:
            return False
        if node.tag in HEADINGS or not TITLE_NAMES.isdisjoint(roles_of(node.names)):
            return True
        node = node.parent
    return False


def _long_ago(candidate: Candidate) -> str | None:
    ages = [e.stamp.expression.age for e in candidate.entries if e.stamp.expression and e.stamp.expression.age]
    if len(ages) * 2 > len(candidate.entries) and sorted(ages)[len(ages) // 2] > _NEWS_AGE:
        return "ages of years, as old posts have"
    return None


_TRAPS: tuple[Callable[[Candidate], str | None], ...] = (
    _no_sentences,
    _comments,
    _social,
    _lengths,
    _programme,
    _quotes,
    _offers,
    _dates_alone,
    _running_text,
    _long_ago,
)
