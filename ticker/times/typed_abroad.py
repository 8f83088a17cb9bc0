"""Times as people type them in any of the languages of `words.py` and `names.py`, and all that pages write. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo

from ticker.times import typed_words
from ticker.times.calendars import full_year
from ticker.times.expressions import MONTH, TimeExpression
from ticker.times.find import find_times
from ticker.times.lengths import PERIODS, before
from ticker.times.lexicon import lexicon
from ticker.times.numerals import in_figures
from ticker.times.resolve import days_of, zone_of
from ticker.times.stretches import (
    Ahead,
    Span,
    clock_span,
    days,
    hours,
    is_ahead,
    latest_month,
    latest_weekday,
    month_of,
    months,
    third,
)
from ticker.times.typed import numbered_week, period, quarter_of
from ticker.times.typed_clocks import PARTS, with_clock
from ticker.times.typed_days import MONTHS, WEEKDAYS
from ticker.times.typed_phrases import (
    fillers,
    one_word_parts,
    one_words,
    parted,
    past_words,
    spelt_as_one,
    table_of,
    without_fillers,
    words_of,
)
from ticker.times.words import DAY, UNIT_SECONDS

_UNITS = dict(zip(UNIT_SECONDS[3:], ("day", "week", "month", "year"), strict=True))
_HOURS = PARTS | {"small": (0, 6), "noon": (12, 14)}
_EAST_ASIAN_MONTH = re.compile(r"(?:(\d{4}) ?[年년] ?)?(\d{1,2}) ?[月월]")
_VIETNAMESE_MONTH = re.compile(r"thang (\d{1,2})(?:[ /-]+(?:nam )?(\d{4}))?")
_WITH_CLOCK = re.compile(r"(?P<day>.+?) (?P<clock>\S+(?: ?[ap]\.?m\.?)?)")
_NUMBER = re.compile(r"\d{1,4}")
# A week has its number after it, or before as an ordinal: "23 weeks" are an age.
_ORDINAL = re.compile(r"\d\d?\.|第 ?\d|\d ?(?:주차)")


def read_abroad(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """The span that ``text`` names; None where it names none. Raises ValueError where there is no such day."""
    text = in_figures(text)
    readers: tuple[Callable[[str, datetime, tzinfo], Span | None], ...] = (
        _month,
        _this_or_last,
        _up_to_now,
        _numbered,
        _as_on_pages,
        _weekday_or_tomorrow,
        _day_and_clock,
        _at_hour,
        _part,
        _edge,
    )
    while True:
        for read in readers:
            span = read(text, now, zone)
            if span is not None:
                return span
        first, _, text = text.partition(" ")  # "am Montag", "в конце октября", "el 12 de junio de 2025"
        if not text or lexicon().flatten(first) not in fillers() | lexicon().values["on"].keys():
            return None


def known_words() -> set[str]:
    """Words of which a time may be made, as they are spelt flattened."""
    values = lexicon().values
    named = {word for role in ("name", "weekday", "dayword") for word in values[role] if len(word) > 3}
    return (
        named | set(table_of(typed_words.MARKS)) | {word for word in table_of(typed_words.DAY_PARTS) if len(word) > 3}
    )


def _month(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "juin 2025", "六月", "2025年6月", "2025年"."""
    if found := _EAST_ASIAN_MONTH.fullmatch(text):
        first = month_of(int(found[1] or now.year), int(found[2]))
        return months(first if found[1] else latest_month(int(found[2]), now), 1, zone)
    if found := _VIETNAMESE_MONTH.fullmatch(lexicon().flatten(text)):
        first = month_of(int(found[2] or now.year), int(found[1]))
        return months(first if found[2] else latest_month(int(found[1]), now), 1, zone)
    words, values = words_of(text), lexicon().values
    years = [full_year(int(word)) for word in words if re.fullmatch(r"\d{4}", word)]
    names = [values["name"][word] for word in words if word in values["name"]]
    marks = [word for word in words if _unit(word) == "year" or word in values["yearmark"]]
    if len(years) == 1 and len(years) + len(marks) == len(words):
        return months(month_of(years[0], 1), 12, zone)
    if len(names) != 1 or len(years) > 1 or len(names) + len(years) != len(words):
        return None
    return months(month_of(years[0], names[0]) if years else latest_month(names[0], now), 1, zone)


