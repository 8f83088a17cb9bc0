"""Times: a text becomes a time expression (`find.py`), an expression a moment (`resolve.py`, `listing.py`).

Pure: no clock but what comes in as an argument.
"""

from ticker.times.expressions import TimeExpression
from ticker.times.find import find_times, may_hold_time
from ticker.times.listing import DateLine, resolve_list
from ticker.times.machine import read_machine_time
from ticker.times.resolve import FUTURE_TOLERANCE, Resolved, resolve
from ticker.times.spans import Span, read_span
from ticker.times.zones import zone_named, zone_of_country, zone_of_host

__all__ = [
    "FUTURE_TOLERANCE",
    "DateLine",
    "Resolved",
    "Span",
    "TimeExpression",
    "find_times",
    "may_hold_time",
    "read_machine_time",
    "read_span",
    "resolve",
    "resolve_list",
    "zone_named",
    "zone_of_country",
    "zone_of_host",
]
