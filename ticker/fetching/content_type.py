"""Detection of pages by Content-Type and first bytes."""

from __future__ import annotations

import re

from ticker.errors import NotAPage
from ticker.text import wide_codec

PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
# Names in messages for content that users request by mistake.
_NAMES = {
    "application/pdf": "a PDF document",
    "application/rss+xml": "an RSS feed",
    "application/atom+xml": "an Atom feed",
    "application/feed+json": "a JSON feed",
    "application/xml": "an XML document or feed",
    "text/xml": "an XML document or feed",
    "application/json": "JSON data",
    "application/octet-stream": "a download",
}
_FAMILIES = {"image": "an image", "video": "a video", "audio": "an audio file", "font": "a font"}
# Signatures of files that servers send with the Content-Type of a page or none (WHATWG MIME Sniffing, 6).
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b\x08", "a gzip archive"),
)
# The tags that begin a page, in the order of WHATWG MIME Sniffing, 7.1, and others used by small sites.
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|script|iframe|h[1-6]|div|font|table|a|style"
    rb"|title|b|body|br|p|meta|link|main|article|section|header|!--)[\s>]",
    re.IGNORECASE,
)
_SNIFFED = 1024
_LONGEST_SHOWN = 100  # characters of a media type; no registered one is longer
# Binary data bytes (WHATWG MIME Sniffing, 3): in no text encoding but UTF-16. Pages have a few by mistake; compressed
# or encrypted data has one in ten.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MOST_BINARY = 0.05
_UTF_16_NAMES = re.compile(r"utf-?16|ucs-?2|unicode$", re.IGNORECASE)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s;\"',]+)", re.IGNORECASE)


def media_type(header: str | None) -> str:
    """Return the media type of a Content-Type header in lower case, or "" if it has none."""
    named = (header or "").split(";", 1)[0].split(",", 1)[0].strip().lower()
    return named if "/" in named and named not in ("*/*", "unknown/unknown") else ""


def charset(header: str | None) -> str | None:
    """Return the charset of a Content-Type header, or None."""
    found = _CHARSET.search(header or "")
    return found[1] if found else None


def refuse_by_type(header: str | None) -> None:
    """Raise NotAPage if a Content-Type header has a media type other than those of pages."""
    named = media_type(header)
    if named and named not in PAGES:
        name = _NAMES.get(named) or _FAMILIES.get(named.split("/", 1)[0]) or "another type"
        shown = named if len(named) <= _LONGEST_SHOWN else named[:_LONGEST_SHOWN] + "..."
        raise NotAPage(f"not HTML but {name} ({shown})", "not HTML")


def refuse_by_bytes(body: bytes, charset: str | None = None) -> None:
    """Raise NotAPage if the first bytes are those of another file type; ``charset`` is that of the header."""
    for signature, name in _SIGNATURES:
        if body.startswith(signature):
            raise NotAPage(f"not HTML but {name}, by its first bytes", "not HTML")
    beginning = body[:_SNIFFED]
    is_wide = wide_codec(beginning) or (charset and _UTF_16_NAMES.match(charset))
    if not is_wide and len(_BINARY.findall(beginning)) > _MOST_BINARY * len(beginning):
        raise NotAPage("not HTML but binary data, by its first bytes", "not HTML")


def kind_of(header: str | None, body: bytes) -> str:
    """Return the media type of a page, from its header or else from its first bytes.

    Raises NotAPage if the body is empty or another file type, or if it has neither a media type nor markup.
    """
    if not body or body.isspace():
        raise NotAPage("the response is empty", "empty")
    refuse_by_bytes(body, charset(header))
    named = media_type(header)
    if named:
        return named
    wide = wide_codec(body)
    start = body[:_SNIFFED].decode(wide, "replace").encode() if wide else body[:_SNIFFED]
    if _MARKUP.match(start):
        return "text/html"
    raise NotAPage("not HTML: the response has no Content-Type and does not begin with HTML markup", "not HTML")
