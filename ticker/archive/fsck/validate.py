"""Validation of single lines: whether they can be parsed, are in the right day file, and have the right id.

Lines in this program's own spelling are validated in blocks, without the parser; all others are parsed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from itertools import repeat
from pathlib import Path
from typing import Any, Literal, NamedTuple

from ticker.archive.codec import LineError
from ticker.archive.dedup import title_key
from ticker.archive.ids import LENGTH, article_id, moment_id, story_id
from ticker.archive.importer import LONGEST
from ticker.archive.line_patterns import PLAIN, TEXT, TIME
from ticker.archive.line_reader import HEADLINES, Records
from ticker.archive.records import Stored, StoredHeadline
from ticker.urls import canonical

_PART = 128 << 10  # bytes; one unusual line makes all lines of its part go to the parser
_ID = re.compile(rf"[0-9a-f]{{{LENGTH}}}")


@dataclass(slots=True)
class ValidatedBlock:
    """The contents of a block of lines.

    ``ids`` and ``revised`` are packed, eight bytes per id; ``ids`` has one for each readable line. ``seen`` has for
    each line its time as written, to the second; empty for an unreadable line. ``faults`` are paired with their line
    number, from 0.
    """

    count: int = 0
    ids: list[bytes] = field(default_factory=list)
    revised: list[bytes] = field(default_factory=list)
    seen: list[bytes] = field(default_factory=list)
    faults: list[tuple[int, LineIssue]] = field(default_factory=list)


def validate_block(block: bytes, records: Records[Any], day: date, latest: datetime) -> ValidatedBlock:
    """Validate lines, with newlines, from the file of ``day``; lines seen after ``latest`` (aware) get a note."""
    validated = ValidatedBlock()
    for part in _parts(block):
        if records is not HEADLINES or not _validate_together(part, day, latest, validated):
            for line in lines_of(part):
                _judge_one(line, records, day, latest, validated)
    return validated


def validate_line(
    line: bytes, records: Records[Any], day: date, latest: datetime
) -> tuple[Stored | None, list[LineIssue]]:
    """Return the record of a line, None if it cannot be read, and what is wrong with the line."""
    if len(line) > LONGEST:
        return None, [LineIssue(f"longer than {LONGEST >> 20} MB")]
    try:
        record: Stored = records.parse(line)
    except LineError as error:
        zeros = ", with NUL bytes as a power cut leaves them" if b"\0" in line else ""
        return None, [LineIssue(f"{error}{zeros}")]
    faults = []
    if record.moment.date() != day:
        faults.append(LineIssue(f"belongs in the file of {record.moment.date()}"))
    if not has_own_id(record):
        faults.append(LineIssue(f"id mismatch: stored {record.id}, computed {own_id(record)}"))
    if record.seen > latest:
        faults.append(LineIssue(f"seen in the future: {record.seen.isoformat()}", is_problem=False, mend=""))
    return record, faults


def has_own_id(record: Stored) -> bool:
    """Return whether the id matches the record's content, or has a form that this program does not use."""
    if not _ID.fullmatch(record.id):
        return True
    if isinstance(record, StoredHeadline):
        return record.id == own_id(record) or record.id == moment_id(record.source, record.title, record.time)
    keys = dict.fromkeys((canonical(record.url) if record.url else title_key(record.title), record.url or ""))
    given = (record.source, record.title, record.body)
    return any(
        record.id == article_id(given[0], key, given[1], given[2], before)
        for key in keys
        for before in (None, record.revises)
    )


def bears_own_id(line: bytes, record: Stored) -> bool:
    """Whether a line states an id that follows from what it says: then it is as it was written."""
    return b'"id": "%s"' % record.id.encode() in line and bool(_ID.fullmatch(record.id)) and has_own_id(record)


def own_id(record: Stored) -> str:
    """Compute the id from the content of a record."""
    if isinstance(record, StoredHeadline):
        if record.url:
            return story_id(record.source, record.url, record.title)
        return moment_id(record.source, record.title, record.time)
    key = canonical(record.url) if record.url else title_key(record.title)
    return article_id(record.source, key, record.title, record.body, None)


def pack_id(id: str) -> bytes:
    """Return an id in eight bytes; for an id of another form, a digest of it."""
    return bytes.fromhex(id) if _ID.fullmatch(id) else blake2b(id.encode("utf-8", "replace"), digest_size=8).digest()


