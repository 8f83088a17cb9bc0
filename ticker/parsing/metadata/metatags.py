"""Parser of a page's ``<meta>`` tags, tolerant of the spelling of their names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ticker.parsing.metadata.declared import Declared, DeclaredAuthor, Kind
from ticker.parsing.metadata.jsonld import unescape
from ticker.text import clean

# Names as `_plain` returns them, the most trusted first.
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


class _MetaTags:
    """The contents of meta tags by name; names are lower case, with the colon as the only punctuation."""

    def __init__(self, contents: dict[str, list[str]]) -> None:
        self._contents = contents

    def first(self, *names: str) -> str | None:
        """Return the first content of the first of ``names`` with any, or None."""
        return next(iter(self.all(*names)), None)

    def all(self, *names: str) -> list[str]:
        """Return all contents of the first of ``names`` with any."""
        for name in names:
            if name in self._contents:
                found = [text for value in self._contents[name] if (text := clean(unescape(value)))]
                if found:
                    return found
        return []

    def every(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return all contents of all ``names``."""
        return tuple(text for name in names if name in self._contents for text in self.all(name))


def read_metatags(metas: Iterable[dict[str, str]]) -> Declared:
    """Return what a page's meta tags declare; ``metas`` are their attributes."""
    contents: dict[str, list[str]] = {}
    for meta in metas:
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        value = meta.get("content")
        if name and value:
            contents.setdefault(_plain(name), []).append(value)
    return _declared(_MetaTags(contents))


def _declared(tags: _MetaTags) -> Declared:
    return Declared(
        titles=tuple(title for name in ("og:title", "twitter:title") if (title := tags.first(name))),
        published=tags.every(_PUBLISHED),
        modified=tags.every(_MODIFIED),
        authors=tuple(tuple(map(DeclaredAuthor, texts)) for name in _AUTHORS if (texts := tags.all(name))),
        sites=tuple(site for name in ("og:sitename", "applicationname") if (site := tags.first(name))),
        url=tags.first("og:url"),
        language=tags.first(*_LANGUAGES),
        description=tags.first(*_DESCRIPTIONS),
        kind=_kind((tags.first("og:type") or "").lower()),
    )


def _kind(said: str) -> Kind | None:
    if said in _ARTICLES:
        return "article"
    if said.startswith(("video", "music")):
        return "video"
    return "list" if said in ("website", "profile") else None


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    return _PUNCTUATION.sub("", name.lower())
