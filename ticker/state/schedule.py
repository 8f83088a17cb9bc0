"""When a source that fails is tried again, and what is remembered of it. Pure.

After a failure a source is left alone for 15 minutes, after each further one for twice as long, up to a day; for as
long as the server asks by Retry-After where that is longer, up to a week. A success ends it. No chance is in it: a run
from cron is spread already by its minute.

A failure at which no server was reached by any source of the run is the network's: it counts, and postpones nothing,
since who is asked next time is the name server at most.

A clock that was wrong for one run does no harm: what was tried in the future was not, and nothing is put off for longer
than a week from when it was tried.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=1)
LONGEST_ASKED = timedelta(days=7)
EARLY = timedelta(minutes=1)
"""A run comes so much too early and still counts: neither cron nor clocks are exact."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of fetching a source, by a run that began ``at`` (aware).

    ``error`` is the short name of what failed, "" for a success. ``retry_after`` are the seconds after which the server
    asks to come again; ``offline`` says that no server was reached by the run. ``headlines`` is how many the page
    shows, ``new`` how many lines were stored; an ``unchanged`` page has neither. ``nothing_found`` is set where the
    ``error`` is that the page came in and shows nothing; ``reason`` is the likely reason why it shows no headlines;
    ``led_to`` is where its address leads to, "" where that is its own page. ``moved_to`` is where its address has
    moved to for good. ``missed`` are the source's own selectors that find nothing, as messages name them.
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
    led_to: str = ""
    moved_to: str | None = None
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source at ``url``; all moments are aware.

    ``tried`` and ``succeeded`` are when it was last fetched, and last fetched with success; ``error``, ``headlines``,
    ``new`` and ``unchanged`` what came of the last try, as in ``Attempt``. ``failures`` is how many tries in a row
    failed, the first of them at ``failing_since``. ``wait`` is the pause that the last failure cost, ``not_before``
    its end. ``news`` is when something new last came.
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
    """Until when a source that failed is left alone; None where it may be fetched ``now``."""
    if state.not_before is None or state.tried > now + EARLY or state.not_before - state.tried > LONGEST_ASKED:
        return None
    return state.not_before if state.not_before > now + EARLY else None


def resting_until(state: SourceState, interval: timedelta, now: datetime) -> datetime | None:
    """Return until when a source is left alone that is not to be fetched oftener than every ``interval``.

    None where it may be fetched ``now``. A try at which the network failed does not count.
    """
    was_asked = not state.error or state.not_before is not None
    until = state.tried + interval
    return until if was_asked and state.tried <= now + EARLY and until > now + EARLY else None


def after(attempt: Attempt, before: SourceState | None) -> SourceState:
    """What is remembered of a source after an attempt, where ``before`` was remembered until then."""
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
    if at - before.tried > LONGEST_ASKED + LONGEST_WAIT:  # off for so long, or a clock was wrong: no series goes on
        before = replace(before, failures=0, failing_since=None, wait=timedelta(0))
    state = replace(
        state,
        succeeded=_past(before.succeeded, at),
        failures=before.failures + 1,
        failing_since=_past(before.failing_since, at) or at,
        not_before=postponed,
    )
    if attempt.offline or attempt.nothing_found:  # a server that answers with a page need not be spared
        return state
    # One that was asked for by name before its time makes nothing worse.
    wait = before.wait if postponed else min(max(2 * before.wait, FIRST_WAIT), LONGEST_WAIT)
    asked = timedelta(seconds=min(attempt.retry_after or 0.0, LONGEST_ASKED.total_seconds()))
    return replace(state, wait=wait, not_before=max(postponed or at + wait, at + asked))


def pause_before(attempt: Attempt, before: SourceState | None) -> timedelta | None:
    """How long nothing new had come of a source before an attempt; None where nothing did, or it is not known."""
    news = _past(before.news, attempt.at) if before and before.url == attempt.url else None
    return max(attempt.at - news, timedelta(0)) if attempt.new and news else None


def _past(moment: datetime | None, now: datetime) -> datetime | None:
    """``moment``, unless it is still to come: then the clock was wrong."""
    return moment if moment and moment <= now + EARLY else None
