"""Index rows of lines: row number and tokens."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import accumulate

from ticker.archive.codec import LineError
from ticker.archive.line_patterns import PLAIN, TEXT, TIME
from ticker.archive.line_reader import R
from ticker.archive.records import StoredArticle, StoredHeadline
from ticker.archive.search_index import tokenizer as of
from ticker.archive.search_index.candidates import UNIT, row_number
from ticker.urls import canonical

Row = tuple[int, str]

_PART = 128 << 10  # bytes


def rows(day: date, offset: int, block: bytes, parse: Callable[[bytes], R], words: of.Words) -> Iterable[Row]:
    """Return the rows of ``block``, the lines of the file of ``day`` from ``offset`` on."""
    first = row_number(day, 0)
    numbers: list[int] = []
    texts: list[str] = []
    for start, part in _parts(block):
        places, found = _together(part, words) or _one_by_one(part, parse, words)
        before = offset + start
        numbers += [first + (before + place) // UNIT for place in places]
        texts += found
    if len(set(numbers)) == len(numbers):
        return zip(numbers, texts, strict=True)
    # Two lines share a unit. At least one is unreadable, since readable lines are longer; it must be proposed too.
    together: dict[int, str] = {}
    for number, text in zip(numbers, texts, strict=True):
        together[number] = f"{together[number]} {text}" if number in together else text
    return together.items()


def _parts(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield a block in parts of whole lines, with their offsets: an unusual line slows down only its part."""
    start = 0
    while start < len(block):
        end = block.find(b"\n", start + _PART) + 1 or len(block)
        yield start, block[start:end]
        start = end


def _together(block: bytes, words: of.Words) -> tuple[list[int], list[str]] | None:
    """Return what ``_one_by_one`` does, four times as fast; None unless all lines are as this program writes them."""
    found = _as_written().findall(block) if _is_text(block) else []
    lines = block.split(b"\n")
    if not found or len(lines) != len(found) + 1:
        return None
    sources, titles, addresses, ids = zip(*found, strict=True)
    together = b"\n".join(titles)
    if b"\\" in together:
        together = b"\n".join([_unescaped(title) if b"\\" in title else title for title in titles])
    texts = words.of_lines(together)
    if "" in texts:  # a title of whitespace makes a line unreadable
        return None
    starts = list(accumulate([len(line) + 1 for line in lines[:-2]], initial=0))
    return starts, of.of_headlines(texts, sources, list(map(bytes.decode, ids)), addresses)


def _unescaped(title: bytes) -> bytes:
    text: str = json.loads(b'"%s"' % title)
    return text.replace("\n", " ").encode()


def _one_by_one(block: bytes, parse: Callable[[bytes], R], words: of.Words) -> tuple[list[int], list[str]]:
    """Return the offset of each line of a block, and its tokens."""
    starts, texts = [], []
    start = 0
    while start < len(block):
        end = block.find(b"\n", start) + 1 or len(block)
        line = block[start:end]
        if not line.isspace():
            starts.append(start)
            texts.append(_of_line(line, parse, words))
        start = end
    return starts, texts


def _is_text(block: bytes) -> bool:
    try:
        block.decode()
    except UnicodeDecodeError:
        return False
    return True


def _of_line(line: bytes, parse: Callable[[bytes], R], words: of.Words) -> str:
    try:
        record = parse(line)
    except LineError:
        return of.UNREADABLE
    return " ".join(_of_headline(record, words) if isinstance(record, StoredHeadline) else _of_article(record, words))


def _of_headline(headline: StoredHeadline, words: of.Words) -> Iterator[str]:
    title = words(headline.title)
    yield title
    yield of.source_key(headline.source)
    yield of.title_key(headline.source, title)
    yield of.id_key(headline.id)
    if headline.url is not None:
        yield of.address_key(canonical(headline.url))


def _of_article(article: StoredArticle, words: of.Words) -> Iterator[str]:
    title = words(article.title)
    yield title
    yield words(article.body)
    yield of.source_key(article.source)
    yield of.id_key(article.id)
    for address in (article.url, article.page):
        if address:
            yield of.address_key(canonical(address))
    if not article.url:
        yield of.title_key(article.source, title)


# A headline's line exactly as this program writes it; any other line is parsed. Times are valid (except 29 February),
# texts have short escapes only, and the URL is in canonical form (see ``urls``).
_AS_WRITTEN = (
    rb'(?m:^)\{"time": (?:%(time)s|null), "source": "(%(plain)s)", "title": "(?=[^ "\\])(%(text)s)", '
    rb'"url": (?:"https?://(?:www\.|(?!www\.))([a-z0-9][a-z0-9.-]*(?:/[!$&->@-\[\]-~]*)?)"|null), '
    rb'"id": "([0-9a-f]{6})[0-9a-f]{10}", "seen": %(time)s, "page": (?:"%(text)s"|null), '
    rb'"time_text": "%(text)s", "precision": "(?:exact|minute|hour|day)", "section": (?:"%(text)s"|null)'
    rb'(?:, "revises": "%(text)s")?\}\n' % {b"time": TIME, b"plain": PLAIN, b"text": TEXT}
)


@cache
def _as_written() -> re.Pattern[bytes]:
    return re.compile(_AS_WRITTEN)  # compiled on demand, since few searches index anything
