"""RSS 2.0 feeds (https://www.rssboard.org/rss-specification and https://www.rssboard.org/rss-profile)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from ticker.export.feeds import Entry, element, empty_element, entries, in_minutes, last_change, link_to

if TYPE_CHECKING:
    from ticker.export.formats import ExportMetadata, Record

# Many readers parse titles as HTML; with these references a title is plain text in all of them, as the profile says.
_PLAIN = (("&amp;", "&#x26;"), ("&lt;", "&#x3C;"), ("&gt;", "&#x3E;"))


def lines(records: Iterable[Record], about: ExportMetadata) -> Iterator[str]:
    """Yield the lines of a feed of all ``records``."""
    found = entries(records)
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel>"
    )
    yield _plain("title", about.title)
    # A channel must have a link; without a website it is the feed's own URL.
    yield element("link", link_to(about.site) or link_to(about.address) or about.identity)
    yield _plain("description", f"{about.title}, collected by ticker")
    if about.language:
        yield element("language", about.language)
    if changed := last_change(found):
        yield element("lastBuildDate", _date(changed))
    yield element("generator", "ticker")
    if address := link_to(about.address):
        yield empty_element("atom:link", rel="self", type="application/rss+xml", href=address)
    for entry in found:
        yield from _item(entry)
    yield "</channel></rss>"


def _item(entry: Entry) -> Iterator[str]:
    yield "<item>"
    yield _plain("title", entry.title)
    if entry.link:
        yield element("link", entry.link)
    yield element("guid", entry.id, isPermaLink="false")
    yield element("pubDate", _date(entry.time))
    for name in entry.by:
        yield element("dc:creator", name)
    if entry.category:
        yield element("category", entry.category)
    if entry.html:
        yield element("description", entry.html)
    yield "</item>"


def _plain(name: str, text: str) -> str:
    written = element(name, text)
    head, tail = written.index(">") + 1, written.rindex("<")
    text = written[head:tail]
    for entity, reference in _PLAIN:
        text = text.replace(entity, reference)
    return written[:head] + text + written[tail:]


def _date(moment: datetime) -> str:
    """Format a time as in RFC 822, with the four-digit year that RSS allows."""
    return format_datetime(in_minutes(moment))
