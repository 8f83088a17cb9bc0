"""Headlines and articles as they are stored, and how they are read from a line.

A line that cannot be parsed raises ``LineError`` with the reason. Unknown fields are kept in ``extra`` and written
back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ticker.archive.codec import LineError, decode_fields, shown, to_line
from ticker.archive.line_patterns import HeadlineSummary
from ticker.iso8601 import read_iso

if TYPE_CHECKING:
    from ticker.models import Precision

_MOST_AHEAD = timedelta(hours=26)  # the largest difference between two time zones


class Problem(NamedTuple):
    """A skipped line: its file, its number (from 1) and the reason.

    ``line_number`` is 0 if the whole file, or its end, cannot be read.
    """

    path: Path
    line_number: int
    reason: str

    def __str__(self) -> str:
        if not self.line_number:
            return f"{self.path}: {self.reason}"
        return f"{self.path}:{self.line_number}: line skipped: {self.reason}"


@dataclass(frozen=True, slots=True)
class StoredHeadline:
    """A headline in the archive. ``docs/archive-format.md`` describes each field; times are aware.

    ``revises`` is the id of the line whose title this one replaces. ``extra`` holds the unknown fields. If
    ``is_misdated`` is set, ``time`` counts as unknown; this flag is not stored.
    """

    time: datetime | None
    source: str
    title: str
    url: str | None
    id: str
    seen: datetime
    page: str | None = None
    time_text: str = ""
    precision: Precision = "minute"
    section: str | None = None
    revises: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    is_misdated: bool = field(default=False, compare=False)

    @property
    def moment(self) -> datetime:
        """The time to sort and to file by: ``time``, or ``seen`` if ``time`` is unknown."""
        return self.seen if self.time is None or self.is_misdated else self.time

    def to_dict(self) -> dict[str, Any]:
        """Return the fields in their stored order, as JSON types."""
        fields = {
            "time": _to_text(self.time),
            "source": self.source,
            "title": self.title,
            "url": self.url,
            "id": self.id,
            "seen": _to_text(self.seen),
            "page": self.page,
            "time_text": self.time_text,
            "precision": self.precision,
            "section": self.section,
        }
        if self.revises is not None:
            fields["revises"] = self.revises
        return {**fields, **self.extra}

    def to_line(self) -> str:
        """Return the line to store, without its newline."""
        return to_line(self.to_dict())

    @classmethod
    def from_line(cls, line: bytes | str) -> StoredHeadline:
        """Parse a stored line; raises LineError."""
        return (_as_written(line) if isinstance(line, bytes) else None) or cls.from_dict(decode_fields(line))

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> StoredHeadline:
        """Build a headline from its fields, of which ``title`` and ``time`` suffice; raises LineError."""
        title = _title(fields)
        time = _time(fields, "time")
        seen = _time(fields, "seen") or time
        if seen is None:
            raise LineError("no time")
        url = _text(fields, "url")
        source = _text(fields, "source") or _host(url)
        precision = _text(fields, "precision") or "minute"
        _check_precision(precision)
        return cls(
            time=time,
            source=source,
            title=title,
            url=url,
            id=_text(fields, "id") or _headline_id(source, url, title, time),
            seen=seen,
            page=_text(fields, "page"),
            time_text=_text(fields, "time_text") or "",
            precision=cast("Precision", precision),
            section=_text(fields, "section"),
            revises=_text(fields, "revises"),
            extra=_beside(_HEADLINE_FIELDS, fields),
        )


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """A version of an article in the archive. ``docs/archive-format.md`` describes each field.

    ``time`` is the time of publication, or ``seen`` if that is unknown. ``revises`` is the id of the version before.
    ``reader`` is the revision of the parser that read the page, or None if unknown. ``extra`` holds the unknown fields.
    If ``is_misdated`` is set, ``time`` counts as unknown; this flag is not stored.
    """

    time: datetime
    source: str
    title: str
    url: str | None
    id: str
    seen: datetime
    page: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    description: str | None = None
    site: str | None = None
    revises: str | None = None
    reader: int | None = None
    body: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    is_misdated: bool = field(default=False, compare=False)

    @property
    def moment(self) -> datetime:
        """The time to sort and to file by."""
        return self.seen if self.is_misdated else self.time

    def to_dict(self) -> dict[str, Any]:
        """Return the fields in their stored order, the body last, as JSON types."""
        fields: dict[str, Any] = {
            "time": _to_text(self.time),
            "source": self.source,
            "title": self.title,
            "url": self.url,
            "id": self.id,
            "seen": _to_text(self.seen),
            "page": self.page,
            "published": _to_text(self.published),
            "modified": _to_text(self.modified),
            "authors": list(self.authors),
            "language": self.language,
            "description": self.description,
            "site": self.site,
        }
        if self.revises is not None:
            fields["revises"] = self.revises
        if self.reader is not None:
            fields["reader"] = self.reader
        return {**fields, **self.extra, "body": self.body}

    def to_line(self) -> str:
        """Return the line to store, without its newline."""
        return to_line(self.to_dict())

    @classmethod
    def from_line(cls, line: bytes | str) -> StoredArticle:
        """Parse a stored line; raises LineError."""
        return cls.from_dict(decode_fields(line))

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> StoredArticle:
        """Build an article from its fields, of which ``title`` and ``time`` suffice; raises LineError."""
        title = _title(fields)
        published = _time(fields, "published")
        seen = _time(fields, "seen")
        time = _time(fields, "time") or published or seen
        if time is None:
            raise LineError("no time")
        url = _text(fields, "url")
        source = _text(fields, "source") or _host(url)
        body = _text(fields, "body") or ""
        reader = _revision(fields, "reader")
        return cls(
            time=time,
            source=source,
            title=title,
            url=url,
            id=_text(fields, "id") or _article_id(source, url, title, body, _text(fields, "revises")),
            seen=seen or time,
            page=_text(fields, "page"),
            published=published,
            modified=_time(fields, "modified"),
            authors=_texts(fields, "authors"),
            language=_text(fields, "language"),
            description=_text(fields, "description"),
            site=_text(fields, "site"),
            revises=_text(fields, "revises"),
            reader=reader,
            body=body,
            extra=_beside(_ARTICLE_FIELDS if reader else _ARTICLE_FIELDS - {"reader"}, fields),
        )


Stored = StoredHeadline | StoredArticle


def is_too_late(time: datetime | None, seen: datetime) -> bool:
    """Return whether ``time`` is too far after ``seen`` to be right in any time zone."""
    return time is not None and time - seen > _MOST_AHEAD


def is_reread(version: Stored, before: Stored | None) -> bool:
    """Return whether different parser revisions read the two versions, so that a difference need not be an edit."""
    return isinstance(version, StoredArticle) and isinstance(before, StoredArticle) and version.reader != before.reader


_HEADLINE_FIELDS = frozenset(StoredHeadline.__dataclass_fields__) - {"extra", "is_misdated"}

_ARTICLE_FIELDS = frozenset(StoredArticle.__dataclass_fields__) - {"extra", "is_misdated"}

# The usual line of a headline, exactly as this program writes it: parsed by one pattern, without the json module.
_TIME = r"[^\"]{19}[+-]\d\d:\d\d"

_PLAIN = r'[^"\\\x00-\x1f]*+'

_TITLE = r'(?:[^"\\\x00-\x1f]++|\\["\\/])*+'

_AS_WRITTEN = (
    rf'\{{"time": (?:"({_TIME})"|null), "source": "(?!")({_PLAIN})", "title": "(?!")({_TITLE})", '
    rf'"url": (?:"({_PLAIN})"|null), "id": "([0-9a-f]{{16}})", "seen": "({_TIME})", "page": (?:"({_PLAIN})"|null), '
    rf'"time_text": "({_PLAIN})", "precision": "(exact|minute|hour|day)", "section": (?:"({_PLAIN})"|null)'
    rf'(?:, "revises": "({_PLAIN})")?\}}\n?'
)


@cache
def _line_as_written() -> re.Pattern[str]:
    return re.compile(_AS_WRITTEN)


def _as_written(line: bytes) -> StoredHeadline | None:
    """Return what ``from_dict`` would return, or None if the line needs ``from_dict``."""
    try:
        found = _line_as_written().fullmatch(line.decode())
        if not found:
            return None
        time, source, title, url, id, seen, page, time_text, precision, section, revises = found.groups()
        seen_at = datetime.fromisoformat(seen)
        moment = seen_at if time == seen else datetime.fromisoformat(time) if time else None
    except ValueError:
        return None
    if title.isspace():
        return None
    return StoredHeadline(
        *(moment, source, _unescaped(title), url or None, id, seen_at, page or None, time_text),
        precision=cast("Precision", precision),
        section=section or None,
        revises=revises or None,
    )


def parse_summary(line: bytes) -> HeadlineSummary:
    """Parse time, source and title from a headline's line, after checking the whole line; raises LineError."""
    try:
        found = _line_as_written().fullmatch(line.decode())
        if found and found[1] and not found[3].isspace():
            time, source, title, seen = found.group(1, 2, 3, 6)
            moment = datetime.fromisoformat(time)
            if seen != time:
                datetime.fromisoformat(seen)
            return HeadlineSummary(moment, source, _unescaped(title))
    except ValueError:
        pass
    headline = StoredHeadline.from_line(line)
    return HeadlineSummary(headline.moment, headline.source, headline.title)


