"""JSON-LD: what a page says of itself in schema.org's terms, read however carelessly it was written."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ticker.addresses import canonical
from ticker.text import clean

# https://schema.org/Article and the types below it that news sites use.
ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "ReviewNewsArticle AskPublicNewsArticle AdvertiserContentArticle SatiricalArticle Report BlogPosting "
    "LiveBlogPosting SocialMediaPosting TechArticle ScholarlyArticle Recipe Review ClaimReview QAPage".split()
)
PAGES = frozenset(["WebPage", "ItemPage", "AboutPage", "MedicalWebPage"])
LISTS = frozenset(["CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage", "ContactPage", "FAQPage"])
VIDEOS = frozenset(["VideoObject", "Movie", "TVEpisode", "BroadcastEvent", "AudioObject", "PodcastEpisode"])

Thing = dict[str, Any]

# Where a page's main thing may stand. What hangs elsewhere (hasPart, isRelatedTo, itemListElement, video ...) is
# another one.
_DOWN = ("@graph", "mainEntity", "mainEntityOfPage")
_DEEPEST = 6
# Wrappings for the sake of old browsers.
_OPENERS = ("//<![CDATA[", "/*<![CDATA[*/", "// <![CDATA[", "<![CDATA[", "<!--")
_CLOSERS = ("//]]>", "/*]]>*/", "// ]]>", "]]>", "-->", ";")
_LAST_COMMA = re.compile(r",\s*(?=[}\]])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_PAIR = re.compile(r'"(@type|datePublished|dateModified|dateCreated)"\s*:\s*"([^"\\]{1,80})"')
_DECODER = json.JSONDecoder(strict=False)  # not strict: line breaks within texts are met with


def read_scripts(scripts: Iterable[str]) -> list[Thing]:
    """The things that a page's JSON-LD scripts tell of, those that hang below others excepted, in order."""
    things: list[Thing] = []
    for script in scripts:
        for value in _load(script):
            things.extend(_flatten(value, 0))
    return things


def types_of(thing: Thing) -> frozenset[str]:
    """The types of a thing, without the address of their vocabulary."""
    kinds = thing.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(kind.rsplit("/", 1)[-1] for kind in named if isinstance(kind, str))


def find_article(things: list[Thing], url: str | None, titles: Iterable[str]) -> Thing | None:
    """The thing that is the article of the page at ``url``, whose title is like one of ``titles``; or None.

    Pages describe related articles as well. The page's own is the one with its address, else with its title,
    else the one that says most of itself; the first of equals.
    """
    found = [thing for thing in things if types_of(thing) & ARTICLES]
    if len(found) < 2:
        return found[0] if found else None
    address = canonical(url) if url else None
    wanted = {_flat(title) for title in titles}
    wanted.discard("")

    def rank(thing: Thing) -> tuple[bool, bool, int]:
        ours = address is not None and any(canonical(link) == address for link in _addresses(thing))
        headline = _flat(text(thing.get("headline")) or text(thing.get("name")) or "")
        titled = bool(headline) and any(headline in title or title in headline for title in wanted)
        said = sum(bool(thing.get(field)) for field in ("headline", "datePublished", "articleBody", "author"))
        return ours, titled, said

    return max(found, key=rank)


def text(value: Any) -> str | None:
    """A value's text on one line, entities resolved; of a list the first; None where there is none."""
    if isinstance(value, list):
        value = next((item for item in value if item), None)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    return clean(unescape(value)) or None


def unescape(value: str) -> str:
    """``value`` with entities resolved, also those that were escaped twice."""
    return html.unescape(html.unescape(value)) if "&" in value else value


def _addresses(thing: Thing) -> Iterator[str]:
    for field in ("url", "mainEntityOfPage", "@id"):
        value = thing.get(field)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value:
            yield value


def _flat(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


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
    """The JSON values of a script, mended where it is broken."""
    source = script.strip()
    for opener in _OPENERS:
        source = source.removeprefix(opener).lstrip()
    for closer in _CLOSERS:
        source = source.removesuffix(closer).rstrip()
    if source.startswith(("{&quot;", "[{&quot;")):
        source = html.unescape(source)
    for mend in (_keep, _mend):
        try:
            yield from list(_values(mend(source)))
            return
        except (ValueError, RecursionError):
            continue
    # What cannot be read still names its dates.
    pairs: Thing = {}
    for field, value in _PAIR.findall(source):
        pairs.setdefault(field, value)
    if len(pairs) > 1:
        yield pairs


def _values(source: str) -> Iterator[Any]:
    """One value after the other: some pages write several into one script."""
    at = 0
    while at < len(source):
        value, at = _DECODER.raw_decode(source, at)
        yield value
        while at < len(source) and source[at] in " \t\r\n,;":
            at += 1


def _keep(source: str) -> str:
    return source


def _mend(source: str) -> str:
    return _LAST_COMMA.sub("", _BAD_ESCAPE.sub("", source))
