"""Parser for pages saved as plain text: lines without markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ticker.models import Article, Headline, Page
from ticker.parsing.headlines.timestamps import date_line_in
from ticker.parsing.vocabulary.articles import READ_ALSO
from ticker.text import clean, edge_pattern
from ticker.times.expressions import TimeExpression
from ticker.times.finder import find_times
from ticker.times.listing import DateLine, resolve_list
from ticker.times.resolve import resolve

_TAGS = (
    "html|head|body|div|p|a|article|h[1-6]|span|ul|ol|li|dl|script|style|meta|title|table|tr|td|section|main|aside|br|"
    "img|time|nav|header|footer|b|i|em|strong|blockquote"
)
_MARKUP = re.compile(rf"<(?:!doctype|/?(?:{_TAGS})\b)".encode(), re.I)
_BULLET = re.compile(r"^[-–—•*·▪►]\s+")
_EDGE = edge_pattern(r"[\s\-–—•·*|:»>,;/]", r"[\s\-–—•·*|:«<,;/(]")
_READ_ALSO = re.compile(rf"\W*(?:{READ_ALSO})", re.I)
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।]['\"’”»)\]]*$")
# A paragraph is a sentence of at least ``_SHORTEST_PARAGRAPH`` characters, or any line of at least ``_LONG``.
_SHORTEST_PARAGRAPH = 50
_LONG = 200
# Minimum number of entries of a list; see lists.py.
_FEWEST_ENTRIES = 3
_LONGEST_HEADLINE = 250
_SHORTEST_HEADLINE = 8


@dataclass(frozen=True, slots=True)
class _Entry:
    """A headline in the lines ``first`` (included) to ``last`` (excluded)."""

    first: int
    last: int
    title: str
    time: TimeExpression


def is_plain_text(source: bytes) -> bool:
    """Return whether ``source``, in UTF-8, contains no markup."""
    return _MARKUP.search(source) is None


def read_plain_text(text: str, url: str | None, fetched_at: datetime, zone: tzinfo) -> Page:
    """Parse the text of a page; ``url``, ``fetched_at`` (aware) and ``zone`` are as for ``parse_page``."""
    lines = [line for line in map(clean, text.splitlines()) if line]
    runs = _runs(lines)
    headlines: list[Headline] = []
    listed: set[int] = set()
    for run in runs:
        listed.update(range(run[0].first, run[-1].last))
        heading = run[0].first - 1
        section = lines[heading] if heading >= 0 and _is_label(lines[heading]) else None
        if section:
            listed.add(heading)
        headlines += _read_run(lines, run, section, fetched_at, zone)
    return Page(_read_article(lines, listed, url, fetched_at, zone), tuple(dict.fromkeys(headlines)))


def _runs(lines: Sequence[str]) -> list[list[_Entry]]:
    """Return runs of at least three entries: lines with a time at either end, or a time and a title on two lines."""
    best: list[list[_Entry]] = []
    taken: set[int] = set()
    for reader in (_one_line, _time_then_title, _title_then_time):
        run: list[_Entry] = []
        at = 0
        while at < len(lines):
            entry = None if at in taken else reader(lines, at)
            if entry is not None:
                run.append(entry)
                at = entry.last
            elif run and date_line_in(lines[at]) is not None:
                at += 1
            else:
                best += _finish(run, taken)
                run = []
                at += 1
        best += _finish(run, taken)
    return sorted(best, key=lambda run: run[0].first)


def _finish(run: list[_Entry], taken: set[int]) -> list[list[_Entry]]:
    if len(run) < _FEWEST_ENTRIES:
        return []
    taken.update(range(run[0].first, run[-1].last))
    return [run]


def _one_line(lines: Sequence[str], at: int) -> _Entry | None:
    line = _BULLET.sub("", lines[at])
    if len(line) > _LONGEST_HEADLINE:
        return None
    for time in find_times(line):
        if time.form == "date":
            continue
        before, after = line[: time.start].strip("([ "), line[time.end :].strip(")]. ")
        if before and after:
            continue
        title = _EDGE.sub("", before or after)
        if len(title) >= _SHORTEST_HEADLINE and not (before and _SENTENCE_END.search(line) and len(line) > 120):
            return _Entry(at, at + 1, title, time)
    return None


def _time_then_title(lines: Sequence[str], at: int) -> _Entry | None:
    time = _time_alone(lines[at])
    if time is None or at + 1 == len(lines) or not _is_title(lines[at + 1]):
        return None
    return _Entry(at, at + 2, _BULLET.sub("", lines[at + 1]), time)


def _title_then_time(lines: Sequence[str], at: int) -> _Entry | None:
    time = _time_alone(lines[at + 1]) if at + 1 < len(lines) else None
    if time is None or not _is_title(lines[at]):
        return None
    return _Entry(at, at + 2, _BULLET.sub("", lines[at]), time)


def _time_alone(line: str) -> TimeExpression | None:
    line = _BULLET.sub("", line)
    found = find_times(line) if len(line) <= 40 else ()
    if len(found) == 1 and found[0].form != "date" and len(found[0].text) * 2 >= len(line):
        return found[0]
    return None


def _is_title(line: str) -> bool:
    return _SHORTEST_HEADLINE <= len(line) <= _LONGEST_HEADLINE and _time_alone(line) is None


def _read_run(
    lines: Sequence[str], run: Sequence[_Entry], section: str | None, fetched_at: datetime, zone: tzinfo
) -> list[Headline]:
    sequence: list[_Entry | DateLine] = []
    if section and (date := date_line_in(section)):
        sequence.append(date)
    at = run[0].first
    for entry in run:
        sequence += filter(None, map(date_line_in, lines[at : entry.first]))
        sequence.append(entry)
        at = entry.last
    shown = [each.time if isinstance(each, _Entry) else each for each in sequence]
    return [
        Headline(
            each.title,
            moment.time if moment else None,
            each.time.text,
            None,
            moment.precision if moment else each.time.precision,
            section,
        )
        for each, moment in zip(sequence, resolve_list(shown, fetched_at, zone), strict=True)
        if isinstance(each, _Entry)
    ]


def _read_article(
    lines: Sequence[str], listed: set[int], url: str | None, fetched_at: datetime, zone: tzinfo
) -> Article | None:
    paragraphs = [n for n, line in enumerate(lines) if n not in listed and _is_paragraph(line)]
    if not paragraphs:
        return None
    first = paragraphs[0]
    title_at = _title_before(lines, first, listed)
    body: list[str] = []
    previous = first - 1
    for at in paragraphs:
        between = [n for n in range(previous + 1, at) if n not in listed]
        # One short line between two paragraphs is a subheading; several are a box of links or labels.
        if body and len(between) == 1 and not _READ_ALSO.match(lines[between[0]]):
            body.append(lines[between[0]])
        body.append(lines[at])
        previous = at
    published = None
    for at in range((title_at if title_at is not None else first - 1) + 1, first):
        for expression in find_times(lines[at]):
            if expression.form in ("datetime", "date") and published is None:
                moment = resolve(expression, fetched_at, zone)
                published = moment.time if moment else None
    title = lines[title_at] if title_at is not None else ""
    return Article(title=title, body="\n".join(body), published=published, url=url)


def _title_before(lines: Sequence[str], first: int, listed: set[int]) -> int | None:
    """Return the longest of the six lines above the first paragraph: menus and bylines are shorter than a title."""
    above = [n for n in range(max(0, first - 6), first) if n not in listed and not find_times(lines[n])]
    return max(above, key=lambda n: len(lines[n]), default=None)


def _is_paragraph(line: str) -> bool:
    if _BULLET.match(line) and len(line) < _LONG:
        return False
    return len(line) >= _LONG or (len(line) >= _SHORTEST_PARAGRAPH and bool(_SENTENCE_END.search(line)))


def _is_label(line: str) -> bool:
    return len(line) <= 60 and not _SENTENCE_END.search(line)
