"""What a page says of its article beside the text: title, dates, authors, language, address.

Sources in the order in which they are trusted: JSON-LD, OpenGraph, other meta tags, microdata, what readers see,
the address. Dates and titles are weighed against one another (``dates.py``, ``title.py``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from ticker.addresses import absolute, host
from ticker.parsing import jsonld
from ticker.parsing.authors import read_authors
from ticker.parsing.dates import read_dates
from ticker.parsing.metatags import MetaTags, read_metatags
from ticker.parsing.outline import Outline
from ticker.parsing.title import choose_title
from ticker.text import clean

Kind = Literal["article", "live", "list", "video"]

_MARKUP = re.compile(r"<(?:p|br|div|h\d|li|a|strong|em|span)\b[^<>]*>|&lt;p", re.I)
_LANGUAGE = re.compile(r"^([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{4}))?(?:[-_]([a-zA-Z]{2}|\d{3}))?$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of its article.

    ``kind`` is what it says it shows, None where it does not say; ``body`` is the text in its JSON-LD, paragraphs
    joined by newlines; ``utc_offset`` is the offset that its dates carry, where that is another than UTC's; ``url``
    is absolute. Dates are aware; what is not known is None.
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
    utc_offset: timedelta | None = None


def read_metadata(outline: Outline, url: str | None, zone: tzinfo | None) -> Metadata:
    """What the page says of its article. ``url`` is its address where known, ``zone`` that of its clock."""
    tags = read_metatags(outline.metas)
    things = jsonld.read_scripts(outline.scripts)
    address = _address(outline, tags, url)
    titles = [text for text in (tags.first("og:title"), tags.first("twitter:title"), outline.title) if text]
    article = jsonld.find_article(things, address or url, titles)
    site = _site(tags, things, article)
    language = _language(outline, tags, article)
    dates = read_dates(outline, tags, things, article, address or url, zone)
    return Metadata(
        title=choose_title(outline, tags, article, site, host(address or url)),
        published=dates.published,
        modified=dates.modified,
        authors=read_authors(outline, tags, article, site, language),
        language=language,
        description=_description(tags, article),
        url=address or absolute(url, None),
        site=site,
        kind=_kind(tags, things, article),
        body=_body(article),
        utc_offset=dates.utc_offset,
    )


def _address(outline: Outline, tags: MetaTags, url: str | None) -> str | None:
    base = url or outline.base
    links = [link.get("href") for link in outline.links if "canonical" in link.get("rel", "").lower().split()]
    for link in (*links, tags.first("og:url")):
        found = absolute(link, base)
        # Some sites name their home page as the canonical address of every page.
        if found and not (url and _is_home(found) and not _is_home(url)):
            return found
    return None


def _is_home(address: str) -> bool:
    return address.split("://", 1)[-1].partition("/")[2].strip("/") == ""


def _site(tags: MetaTags, things: list[jsonld.Thing], article: jsonld.Thing | None) -> str | None:
    named = tags.first("og:sitename")
    if named:
        return named
    if article and (publisher := jsonld.text(article.get("publisher"))):
        return publisher
    for thing in things:
        if "WebSite" in jsonld.types_of(thing) and (name := jsonld.text(thing.get("name"))):
            return name
    return tags.first("applicationname")


def _description(tags: MetaTags, article: jsonld.Thing | None) -> str | None:
    return (
        tags.first("og:description", "description", "twitter:description", "dcdescription", "sailthrudescription")
        or (jsonld.text(article.get("description")) if article else None)
    )  # fmt: skip


def _language(outline: Outline, tags: MetaTags, article: jsonld.Thing | None) -> str | None:
    said = jsonld.text(article.get("inLanguage")) if article else None
    for tag in (outline.language, said, tags.first("og:locale", "contentlanguage", "language", "dclanguage")):
        found = _LANGUAGE.match(tag.strip().split(",")[0]) if tag else None
        if found:
            language, script, region = found.groups()
            parts = (language.lower(), script.title() if script else None, region.upper() if region else None)
            return "-".join(part for part in parts if part)
    return None


def _kind(tags: MetaTags, things: list[jsonld.Thing], article: jsonld.Thing | None) -> Kind | None:
    if article:
        return "live" if "LiveBlogPosting" in jsonld.types_of(article) else "article"
    said = (tags.first("og:type") or "").lower()
    if said in ("article", "news", "newsarticle", "blog", "ng:article"):
        return "article"
    kinds = frozenset(kind for thing in things for kind in jsonld.types_of(thing))
    if kinds & jsonld.VIDEOS or said.startswith(("video", "music")):
        return "video"
    if kinds & jsonld.LISTS or said in ("website", "profile"):
        return "list"
    return None


def _body(article: jsonld.Thing | None) -> str | None:
    value = article.get("articleBody") if article else None
    if isinstance(value, list):
        value = "\n".join(item for item in value if isinstance(item, str))
    if not isinstance(value, str):
        return None
    value = jsonld.unescape(value)
    if _MARKUP.search(value):
        from ticker.parsing.outline import build_outline, parse_tree

        outline = build_outline(parse_tree(value.encode("utf-8", "replace")))
        lines = outline.lines(outline.nodes[0]) if outline.nodes else []
    else:
        lines = [clean(line) for line in value.splitlines()]
    return "\n".join(line for line in lines if line) or None
