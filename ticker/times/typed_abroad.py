"""Times as people type them in any of the languages of `words.py` and `names.py`, and all that pages write. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache

from ticker.times.expressions import TimeExpression
from ticker.times.find import find_times
from ticker.times.lexicon import lexicon
from ticker.times.resolve import days_of, zone_of
from ticker.times.stretches import Span, clock_span, days, is_ahead, latest_month, month_of, months
from ticker.times.typed import period
from ticker.times.typed_clocks import with_clock
from ticker.times.typed_days import MONTHS, WEEKDAYS
from ticker.times.words import UNIT_SECONDS

# "This" and "last", as they stand before or after a week, month, year, weekday or month's name.
_THIS = """
diese dieser dieses diesen ce cet cette esta este questa questo nesta neste deze dit denne denna dette tämä tällä
ten ta tym tento tuto этот эта эту этой этом цей ця цю цього bu هذا هذه این इस এই ini này αυτή αυτόν
"""
_LAST = """
letzte letzter letztes letzten vorige voriger voriges vorigen vergangene vergangenen dernier dernière passé passée
pasada pasado última último scorsa scorso passada passado vorige afgelopen förra sidste siste viime forrige ubiegły
zeszły zeszłym zeszłego ostatni minulý minulou последний прошлый прошлая прошлую прошлой прошлом минулий минула минулого
geçen الماضي الماضية گذشته שעבר שעברה पिछले पिछला গত lalu trước múlt trecută trecut περασμένη
"""
# Units as they stand after these, where they are spelt otherwise than after a number.
_INFLECTED = """
week    неделе неделю тижні тижня veckan ugen uken ugen الأسبوع tygodniu týden héten săptămâna viikolla εβδομάδα
month   месяце місяці månaden måneden الشهر miesiącu měsíc hónapban luna kuussa μήνα
year    году році året السنة العام roku rok évben anul vuonna χρόνο
"""
# In scripts without spaces it is one word.
_ONE_WORD = """
week 1  先週 上周 上週 上星期 지난주 สัปดาห์ที่แล้ว
week 0  今週 本周 本週 这周 這週 이번주 이번_주 สัปดาห์นี้
month 1 先月 上月 上个月 上個月 지난달 지난_달 เดือนที่แล้ว
month 0 今月 本月 这个月 這個月 이번달 이번_달 เดือนนี้
year 1  昨年 去年 작년 지난해 ปีที่แล้ว
year 0  今年 올해 ปีนี้
"""
_FILLERS = """
la le les l' el los il lo the a o os as de den der die das du am im in on en em no na al på i w we v ve в на у från seit
depuis desde dal ci since from του της την
"""
_UNITS = dict(zip(UNIT_SECONDS[4:], ("week", "month", "year"), strict=True)) | {UNIT_SECONDS[3]: "day"}
_EAST_ASIAN_MONTH = re.compile(r"(?:(\d{4}) ?[年년] ?)?(\d{1,2}) ?[月월]")
_WITH_CLOCK = re.compile(r"(?P<day>.+?) (?P<clock>\S+(?: ?[ap]\.?m\.?)?)")


def read_abroad(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """The span that ``text`` names; None where it names none. Raises ValueError where there is no such day."""
    for read in (_month, _this_or_last, _as_on_pages, _day_and_clock):
        span = read(text, now, zone)
        if span is not None:
            return span
    return None


def known_words() -> set[str]:
    """Words of which a time may be made, as they are spelt flattened."""
    values = lexicon().values
    return {word for role in ("name", "weekday", "dayword") for word in values[role] if len(word) > 3} | _marks()[1]


def _month(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "juin 2025", "六月", "2025年6月"."""
    if found := _EAST_ASIAN_MONTH.fullmatch(text):
        first = month_of(int(found[1] or now.year), int(found[2]))
        return months(first if found[1] else latest_month(int(found[2]), now), 1, zone)
    words = _words(text)
    years = [int(word) for word in words if re.fullmatch(r"\d{4}", word)]
    names = [month for word in words if (month := lexicon().values["name"].get(word))]
    if len(names) != 1 or len(years) > 1 or len(names) + len(years) != len(words):
        return None
    return months(month_of(years[0], names[0]) if years else latest_month(names[0], now), 1, zone)


