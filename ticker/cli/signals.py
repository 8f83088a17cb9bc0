"""Shutdown on SIGINT, SIGTERM and SIGHUP, after the current write."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(KeyboardInterrupt):
    """A signal ended the command; ``status`` is 128 plus its number, ``told`` what the command did before."""

    def __init__(self, number: int, told: str = "") -> None:
        super().__init__()
        self.status = 128 + number
        self.told = told


class ShutdownRequest:
    """A request to end the command: ``number`` is the first signal received, or None."""

    def __init__(self) -> None:
        self.number: int | None = None
        self._is_held = False

    def is_requested(self) -> bool:
        """Return whether a signal was received."""
        return self.number is not None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Delay a first signal until the end of the ``with``; see ``hold`` and ``release``."""
        self.hold()
        try:
            yield
        finally:
            self.release()

    def hold(self) -> None:
        """Delay a first signal until ``release``; a second one raises Interrupted at once."""
        self._is_held = True

    def release(self) -> None:
        """Raise Interrupted if a signal was received; from now on, each signal raises it at once."""
        self._is_held = False
        self.check()

    def check(self) -> None:
        """Raise Interrupted if a signal was received."""
        if self.number is not None:
            raise Interrupted(self.number)

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal."""
        is_second = self.number is not None
        self.number = number
        if is_second or not self._is_held:
            raise Interrupted(number)


@contextmanager
def handling_signals() -> Iterator[ShutdownRequest]:
    """Handle signals until the end of the ``with``; signals already ignored (nohup, a shell's &) stay ignored."""
    stop = ShutdownRequest()
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    heeded = {number: handler for number, handler in before.items() if handler not in (signal.SIG_IGN, None)}
    for number in heeded:
        signal.signal(number, stop.on_signal)
    try:
        yield stop
    finally:
        for number, handler in heeded.items():
            signal.signal(number, handler)
