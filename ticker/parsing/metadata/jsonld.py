"""Tolerant parser of a page's JSON-LD in the vocabulary of schema.org."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ticker.parsing.lines import comparison_key
from ticker.parsing.metadata.source import Author, Kind, Source, plain, unescape
from ticker.parsing.outline import build_outline, parse_tree
from ticker.text import clean
from ticker.urls import canonical

# https://schema.org/Article and the types below it that news sites use.
ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "ReviewNewsArticle AskPublicNewsArticle AdvertiserContentArticle SatiricalArticle Report BlogPosting "
    "LiveBlogPosting SocialMediaPosting TechArticle ScholarlyArticle Recipe Review ClaimReview QAPage".split()
)
# Types of newsrooms, which write a headline for sharing by hand.
NEWS = frozenset(kind for kind in ARTICLES if kind.endswith("NewsArticle")) | {"LiveBlogPosting"}
PAGES = frozenset(["WebPage", "ItemPage", "AboutPage", "MedicalWebPage"])
LISTS = frozenset(["CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage", "ContactPage", "FAQPage"])
VIDEOS = frozenset(["VideoObject", "Movie", "TVEpisode", "BroadcastEvent", "AudioObject", "PodcastEpisode"])

Thing = dict[str, Any]

# Properties that may hold a page's main thing. Other properties (hasPart, isRelatedTo, itemListElement, video ...)
# hold other things.
_DOWN = ("@graph", "mainEntity", "mainEntityOfPage")
_DEEPEST = 6
_PARTS_OF_NAME = ("givenName", "additionalName", "familyName")
_NAMES = frozenset(("name", *_PARTS_OF_NAME))
# Wrappers for old browsers.
_OPENERS = ("//<![CDATA[", "/*<![CDATA[*/", "// <![CDATA[", "<![CDATA[", "<!--")
_CLOSERS = ("//]]>", "/*]]>*/", "// ]]>", "]]>", "-->", ";")
_LAST_COMMA = re.compile(r",\s*(?=[}\]])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_MARKUP = re.compile(r"<(?:p|br|div|h\d|li|a|strong|em|span)\b[^<>]*>|&lt;p", re.I)
_PAIR = re.compile(r'"(@type|datePublished|dateModified|dateCreated)"\s*:\s*"([^"\\]{1,80})"')
_DECODER = json.JSONDecoder(strict=False)  # not strict: some strings contain line breaks


def read_jsonld(scripts: Iterable[str], url: str | None, titles: Iterable[str]) -> Source:
    """Return what a page's JSON-LD says about the article at ``url`` with a title like one of ``titles``."""
    values = [value for script in scripts for value in _load(script)]
    things = [thing for value in values for thing in _flatten(value, 0)]
    article = _find_article(things, url, titles)
    own: Thing = article or {}
    pages = [thing for thing in things if _types_of(thing) & PAGES]
    sites = [thing.get("name") for thing in things if "WebSite" in _types_of(thing)]
    authors = tuple(_credits(own.get("author") or own.get("creator"), _by_id(values)))
    return Source(
        titles=_texts(own.get("headline"), own.get("name")),
        published=_texts(
            own.get("datePublished"), own.get("dateCreated"), *(page.get("datePublished") for page in pages)
        ),
        modified=_texts(own.get("dateModified"), *(page.get("dateModified") for page in pages)),
        authors=(authors,) if authors else (),
        sites=_texts(own.get("publisher"), *sites),
        languages=_texts(own.get("inLanguage")),
        descriptions=_texts(own.get("description")),
        kinds=tuple(_kinds(things, article)),
        bodies=tuple(_bodies(own.get("articleBody"))),
        is_news=bool(_types_of(own) & NEWS),
    )


def _texts(*values: Any) -> tuple[str, ...]:
    return tuple(found for value in values if (found := text(str(value) if isinstance(value, int) else value)))


def _kinds(things: list[Thing], article: Thing | None) -> Iterator[Kind]:
    kinds = frozenset(kind for thing in things for kind in _types_of(thing))
    if article:
        yield "live" if "LiveBlogPosting" in _types_of(article) else "article"
    elif kinds & VIDEOS:
        yield "video"
    elif kinds & LISTS:
        yield "list"


def _bodies(value: Any) -> Iterator[str]:
    """Yield the text of an article as lines, without markup."""
    if isinstance(value, list):
        value = "\n".join(item for item in value if isinstance(item, str))
    if not isinstance(value, str):
        return
    value = unescape(value)
    if _MARKUP.search(value):
        outline = build_outline(parse_tree(value.encode("utf-8", "replace")))
        lines = outline.lines(outline.nodes[0]) if outline.nodes else []
    else:
        lines = [clean(line) for line in value.splitlines()]
    if body := "\n".join(line for line in lines if line):
        yield body


