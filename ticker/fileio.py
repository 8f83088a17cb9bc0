"""Safe opening and atomic replacement of regular files."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ticker.errors import SettingsError

_BLOCK = 1 << 20  # bytes


def expand_user(path: str) -> Path:
    """Return ``path`` with a leading ``~`` or ``~user`` expanded; raises SettingsError for an unknown user."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        user = Path(path).parts[0]
        raise SettingsError(f"{path!r}: unknown home folder {user!r}; write the whole path") from error


def open_file(path: str | Path, flags: int = os.O_RDONLY) -> int:
    """Open a regular file and return its descriptor; raises OSError, also for a pipe, a socket or a device.

    The call never blocks, where a plain open of a pipe could wait forever.
    """
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC, 0o666)
    try:
        require_file(os.fstat(descriptor).st_mode, path)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def read_file(path: str | Path) -> bytes:
    """Return the content of a regular file; raises OSError like ``open_file``."""
    with os.fdopen(open_file(path), "rb") as file:
        return file.read()


def read_blocks(read: Callable[[int, int], bytes], start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from ``start`` to ``end`` in blocks; ``read`` takes offset and size, and gives b"" at the end."""
    while start < end and (block := read(start, min(end - start, _BLOCK))):
        yield block
        start += len(block)


def require_file(mode: int, path: str | Path) -> None:
    """Raise OSError if ``mode`` is not that of a regular file."""
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "not a file but a pipe, a socket or a device", str(path))


def create_file(path: Path) -> None:
    """Create an empty file if there is none, with mode 0666 less the umask; raises OSError.

    SQLite treats an empty file as a new database; the files that SQLite creates itself are not writable by a group.
    """
    if not path.exists():
        os.close(open_file(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW))


def is_file_or_missing(path: Path) -> bool:
    """Return whether ``path`` is a regular file (not a link) or missing; false if it cannot be examined."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return True
    except OSError:
        return False


@contextmanager
def replace_atomically(path: Path) -> Iterator[Path]:
    """Yield the path of a temporary file that replaces ``path`` on success and is removed on failure.

    The temporary file is beside the target and has a random name. Links are followed. It gets the permissions of the
    old file, or those that the umask allows. File and folder are synced. Raises OSError, also for a non-regular file.
    """
    import secrets  # not needed by readers

    target = resolve_link(path)
    mode = _mode(target)
    temporary = target.with_name(f".{target.name[:_LONGEST]}.{secrets.token_hex(8)}")
    handle = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666 if mode is None else mode)
    try:
        if mode is not None:
            os.fchmod(handle, mode)  # restore the bits that the umask removed
        yield temporary
        os.fsync(handle)
        temporary.replace(target)
        sync_folder(target.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)


def resolve_link(path: Path) -> Path:
    """Return the resolved path, which need not exist; raises OSError if its links form a loop."""
    try:
        return path.resolve()
    except RuntimeError as error:  # before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


_LONGEST = 50  # characters of the old name kept in the new one: a file name has at most 255 bytes


def _mode(path: Path) -> int | None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    require_file(mode, path)
    return stat.S_IMODE(mode)


def sync_folder(folder: Path) -> None:
    """Sync the entries of ``folder`` to disk; raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
