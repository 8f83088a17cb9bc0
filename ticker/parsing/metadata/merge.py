"""Metadata of a page's article: every source is read once, then `PRECEDENCE` merges them field by field.

The sources that need no timezone come first. Lists of headlines and the timezone are found with their help. Then the
visible text follows, where the others leave dates or authors open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from ticker.parsing.lines import comparison_key
from ticker.parsing.metadata.authors import by_words, choose_authors
from ticker.parsing.metadata.dates import (
    MONTH_FIRST,
    DateSettings,
    are_complete,
    best_date,
    first_offset,
    is_later,
    read_dates,
)
from ticker.parsing.metadata.jsonld import read_jsonld
from ticker.parsing.metadata.metatags import read_metatags
from ticker.parsing.metadata.source import Kind, Source
from ticker.parsing.metadata.title import choose_title, site_names
from ticker.parsing.metadata.vicinity import HeadlineContext
from ticker.parsing.metadata.visible import read_bylines, read_visible_dates
from ticker.parsing.outline import Node, Outline
from ticker.urls import absolute, host

# For each field of a `Source`, the sources that count, the most trusted first. `choose_title` has rules of its own.
PRECEDENCE: Mapping[str, tuple[str, ...]] = {
    "published": ("json-ld", "meta", "attributes", "url", "text"),
    "modified": ("json-ld", "meta", "attributes", "text"),
    "authors": ("json-ld", "meta", "bylines"),
    "sites": ("meta", "json-ld"),
    "urls": ("head", "meta"),
    "languages": ("head", "json-ld", "meta"),
    "descriptions": ("meta", "json-ld"),
    "kinds": ("json-ld", "meta"),
    "bodies": ("json-ld",),
}
# Of several declared types, the first of these.
_KINDS: tuple[Kind, ...] = ("live", "article", "video", "list")
_LANGUAGE = re.compile(r"^([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{4}))?(?:[-_]([a-zA-Z]{2}|\d{3}))?$")
_URL_DATE = re.compile(r"[/_-](20\d\d|19[89]\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$|\D)")


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
class Declared:
    """The sources of a page that are written for machines, with its absolute URL and declared type.

    ``utc_offset`` is the first nonzero UTC offset in its dates, or None.
    """

    sources: Mapping[str, Source]
    url: str | None
    kind: Kind | None
    utc_offset: timedelta | None


def read_declared(outline: Outline, url: str | None) -> Declared:
    """Return what a page declares for machines; ``url`` is its URL if known."""
    sources = {"head": _read_head(outline), "meta": read_metatags(outline.metas)}
    address = _own_url(_values(sources, "urls"), url, outline.base)
    titles = [*sources["meta"].titles, outline.title]
    sources["json-ld"] = read_jsonld(outline.scripts, address or url, titles)
    address = address or absolute(url, None)
    sources["url"] = _read_url(address)
    kinds = _values(sources, "kinds")
    kind = next((kind for kind in _KINDS if kind in kinds), None)
    times = [node.get("datetime") or "" for node in HeadlineContext(outline, None).nodes if node.tag == "time"]
    dates = [*_values(sources, "published"), *_values(sources, "modified"), *times]
    return Declared(sources, address, kind, first_offset(dates))


def read_metadata(
    outline: Outline,
    declared: Declared,
    zone: tzinfo | None,
    fetched_at: datetime | None = None,
    lists: Iterable[Node] = (),
) -> Metadata:
    """Return the metadata of the page's article.

    ``zone`` is the page's timezone. Relative times such as "2 hours ago" are resolved against ``fetched_at``; without
    it they are ignored. Later dates are ignored. ``lists`` are the elements of lists of other articles' headlines.
    """
    sources = declared.sources
    sites = _values(sources, "sites")
    names = site_names(outline, sites, declared.url)
    title = choose_title(outline, sources["json-ld"], sources["meta"], names)
    language, country = _language_and_country(_values(sources, "languages"), declared.url)
    near = HeadlineContext(outline, title, lists)
    settings = DateSettings(zone or UTC, fetched_at, country in MONTH_FIRST)
    published, modified = _merge_dates(sources, near, settings)
    return Metadata(
        title=title,
        published=published,
        modified=modified,
        authors=_merge_authors(sources, near, names, language),
        language=language,
        description=next(iter(_values(sources, "descriptions")), None),
        url=declared.url,
        site=next(iter(sites), None),
        kind=declared.kind,
        body=next(iter(_values(sources, "bodies")), None),
    )


def _values(sources: Mapping[str, Source], field: str) -> list[Any]:
    """Return the values of a field in all sources, the most trusted first."""
    return [value for name in PRECEDENCE[field] if name in sources for value in getattr(sources[name], field)]


def _read_head(outline: Outline) -> Source:
    """Return what ``<html>`` and ``<link>`` say."""
    links = (link.get("href") for link in outline.links if "canonical" in link.get("rel", "").lower().split())
    return Source(urls=tuple(filter(None, links)), languages=(outline.language,) if outline.language else ())


def _read_url(url: str | None) -> Source:
    """Return the date in a URL."""
    found = _URL_DATE.search(url or "")
    return Source(published=("-".join(found.groups()),) if found else ())


def _own_url(urls: Iterable[str], url: str | None, base: str | None) -> str | None:
    """Return the first of the declared canonical ``urls``, made absolute, that may be that of the page at ``url``."""
    absolute_urls = (absolute(each, url or base) for each in urls)
    # Some sites declare their home page as the canonical URL of every page.
    return next((each for each in absolute_urls if each and not (url and _is_home(each) and not _is_home(url))), None)


def _is_home(url: str) -> bool:
    return url.split("://", 1)[-1].partition("/")[2].strip("/") == ""


def _language_and_country(tags: Iterable[str], url: str | None) -> tuple[str | None, str]:
    """Return the page's language tag and the code of its country, from a tag or the host's top-level domain."""
    found = [match.groups() for tag in tags if (match := _LANGUAGE.match(tag.strip().split(",")[0]))]
    country = next((region for _, _, region in found if region), host(url).rpartition(".")[2]).upper()
    if not found:
        return None, country
    language, script, region = found[0]
    parts = (language.lower(), script and script.title(), region and region.upper())
    return "-".join(filter(None, parts)), country


def _merge_dates(
    sources: Mapping[str, Source], near: HeadlineContext, settings: DateSettings
) -> tuple[datetime | None, datetime | None]:
    """Return the dates of publication and modification; visible dates count where the declared ones are incomplete."""
    published = read_dates(_values(sources, "published"), settings)
    modified = read_dates(_values(sources, "modified"), settings)
    if not are_complete(published, modified):
        visible = read_visible_dates(near, settings)
        published = read_dates(_values({**sources, **visible}, "published"), settings)
        first = best_date(published)
        # A modification before publication is of something else: a version, an event.
        modified += [date for date in _values(visible, "modified") if first is None or is_later(date, first)]
    return best_date(published), best_date(modified)


def _merge_authors(
    sources: Mapping[str, Source], near: HeadlineContext, names: frozenset[str], language: str | None
) -> tuple[str, ...]:
    """Return the authors; visible bylines count where no person is declared. ``names`` are the site's."""
    by = by_words((language or "").partition("-")[0].lower())
    authors = choose_authors(_values(sources, "authors"), names, by)
    if authors and comparison_key(authors[0]) not in {"", *names}:
        return authors
    return choose_authors(_values({**sources, "bylines": read_bylines(near, by)}, "authors"), names, by)
