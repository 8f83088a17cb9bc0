"""An HTTP client with pauses between requests to a host, retries and backoff."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http.cookiejar import CookieJar
from typing import TypeVar

from ticker.errors import HttpError
from ticker.fetching.address_policy import Resolver
from ticker.fetching.rate_limit import RateLimiter
from ticker.fetching.request_url import RequestUrl
from ticker.fetching.retry import backoff, is_temporary, retry_after, status_line
from ticker.fetching.transport import Response, TemporaryFailure, Transport
from ticker.settings.model import FetchSettings

log = logging.getLogger("ticker")
T = TypeVar("T")


class Budget:
    """The time left for one page, in seconds; pauses and backoff do not count.

    ``retry_after_left`` is the time left for waits requested by Retry-After, over all redirects and retries.
    """

    def __init__(self, settings: FetchSettings) -> None:
        self.whole = self.left = settings.deadline
        self.retry_after_left = settings.max_retry_after

    @contextmanager
    def spent(self) -> Iterator[float]:
        """Deduct the duration of the block; yield the deadline, a value of ``time.monotonic``."""
        began = time.monotonic()
        try:
            yield began + self.left
        finally:
            self.left -= time.monotonic() - began


class PoliteClient:
    """A thread-safe HTTP client that pauses between requests to a host and retries temporary failures."""

    def __init__(
        self,
        settings: FetchSettings,
        clock: Callable[[], datetime],
        sleep: Callable[[float], object],
        destinations: Resolver,
    ) -> None:
        self._settings = settings
        self._transport = Transport(settings, destinations)
        self._rate_limiter = RateLimiter(sleep, longest=max(settings.pause, settings.max_retry_after))
        self._clock = clock
        self._sleep = sleep

    def ask(
        self,
        url: RequestUrl,
        headers: Mapping[str, str],
        budget: Budget,
        read: Callable[[Response], T],
        *,
        pause: float | None,
        cookies: CookieJar | None = None,
    ) -> T:
        """Send a GET request and return the result of ``read`` for its response.

        ``read`` may read the body while it arrives. It is never called for a temporary status (429, 5xx).
        ``pause`` is passed to ``RateLimiter.turn``. Raises the errors of ``read``; ConnectionFailed or HttpError if all
        retries fail; RobotsDenied if the pause is too long.
        """
        tries = self._settings.retries + 1
        for attempt in range(1, tries + 1):
            try:
                with self._rate_limiter.turn(url.host, pause), budget.spent() as until:
                    return self._once(url, headers, until, read, cookies)
            except (TemporaryFailure, _TemporaryStatus) as error:
                asked = error.wait or 0.0
                if asked > budget.retry_after_left:
                    error.args = (f"{error}; Retry-After {asked:.0f} s is too long (max_retry_after)",)
                    raise
                budget.retry_after_left -= asked
                wait = max(asked, backoff(attempt, self._settings.backoff, random.random))
                if attempt == tries:
                    error.args = (f"{error} (after {tries} attempts)" if tries > 1 else str(error),)
                    raise
                log.info("%s: %s; retrying in %.1f s", url.shown, error, wait)
            self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _once(
        self,
        url: RequestUrl,
        headers: Mapping[str, str],
        until: float,
        read: Callable[[Response], T],
        cookies: CookieJar | None,
    ) -> T:
        with self._transport.get(url, headers, until, cookies) as answer:
            log.debug("%s: HTTP %d", url.shown, answer.status)
            if is_temporary(answer.status):
                raise _TemporaryStatus(answer.status, retry_after(answer.headers.get("Retry-After"), self._clock()))
            return read(answer)


class _TemporaryStatus(HttpError):
    """A temporary status; ``wait`` is its Retry-After in seconds, or None."""

    def __init__(self, status: int, wait: float | None) -> None:
        super().__init__(status_line(status), f"HTTP {status}", status)
        self.wait = wait
