"""When to ask again, and how long to wait before. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

# Of the statuses of 5xx, these two say that asking again will not help (RFC 9110, 15.6.2 and 15.6.6).
_FINAL = frozenset({HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.HTTP_VERSION_NOT_SUPPORTED})
_PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_SECONDS = re.compile(r"\d{1,10}")


def may_pass(status: int) -> bool:
    """Whether the same request may be answered otherwise a little later."""
    return status in _PASSING or (500 <= status < 600 and status not in _FINAL)


def retry_after(header: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or as an HTTP date; None where it is neither.

    ``now`` is aware. A date that is past asks for 0.
    """
    text = (header or "").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def backoff(attempt: int, base: float, random: Callable[[], float]) -> float:
    """The seconds to wait after the failed ``attempt`` (1 for the first): ``base``, doubled with each.

    ``random`` gives numbers from 0 to 1; half of the wait is left to it, so that clients that failed together do
    not come back together ("equal jitter", https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
    """
    return float(base * 2 ** (attempt - 1) * (0.5 + random() / 2))


def status_line(status: int) -> str:
    """A status as people know it: ``HTTP 404 Not Found``."""
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"
