"""A file that takes another's place when it is whole, with the rights that people expect of it."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """The path of a new file beside that of ``path``, which takes its place if all goes well, and else is removed.

    A link is followed, so that a file kept elsewhere is changed where it is. The new file has the permissions of the
    one whose place it takes, or else those that the umask leaves. Nobody can know its name beforehand. What was
    written is on disk when it gets its place, and so is its name. Raises OSError, also for what is no file.
    """
    target = target_of(path)
    mode = _mode(target)
    temporary = target.with_name(f".{target.name[:_LONGEST]}.{secrets.token_hex(8)}")
    handle = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666 if mode is None else mode)
    try:
        if mode is not None:
            os.fchmod(handle, mode)  # whatever the umask took
        yield temporary
        os.fsync(handle)
        temporary.replace(target)
        _sync(target.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)


def target_of(path: Path) -> Path:
    """What ``path`` leads to, which need not exist; raises OSError where links lead round."""
    try:
        return path.resolve()
    except RuntimeError as error:  # so it was until Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


_LONGEST = 50  # letters of the old name in the new one, since a name may have 255 bytes


def _mode(path: Path) -> int | None:
    try:
        found = path.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found):
        raise OSError(errno.EINVAL, "it is no file, but a pipe, a socket or a device", str(path))
    return stat.S_IMODE(found)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
