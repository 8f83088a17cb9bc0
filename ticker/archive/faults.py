"""What ``ticker verify`` finds."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

Mend = Literal["", "rewrite", "refile", "aside", "format", "index"]
"""How a fault is mended: not at all; the file written anew without it; its lines stored where they belong; the file
moved aside; the file that states the format written anew; the index made anew."""


class Fault(NamedTuple):
    """What is wrong with a line. What is no problem is only worth knowing."""

    what: str
    is_problem: bool = True
    mend: Mend = "rewrite"


class Finding(NamedTuple):
    """What is wrong, where: in a line of a file (from 1), or with the file as a whole (0)."""

    path: Path
    line_number: int
    what: str
    is_problem: bool = True
    mend: Mend = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line_number}" if self.line_number else str(self.path)
        return f"{place}: {'' if self.is_problem else 'note: '}{self.what}"


def note(path: Path, what: str, line_number: int = 0, mend: Mend = "") -> Finding:
    """What is worth knowing, and no problem."""
    return Finding(path, line_number, what, False, mend)
