"""Parsing of the time ranges that users type after ``--since`` and ``--until``, in English and numbers."""

from ticker.times.ranges.calendar import TimeRange
from ticker.times.ranges.parser import read_range

__all__ = ["TimeRange", "read_range"]
