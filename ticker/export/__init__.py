"""Export of archived records, with one module for each format; ``formats`` lists them."""

from ticker.export.formats import (
    FORMATS,
    ExportMetadata,
    Format,
    feed_identity,
    format_of_name,
    replacing,
    to_file,
    to_stream,
    translate_os_errors,
)

__all__ = [
    "FORMATS",
    "ExportMetadata",
    "Format",
    "feed_identity",
    "format_of_name",
    "replacing",
    "to_file",
    "to_stream",
    "translate_os_errors",
]
