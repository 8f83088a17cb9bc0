"""What RSS and Atom have in common: entries, and text that XML can hold. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape as escape_html
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from ticker.addresses import is_web, to_uri
from ticker.text import harmless, squeeze

if TYPE_CHECKING:
    from ticker.exporting.formats import Record

# What is no Char of XML 1.0 (https://www.w3.org/TR/xml/#charsets), and the control characters that it discourages.
_NO_XML = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. ``id`` is a URN that the same record has in every feed; ``html`` what there is to read."""

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
        """Who it is by: its authors, else its source; nobody where that has no name."""
        return [name for name in self.authors or (self.source,) if name]


def entries(records: Iterable[Record]) -> list[Entry]:
    """The entries of records, each id once."""
    found: dict[str, Entry] = {}
    for record in records:
        entry = _entry(record)
        found.setdefault(entry.id, entry)
    return list(found.values())


def last_change(found: Iterable[Entry]) -> datetime | None:
    """When the newest entry was changed, so that a feed to which nothing came stays the same; None without any."""
    return max((entry.updated for entry in found), default=None)


def element(name: str, text: str, **attributes: str | None) -> str:
    """An element with text alone. A name of an attribute may say ``xml_lang`` for ``xml:lang``."""
    return f"<{name}{_written(attributes)}>{escape(sound(text))}</{name}>"


def empty_element(name: str, **attributes: str | None) -> str:
    """An element with attributes alone."""
    return f"<{name}{_written(attributes)}/>"


def sound(text: str) -> str:
    """``text`` without what XML cannot hold."""
    return _NO_XML.sub("", text.replace("\r", " "))  # which a reader of XML would take for a line feed


def link_to(address: str | None) -> str | None:
    """An address as a URI; None where it is none that a reader could follow."""
    return to_uri(address) if address and is_web(address) else None


def is_language(tag: str) -> bool:
    """Whether ``tag`` has the form of a language's (BCP 47)."""
    return _LANGUAGE.fullmatch(tag) is not None


def in_minutes(moment: datetime) -> datetime:
    """``moment`` at an offset that RFC 822 and RFC 3339 can write, which is one of whole minutes."""
    offset = moment.utcoffset()
    assert offset is not None
    if not offset.seconds % 60 and not offset.microseconds:
        return moment
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # in the first or the last hours that there are
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
            f"<p>{escape_html(sound(harmless(part)), quote=False)}</p>" for part in body.split("\n") if part.strip()
        ),
    )


def _line(text: str) -> str:
    """``text`` on one line, which turns and hides nothing in a reader."""
    return squeeze(sound(harmless(text)))


def _written(attributes: dict[str, str | None]) -> str:
    pairs: Iterator[tuple[str, str]] = ((name, value) for name, value in attributes.items() if value is not None)
    return "".join(f" {name.replace('xml_', 'xml:')}={quoteattr(sound(value))}" for name, value in pairs)
