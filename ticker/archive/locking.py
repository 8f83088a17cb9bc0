"""One writer at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ticker.archive.layout import naming
from ticker.errors import ArchiveError

LOCK_FILE = ".lock"
_PAUSE = 0.02  # seconds between two tries; a writer holds the lock for a few milliseconds


@contextmanager
def exclusive(root: Path, patience: float, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Holds the archive's lock; waits for it up to ``patience`` seconds, then raises ArchiveError."""
    path = root / LOCK_FILE
    too_long = f"{path} has been locked by another ticker for {patience:g} seconds; nothing was stored"
    with lock(path, patience, too_long, sleep):
        yield


@contextmanager
def lock(path: Path, patience: float, too_long: str, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Holds the lock ``path``; waits for it up to ``patience`` seconds, then raises ArchiveError, saying ``too_long``.

    It is ``flock`` on a file that stays: the system releases it when its holder ends, however it ends.
    """
    with naming("open", path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _acquire(descriptor, path, patience, too_long, sleep)
        yield
    finally:
        os.close(descriptor)  # releases the lock


def _acquire(descriptor: int, path: Path, patience: float, too_long: str, sleep: Callable[[float], None]) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise ArchiveError(
                    f"cannot lock {path}: {error.strerror or error}; the archive needs a filesystem with flock"
                ) from error
        if time.monotonic() >= deadline:
            raise ArchiveError(too_long)
        sleep(_PAUSE)
