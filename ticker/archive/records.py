"""Headlines and articles as they are stored, and how they are read from a line and written to one.

A line that cannot be parsed raises ``LineError`` with the reason. Unknown fields are kept in ``extra`` and written
back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

from msgspec import UNSET, Struct, field, to_builtins
from msgspec.structs import astuple

from ticker.archive.codec import (
    ArticleLine,
    HeadlineLine,
    LineError,
    Precision,
    decode_article,
    decode_fields,
    decode_headline,
    encode_line,
    shown,
    to_line,
)
from ticker.iso8601 import read_iso

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


class _Record(Struct, frozen=True, eq=False):
    """What records have in common. Their last two fields are ``extra`` and ``is_misdated``."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and astuple(self)[:-1] == astuple(other)[:-1]

    def __hash__(self) -> int:
        return hash(astuple(self)[:-2])


class StoredHeadline(_Record, frozen=True, eq=False):
    """A headline in the archive. ``docs/archive-format.md`` describes each field; times are aware.

    ``revises`` is the id of the line whose title this one replaces. ``extra`` holds the unknown fields. If
    ``is_misdated`` is set, ``time`` counts as unknown; this flag is not stored, and not compared.
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
    extra: Mapping[str, Any] = field(default_factory=dict)
    is_misdated: bool = False

    @property
    def moment(self) -> datetime:
        """The time to sort and to file by: ``time``, or ``seen`` if ``time`` is unknown."""
        return self.seen if self.time is None or self.is_misdated else self.time

    def to_dict(self) -> dict[str, Any]:
        """Return the fields in their stored order, as JSON types."""
        return {**to_builtins(self._line()), **self.extra}

    def to_line(self) -> str:
        """Return the line to store, without its newline."""
        return to_line(self.to_dict()) if self.extra else encode_line(self._line()).decode()

    def _line(self) -> HeadlineLine:
        return HeadlineLine(
            _to_text(self.time),
            self.source,
            self.title,
            self.url,
            self.id,
            self.seen.isoformat(),
            self.page,
            self.time_text,
            self.precision,
            self.section,
            UNSET if self.revises is None else self.revises,
        )

    @classmethod
    def from_line(cls, line: bytes | str) -> StoredHeadline:
        """Parse a stored line; raises LineError."""
        try:
            fields = decode_headline(line)
            time: datetime | None
            time = seen = _aware(fields.seen)
            if fields.time != fields.seen:
                time = _aware(fields.time) if fields.time else None
            if fields.title.isspace():
                raise ValueError("no title")
            return cls(
                time,
                fields.source,
                fields.title,
                fields.url,
                fields.id,
                seen,
                fields.page,
                fields.time_text,
                fields.precision,
                fields.section,
                None if fields.revises is UNSET else fields.revises,
            )
        except ValueError:  # an unusual line
            return cls.from_dict(decode_fields(line))

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


class StoredArticle(_Record, frozen=True, eq=False):
    """A version of an article in the archive. ``docs/archive-format.md`` describes each field.

    ``time`` is the time of publication, or ``seen`` if that is unknown. ``revises`` is the id of the version before.
    ``reader`` is the revision of the parser that read the page, or None if unknown. ``extra`` holds the unknown fields.
    If ``is_misdated`` is set, ``time`` counts as unknown; this flag is not stored, and not compared.
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
    extra: Mapping[str, Any] = field(default_factory=dict)
    is_misdated: bool = False

    @property
    def moment(self) -> datetime:
        """The time to sort and to file by."""
        return self.seen if self.is_misdated else self.time

    def to_dict(self) -> dict[str, Any]:
        """Return the fields in their stored order, the body last, as JSON types."""
        fields: dict[str, Any] = to_builtins(self._line())
        body = fields.pop("body")
        return {**fields, **self.extra, "body": body}

    def to_line(self) -> str:
        """Return the line to store, without its newline."""
        return to_line(self.to_dict()) if self.extra else encode_line(self._line()).decode()

    def _line(self) -> ArticleLine:
        return ArticleLine(
            self.time.isoformat(),
            self.source,
            self.title,
            self.url,
            self.id,
            self.seen.isoformat(),
            self.page,
            _to_text(self.published),
            _to_text(self.modified),
            list(self.authors),
            self.language,
            self.description,
            self.site,
            UNSET if self.revises is None else self.revises,
            UNSET if self.reader is None else self.reader,
            self.body,
        )

    @classmethod
    def from_line(cls, line: bytes | str) -> StoredArticle:
        """Parse a stored line; raises LineError."""
        try:
            fields = decode_article(line)
            if fields.title.isspace():
                raise ValueError("no title")
            return cls(
                _aware(fields.time),
                fields.source,
                fields.title,
                fields.url,
                fields.id,
                _aware(fields.seen),
                fields.page,
                _aware(fields.published) if fields.published else None,
                _aware(fields.modified) if fields.modified else None,
                tuple(fields.authors),
                fields.language,
                fields.description,
                fields.site,
                None if fields.revises is UNSET else fields.revises,
                None if fields.reader is UNSET else fields.reader,
                fields.body,
            )
        except ValueError:  # an unusual line
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


_HEADLINE_FIELDS = frozenset(HeadlineLine.__struct_fields__)
_ARTICLE_FIELDS = frozenset(ArticleLine.__struct_fields__)


def _aware(text: str) -> datetime:
    """Return the time ``text``; raises ValueError unless it has the usual form and an offset."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError("no UTC offset")
    return time


# Only handmade lines need these modules. They are imported on demand, to keep start-up fast.


def _host(url: str | None) -> str:
    from ticker.urls import host

    return host(url)


def _check_precision(precision: str) -> None:
    if precision not in get_args(Precision):
        raise LineError(f"invalid precision {shown(precision)}: must be one of {', '.join(get_args(Precision))}")


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
