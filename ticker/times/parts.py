"""Parsing of the fields that a shape captured: numbers, months, day periods, units."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ticker.models import Precision
from ticker.times.calendars import JALALI_YEARS, MINGUO_YEARS, jalali_to_date, to_gregorian_year
from ticker.times.data.clock_words import BARE_LETTERS
from ticker.times.data.names import DOTTED_MONTHS
from ticker.times.data.words import HOUR, MINUTE, MONTH, YEAR
from ticker.times.expressions import LARGEST_OFFSET
from ticker.times.grammar import AGES, BARE_AGES, CLOCKS, DATES, grammar
from ticker.times.lexicon import lexicon

# "A few hours" means three.
_SOME = 3
# Thai is the first of the scripts with one-letter units.
_FIRST_UNSPACED = 0xE00
_AGOS = ("before", "after", "rarebefore", "rareafter")
_MONTHS = {MONTH: 1, YEAR: 12}
_NUMBER = re.compile(r"[0-9]+")
_THAI = re.compile("[\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class Line:
    """A text with its tokens and their kinds; ``starts`` has the offset of each token and of the text's end."""

    text: str
    tokens: Sequence[str]
    kinds: str
    starts: Sequence[int]


@dataclass(slots=True)
class Part:
    """A date, clock time, age or word for a day: the tokens from ``first`` to ``last`` (exclusive).

    ``says`` has fields of a TimeExpression. A ``weak`` part is a time only if it joins another part, or if separators
    set it apart from other words.
    """

    form: str
    shape: str
    first: int
    last: int
    says: dict[str, Any] = field(default_factory=dict)
    weak: bool = False


def read_part(line: Line, found: re.Match[str], month_first: bool) -> Part | None:
    """Parse a match of the grammar's ``piece``; return None if its numbers are not a valid time."""
    group = found.lastgroup or ""
    shape = group.removeprefix("shape_")
    caught = {name: line.tokens[found.start(at)] for name, at in grammar().fields[group] if found.start(at) >= 0}
    part = Part("", shape, found.start(), found.end())
    if shape in DATES:
        return _read_date(line, part, caught, month_first)
    if shape in CLOCKS:
        return _read_clock(line, part, caught)
    if shape in AGES or shape in BARE_AGES:
        return _read_age(line, part)
    part.form, part.weak = shape, True
    if shape == "now":
        part.form, part.says = "age", {"age": timedelta(0)}
    elif shape == "dayword":
        token, values = caught["dayword"], lexicon().values
        part.says = {"day_offset": values["dayword"][token], "half": values["partday"].get(token)}
    else:
        values = lexicon().values
        if "sign" in caught:
            part.says = {"weekday": values["daysign"][caught["sign"]]}
            return part
        token = caught["weekday"]
        if token in values["on"] or token in values["at"]:  # "on 8 June": "on" is also Swedish for Wednesday
            return None
        part.says = {"weekday": values["weekday"][token]}
    return part


# ---- dates


def _read_date(line: Line, part: Part, caught: Mapping[str, str], month_first: bool) -> Part | None:
    part.form = "date"
    year = _year(line, caught)
    minguo = part.shape == "ymd" and year in MINGUO_YEARS
    if minguo and any(len(caught[name]) < 2 for name in ("month", "day")):  # "115.3.1" is a version
        return None
    if caught.get("era") == "h" and len(caught["eraYear"]) < 2:  # "H2.1.3" numbers a chapter
        return None
    if "first" in caught:
        order = _order(line, part, caught, year, month_first)
        if order is None:
            return None
        numbers = (int(caught["first"]), int(caught["second"]))
        day, month = numbers if order == "dm" else reversed(numbers)
        part.says["order"] = order
    else:
        day = int(caught["day"])
        named = _month(line, part, caught["month"], year)
        if named is None:
            return None
        month = named
    if not _set_day(part, year, month, day, caught):
        return None
    if part.shape in ("dmy_name", "mdy_name") and year is None:
        # "10 pro tips", "May 5 people": short words mean a month only if no word follows.
        part.weak = len(caught["month"]) <= 4 or caught["month"] in lexicon().values["unit"]
    else:
        part.weak = part.shape in ("ab", "ab_dot") or minguo or caught.get("era") in ("r", "h")
    after = grammar().after_date.match(line.kinds, part.last)
    if after:
        _read_weekday(line, part, after)
    return part


