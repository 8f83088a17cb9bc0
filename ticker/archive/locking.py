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
from ticker.errors import WriteFailed
from ticker.files import open_file

LOCK_FILE, COMPACTING_FILE = ".lock", ".compacting"
_PAUSE = 0.02  # seconds between two tries; a writer holds the lock for a few milliseconds


@contextmanager
def exclusive(root: Path, patience: float, sleep: Callable[[float], None] = time.sleep) -> Iterator[int]:
    """Holds the archive's lock; waits for it up to ``patience`` seconds, then raises ArchiveError.

    Gives the ``stamp`` that there was before.
    """
    path = root / LOCK_FILE
    too_long = f"{path} has been locked by another ticker for {patience:g} seconds; nothing was stored"
    with lock(path, patience, too_long, sleep) as descriptor:
        found = os.fstat(descriptor).st_mtime_ns
        _touch(descriptor, path)  # now: the holder may be killed
        yield found


@contextmanager
def lock(path: Path, patience: float, too_long: str, sleep: Callable[[float], None] = time.sleep) -> Iterator[int]:
    """Holds the lock ``path``; waits for it up to ``patience`` seconds, then raises ArchiveError, saying ``too_long``.

    Gives its descriptor. It is ``flock`` on a file that stays: the system releases it when its holder ends, however
    it ends.
    """
    with naming("open", path):
        descriptor = open_file(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW)
    try:
        _acquire(descriptor, path, patience, too_long, sleep)
        yield descriptor
    finally:
        os.close(descriptor)  # releases the lock


def is_held(root: Path) -> bool:
    """Whether someone is writing to the archive now; to ask makes no lock."""
    try:
        descriptor = open_file(root / LOCK_FILE, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return False  # no one has ever written here, or not in a way that could be asked about
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno == errno.EWOULDBLOCK
    finally:
        os.close(descriptor)
    return False


def stamp(root: Path) -> int | None:
    """What is another whenever the lock was held in between; None where it never was."""
    try:
        return (root / LOCK_FILE).stat().st_mtime_ns
    except OSError:
        return None


def touch(root: Path) -> None:
    """Makes the ``stamp`` another: to be called under the lock, when all is written that those who look must see.

    Raises ArchiveError.
    """
    path = root / LOCK_FILE
    with naming("open", path):
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        _touch(descriptor, path)
    finally:
        os.close(descriptor)


def _touch(descriptor: int, path: Path) -> None:
    now = time.time_ns()  # not the file system's own clock, whose ticks several writers may share
    with naming("write", path):
        os.utime(descriptor, ns=(now, now))


def _acquire(descriptor: int, path: Path, patience: float, too_long: str, sleep: Callable[[float], None]) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise WriteFailed(
                    f"cannot lock {path}: {error.strerror or error}; the archive needs a filesystem with flock"
                ) from error
        if time.monotonic() >= deadline:
            raise WriteFailed(too_long)
        sleep(_PAUSE)
