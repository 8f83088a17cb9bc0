"""One story by its id or its address, with its history."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ticker.addresses import canonical, is_web
from ticker.archive.identity import article_key, sighting_of
from ticker.archive.layout import day_files
from ticker.archive.lines import Problem, Stored, StoredArticle, StoredHeadline, escaped, is_spelled_otherwise
from ticker.archive.reading import ARTICLES, HEADLINES, R, Records, Report, read_day
from ticker.errors import NotFound, UsageError

SHORTEST_ID = 6
_PATH = re.compile(r"[^/]*//[^/?#]*([^?#]*)")
_ESCAPES = re.compile(r"(?:%[0-9A-F]{2})+")


@dataclass(frozen=True, slots=True)
class Story:
    """What an id or an address names: the versions of a headline, of an article or of both, oldest first."""

    headlines: tuple[StoredHeadline, ...] = ()
    articles: tuple[StoredArticle, ...] = ()

    @property
    def kind(self) -> Literal["headline", "article"]:
        """What there is to show of it: the article where there is one."""
        return "article" if self.articles else "headline"

    @property
    def versions(self) -> tuple[Stored, ...]:
        """All of its lines, as they were seen one after another."""
        return tuple(sorted((*self.headlines, *self.articles), key=lambda line: line.seen))


def find(root: Path, wanted: str, report: Report) -> Story:
    """The story that an id, the beginning of one (6 letters or more) or an address names.

    An address names what is archived under it in every source, and the articles read from that page; an id
    names the versions of its own story. Raises NotFound, UsageError where it is too short or several ids begin so,
    and ArchiveError. A line that cannot be read is reported once, however often it is looked at.
    """
    wanted = wanted.strip()
    report = _once(report)
    if is_web(wanted):
        return _by_address(root, wanted, report)
    if "/" in wanted or "." in wanted:
        return _by_address(root, f"https://{wanted}", report)
    return _by_id(root, wanted.lower(), report)


def _by_address(root: Path, address: str, report: Report) -> Story:
    key = canonical(address)
    story = Story(
        _search(
            root, HEADLINES, _needle(key), lambda line: line.url is not None and canonical(line.url) == key, report
        ),
        _search(root, ARTICLES, _needle(key), lambda line: key in _addresses(line), report),
    )
    if not story.versions:
        raise NotFound(f"nothing in {root} has the address {address}")
    return story


def _by_id(root: Path, start: str, report: Report) -> Story:
    if len(start) < SHORTEST_ID:
        raise UsageError(f"{start!r} is too short for an id: give {SHORTEST_ID} letters of it or more, or an address")
    headlines = _search(root, HEADLINES, escaped(start), lambda line: line.id.startswith(start), report)
    articles = _search(root, ARTICLES, escaped(start), lambda line: line.id.startswith(start), report)
    lines: list[Stored] = [*headlines, *articles]
    lines = [line for line in lines if line.id == start] or lines
    if not lines:
        raise NotFound(f"nothing in {root} has the id {start}")
    if len(lines) > 1:
        names = ", ".join(line.id for line in lines[:5])
        raise UsageError(f"{start} is the beginning of several ids ({names}): give more of it")
    line = lines[0]
    if isinstance(line, StoredHeadline):
        return Story(headlines=_headline_history(root, line, report))
    return Story(articles=_article_history(root, line, report))


def _headline_history(root: Path, line: StoredHeadline, report: Report) -> tuple[StoredHeadline, ...]:
    story = sighting_of(line).story
    if story is None:
        return (line,)
    return _search(
        root,
        HEADLINES,
        _needle(story),
        lambda other: other.source == line.source and sighting_of(other).story == story,
        report,
    )


def _article_history(root: Path, line: StoredArticle, report: Report) -> tuple[StoredArticle, ...]:
    key = article_key(line.url, line.title)
    return _search(
        root,
        ARTICLES,
        _needle(key) if line.url else b"",
        lambda other: other.source == line.source and article_key(other.url, other.title) == key,
        report,
    )


def _search(
    root: Path, records: Records[R], needle: bytes, is_wanted: Callable[[R], bool], report: Report
) -> tuple[R, ...]:
    """The lines that are wanted, as they were seen one after another, each id once."""

    def may_be_wanted(line: bytes) -> bool:
        return needle in line or b'"id"' not in line or is_spelled_otherwise(line)  # the latter are made by hand

    found: dict[str, R] = {}
    for day in day_files(root, records.kind):
        for _, record in read_day(day, records, may_be_wanted, report):
            if is_wanted(record):
                found.setdefault(record.id, record)
    return tuple(sorted(found.values(), key=lambda line: line.seen))


def _once(report: Report) -> Report:
    """``report``, which is not told the same twice: a story and its history are read one after the other."""
    told: set[Problem] = set()

    def report_new(problem: Problem) -> None:
        if problem not in told:
            told.add(problem)
            report(problem)

    return report_new


def _needle(address: str) -> bytes:
    """What every spelling of a canonical address has in common: its path, or the longest part without escapes."""
    path = _PATH.match(address)
    return escaped(max(_ESCAPES.split(path[1].rstrip("/")), key=len)) if path else b""


def _addresses(line: StoredArticle) -> Iterable[str]:
    return [canonical(address) for address in (line.url, line.page) if address]