def _unescaped(title: str) -> str:
    return re.sub(r"\\(.)", r"\1", title) if "\\" in title else title


# Only handmade lines need these modules. They are imported on demand, to keep start-up fast.


def _host(url: str | None) -> str:
    from ticker.urls import host

    return host(url)


def _check_precision(precision: str) -> None:
    from ticker.models import PRECISIONS

    if precision not in PRECISIONS:
        raise LineError(f"invalid precision {shown(precision)}: must be one of {', '.join(PRECISIONS)}")


def _headline_id(source: str, url: str | None, title: str, time: datetime | None) -> str:
    from ticker.archive.ids import moment_id, story_id

    return story_id(source, url, title) if url else moment_id(source, title, time)


def _article_id(source: str, url: str | None, title: str, body: str, revises: str | None) -> str:
    from ticker.archive.ids import article_id

    return article_id(source, url or "", title, body, revises)


def canonical_line(record: Stored) -> str:
    """Return the same text for all spellings of a record: its fields sorted by name, without optional whitespace."""
    import json

    return json.dumps(record.to_dict(), sort_keys=True, separators=(",", ":"))


def _beside(known: frozenset[str], fields: Mapping[str, Any]) -> dict[str, Any]:
    return {} if known.issuperset(fields) else {name: value for name, value in fields.items() if name not in known}


def _title(fields: Mapping[str, Any]) -> str:
    title = _text(fields, "title")
    if not title or title.isspace():
        raise LineError("no title")
    return title


def _text(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None or isinstance(value, str):
        return value or None
    raise LineError(f"{name} must be a string, got {shown(value)}")


def _texts(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = fields.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise LineError(f"{name} must be a list of strings, got {shown(values)}")
    return tuple(values)


def _revision(fields: Mapping[str, Any], name: str) -> int | None:
    """Return a revision that this program may have written; None for other values, which an older archive may hold."""
    value = fields.get(name)
    return value if type(value) is int and 0 < value < 10**9 else None


def _time(fields: Mapping[str, Any], name: str) -> datetime | None:
    text = _text(fields, name)
    if text is None:
        return None
    try:
        time = read_iso(text)
    except ValueError as error:
        raise LineError(f"invalid {name} {shown(text)}: not a time such as 2025-06-12T17:10:00+01:00") from error
    if time.utcoffset() is None:
        raise LineError(f"invalid {name} {shown(text)}: no UTC offset such as +01:00 or Z")
    return time


def _to_text(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
