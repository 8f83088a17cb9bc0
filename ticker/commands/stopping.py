"""SIGINT, SIGTERM and SIGHUP end a command after what it is writing."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(KeyboardInterrupt):
    """A signal ended the command; ``status`` is what shells report of such an end, ``told`` what it did till then."""

    def __init__(self, number: int, told: str = "") -> None:
        super().__init__()
        self.status = 128 + number
        self.told = told


class Stop:
    """Whether the command is to end: ``number`` is that of the first signal that came, None where none did."""

    def __init__(self) -> None:
        self.number: int | None = None
        self._is_held = False

    def came(self) -> bool:
        """Whether a signal came."""
        return self.number is not None

    @contextmanager
    def held(self) -> Iterator[None]:
        """A first signal that comes within is heeded at the end; see ``hold`` and ``release``."""
        self.hold()
        try:
            yield
        finally:
            self.release()

    def hold(self) -> None:
        """From now on, a first signal waits for ``release``, and only a second one raises Stopped at once."""
        self._is_held = True

    def release(self) -> None:
        """Raises Stopped where a signal came; from now on each does at once."""
        self._is_held = False
        self.check()

    def check(self) -> None:
        """Raises Stopped where a signal came."""
        if self.number is not None:
            raise Stopped(self.number)

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        """Takes a signal."""
        is_second = self.number is not None
        self.number = number
        if is_second or not self._is_held:
            raise Stopped(number)


@contextmanager
def stopping() -> Iterator[Stop]:
    """Heeds signals in this way until the end of the ``with``; those that are ignored (nohup, a shell's &) stay so."""
    stop = Stop()
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    heeded = {number: handler for number, handler in before.items() if handler not in (signal.SIG_IGN, None)}
    for number in heeded:
        signal.signal(number, stop.on_signal)
    try:
        yield stop
    finally:
        for number, handler in heeded.items():
            signal.signal(number, handler)
