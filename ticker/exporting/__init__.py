"""Export of archived records, with one module for each format; ``formats`` lists them."""

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