def _parts(block: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(block):
        end = block.find(b"\n", start + _PART) + 1 or len(block)
        yield block[start:end]
        start = end


def lines_of(part: bytes) -> list[bytes]:
    """Split ``part`` into its lines, with their newlines."""
    lines = [line + b"\n" for line in part.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _judge_one(line: bytes, records: Records[Any], day: date, latest: datetime, validated: ValidatedBlock) -> None:
    number = validated.count
    validated.count += 1
    record, faults = validate_line(line, records, day, latest) if not line.isspace() else (None, [])
    validated.faults += zip(repeat(number), faults)
    validated.seen.append(record.seen.isoformat()[:19].encode() if record else b"")
    if record:
        validated.ids.append(pack_id(record.id))
        if record.revises:
            validated.revised.append(pack_id(record.revises))


def _validate_together(part: bytes, day: date, latest: datetime, validated: ValidatedBlock) -> bool:
    """Validate the lines of ``part`` in one pass, and return True; return False if any line needs the parser."""
    try:
        part.decode()
    except UnicodeDecodeError:
        return False
    found = _as_written().findall(part)
    count = part.count(b"\n")
    if len(found) != count or not count:
        return False
    times, sources, titles, hosts, paths, others, ids, seen, revises = zip(*found, strict=True)
    if b"\\" in part:
        titles = tuple(_unescaped(title) if b"\\" in title else title for title in titles)
    stated = bytes.fromhex(b"".join(ids).decode())
    digests = b"".join(
        [
            blake2b(
                b"headline\0%s\0at https://%s%s\0%s" % (source, host, path.rstrip(b"/") or b"/", title), digest_size=8
            ).digest()
            if host
            else _digest(source, other, time, title)
            for source, host, path, other, time, title in zip(sources, hosts, paths, others, times, titles, strict=True)
        ]
    )
    own, until = day.isoformat().encode(), f"{latest:%Y-%m-%dT%H:%M:%S}".encode()
    if stated != digests or max(seen) > until or any(time[:10] != own for time in times):
        lines = part.split(b"\n")
        for number, (time, moment) in enumerate(zip(times, seen, strict=True)):
            at = 8 * number
            if stated[at : at + 8] != digests[at : at + 8] or time[:10] != own or moment > until:
                _, faults = validate_line(lines[number], HEADLINES, day, latest)
                validated.faults += zip(repeat(validated.count + number), faults)
    validated.count += count
    validated.ids.append(stated)
    validated.seen += [moment[:19] for moment in seen]
    validated.revised += [bytes.fromhex(id.decode()) for id in revises if id]
    return True


def _digest(source: bytes, url: bytes, time: bytes, title: bytes) -> bytes:
    """Return the packed id of a headline that has no URL, or one that needs canonicalization."""
    if url:
        return bytes.fromhex(story_id(source.decode(), url.decode(), title.decode()))
    moment = datetime.fromisoformat(time.decode()) if time else None
    return bytes.fromhex(moment_id(source.decode(), title.decode(), moment))


def _unescaped(title: bytes) -> bytes:
    text: str = json.loads(b'"%s"' % title)
    return text.encode()


# A headline's line as this program writes it, with valid times (29 February excepted). The groups hold host and path
# of a URL in plain form (see ``urls``), and any other URL as a whole.
_ADDRESS = rb"https?://(?:www\.|(?!www\.))([a-z0-9][a-z0-9.-]*+)((?:/[!$&->@-\[\]-~]*+)?)"
_AS_WRITTEN = (
    rb'(?m:^)\{"time": (?:"(%(time)s)"|null), "source": "(%(plain)s)", "title": "(?=[^ "\\])(%(text)s)", '
    rb'"url": (?:"%(address)s"|"(%(plain)s)"|null), "id": "([0-9a-f]{16})", "seen": "(%(time)s)", '
    rb'"page": (?:"%(text)s"|null), "time_text": "%(text)s", "precision": "(?:exact|minute|hour|day)", '
    rb'"section": (?:"%(text)s"|null)(?:, "revises": "([0-9a-f]{16})")?\}\n'
    % {b"time": TIME.strip(b'"'), b"plain": PLAIN, b"text": TEXT, b"address": _ADDRESS}
)


@cache
def _as_written() -> re.Pattern[bytes]:
    return re.compile(_AS_WRITTEN)


Mend = Literal["", "rewrite", "refile", "aside", "format", "index"]
"""How a fault is repaired: not at all; "rewrite": rewrite the file without it; "refile": store the lines in the right
files; "aside": quarantine the file; "format": rewrite ``format.json``; "index": rebuild the index."""


class LineIssue(NamedTuple):
    """What is wrong with a line; only a note unless ``is_problem``."""

    what: str
    is_problem: bool = True
    mend: Mend = "rewrite"


class Issue(NamedTuple):
    """What is wrong with a line of a file (numbered from 1), or with the whole file (line 0)."""

    path: Path
    line_number: int
    what: str
    is_problem: bool = True
    mend: Mend = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line_number}" if self.line_number else str(self.path)
        return f"{place}: {'' if self.is_problem else 'note: '}{self.what}"


def note(path: Path, what: str, line_number: int = 0, mend: Mend = "") -> Issue:
    """Return a finding that is a note, not a problem."""
    return Issue(path, line_number, what, False, mend)
