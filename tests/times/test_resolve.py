"""Tests of the resolution of expressions: days, years, offsets, and clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticker.times.finder import find_times
from ticker.times.resolve import FUTURE_TOLERANCE, Resolved, resolve

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
CASABLANCA = ZoneInfo("Africa/Casablanca")
TOKYO = ZoneInfo("Asia/Tokyo")
EVENING = datetime(2025, 6, 12, 19, 30, 42, 123, tzinfo=CASABLANCA)


def read(text: str, reference: datetime = EVENING, zone: ZoneInfo | timezone = CASABLANCA) -> Resolved | None:
    (said,) = find_times(text)
    return resolve(said, reference, zone)


def moment(text: str, reference: datetime = EVENING, zone: ZoneInfo | timezone = CASABLANCA) -> str:
    found = read(text, reference, zone)
    assert found is not None, text
    assert found.time.tzinfo is zone
    return f"{found.time.isoformat()} {found.precision}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17:10", "2025-06-12T17:10:00+01:00 minute"),
        ("17h10", "2025-06-12T17:10:00+01:00 minute"),
        ("5:10 pm", "2025-06-12T17:10:00+01:00 minute"),
        ("19:35", "2025-06-12T19:35:00+01:00 minute"),  # a few minutes in the future: clocks differ
        ("19:40", "2025-06-11T19:40:00+01:00 minute"),
        ("17:10:22", "2025-06-12T17:10:22+01:00 exact"),
        ("17:10 UTC", "2025-06-12T18:10:00+01:00 minute"),
        ("1:10 PM EDT", "2025-06-12T18:10:00+01:00 minute"),
        ("1:10 PM ET", "2025-06-12T18:10:00+01:00 minute"),
        ("Yesterday 21:37", "2025-06-11T21:37:00+01:00 minute"),
        ("Hier à 17h", "2025-06-11T17:00:00+01:00 minute"),
        ("Today", "2025-06-12T00:00:00+01:00 day"),
        ("12 June 2025, 17:10", "2025-06-12T17:10:00+01:00 minute"),
        ("8 January, 17:46", "2025-01-08T17:46:00+01:00 minute"),
        ("8 August, 17:46", "2024-08-08T17:46:00+01:00 minute"),
        ("29 February", "2024-02-29T00:00:00+01:00 day"),
        ("13 June", "2025-06-13T00:00:00+01:00 day"),  # further east it is tomorrow already
        ("14 June", "2024-06-14T00:00:00+01:00 day"),
        ("5 min ago", "2025-06-12T19:25:00+01:00 minute"),
        ("2 hours ago", "2025-06-12T17:30:00+01:00 hour"),
        ("3 days ago", "2025-06-09T19:30:00+01:00 day"),
        ("just now", "2025-06-12T19:30:00+01:00 minute"),
        ("Monday, 17:10", "2025-06-09T17:10:00+01:00 minute"),
        ("Thursday, 17:10", "2025-06-12T17:10:00+01:00 minute"),
        ("Thursday, 23:10", "2025-06-05T23:10:00+01:00 minute"),
        # Parsed with the day first, it would be in the future.
        ("06/12/2025", "2025-06-12T00:00:00+01:00 day"),
        ("06/11/2025 17:10", "2025-06-11T17:10:00+01:00 minute"),
    ],
)
def test_moments(text: str, expected: str) -> None:
    assert moment(text) == expected


def test_a_dated_clock_ahead_keeps_its_day_alone() -> None:
    """Check a page from Tokyo whose zone is unknown."""
    reference = datetime(2025, 6, 12, 8, 12, tzinfo=UTC)
    assert moment("2025-06-12 17:10", reference, UTC) == "2025-06-12T00:00:00+00:00 day"
    assert moment("2025-06-12 17:10", reference, TOKYO) == "2025-06-12T17:10:00+09:00 minute"


@pytest.mark.parametrize("text", ["12 June 2026", "2030-01-01 12:00", "20 July 2025 10:00"])
def test_what_lies_ahead_is_none(text: str) -> None:
    assert read(text) is None


def test_the_result_is_in_the_zone_asked_for() -> None:
    assert moment("17:10", EVENING, NEW_YORK) == "2025-06-11T17:10:00-04:00 minute"
    assert moment("14:10", EVENING, NEW_YORK) == "2025-06-12T14:10:00-04:00 minute"
    assert moment("5 min ago", EVENING, TOKYO) == "2025-06-13T03:25:00+09:00 minute"


def test_a_naive_reference_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        resolve(find_times("17:10")[0], datetime(2025, 6, 12), UTC)  # noqa: DTZ001


# ---- the clock changes


@pytest.mark.parametrize(
    ("zone", "reference", "text", "expected"),
    [
        # A time in the skipped hour moves forward.
        (BERLIN, "2025-03-30T10:00+02:00", "02:30", "2025-03-30T03:30:00+02:00"),
        (NEW_YORK, "2025-03-09T10:00-04:00", "2:30 am", "2025-03-09T03:30:00-04:00"),
        # A time in the repeated hour is the later occurrence, unless that is in the future.
        (BERLIN, "2025-10-26T10:00+01:00", "02:30", "2025-10-26T02:30:00+01:00"),
        (BERLIN, "2025-10-26T02:10+01:00", "02:30", "2025-10-26T02:30:00+02:00"),
        (BERLIN, "2025-10-26T02:40+02:00", "02:30", "2025-10-26T02:30:00+02:00"),
        (BERLIN, "2025-10-26T02:10+02:00", "02:30", "2025-10-25T02:30:00+02:00"),
        (NEW_YORK, "2025-11-02T10:00-05:00", "1:30 am", "2025-11-02T01:30:00-05:00"),
        # Morocco sets its clocks back for Ramadan (at 3:00 on 23 February 2025) and forward again (at 2:00 on 6 April).
        (CASABLANCA, "2025-02-23T10:00+00:00", "02:30", "2025-02-23T02:30:00+00:00"),
        (CASABLANCA, "2025-02-23T02:40+01:00", "02:30", "2025-02-23T02:30:00+01:00"),
        (CASABLANCA, "2025-04-06T10:00+01:00", "02:30", "2025-04-06T03:30:00+01:00"),
        (CASABLANCA, "2025-03-15T20:00+00:00", "17:10", "2025-03-15T17:10:00+00:00"),
        (CASABLANCA, "2025-04-15T20:00+01:00", "17:10", "2025-04-15T17:10:00+01:00"),
        # An age is counted in elapsed time.
        (BERLIN, "2025-10-26T03:30+01:00", "2 hours ago", "2025-10-26T02:30:00+02:00"),
        (BERLIN, "2025-03-30T03:30+02:00", "2 hours ago", "2025-03-30T00:30:00+01:00"),
        (CASABLANCA, "2025-02-23T03:30+00:00", "2 hours ago", "2025-02-23T02:30:00+01:00"),
    ],
)
def test_clock_changes(zone: ZoneInfo, reference: str, text: str, expected: str) -> None:
    found = read(text, datetime.fromisoformat(reference), zone)
    assert found is not None
    assert found.time.isoformat() == expected


ZONES = st.sampled_from(
    [BERLIN, NEW_YORK, CASABLANCA, TOKYO, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Apia"), UTC]
)
MOMENTS = st.datetimes(datetime(2005, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
CLOCKS = st.times().map(lambda clock: f"{clock:%H:%M}")


@given(CLOCKS, MOMENTS, ZONES)
def test_a_clock_is_never_ahead_nor_more_than_a_day_old(clock: str, reference: datetime, zone: ZoneInfo) -> None:
    (said,) = find_times(clock)
    found = resolve(said, reference, zone)
    assert found is not None
    age = reference - found.time.astimezone(UTC)
    assert -FUTURE_TOLERANCE <= age <= timedelta(days=2)
    # The result has the same clock time, unless it is in a skipped hour.
    skipped = found.time.astimezone(UTC).astimezone(zone).strftime("%H:%M") != clock
    assert not skipped or found.time.utcoffset() != (found.time - timedelta(hours=4)).utcoffset()


@given(
    MOMENTS,
    MOMENTS,
    ZONES,
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%d %B", "%d.%m.%Y %H:%M", "%d %B, %H:%M", "%a %H:%M"]),
)
def test_nothing_is_ahead_by_more_than_a_day(shown: datetime, reference: datetime, zone: ZoneInfo, form: str) -> None:
    for said in find_times(shown.astimezone(zone).strftime(form)):
        found = resolve(said, reference, zone)
        if found is not None:
            tolerance = timedelta(days=2) if found.precision == "day" else FUTURE_TOLERANCE
            assert found.time.astimezone(UTC) <= reference + tolerance
            assert found.time.microsecond == 0


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=300)), ZONES)
def test_a_date_with_its_clock_comes_back(reference: datetime, age: timedelta, zone: ZoneInfo) -> None:
    published = (reference - age).replace(second=0, microsecond=0).astimezone(zone)
    for form in ("%Y-%m-%d %H:%M", "%d %B, %H:%M", "%d.%m.%Y %H:%M %z"):
        text = published.strftime(form)
        found = resolve(find_times(text.replace("+", "GMT+").replace(" -", " GMT-"))[0], reference, zone)
        assert found is not None
        # In a repeated hour, a clock time is ambiguous.
        assert abs(found.time.astimezone(UTC) - published.astimezone(UTC)) <= timedelta(
            hours=1 if "%z" not in form else 0
        )
        assert found.time.replace(tzinfo=None) == published.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 month ago", "2026-02-28"),
        ("1 month 1 day ago", "2026-02-27"),
        ("6 months ago", "2025-09-30"),
        ("13 months ago", "2025-02-28"),
        ("2 years ago", "2024-03-31"),
    ],
)
def test_months_of_an_age_are_those_of_the_calendar(text: str, day: str) -> None:
    assert moment(text, datetime(2026, 3, 31, 14, tzinfo=UTC), BERLIN)[:10] == day


def test_an_age_before_the_year_1_is_no_time() -> None:
    assert read("100 years ago", datetime(50, 1, 1, tzinfo=UTC), BERLIN) is None


@pytest.mark.parametrize("text", ["12 June 2041", "12 June 2041, 17:10", "2041-06-12T17:10", "14 June 2025, 23:00"])
def test_what_lies_further_ahead_than_zones_differ_has_no_time(text: str) -> None:
    assert read(text) is None
