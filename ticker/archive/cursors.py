"""Cursors: what ``--new --as NAME`` has shown, in one file of the archive's folder ``marks`` for each name.

The content is ``{"headlines": {"2025-06-12": [END, CRC], ...}, "articles": ...}``. Deleting the file resets the cursor.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ticker.archive.checkpoints import Checkpoint, Checkpoints
from ticker.archive.layout import Kind, translate_os_errors
from ticker.archive.locking import lock
from ticker.archive.writer import make_folder, refuse_links_out, write_whole_file
from ticker.errors import ArchiveError, UsageError
from ticker.fileio import read_file

FOLDER = "marks"
_LONGEST = 200  # bytes of a file's name; systems allow 255


class Cursor:
    """A cursor that this process has locked; its methods raise ArchiveError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def checkpoints(self, kind: Kind) -> Checkpoints:
        """Return how far ``kind`` was seen; empty if it never was."""
        try:
            return {
                date.fromisoformat(day): Checkpoint(int(end), int(crc))
                for day, (end, crc) in self._read().get(kind, {}).items()
            }
        except (ValueError, TypeError, AttributeError) as error:
            raise self._unreadable(error) from error

    def advance(self, kind: Kind, checkpoints: Checkpoints) -> None:
        """Record how far ``kind`` was seen; write atomically and sync to disk."""
        content = {**self._read(), kind: {day.isoformat(): checkpoint[:2] for day, checkpoint in checkpoints.items()}}
        write_whole_file(self.path, json.dumps(content, separators=(",", ":")) + "\n")

    def _read(self) -> Mapping[str, Any]:
        with translate_os_errors("read", self.path):
            text = read_file(self.path).decode(errors="replace") if self.path.exists() else "{}"
        try:
            content = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise self._unreadable(error) from error
        if not isinstance(content, dict):
            raise self._unreadable("not a JSON object")
        return content

    def _unreadable(self, reason: object) -> ArchiveError:
        return ArchiveError(f"{self.path} is not a valid cursor ({reason}); delete it to start from the beginning")


@contextmanager
def lock_cursor(root: Path, name: str, lock_timeout: float) -> Iterator[Cursor]:
    """Lock and yield the cursor ``name`` of the existing archive ``root``.

    Raises UsageError if the name is invalid, and ArchiveError, also if the lock is not free within ``lock_timeout``
    seconds.
    """
    path = root / FOLDER / f"{file_name(name)}.json"
    refuse_links_out(root, path)
    make_folder(path.parent)
    with lock(path.with_suffix(".lock"), lock_timeout, f"the cursor {name!r} is in use by another ticker"):
        yield Cursor(path)


def file_name(name: str) -> str:
    """Return ``name`` encoded as a file name; raises UsageError if it is empty or too long."""
    encoded = quote(os.fsencode(name), safe=" ")
    if encoded.startswith("."):  # the file would be hidden
        encoded = f"%2E{encoded[1:]}"
    if not encoded.strip():
        raise UsageError(f"invalid cursor name {name!r}: it is blank; use one or more words")
    if len(encoded) > _LONGEST:
        shown = f"{name[:20]}..."
        raise UsageError(
            f"cursor name {shown!r} is too long: its file name would have {len(encoded)} bytes, at most {_LONGEST} "
            "are allowed, and a non-ASCII character takes several; use a shorter name"
        )
    return encoded