def _year(line: Line, caught: Mapping[str, str]) -> int | None:
    """Return the year of a date: Gregorian, or one that `_set_day` converts; None if it has none."""
    if "era" in caught:
        counted = caught["eraYear"]
        return int(lexicon().values["era"][caught["era"]]) + (int(counted) if counted.isdecimal() else 1)
    if "year" not in caught:
        return None
    year = int(caught["year"])
    return to_gregorian_year(year, thai=True) if year < 100 and _THAI.search(line.text) else year


def _order(line: Line, part: Part, caught: Mapping[str, str], year: int | None, month_first: bool) -> str | None:
    """Return "dm" if the first number is the day, "md" if it is the month, None if neither is possible."""
    first, second = int(caught["first"]), int(caught["second"])
    if (first, second) == (24, 7) and year is None:
        return None
    if first > 12 or second > 12:
        return "dm" if first > 12 >= second else "md" if second > 12 >= first else None
    # Two numbers with a dash and no year are a shortened ISO 8601 date: "06-12 17:10".
    shortened = part.shape == "ab" and line.tokens[part.first + 1] == "-"
    return "md" if month_first or shortened else "dm"


def _month(line: Line, part: Part, token: str, year: int | None) -> int | None:
    values = lexicon().values
    if token.isdecimal():
        return int(token)
    named: int | None = values["name"].get(token)
    if named is None:
        # A Persian month needs a Persian year, without which its Gregorian days are unknown.
        return values["jalali"][token] if year in JALALI_YEARS else None
    dotted = part.shape == "dmy_name" and line.kinds[part.first + 1] == "."
    return DOTTED_MONTHS.get(token, named) if dotted else named


def _set_day(part: Part, year: int | None, month: int, day: int, caught: Mapping[str, str]) -> bool:
    """Store the Gregorian day in ``part``; return False if the day does not exist."""
    try:
        if year is not None and year in JALALI_YEARS:
            known = jalali_to_date(year, month, day)
            part.says.pop("order", None)
        else:
            known = date(2000 if year is None else to_gregorian_year(year), month, day)
    except ValueError:
        return False
    part.says |= {"year": None if year is None else known.year, "month": known.month, "day": known.day}
    return True


def _read_weekday(line: Line, part: Part, after: re.Match[str]) -> None:
    """Add the weekday after a date; a one-character weekday is Japanese or Korean, with the month first."""
    token = next(line.tokens[after.start(at)] for at in after.re.groupindex if after.start(at) >= 0)
    values = lexicon().values
    sign = token in values["daysign"]
    weekday = values["daysign" if sign else "weekday"][token]
    says = part.says
    if sign and "order" in says and says["year"] is None and says["order"] == "dm" and says["day"] <= 12:
        says |= {"order": "md", "month": says["day"], "day": says["month"]}
    says["weekday"] = weekday
    part.last, part.weak = after.end(), False


def settle_day(says: dict[str, Any]) -> None:
    """Swap day and month of an ambiguous numeric date if its weekday fits only the other order."""
    if not says.keys() >= {"year", "month", "day", "weekday", "order"} or says["day"] > 12:
        return
    year, month, day, weekday = says["year"], says["month"], says["day"], says["weekday"]
    if date(year, month, day).weekday() != weekday == date(year, day, month).weekday():
        says |= {"month": day, "day": month, "order": "md" if says["order"] == "dm" else "dm"}


# ---- clock times


def _read_clock(line: Line, part: Part, caught: Mapping[str, str]) -> Part | None:
    part.form = "clock"
    if "hhmm" in caught:
        hour, minute = int(caught["hhmm"][:2]), int(caught["hhmm"][2:])
    else:
        hour, minute = int(caught["hour"]), int(caught.get("minute", 0))
    if "part" in caught:
        if part.shape == "hour_part" and not 1 <= hour <= 12:
            return None
        values, token = lexicon().values, caught["part"]
        half = values["part"].get(token) or values["partafter"][token]
        hour = hour_of_day(hour, half)
        part.weak = part.shape == "hour_part" and (token[0] not in "ap" or token not in values["part"])
    elif part.shape == "dot":
        part.weak = True
    part.says = {"hour": hour, "minute": minute}
    if "second" in caught:
        part.says |= {"second": int(caught["second"]), "precision": "exact"}
    _read_zone(line, part)
    return None if part.shape == "hhmm" and part.says.keys().isdisjoint(("utc_offset", "zone")) else part


def hour_of_day(hour: int, part: str) -> int:
    """Return the hour from 0 to 23 that ``hour`` means in a day period; hours above 12 do not change."""
    if hour > 12:
        return hour
    after_noon = part == "pm" or (part == "noon" and hour < 6) or (part == "night" and 6 <= hour < 12)
    if hour == 12:
        return 12 if part in ("pm", "noon") else 0
    return hour + 12 if after_noon else hour


