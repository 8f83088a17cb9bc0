"""Tests of the backoff of failing sources."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticker.fetch_state import FetchResult, SourceState, postponed_until
from ticker.fetch_state.schedule import EARLY, FIRST_WAIT, LONGEST_ASKED, LONGEST_WAIT, next_state

NOW = datetime(2025, 6, 12, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def failed(at: datetime, **more: object) -> FetchResult:
    return FetchResult("a", "https://a.example/", at, error="HTTP 503", **more)  # type: ignore[arg-type]


def went_well(at: datetime, new: int = 0) -> FetchResult:
    return FetchResult("a", "https://a.example/", at, headlines=7, new=new)


def run_every(step: timedelta, days: int, attempt: object = failed) -> list[datetime]:
    """Return the attempts on a source that always fails, for runs every ``step``."""
    tried, state, moment = [], None, NOW
    while moment < NOW + days * DAY:
        if state is None or not postponed_until(state, moment):
            tried.append(moment)
            state = next_state(attempt(moment), state)  # type: ignore[operator]
        moment += step
    return tried


def test_the_pause_doubles_up_to_a_day() -> None:
    tried = run_every(15 * MINUTE, 5)
    pauses = [after - before for before, after in zip(tried, tried[1:], strict=False)]
    assert pauses[:8] == [15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, DAY]
    assert set(pauses[8:]) == {DAY}


def test_cron_s_seconds_cost_no_turn() -> None:
    state = next_state(failed(NOW + timedelta(seconds=40)), None)
    assert postponed_until(state, NOW + FIRST_WAIT) is None
    assert postponed_until(state, NOW + FIRST_WAIT - MINUTE)


def test_success_ends_it() -> None:
    state = next_state(failed(NOW + HOUR), next_state(failed(NOW), None))
    assert (state.failures, state.failing_since, state.wait) == (2, NOW, 2 * FIRST_WAIT)
    state = next_state(went_well(NOW + 2 * HOUR), state)
    assert (state.failures, state.failing_since, state.not_before, state.succeeded) == (0, None, None, NOW + 2 * HOUR)
    assert next_state(failed(NOW + 3 * HOUR), state).wait == FIRST_WAIT


def test_one_that_is_named_before_its_turn_makes_nothing_worse() -> None:
    state = next_state(failed(NOW), None)
    again = next_state(failed(NOW + MINUTE), state)
    assert (again.failures, again.wait, again.not_before) == (2, state.wait, state.not_before)


@pytest.mark.parametrize(
    ("asked", "pause"), [(30.0, FIRST_WAIT), (6 * 3600.0, 6 * HOUR), (1e9, LONGEST_ASKED), (None, FIRST_WAIT)]
)
def test_what_the_server_asks_counts_up_to_a_week(asked: float | None, pause: timedelta) -> None:
    assert next_state(failed(NOW, retry_after=asked), None).not_before == NOW + pause


def test_a_network_that_is_away_counts_and_puts_nothing_off() -> None:
    def offline(moment: datetime) -> FetchResult:
        return FetchResult("a", "https://a.example/", moment, error="DNS", offline=True)

    assert len(run_every(15 * MINUTE, 1, offline)) == 96
    state = None
    for number in range(96):
        state = next_state(offline(NOW + number * 15 * MINUTE), state)
    assert state and state.failures == 96
    assert next_state(failed(NOW + 2 * DAY), state).wait == FIRST_WAIT
    asked = next_state(failed(NOW, retry_after=9 * 3600.0), None)
    assert next_state(offline(NOW + HOUR), asked).not_before == NOW + 9 * HOUR


@pytest.mark.parametrize("wrong", [timedelta(days=365), timedelta(days=-365), timedelta(hours=9)])
def test_a_clock_that_was_wrong_for_one_run_puts_nothing_off(wrong: timedelta) -> None:
    state = next_state(failed(NOW - HOUR), next_state(went_well(NOW - DAY, new=3), None))
    state = next_state(failed(NOW + wrong, retry_after=1e9), state)
    assert postponed_until(state, NOW + HOUR) is None
    state = next_state(failed(NOW + HOUR), state)
    assert state.not_before and state.not_before <= NOW + HOUR + LONGEST_WAIT
    assert all(moment is None or moment <= NOW + HOUR for moment in (state.tried, state.succeeded, state.news))


def test_another_address_is_another_page() -> None:
    state = next_state(failed(NOW), None)
    moved = next_state(FetchResult("a", "https://b.example/", NOW + MINUTE, error="HTTP 404"), state)
    assert (moved.failures, moved.failing_since) == (1, NOW + MINUTE)


MOMENTS = st.floats(-5e3, 5e3).map(lambda days: NOW + days * DAY)


@given(
    st.lists(
        st.builds(
            FetchResult,
            st.just("a"),
            st.sampled_from(["https://a.example/", "https://b.example/"]),
            MOMENTS,
            error=st.sampled_from(["", "DNS", "HTTP 503"]),
            retry_after=st.none() | st.floats(0, 1e12),
            offline=st.booleans(),
            new=st.integers(0, 3),
        ),
        min_size=1,
        max_size=12,
    ),
    MOMENTS,
)
def test_no_history_puts_off_for_longer_than_a_week(history: list[FetchResult], now: datetime) -> None:
    state: SourceState | None = None
    for attempt in history:
        state = next_state(attempt, state)
    assert state
    until = postponed_until(state, now)
    assert until is None or now + EARLY < until <= now + LONGEST_ASKED + EARLY
    assert (state.failures == 0) == (not history[-1].error)


def test_one_failure_by_a_clock_a_year_behind_begins_no_series() -> None:
    state = next_state(failed(NOW - 365 * DAY), None)
    state = next_state(failed(NOW + MINUTE), next_state(failed(NOW), state))
    assert (state.failures, state.failing_since) == (2, NOW)
