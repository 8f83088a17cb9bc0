"""Files are opened, and take the place of others, so that nothing else than a file is read or written."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ticker.errors import SettingsError


def expanded(path: str) -> Path:
    """``path`` with the folder of a user that it begins with, as in ``~/news``; raises SettingsError for no user."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        user = Path(path).parts[0]
        raise SettingsError(f"{path!r}: where {user!r} is, is not known here; write the whole path") from error


def open_file(path: str | Path, flags: int = os.O_RDONLY) -> int:
    """A descriptor of the file ``path``; raises OSError, also for a pipe, a socket or a device.

    Of a pipe nothing is waited for: whoever opens one as a file may wait for ever.
    """
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


def make_file(path: Path) -> None:
    """Makes an empty file ``path`` where there is none, with what the umask leaves of all rights; raises OSError.

    SQLite, which takes it for a new database, would itself not let a group write to it.
    """
    if not path.exists():
        os.close(open_file(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW))


def is_file_or_nothing(path: Path) -> bool:
    """Whether ``path`` is a file itself, no link to one, or may become one; no guess where it cannot be looked at."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return True
    except OSError:
        return False


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """The path of a new file beside that of ``path``, which takes its place if all goes well, and else is removed.

    A link is followed, so that a file kept elsewhere is changed where it is. The new file has the permissions of the
    one whose place it takes, or else those that the umask leaves. Nobody can know its name beforehand. What was
    written is on disk when it gets its place, and so is its name. Raises OSError, also for what is no file.
    """
    import secrets  # who only reads does without

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
        sync_folder(target.parent)
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
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    demand_file(mode, path)
    return stat.S_IMODE(mode)


def sync_folder(folder: Path) -> None:
    """Waits until the entries of ``folder`` are on disk; raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
