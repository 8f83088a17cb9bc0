"""Extraction of time expressions from texts (`finder.py`), and their resolution (`resolve.py`, `listing.py`).

No function reads the system clock; the reference time is an argument. The word tables are compiled on first use.
"""

from ticker.times.expressions import TimeExpression
from ticker.times.finder import find_times, may_hold_time
from ticker.times.listing import DateLine, ShownTime, is_from_clock_text, resolve_list, retime_list
from ticker.times.machine import read_machine_time
from ticker.times.ranges import TimeRange, read_range
from ticker.times.resolve import FUTURE_TOLERANCE, Resolved, is_ahead, resolve
from ticker.times.zones import has_offset, zone_by_name, zone_of_country, zone_of_host

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
    "is_from_clock_text",
    "may_hold_time",
    "read_machine_time",
    "read_range",
    "resolve",
    "resolve_list",
    "retime_list",
    "zone_by_name",
    "zone_of_country",
    "zone_of_host",
]
