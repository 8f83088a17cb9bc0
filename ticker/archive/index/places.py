"""The number of a row, which is the place of its line. Pure.

It holds the day of the line's file and, in units of 32 bytes, where in the file the line begins.
"""

from __future__ import annotations

from datetime import date

UNIT = 32
_UNIT_BITS = 27
# What of a file can be numbered (4 GB); what stands behind is not indexed.
MOST_BYTES = UNIT << _UNIT_BITS
_FIRST_DAY = date(1970, 1, 1).toordinal()


def row_number(day: date, offset: int) -> int:
    """The row of the line that begins at the byte ``offset`` of the file of ``day``."""
    return (day.toordinal() - _FIRST_DAY << _UNIT_BITS) + offset // UNIT


def place_of(number: int) -> tuple[date, int]:
    """The day of a row's file, and the first byte of the unit in which its line begins."""
    return date.fromordinal((number >> _UNIT_BITS) + _FIRST_DAY), (number & (1 << _UNIT_BITS) - 1) * UNIT
