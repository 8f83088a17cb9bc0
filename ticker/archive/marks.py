"""Marks: named records of how far an archive was seen, each a file in the archive's folder ``marks``.

The content is ``{"headlines": {"2025-06-12": [END, CRC], ...}, "articles": ...}``, the extents of ``growth``. Deleting
the file resets the mark.
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

from ticker.archive.growth import Extent, Reach
from ticker.archive.layout import Kind, naming
from ticker.archive.locking import lock
from ticker.archive.writing import make_folder, refuse_links_out, write_whole_file
from ticker.errors import ArchiveError, UsageError
from ticker.files import read_file

FOLDER = "marks"
_LONGEST = 200  # bytes of a file's name; systems allow 255


class Mark:
    """A mark that this process has locked; its methods raise ArchiveError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def reach(self, kind: Kind) -> Reach:
        """Return how far ``kind`` was seen; empty if it never was."""
        try:
            return {
                date.fromisoformat(day): Extent(*map(int, extent)) for day, extent in self._read().get(kind, {}).items()
            }
        except (ValueError, TypeError, AttributeError) as error:
            raise self._unreadable(error) from error

    def move(self, kind: Kind, reach: Reach) -> None:
        """Record how far ``kind`` was seen; write atomically and sync to disk."""
        content = {**self._read(), kind: {day.isoformat(): extent for day, extent in reach.items()}}
        write_whole_file(self.path, json.dumps(content, separators=(",", ":")) + "\n")

    def _read(self) -> Mapping[str, Any]:
        with naming("read", self.path):
            text = read_file(self.path).decode(errors="replace") if self.path.exists() else "{}"
        try:
            content = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise self._unreadable(error) from error
        if not isinstance(content, dict):
            raise self._unreadable("not a JSON object")
        return content

    def _unreadable(self, reason: object) -> ArchiveError:
        return ArchiveError(f"{self.path} is not a valid mark ({reason}); delete it to start from the beginning")


@contextmanager
def hold_mark(root: Path, name: str, patience: float) -> Iterator[Mark]:
    """Lock and yield the mark ``name`` of the existing archive ``root``.

    Raises UsageError if the name is invalid, and ArchiveError, also if the lock is not free within ``patience``
    seconds.
    """
    path = root / FOLDER / f"{file_name(name)}.json"
    refuse_links_out(root, path)
    make_folder(path.parent)
    with lock(path.with_suffix(".lock"), patience, f"the mark {name!r} is in use by another ticker"):
        yield Mark(path)


def file_name(name: str) -> str:
    """Return ``name`` encoded as a file name; raises UsageError if it is empty or too long."""
    encoded = quote(os.fsencode(name), safe=" ")
    if encoded.startswith("."):  # the file would be hidden
        encoded = f"%2E{encoded[1:]}"
    if not encoded.strip():
        raise UsageError(f"invalid mark name {name!r}: it is blank; use one or more words")
    if len(encoded) > _LONGEST:
        shown = f"{name[:20]}..."
        raise UsageError(
            f"mark name {shown!r} is too long: its file name would have {len(encoded)} bytes, at most {_LONGEST} "
            "are allowed, and a non-ASCII character takes several; use a shorter name"
        )
    return encoded
