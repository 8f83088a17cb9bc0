"""Following of an archive: new lines are yielded as they arrive."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from ticker.archive.growth import Growth, Reach
from ticker.archive.layout import Kind

State = dict[str, tuple[int, int, int]]


def follow(
    root: Path, kind: Kind, reach: Reach, growth: Callable[[Kind, Reach], Growth], wait: Callable[[], object]
) -> Iterator[Growth]:
    """Poll the archive ``root`` without end, and yield the lines of ``kind`` beyond ``reach`` whenever there are any.

    ``growth`` is the archive's method; ``wait`` is called after each poll and sleeps until the next. A poll costs one
    system call per file; only changed files are opened. The archive need not exist yet. Raises what ``growth`` and
    ``wait`` raise.
    """
    before: State = {}
    while True:
        state = _state(root / kind)  # before reading: the next poll then sees what is written from here on
        if state != before:
            before = state
            grown = growth(kind, reach)
            reach = grown.reach
            if grown.starts:
                yield grown
        wait()


def _state(folder: Path) -> State:
    """Return size, inode and modification time of each file in the subfolders of ``folder``."""
    found: State = {}
    try:
        years = [entry.path for entry in os.scandir(folder) if entry.is_dir()]
        for year in years:
            for entry in os.scandir(year):
                status = entry.stat()
                found[entry.path] = status.st_size, status.st_ino, status.st_mtime_ns
    except OSError:  # missing, or removed meanwhile; ``growth`` reports unreadable files
        return {}
    return found