def _read_zone(line: Line, part: Part) -> None:
    """Add the zone after a clock time: an abbreviation, an offset, or both ("GMT+2")."""
    rules = grammar()
    found = rules.zone.match(line.kinds, part.last)
    if found is None and "second" in part.says:
        found = rules.glued_zone.match(line.kinds, part.last)
    if found is None:
        return
    caught = {}
    for group in found.re.groupindex:
        if found.start(group) >= 0:
            caught[group.split("_")[1].rstrip("0123456789")] = found.start(group)
    offset, zone = timedelta(0), None
    if "zone" in caught:
        at = caught["zone"]
        if not line.text[line.starts[at] : line.starts[at + 1]].isupper():
            return
        named = lexicon().values["zone"][line.tokens[at]]
        offset, zone = (timedelta(0), named) if isinstance(named, str) else (named, None)
    if "sign" in caught:
        digits = line.tokens[caught["hhmm"]] if "hhmm" in caught else ""
        hours = int(digits[:2] if digits else line.tokens[caught["hours"]])
        minutes = int(digits[2:] or 0) if digits else int(line.tokens[caught["minutes"]]) if "minutes" in caught else 0
        further = timedelta(hours=hours, minutes=minutes)
        if further > LARGEST_OFFSET:
            return
        offset += further if line.tokens[caught["sign"]] == "+" else -further
    part.says |= {"zone": zone} if zone else {"utc_offset": offset}
    part.last = found.end()


# ---- ages


def _read_age(line: Line, part: Part) -> Part | None:
    part.form = "age"
    values = lexicon().values
    tokens = line.tokens[part.first : part.last]
    agos = [token for token in tokens if any(token in values[role] for role in _AGOS)]
    amounts = [int(token) for token in tokens if _NUMBER.fullmatch(token)]
    total, months, amount, smallest, last_unit = 0, 0, None, 0, ""
    for token in tokens:
        times = 0
        if _NUMBER.fullmatch(token):
            amount = int(token)
        elif token in values["some"] and token not in agos:
            amount = _SOME
        elif token in values["span"]:
            span = values["span"][token]
            smallest = MONTH if span >= MONTH else MINUTE
            total, months = total + span, months + span // MONTH
        elif token in values["double"]:
            smallest, times = values["double"][token], 2
        elif (seconds := _unit(token, agos)) and not (token in values["one"] and amount is None):
            smallest, times = seconds, 1 if amount is None else amount
            amount, last_unit = None, token
        elif token in values["count"] and token not in agos:
            amount = values["count"][token]
            part.weak = True  # "two years ago" is prose
        elif token in values["single"] and token not in values["one"]:
            smallest, times = values["single"][token], 1
        total += times * smallest
        months += times * _MONTHS.get(smallest, 0)
    if amount is not None and total:  # Swahili has the number after the unit
        total, months = smallest * amount, _MONTHS.get(smallest, 0) * amount
    if not smallest or total > 100 * YEAR or (part.weak and months >= 12):
        return None
    precision: Precision = "minute" if smallest <= MINUTE else "hour" if smallest == HOUR else "day"
    part.says = {"age": timedelta(seconds=total), "months": months, "precision": precision}
    if part.shape in BARE_AGES:
        if not _is_shown_age(last_unit, smallest, amounts):
            return None
        part.weak = True
        part.says["unit"] = last_unit
    return part


def _unit(token: str, agos: Sequence[str]) -> int | None:
    """Return the seconds of a unit beside the words for "ago" in ``agos``; None for other words."""
    values = lexicon().values
    for ago in agos:
        if (token, ago) in values["beside"]:
            return int(values["beside"][token, ago])
    for role in ("unit", "unitago", "pastunit"):
        if token in values[role] and (agos or role != "unitago"):
            return int(values[role][token])
    return None


def _is_shown_age(unit: str, seconds: int, amounts: Sequence[int]) -> bool:
    """Return whether a number and a unit can be an age, not a length, weight, person's age or day of a month.

    Pages do not show ages of 60 minutes or more in minutes: "100 m" is a length, "90 min" a match.
    """
    known = lexicon()
    if seconds >= YEAR or (seconds <= MINUTE and max(amounts, default=0) >= 60):
        return False
    if not unit.isascii() and known.kinds[unit] in known.roles["daymark"] + known.roles["monthmark"]:
        return False
    return len(unit) > 1 or not unit.isalpha() or unit in BARE_LETTERS.split() or ord(unit) > _FIRST_UNSPACED
