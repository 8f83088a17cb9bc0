"""Tests of the correction of timestamps that were resolved in a wrong zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ticker.times.finder import find_times
from ticker.times.listing import ShownTime, is_from_clock_text, resolve_list, retime_list

ZONES = ["Europe/Paris", "Asia/Tokyo", "America/New_York", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Auckland"]
# Lists of times in the order of a page, in minutes before the page was seen.
AGES = [
    [0, 5, 30, 61, 200, 420],
    [3, 400, 700, 1000, 1300],
    [30, 500, 900, 1300, 1500, 2000, 2600],
    [1439, 1440, 1500],
]
# In winter and summer, by day and by night, and around clock changes in Europe and America.
MOMENTS = [
    datetime(2026, 1, 15, 14, 15, tzinfo=UTC),
    datetime(2026, 7, 15, 2, 0, tzinfo=UTC),
    datetime(2026, 7, 15, 23, 30, tzinfo=UTC),
    datetime(2026, 3, 29, 9, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 12, 0, tzinfo=UTC),
    datetime(2026, 11, 1, 15, 0, tzinfo=UTC),
    datetime(2026, 3, 8, 20, 0, tzinfo=UTC),
]


def clocks(ages: list[int], seen: datetime, zone: ZoneInfo) -> list[str]:
    return [f"{(seen - timedelta(minutes=age)).astimezone(zone):%H:%M}" for age in ages]


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("seen", MOMENTS, ids=str)
@pytest.mark.parametrize("ages", AGES, ids=str)
def test_a_list_of_clocks(name: str, seen: datetime, ages: list[int]) -> None:
    zone = ZoneInfo(name)
    shown = clocks(ages, seen, zone)
    said = [find_times(text)[0] for text in shown]
    right, wrong = resolve_list(said, seen, zone), resolve_list(said, seen, UTC)
    stored = [ShownTime(text, each.time, each.precision) for text, each in zip(shown, wrong, strict=True) if each]
    assert retime_list(stored, seen, UTC, zone) == right


@pytest.mark.parametrize(
    ("text", "stored", "precision", "expected"),
    [
        ("24 November 2026, 17:10", "2026-11-24T17:10+00:00", "minute", "2026-11-24T17:10+01:00"),
        ("24/11/2026 17:10", "2026-11-24T17:10+00:00", "minute", "2026-11-24T17:10+01:00"),
        ("06/11/2026 17:10", "2026-06-11T17:10+00:00", "minute", "2026-06-11T17:10+02:00"),  # by the page's order
        ("24 November 2026", "2026-11-24T00:00+00:00", "day", "2026-11-24T00:00+01:00"),
        ("yesterday 17:10", "2026-11-24T17:10+00:00", "minute", "2026-11-24T17:10+01:00"),
        ("17:10:25", "2026-11-24T17:10:25+00:00", "exact", "2026-11-25T17:10:25+01:00"),
        ("17:10", "2026-11-25T00:00+00:00", "day", "2026-11-25T17:10+01:00"),  # its clock time was in the future
        ("23:50", "2026-11-22T23:50+00:00", "minute", "2026-11-22T23:50+01:00"),  # under a date line
        ("17:10", "2026-11-25T16:10:00+00:00", "exact", None),  # from a machine-readable time
        ("17:10", "2026-11-25T16:10+00:00", "minute", None),
        ("2 hours ago", "2026-11-25T14:00+00:00", "hour", None),
        ("17:10 GMT", "2026-11-25T17:10+00:00", "minute", None),
        ("", "2026-11-25T17:10+00:00", "minute", None),
    ],
)
def test_one_time(text: str, stored: str, precision: str, expected: str | None) -> None:
    seen = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)
    entry = ShownTime(text, datetime.fromisoformat(stored), precision)  # type: ignore[arg-type]
    (found,) = retime_list([entry], seen, UTC, ZoneInfo("Europe/Paris"))
    assert (found.time.isoformat() if found else None) == (expected and datetime.fromisoformat(expected).isoformat())


def test_what_depends_on_the_zone() -> None:
    moment = datetime(2026, 11, 24, 17, 10, tzinfo=UTC)
    assert is_from_clock_text("17:10", moment, "minute")
    assert is_from_clock_text("Tuesday, 17:10", moment, "minute")
    assert not is_from_clock_text("18:10", moment, "minute")
    assert not is_from_clock_text("17:10", moment, "exact")
    assert not is_from_clock_text("17:10 CET", moment, "minute")
    assert not is_from_clock_text("24 November 2026", moment.replace(hour=0, minute=0), "day")
    assert not is_from_clock_text("5 min ago", moment, "minute")
