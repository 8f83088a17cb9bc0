"""Creation of folders and whole files, synced to disk; the format file is one of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from ticker.archive.layout import FORMAT_FILE, format_text, naming
from ticker.errors import WriteFailed


def make_folder(folder: Path) -> None:
    """Create ``folder`` and its missing parents, each synced to disk; raises ArchiveError."""
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


def write_format(root: Path, version: int = 1) -> None:
    """Write the format file atomically; raises ArchiveError.

    The default is the lowest version that is correct, which older versions of this program can read.
    """
    write_whole_file(root / FORMAT_FILE, format_text(version))


def write_whole_file(path: Path, content: str | bytes) -> None:
    """Write ``content`` to the file ``path`` atomically and sync it to disk. Raises ArchiveError."""
    fresh = path.with_name(f"{path.name}.new")
    data = content.encode() if isinstance(content, str) else content
    with naming("write", path):
        try:
            with fresh_file(fresh) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
    sync_folder(path.parent)


def fresh_file(path: Path) -> BinaryIO:
    """Create ``path`` and open it for writing, replacing what an interrupted run may have left there.

    A symbolic link is replaced, never followed. Raises OSError.
    """
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666), "wb")


def refuse_links_out(root: Path, path: Path) -> None:
    """Raise ArchiveError if symbolic links lead from ``path``, in the archive ``root``, out of it."""
    real = os.path.realpath(path)
    if not real.startswith(os.path.realpath(root) + os.sep):
        raise WriteFailed(f"{path} leads out of the archive, to {real}: nothing is written there")


def sync_folder(folder: Path) -> None:
    """Sync the entries of ``folder`` to disk; raises ArchiveError."""
    with naming("write", folder):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
