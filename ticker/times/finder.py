"""Extraction of every clock time, date and age from a line, in the languages of `words.py` and `names.py`.

`lexicon.py` splits a text into tokens and kinds, `grammar.py` matches the shapes of parts, and `parts.py` parses
the parts. This module joins the parts that belong together, and drops weak parts without supporting context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, repeat

from ticker.times.expressions import TimeExpression
from ticker.times.grammar import grammar
from ticker.times.lexicon import lexicon
from ticker.times.parts import Line, Part, hour_of_day, read_part, settle_day

_DIGIT = re.compile(r"\d")
# From Hebrew on, scripts attach prepositions to numbers. In earlier alphabets the two are a name: "G20", "COVID-19".
_NAMING = re.compile(r"[^\W\d_]")
_FIRST_GLUING = "\u0590"
# Thai is the first of the scripts in which two-letter weekdays are unambiguous.
_FIRST_UNSPACED = "\u0e00"


# Pages of one site repeat many texts: menus, labels, "2 hours ago".
@lru_cache(maxsize=8192)
def find_times(text: str, month_first: bool = False) -> tuple[TimeExpression, ...]:
    """Return every time expression in ``text`` (one line, up to 300 characters), in order, without overlap.

    ``month_first`` reads "08/06/2022" as August 6, the order of the United States. A number above 12 or a matching
    weekday takes precedence. Words for a day, bare units ("5 min") and similar words also occur in prose; they count
    only if separators set them apart, or if they join a date or a clock time.
    """
    # Nearly all texts of a page have no time, and most of these no digit: skip the expensive steps for them.
    if not may_hold_time(text):
        return ()
    known = lexicon()
    flat = known.flatten(text)
    tokens = known.tokens(flat)
    kinds = "".join(map(known.kinds.get, tokens, repeat("x")))
    if "  " in flat:  # a run of spaces is one token, because shapes allow a single space at many places
        kinds = "".join(" " if token[0] == " " else kind for token, kind in zip(tokens, kinds, strict=True))
    if not grammar().telling.search(kinds):
        return ()
    line = Line(text, tokens, kinds, list(accumulate(map(len, tokens), initial=0)))
    parts = _join_days(line, list(_parts(line, month_first)))
    return tuple(_expression(line, part) for part in _join_clocks(line, parts) if _is_borne_out(line, part))


def may_hold_time(text: str) -> bool:
    """Return whether ``find_times`` may find a time in ``text``; fast, with false positives but no false negatives."""
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
    """Return whether a number ends a word, as in "G20"; the T of ISO 8601 does not count."""
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
    """Return the parts, with "Thu," and "Today," merged into the date that follows them."""
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
    """Yield the parts, with each date (or word for a day) and the adjacent clock time merged into one."""
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
        # "16:20 4 May celebrations" and "17:10 Yesterday's men" begin with a clock time without a date.
        whole = b.form == "date" and b.says["year"] is not None
        parted = b.form == "date" and gap.strip() and not b.weak
        if whole or parted or rules.apart_right.match(line.kinds, b.last):
            return _together(line, b, a, a.first, b.last)
    return None


def _is_day(line: Line, part: Part) -> bool:
    """Return whether a part can be the day of a clock time; two-letter weekdays ("to", "so", "on") are ambiguous."""
    if part.form == "weekday":
        start, end = line.starts[part.first], line.starts[part.last]
        return end - start > 2 or line.text[start] >= _FIRST_UNSPACED
    return part.form in ("date", "dayword")


def _day_from_dot(a: Part, b: Part) -> Part | None:
    """Return the date that "06.12" is before a clock time with a colon; None if it is not one.

    Without the full stop of an ordinal it is a Chinese, Korean or Hungarian date, with the month first.
    """
    first, second = a.says.get("hour", 0), a.says.get("minute", 0)
    if a.shape != "dot" or b.shape != "colon" or not (1 <= min(first, second) <= 12 and max(first, second) <= 31):
        return None
    month, day = (second, first) if first > 12 else (first, second)
    order = "dm" if first > 12 else "md"
    return Part("date", "ab", a.first, a.last, {"year": None, "month": month, "day": day, "order": order})


def _clock_from_age(line: Line, part: Part) -> Part | None:
    """Return the clock time that "17h" is beside a date, or None; without a date it is an age."""
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
    """Return whether a part is strong, or separators before or after it make a weak part a time."""
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
            # At the start of a line, "33m Headline" has an age, but "30 minutes of exercise" does not.
            short = len(part.says["unit"]) <= 4 and line.tokens[part.first].isdecimal()
            return left and (right or (short and not before))
        case "before_age" | "age_after":
            return left and right and line.kinds[part.last : part.last + 1] not in (",", ":")
        case "now":
            # A single word also occurs in prose; "just now" rarely does.
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
