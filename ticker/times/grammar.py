"""Shapes of times, as regular expressions over the token kinds of `lexicon.py`.

In a shape, ``{role}`` matches one token with that role, and ``{a/b}`` one token with either role; punctuation matches
itself. ``{field=role}`` also captures the token as ``field``. A space matches any white space, or none. All else is
regular expression syntax. `parts.py` parses the captured fields by name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ticker.times.lexicon import lexicon

# A time starts neither inside a longer number nor with an amount of money.
_START = r"(?<!{digits}[.,:/'])(?<!{digits})(?<!{measure/$/#/+/&/=/_})"
_NTH = r"(?:-?{nthmark})?\.?"
_OF = r"(?:{of} )?"
_NAME = r"{month=name/jalali}[.']?(?: / {name})?"
_YEAR = r"{year=year}(?!{digits})(?: -?{yearmark}\.?)?"
# Two digits are a year after an apostrophe, or if no word follows that the number could count.
_SHORT_YEAR = r"'{year=yy}|{year=yy}(?= (?:[|)(·]|$|(?:[,-] )?(?:{at} )?{hh}[:.]{mm}))"
# Also years of an era ("R6", "令和6").
_COUNTED_YEAR = r"(?:{year=year/minguo}|{era=era}\.? {eraYear=number/firstmark})"
_SOME_YEAR = f"(?:{_YEAR}|{_SHORT_YEAR})"

# "abc" and "ab" do not determine which number is the day.
DATES = {
    "ymd": rf"{_COUNTED_YEAR}(?P<ymd>[-./]) {{month=dd}}(?P=ymd) {{day=dd}}(?!\.{{digits/x}})\.?(?![:/-]?{{digits}})",
    "ymd_marks": rf"{_COUNTED_YEAR} {{yearmark}} {{month=dd}} {{monthmark}} {{day=dd}} {{daymark}}",
    "ymd_name": rf"{{year=year}}(?:[., -]|{{yearmark}}){{1,8}}{_OF}{_NAME}[ -]*{{day=dd}}(?!:?{{digits}})"
    rf"(?: {{daymark}}\.?|{_NTH})",
    "ydm_name": rf"{{year=year}}\.?(?: |-){{yearmark}}[.,]* {{day=dd}}[.-]? {_NAME}",
    "abc": r"{first=dd} (?P<abc>[-./]) {second=dd} (?P=abc) {year=year}(?![.:/-]?{digits})\.?(?: {yearmark}\.?)?",
    "abc_short": r"{first=dd}(?P<abc_short>[-./]){second=dd}(?P=abc_short){year=yy}(?![.:/-]?{digits})\.?",
    "dmy_name": rf"{{day=dd}} {_NTH} {_OF}[ /-]*{_NAME}"
    rf"(?:[ ,./-]*(?:{{of/eramark}} )?{_SOME_YEAR}|-{{year=yy}}(?![:.]?{{digits}}))?",
    "dmy_monthly": r"{day=dd}[ ,]*{monthlymark} {month=dd}(?:[ ,/-]*(?:{yearmark} )?{year=year})?",
    "mdy_name": rf"{_NAME}[ -]*{{day=dd}}(?![:.]?{{digits}})(?! {{hourmark}})(?!{_NTH}[ ./-]*{_OF}{{name}})"
    rf"{_NTH}(?:[ ,-]+{_SOME_YEAR})?",
    "mdy_marks": r"{month=dd} {monthmark} {day=dd}(?: {daymark})?(?:, {year=year})?",
    "ab_dot": r"(?:{on}[ .]+)?{first=dd}\. {second=dd}\.(?!{digits})",
    "ab": r"{first=dd}[/-]{second=dd}(?![./:-]?{digits})",
}
# A weekday that follows a date: "12 Haziran 2025 Perşembe", "3/9(木)".
_AFTER_DATE = r"[ ,-]*(?:\({weekday=daysign}\)|\(?{weekday=weekday}(?! {name})\)?)"

_AT = r"(?:{at}[. :-]+)?"
_PART_BEFORE = r"(?:{part=part} )?"
_PART_AFTER = r"(?: {part=part}\.?)?"
# Phrases such as "in the morning" also occur in prose: only another part of the time may follow.
_LATE = r" -?{part=partafter}\.?(?= ?(?:$|[|,·;:()/<>*-]|{on/of} {dd}))"
_CLOCK = rf"(?: -?{{clockmark}}\.?(?!{{hh}}))?(?:{_LATE})?"
CLOCKS = {
    "colon": rf"{_AT}{_PART_BEFORE}{{hour=hh}}:{{minute=mm}}(?::{{second=mm}}(?:[.,]{{digits/x}})?)?"
    rf"(?![:.,]{{digits}})(?! {{lengthmark}}){_PART_AFTER}{_CLOCK}",
    "hour_minute": rf"{_AT}{_PART_BEFORE}{{hour=hh}} {{hourmark}}\.? "
    r"(?:{minute=mm}|{minute=hh}(?= {minutemark}))(?!:)"
    rf"(?: {{minutemark}}(?! {{after}})\.?|(?! {{unit}})){_PART_AFTER}(?:{_LATE})?",
    # "am 8.12." is a date.
    "marked_dot": r"(?!{on}[ .]+{dd}\.{dd}\.){at}[. :-]+{hour=hh}\.{minute=mm}(?:\.{second=mm})?"
    rf"(?![.,:/]?{{digits}})(?! {{measure}}){_PART_AFTER}{_CLOCK}",
    "dot_marked": r"{hour=hh}\.{minute=mm}(?:\.{second=mm})?"
    rf"(?:(?: {{part=part}}\.?| -?{{clockmark}}\.?)(?:{_LATE})?|{_LATE})(?!{{digits}})",
    "part_hour": r"{part=part} {hour=hh} {hourmark/hoursmark}(?! {unit})",
    "hour_part": rf"{_AT}{{hour=hh}}(?: {{part=part}}\.?(?!{{digits/'}})|{_LATE})",
    "oclock": rf"{_AT}{{hour=hh}} {{oclockmark}}(?! {{digits}})",
    "at_hour": r"{at}[. :-]+{hour=hh} {hoursmark}\.?",
    "hhmm": r"{hhmm=hhmm}(?= \(?{zone})",
    "dot": r"{hour=hh}\.{minute=mm}(?![.,:/-]?{digits})(?! -?{measure})",
}
# The zone after a clock time. Only capitals are a zone: "et" and "ist" are words.
_ZONE = (
    r" \(?(?:{zone=zone}(?: {sign=+/-} (?:{hours=number}(?::?{minutes=mm})?|{hhmm=hhmm}))?"
    r"|{sign=+}(?:{hours=mm}:?{minutes=mm}|{hhmm=hhmm}))\)?"
)
_GLUED_ZONE = r"{sign=-}(?:{hours=mm}:?{minutes=mm}|{hhmm=hhmm})"

_AMOUNT = r"(?:{number}|{one}'?|{some})"
_COUNT = r"(?:-| )(?:{of} )?{unit}[.']?"
_COUNTS = rf"{_AMOUNT}{_COUNT}(?:[ ,]*(?:{{and}} )?{{number}}{_COUNT}){{0,5}}"
_ABOUT = r"(?:{about}\.? )?"


def _past(units: str, numbers: str) -> str:
    """Return the shape of a duration beside "ago", where additional words count as units and numbers."""
    count = _COUNT.replace("{of}", "{of/link}").replace("{unit}", f"{{{units}}}")
    counts = _COUNTS.replace("{some}", "{some/count}").replace(_COUNT, count)
    return rf"(?:{counts}|{{single/double/span}}|{{{units}}} {{{numbers}}})"


_UNIT, _RARE_UNIT = "unit/unitago", "unitago"
AGES = {
    "before_age": rf"(?:{{before}}\.? {_ABOUT}{_past(_UNIT, 'one/count')}"
    rf"|{{rarebefore}}(?:\(x\))? {_ABOUT}{_past(_RARE_UNIT, 'one/count')})(?: {{one}})?(?: {{after}})?",
    "age_after": rf"(?:{{fore}} {_ABOUT})?(?:{_past(_UNIT, 'number/one/count')} {{after}}"
    rf"|{_past(_RARE_UNIT, 'number/one/count')} {{rareafter}})|(?:{{number/one/some/count}} )?{{pastunit}}",
}
# The suffix excludes "7-Tage" and "8 U.S. towns".
BARE_AGES = {"bare_age": _COUNTS.replace("(?:-| )", " ") + r"(?!{digits/-}|\.?x)"}
NOW = {"now": r"{now}"}
DAYWORDS = {"dayword": r"{dayword=dayword}"}
WEEKDAYS = {"weekday": r"{weekday=weekday}|\({sign=daysign}\)(?= {hh}:{mm})"}

# Text that joins a date and a following clock time ("um", "T", a bar ...), and a clock time and a following date.
_DATE_TO_CLOCK = r"[ ,;.:|·/@(-]*(?:(?:{at/on}|{tmark})[. :-]*)?\(?"
_CLOCK_TO_DATE = r"[ ,;|·/(-]*(?:{on/at} )?"
_DAY_TO_DATE = r"\)?\.?[ ,-]*(?:{on/of} )?"
_APART = "|·,;:()[]/<>*-"
# Roles of words that are part of a time only beside other words.
_UNTELLING = frozenset("count link about and of one some unitago eramark nthmark firstmark measure".split())


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled shapes, to be matched against kinds.

    ``piece`` finds the next part of a time; its last group names the shape. ``telling`` finds a kind that can make a
    time. ``fields`` maps each shape to its fields and groups. ``after_date`` and the zones match text after a part,
    the ``_to_`` patterns text between parts. ``apart`` are the separators; ``apart_right`` matches one or the end.
    """

    piece: re.Pattern[str]
    telling: re.Pattern[str]
    fields: Mapping[str, Sequence[tuple[str, str]]]
    after_date: re.Pattern[str]
    zone: re.Pattern[str]
    glued_zone: re.Pattern[str]
    date_to_clock: re.Pattern[str]
    clock_to_date: re.Pattern[str]
    day_to_date: re.Pattern[str]
    apart: str
    apart_right: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """Return the grammar; compile it on the first call."""
    fields: dict[str, list[tuple[str, str]]] = {}
    # The order is the order of precedence.
    shapes = AGES | NOW | DATES | CLOCKS | DAYWORDS | BARE_AGES | WEEKDAYS
    groups = [
        f"(?P<shape_{shape}>{_write(template, fields.setdefault(f'shape_{shape}', []), shape)})"
        for shape, template in shapes.items()
    ]
    # The test that most positions fail comes first, for speed.
    starters = "digits/name/jalali/weekday/dayword/before/rarebefore/fore/at/part/one/some/single/double/unit/now/span"
    start = (
        _write(f"(?={{{starters}/pastunit/count/unitago/era/(}})")
        + _write(_START)
        + _write(
            f"(?={{{starters}/pastunit}}|{{count}} {{unit/unitago/pastunit}}|{{unitago}} {{number/one/count}}"
            r"|{era}\.? {number/firstmark}|\({daysign}\))"
        )
    )
    return Grammar(
        piece=re.compile(start + f"(?:{'|'.join(groups)})"),
        telling=re.compile(f"[^x ,'\"!?{_untelling()}]"),
        fields=fields,
        after_date=_compile(_AFTER_DATE),
        zone=_compile(_ZONE),
        glued_zone=_compile(_GLUED_ZONE),
        date_to_clock=_compile(_DATE_TO_CLOCK),
        clock_to_date=_compile(_CLOCK_TO_DATE),
        day_to_date=_compile(_DAY_TO_DATE),
        apart=_APART,
        apart_right=re.compile(rf" ?(?:$|[{re.escape(_APART)}])"),
    )


