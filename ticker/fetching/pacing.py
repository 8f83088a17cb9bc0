"""The pause that each host is given, and one request at a time to each."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from ticker.errors import RobotsDenied

log = logging.getLogger("ticker")


class Pacing:
    """Gives each host its pauses; to be used from any number of threads.

    ``sleep`` waits for a number of seconds, ``longest`` at the most; ``monotonic`` tells them.
    """

    def __init__(
        self, sleep: Callable[[float], object], longest: float, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._sleep = sleep
        self._longest = longest
        self._monotonic = monotonic
        self._lanes: dict[str, _Lane] = {}
        self._guard = Lock()

    @contextmanager
    def turn(self, host: str, pause: float | None) -> Iterator[None]:
        """A time in which no other request goes to ``host``, ``pause`` seconds or more after the one before.

        With None there is no pause, neither before nor for what comes after: robots.txt is read in such a turn.
        Raises RobotsDenied where the pause lasts too long to be waited for.
        """
        with self._guard:
            lane = self._lanes.setdefault(host, _Lane())
        with lane.lock:
            if pause is not None and (wait := lane.ended + pause - self._monotonic()) > 0:
                if wait > self._longest:
                    raise RobotsDenied(
                        f"robots.txt asks for {pause:g} s between pages (Crawl-delay), too long to be waited for now",
                        "robots",
                    )
                log.debug("%s: pause of %.1f s", host, wait)
                self._sleep(wait)
            try:
                yield
            finally:
                if pause is not None:
                    lane.ended = self._monotonic()


class _Lane:
    """What is known of one host: its lock, and when its last request ended."""

    __slots__ = ("ended", "lock")

    def __init__(self) -> None:
        self.lock = Lock()
        self.ended = float("-inf")
