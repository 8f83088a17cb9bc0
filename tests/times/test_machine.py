"""Tests of machine-readable times, in every format that pages use."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticker.times.machine import read_machine_time

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-02-19T19:32:07+0200", "2019-02-19T19:32:07+02:00 exact"),
        ("2019-02-19T19:32:07+02:00", "2019-02-19T19:32:07+02:00 exact"),
        ("2019-02-19T19:32:07+02", "2019-02-19T19:32:07+02:00 exact"),
        ("2019-02-19 19:32:07 +02:00", "2019-02-19T19:32:07+02:00 exact"),
        ("2019-02-19 19:32:07 UTC", "2019-02-19T19:32:07+00:00 exact"),
        ("2025-06-12", "2025-06-12T00:00:00+02:00 day"),
        ("2022-08-10 11:05", "2022-08-10T11:05:00+02:00 minute"),
        ("2025-06-12T17:10", "2025-06-12T17:10:00+02:00 minute"),
        ("2025-06-12T17:10Z", "2025-06-12T17:10:00+00:00 minute"),
        ("2025-06-12T17:10:00.123456789Z", "2025-06-12T17:10:00.123456+00:00 exact"),
        ("2025-06-12t17:10:00z", "2025-06-12T17:10:00+00:00 exact"),
        ("20250612T171000Z", "2025-06-12T17:10:00+00:00 exact"),
        ("20250612T1710", "2025-06-12T17:10:00+02:00 minute"),
        ("20250612171000", "2025-06-12T17:10:00+02:00 exact"),
        ("202506121710", "2025-06-12T17:10:00+02:00 minute"),
        ("20250612", "2025-06-12T00:00:00+02:00 day"),
        ("2025-W24-4", "2025-06-12T00:00:00+02:00 day"),
        ("2025-06-12T24:00", "2025-06-13T00:00:00+02:00 minute"),
        ("2025-06-12T24:00:00Z", "2025-06-13T00:00:00+00:00 exact"),
        ("20250612240000", "2025-06-13T00:00:00+02:00 exact"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00 exact"),
        ("2016-12-31 23:59:60 +0000", "2017-01-01T00:00:00+00:00 exact"),
        ("  2025-06-12T17:10:00Z ", "2025-06-12T17:10:00+00:00 exact"),
        ("Sat, 06 Aug 2022 17:07:59 +0000", "2022-08-06T17:07:59+00:00 exact"),
        ("Sat, 6 Aug 2022 17:07:59 GMT", "2022-08-06T17:07:59+00:00 exact"),
        ("Thu, 12 Jun 2025 17:10:00 EST", "2025-06-12T17:10:00-05:00 exact"),
        ("06 Aug 2022 17:07 +0200", "2022-08-06T17:07:00+02:00 minute"),
        ("Wed May 04 2022 10:45:00 GMT+0000 (Coordinated Universal Time)", "2022-05-04T10:45:00+00:00 exact"),
        ("Wed May 04 2022 10:45:00 GMT+0200 (Mitteleuropäische Sommerzeit)", "2022-05-04T10:45:00+02:00 exact"),
        ("Thu Jun 12 17:10:22 CEST 2025", "2025-06-12T17:10:22+02:00 exact"),
        ("1718200000", "2024-06-12T13:46:40+00:00 exact"),
        ("1718200000123", "2024-06-12T13:46:40+00:00 exact"),
        ("1718200000.5", "2024-06-12T13:46:40+00:00 exact"),
        ("12. Juni 2025 17:10", "2025-06-12T17:10:00+02:00 minute"),
        ("12. Juni 2025, 17:10 Uhr", "2025-06-12T17:10:00+02:00 minute"),
        ("June 12, 2025 5:10 PM", "2025-06-12T17:10:00+02:00 minute"),
        ("Thursday, June 12, 2025 - 17:10", "2025-06-12T17:10:00+02:00 minute"),
        ("12/06/2025", "2025-06-12T00:00:00+02:00 day"),
        ("2025/06/12 17:10:22", "2025-06-12T17:10:22+02:00 exact"),
        ("12 juin 2025", "2025-06-12T00:00:00+02:00 day"),
        ("2025年6月12日", "2025-06-12T00:00:00+02:00 day"),
        # Clock changes: a time in the skipped hour moves forward; in the repeated hour, it is the first occurrence.
        ("2025-03-30T02:30", "2025-03-30T03:30:00+02:00 minute"),
        ("2025-10-26T02:30", "2025-10-26T02:30:00+02:00 minute"),
        ("1923-05-01", "1923-05-01T00:00:00+01:00 day"),
    ],
)
def test_what_is_read(value: str, expected: str) -> None:
    found = read_machine_time(value, BERLIN)
    assert found is not None
    assert f"{found[0].isoformat()} {found[1]}" == expected


@pytest.mark.parametrize(
    "value",
    [
        "", "0", "17:10", "2025", "2025-06", "May 2025", "12 June", "yesterday", "0001-01-01", "0001-01-01T00:00:00",
        "1970-01-01T00:00:00Z", "1970-01-01T01:00:00+01:00", "0000-00-00 00:00:00", "2025-02-30", "2025-13-01",
        "9999-12-31T23:59:59-05:00", "12345678", "99999999999", "42", "4102444800", "not a date", "2025-06-12T25:00",
        "Article 12345", "P3D", "PT5M", "Top 10 of 2025", "12:00 2025", "x" * 5000, "2025-06-12" * 20, "(2025)",
        "\x00" * 10,
        "١٢٣٤٥٦٧٨٩", "²²²²-²²-²²",
    ],
)  # fmt: skip
def test_what_is_none(value: str) -> None:
    assert read_machine_time(value, BERLIN) is None


def test_an_unknown_zone_is_the_pages_and_warns_nobody() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = read_machine_time("Thu Jun 12 17:10:22 XYZ 2025", BERLIN)
    assert found is not None
    assert found[0].isoformat() == "2025-06-12T17:10:22+02:00"


MOMENTS = st.datetimes(datetime(1996, 1, 1), datetime(2099, 1, 1))  # noqa: DTZ001
OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


@given(MOMENTS, OFFSETS)
def test_machine_times_come_back(moment: datetime, offset: timezone) -> None:
    moment = moment.replace(microsecond=0, tzinfo=offset)
    shapes = (
        moment.isoformat(),
        moment.isoformat(sep=" "),
        moment.isoformat(timespec="milliseconds"),
        moment.strftime("%Y%m%dT%H%M%S%z"),
        format_datetime(moment),
        moment.strftime("%a %b %d %Y %H:%M:%S GMT%z (Somewhere Standard Time)"),
        str(int(moment.timestamp())),
        str(int(moment.timestamp()) * 1000),
    )
    for value in shapes:
        found = read_machine_time(value, BERLIN)
        assert found is not None, value
        assert found[0].astimezone(UTC) == moment.astimezone(UTC), value
        assert found[1] == "exact"


@given(st.text(max_size=130) | st.from_regex(r"[0-9TZ:+. -]{8,40}", fullmatch=True))
def test_it_never_raises_and_is_always_aware(value: str) -> None:
    found = read_machine_time(value, BERLIN)
    assert found is None or found[0].utcoffset() is not None
