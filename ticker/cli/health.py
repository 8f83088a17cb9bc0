"""The health of sources, judged from the results of earlier fetches."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ticker.fetch_state import FetchHistory, HeadlineHistory, SourceState, interval_until, postponed_until
from ticker.pipeline import NO_MATCH
from ticker.settings import Source
from ticker.stats.gaps import gap_threshold, usual_pause
from ticker.urls import without_credentials

LEAST_FAILURES = 3
FAILING_FOR = timedelta(hours=3)
"""A source is failing after this many failures in a row over this long; a restarting server recovers sooner."""
MIN_EMPTY_RUNS = 2
"""Runs in a row without headlines that make a problem; a single one may be accidental."""
UNTRIED_FOR = timedelta(days=2)
"""A source not tried for this long is a problem; backoff delays a source by at most a day."""
MIN_FREE_BYTES = 500_000_000
"""Bytes of free disk space below which status warns: a year of some sources, less than building an index needs."""


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source with its state (None if never fetched) and its problem ("" if healthy).

    ``next_try`` is when the next run that fetches all sources may try it, None if at once. ``moved_to`` is the URL of a
    permanent redirect, if any.
    """

    source: Source
    state: SourceState | None
    next_try: datetime | None = None
    problem: str = ""
    moved_to: str | None = None

    @property
    def result(self) -> str:
        """The result of the last fetch, in a few words."""
        state = self.state
        if state is None:
            return "never fetched"
        if state.error:
            return state.error
        if state.unchanged:
            return "unchanged"
        return f"{state.headlines:,} headline{'' if state.headlines == 1 else 's'}, {state.new:,} new"


def assess_sources(sources: Sequence[Source], history: FetchHistory, now: datetime) -> list[SourceHealth]:
    """Return the health ``now`` (aware) of each source, as the history of fetches shows it."""
    states, pauses, histories = history.states(), history.pauses(), history.headline_histories()
    moves, misses = history.moves(), history.misses()
    healths = []
    for source in sources:
        state, key = states.get(source.name), (source.name, source.shown)
        if state is None or state.url != source.shown:
            healths.append(SourceHealth(source, None))
            continue
        headlines = histories.get(source.name)
        if headlines is None or headlines.url != state.url:
            headlines = HeadlineHistory(state.url)
        interval = timedelta(seconds=source.interval)
        problem = (
            _never_worked(state, headlines)
            or _failing(state, now)
            or _bare(headlines, source.name)
            or _untried(state, interval, now)
            or _silent(state, pauses.get(source.name, ()))
            or _missed(*misses.get(key, ("", 0)))
        )
        next_tries = postponed_until(state, now), interval_until(state, interval, now)
        next_try = max(filter(None, next_tries), default=None)
        healths.append(SourceHealth(source, state, next_try, problem, moves.get(key)))
    return healths


def no_headlines(headline_history: HeadlineHistory, name: str) -> str:
    """Return the warning for a source whose page was fetched and has no headlines."""
    since = f" since {headline_history.listed:%Y-%m-%d %H:%M} UTC" if headline_history.listed else ""
    runs = "1 run" if headline_history.bare == 1 else f"{headline_history.bare:,} runs in a row"
    reason = headline_history.reason or "the site was rebuilt, or shows another page"
    hint = f"to see how the page is parsed: {shlex.join(['ticker', 'sources', 'check', name, '--explain'])}"
    return f"no headlines{since}, in {runs}; likely reason: {reason}; {hint}"


def move_hint(name: str, address: str, moved_to: str) -> str:
    """Return the hint for a source whose URL moved permanently; the command comes last, for copying."""
    command = shlex.join(["ticker", "sources", "set", name, "--url", moved_to])
    has_login = address != without_credentials(address)
    login = " (add the user name and the password, which are not shown)" if has_login else ""
    return f"{name}: moved permanently to {moved_to}; to use the new URL{login}: {command}"


def format_duration(span: timedelta) -> str:
    """Format a duration for people: ``5 min``, ``3 h``, ``12 days``."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def _never_worked(state: SourceState, headline_history: HeadlineHistory) -> str:
    # After a run with a wrong clock, failing_since may be later than tried.
    is_first = state.failing_since is None or state.failing_since >= state.tried
    if state.succeeded or not state.failures or (is_first and not headline_history.skipped):
        return ""
    tries = "1 try" if state.failures == 1 else f"{state.failures:,} tries"
    return f"never fetched successfully: {tries}, last error: {state.error}"


def _bare(headline_history: HeadlineHistory, name: str) -> str:
    return no_headlines(headline_history, name) if headline_history.bare >= MIN_EMPTY_RUNS else ""


def _failing(state: SourceState, now: datetime) -> str:
    since = state.failing_since
    if state.failures < LEAST_FAILURES or since is None or now - since < FAILING_FOR:
        return ""
    return f"failing for {format_duration(now - since)}, {state.failures:,} times in a row: {state.error}"


def _untried(state: SourceState, interval: timedelta, now: datetime) -> str:
    last = max(state.tried + interval, state.not_before or state.tried)
    return f"not fetched for {format_duration(now - state.tried)}: is cron running?" if now - last > UNTRIED_FOR else ""


def _silent(state: SourceState, pauses: Sequence[float]) -> str:
    usual = usual_pause(pauses)
    if usual is None or state.news is None or state.succeeded is None:
        return ""
    silence = state.succeeded - state.news  # not until now: nothing new can arrive without a fetch
    if silence.total_seconds() <= gap_threshold(usual):
        return ""
    return f"nothing new for {format_duration(silence)}; usual is up to {format_duration(timedelta(seconds=usual))}"


def _missed(selector: str, runs: int) -> str:
    return f"{NO_MATCH}{selector}; in {runs:,} runs in a row" if runs >= MIN_EMPTY_RUNS else ""
