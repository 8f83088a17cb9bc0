"""The names of an article's authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ticker.parsing import jsonld
from ticker.parsing.lines import flat
from ticker.parsing.metatags import MetaTags
from ticker.parsing.outline import Outline
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
# Names have no more words than this; a line with more is a sentence.
_MOST_WORDS = 7


def read_authors(outline: Outline, tags: MetaTags, article: jsonld.Thing | None, site: str | None) -> tuple[str, ...]:
    """The authors' names in the page's order, each once."""
    for said in (
        list(_from_data(article)),
        tags.all(*_NAMES[:1]),
        *(tags.all(name) for name in _NAMES[1:]),
        _from_markup(outline),
    ):
        names: dict[str, str] = {}
        for text in said:
            for name in _split(text):
                names.setdefault(flat(name), name)
        if names:
            return tuple(names.values())
    return ()


def _from_data(article: jsonld.Thing | None) -> Iterator[str]:
    for value in _listed((article or {}).get("author") or (article or {}).get("creator")):
        name = jsonld.text(value)
        if name:
            yield name


def _listed(value: Any) -> list[Any]:
    if isinstance(value, dict) and isinstance(value.get("name"), list):
        return list(value["name"])
    return value if isinstance(value, list) else [value]


def _from_markup(outline: Outline) -> list[str]:
    found = []
    for node in outline.nodes:
        if not node.chars or node.chars > 80:
            continue
        if node.get("rel") == "author" or "author" in (node.get("itemprop") or ""):
            found.append(outline.text(node))
    return found[:5]


def _split(text: str) -> Iterator[str]:
    if _ADDRESS.search(text):
        return
    text = _BY.sub("", clean(text))
    for name in _BETWEEN.split(text):
        name = _BY.sub("", name).strip(" .,-–")
        if name and len(name.split()) <= _MOST_WORDS and not name.isdigit():
            yield name
