"""The records as they are stored, and the line that each is: one JSON object, UTF-8, never broken in two.

A line that cannot be read raises ``LineError``, which says why; fields that this version does not know are kept
in ``extra`` and written again.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ticker.archive.glance import Glance
from ticker.errors import ArchiveError
from ticker.iso import read_iso
from ticker.precision import PRECISIONS, Precision

if TYPE_CHECKING:
    import json

# JSON leaves these as they are, but they end a line or steer a terminal: DEL, the C1 controls (U+0085, "next
# line", is one), the line and paragraph separators. JSON itself escapes the C0 controls.
_BREAKING = re.compile("[\x7f-\x9f\u2028\u2029]")


_MOST_AHEAD = timedelta(hours=26)  # the world's zones are 26 hours apart


class LineError(ArchiveError):
    """A line that cannot be read; its text is the reason alone."""


class Problem(NamedTuple):
    """A line that was skipped: where it stands (``line_number`` from 1) and what is wrong with it.

    ``line_number`` is 0 where it is not one line, but a file that cannot be read, or not to its end.
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

    ``revises`` is the id of the line whose title this one replaces; ``extra`` what else the line holds. Where
    ``is_misdated`` is set, ``time`` counts as unknown; that is no field of the line.
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
        """The time to sort and to file by: that of the headline, or when it was seen where none is known."""
        return self.seen if self.time is None or self.is_misdated else self.time

    def to_dict(self) -> dict[str, Any]:
        """The fields in the order in which they are stored, as JSON can hold them."""
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
        """The line that is stored, without its end."""
        return to_line(self.to_dict())

    @classmethod
    def from_line(cls, line: bytes | str) -> StoredHeadline:
        """The headline that a line holds; raises LineError."""
        return (_as_written(line) if isinstance(line, bytes) else None) or cls.from_dict(fields_of(line))

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> StoredHeadline:
        """The headline with these fields, of which ``title`` and ``time`` are enough; raises LineError."""
        title = _title(fields)
        time = _time(fields, "time")
        seen = _time(fields, "seen") or time
        if seen is None:
            raise LineError("no time")
        url = _text(fields, "url")
        source = _text(fields, "source") or _host(url)
        precision = _text(fields, "precision") or "minute"
        if precision not in PRECISIONS:
            raise LineError(f"precision {_shown(precision)} is none of {', '.join(PRECISIONS)}")
        return cls(
            time=time,
            source=source,
            title=title,
            url=url,
            id=_text(fields, "id") or _headline_id(source, url, title, time),
            seen=seen,
            page=_text(fields, "page"),
            time_text=_text(fields, "time_text") or "",
            precision=cast(Precision, precision),
            section=_text(fields, "section"),
            revises=_text(fields, "revises"),
            extra=_beside(_HEADLINE_FIELDS, fields),
        )


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """A version of an article in the archive. ``docs/archive-format.md`` describes each field.

    ``time`` is when it was published, or when it was seen where that is not known; ``revises`` is the id of the
    version before; ``reader`` is the revision of the parser that read it, None where that is not known; ``extra`` is
    what else the line holds. Where ``is_misdated`` is set, ``time`` counts as unknown; that is no field of the line.
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
        """The fields in the order in which they are stored, the body last, as JSON can hold them."""
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
        """The line that is stored, without its end."""
        return to_line(self.to_dict())

    @classmethod
    def from_line(cls, line: bytes | str) -> StoredArticle:
        """The article that a line holds; raises LineError."""
        return cls.from_dict(fields_of(line))

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> StoredArticle:
        """The article with these fields, of which ``title`` and ``time`` are enough; raises LineError."""
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
    """Return whether ``time`` cannot be that of something that was ``seen`` then, in whatever zone."""
    return time is not None and time - seen > _MOST_AHEAD


def is_reread(version: Stored, before: Stored | None) -> bool:
    """Return whether another revision of the parser read the version ``before``: a difference need not be an edit."""
    return isinstance(version, StoredArticle) and isinstance(before, StoredArticle) and version.reader != before.reader


_HEADLINE_FIELDS = frozenset(StoredHeadline.__dataclass_fields__) - {"extra", "is_misdated"}
_ARTICLE_FIELDS = frozenset(StoredArticle.__dataclass_fields__) - {"extra", "is_misdated"}


# A headline's line as this program writes it, with no escape in it: nearly all, read in a fifth of the time.
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
    """What ``from_dict`` gives; None for a line that is to be read by it."""
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
        precision=cast(Precision, precision),
        section=section or None,
        revises=revises or None,
    )


def read_at_a_glance(line: bytes) -> Glance:
    """When, whose and what, of a headline's line that is read to its end; raises LineError."""
    try:
        found = _line_as_written().fullmatch(line.decode())
        if found and found[1] and not found[3].isspace():
            time, source, title, seen = found.group(1, 2, 3, 6)
            moment = datetime.fromisoformat(time)
            if seen != time:
                datetime.fromisoformat(seen)
            return Glance(moment, source, _unescaped(title))
    except ValueError:
        pass
    headline = StoredHeadline.from_line(line)
    return Glance(headline.moment, headline.source, headline.title)


