"""What people type after --since and --until."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticker.errors import TimeError
from ticker.times import read_span

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 6, 12, 18, 30, tzinfo=BERLIN)  # a Thursday


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025-06-12", "2025-06-12T00:00+02:00", "2025-06-13T00:00+02:00"),
        ("2025-06", "2025-06-01T00:00+02:00", "2025-07-01T00:00+02:00"),
        ("2024-12", "2024-12-01T00:00+01:00", "2025-01-01T00:00+01:00"),
        ("2025", "2025-01-01T00:00+01:00", "2026-01-01T00:00+01:00"),
        ("2025-06-12 17:10", "2025-06-12T17:10+02:00", "2025-06-12T17:11+02:00"),
        ("2025-06-12T17:10+01:00", "2025-06-12T18:10+02:00", "2025-06-12T18:11+02:00"),
        ("2025-06-12T17:10:22Z", "2025-06-12T19:10:22+02:00", "2025-06-12T19:10:23+02:00"),
        ("2024-10-27 02:30", "2024-10-27T02:30+02:00", "2024-10-27T02:31+01:00"),  # the clock shows it twice
        ("2025-03-30 02:30", "2025-03-30T03:30+02:00", "2025-03-30T03:31+02:00"),  # and here never
        ("17:10", "2025-06-12T17:10+02:00", "2025-06-12T17:11+02:00"),
        ("23:10", "2025-06-12T23:10+02:00", "2025-06-12T23:11+02:00"),
        ("5pm", "2025-06-12T17:00+02:00", "2025-06-12T17:01+02:00"),
        ("now", "2025-06-12T18:30+02:00", "2025-06-12T18:30+02:00"),
        ("today", "2025-06-12T00:00+02:00", "2025-06-13T00:00+02:00"),
        ("Yesterday", "2025-06-11T00:00+02:00", "2025-06-12T00:00+02:00"),
        ("yesterday 18:00", "2025-06-11T18:00+02:00", "2025-06-11T18:01+02:00"),
        ("gestern 18:00", "2025-06-11T18:00+02:00", "2025-06-11T18:01+02:00"),
        ("2 days ago", "2025-06-10T18:30+02:00", "2025-06-10T18:30+02:00"),
        ("vor 2 Stunden", "2025-06-12T16:30+02:00", "2025-06-12T16:30+02:00"),
        ("6h", "2025-06-12T12:30+02:00", "2025-06-12T12:30+02:00"),
        ("90m", "2025-06-12T17:00+02:00", "2025-06-12T17:00+02:00"),
        ("3d", "2025-06-09T18:30+02:00", "2025-06-09T18:30+02:00"),
        ("2w", "2025-05-29T18:30+02:00", "2025-05-29T18:30+02:00"),
        ("100d", "2025-03-04T18:30+01:00", "2025-03-04T18:30+01:00"),
        ("1 month", "2025-05-12T18:30+02:00", "2025-05-12T18:30+02:00"),
        ("2 years ago", "2023-06-12T18:30+02:00", "2023-06-12T18:30+02:00"),
        ("this week", "2025-06-09T00:00+02:00", "2025-06-16T00:00+02:00"),
        ("last week", "2025-06-02T00:00+02:00", "2025-06-09T00:00+02:00"),
        ("this month", "2025-06-01T00:00+02:00", "2025-07-01T00:00+02:00"),
        ("last month", "2025-05-01T00:00+02:00", "2025-06-01T00:00+02:00"),
        ("last year", "2024-01-01T00:00+01:00", "2025-01-01T00:00+01:00"),
        ("monday", "2025-06-09T00:00+02:00", "2025-06-10T00:00+02:00"),
        ("Thursday", "2025-06-12T00:00+02:00", "2025-06-13T00:00+02:00"),
        ("last thursday", "2025-06-05T00:00+02:00", "2025-06-06T00:00+02:00"),
        ("fri", "2025-06-06T00:00+02:00", "2025-06-07T00:00+02:00"),
        ("monday 18:00", "2025-06-09T18:00+02:00", "2025-06-09T18:01+02:00"),
        ("12 June 2025", "2025-06-12T00:00+02:00", "2025-06-13T00:00+02:00"),
        ("12.06.2025", "2025-06-12T00:00+02:00", "2025-06-13T00:00+02:00"),
        ("20 June", "2024-06-20T00:00+02:00", "2024-06-21T00:00+02:00"),
        ("2026-01-01", "2026-01-01T00:00+01:00", "2026-01-02T00:00+01:00"),
        ("  2025-06-12  ", "2025-06-12T00:00+02:00", "2025-06-13T00:00+02:00"),
        # The days on which the clock changes have 23 and 25 hours.
        ("2025-03-30", "2025-03-30T00:00+01:00", "2025-03-31T00:00+02:00"),
        ("2025-10-26", "2025-10-26T00:00+02:00", "2025-10-27T00:00+01:00"),
    ],
)
def test_spans(text: str, start: str, end: str) -> None:
    span = read_span(text, NOW)
    # As moments: Python takes times of two zones for different in an hour that occurs twice.
    moments = [datetime.fromisoformat(text).timestamp() for text in (start, end)]
    assert [span.start.timestamp(), span.end.timestamp()] == moments
    assert span.start.tzinfo is span.end.tzinfo is BERLIN


def test_hours_are_counted_on_the_clock_and_days_on_the_calendar() -> None:
    morning = datetime(2025, 3, 30, 12, 0, tzinfo=BERLIN)
    assert read_span("24h", morning).start.isoformat() == "2025-03-29T11:00:00+01:00"
    assert read_span("1d", morning).start.isoformat() == "2025-03-29T12:00:00+01:00"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "foo", "2025-13", "2025-02-30", "25:10", "last foo", "99999999y", "999999d", "0000", "0001-01-01",
        "9999-12", "12", "yesterday tomorrow", "6 parsecs", "-3d", "2025-06-12 to 2025-06-13", "\n", "x" * 500,
    ],
)  # fmt: skip
def test_wrong_ones_are_quoted_and_told_what_is_possible(text: str) -> None:
    with pytest.raises(TimeError) as raised:
        read_span(text, NOW)
    message = str(raised.value)
    assert message.startswith(repr(text[:80]))
    assert '"yesterday 18:00"' in message
    assert "\n" not in message


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        read_span("today", datetime(2025, 6, 12))  # noqa: DTZ001


@given(st.dates(datetime(1950, 1, 1).date(), datetime(2090, 1, 1).date()))  # noqa: DTZ001
def test_every_day_is_its_own_span(day) -> None:  # type: ignore[no-untyped-def]
    span = read_span(day.isoformat(), NOW)
    assert span.start.date() == day
    assert span.end.date() == day + timedelta(days=1)
    assert (span.start.hour, span.end.hour) == (0, 0)


@given(st.text(max_size=40))
def test_any_text_gives_a_span_or_a_time_error(text: str) -> None:
    try:
        span = read_span(text, NOW)
    except TimeError:
        return
    assert span.start <= span.end
