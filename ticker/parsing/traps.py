"""What looks like a list of headlines and is none: comments, lengths of videos, programmes, fixtures, quotes.

Each trap is a small function that says why a candidate is turned down, or None. The reasons are what
``ticker parse --explain`` prints.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from statistics import median

from ticker.parsing.candidates import (
    IN_ORDER,
    Candidate,
    clock_steps,
    falls,
    is_age,
    is_bare,
    line_of,
    names_around,
    share,
)
from ticker.parsing.lengths import lengths
from ticker.parsing.list_words import (
    OFFER_NAMES,
    QUOTE_NAMES,
    SCHEDULE_HEADINGS,
    SCHEDULE_NAMES,
    SOCIAL_NAMES,
    TITLE_NAMES,
)
from ticker.parsing.lists import Entry
from ticker.parsing.outline import HEADINGS, Outline
from ticker.parsing.titles import Title, length_of
from ticker.parsing.words import COMMENTS, roles_of, words_of
from ticker.records import Headline
from ticker.text import fold
from ticker.times import find_times

# Headlines are sentences: half of them have at least this many letters. Names and labels have fewer.
_SHORTEST_MEDIAN = 18
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
# A quote's texts are a company's name, a price and a change.
_LONGEST_QUOTE = 40
_DATED_AHEAD = timedelta(hours=26)
_COMMENT_LINK = re.compile(r"#(?:comment|respond|reply|post|c|p|kommentar)[-_]?\d*|[?&](?:replytocom|comment)", re.I)
_RANGE = re.compile(
    r"\d[:.h]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*uhr)?\s*(?:-|–|—|bis|to|à|a|till|do|до|~)\s*\d{1,2}[:.h]\d\d", re.I
)
_LETTER = re.compile(r"[^\W\d_]")


def why_no_headlines(candidate: Candidate) -> str | None:
    """Why a list holds no timestamped headlines, in a few words; None where it does."""
    for trap in _TRAPS:
        reason = trap(candidate)
        if reason:
            return reason
    return None


def _no_sentences(candidate: Candidate) -> str | None:
    if median(length_of(headline.title) for headline in candidate.headlines) < _SHORTEST_MEDIAN:
        return "titles too short for headlines"
    letters = share(candidate, lambda _, h: len(_LETTER.findall(h.title)) * 2 >= len(h.title.replace(" ", "")))
    if letters < 0.6:
        return "titles are numbers"
    if share(candidate, lambda _, h: _is_a_time(h.title)) > 0.5:
        return "titles are times"
    if share(candidate, lambda _, h: _SCORE.search(h.title) is not None) > 0.5:
        return "results of games"
    if len({headline.title for headline in candidate.headlines}) * 2 < len(candidate.headlines):
        return "the same title again and again"
    return None


def _is_a_time(title: str) -> bool:
    return sum(len(found.text) for found in find_times(title)) * 2 > len(title)


def _under(candidate: Candidate, words: frozenset[str]) -> bool:
    """Whether the heading that a list stands under has one of these words."""
    return not words.isdisjoint(fold(candidate.section or "").split())


def _comments(candidate: Candidate) -> str | None:
    if share(candidate, lambda e, _: not COMMENTS.isdisjoint(names_around(e))) > 0.5:
        linked = share(candidate, lambda e, h: bool(h.url) and not _COMMENT_LINK.search(h.url or ""))
        if linked < 0.5 or share(candidate, lambda e, _: _prose(e, candidate.outline) > 200) > 0.3:
            return "comments"
    if _under(candidate, COMMENTS):
        return "comments"
    if share(candidate, lambda e, h: bool(_COMMENT_LINK.search(h.url or ""))) > 0.3:
        return "comments"
    if share(candidate, lambda e, _: _time_leads_to_comment(e, candidate.outline)) > 0.3:
        return "comments"
    return None


def _time_leads_to_comment(entry: Entry, outline: Outline) -> bool:
    link = entry.stamp.node.link or next((c for c in outline.children(entry.stamp.node) if c.tag == "a"), None)
    return link is not None and bool(_COMMENT_LINK.search(link.get("href") or ""))


def _prose(entry: Entry, outline: Outline) -> int:
    """The text of an entry outside links."""
    return entry.node.chars - entry.node.link_chars if entry.whole else 0


def _social(candidate: Candidate) -> str | None:
    if share(candidate, lambda e, _: not SOCIAL_NAMES.isdisjoint(names_around(e))) > 0.5:
        return "posts of a social network"
    return None


def _programme(candidate: Candidate) -> str | None:
    # What has an age is over: "5 minutes ago" is no programme, whatever its names are.
    past = share(candidate, lambda e, _: is_age(e) and not is_bare(e)) > 0.5
    names = share(candidate, lambda e, _: not SCHEDULE_NAMES.isdisjoint(names_around(e)))
    if not past and (names > 0.5 or _under(candidate, SCHEDULE_HEADINGS)):
        return "a programme, a calendar or fixtures"
    if share(candidate, lambda e, _: bool(_RANGE.search(line_of(e, candidate.outline)))) > 0.3:
        return "spans of time, as a programme has"
    if share(candidate, lambda e, h: h.time is not None and h.time > candidate.fetched_at + _DATED_AHEAD) > 0.3:
        return "dates to come"
    steps = clock_steps(candidate)
    # A programme rises all day long; news that stands in any order rises about half the time.
    steps = [step for step in steps if step]
    if len(steps) >= 2 and sum(step > 0 for step in steps) >= IN_ORDER * len(steps):
        return "clocks that rise down the page, as a programme has"
    return None


def _quotes(candidate: Candidate) -> str | None:
    # News of the markets has such names too, and sentences for titles; a quote has a name and numbers.
    brief = median(length_of(headline.title) for headline in candidate.headlines) < _LONGEST_QUOTE
    if brief and share(candidate, lambda e, _: not QUOTE_NAMES.isdisjoint(names_around(e))) > 0.5:
        return "market quotes"
    return None


def _offers(candidate: Candidate) -> str | None:
    if _under(candidate, OFFER_NAMES) or share(candidate, lambda e, _: not OFFER_NAMES.isdisjoint(_own_names(e))) > 0.5:
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

    return "dates without a time of day" if share(candidate, tells_clock) < _SOME else None


def _running_text(candidate: Candidate) -> str | None:
    """Comments, answers and posts whose system names nothing: their "titles" are neither links nor headings."""
    linked = [_is_linked(e, t, candidate.outline) for e, t in zip(candidate.entries, candidate.titles, strict=True)]
    if sum(linked) * 2 >= len(linked):
        return None
    shaped = [_is_shaped(entry, title) for entry, title in zip(candidate.entries, candidate.titles, strict=True)]
    if sum(shaped) * 2 >= len(shaped):
        return None
    prose = share(candidate, lambda _, h: _SENTENCE_END.search(h.title) is not None)
    brief = median(len(h.title) for h in candidate.headlines) <= _LONGEST_TICKER_LINE
    if prose < _FEW_SENTENCES and brief and (_has_read_more(candidate) or falls(candidate)):
        return None  # a ticker's lines, each behind its clock, or titles whose link says "read more"
    return "running text without links or headings"


def _is_linked(entry: Entry, title: Title, outline: Outline) -> bool:
    """Whether a title is a link's text, or its whole entry a link, or a link without text lies over it."""
    if title.node is not None:
        links = [node for node in outline.below(title.node) if node.is_link]
        if title.node.linked or any(node.chars * 2 >= len(title.text) for node in links):
            return True
    if entry.whole and entry.node.linked:
        return True
    return entry.node.chars <= _MOST_CARD_CHARS and any(n.is_link and n.chars == 0 for n in entry.nodes(outline))


def _has_read_more(candidate: Candidate) -> bool:
    """Whether most entries have a link of one text ("Read more") beside the headline."""
    texts = Counter(
        text
        for entry in candidate.entries
        for text in {candidate.outline.text(node) for node in entry.nodes(candidate.outline) if node.is_link}
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
    lengths,
    _programme,
    _quotes,
    _offers,
    _dates_alone,
    _running_text,
    _long_ago,
)
