"""Times: a text becomes a time expression (`find.py`), an expression a moment (`resolve.py`, `listing.py`).

Pure: no clock but what comes in as an argument. What reads pages is imported when it is first used, so that a search
since a date does not wait for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ticker.times.expressions import TimeExpression
from ticker.times.ranges import TimeRange, read_range
from ticker.times.resolve import FUTURE_TOLERANCE, Resolved, is_ahead, resolve
from ticker.times.zones import has_offset, zone_named, zone_of_country, zone_of_host

if TYPE_CHECKING:
    from ticker.times.find import find_times, may_hold_time
    from ticker.times.listing import DateLine, resolve_list
    from ticker.times.machine import read_machine_time
    from ticker.times.retiming import ShownTime, is_of_text, retime_list

__all__ = [
    "FUTURE_TOLERANCE",
    "DateLine",
    "Resolved",
    "ShownTime",
    "TimeExpression",
    "TimeRange",
    "find_times",
    "has_offset",
    "is_ahead",
    "is_of_text",
    "may_hold_time",
    "read_machine_time",
    "read_range",
    "resolve",
    "resolve_list",
    "retime_list",
    "zone_named",
    "zone_of_country",
    "zone_of_host",
]

_HOMES = {
    "DateLine": "listing",
    "ShownTime": "retiming",
    "find_times": "find",
    "is_of_text": "retiming",
    "may_hold_time": "find",
    "read_machine_time": "machine",
    "resolve_list": "listing",
    "retime_list": "retiming",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
