"""Whether the page of a source still shows headlines. Pure.

A source that gave headlines and gives none any more answers without an error: its site shows a consent page, was
rebuilt, or the source's own selectors find nothing. So the runs are counted in which the page came in and showed none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ticker.state.schedule import Attempt, SourceState


@dataclass(frozen=True, slots=True)
class Showing:
    """What is remembered of the headlines of a source at ``url``.

    ``listed`` is when its page last showed some (aware), None where it never did. ``bare`` is the number of runs in a
    row since then in which the page came in and showed none, ``reason`` the likely reason, "" where none is known.
    ``skipped`` is the number of runs that passed the source over since it was last fetched.
    """

    url: str
    listed: datetime | None = None
    bare: int = 0
    reason: str = ""
    skipped: int = 0


def showing_after(attempt: Attempt, before: Showing | None) -> Showing:
    """Return what is remembered of a source's headlines after an attempt.

    A page that never showed any may be that of an article, so its runs count only where the reason is known.
    """
    if before is None or before.url != attempt.url:
        before = Showing(attempt.url)
    before = replace(before, skipped=0)
    if attempt.unchanged:
        return replace(before, bare=before.bare + 1) if before.bare else before
    if attempt.error and not attempt.nothing_found:
        return before
    if attempt.headlines:
        return Showing(attempt.url, attempt.at)
    if before.listed or attempt.reason:
        reason = attempt.reason or (f"its address leads to {attempt.led_to}" if attempt.led_to else "")
        return replace(before, bare=before.bare + 1, reason=reason)
    return before


def showing_of(state: SourceState) -> Showing:
    """Return what follows from a state that an older version remembered, which did not count such runs."""
    return Showing(state.url, state.tried if state.headlines else state.news)
