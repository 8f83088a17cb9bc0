"""Tests of counts, gaps and rising words, on headlines with known results."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticker.archive import StoredHeadline
from ticker.stats import Summary, Windows, summarize
from ticker.stats.charts import bar, in_columns, sparkline
from ticker.stats.gaps import LEAST_DAYS, Rhythm
from ticker.stats.rising import RisingWord, join_grams, log_likelihood, words

START = datetime(2025, 3, 3, tzinfo=UTC)  # a Monday
END = START + timedelta(weeks=6)
WEEK = Windows.up_to(END, timedelta(weeks=1))
HOUR = 3600


def line(moment: datetime, source: str, title: str) -> StoredHeadline:
    return StoredHeadline(moment, source, title, None, "0123456789abcdef", moment)


def summary_of(*lines: StoredHeadline, **options: object) -> Summary:
    return summarize(lines, "headlines", END, **options)  # type: ignore[arg-type]


def test_days_and_hours_are_those_of_the_source_s_clock_or_of_a_zone() -> None:
    east = timezone(timedelta(hours=9))
    glances = [
        line(datetime(2025, 6, 13, 2, 10, tzinfo=east), "a", "x"),
        line(datetime(2025, 6, 13, 23, 30, tzinfo=east), "a", "y"),
        line(datetime(2025, 6, 16, 2, 10, tzinfo=UTC), "b", "z"),
    ]
    counts = summary_of(*glances).counts
    assert [(f"{day:%d}", count) for day, count in counts.days()] == [("13", 2), ("16", 1)]
    assert {hour: count for hour, count in enumerate(counts.hours()) if count} == {2: 2, 23: 1}
    assert counts.weekdays() == [1, 0, 0, 0, 2, 0, 0]
    assert {name: each.count for name, each in counts.sources.items()} == {"a": 2, "b": 1}
    assert (counts.first, counts.last) == (glances[0].moment, glances[2].moment)
    shifted = summary_of(*glances, zone=UTC).counts
    assert {hour: count for hour, count in enumerate(shifted.hours()) if count} == {17: 1, 14: 1, 2: 1}
    assert [count for _, count in shifted.days()] == [1, 1, 1]


@given(st.lists(st.tuples(st.integers(0, 60 * 24 * 40), st.sampled_from("abc"), st.integers(-12, 14)), max_size=60))
def test_every_headline_is_counted_once_in_every_respect(drawn: list[tuple[int, str, int]]) -> None:
    glances = [
        line((START + timedelta(minutes=minute)).astimezone(timezone(timedelta(hours=hours))), source, "t")
        for minute, source, hours in drawn
    ]
    counts = summary_of(*glances).counts
    assert counts.total == sum(counts.hours()) == sum(counts.weekdays()) == sum(n for _, n in counts.days())
    assert counts.total == len(glances)
    assert counts.weekdays() == [Counter(each.moment.weekday() for each in glances)[day] for day in range(7)]
    assert counts.first == min((each.moment for each in glances), default=None)
    assert counts.last == max((each.moment for each in glances), default=None)


def feed(rhythm: Rhythm, days: range, hours: range) -> None:
    for day in days:
        rhythm.add([(day * 24 + hour) * HOUR for hour in hours])


def test_nights_are_no_gap_and_a_day_of_silence_is() -> None:
    rhythm = Rhythm()
    feed(rhythm, range(20), range(7, 23))
    feed(rhythm, range(22, 40), range(7, 23))
    (gap,) = rhythm.gaps("daily", (40 * 24 + 3) * HOUR)
    assert (gap.start, gap.end, gap.is_open) == ((19 * 24 + 22) * HOUR, (22 * 24 + 7) * HOUR, False)
    assert 9 * HOUR < gap.usual < 9.5 * HOUR
    closed, still = rhythm.gaps("daily", 42 * 24 * HOUR)
    assert closed == gap
    assert (still.start, still.end, still.is_open) == ((39 * 24 + 22) * HOUR, 42 * 24 * HOUR, True)


def test_weekends_are_no_gap_for_who_rests_then() -> None:
    rhythm = Rhythm()
    for week in range(12):
        if week != 6:
            feed(rhythm, range(7 * week, 7 * week + 5), range(9, 18))
    (gap,) = rhythm.gaps("workdays", (7 * 11 + 7) * 24 * HOUR)
    assert gap.end - gap.start > 9 * 24 * HOUR


def test_a_source_of_which_little_is_known_is_not_judged() -> None:
    rhythm = Rhythm()
    feed(rhythm, range(LEAST_DAYS - 1), range(9, 18))
    assert rhythm.gaps("new", 999 * 24 * HOUR) == []


def test_busy_sources_may_pause_for_six_hours() -> None:
    rhythm = Rhythm()
    for day in range(20):
        rhythm.add([day * 24 * HOUR + minute * 60 for minute in range(0, 24 * 60, 5)])
    last = 20 * 24 * HOUR - 300
    assert rhythm.gaps("busy", last + 6 * HOUR) == []
    assert len(rhythm.gaps("busy", last + 6 * HOUR + 1)) == 1


STOP = "the of in to a and for on with from".split()


def news(title: str, day: int, source: str, minute: int = 0) -> StoredHeadline:
    return line(START + timedelta(days=day, hours=8, minutes=minute), source, title)


def chatter(days: range, sources: str = "abcde", seed: int = 1) -> list[StoredHeadline]:
    """Return headlines of common words and stop words, with constant frequencies."""
    draw = random.Random(seed)
    stock = [f"word{letter}{other}" for letter in "abcdefgh" for other in "abcdefghij"]
    return [
        news(" ".join([*draw.sample(STOP, 4), *draw.sample(stock, 4)]), day, source, minute)
        for day in days
        for source in sources
        for minute in range(0, 200, 20)
    ]


def test_what_is_new_and_in_many_sources_rises_and_stop_words_do_not() -> None:
    quakes = [news(f"The Séisme of {place} shakes", 39, source) for place, source in zip("wxyz", "abcd", strict=True)]
    found = summary_of(*chatter(range(42)), *quakes, windows=WEEK).risen
    assert found[0].word in ("Séisme", "shakes")
    assert (found[0].headlines, found[0].sources, found[0].before, found[0].ratio) == (4, 4, 0, None)
    assert not {each.word for each in found} & {*STOP, "The"}
    assert summary_of(*chatter(range(42)), windows=WEEK).risen == []


def test_one_source_that_repeats_itself_does_not_outweigh_several() -> None:
    many = [news(f"Flood number {n}{source}", 38, source) for source in "abcde" for n in "pq"]
    one = [news(f"Derby minute x{n}", 38, "a", n) for n in range(10)]
    found = summary_of(*chatter(range(38)), *one, *many, *chatter(range(39, 42)), windows=WEEK).risen
    ranks = [each.word for each in found]
    assert "Flood" in ranks
    assert "Derby" not in ranks or ranks.index("Flood") < ranks.index("Derby")
    same = [news("Derby tonight", 38, "a", n) for n in range(30)]
    assert "Derby" not in [each.word for each in summary_of(*chatter(range(42)), *same, windows=WEEK).risen]


def test_log_likelihood() -> None:
    assert log_likelihood(50, 10_000, 200, 40_000) == 0
    # With 80 in 6,000 words, 13.3 are expected in 1,000. The counts are 2.25 and 0.75 times the expected ones.
    assert log_likelihood(30, 1_000, 50, 5_000) == pytest.approx(2 * (30 * log(2.25) + 50 * log(0.75)))
    assert log_likelihood(4, 10_000, 0, 40_000) == pytest.approx(8 * log(5))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Société d'État: 20 pilots, X", {"societe": "Société", "etat": "État", "pilots": "pilots"}),
        ("首相が会見", {"首相": "首相", "会見": "会見"}),
        ("北京市長", {"北京": "北京", "京市": "京市", "市長": "市長"}),
        ("コンピューターのニュース", {"コンピューター": "コンピューター", "ニュース": "ニュース"}),
        ("한국 대통령", {"한국": "한국", "대통령": "대통령"}),
        ("हिन्दी समाचार", {"हिन्दी": "हिन्दी", "समाचार": "समाचार"}),
        ("الحكومة", {"الحكومه": "الحكومة"}),
        ("F16 50% 2025", {"f16": "F16"}),
        ("", {}),
    ],
)
def test_words_of_every_script(title: str, expected: dict[str, str]) -> None:
    from ticker.text import fold

    assert words(title) == {fold(shown): shown for shown in expected.values()}


@given(st.text(max_size=80))
def test_any_text_has_words(title: str) -> None:
    assert all(key and len(shown) > 1 for key, shown in words(title).items())


def test_pieces_that_rise_together_are_joined() -> None:
    def risen(word: str, headlines: int) -> RisingWord:
        return RisingWord(word, headlines, 1, 0, None, 5.0)

    found = join_grams([risen("京市", 9), risen("quake", 9), risen("北京", 10), risen("市場", 30), risen("市長", 9)])
    assert [each.word for each in found] == ["北京市長", "quake", "市場"]


@given(st.lists(st.integers(0, 10_000), max_size=50), st.booleans())
def test_a_sparkline_has_a_cell_for_each_value(values: list[int], ascii_only: bool) -> None:
    drawn = sparkline(values, ascii_only)
    assert len(drawn) == len(values)
    assert [cell == " " for cell in drawn] == [value == 0 for value in values]
    assert not ascii_only or drawn.isascii()


def test_bars_show_what_is_more_than_nothing() -> None:
    assert [bar(value, 16, 4) for value in (0, 0.01, 1, 8, 12.5, 16)] == ["", "▏", "▎", "██", "███▏", "████"]
    assert [bar(value, 16, 4, ascii_only=True) for value in (0, 0.01, 8, 16)] == ["", "#", "##", "####"]
    assert bar(0, 0, 4) == ""


def test_days_are_gathered_to_the_width() -> None:
    days = [(START.date() + timedelta(days=n), 1) for n in range(100)]
    assert in_columns(days, 100) == ([100] * 100, 1)
    assert in_columns(days, 30) == ([100] * 25, 4)
    assert in_columns(days, 33) == ([100] * 25, 4)
    assert in_columns([*days, (START.date() + timedelta(days=100), 1)], 30) == ([100] * 26, 4)


def test_days_that_are_left_out_are_nothing() -> None:
    days = [(START.date() + timedelta(days=n), 6) for n in (0, 1, 11)]
    assert in_columns(days, 100) == ([600, 600, *[0] * 9, 600], 1)
    assert in_columns(days, 4) == ([400, 0, 0, 200], 3)
    columns, size = in_columns([(date.min, 1), (date.max, 1)], 78)
    assert len(columns) <= 78 and size * 78 >= date.max.toordinal()
    assert columns[0] and columns[-1] and not any(columns[1:-1])


def test_a_word_is_told_in_as_many_headlines_as_have_it() -> None:
    end = START + timedelta(days=60)
    windows = Windows.up_to(end, timedelta(weeks=1))
    glances = [line(START + timedelta(days=n), "gazette", f"council number{n}y meets") for n in range(30, 60)]
    glances += [
        line(end - timedelta(days=day, minutes=n + 1), "gazette", f"earthquake {'abc'[n % 3]}{day}")
        for day in (4, 3, 2, 1)
        for n in range(6)
    ]
    glances.sort(key=lambda each: each.moment)
    (risen,) = [each for each in summarize(glances, "headlines", end, windows).risen if each.word == "earthquake"]
    assert risen.headlines == 24
