"""What the beginning of a headline's line tells, at a tenth of what it takes to read the line. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

# As this program writes it. A title with an escape in it is for the parser.
_BEGINNING = re.compile(
    rb'\{"time": "(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d)", '
    rb'"source": "[^"\\\x00-\x1f]++", "title": "(?=[^ "\\])([^"\\\x00-\x1f]++)", "'
)


class Glance(NamedTuple):
    """When, and what, if the line can be read at all."""

    moment: datetime
    title: str


def glance(line: bytes) -> Glance | None:
    """None for a line that must be read."""
    found = _BEGINNING.match(line)
    # JSON may name a field twice, and the last counts.
    if not found or not line.endswith(b"}\n") or b"\\u" in line:
        return None
    if line.count(b'"time"') != 1 or line.count(b'"title"') != 1:
        return None
    try:
        return Glance(datetime.fromisoformat(found[1].decode()), found[2].decode())
    except ValueError:
        return None
