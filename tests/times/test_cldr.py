"""Times as Unicode's CLDR writes them in each language, parsed back: a test oracle independent of our tables."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from babel.dates import format_date, format_skeleton, format_time, format_timedelta

from ticker.times.finder import find_times

LANGUAGES = (
    "en fr de es pt it nl sv da nb fi pl cs sk hu ro bg ru uk el tr ar fa he hi bn ur id ms vi th zh zh_Hant ja ko sr "
    "sr_Latn hr sl et lv lt ca gl eu af sw is ga mk bs be sq ka hy az uz kk ky mn ta te ml kn mr gu pa ne si my am fil "
    "ha so lo km ps cy or sd tk tg tt ug mt lb fo fy om nn jv eo bs_Cyrl uz_Cyrl kok se hi_Latn yue"
).split()
# Languages for which CLDR has the ages, or our tables have no more.
LANGUAGES_OF_AGES = (*LANGUAGES, "as", "br", "gd", "ast", "ti")
# One day of each month, with clock times before and after noon, at midnight and at noon.
MOMENTS = [
    datetime(2025, month, day, hour, 10)  # noqa: DTZ001
    for month, day, hour in (
        (1, 5, 17), (2, 13, 9), (3, 28, 0), (4, 1, 12), (5, 31, 23), (6, 12, 17),
        (7, 7, 1), (8, 19, 8), (9, 30, 16), (10, 2, 11), (11, 11, 13), (12, 25, 20),
    )
]  # fmt: skip
SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
    "month": 30 * 86400,
    "year": 365 * 86400,
}
# CLDR 47 has "in 3 months" in place of "3 months ago".
SLIPS = {("ar", "month")}
# CLDR 47 has "in 2 days".
LENGTHS = {("ti", "day")}
# "5, January 2025" would also match "at 5, May said". Mongolian dates with numeric months have no day marker.
UNREAD_DATES = {("te", "full"), ("mn", "medium"), ("ug", "full"), ("eo", "full")} | {
    # Month names of three letters that are words of other languages.
    *((language, "medium") for language in ("ha", "so", "cy", "tk", "tt", "mt", "lb", "om", "se")),
}
# "GD" and "WB" for the afternoon have too many other meanings.
UNREAD_CLOCKS = {"so", "om"}


def _render_date(moment: datetime, width: str, language: str) -> str:
    text = format_date(moment, width, locale=language)
    # Babel writes the Thai era without its years.
    return text.replace("2025", "2568") if language == "th" else text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", ["full", "long", "medium"])
def test_dates(language: str, width: str) -> None:
    if (language, width) in UNREAD_DATES:
        pytest.skip("a form that is not read")
    for moment in MOMENTS:
        text = _render_date(moment, width, language)
        found = find_times(text)
        assert [(each.form, each.year, each.month, each.day) for each in found] == [
            ("date", 2025, moment.month, moment.day)
        ], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_clocks_and_dates_with_them(language: str) -> None:
    if language in UNREAD_CLOCKS:
        pytest.skip("a form that is not read")
    for moment in MOMENTS:
        clock = format_time(moment, "short", locale=language)
        (said,) = find_times(clock)
        if (language, moment.hour) == ("ko", 0):
            continue  # "AM 12:10" is also German for "at 12:10"
        assert (said.hour, said.minute) == (moment.hour, 10), clock
        for width in ("long", "medium"):
            if (language, width) in UNREAD_DATES:
                continue
            text = f"{_render_date(moment, width, language)}, {clock}"
            found = find_times(text)
            assert [(each.form, each.month, each.day, each.hour) for each in found] == [
                ("datetime", moment.month, moment.day, moment.hour)
            ], text


@pytest.mark.parametrize("language", LANGUAGES_OF_AGES)
@pytest.mark.parametrize("unit", SECONDS)
def test_ages(language: str, unit: str) -> None:
    if (language, unit) in SLIPS:
        pytest.skip("CLDR's own slip")
    if (language, unit) in LENGTHS:
        pytest.skip("a length by its form")
    for count in (1, 2, 3, 5, 11, 21, 22):
        ago = timedelta(seconds=-count * SECONDS[unit])
        text = format_timedelta(ago, granularity=unit, threshold=10**9, add_direction=True, locale=language)
        found = find_times(text)
        assert [each.form for each in found] == ["age"], text
        assert found[0].age is not None
        # Babel counts a month as a twelfth of a year.
        assert abs(found[0].age.total_seconds() - count * SECONDS[unit]) <= 0.02 * count * SECONDS[unit], text


@pytest.mark.parametrize("language", "hi bn ta te kn gu pa es pt gl zh_Hant en de nl ru el sr hr lo".split())
def test_clocks_with_parts_of_the_day(language: str) -> None:
    for moment in MOMENTS:
        if moment.hour in (0, 1, 12):  # "12 at night" or "in the afternoon" is noon or midnight by language
            continue
        text = format_skeleton("Bhm", moment, locale=language)
        (said,) = find_times(text)
        assert (said.hour, said.minute, said.text) == (moment.hour, 10, text), text
