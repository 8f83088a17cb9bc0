"""Lines are appended here, folders and the format file made; each function says when it is on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from ticker.archive.layout import FORMAT_FILE, format_text, naming
from ticker.archive.lines import LineError, Problem

# Of the files that a process may have open, commonly 256 to 1024, so many at most are day files being written.
_MOST_OPEN = 64


def make_folder(folder: Path) -> None:
    """Makes ``folder`` and what is missing above it, each entry on disk; raises ArchiveError."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        if folder == folder.parent:
            break
        folder = folder.parent
    for new in reversed(missing):
        with naming("make", new):
            new.mkdir(exist_ok=True)
        sync_folder(new.parent)


class Appender:
    """Appends lines to day files of the archive ``root``; they are on disk when ``sync`` returns.

    To be used in a ``with``, which closes the files. Raises ArchiveError where anything fails; what was written
    till then stays, is no line unless it is whole, and is not to be acknowledged.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        # Each stays open until it is on disk: the system tells what went wrong with it by this descriptor.
        self._open: dict[Path, int] = {}

    def __enter__(self) -> Appender:
        return self

    def __exit__(self, *_: object) -> None:
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open.clear()

    def append(self, path: Path, lines: Sequence[str], parse: Callable[[bytes], object]) -> Problem | None:
        """Appends ``lines`` (without ends) to the day file ``path`` in one write.

        Where the file's last line has no end, the new ones start on a line of their own. That line, cut off when
        a writer was killed or the disk was full, is left as it is; it is returned as a Problem unless ``parse``
        can read it, as when it was written by hand.
        """
        data = "".join(f"{line}\n" for line in lines).encode()
        if path not in self._open:
            if len(self._open) >= _MOST_OPEN:
                self.sync()
            make_folder(path.parent)
        with naming("write", path):
            descriptor = self._open.get(path)
            if descriptor is None:
                descriptor = self._open[path] = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
            size = os.fstat(descriptor).st_size
            unended = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            problem = _cut_line(path, parse) if unended else None
            _write_whole(descriptor, b"\n" + data if unended else data)
            return problem

    def sync(self) -> None:
        """Waits until all that was appended is on disk, and closes the files."""
        for path, descriptor in self._open.items():
            with naming("write", path):
                os.fsync(descriptor)
        # Always, not only for new files: the one who made one may have been killed before it came to this.
        folders = {folder for path in self._open for folder in path.parents if folder.is_relative_to(self._root)}
        for folder in sorted(folders, reverse=True):  # the innermost first
            sync_folder(folder)
        self.__exit__()


def write_format(root: Path, version: int = 1) -> None:
    """Writes the file that states the format's version, whole or not at all; raises ArchiveError.

    The lowest that says the truth, so that older versions of this program read it, too.
    """
    write_whole_file(root / FORMAT_FILE, format_text(version))


def write_whole_file(path: Path, text: str) -> None:
    """Puts ``text`` into the file ``path``, whole or not at all; it is on disk then. Raises ArchiveError."""
    fresh = path.with_name(f"{path.name}.new")
    with naming("write", path):
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Waits until the entries of ``folder`` are on disk; raises ArchiveError."""
    with naming("write", folder):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write_whole(descriptor: int, data: bytes) -> None:
    # A full disk takes a part and refuses the rest at the next call.
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _cut_line(path: Path, parse: Callable[[bytes], object]) -> Problem | None:
    number, line = 0, b""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):  # noqa: B007
            pass
    try:
        parse(line)
    except LineError as error:
        return Problem(path, number, f"cut off: {error}")
    return None
