"""All-or-nothing appends of lines to day files, quarantine of partial lines, and atomic whole files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ticker import fileio
from ticker.archive.codec import LineError
from ticker.archive.day_reader import Status
from ticker.archive.layout import FORMAT_FILE, format_text, translate_os_errors
from ticker.archive.locking import update_lock_time
from ticker.archive.records import Problem
from ticker.errors import WriteFailed
from ticker.fileio import open_file

# Processes may commonly have 256 to 1024 files open; this many at most are day files being written.
_MOST_OPEN = 64

FOLDER = "damaged"
_BLOCK = 1 << 16


class Appender:
    """Appends lines to day files of the archive ``root``; they are on disk when ``sync`` returns.

    Use it as a context manager, under the archive's lock. If the block ends before ``sync`` has returned, for any
    reason, every file is truncated to its previous length. The caller must then acknowledge none of the lines.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        # Keep each file open until it is synced: the system reports write errors through this descriptor.
        self._open: dict[Path, int] = {}
        self._grown: dict[Path, _Grown] = {}
        self.status_changes: dict[Path, tuple[Status, Status]] = {}
        """The status of each file before and after the appends."""

    def __enter__(self) -> Appender:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        self._close()
        for path, grown in self._grown.items():
            try:
                _take_back(path, grown)
            except OSError as failure:
                if error is not None:
                    left = f"{path} keeps what was written; the next run quarantines partial lines ({failure.strerror})"
                    error.args = (f"{error}; {left}",)
        self._grown.clear()

    def append(self, path: Path, lines: Sequence[bytes], parse: Callable[[bytes], object]) -> Problem | None:
        """Append ``lines`` (without newlines) to the day file ``path`` in one write.

        A killed writer or a power cut can leave a last line without its newline. If ``parse`` can read that line, it
        gets its newline. Otherwise it is quarantined (see ``quarantine``), and the returned Problem describes it.
        """
        data = b"\n".join([*lines, b""])
        descriptor = self._opened(path)
        with translate_os_errors("write", path):
            size = os.fstat(descriptor).st_size
            problem = None
            if size > 0 and os.pread(descriptor, 1, size - 1) != b"\n":
                start, problem = repair_last_line(self._root, path, descriptor, parse)
                if problem:
                    size = start
                    self._grown[path] = self._grown[path]._replace(before=min(size, self._grown[path].before))
                else:
                    data = b"\n" + data
            self._grown[path] = self._grown[path]._replace(after=size + len(data))
            _write_whole(descriptor, data)
            self.status_changes[path] = self.status_changes[path][0], _status(descriptor)
            return problem

    def sync(self) -> None:
        """Sync all appended lines to disk, and close the files."""
        if self._grown:
            update_lock_time(
                self._root
            )  # before the lines are acknowledged, to make other processes read the files again
        self._flush()
        # Sync the folders of old files too: the process that created a file may have been killed before it did.
        parents = {path.parent for path in self._grown}
        folders = {folder for path in parents for folder in (path, *path.parents) if folder.is_relative_to(self._root)}
        for folder in sorted(folders, reverse=True):  # the innermost first
            sync_folder(folder)
        self._grown.clear()

    def _opened(self, path: Path) -> int:
        if path not in self._open:
            if len(self._open) >= _MOST_OPEN:
                self._flush()
            refuse_links_out(self._root, path)
            make_folder(path.parent)
            with translate_os_errors("write", path):
                is_new = not path.exists()
                self._open[path] = open_file(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
                found = _status(self._open[path])
            self._grown.setdefault(path, _Grown(is_new, found.size, found.size))
            self.status_changes.setdefault(path, (found, found))
        return self._open[path]

    def _flush(self) -> None:
        for path, descriptor in self._open.items():
            with translate_os_errors("write", path):
                os.fsync(descriptor)
        self._close()

    def _close(self) -> None:
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open.clear()


class _Grown(NamedTuple):
    """A file that is being written, and its size in bytes ``before`` and ``after``."""

    is_new: bool
    before: int
    after: int


def _status(descriptor: int) -> Status:
    found = os.fstat(descriptor)
    return Status(found.st_size, found.st_ino, found.st_mtime_ns)


def _take_back(path: Path, grown: _Grown) -> None:
    """Truncate a file to its previous size, unless another process has written to it. Raises OSError."""
    if grown.is_new and path.exists() and path.stat().st_size == 0:
        path.unlink()
        return
    descriptor = open_file(path, os.O_WRONLY)
    try:
        if grown.before < os.fstat(descriptor).st_size <= grown.after:
            os.ftruncate(descriptor, grown.before)
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if grown.is_new and path.stat().st_size == 0:
        path.unlink()


def _write_whole(descriptor: int, data: bytes) -> None:
    # A full disk accepts a part of the data and refuses the rest at the next call.
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def repair_last_line(
    root: Path, path: Path, descriptor: int, parse: Callable[[bytes], object]
) -> tuple[int, Problem | None]:
    """Check the last line of the day file ``path``, which has no newline, and return its offset.

    A line that ``parse`` cannot read is quarantined and cut off, and the returned Problem describes it.
    ``descriptor`` is the file, open for reading and writing; the caller holds the archive's lock. Raises OSError and
    ArchiveError.
    """
    start, line = _last_line(descriptor)
    try:
        parse(line)
    except LineError as error:
        aside = quarantine(root, path, start, line)
        problem = Problem(path, _line_number(descriptor, start), f"cut off: {error}; quarantined as {aside}")
        os.ftruncate(descriptor, start)
        os.fsync(descriptor)
        return start, problem
    return start, None


def quarantine(root: Path, path: Path, start: int, content: bytes) -> Path:
    """Write ``content``, found at the offset ``start`` of ``path``, to a file in ``damaged``, and return its path.

    The file is on disk on return. A repetition, as after an interruption, writes the same file. Raises ArchiveError.
    """
    digest = blake2b(content, digest_size=4).hexdigest()
    aside = root / FOLDER / f"{path.parent.parent.name}-{path.name}-{start}-{digest}"
    refuse_links_out(root, aside)
    make_folder(aside.parent)
    write_whole_file(aside, content)
    return aside


def _last_line(descriptor: int) -> tuple[int, bytes]:
    start = os.fstat(descriptor).st_size
    line = b""
    while start > 0:
        size = min(_BLOCK, start)
        start -= size
        before, newline, after = os.pread(descriptor, size, start).rpartition(b"\n")
        line = after + line
        if newline:
            return start + len(before) + 1, line
    return 0, line


def _line_number(descriptor: int, end: int) -> int:
    blocks = fileio.read_blocks(lambda start, size: os.pread(descriptor, size, start), 0, end)
    return 1 + sum(block.count(b"\n") for block in blocks)


def make_folder(folder: Path) -> None:
    """Create ``folder`` and its missing parents, each synced to disk; raises ArchiveError."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        if folder == folder.parent:
            break
        folder = folder.parent
    for new in reversed(missing):
        with translate_os_errors("make", new):
            new.mkdir(exist_ok=True)
        sync_folder(new.parent)


def write_format(root: Path, version: int = 1) -> None:
    """Write the format file atomically; raises ArchiveError.

    The default is the lowest version that is correct, which older versions of this program can read.
    """
    write_whole_file(root / FORMAT_FILE, format_text(version))


def write_whole_file(path: Path, content: str | bytes) -> None:
    """Write ``content`` to the file ``path`` atomically and sync it to disk. Raises ArchiveError."""
    fresh = path.with_name(f"{path.name}.new")
    data = content.encode() if isinstance(content, str) else content
    with translate_os_errors("write", path):
        try:
            with fresh_file(fresh) as file:
                file.write(data)
            fresh.replace(path)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
    sync_folder(path.parent)


@contextmanager
def fresh_file(path: Path) -> Iterator[BinaryIO]:
    """Create ``path`` and open it for writing, replacing what an interrupted run may have left there; fsync at the end.

    A symbolic link is replaced, never followed. Raises OSError.
    """
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(descriptor)


def refuse_links_out(root: Path, path: Path) -> None:
    """Raise ArchiveError if symbolic links lead from ``path``, in the archive ``root``, out of it."""
    real = os.path.realpath(path)
    if not real.startswith(os.path.realpath(root) + os.sep):
        raise WriteFailed(f"{path} leads out of the archive, to {real}: nothing is written there")


def sync_folder(folder: Path) -> None:
    """Sync the entries of ``folder`` to disk; raises ArchiveError."""
    with translate_os_errors("write", folder):
        fileio.sync_folder(folder)