def _this_or_last(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "letzte Woche", "le mois dernier", "lunes pasado", "Montag letzter Woche", "先週"."""
    flat = spelt_as_one(lexicon().flatten(text), typed_words.INFLECTED)
    for word, (unit, back) in one_words().items():
        if flat == word:
            return _past_only(period(unit, now, zone, back), back, unit)
        if unit == "week" and flat.startswith(word):
            weekday = _weekday_sign(flat[len(word) :].strip(" の"))
            if weekday is not None:
                return _in_week(weekday, back, now, zone)
    words, marked = words_of(flat), table_of(typed_words.MARKS)
    marks = {marked[word] for word in words if word in marked}
    units = [_unit(word) for word in words if word not in marked]
    if units == ["weekend"] and not marks:
        weekend = period("weekend", now, zone, 0)
        return period("weekend", now, zone, 1) if weekend and is_ahead(weekend, now) else weekend
    if len(marks) != 1 or not all(units):
        return None
    back = {"this": 0, "last": 1, "next": -1}[marks.pop()]
    if len(units) == 1:
        return _past_only(period(units[0], now, zone, max(back, 0)), back, units[0])
    weekdays = [unit for unit in units if unit in WEEKDAYS]
    if len(units) != 2 or len(weekdays) != 1 or "week" not in units:
        return None
    return _in_week(WEEKDAYS.index(weekdays[0]), back, now, zone)


def _past_only(span: Span | None, back: int, unit: str) -> Span | None:
    """Refuses what is to come, but for tomorrow."""
    if span is not None and back < 0 and unit != "day":
        raise Ahead
    return span


def _in_week(weekday: int, back: int, now: datetime, zone: tzinfo) -> Span:
    if back < 0:
        raise Ahead
    return days(now.date() + timedelta(days=weekday - now.weekday() - 7 * back), 1, zone)


def _weekday_sign(word: str) -> int | None:
    """The weekday that is named, also by one sign ("上周一")."""
    values = lexicon().values
    found: int | None = values["weekday"].get(word, values["daysign"].get(word))
    return found


def _unit(word: str) -> str:
    """ "week" for "Woche", "monday" for "lundi", "june" for "juin"; "" for what is none of these."""
    values, inflected = lexicon().values, table_of(typed_words.INFLECTED)
    if word in inflected:
        return inflected[word]
    if unit := _UNITS.get(values["unit"].get(word, 0)):
        return unit
    if (weekday := _weekday(word)) is not None:
        return WEEKDAYS[weekday]
    return MONTHS[values["name"][word] - 1] if word in values["name"] else ""


def _weekday(word: str) -> int | None:
    """A weekday, also as it is after "last" in Swedish and others: "måndagen", "i måndags"."""
    named = lexicon().values["weekday"]
    forms = (word, word[:-1], word[:-2]) if len(word) > 5 else (word,)
    return next((named[form] for form in forms if form in named), None)


def _up_to_now(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "die letzten 3 Tage", "últimas 24 horas", "过去3天": from then to now."""
    units, flat = lexicon().values["unit"], lexicon().flatten(text)
    others = [[word for word in words_of(text) if word not in past_words()]]
    others += [words_of(rest) for _, rest in parted(flat, typed_words.PAST)]
    for words in others:
        numbers = [int(word) for word in words if _NUMBER.fullmatch(word)]
        named = [units[word] for word in words if word in units]
        if len(numbers) == len(named) == 1 and len(words) == 2 and words != words_of(text):
            return Span(_ago(now, numbers[0], named[0], zone), now)
    return None


def _ago(now: datetime, number: int, unit: int, zone: tzinfo) -> datetime:
    """The moment ``number`` units of so many seconds ago."""
    if unit < DAY:
        return before(now, number * unit, {}, zone)
    return before(now, 0, {f"{_UNITS[unit]}s": number}, zone)


def _numbered(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "KW 23", "semaine 23 2025", "第23周", "2. Quartal 2024", "3e trimestre 2024"."""
    known, named = lexicon(), table_of(typed_words.NUMBERED)
    flat = spelt_as_one(known.flatten(text), typed_words.NUMBERED)
    words = [word for word in words_of(flat) if word not in known.values["nthmark"] and word not in "年년"]
    units = [at for at, word in enumerate(words) if word in named]
    numbers = [(at, int(word)) for at, word in enumerate(words) if _NUMBER.fullmatch(word)]
    if len(units) != 1 or len(words) != len(numbers) + 1:
        return None
    years = [number for _, number in numbers if number >= 1000]
    which = [(at, number) for at, number in numbers if number < 100]
    if len(which) != 1 or len(years) > 1 or len(which) + len(years) != len(numbers):
        return None
    (at, number), year = which[0], years[0] if years else 0
    if named[words[units[0]]] == "quarter":
        return quarter_of(year, number, now, zone)
    return numbered_week(year, number, now, zone) if at > units[0] or _ORDINAL.search(text) else None


def _as_on_pages(text: str, now: datetime, zone: tzinfo) -> Span | None:
    said = _said(text)
    if said is None:
        return None
    if said.age is not None:
        moment = _age_ago(said, now, zone)
        return Span(moment, moment)
    spans = [_span_on(said, day, zone) for day in _days_meant(said, now, zone)]
    return next((span for span in spans if not is_ahead(span, now)), spans[0]) if spans else None


def _age_ago(said: TimeExpression, now: datetime, zone: tzinfo) -> datetime:
    """Count an age back: its months, and its days where it is known to the day, on the calendar."""
    assert said.age is not None
    rest = said.age - said.months * MONTH
    days_back = rest.days if said.precision == "day" else 0
    return before(
        now, (rest - timedelta(days=days_back)).total_seconds(), {"months": said.months, "days": days_back}, zone
    )


def _weekday_or_tomorrow(text: str, now: datetime, zone: tzinfo) -> Span | None:
    meant = _day_named(text, now, zone)
    return days(meant[0], 1, zone) if meant else None


def _day_and_clock(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "lundi 18h": a weekday and a clock are no time in the prose of a page."""
    found = _WITH_CLOCK.fullmatch(text)
    return with_clock(_day_named(found["day"], now, zone), found["clock"], now, zone) if found else None


def _at_hour(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "heute um 9", "ayer a las 17", "igår kl. 17"."""
    flat = lexicon().flatten(text)
    head, _, hour = flat.rpartition(" ")
    at = lexicon().values["at"]
    words = head.rstrip(".").split(" ")
    for count in range(1, min(4, len(words) + 1)):
        word = " ".join(words[-count:])
        day = " ".join(words[:-count])
        if word in at and (day or word not in lexicon().values["on"]):  # "am 12." is a day
            today = now.date()
            meant = _day_named(day, now, zone) if day else [today, today - timedelta(days=1)]
            span = with_clock(meant, hour, now, zone, bare=True)
            if span is not None:
                return span
    return None


def _day_named(text: str, now: datetime, zone: tzinfo) -> list[date]:
    """The days that a text without a clock may mean, the likeliest first."""
    flat, today = lexicon().flatten(text), now.date()
    unit, back = one_words().get(flat, ("", 0))
    if unit == "day":
        return [today - timedelta(days=back)]
    weekday = _weekday(flat) if len(flat) > 2 or not flat.isascii() else None
    if weekday is not None:
        latest = latest_weekday(weekday, today)
        return [latest, latest - timedelta(days=7)]
    said = _said(text)
    return _days_meant(said, now, zone) if said is not None and said.hour is None and said.age is None else []


def _part(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "gestern Abend", "ce matin", "昨天下午", "anoche"; of a night the latest that has begun."""
    flat = lexicon().flatten(text)
    one = one_word_parts().get(flat)
    if one is not None:
        return _part_of([now.date() + timedelta(days=one[1])], one[0], now, zone)
    for word, rest in parted(flat, typed_words.DAY_PARTS):
        part = table_of(typed_words.DAY_PARTS)[word]
        day = without_fillers(rest)
        mark = table_of(typed_words.MARKS).get(day, "this" if not day else "")
        if mark:
            return _part_of([now.date() - timedelta(days=mark == "last")], part, now, zone)
        meant = _day_named(day, now, zone) or _day_named(rest, now, zone)
        if meant:
            return _part_of(meant, part, now, zone)
    return None


def _part_of(meant: list[date], part: str, now: datetime, zone: tzinfo) -> Span | None:
    if part == "night" and meant == [now.date()]:
        meant = [*meant, now.date() - timedelta(days=1)]
    spans = [hours(day, *_HOURS[part], zone) for day in meant]
    return next((span for span in spans if not is_ahead(span, now)), spans[0]) if spans else None


def _edge(text: str, now: datetime, zone: tzinfo) -> Span | None:
    """ "Ende Oktober", "mi-mai", "a principios de 2024", "5月下旬", "年底"."""
    for word, rest in parted(lexicon().flatten(text), typed_words.EDGES):
        words = words_of(rest)
        unit = _unit(words[0]) if len(words) == 1 else ""
        whole = (
            period(unit, now, zone, 0) if unit in PERIODS else _month(rest, now, zone) or _this_or_last(rest, now, zone)
        )
        if whole is not None:
            return third(whole, int(table_of(typed_words.EDGES)[word]), zone)
    return None


def _said(text: str) -> TimeExpression | None:
    """Return the one expression that is all of ``text``; None for a part of a day ("昨晚"), which `_part` reads."""
    found = () if lexicon().flatten(text) in one_word_parts() else find_times(text)
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
