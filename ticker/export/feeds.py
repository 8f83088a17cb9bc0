"""The common parts of RSS and Atom: entries and XML text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape as escape_html
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from ticker.text import replace_controls, squeeze
from ticker.urls import is_web, to_uri

if TYPE_CHECKING:
    from ticker.export.formats import Record

# Characters not allowed in XML 1.0 (https://www.w3.org/TR/xml/#charsets), and control characters that it discourages.
_NO_XML = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; ``id`` is a URN, equal in all feeds of a record, and ``html`` the content."""

    id: str
    title: str
    time: datetime
    updated: datetime
    source: str
    link: str | None
    authors: tuple[str, ...] = ()
    category: str | None = None
    language: str | None = None
    html: str = ""

    @property
    def by(self) -> list[str]:
        """Return the authors, else the source, without empty names."""
        return [name for name in self.authors or (self.source,) if name]


def entries(records: Iterable[Record]) -> list[Entry]:
    """Return the entries of records, deduplicated by id."""
    found: dict[str, Entry] = {}
    for record in records:
        entry = _entry(record)
        found.setdefault(entry.id, entry)
    return list(found.values())


def last_change(found: Iterable[Entry]) -> datetime | None:
    """Return the latest change of an entry, or None without entries; an unchanged feed keeps its date."""
    return max((entry.updated for entry in found), default=None)


def element(name: str, text: str, **attributes: str | None) -> str:
    """Return an element with text; an attribute ``xml_lang`` becomes ``xml:lang``."""
    return f"<{name}{_written(attributes)}>{escape(strip_invalid_xml(text))}</{name}>"


def empty_element(name: str, **attributes: str | None) -> str:
    """Return an element with attributes and no content."""
    return f"<{name}{_written(attributes)}/>"


def strip_invalid_xml(text: str) -> str:
    """Remove the characters that XML does not allow."""
    return _NO_XML.sub("", text.replace("\r", " "))  # an XML parser would read \r as a line feed


def link_to(address: str | None) -> str | None:
    """Return a web URL as an ASCII URI, or None for any other text."""
    return to_uri(address) if address and is_web(address) else None


def is_language(tag: str) -> bool:
    """Return whether ``tag`` has the form of a BCP 47 language tag."""
    return _LANGUAGE.fullmatch(tag) is not None


def in_minutes(moment: datetime) -> datetime:
    """Return ``moment`` with an offset of whole minutes, as RFC 822 and RFC 3339 require, else in UTC."""
    offset = moment.utcoffset()
    assert offset is not None
    if not offset.seconds % 60 and not offset.microseconds:
        return moment
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # at the limits of datetime
        return moment.replace(tzinfo=UTC)


def _entry(record: Record) -> Entry:
    article = hasattr(record, "body")
    body, language = getattr(record, "body", ""), getattr(record, "language", None)
    return Entry(
        id=uuid5(NAMESPACE_URL, f"ticker:{'article' if article else 'headline'}:{record.id}").urn,
        title=_line(record.title) or "?",
        time=in_minutes(record.moment),
        updated=in_minutes(getattr(record, "modified", None) or record.moment),
        source=_line(record.source),
        link=link_to(record.url),
        authors=tuple(map(_line, getattr(record, "authors", ()))),
        category=_line(getattr(record, "section", None) or "") or None,
        language=language if language and is_language(language) else None,
        html="\n".join(
            f"<p>{escape_html(strip_invalid_xml(replace_controls(part)), quote=False)}</p>"
            for part in body.split("\n")
            if part.strip()
        ),
    )


def _line(text: str) -> str:
    """Return ``text`` on one line, without control, direction and hiding characters."""
    return squeeze(strip_invalid_xml(replace_controls(text)))


def _written(attributes: dict[str, str | None]) -> str:
    pairs: Iterator[tuple[str, str]] = ((name, value) for name, value in attributes.items() if value is not None)
    return "".join(f" {name.replace('xml_', 'xml:')}={quoteattr(strip_invalid_xml(value))}" for name, value in pairs)
