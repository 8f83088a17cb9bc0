"""Export of archived records, with one module for each format; ``formats`` lists them."""

from ticker.export.formats import (
    FORMATS,
    About,
    Format,
    feed_identity,
    format_of_name,
    naming,
    replacing,
    to_file,
    to_stream,
)

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
