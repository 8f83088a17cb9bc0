"""Archived records in the formats of other programs: one module a format, ``formats`` is the table of them."""

from ticker.exporting.about import About, feed_identity
from ticker.exporting.formats import FORMATS, Format, format_of_name
from ticker.exporting.writing import naming, replacing, to_file, to_stream

__all__ = [
    "FORMATS",
    "About",
    "Format",
    "feed_identity",
    "format_of_name",
    "naming",
    "replacing",
    "to_file",
    "to_stream",
]
