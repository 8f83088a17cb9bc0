"""What people type after ``--since`` and ``--until``: a text becomes a span of time.

`typed.py` reads English and numbers, `typed_abroad.py` all other languages and what else pages write: only where the
former knows nothing is it imported, with its tables of words. Here what neither understands is answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ticker.errors import TimeError
from ticker.times.stretches import Impossible, Span
from ticker.times.typed import CALENDAR_UNITS, DAYS, EXACT_UNITS, MONTHS, PARTS, WEEKDAYS, read_typed

__all__ = ["Span", "read_span"]

_POSSIBLE = (
    'a date ("2025-06-12", "2025-06", "12 June 2025", "june"), a time ("17:10", "2025-06-12 17:10"), an age ("90m", '
    '"6h", "2 days ago") or a name ("today", "yesterday 18:00", "last monday", "last week", "this month")'
)
_OTHER_WORDS = "now noon midnight ago last this weekend quarter at tonight"
_SHOWN = 80  # letters of what was typed
_LEADING = ("since ", "from ", "until ", "till ", "up to ", "the ")


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
        span = _read(wanted, now)
    except Impossible as error:
        raise TimeError(f"{text[:_SHOWN]!r} is no {error.what}: {error}") from None
    if span is not None:
        return span
    if likely := next(_likely(wanted, now), None):
        raise TimeError(f"{text[:_SHOWN]!r} is no time; did you mean {likely!r}?")
    raise TimeError(f"{text[:_SHOWN]!r} is no time; possible are {_POSSIBLE}")


def _read(text: str, now: datetime) -> Span | None:
    """None for what is no time, or lies before the year 1 or after 9999; raises Impossible."""
    assert now.tzinfo is not None
    plain = " ".join(text.lower().replace(",", " ").rstrip(".").split())
    for word in _LEADING:
        plain = plain.removeprefix(word)
    try:
        span = read_typed(plain, now, now.tzinfo)
        if span is not None:
            return span
        from ticker.times.typed_abroad import read_abroad

        return read_abroad(text, now, now.tzinfo)
    except Impossible:
        raise
    except (ValueError, OverflowError, OSError):
        return None


def _likely(text: str, now: datetime) -> Iterator[str]:
    """What a mistyped ``text`` may mean: its words put right, if that makes a time."""
    from difflib import get_close_matches

    from ticker.times.typed_abroad import known_words

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
