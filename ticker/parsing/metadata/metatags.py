"""Parser of a page's ``<meta>`` tags, tolerant of the spelling of their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ticker.parsing.metadata.source import Author, Kind, Source, plain

# Names as `_key` returns them, the most trusted first.
_PUBLISHED = tuple(
    "article:publishedtime article:published:time og:article:publishedtime article:published og:publishedtime "
    "parselypubdate cxenseparse:recs:publishtime cxenseparse:publishtime datepublished dateavailable dcdateissued "
    "dctermsissued dcdatepublished dctermscreated dcdatecreated publishedat publisheddate publishdate "
    "publicationdate pubdate originalpublicationdate sailthrudate datecreated dcdate date publishedtime "
    "articledatepublished articlepublicationdate timestamp".split()
)
_MODIFIED = tuple(
    "article:modifiedtime article:modified:time og:article:modifiedtime article:modified og:updatedtime "
    "datemodified dcdatemodified dctermsmodified dateupdated lastmodified lastupdate cxenseparse:modifiedtime revised "
    "updatedat".split()
)
_AUTHORS = tuple(
    "author article:author parselyauthor sailthruauthor dccreator cxenseparse:author byl twitter:creator".split()
)
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dcdescription", "sailthrudescription")
_LANGUAGES = ("og:locale", "contentlanguage", "language", "dclanguage")
_ARTICLES = frozenset(("article", "news", "newsarticle", "blog", "ng:article"))
_PUNCTUATION = re.compile(r"[^a-z0-9:]+")


def read_metatags(metas: Iterable[Mapping[str, str]]) -> Source:
    """Return what a page's meta tags say; ``metas`` are their attributes."""
    tags: dict[str, list[str]] = {}
    for meta in metas:
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        text = plain(meta.get("content") or "") if name else ""
        if name and text:
            tags.setdefault(_key(name), []).append(text)

    def every(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(text for name in names for text in tags.get(name, ()))

    def firsts(*names: str) -> tuple[str, ...]:
        return tuple(tags[name][0] for name in names if name in tags)

    return Source(
        titles=firsts("og:title", "twitter:title"),
        published=every(_PUBLISHED),
        modified=every(_MODIFIED),
        authors=tuple(tuple(map(Author, tags[name])) for name in _AUTHORS if name in tags),
        sites=firsts("og:sitename", "applicationname"),
        urls=firsts("og:url"),
        languages=firsts(*_LANGUAGES)[:1],
        descriptions=firsts(*_DESCRIPTIONS),
        kinds=tuple(_kinds(tags.get("og:type", [""])[0].lower())),
    )


def _kinds(said: str) -> Iterator[Kind]:
    if said in _ARTICLES:
        yield "article"
    elif said.startswith(("video", "music")):
        yield "video"
    elif said in ("website", "profile"):
        yield "list"


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    """Return a name in lower case, with the colon as the only punctuation."""
    return _PUNCTUATION.sub("", name.lower())
