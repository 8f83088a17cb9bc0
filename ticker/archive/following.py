"""An archive is followed: what comes to it is given as it comes."""

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
    """What lines of ``kind`` the archive ``root`` has more than ``reach``, each time that it has; without end.

    ``growth`` is the archive's; ``wait`` is called before each look, and takes as long as the pause between two. To
    look costs a call to the system for each file, and no file is opened that did not change. The archive need not be
    there yet. Raises what ``growth`` and ``wait`` raise.
    """
    before: State = {}
    while True:
        state = _state(root / kind)  # first: what is written from here on is seen at the next look
        if state != before:
            before = state
            grown = growth(kind, reach)
            reach = grown.reach
            if grown.starts:
                yield grown
        wait()


def _state(folder: Path) -> State:
    """Size, file and moment of change of each file in the folders of ``folder``."""
    found: State = {}
    try:
        years = [entry.path for entry in os.scandir(folder) if entry.is_dir()]
        for year in years:
            for entry in os.scandir(year):
                status = entry.stat()
                found[entry.path] = status.st_size, status.st_ino, status.st_mtime_ns
    except OSError:  # not there yet, or going just now; what cannot be read ``growth`` tells
        return {}
    return found
