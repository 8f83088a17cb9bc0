"""The archive's write lock, which one process holds at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ticker.archive.layout import translate_os_errors
from ticker.errors import WriteFailed
from ticker.fileio import open_file

LOCK_FILE, COMPACTING_FILE = ".lock", ".compacting"
JUST_NOW = 1.0
"""Seconds after which the files are examined again under the lock, even if the ``lock_time`` has not changed."""
_PAUSE = 0.02  # seconds between two attempts; a writer holds the lock for a few milliseconds


@contextmanager
def exclusive(root: Path, lock_timeout: float, sleep: Callable[[float], None] = time.sleep) -> Iterator[int]:
    """Hold the archive's lock; wait for it up to ``lock_timeout`` seconds, then raise ArchiveError.

    Yields the ``lock_time`` before this lock.
    """
    path = root / LOCK_FILE
    too_long = f"{path} has been locked by another ticker for {lock_timeout:g} seconds; nothing was stored"
    with lock(path, lock_timeout, too_long, sleep) as descriptor:
        found = os.fstat(descriptor).st_mtime_ns
        _touch(descriptor, path)  # at once, since this process may be killed while it holds the lock
        yield found


@contextmanager
def lock(path: Path, lock_timeout: float, too_long: str, sleep: Callable[[float], None] = time.sleep) -> Iterator[int]:
    """Hold the lock file ``path``; wait for it up to ``lock_timeout`` seconds, then raise ArchiveError(``too_long``).

    Yields the file descriptor. The lock is ``flock`` on a permanent file, so the system releases it when the holder
    exits for any reason.
    """
    with translate_os_errors("open", path):
        descriptor = open_file(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW)
    try:
        _acquire(descriptor, path, lock_timeout, too_long, sleep)
        yield descriptor
    finally:
        os.close(descriptor)  # releases the lock


def is_held(root: Path) -> bool:
    """Return whether a process is writing to the archive now; creates no lock file."""
    try:
        descriptor = open_file(root / LOCK_FILE, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return False  # never locked, or the lock file cannot be opened
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno == errno.EWOULDBLOCK
    finally:
        os.close(descriptor)
    return False


def lock_time(root: Path) -> int | None:
    """Return a number that changes each time the lock is taken; None if it never was."""
    try:
        return (root / LOCK_FILE).stat().st_mtime_ns
    except OSError:
        return None


def update_lock_time(root: Path) -> None:
    """Change the ``lock_time``; call this under the lock, after everything is written that readers must see.

    Raises ArchiveError.
    """
    path = root / LOCK_FILE
    with translate_os_errors("open", path):
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        _touch(descriptor, path)
    finally:
        os.close(descriptor)


def _touch(descriptor: int, path: Path) -> None:
    now = time.time_ns()  # the filesystem's clock is coarse: several writers could get the same time
    with translate_os_errors("write", path):
        os.utime(descriptor, ns=(now, now))


def _acquire(descriptor: int, path: Path, lock_timeout: float, too_long: str, sleep: Callable[[float], None]) -> None:
    deadline = time.monotonic() + lock_timeout
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
