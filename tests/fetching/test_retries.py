"""Tests of retries and backoff."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fetching.conftest import failure
from tests.servers import Reply, closed_port, in_turn, serve
from ticker.errors import HttpError
from ticker.fetching import Fetcher
from ticker.fetching.retry import backoff, is_temporary, retry_after
from ticker.settings.model import FetchSettings

NOW = datetime(2025, 6, 12, 12, tzinfo=UTC)


@pytest.mark.parametrize("trouble", [Reply(503), Reply(500), Reply(429), Reply(raw=[]), Reply(body="<h1>x", cut=2)])
def test_page_comes_in_after_a_retry(make: Callable[..., Fetcher], waits: list[float], trouble: Reply):
    with serve({"/": in_turn(trouble, "<h1>x")}) as server:
        assert make(retries=2, backoff=8).fetch(server.url()).body == b"<h1>x"
    assert server.count("/") == 2
    assert len(waits) == 1 and 4 <= waits[0] <= 8


def test_waits_double_and_then_it_is_given_up(make: Callable[..., Fetcher], waits: list[float]):
    with serve({"/": Reply(503)}) as server:
        error = failure(make(retries=3, backoff=8), server.url())
    assert isinstance(error, HttpError)
    assert (error.status, error.cause) == (503, "HTTP 503")
    assert "HTTP 503 Service Unavailable (after 4 attempts)" in str(error)
    assert server.count("/") == 4
    assert [4 <= waits[0] <= 8, 8 <= waits[1] <= 16, 16 <= waits[2] <= 32] == [True] * 3


def test_refused_connection_is_tried_again(make: Callable[..., Fetcher], waits: list[float]):
    failure(make(retries=2, ignore_robots=True), f"http://127.0.0.1:{closed_port()}/")
    assert len(waits) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501, 505])
def test_final_status_is_not_asked_again(make: Callable[..., Fetcher], waits: list[float], status: int):
    with serve({"/": Reply(status)}) as server:
        failure(make(retries=2), server.url())
    assert server.count("/") == 1 and waits == []


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_respected(make: Callable[..., Fetcher], waits: list[float], status: int):
    with serve({"/": in_turn(Reply(status, headers={"Retry-After": "17"}), "<h1>x")}) as server:
        make(retries=1).fetch(server.url())
    assert waits == [17]


def test_retry_after_may_be_a_date(waits: list[float]):
    date = format_datetime(NOW + timedelta(seconds=42), usegmt=True)
    with (
        serve({"/": in_turn(Reply(503, headers={"Retry-After": date}), "<h1>x")}) as server,
        Fetcher(FetchSettings(pause=0), clock=lambda: NOW, sleep=waits.append) as fetcher,
    ):
        fetcher.fetch(server.url())
    assert waits == [42]


def test_retry_after_above_the_limit_gives_up_at_once(make: Callable[..., Fetcher], waits: list[float]):
    with serve({"/": Reply(429, headers={"Retry-After": "3600"})}) as server:
        error = failure(make(retries=5, max_retry_after=60), server.url())
    assert (error.cause, server.count("/"), waits) == ("HTTP 429", 1, [])
    assert "3600 s" in str(error)


def test_verbose_log_tells_of_retries(make: Callable[..., Fetcher], caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO, logger="ticker")
    with serve({"/": in_turn(Reply(503), "<h1>x")}) as server:
        make(retries=1).fetch(server.url())
    assert [record.levelname for record in caplog.records] == ["INFO"]
    assert f"{server.url()}: HTTP 503 Service Unavailable; retrying in" in caplog.text


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", 0),
        (" 120 ", 120),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("Thu, 12 Jun 2025 12:00:30 GMT", 30),
        ("Thu, 12 Jun 2025 12:00:30", 30),
        ("Thursday, 12-Jun-25 12:00:30 GMT", 30),
        ("Thu, 12 Jun 2025 11:00:00 GMT", 0),
        ("Thu, 99 Jun 2025 11:00:00 GMT", None),
    ],
)
def test_reading_retry_after(header: str | None, seconds: float | None):
    assert retry_after(header, NOW) == seconds


@given(st.text() | st.from_regex(r"\w{3}, \d\d \w{3} \d{1,5} \d\d:\d\d:\d\d( [+-]\d{4,9})?", fullmatch=True))
def test_any_retry_after_is_read_or_passed_over(header: str):
    seconds = retry_after(header, NOW)
    assert seconds is None or seconds >= 0


@given(st.integers(1, 20), st.floats(0, 100), st.floats(0, 1))
def test_backoff_stays_between_half_and_whole(attempt: int, base: float, chance: float):
    whole = base * 2 ** (attempt - 1)
    assert whole / 2 <= backoff(attempt, base, lambda: chance) <= whole


def test_statuses_that_may_pass():
    assert {status for status in range(100, 600) if is_temporary(status)} == {408, 425, 429, *range(500, 600)} - {
        501,
        505,
    }
