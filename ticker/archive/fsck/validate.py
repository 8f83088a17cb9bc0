"""Validation of single lines: whether they can be parsed, are in the right day file, and have the right id."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, NamedTuple

from ticker.archive.codec import LineError
from ticker.archive.dedup import title_key
from ticker.archive.ids import LENGTH, article_id, moment_id, packed, story_id
from ticker.archive.importer import LONGEST
from ticker.archive.line_reader import Records
from ticker.archive.records import Stored, StoredHeadline
from ticker.urls import canonical

_ID = re.compile(rf"[0-9a-f]{{{LENGTH}}}")


@dataclass(slots=True)
class ValidatedBlock:
    """The contents of a block of lines.

    ``ids`` and ``revised`` are packed, eight bytes per id; ``ids`` has one for each readable line. ``seen`` has for
    each line its time; None for an unreadable line. ``faults`` are paired with their line number, from 0.
    """

    count: int = 0
    ids: list[bytes] = field(default_factory=list)
    revised: list[bytes] = field(default_factory=list)
    seen: list[datetime | None] = field(default_factory=list)
    faults: list[tuple[int, LineIssue]] = field(default_factory=list)


def validate_block(block: bytes, records: Records[Any], day: date, latest: datetime) -> ValidatedBlock:
    """Validate lines, with newlines, from the file of ``day``; lines seen after ``latest`` (aware) get a note."""
    validated = ValidatedBlock()
    for number, line in enumerate(lines_of(block)):
        validated.count += 1
        record, faults = validate_line(line, records, day, latest) if not line.isspace() else (None, [])
        if faults:
            validated.faults += [(number, fault) for fault in faults]
        validated.seen.append(record.seen if record else None)
        if record:
            validated.ids.append(pack_id(record.id))
            if record.revises:
                validated.revised.append(pack_id(record.revises))
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
    if record.id == own_id(record) or not _ID.fullmatch(record.id):
        return True
    if isinstance(record, StoredHeadline):
        return record.id == moment_id(record.source, record.title, record.time)
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
    return packed(id) or blake2b(id.encode("utf-8", "replace"), digest_size=8).digest()


def lines_of(part: bytes) -> list[bytes]:
    """Split ``part`` into its lines, with their newlines."""
    lines = [line + b"\n" for line in part.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


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