def _this_or_last(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "letzte Woche", "le mois dernier", "lunes pasado"."""
    if text in _one_words():
        unit, back = _one_words()[text]
        return period(unit, now, zone, back)
    words = _words(text)
    this, last = _marks()
    marks = [word for word in words if word in this or word in last]
    others = [word for word in words if word not in marks]
    if len(marks) != 1 or len(others) != 1:
        return None
    values, word = lexicon().values, others[0]
    unit = _inflected().get(word) or _UNITS.get(values["unit"].get(word, 0), "")
    if not unit:
        if word in values["weekday"]:
            unit = WEEKDAYS[values["weekday"][word]]
        elif word in values["name"]:
            unit = MONTHS[values["name"][word] - 1]
        else:
            return None
    return period(unit, now, zone, back=int(marks[0] in last))


def _as_on_pages(text: str, now: datetime, zone: tzinfo) -> Span | None:
    said = _said(text)
    if said is None:
        return None
    if said.age is not None:
        moment = (now.astimezone(UTC) - said.age).astimezone(zone)
        return Span(moment, moment)
    spans = [_span_on(said, day, zone) for day in _days_meant(said, now, zone)]
    return next((span for span in spans if not is_ahead(span, now)), spans[0]) if spans else None


def _day_and_clock(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "lundi 18h": a weekday and a clock are no time in the prose of a page."""
    found = _WITH_CLOCK.fullmatch(text)
    said = _said(found["day"]) if found else None
    if not found or said is None or said.hour is not None or said.age is not None:
        return None
    return with_clock(_days_meant(said, now, zone), found["clock"], now, zone)


def _said(text: str) -> TimeExpression | None:
    """The one expression that is all of ``text``."""
    found = find_times(text)
    return found[0] if len(found) == 1 and len(found[0].text) >= len(text.rstrip(".")) else None


def _days_meant(said: TimeExpression, now: datetime, zone: tzinfo) -> list[date]:
    today = now.astimezone(zone_of(said, zone)).date()
    if said.year and said.month and said.day:  # these may lie ahead
        return [date(said.year, said.month, said.day)]
    if said.form == "clock":  # the latest that was
        return [today, today - timedelta(days=1)]
    return list(days_of(said, today))


def _span_on(said: TimeExpression, day: date, zone: tzinfo) -> Span:
    if said.hour is None:
        return days(day, 1, zone)
    shown = time(said.hour, said.minute or 0, said.second or 0)
    return clock_span(day, shown, timedelta(seconds=60 if said.second is None else 1), zone, zone_of(said, zone))


def _words(text: str) -> list[str]:
    known = lexicon()
    tokens = known.tokens(known.flatten(text))
    return [token for token in tokens if token not in _fillers() and not token.isspace() and token not in ",.'-"]


@cache
def _marks() -> tuple[frozenset[str], frozenset[str]]:
    this, last = (frozenset(map(lexicon().flatten, words.split())) for words in (_THIS, _LAST))
    return this - last, last


@cache
def _inflected() -> dict[str, str]:
    return {lexicon().flatten(word): unit for unit, *words in map(str.split, _rows(_INFLECTED)) for word in words}


@cache
def _one_words() -> dict[str, tuple[str, int]]:
    rows = map(str.split, _rows(_ONE_WORD))
    return {word.replace("_", " "): (unit, int(back)) for unit, back, *words in rows for word in words}


def _rows(table: str) -> list[str]:
    return table.strip().splitlines()


@cache
def _fillers() -> frozenset[str]:
    return frozenset(map(lexicon().flatten, _FILLERS.split()))
