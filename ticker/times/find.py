"""Times in a text: every clock, date and age in a line, in any of the languages of `words.py` and `names.py`.

A text becomes tokens and kinds (`lexicon.py`), the shapes of parts are found on them (`grammar.py`) and read
(`reading.py`); here parts that belong together are joined, and those that nothing bears out are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, repeat

from ticker.times.expressions import TimeExpression
from ticker.times.grammar import grammar
from ticker.times.lexicon import lexicon
from ticker.times.reading import Line, Part, hour_of_day, read_part, settle_day

_DIGIT = re.compile(r"\d")
# Alphabets that glue no preposition to a number: letters right before it make a name of both, "G20", "COVID-19".
_NAMING = re.compile(r"[^\W\d_]")
_FIRST_GLUING = "\u0590"
# Thai, the first of the scripts whose words of two letters are words of their own.
_FIRST_UNSPACED = "\u0e00"


# A page says the same in many places, and a site on all its pages: menus, labels, "2 hours ago".
@lru_cache(maxsize=8192)
def find_times(text: str, month_first: bool = False) -> tuple[TimeExpression, ...]:
    """Every time expression in ``text``, a line of up to some 300 characters, in order and without overlap.

    ``month_first`` reads "08/06/2022" as August 6, as pages of the United States mean it; where a number above 12
    or a weekday tells, that decides. Words for a day, bare units ("5 min") and the like, which are words of prose
    too, count only where they stand apart or are joined to a date or clock.
    """
    # Nearly all texts of a page hold no time, and most of these no digit: what follows must not be reached by them.
    if not may_hold_time(text):
        return ()
    known = lexicon()
    flat = known.flatten(text)
    tokens = known.tokens(flat)
    kinds = "".join(map(known.kinds.get, tokens, repeat("x")))
    if "  " in flat:  # a run of blanks is one token, for shapes that allow for blanks at many places
        kinds = "".join(" " if token[0] == " " else kind for token, kind in zip(tokens, kinds, strict=True))
    if not grammar().telling.search(kinds):
        return ()
    line = Line(text, tokens, kinds, list(accumulate(map(len, tokens), initial=0)))
    parts = _join_days(line, list(_parts(line, month_first)))
    return tuple(_expression(line, part) for part in _join_clocks(line, parts) if _is_borne_out(line, part))


def may_hold_time(text: str) -> bool:
    """Whether ``find_times`` might find one in ``text``; quick, and wrong only where it says yes."""
    return _DIGIT.search(text) is not None or lexicon().may_tell_time(text)


def _parts(line: Line, month_first: bool) -> Iterator[Part]:
    at, piece = 0, grammar().piece
    while found := piece.search(line.kinds, at):
        part = None if _is_name(line, found.start()) else read_part(line, found, month_first)
        if part is None:
            at = found.start() + 1
        else:
            yield part
            at = part.last


def _is_name(line: Line, first: int) -> bool:
    """Whether a number is the end of a word, as in "G20"; the T of ISO 8601 is none."""
    start = line.starts[first]
    before = line.text[start - 1 : start]
    return (
        bool(before)
        and line.tokens[first][0].isdecimal()
        and before < _FIRST_GLUING
        and bool(_NAMING.match(before))
        and line.tokens[first - 1] != "t"
    )


def _gap(line: Line, a: Part, b: Part) -> str:
    return line.kinds[a.last : b.first]


def _join_days(line: Line, parts: list[Part]) -> list[Part]:
    """The parts, with "Thu," and "Today," taken into the date that follows them."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if (
            before is not None
            and part.form == "date"
            and before.form in ("weekday", "dayword")
            and grammar().day_to_date.fullmatch(_gap(line, before, part))
        ):
            joined.pop()
            part.says.setdefault("weekday", before.says.get("weekday"))
            part.first, part.weak = before.first, False
            if line.kinds[part.first - 1 : part.first] == "(" and line.kinds[part.last : part.last + 1] == ")":
                part.first, part.last = part.first - 1, part.last + 1
        joined.append(part)
    return joined


def _join_clocks(line: Line, parts: list[Part]) -> Iterator[Part]:
    """The parts, with each date (or word for a day) and the clock beside it made one."""
    at = 0
    while at < len(parts):
        part = parts[at]
        after = parts[at + 1] if at + 1 < len(parts) else None
        pair = _pair(line, part, after) if after is not None else None
        yield pair or part
        at += 2 if pair else 1


