"""What people type after ``--since`` and ``--until``: a text becomes a span of time.

`typed.py` reads English and numbers, `typed_abroad.py` all other languages and what else pages write: only where the
former knows nothing is it imported, with its tables of words. Here what neither understands is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from ticker.errors import TimeError
from ticker.times.stretches import Impossible, Span
from ticker.times.typed import read_typed

__all__ = ["Span", "read_span"]

_POSSIBLE = (
    'a date ("2025-06-12", "2025-06", "12 June 2025", "june"), a time ("17:10", "2025-06-12 17:10"), an age ("90m", '
    '"6h", "2 days ago") or a name ("today", "yesterday 18:00", "last monday", "last week", "this month")'
)
_OTHER_WORDS = "now noon midnight ago last this weekend quarter at tonight"
_SHOWN = 80  # letters of what was typed
# No time that anyone types is longer.
_LONGEST = 120
_LEADING = ("since ", "from ", "until ", "till ", "up to ", "through ", "by ", "to ", "as of ", "the ")
_DECIMAL_COMMA = r"(?<=\d),(?=\d{1,2} ?[a-z])"
# As `date`, a web server's log and JavaScript write a time: "12/Jun/2025:17:10:00 +0200", "Jun 12 17:10:00 CEST 2025".
_YEAR_LAST = r"(?P<day>.+?) (?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?P<zone> [a-z]{2,5}| [+-]\d{4})? (?P<year>\d{4})"
_LOGGED = r"(\d\d/[a-z]{3}/\d{4}):(\d\d:.+)"
_NAME_OF_ZONE = r"(?<=[+-]\d{4}) \([^()]*\)$"


def read_span(text: str, now: datetime) -> Span:
    """The span that ``text`` names, read at ``now`` (aware) and in its zone.

    A year, quarter, month, week or day is all of it, "17:10" that minute and "17:10:22" that second; "now" and ages
    ("2d", "6 hours ago") are moments, "last 3 days" and "past week" reach from then to now. Days and longer are counted
    on the calendar, hours on the clock. A clock alone is the latest that was ("23:00", soon after midnight, that of
    last night), and so are a month ("june"), a day of a month ("12 June") and a weekday ("monday", today included),
    "last monday" being the latest before today; weeks begin on Monday (ISO 8601). What tells its day may lie ahead.
    "24:00" is the end of a day. Dates and times may stand as on pages, in any language ("gestern 18:00").

    Raises TimeError where ``text`` is none of these, with why, or what was probably meant.
    """
    if now.utcoffset() is None or now.tzinfo is None:
        raise ValueError(f"now {now!r} has no time zone")
    wanted = " ".join(text.split())
    try:
        span = _read(wanted, now) if len(wanted) <= _LONGEST else None
    except Impossible as error:
        raise TimeError(f"{text[:_SHOWN]!r} is no {error.what}: {error}") from None
    if span is not None:
        return span
    if likely := next(_likely(wanted, now), None):
        raise TimeError(f"{text[:_SHOWN]!r} is no time; did you mean {likely!r}?")
    raise TimeError(f"{text[:_SHOWN]!r} is no time; possible are {_POSSIBLE}")


def _read(text: str, now: datetime) -> Span | None:
    """None for what is no time; raises Impossible."""
    span = _read_typed(text, now)
    if span is not None:
        return span
    from ticker.times.zoned import split_zone

    text = _reordered(text)
    for read, towns in ((_read_typed, False), (_read_abroad, False), (_read_abroad, True)):
        span = None if towns else read(text, now)
        if span is not None:
            return span
        parted = split_zone(text, towns)
        if parted:
            span = read(parted[0], now.astimezone(parted[1]))
            if span is not None:
                return Span(*(moment.astimezone(now.tzinfo) for moment in span))
    return None


def _reordered(text: str) -> str:
    """A time as machines write it with its year where people put it."""
    text = re.sub(_NAME_OF_ZONE, "", text)
    if found := re.fullmatch(_YEAR_LAST, text, re.IGNORECASE):
        text = f"{found['day']} {found['year']} {found['clock']}{found['zone'] or ''}"
    elif found := re.fullmatch(_LOGGED, text, re.IGNORECASE):
        text = f"{found[1].replace('/', ' ')} {found[2]}"
    return text


def _read_typed(text: str, now: datetime) -> Span | None:
    plain = re.sub(_DECIMAL_COMMA, ".", text.lower()) if "," in text else text.lower()
    plain = " ".join(plain.replace(",", " ").rstrip(".").split())
    for word in _LEADING:
        plain = plain.removeprefix(word)
    assert now.tzinfo is not None
    try:
        return read_typed(plain, now, now.tzinfo)
    except Impossible:
        raise
    except (ValueError, OverflowError, OSError):
        return None


def _read_abroad(text: str, now: datetime) -> Span | None:
    from ticker.times.typed_abroad import read_abroad

    assert now.tzinfo is not None
    try:
        return _read_typed(text, now) or read_abroad(text, now, now.tzinfo)
    except Impossible:
        raise
    except (ValueError, OverflowError, OSError):
        return None


def _likely(text: str, now: datetime) -> Iterator[str]:
    """What a mistyped ``text`` may mean: its words put right, if that makes a time."""
    from difflib import get_close_matches

    from ticker.times.lengths import CALENDAR_UNITS, EXACT_UNITS
    from ticker.times.typed_abroad import known_words
    from ticker.times.typed_clocks import PARTS
    from ticker.times.typed_days import DAYS, MONTHS, WEEKDAYS

    words = text.lower().split()
    if len(words) > 6 or len(text) > _SHOWN:
        return
    units = [f"{unit}s" for unit in (*EXACT_UNITS, *CALENDAR_UNITS) if len(unit) > 3]
    names = " ".join((*WEEKDAYS, *MONTHS, *PARTS, *DAYS, *units)).split()
    english = {*names, *(unit[:-1] for unit in units), *_OTHER_WORDS.split()}
    for known in (english, english | known_words()):
        mended = [
            word if word in known or not word.isalpha() else next(iter(get_close_matches(word, known, 1, 0.78)), word)
            for word in words
        ]
        if mended != words:
            try:
                is_time = _read(" ".join(mended), now) is not None
            except Impossible:
                continue
            if is_time:
                yield " ".join(mended)
