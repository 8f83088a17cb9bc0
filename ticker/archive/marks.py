"""Marks: up to where someone has seen an archive, each under a name, in a file of the archive's folder ``marks``.

``{"headlines": {"2025-06-12": [END, CRC], ...}, "articles": ...}``: the extents of ``growth``. To delete the file is to
begin anew.
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
    """A mark that is held; its methods raise ArchiveError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def reach(self, kind: Kind) -> Reach:
        """How far ``kind`` was seen; empty where it never was."""
        try:
            return {
                date.fromisoformat(day): Extent(*map(int, extent)) for day, extent in self._read().get(kind, {}).items()
            }
        except (ValueError, TypeError, AttributeError) as error:
            raise self._unreadable(error) from error

    def move(self, kind: Kind, reach: Reach) -> None:
        """``kind`` was seen so far: on disk when this returns, whole or not at all."""
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
            raise self._unreadable("no JSON object")
        return content

    def _unreadable(self, reason: object) -> ArchiveError:
        return ArchiveError(f"{self.path} is no mark ({reason}); delete it to begin anew")


@contextmanager
def hold_mark(root: Path, name: str, patience: float) -> Iterator[Mark]:
    """The mark ``name`` of the archive ``root``, which is there; no one else has it meanwhile.

    Raises UsageError for a name that is none, and ArchiveError, also where it was not to be had for ``patience``
    seconds.
    """
    path = root / FOLDER / f"{file_name(name)}.json"
    refuse_links_out(root, path)
    make_folder(path.parent)
    with lock(path.with_suffix(".lock"), patience, f"the mark {name!r} is in use by another ticker"):
        yield Mark(path)


def file_name(name: str) -> str:
    """``name`` as a file's; raises UsageError where it is empty or too long."""
    encoded = quote(os.fsencode(name), safe=" ")
    if encoded.startswith("."):  # would hide it
        encoded = f"%2E{encoded[1:]}"
    if not encoded.strip():
        raise UsageError(f"{name!r} is no name for a mark; give it a word or a few")
    if len(encoded) > _LONGEST:
        shown = f"{name[:20]}..."
        raise UsageError(
            f"{shown!r} is too long for the name of a mark: its file's would have {len(encoded)} letters, "
            f"and {_LONGEST} is the most (what is not in a-z takes several); give it a word or a few"
        )
    return encoded
