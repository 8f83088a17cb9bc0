"""Notes about files that grew since they were indexed, so that their indexed part need not be read again.

When another process or a person has appended to a file, its indexed part is read once to verify its checksum. The
status of the file at that time is noted here, and again when this program appends to it. A note stays valid
independently of the index; a lost note costs one more read.
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
    """Return the notes, by the ordinal of the day; empty if they are unreadable or damaged."""
    with suppress(OSError, ValueError):
        content = read_file(path)
        if content[:_CHECKSUM] == _checksum(content[_CHECKSUM:]):
            return unpacked(content[_CHECKSUM:])
    return {}


def write_grown(path: Path, marks: Mapping[int, Mark]) -> None:
    """Write the notes if possible, without a sync; the checksum detects concurrent writes."""
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
