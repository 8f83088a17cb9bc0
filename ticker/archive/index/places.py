"""Row numbers of the index, which encode the place of a line.

A row number holds the day of the line's file, and the line's offset in the file in units of 32 bytes.
"""

from __future__ import annotations

from datetime import date

UNIT = 32
_UNIT_BITS = 27
# The part of a file that row numbers can address (4 GB); the rest is not indexed.
MOST_BYTES = UNIT << _UNIT_BITS
_FIRST_DAY = date(1970, 1, 1).toordinal()


def row_number(day: date, offset: int) -> int:
    """Return the row number of the line at byte ``offset`` of the file of ``day``."""
    return (day.toordinal() - _FIRST_DAY << _UNIT_BITS) + offset // UNIT


def place_of(number: int) -> tuple[date, int]:
    """Return the day of a row's file, and the offset of the 32-byte unit in which its line starts."""
    return date.fromordinal((number >> _UNIT_BITS) + _FIRST_DAY), (number & (1 << _UNIT_BITS) - 1) * UNIT
