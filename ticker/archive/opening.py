"""Files of an archive are opened here, so that a pipe in the place of one is told at once, and waited for by no one."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def open_file(path: str | Path, flags: int = os.O_RDONLY) -> int:
    """A descriptor of the file ``path``; raises OSError, also for a pipe, a socket or a device."""
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC, 0o666)
    try:
        demand_file(os.fstat(descriptor).st_mode, path)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def read_file(path: str | Path) -> bytes:
    """All of the file ``path``; raises what ``open_file`` raises."""
    with os.fdopen(open_file(path), "rb") as file:
        return file.read()


def demand_file(mode: int, path: str | Path) -> None:
    """Raises OSError where ``mode`` says that ``path`` is no file."""
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no file, but a pipe, a socket or a device", str(path))


def is_file_or_nothing(path: Path) -> bool:
    """Whether ``path`` is a file itself, no link to one, or may become one; no guess where it cannot be looked at."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return True
    except OSError:
        return False
