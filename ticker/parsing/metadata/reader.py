"""Metadata of a page's article: title, dates, authors, language, URL.

Each source (JSON-LD in ``jsonld.py``, meta tags in ``metatags.py``) gives one ``Declared``. ``vicinity.py`` finds
the elements near the headline. ``title.py``, ``dates.py`` and ``authors.py`` choose among these values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from ticker.parsing.metadata.authors import read_authors
from ticker.parsing.metadata.dates import MONTH_FIRST, DateSettings, find_offset, read_dates
from ticker.parsing.metadata.declared import Declared, Kind
from ticker.parsing.metadata.jsonld import read_jsonld
from ticker.parsing.metadata.metatags import read_metatags
from ticker.parsing.metadata.title import choose_title, site_names
from ticker.parsing.metadata.vicinity import HeadlineContext
from ticker.parsing.outline import Node, Outline
from ticker.text import clean
from ticker.urls import absolute, host

_MARKUP = re.compile(r"<(?:p|br|div|h\d|li|a|strong|em|span)\b[^<>]*>|&lt;p", re.I)
_LANGUAGE = re.compile(r"^([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{4}))?(?:[-_]([a-zA-Z]{2}|\d{3}))?$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of a page's article; None where unknown.

    ``kind`` is the declared type of the page. ``body`` is the text in its JSON-LD, with paragraphs joined by newlines.
    ``url`` is absolute. Dates are aware.
    """

    title: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    description: str | None = None
    url: str | None = None
    site: str | None = None
    kind: Kind | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """The declared values of a page, its absolute URL and its headings.

    ``utc_offset`` is the first nonzero UTC offset in its dates, or None.
    """

    data: Declared
    meta: Declared
    url: str | None
    headings: Sequence[Node]
    utc_offset: timedelta | None


def read_sources(outline: Outline, url: str | None) -> Sources:
    """Return what a page declares for machines; ``url`` is its URL if known."""
    meta = read_metatags(outline.metas)
    address = _address(outline, meta, url)
    data = read_jsonld(outline.scripts, address or url, [*meta.titles, outline.title])
    headings = list(outline.headings())
    offset = find_offset((data, meta), HeadlineContext(outline, headings, None))
    return Sources(data, meta, address or absolute(url, None), headings, offset)


def read_metadata(
    outline: Outline,
    sources: Sources,
    zone: tzinfo | None,
    fetched_at: datetime | None = None,
    lists: Iterable[Node] = (),
) -> Metadata:
    """Return the metadata of the page's article.

    ``zone`` is the page's timezone. Relative times such as "2 hours ago" are resolved against ``fetched_at``; without
    it they are ignored. Later dates are ignored. ``lists`` are the elements of lists of other articles' headlines.
    """
    data, meta, url = sources.data, sources.meta, sources.url
    site = next(iter((*meta.sites[:1], *data.sites)), None)
    names = site_names(outline, meta.sites + data.sites, url)
    title = choose_title(outline, sources.headings, data, meta, names)
    language = _language(outline, data, meta)
    vicinity = HeadlineContext(outline, sources.headings, title, lists)
    reader = DateSettings(zone or UTC, fetched_at, _country(outline, data, meta, url) in MONTH_FIRST)
    dates = read_dates((data, meta), vicinity, url, reader)
    return Metadata(
        title=title,
        published=dates.published,
        modified=dates.modified,
        authors=read_authors((data, meta), vicinity, site, names, language),
        language=language,
        description=meta.description or data.description,
        url=url,
        site=site,
        kind=_kind(data, meta),
        body=_body(data.body),
    )


def _address(outline: Outline, meta: Declared, url: str | None) -> str | None:
    base = url or outline.base
    links = [link.get("href") for link in outline.links if "canonical" in link.get("rel", "").lower().split()]
    for link in (*links, meta.url):
        found = absolute(link, base)
        # Some sites declare their home page as the canonical URL of every page.
        if found and not (url and _is_home(found) and not _is_home(url)):
            return found
    return None


def _is_home(address: str) -> bool:
    return address.split("://", 1)[-1].partition("/")[2].strip("/") == ""


def _language(outline: Outline, data: Declared, meta: Declared) -> str | None:
    for language, script, region in _tags(outline, data, meta):
        parts = (language.lower(), script.title() if script else None, region.upper() if region else None)
        return "-".join(part for part in parts if part)
    return None


def _country(outline: Outline, data: Declared, meta: Declared, url: str | None) -> str:
    """Return the code of the page's country from a language tag, else its host's top-level domain, else ""."""
    regions = (region for _, _, region in _tags(outline, data, meta) if region)
    return next(regions, host(url).rpartition(".")[2]).upper()


def _tags(outline: Outline, data: Declared, meta: Declared) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield the language, script and region of each language tag of the page, the most trusted first."""
    for tag in (outline.language, data.language, meta.language):
        found = _LANGUAGE.match(tag.strip().split(",")[0]) if tag else None
        if found:
            yield found[1], found[2], found[3]


def _kind(data: Declared, meta: Declared) -> Kind | None:
    said = (data.kind, meta.kind)
    kinds: tuple[Kind, ...] = ("live", "article", "video", "list")
    return next((kind for kind in kinds if kind in said), None)


def _body(value: str | None) -> str | None:
    if value is None:
        return None
    if _MARKUP.search(value):
        from ticker.parsing.outline import build_outline, parse_tree

        outline = build_outline(parse_tree(value.encode("utf-8", "replace")))
        lines = outline.lines(outline.nodes[0]) if outline.nodes else []
    else:
        lines = [clean(line) for line in value.splitlines()]
    return "\n".join(line for line in lines if line) or None
