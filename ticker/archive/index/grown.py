"""Which files have grown since they were indexed, noted so that what they began with need not be read again.

A file that another process or a person has appended to is read up to where it was indexed, to see that this is as it
was. That is said of it here as it looked then, and again when a writer of this program appends to it. A note is true
by itself, whatever becomes of the index; one that is lost costs a reading.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from ticker.archive.index.database import Mark, packed, unpacked
from ticker.files import open_file, read_file


def read_grown(path: Path) -> dict[int, Mark]:
    """The notes, by the ordinal of the day; none where they cannot be read or are damaged."""
    with suppress(OSError, ValueError):
        content = read_file(path)
        if content[:_CHECKSUM] == _checksum(content[_CHECKSUM:]):
            return unpacked(content[_CHECKSUM:])
    return {}


def write_grown(path: Path, marks: Mapping[int, Mark]) -> None:
    """Writes the notes, where that may be; not synced, and two may write at once: the checksum tells."""
    content = packed(marks)
    with suppress(OSError):
        descriptor = open_file(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW)
        try:
            os.write(descriptor, _checksum(content) + content)
        finally:
            os.close(descriptor)


def _checksum(content: bytes) -> bytes:
    return crc32(content).to_bytes(_CHECKSUM, "little")


_CHECKSUM = 4
