"""Markdown (CommonMark) by day, with headlines as lists and articles in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from ticker.text import replace_controls, squeeze
from ticker.times.zones import to_zone
from ticker.urls import is_web, to_uri

if TYPE_CHECKING:
    from ticker.archive import StoredArticle
    from ticker.export.formats import ExportMetadata, Record

_MARKS = re.compile(r"([\\`*_\[\]<>#|~&$])")
# Characters that start a heading, a list or a rule at the beginning of a line.
_AT_START = re.compile(r"([-+=]|\d{1,9}[.)])")
_UNSAFE_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"})


def lines(records: Iterable[Record], about: ExportMetadata) -> Iterator[str]:
    """Yield the title, and for each day in the zone of ``about`` a heading and its records."""
    yield f"# {escaped(about.title)}"
    day: date | None = None
    for record in records:
        moment = to_zone(record.moment, about.zone)
        if moment.date() != day:
            day = moment.date()
            yield ""
            yield f"## {day}"
            yield ""
        if about.kind == "articles":
            yield from _article(record, moment)  # type: ignore[arg-type]
        else:
            clock = _clock(record, moment)
            yield f"- {clock}{_dashed(_linked(record), escaped(record.source))}"


def escaped(text: str) -> str:
    """Return ``text`` on one line, with all Markdown syntax escaped."""
    text = _MARKS.sub(r"\\\1", squeeze(replace_controls(text)))
    start = _AT_START.match(text)
    return f"{text[: start.end() - 1]}\\{text[start.end() - 1 :]}" if start else text


def _article(article: StoredArticle, moment: datetime) -> Iterator[str]:
    yield f"### {_linked(article)}"
    yield ""
    yield _dashed(f"{moment:%H:%M}", escaped(article.source), escaped(", ".join(article.authors)))
    yield ""
    for paragraph in article.body.split("\n"):
        if paragraph.strip():
            yield escaped(paragraph)
            yield ""


def _linked(record: Record) -> str:
    title = escaped(record.title)
    if not record.url or not is_web(record.url):
        return title
    return f"[{title}]({to_uri(record.url).translate(_UNSAFE_IN_ADDRESS)})"


def _dashed(*parts: str) -> str:
    return " — ".join(filter(None, parts))


def _clock(record: Record, moment: datetime) -> str:
    """Return the time of day; with day precision only the page's day, if it differs from the heading's."""
    if getattr(record, "precision", "minute") != "day":
        return f"{moment:%H:%M} "
    named = record.moment.date()
    return "" if named == moment.date() else f"{named} "