def _untelling() -> str:
    """Return the kinds of tokens that cannot make a time by themselves, as the inside of a character class."""
    roles = lexicon().roles
    telling = {kind for role, kinds in roles.items() if role not in _UNTELLING for kind in kinds}
    return roles["number"] + "".join({kind for kinds in roles.values() for kind in kinds} - telling)


def _compile(template: str) -> re.Pattern[str]:
    return re.compile(_write(template, [], "part"))


def _write(template: str, fields: list[tuple[str, str]] | None = None, shape: str = "") -> str:
    """Return the regular expression of a template; add its fields and their groups to ``fields``."""
    roles = lexicon().roles

    def expand(part: re.Match[str]) -> str:
        text = part[0]
        if text == " ":
            return " ?"  # a run of spaces is one token
        if text.startswith("["):
            return text
        field, _, names = text[1:-1].rpartition("=") if len(text) > 3 else ("", "", text[1:-1])
        kinds = "".join(roles.get(name, re.escape(name) if len(name) == 1 else "") for name in names.split("/"))
        if not field or fields is None:
            return f"[{kinds}]"
        group = f"{shape}_{field}{len(fields)}"
        fields.append((field, group))
        return f"(?P<{group}>[{kinds}])"

    return re.sub(r"\[[^\]]*\]|\{[^}0-9][^}]*\}| ", expand, template)
