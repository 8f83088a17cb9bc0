"""The names of an article's authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ticker.parsing import jsonld
from ticker.parsing.lines import flat
from ticker.parsing.metatags import MetaTags
from ticker.parsing.outline import Outline
from ticker.parsing.regions import COMMENT, verdict
from ticker.parsing.words import words_of
from ticker.text import clean

_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|autor(?:in)?|text|texte?|redaktion|от|автор)\b[:\s]+", re.I)
_BETWEEN = re.compile(r"\s*(?:[,;|/•·、]|\s(?:and|und|et|y|e|en|og|och|&)\s)\s*")
_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|html?)\b")
_NAMES = (
    "author",
    "article:author",
    "parselyauthor",
    "sailthruauthor",
    "dccreator",
    "cxenseparse:author",
    "byl",
    "twitter:creator",
)
_ROLE = re.compile(r"\s*\([^)]*\)$|\s(?:기자|특파원|記者|记者)$")
_BYLINES = frozenset("byline bylines author authors autor autoren auteur auteurs autore firma verfasser".split())
# A byline names a few authors; what is longer tells about them.
_LONGEST_BYLINE = 80
_MOST_AUTHORS = 5
# A byline stands a few elements from the headline; it is names, and neither a form's label nor a date.
_NEAR = 80
_FULL_NAME = re.compile(r"(?:[^\W\d_]+\b[ .,'’&/-]*){2,}$")
# Names have no more words than this; a line with more is a sentence.
_MOST_WORDS = 7


def read_authors(outline: Outline, tags: MetaTags, article: jsonld.Thing | None, site: str | None) -> tuple[str, ...]:
    """The authors' names in the page's order, each once; the site's own name where it names no other."""
    house: tuple[str, ...] = ()
    for said in _sources(outline, tags, article):
        names: dict[str, str] = {}
        for text in said:
            for name in _split(text):
                names.setdefault(flat(name), name)
        if names.keys() - {flat(site or "")}:
            names.pop(flat(site or ""), None)
            return tuple(names.values())
        house = house or tuple(names.values())
    return house


def _sources(outline: Outline, tags: MetaTags, article: jsonld.Thing | None) -> Iterator[list[str]]:
    yield list(_from_data(article))
    for name in _NAMES:
        yield tags.all(name)
    yield _from_markup(outline)


def _from_data(article: jsonld.Thing | None) -> Iterator[str]:
    for value in _listed((article or {}).get("author") or (article or {}).get("creator")):
        name = jsonld.text(value)
        if name:
            yield name


def _listed(value: Any) -> Iterator[Any]:
    """The authors in a value: lists of people, and people whose name is a list, are both met with."""
    if isinstance(value, list):
        for item in value:
            yield from _listed(item)
    elif isinstance(value, dict) and isinstance(value.get("name"), list):
        yield from value["name"]
    else:
        yield value


def _from_markup(outline: Outline) -> list[str]:
    """What elements marked as the author's say; else the first that a class name calls a byline, near the headline."""
    marked: list[str] = []
    named: list[str] = []
    headline = next((node.index for node in outline.nodes if node.tag == "h1" and node.chars), None)
    for node in outline.nodes:
        if not 0 < node.chars <= _LONGEST_BYLINE:
            continue
        if node.get("rel") == "author" or "author" in (node.get("itemprop") or ""):
            if not any(verdict(one.names) & COMMENT for one in node.ancestors()):
                marked.append(outline.text(node))
        elif (
            headline is not None
            and not named
            and abs(node.index - headline) < _NEAR
            and node.names
            and words_of(node.names) & _BYLINES
            and _FULL_NAME.match(text := outline.text(node))
        ):
            named.append(text)
    return marked[:_MOST_AUTHORS] or named


def _split(text: str) -> Iterator[str]:
    if _ADDRESS.search(text):
        return
    text = _BY.sub("", clean(text))
    for name in _BETWEEN.split(text):
        name = _ROLE.sub("", _BY.sub("", name).strip(" .,-–"))
        if name and len(name.split()) <= _MOST_WORDS and not name.isdigit():
            yield name
