"""What the beginning of a headline's line tells, at a tenth of what it takes to read the line. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import NamedTuple

# As this program writes it. A title with an escape in it is for the parser.
_BEGINNING = re.compile(
    rb'\{"time": "(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d)", '
    rb'"source": "([^"\\\x00-\x1f]++)", "title": "(?=[^ "\\])([^"\\\x00-\x1f]++)", "'
)
# A time that there is (but 29 February), as it is written, in its quotes.
_DATE = rb"(?!0000)\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
TIME = rb'"%sT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)"' % _DATE


class Glance(NamedTuple):
    """When, whose, and what, if the line can be read at all."""

    moment: datetime
    source: str
    title: str


def glance(line: bytes) -> Glance | None:
    """None for a line that must be read."""
    found = _BEGINNING.match(line)
    # JSON may name a field twice, and the last counts.
    if not found or not line.endswith(b"}\n") or b"\\u" in line:
        return None
    if line.count(b'"time"') != 1 or line.count(b'"title"') != 1 or line.count(b'"source"') != 1:
        return None
    try:
        return Glance(datetime.fromisoformat(found[1].decode()), found[2].decode(), found[3].decode())
    except ValueError:
        return None


def glances(block: bytes) -> list[tuple[bytes, bytes]] | None:
    """The time, in its quotes, and the title of each line of ``block``: ``glance``, at a third of the cost.

    A title with an escape in it is given as it is written. None where any of the lines must be read.
    """
    count = block.count(b"\n")
    is_plain = b"\\u" not in block and all(block.count(part) == count for part in (b'"time"', b'"title"'))
    found = _lines().findall(block) if is_plain else []
    return found if len(found) == count and block.endswith(b"\n") else None


def titles(block: bytes) -> list[str] | None:
    """The titles alone."""
    found = glances(block)
    try:
        return b"\n".join([title for _, title in found]).decode().split("\n") if found else None
    except UnicodeDecodeError:
        return None


def moments(block: bytes) -> list[datetime] | None:
    """The times alone."""
    found = glances(block)
    try:
        return [datetime.fromisoformat(time[1:-1].decode()) for time, _ in found] if found is not None else None
    except ValueError:
        return None


@cache
def _lines() -> re.Pattern[bytes]:
    return re.compile(
        rb'(?m:^)\{"time": (%s), "source": "[^"\\\x00-\x1f]++", '
        rb'"title": "(?=[^ "\\])((?:[^"\\\x00-\x1f]++|\\["\\/bfnrt])++)", "[^\n]*\}\n' % TIME
    )
