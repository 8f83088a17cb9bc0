"""Ranges of time: what people type after ``--since`` and ``--until``, in English and in numbers. Pure."""

from ticker.times.ranges.calendar import TimeRange
from ticker.times.ranges.parser import read_range

__all__ = ["TimeRange", "read_range"]