def _unescaped(title: str) -> str:
    return re.sub(r"\\(.)", r"\1", title) if "\\" in title else title


# What only lines made by hand, and lines with rare escapes, need is loaded for them: a short command's time is imports.


def _host(url: str | None) -> str:
    from ticker.addresses import host

    return host(url)


def _headline_id(source: str, url: str | None, title: str, time: datetime | None) -> str:
    from ticker.archive.ids import moment_id, story_id

    return story_id(source, url, title) if url else moment_id(source, title, time)


def _article_id(source: str, url: str | None, title: str, body: str, revises: str | None) -> str:
    from ticker.archive.ids import article_id

    return article_id(source, url or "", title, body, revises)


@cache
def _encoder() -> json.JSONEncoder:
    """Made anew for each line, it takes as long again."""
    import json

    return json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "))


def to_line(value: object) -> str:
    """``value`` as one line of JSON, unescaped but for what would break the line, without its end."""
    text = _encoder().encode(value)
    text = _BREAKING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return sound(text)


def canonical_line(record: Stored) -> str:
    """Return one text for all spellings of a record: its fields sorted by name, without optional white space."""
    import json

    return json.dumps(record.to_dict(), sort_keys=True, separators=(",", ":"))


def escaped(text: str) -> bytes:
    """``text`` as it stands between the quotes of a stored line."""
    return to_line(text)[1:-1].encode()


def is_spelled_otherwise(line: bytes) -> bool:
    """Whether ``line`` may spell text in another way than ``escaped`` does, as by ``\\u00e9`` for ``é``."""
    return b"\\u" in line or b"\\/" in line


def sound(text: str) -> str:
    """``text`` with each half of a surrogate pair, which UTF-8 cannot hold, as a question mark."""
    return text.encode("utf-8", "replace").decode()


def _no_constant(name: str) -> None:
    raise LineError(f"not JSON: {name} is no value that it has")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise LineError(f"the number {_shown(digits)[1:-1]} is larger than any that can be read and written again")
    return number


@cache
def _decoder() -> json.JSONDecoder:
    """Python's own reads, and writes, the names of what is no number, and takes 1e999 for one; no one else does."""
    import json

    return json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite)


def fields_of(line: bytes | str) -> dict[str, Any]:
    import json

    try:
        text = line.decode() if isinstance(line, bytes) else line
    except UnicodeDecodeError as error:
        raise LineError(f"not UTF-8 at byte {error.start + 1}") from error
    try:
        fields = _decoder().decode(text.removeprefix("\ufeff"))  # an editor's byte order mark
        if "\\ud" in text or "\\uD" in text:  # may be half a surrogate pair
            fields = json.loads(sound(json.dumps(fields, ensure_ascii=False)))
    except RecursionError as error:
        raise LineError("not JSON: nested too deeply") from error
    except json.JSONDecodeError as error:
        raise LineError(f"not JSON: {error}") from error
    except ValueError as error:  # of digits there may be too many
        most = sys.get_int_max_str_digits()
        raise LineError(f"not JSON that can be read: a number of more than {most:,} digits") from error
    if not isinstance(fields, dict):
        raise LineError("not a JSON object")
    return fields


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
    raise LineError(f"{name} {_shown(value)} is no text")


def _texts(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = fields.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise LineError(f"{name} {_shown(values)} is no list of texts")
    return tuple(values)


def _revision(fields: Mapping[str, Any], name: str) -> int | None:
    """Return a number that this program may have written; an older archive may hold anything under that name."""
    value = fields.get(name)
    return value if type(value) is int and 0 < value < 10**9 else None


def _time(fields: Mapping[str, Any], name: str) -> datetime | None:
    text = _text(fields, name)
    if text is None:
        return None
    try:
        time = read_iso(text)
    except ValueError as error:
        raise LineError(f"{name} {_shown(text)} is no time such as 2025-06-12T17:10:00+01:00") from error
    if time.utcoffset() is None:
        raise LineError(f"{name} {_shown(text)} has no offset from UTC, such as +01:00 or Z")
    return time


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _to_text(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
