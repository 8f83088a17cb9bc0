"""Which failures to retry, and how long to wait before."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

# The 5xx statuses for which a retry cannot help (RFC 9110, 15.6.2 and 15.6.6).
_FINAL = frozenset({HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.HTTP_VERSION_NOT_SUPPORTED})
_PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_SECONDS = re.compile(r"\d{1,10}")


def is_temporary(status: int) -> bool:
    """Return whether a status is temporary, so a retry may succeed."""
    return status in _PASSING or (500 <= status < 600 and status not in _FINAL)


def retry_after(header: str | None, now: datetime) -> float | None:
    """Return the wait in seconds of a Retry-After header, a number or an HTTP date; None if it is neither.

    ``now`` is aware. A date in the past gives 0.
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
    """Return the seconds to wait after the failed ``attempt`` (from 1): ``base``, doubled with each attempt.

    ``random`` returns numbers from 0 to 1. It scales half of the wait, so clients that failed together do not retry
    together ("equal jitter", https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
    """
    return float(base * 2 ** (attempt - 1) * (0.5 + random() / 2))


def status_line(status: int) -> str:
    """Return a status with its phrase: ``HTTP 404 Not Found``."""
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"
