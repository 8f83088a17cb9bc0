"""Parsing and writing of ISO 8601 and RFC 3339 timestamps."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

# The text before and after an hour 24 or a second 60, which ``datetime`` rejects.
_END_OF_DAY = re.compile(r"(.*\d[T ])24((?::?00){0,2}(?:[.,]0+)?(?:Z|[+-][\d:]+)?)")
_LEAP_SECOND = re.compile(r"(.*\d[T ]\d\d:?\d\d:?)60(?:[.,]\d+)?((?:Z|[+-][\d:]+)?)")
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


def read_iso(text: str) -> datetime:
    """Parse what ``datetime.fromisoformat`` accepts, and three further forms; raises ValueError.

    24:00 (ISO 8601-1:2004, 4.2.3) is 00:00 of the next day. A second 60 (RFC 3339, 5.6) is the first of the next
    minute. RFC 3339 also allows "t" and "z" for "T" and "Z".
    """
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        text = text.upper()
    try:
        if found := _END_OF_DAY.fullmatch(text):
            return datetime.fromisoformat(f"{found[1]}00{found[2]}") + _DAY
        if found := _LEAP_SECOND.fullmatch(text):
            return datetime.fromisoformat(f"{found[1]}59{found[2]}") + _SECOND
        return datetime.fromisoformat(text)
    except OverflowError as error:
        raise ValueError(f"{text} is after the latest representable time") from error


def write_iso(moment: datetime | None) -> str:
    """Return a time as ISO 8601 to the second with its offset; "" for None."""
    return moment.isoformat(timespec="seconds") if moment else ""
