"""Facts that regular expressions read from stored lines, at a fraction of the cost of parsing them.

They match lines exactly as this program writes them; the parser handles the others. Parsing and writing a line takes
30 µs, matching it 4 µs, and nearly all imported lines come from an archive.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import NamedTuple

from ticker.archive.layout import Kind

# A whole line as this program writes it, without escapes; all other lines need the parser.
_MOMENT = rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"
_TEXT = rb'"[^"\\\x00-\x1f]*+"'
_MAYBE = rb"(?:%s|null)" % _TEXT
_WHOLE = re.compile(
    rb'\{"time": "(%(moment)s)", "source": "([^"\\\x00-\x1f]++)", "title": "(?=[^ "\\])([^"\\\x00-\x1f]++)", '
    rb'"url": %(maybe)s, "id": "[0-9a-f]{16}", "seen": "(%(moment)s)", "page": %(maybe)s, "time_text": %(text)s, '
    rb'"precision": "(?:exact|minute|hour|day)", "section": %(maybe)s(?:, "revises": %(text)s)?\}\n'
    % {b"moment": _MOMENT, b"text": _TEXT, b"maybe": _MAYBE}
)
# It starts with a literal newline, since the regex engine finds literal bytes much faster than "^".
_TIMES = re.compile(rb'\n\{"time": "(.{19}[^"\n]{1,6})", "')
# A valid time (29 February excepted), as it is written, with its quotes.
_DATE = rb"(?!0000)\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
# Text between quotes: not empty and without escapes; any, with short escapes.
PLAIN = rb'[^"\\\x00-\x1f]++'
TEXT = rb'[^"\\\x00-\x1f]*+(?:\\["\\/bfnrt][^"\\\x00-\x1f]*+)*+'
TIME = rb'"%sT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)"' % _DATE

# Characters that are written as escapes, or that UTF-8 cannot encode.
_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Text between quotes. In a line without backslashes `[^"]` suffices, and matches five times as fast.
_ANY_TEXT = r'[^"\\]*+(?:\\["\\bfnrt][^"\\]*+)*+'
_PLAIN_TEXT = r'[^"]*+'
_ISO_DATE = len("2000-01-01")
_MOST_TIMES = 100_000


class HeadlineSummary(NamedTuple):
    """The moment, source and title of a headline."""

    moment: datetime
    source: str
    title: str


def summarize_line(line: bytes) -> HeadlineSummary | None:
    """Extract the summary of a valid line; None if the line needs the parser."""
    found = _WHOLE.fullmatch(line)
    if not found:
        return None
    time, source, title, seen = found.groups()
    try:
        line.decode()
        moment = datetime.fromisoformat(time.decode())
        if seen != time:
            datetime.fromisoformat(seen.decode())
    except ValueError:
        return None
    told = title.decode()
    return None if told.isspace() else HeadlineSummary(moment, source.decode(), told)


def summarize_block(block: bytes) -> list[tuple[bytes, bytes]] | None:
    """Extract the time, with its quotes, and the title of each line of ``block``; faster than ``summarize_line``.

    Escapes in titles stay as they are written. Returns None if any line needs the parser.
    """
    count = block.count(b"\n")
    is_plain = b"\\u" not in block and all(block.count(part) == count for part in (b'"time"', b'"title"'))
    found = _lines().findall(block) if is_plain else []
    return found if len(found) == count and block.endswith(b"\n") else None


def titles(block: bytes) -> list[str] | None:
    """Extract the title of each line of ``block``; None if there are no lines or any line needs the parser."""
    found = summarize_block(block)
    try:
        return b"\n".join([title for _, title in found]).decode().split("\n") if found else None
    except UnicodeDecodeError:
        return None


def times(block: bytes) -> list[bytes] | None:
    """Extract the time of each line of ``block``, as it is written, from the beginnings of the lines.

    Returns None if any line needs the parser.
    """
    count = block.count(b"\n")
    # JSON may repeat a field, and escape letters of its name. Splitting at one byte is faster than searching for two.
    is_plain = block.count(b'"time"') == count and not any(part[:1] == b"u" for part in block.split(b"\\")[1:])
    found = _TIMES.findall(b"\n" + block) if is_plain else []
    return found if len(found) == count and block.endswith(b"\n") else None


@cache
def _lines() -> re.Pattern[bytes]:
    return re.compile(
        rb'(?m:^)\{"time": (%s), "source": "[^"\\\x00-\x1f]++", '
        rb'"title": "(?=[^ "\\])((?:[^"\\\x00-\x1f]++|\\["\\/bfnrt])++)", "[^\n]*\}\n' % TIME
    )


class LineFacts(NamedTuple):
    """Facts read from a line without parsing: kind, id, and the date as written in its time."""

    kind: Kind
    id: str
    date: str


def parse_canonical(line: str) -> LineFacts | None:
    """Return the facts of ``line`` (without its newline) if parsing and writing it reproduces it exactly.

    None means unknown: the line may be valid, invalid, or spelled differently.
    """
    if not line.isprintable() and _ESCAPED.search(line):
        return None
    headline, article = _patterns(_PLAIN_TEXT if "\\" not in line else _ANY_TEXT)
    found = headline.fullmatch(line)
    if found:
        date, clock, id, day, hour = found.groups()
        is_so = _is_time[date] and _is_time[clock] and _is_time[day] and _is_time[hour]
        return LineFacts("headlines", id, date or day) if is_so else None
    found = article.fullmatch(line)
    if found:
        date, clock, id, *others = found.groups()
        return LineFacts("articles", id, date) if all(_is_time[part] for part in (date, clock, *others)) else None
    return None


class _Times(dict[str | None, bool]):
    """Whether a text is a valid date or clock as this program writes it; a cache, since most lines share them."""

    def __missing__(self, text: str | None) -> bool:
        if len(self) >= _MOST_TIMES:
            self.clear()
        time = "2000-01-01T00:00:00+00:00"
        if text is not None:
            time = text + time[len(text) :] if len(text) == _ISO_DATE else time[: -len(text)] + text
        try:
            known = datetime.fromisoformat(time).isoformat() == time
        except ValueError:
            known = False
        self[text] = known
        return known


_is_time = _Times()


@cache
def _patterns(text: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    some = rf'"(?!"){text}"'  # an empty text is written as null or omitted
    maybe = f"(?:{some}|null)"
    moment = '"([^"]{10})([^"]{15})"'  # date and clock, which _is_time checks separately
    named = rf'"source": {some}, "title": "(?=[^\s"\\]){text}", "url": {maybe}, "id": "([0-9a-f]{{16}})", '
    revises = f'(?:, "revises": {some})?'
    headline = (
        rf'\{{"time": (?:{moment}|null), {named}"seen": {moment}, "page": {maybe}, '
        rf'"time_text": "{text}", "precision": "(?:exact|minute|hour|day)", "section": {maybe}{revises}\}}'
    )
    article = (
        rf'\{{"time": {moment}, {named}"seen": {moment}, "page": {maybe}, '
        rf'"published": (?:{moment}|null), "modified": (?:{moment}|null), '
        rf'"authors": \[(?:"{text}"(?:, "{text}")*+)?\], "language": {maybe}, "description": {maybe}, '
        rf'"site": {maybe}{revises}(?:, "reader": [1-9][0-9]{{0,8}})?, "body": "{text}"\}}'
    )
    return re.compile(headline), re.compile(article)
