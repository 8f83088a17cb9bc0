"""Rate limiting by host: one request at a time, with a pause between requests."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from ticker.errors import RobotsDenied

log = logging.getLogger("ticker")


class RateLimiter:
    """A thread-safe rate limiter with one lock and one pause for each host.

    ``sleep`` waits a number of seconds, at most ``longest``. ``monotonic`` is the clock of the pauses.
    """

    def __init__(
        self, sleep: Callable[[float], object], longest: float, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._sleep = sleep
        self._longest = longest
        self._monotonic = monotonic
        self._hosts: dict[str, _Host] = {}
        self._guard = Lock()

    @contextmanager
    def turn(self, host: str, pause: float | None) -> Iterator[None]:
        """Hold the lock of ``host`` for the block, at least ``pause`` seconds after the previous request.

        None means no pause before this request or because of it; requests for robots.txt use it.
        Raises RobotsDenied if the wait is longer than ``longest``.
        """
        with self._guard:
            host_state = self._hosts.setdefault(host, _Host())
        with host_state.lock:
            if pause is not None and (wait := host_state.ended + pause - self._monotonic()) > 0:
                if wait > self._longest:
                    raise RobotsDenied(
                        f"the Crawl-delay {pause:g} s of robots.txt is too long (max_retry_after); try later",
                        "robots",
                    )
                log.debug("%s: pause of %.1f s", host, wait)
                self._sleep(wait)
            try:
                yield
            finally:
                if pause is not None:
                    host_state.ended = self._monotonic()


class _Host:
    """The lock of a host, and when its last request ended."""

    __slots__ = ("ended", "lock")

    def __init__(self) -> None:
        self.lock = Lock()
        self.ended = float("-inf")
