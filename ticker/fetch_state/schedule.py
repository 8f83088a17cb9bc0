"""The backoff of failing sources, and the state it is computed from.

After a failure a source is skipped for 15 minutes, and for twice as long after each further failure, up to a day. A
longer Retry-After takes precedence, up to a week. A success ends the backoff. There is no jitter, because the minute of
the crontab already spreads the load.

If no source of a run reached a server, the failures are the network's. They are counted, but cause no backoff, because
the next attempt costs at most a DNS query.

A wrong clock in one run does no harm: attempts in the future are ignored, and no backoff exceeds a week from its
attempt.

A page that no longer shows headlines gives no error: the site shows a consent page or was redesigned, or the source's
selectors match nothing. Therefore the runs are counted in which the page was fetched but showed no headlines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=1)
LONGEST_ASKED = timedelta(days=7)
EARLY = timedelta(minutes=1)
"""A run that is early by this much is on time, because cron and clocks are not exact."""


@dataclass(frozen=True, slots=True)
class FetchResult:
    """The result of fetching a source, in a run that began ``at`` (aware).

    ``error`` is the short name of the failure, "" for a success. ``retry_after`` is in seconds. ``offline`` means that
    no source of the run reached a server. ``headlines`` counts those on the page, ``new`` the stored lines; both are 0
    for an ``unchanged`` page. ``nothing_found`` means that the page was fetched but has no content, which is then the
    ``error``. ``reason`` is the likely reason for missing headlines. ``redirected_to`` is the target of a redirect to
    another page, or "". ``moved_to`` is the target of a permanent redirect. ``missed`` are the source's selectors that
    match nothing, as messages name them.
    """

    source: str
    url: str
    at: datetime
    error: str = ""
    retry_after: float | None = None
    offline: bool = False
    headlines: int = 0
    new: int = 0
    unchanged: bool = False
    nothing_found: bool = False
    reason: str = ""
    redirected_to: str = ""
    moved_to: str | None = None
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceState:
    """The state of a source at ``url``; all times are aware.

    ``tried`` is the time of the last attempt, ``succeeded`` of the last success. ``error``, ``headlines``, ``new``
    and ``unchanged`` are from the last attempt, as in ``FetchResult``. ``failures`` counts consecutive failures, the
    first of them at ``failing_since``. ``wait`` is the backoff of the last failure and ``not_before`` its end. ``news``
    is the time of the last new line.
    """

    url: str
    tried: datetime
    succeeded: datetime | None = None
    error: str = ""
    headlines: int = 0
    new: int = 0
    unchanged: bool = False
    failures: int = 0
    failing_since: datetime | None = None
    wait: timedelta = timedelta(0)
    not_before: datetime | None = None
    news: datetime | None = None


def postponed_until(state: SourceState, now: datetime) -> datetime | None:
    """Return the end of the source's backoff, or None if it may be fetched ``now``."""
    if state.not_before is None or state.tried > now + EARLY or state.not_before - state.tried > LONGEST_ASKED:
        return None
    return state.not_before if state.not_before > now + EARLY else None


def interval_until(state: SourceState, interval: timedelta, now: datetime) -> datetime | None:
    """Return the end of the source's ``interval`` since the last attempt, or None if it may be fetched ``now``.

    An attempt that failed without network does not count.
    """
    was_asked = not state.error or state.not_before is not None
    until = state.tried + interval
    return until if was_asked and state.tried <= now + EARLY and until > now + EARLY else None


def next_state(attempt: FetchResult, before: SourceState | None) -> SourceState:
    """Return the state of a source after an attempt, given its state ``before``."""
    at = attempt.at
    if before is None or before.url != attempt.url:
        before = SourceState(attempt.url, at)
    postponed = postponed_until(before, at)
    state = replace(
        before,
        tried=at,
        error=attempt.error,
        headlines=attempt.headlines,
        new=attempt.new,
        unchanged=attempt.unchanged,
        news=at if attempt.new else _past(before.news, at),
    )
    if not attempt.error:
        return replace(state, succeeded=at, failures=0, failing_since=None, wait=timedelta(0), not_before=None)
    if at - before.tried > LONGEST_ASKED + LONGEST_WAIT:  # long off, or a wrong clock: restart the series
        before = replace(before, failures=0, failing_since=None, wait=timedelta(0))
    state = replace(
        state,
        succeeded=_past(before.succeeded, at),
        failures=before.failures + 1,
        failing_since=_past(before.failing_since, at) or at,
        not_before=postponed,
    )
    if attempt.offline or attempt.nothing_found:  # a server that answers with a page needs no backoff
        return state
    # An attempt during the backoff, requested by name, does not extend it.
    wait = before.wait if postponed else min(max(2 * before.wait, FIRST_WAIT), LONGEST_WAIT)
    asked = timedelta(seconds=min(attempt.retry_after or 0.0, LONGEST_ASKED.total_seconds()))
    return replace(state, wait=wait, not_before=max(postponed or at + wait, at + asked))


def pause_before(attempt: FetchResult, before: SourceState | None) -> timedelta | None:
    """Return the time since the last new line if the attempt brought new ones; None if not, or unknown."""
    news = _past(before.news, attempt.at) if before and before.url == attempt.url else None
    return max(attempt.at - news, timedelta(0)) if attempt.new and news else None


def _past(moment: datetime | None, now: datetime) -> datetime | None:
    """Return ``moment``, or None if it is in the future because the clock was wrong."""
    return moment if moment and moment <= now + EARLY else None


@dataclass(frozen=True, slots=True)
class HeadlineHistory:
    """The headline history of a source at ``url``.

    ``listed`` is when its page last showed headlines (aware), None for never. ``bare`` counts the consecutive runs
    since then in which the fetched page showed none; ``reason`` is the likely reason, or "". ``skipped`` counts the
    runs that skipped the source since the last fetch.
    """

    url: str
    listed: datetime | None = None
    bare: int = 0
    reason: str = ""
    skipped: int = 0


def next_headline_history(attempt: FetchResult, before: HeadlineHistory | None) -> HeadlineHistory:
    """Return the headline history of a source after an attempt.

    A page that never showed headlines may be an article, so its runs count only if a reason is known.
    """
    if before is None or before.url != attempt.url:
        before = HeadlineHistory(attempt.url)
    before = replace(before, skipped=0)
    if attempt.unchanged:
        return replace(before, bare=before.bare + 1) if before.bare else before
    if attempt.error and not attempt.nothing_found:
        return before
    if attempt.headlines:
        return HeadlineHistory(attempt.url, attempt.at)
    if before.listed or attempt.reason:
        reason = attempt.reason or (f"its address leads to {attempt.redirected_to}" if attempt.redirected_to else "")
        return replace(before, bare=before.bare + 1, reason=reason)
    return before


def derive_headline_history(state: SourceState) -> HeadlineHistory:
    """Derive the headline history from a state of an older version, which did not count such runs."""
    return HeadlineHistory(state.url, state.tried if state.headlines else state.news)
