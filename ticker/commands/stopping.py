"""Ctrl-C and SIGTERM, put off where what is under way must be finished so that it can be told."""

from __future__ import annotations

import signal
from types import FrameType

TERMINATED = 128 + signal.SIGTERM  # as shells report it


class Stop:
    """In its ``with``, SIGTERM raises SystemExit as Ctrl-C raises KeyboardInterrupt, in place of ending all at once.

    From ``hold`` on, both wait for ``release``, which raises what came. Where they are ignored (nohup), they stay so.
    """

    def __init__(self) -> None:
        self._is_held = False
        self._came: int | None = None
        self._before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def __enter__(self) -> Stop:
        for number, before in self._before.items():
            if before != signal.SIG_IGN:
                signal.signal(number, self._on)
        return self

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def hold(self) -> None:
        """Puts signals off."""
        self._is_held = True

    def release(self) -> None:
        """Raises KeyboardInterrupt or SystemExit where a signal came since ``hold``; from now on they do at once."""
        self._is_held = False
        if self._came is not None:
            _raise(self._came)

    def _on(self, number: int, _: FrameType | None) -> None:
        if self._is_held:
            self._came = number
        else:
            _raise(number)


def _raise(number: int) -> None:
    if number == signal.SIGTERM:
        raise SystemExit(TERMINATED)
    raise KeyboardInterrupt
