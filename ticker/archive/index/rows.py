"""Lines as rows of the index: where each is, and its tokens. Pure.

A row's number is the day of the line's file and, in units of 32 bytes, where in the file the line begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date

from ticker.addresses import canonical
from ticker.archive.index import tokens as of
from ticker.archive.lines import LineError, StoredArticle, StoredHeadline
from ticker.archive.reading import R

UNIT = 32
_UNIT_BITS = 27
# What of a file can be numbered (4 GB); what stands behind is not indexed.
MOST_BYTES = UNIT << _UNIT_BITS
_FIRST_DAY = date(1970, 1, 1).toordinal()

Row = tuple[int, str]


def row_number(day: date, offset: int) -> int:
    """The row of the line that begins at the byte ``offset`` of the file of ``day``."""
    return (day.toordinal() - _FIRST_DAY << _UNIT_BITS) + offset // UNIT


def place_of(number: int) -> tuple[date, int]:
    """The day of a row's file, and the first byte of the unit in which its line begins."""
    return date.fromordinal((number >> _UNIT_BITS) + _FIRST_DAY), (number & (1 << _UNIT_BITS) - 1) * UNIT


def rows(day: date, offset: int, block: bytes, parse: Callable[[bytes], R], words: set[str]) -> Iterator[Row]:
    """The rows of ``block``, the lines of the file of ``day`` from ``offset`` on; adds their words to ``words``."""
    base = row_number(day, 0)
    last, waiting = -1, ""
    for start, found, others in _lines(block, parse):
        words.update(found)
        number = base + (offset + start) // UNIT
        text = " ".join(found + others)
        if number == last:  # two lines in one unit: one at least cannot be read, and is to be reported
            waiting += f" {text}"
            continue
        if waiting:
            yield last, waiting
        last, waiting = number, text
    if waiting:
        yield last, waiting


def _lines(block: bytes, parse: Callable[[bytes], R]) -> Iterator[tuple[int, list[str], list[str]]]:
    """Where each line of a block begins, its words, and its other tokens."""
    as_written = _AS_WRITTEN.match if _is_text(block) else None
    start = 0
    while start < len(block):
        found = as_written(block, start) if as_written else None
        if found:
            source, title, url, name = found.groups()
            text = json.loads(b'"%s"' % title) if b"\\" in title else title.decode()
            words, others = _of_headline(source.decode(), text, url.decode() if url else None, name.decode())
            yield start, words, others
            start = found.end()
        else:
            end = block.find(b"\n", start) + 1 or len(block)
            line = block[start:end]
            if not line.isspace():
                words, others = _of_line(line, parse)
                yield start, words, others
            start = end


def _is_text(block: bytes) -> bool:
    try:
        block.decode()
    except UnicodeDecodeError:
        return False
    return True


def _of_line(line: bytes, parse: Callable[[bytes], R]) -> tuple[list[str], list[str]]:
    try:
        record = parse(line)
    except LineError:
        return [], [of.UNREADABLE]
    if isinstance(record, StoredHeadline):
        return _of_headline(record.source, record.title, record.url, record.id)
    return _of_article(record)


def _of_headline(source: str, title: str, url: str | None, name: str) -> tuple[list[str], list[str]]:
    text = of.spaced(title)
    words, others = of.tokens(text)
    others += of.source_key(source), of.title_key(source, text), of.id_key(name)
    if url is not None:
        others.append(of.address_key(canonical(url)))
    return words, others


def _of_article(article: StoredArticle) -> tuple[list[str], list[str]]:
    title = of.spaced(article.title)
    words, others = of.tokens(f"{title} {of.spaced(article.body)}")
    others += of.source_key(article.source), of.id_key(article.id)
    others += [of.address_key(canonical(address)) for address in (article.url, article.page) if address]
    if not article.url:
        others.append(of.title_key(article.source, title))
    return list(dict.fromkeys(words)), list(dict.fromkeys(others))


# A headline's line as this program writes it, which must be so in every detail: what differs in any is parsed. Its
# times are those that there are (but 29 February), its texts have none but the short escapes.
_TEXT = rb'[^"\\\x00-\x1f]*+(?:\\["\\/bfnrt][^"\\\x00-\x1f]*+)*+'
_PLAIN = rb'[^"\\\x00-\x1f]++'
_DATE = rb"(?!0000)\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
_TIME = rb'"%sT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)"' % _DATE
_AS_WRITTEN = re.compile(
    rb'\{"time": (?:%(time)s|null), "source": "(%(plain)s)", "title": "(?=[^ "\\])(%(text)s)", '
    rb'"url": (?:"(%(plain)s)"|null), "id": "(%(plain)s)", "seen": %(time)s, "page": (?:"%(text)s"|null), '
    rb'"time_text": "%(text)s", "precision": "(?:exact|minute|hour|day)", "section": (?:"%(text)s"|null)'
    rb'(?:, "revises": "%(text)s")?\}\n' % {b"time": _TIME, b"plain": _PLAIN, b"text": _TEXT}
)