def _by_id(values: Iterable[Any]) -> dict[str, Thing]:
    """Return all things with an ``@id`` and a name, at any depth, by id."""
    found: dict[str, Thing] = {}
    waiting = [(value, 0) for value in values]
    while waiting:
        value, depth = waiting.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(value, dict):
            identifier = value.get("@id")
            if isinstance(identifier, str) and value.keys() & _NAMES:
                found.setdefault(identifier, value)
            waiting.extend((held, depth + 1) for held in value.values() if isinstance(held, (dict, list)))
        elif isinstance(value, list):
            waiting.extend((held, depth + 1) for held in value)
    return found


def _credits(value: Any, by_id: dict[str, Thing], depth: int = 0) -> Iterator[Author]:
    """Yield the authors in a value: a name, a person, a reference to one, or nested lists of these."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _credits(item, by_id, depth + 1)
    elif isinstance(value, dict):
        if not value.keys() & _NAMES:
            value = by_id.get(str(value.get("@id")), value)
        name = value.get("name")
        if isinstance(name, list):
            yield from (Author(said, whole=True) for item in name if (said := text(item)))
        elif said := text(name) or clean(" ".join(filter(None, map(text, map(value.get, _PARTS_OF_NAME))))):
            yield Author(said, whole=True)
    elif said := text(value):
        yield Author(said)


def _types_of(thing: Thing) -> frozenset[str]:
    """Return the types of a thing without their vocabulary's URL."""
    kinds = thing.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(kind.rsplit("/", 1)[-1] for kind in named if isinstance(kind, str))


def _find_article(things: list[Thing], url: str | None, titles: Iterable[str]) -> Thing | None:
    """Return the article of the page at ``url`` with a title like one of ``titles``, or None.

    Pages describe related articles too. The page's own has its URL, else its title, else the most fields; the first
    one wins a tie.
    """
    found = [thing for thing in things if _types_of(thing) & ARTICLES]
    if len(found) < 2:
        return found[0] if found else None
    address = canonical(url) if url else None
    wanted = {comparison_key(title) for title in titles} - {""}

    def rank(thing: Thing) -> tuple[bool, bool, int]:
        ours = address is not None and any(canonical(link) == address for link in _addresses(thing))
        headline = comparison_key(text(thing.get("headline")) or text(thing.get("name")) or "")
        titled = bool(headline) and any(headline in title or title in headline for title in wanted)
        said = sum(bool(thing.get(field)) for field in ("headline", "datePublished", "articleBody", "author"))
        return ours, titled, said

    return max(found, key=rank)


def text(value: Any) -> str | None:
    """Return a value's text on one line with entities resolved, the first of a list, or None if there is none."""
    if isinstance(value, list):
        value = next((item for item in value if item), None)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    return plain(value) or None


def _addresses(thing: Thing) -> Iterator[str]:
    for field in ("url", "mainEntityOfPage", "@id"):
        value = thing.get(field)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value:
            yield value


def _flatten(value: Any, depth: int) -> Iterator[Thing]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flatten(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for field in _DOWN:
            if isinstance(value.get(field), (dict, list)):
                yield from _flatten(value[field], depth + 1)


def _load(script: str) -> Iterator[Any]:
    """Yield the JSON values of a script, repairing common errors."""
    source = script.strip()
    for opener in _OPENERS:
        source = source.removeprefix(opener).lstrip()
    for closer in _CLOSERS:
        source = source.removesuffix(closer).rstrip()
    if source.startswith(("{&quot;", "[{&quot;")):
        source = html.unescape(source)
    for mend in (str, _mend):
        try:
            yield from list(_values(mend(source)))
            return
        except (ValueError, RecursionError):
            continue
    # Extract at least the type and dates from invalid JSON.
    pairs: Thing = {}
    for field, value in _PAIR.findall(source):
        pairs.setdefault(field, value)
    if len(pairs) > 1:
        yield pairs


def _values(source: str) -> Iterator[Any]:
    """Yield each JSON value: some pages write several in one script."""
    at = 0
    while at < len(source):
        value, at = _DECODER.raw_decode(source, at)
        yield value
        while at < len(source) and source[at] in " \t\r\n,;":
            at += 1


def _mend(source: str) -> str:
    return _LAST_COMMA.sub("", _BAD_ESCAPE.sub("", source))
