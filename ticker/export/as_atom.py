"""Atom feeds (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ticker.export.feeds import Entry, element, empty_element, entries, in_minutes, last_change, link_to

if TYPE_CHECKING:
    from ticker.export.formats import ExportMetadata, Record

_NAMESPACE = "http://www.w3.org/2005/Atom"
# The required date of an empty feed: a constant, because unchanged feeds must stay identical.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def lines(records: Iterable[Record], about: ExportMetadata) -> Iterator[str]:
    """Yield the lines of a feed of all ``records``."""
    found = entries(records)
    yield '<?xml version="1.0" encoding="utf-8"?>'
    language = f' xml:lang="{about.language}"' if about.language else ""
    yield f'<feed xmlns="{_NAMESPACE}"{language}>'
    yield element("id", about.identity)
    yield element("title", about.title)
    yield element("updated", _date(last_change(found) or _NEVER))
    # Required if an entry has no author.
    yield f"<author>{element('name', 'ticker')}</author>"
    if address := link_to(about.address):
        yield empty_element("link", rel="self", type="application/atom+xml", href=address)
    if site := link_to(about.site):
        yield empty_element("link", rel="alternate", href=site)
    yield element("generator", "ticker")
    for entry in found:
        yield from _entry(entry)
    yield "</feed>"


def _entry(entry: Entry) -> Iterator[str]:
    yield "<entry>" if entry.language is None else f'<entry xml:lang="{entry.language}">'
    yield element("id", entry.id)
    yield element("title", entry.title)
    yield element("updated", _date(entry.updated))
    yield element("published", _date(entry.time))
    for name in entry.by:
        yield f"<author>{element('name', name)}</author>"
    if entry.link:
        yield empty_element("link", rel="alternate", href=entry.link)
    if entry.category:
        yield empty_element("category", term=entry.category)
    if entry.html:
        yield element("content", entry.html, type="html")
    elif not entry.link:  # an entry needs content or a link
        yield element("content", entry.title)
    yield "</entry>"


def _date(moment: datetime) -> str:
    """Format a time as in RFC 3339."""
    return in_minutes(moment).isoformat(timespec="seconds")
