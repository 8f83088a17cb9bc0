"""The ``<meta>`` tags of a page, found by their names however these are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ticker.parsing.jsonld import unescape
from ticker.text import clean

_PUNCTUATION = re.compile(r"[^a-z0-9:]+")


class MetaTags:
    """The contents of meta tags by name. Names are lower case, without punctuation but the colon."""

    def __init__(self, contents: dict[str, list[str]]) -> None:
        self._contents = contents

    def first(self, *names: str) -> str | None:
        """The first content of the first of ``names`` that has one."""
        return next(iter(self.all(*names)), None)

    def all(self, *names: str) -> list[str]:
        """All contents of the first of ``names`` that has any."""
        for name in names:
            found = [text for value in self._contents.get(name, ()) if (text := clean(unescape(value)))]
            if found:
                return found
        return []


def read_metatags(metas: Iterable[dict[str, str]]) -> MetaTags:
    """The meta tags of a page from their attributes."""
    contents: dict[str, list[str]] = {}
    for meta in metas:
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        value = meta.get("content")
        if name and value:
            contents.setdefault(_plain(name), []).append(value)
    return MetaTags(contents)


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    return _PUNCTUATION.sub("", name.lower())