def _pair(line: Line, a: Part, b: Part) -> Part | None:
    gap, rules = _gap(line, a, b), grammar()
    if b.form == "clock" and rules.date_to_clock.fullmatch(gap):
        day = _day_from_dot(a, b) or a
        if _is_day(line, day) and not (b.shape == "dot" and day.shape == "ab"):
            return _together(line, day, b, a.first, b.last)
    if b.shape == "bare_age" and a.form in ("date", "dayword") and rules.date_to_clock.fullmatch(gap):
        clock = _clock_from_age(line, b)
        if clock is not None:
            return _together(line, a, clock, a.first, b.last)
    if a.form == "clock" and not a.weak and _is_day(line, b) and rules.clock_to_date.fullmatch(gap):
        # "16:20 4 May celebrations" and "17:10 Yesterday's men" begin with a clock alone.
        whole = b.form == "date" and b.says["year"] is not None
        parted = b.form == "date" and gap.strip() and not b.weak
        if whole or parted or rules.apart_right.match(line.kinds, b.last):
            return _together(line, b, a, a.first, b.last)
    return None


def _is_day(line: Line, part: Part) -> bool:
    """Whether a part tells the day of a clock; weekdays of two letters ("to", "so", "on") are other words too."""
    if part.form == "weekday":
        start, end = line.starts[part.first], line.starts[part.last]
        return end - start > 2 or line.text[start] >= _FIRST_UNSPACED
    return part.form in ("date", "dayword")


def _day_from_dot(a: Part, b: Part) -> Part | None:
    """A date from what looked like a clock: "06.12" is none where one with a colon follows.

    Without the full stop of an ordinal it is a date of China, Korea or Hungary, where the month leads.
    """
    first, second = a.says.get("hour", 0), a.says.get("minute", 0)
    if a.shape != "dot" or b.shape != "colon" or not (1 <= min(first, second) <= 12 and max(first, second) <= 31):
        return None
    month, day = (second, first) if first > 12 else (first, second)
    order = "dm" if first > 12 else "md"
    return Part("date", "ab", a.first, a.last, {"year": None, "month": month, "day": day, "order": order})


def _clock_from_age(line: Line, part: Part) -> Part | None:
    """The clock that "17h" is beside a date, where alone it is an age."""
    hours, rest = divmod(part.says["age"].total_seconds(), 3600)
    tokens = [token for token in line.tokens[part.first : part.last] if token[0] != " "]
    known = lexicon()
    if rest or hours > 23 or len(tokens) > 3 or known.kinds[part.says["unit"]] not in known.roles["hoursmark"]:
        return None
    return Part("clock", "at_hour", part.first, part.last, {"hour": int(hours), "minute": 0})


def _together(line: Line, day: Part, clock: Part, first: int, last: int) -> Part:
    if line.kinds.count("(", first, last) > line.kinds.count(")", first, last) and line.kinds[last : last + 1] == ")":
        last += 1
    says = day.says | clock.says
    if says.get("half") and "half" not in clock.says:
        says["hour"] = hour_of_day(says["hour"], says["half"])
    return Part("datetime", "", first, last, says)


def _is_borne_out(line: Line, part: Part) -> bool:
    """Whether a weak part stands as a time does: apart from other words, or at least before or after them."""
    if not part.weak:
        return True
    rules = grammar()
    before = part.first - (line.kinds[part.first - 1 : part.first] == " ")
    left = not before or line.kinds[before - 1] in rules.apart
    right = rules.apart_right.match(line.kinds, part.last) is not None
    length = line.starts[part.last] - line.starts[part.first]
    match part.shape:
        case "ab":
            return left and right and line.tokens[part.first + 1] == "/"
        case "ab_dot":
            return left
        case "dot":
            return left and (right or len(line.tokens[part.first]) == 2)
        case "dmy_name" | "mdy_name":
            return right
        case "bare_age":
            # "33m Headline" begins a line; "30 minutes of exercise" does, too.
            short = len(part.says["unit"]) <= 4 and line.tokens[part.first].isdecimal()
            return left and (right or (short and not before))
        case "before_age" | "age_after":
            return left and right and line.kinds[part.last : part.last + 1] not in (",", ":")
        case "now":
            # One word is a word of prose, too; "just now" less so.
            return (left or right) if " " in line.tokens[part.first] else (left and right)
        case "weekday":
            return left and right and length > 3
    return left and right


def _expression(line: Line, part: Part) -> TimeExpression:
    says = {name: value for name, value in part.says.items() if name not in ("unit", "half") and value is not None}
    settle_day(says)
    form = {"dayword": "date", "weekday": "date"}.get(part.form, part.form)
    if form == "date":
        says["precision"] = "day"
    if part.shape == "bare_age":
        says["bare"] = True
    start, end = line.starts[part.first], line.starts[part.last]
    start += len(line.text[start:end]) - len(line.text[start:end].lstrip())
    end = start + len(line.text[start:end].rstrip())
    return TimeExpression(form, line.text[start:end], start, end, **says)  # type: ignore[arg-type]
