"""Tests of the times of a list: midnights, date lines, lists in another order or none, the repeated hour."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticker.times.expressions import TimeExpression
from ticker.times.finder import find_times
from ticker.times.listing import DateLine, resolve_list
from ticker.times.resolve import FUTURE_TOLERANCE

BERLIN = ZoneInfo("Europe/Berlin")
CASABLANCA = ZoneInfo("Africa/Casablanca")
EVENING = datetime(2025, 6, 12, 19, 30, tzinfo=CASABLANCA)


def entry(text: str) -> TimeExpression | DateLine | None:
    if not text:
        return None
    (said,) = find_times(text.removeprefix("# "))
    return DateLine(said) if text.startswith("# ") else said


def read(
    texts: str, reference: datetime = EVENING, zone: ZoneInfo = CASABLANCA, newest_first: bool = True
) -> list[str]:
    """Return the timestamps of entries separated by "; ", with "#" before date lines; "12T17:10" is the 12th."""
    found = resolve_list([entry(text) for text in texts.split("; ")], reference, zone, newest_first)
    return [each.time.strftime("%dT%H:%M") if each else "-" for each in found]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ("17:10; 16:20; 15:20; 15:20; 14:43", "12T17:10 12T16:20 12T15:20 12T15:20 12T14:43"),
        # Clock times jump up at midnight.
        ("09:15; 08:40; 22:05; 21:30", "12T09:15 12T08:40 11T22:05 11T21:30"),
        ("00:30; 23:40; 22:10", "12T00:30 11T23:40 11T22:10"),
        ("00:30; 23:40", "12T00:30 11T23:40"),
        ("09:00; 08:00; 11:00; 10:00", "12T09:00 12T08:00 11T11:00 11T10:00"),
        (
            "17:00; 16:00; 12:00; 11:00; 9:00; 18:00; 15:00; 12:00; 8:00; 19:00; 7:00",
            "12T17:00 12T16:00 12T12:00 12T11:00 12T09:00 11T18:00 11T15:00 11T12:00 11T08:00 10T19:00 10T07:00",
        ),
        ("23:50; 22:10; 09:00; 08:00", "11T23:50 11T22:10 11T09:00 11T08:00"),
        # Neighbours out of order do not mean midnight.
        ("17:10; 15:20; 15:22; 14:00", "12T17:10 12T15:20 12T15:22 12T14:00"),
        ("00:30; 23:50; 00:20; 23:40", "12T00:30 11T23:50 12T00:20 11T23:40"),
        # Without order, each entry is resolved independently.
        ("10:00; 15:00; 12:00", "12T10:00 12T15:00 12T12:00"),
        ("10:00; 15:00; 12:00; 18:00; 09:00; 21:00", "12T10:00 12T15:00 12T12:00 12T18:00 12T09:00 11T21:00"),
        # Oldest first.
        ("14:15; 14:43; 15:20; 17:10", "12T14:15 12T14:43 12T15:20 12T17:10"),
        ("21:30; 22:05; 08:40; 09:15", "11T21:30 11T22:05 12T08:40 12T09:15"),
        # A date in one entry determines the day of the entries after it.
        ("17:10; 16:20; Yesterday 21:37; 20:10; 22:50", "12T17:10 12T16:20 11T21:37 11T20:10 10T22:50"),
        ("5 min ago; 2 hours ago; 16:10; 23:10", "12T19:25 12T17:30 12T16:10 11T23:10"),
        ("17:10; 10 June 2025, 12:00; 11:00", "12T17:10 10T12:00 10T11:00"),
        ("17:10; ; 16:20", "12T17:10 - 12T16:20"),
        # A date line dates the entries after it.
        ("17:10; # 11 June 2025; 17:30; 16:00; # 10 June; 23:00", "12T17:10 - 11T17:30 11T16:00 - 10T23:00"),
        ("# Thursday, 12 June 2025; 17:10; 00:30; 23:40", "- 12T17:10 12T00:30 11T23:40"),
        ("# Today; 08:00; 09:00; # Yesterday; 07:00; 23:00", "- 12T08:00 12T09:00 - 11T07:00 11T23:00"),
        ("# 12 June; 08:00; 21:00; 10:00; 19:00; # 11 June; 12:00", "- 12T08:00 12T00:00 12T10:00 12T19:00 - 11T12:00"),
        ("", "-"),
    ],
)  # fmt: skip
def test_lists(texts: str, expected: str) -> None:
    assert read(texts) == expected.split()


def test_the_order_asked_for_decides_where_clocks_do_not() -> None:
    assert read("00:10; 23:50", newest_first=True) == ["12T00:10", "11T23:50"]
    assert read("23:50; 00:10", newest_first=False) == ["11T23:50", "12T00:10"]


def test_dates_without_a_year_go_back_through_the_years() -> None:
    found = resolve_list(
        [entry(t) for t in ("5 June 10:00", "28 December 10:00", "5 July 09:00", "1 August 10:00")], EVENING, CASABLANCA
    )
    assert [each.time.year for each in found if each] == [2025, 2024, 2024, 2023]


def test_numeric_dates_are_read_as_the_list_proves() -> None:
    found = resolve_list([entry(t) for t in ("4/2/2025", "3/30/2025", "3/2/2025")], EVENING, CASABLANCA)
    assert [each.time.strftime("%m-%d") for each in found if each] == ["04-02", "03-30", "03-02"]


def test_the_repeated_hour_keeps_the_order_of_the_list() -> None:
    morning = datetime(2025, 10, 26, 9, 0, tzinfo=BERLIN)
    clocks = ["03:10", "02:50", "02:20", "02:40", "02:05", "01:55"]
    found = [each.time.isoformat() for each in resolve_list([entry(c) for c in clocks], morning, BERLIN) if each]
    assert [text[11:16] + text[19:] for text in found] == [
        "03:10+01:00", "02:50+01:00", "02:20+01:00", "02:40+02:00", "02:05+02:00", "01:55+02:00",
    ]  # fmt: skip


def test_a_page_read_within_the_repeated_hour() -> None:
    first = datetime(2025, 10, 26, 2, 15, fold=0, tzinfo=BERLIN)
    found = resolve_list([entry(c) for c in ("02:10", "01:50")], first, BERLIN)
    assert [each.time.isoformat() for each in found if each] == [
        "2025-10-26T02:10:00+02:00",
        "2025-10-26T01:50:00+02:00",
    ]


ZONES = st.sampled_from([BERLIN, CASABLANCA, ZoneInfo("America/New_York"), UTC])
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
# More than an hour, which does not count as disorder; less than the rest of a day.
PAUSES = st.lists(st.integers(0, 12 * 60), min_size=1, max_size=25)


@given(MOMENTS, PAUSES, ZONES, st.booleans())
def test_lists_in_order_come_back(newest: datetime, pauses: list[int], zone: ZoneInfo, rising: bool) -> None:
    """Check that clock times from new to old, with pauses of up to half a day, get back their days."""
    newest = newest.replace(second=0, microsecond=0)
    published = [newest]
    for pause in pauses:
        published.append(published[-1] - timedelta(minutes=pause))
    shown = [each.astimezone(zone) for each in published]
    found = resolve_list([entry(f"{each:%H:%M}") for each in shown], newest + timedelta(minutes=3), zone)
    jumps = sum(b > a for a, b in zip([f"{s:%H%M}" for s in shown], [f"{s:%H%M}" for s in shown][1:], strict=False))
    offsets = {each.utcoffset() for each in shown}
    if jumps <= 1 and len(offsets) == 1:
        assert [each.time.astimezone(UTC) for each in found if each] == published


@given(MOMENTS, st.lists(st.times(), min_size=1, max_size=20), ZONES, st.randoms(use_true_random=False))
def test_nothing_is_ahead_and_no_list_without_order_runs_away(
    reference: datetime, clocks: list, zone: ZoneInfo, chance: random.Random
) -> None:
    chance.shuffle(clocks)
    found = resolve_list([entry(f"{clock:%H:%M}") for clock in clocks], reference, zone)
    for each in found:
        assert each is not None
        assert each.time.astimezone(UTC) <= reference + FUTURE_TOLERANCE
    oldest = min(each.time for each in found if each)
    assert reference - oldest <= timedelta(days=3 + len(clocks) / 5)


@given(MOMENTS, PAUSES, ZONES)
def test_a_falling_list_stays_falling(newest: datetime, pauses: list[int], zone: ZoneInfo) -> None:
    shown, at = [], newest
    for pause in [0, *pauses]:
        at -= timedelta(minutes=pause % 60)
        shown.append(at.astimezone(zone))
    found = [
        each.time.astimezone(UTC) for each in resolve_list([entry(f"{s:%H:%M}") for s in shown], newest, zone) if each
    ]
    assert all(b <= a for a, b in zip(found, found[1:], strict=False))
