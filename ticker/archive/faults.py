"""Types of the findings of ``ticker verify``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

Mend = Literal["", "rewrite", "refile", "aside", "format", "index"]
"""How a fault is repaired: not at all; "rewrite": rewrite the file without it; "refile": store the lines in the right
files; "aside": quarantine the file; "format": rewrite ``format.json``; "index": rebuild the index."""


class Fault(NamedTuple):
    """What is wrong with a line; only a note unless ``is_problem``."""

    what: str
    is_problem: bool = True
    mend: Mend = "rewrite"


class Finding(NamedTuple):
    """What is wrong with a line of a file (numbered from 1), or with the whole file (line 0)."""

    path: Path
    line_number: int
    what: str
    is_problem: bool = True
    mend: Mend = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line_number}" if self.line_number else str(self.path)
        return f"{place}: {'' if self.is_problem else 'note: '}{self.what}"


def note(path: Path, what: str, line_number: int = 0, mend: Mend = "") -> Finding:
    """Return a finding that is a note, not a problem."""
    return Finding(path, line_number, what, False, mend)
