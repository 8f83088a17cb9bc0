"""Detection of sources whose pages no longer show headlines.

Such a page gives no error: the site shows a consent page or was redesigned, or the source's selectors match nothing.
Therefore the runs are counted in which the page was fetched but showed no headlines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ticker.state.schedule import Attempt, SourceState


@dataclass(frozen=True, slots=True)
class Showing:
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


def showing_after(attempt: Attempt, before: Showing | None) -> Showing:
    """Return the headline history of a source after an attempt.

    A page that never showed headlines may be an article, so its runs count only if a reason is known.
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
    """Derive the headline history from a state of an older version, which did not count such runs."""
    return Showing(state.url, state.tried if state.headlines else state.news)
