"""Index rows of lines: row number and tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from ticker.archive.codec import LineError
from ticker.archive.line_reader import R
from ticker.archive.records import StoredArticle, StoredHeadline
from ticker.archive.search_index import tokenizer as of
from ticker.archive.search_index.candidates import UNIT, row_number
from ticker.urls import canonical

Row = tuple[int, str]


def rows(day: date, offset: int, block: bytes, parse: Callable[[bytes], R], words: of.Words) -> Iterable[Row]:
    """Return the rows of ``block``, the lines of the file of ``day`` from ``offset`` on."""
    first = row_number(day, 0)
    found: dict[int, str] = {}
    for line in block.split(b"\n"):
        if line and not line.isspace():
            number, text = first + offset // UNIT, _of_line(line, parse, words)
            # Two lines may share a unit. At least one is unreadable, since readable lines are longer; it must be
            # proposed too.
            found[number] = f"{found[number]} {text}" if number in found else text
        offset += len(line) + 1
    return found.items()


def _of_line(line: bytes, parse: Callable[[bytes], R], words: of.Words) -> str:
    try:
        record = parse(line)
    except LineError:
        return of.UNREADABLE
    return " ".join(_of_headline(record, words) if isinstance(record, StoredHeadline) else _of_article(record, words))


def _of_headline(headline: StoredHeadline, words: of.Words) -> list[str]:
    title = words(headline.title)
    source = headline.source
    found = [title, of.source_key(source), of.title_key(source, title), of.id_key(headline.id)]
    return [*found, of.address_key(canonical(headline.url))] if headline.url is not None else found


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
