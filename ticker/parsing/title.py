"""An article's headline, from the many places in which a page says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ticker.parsing import jsonld
from ticker.parsing.lines import flat
from ticker.parsing.metatags import MetaTags
from ticker.parsing.outline import Outline

# What sites set between a headline and their own name.
_SEPARATOR = re.compile(r"\s+[|–—·•«»:*-]+\s+|\s*[｜ㅣ|]\s*|：(?=[^：]*$)")


def choose_title(
    outline: Outline, tags: MetaTags, article: jsonld.Thing | None, site: str | None, host: str
) -> str | None:
    """The headline, without the site's name; None where the page has none.

    What two sources agree in is the headline; of the rest, the one that was written for sharing.
    """
    headings = [outline.text(node) for node in outline.nodes if node.tag == "h1" and node.chars]
    data = (jsonld.text(article.get("headline")) or jsonld.text(article.get("name"))) if article else None
    said = [text for text in (data, *headings) if text]
    shared = [text for name in ("og:title", "twitter:title") if (text := tags.first(name))]
    names = {
        flat(name) for name in (site, host.removeprefix("www."), host.split(".")[-2] if "." in host else None) if name
    }
    stripped = [strip_site(text, names, said) for text in (*shared, outline.title) if text]
    candidates = [*stripped[: len(shared)], *said[:1], *stripped[len(shared) :], *said[1:]]
    return next((text for text in candidates if text), None)


def strip_site(title: str, names: set[str], others: list[str]) -> str:
    """``title`` without what is not of the headline: the site's name, its section, at its end or beginning.

    ``names`` are the site's names in their flat form. Where one of ``others`` is a part of ``title`` that ends or
    begins at a separator, the rest is not of the headline either.
    """
    for cut in _cuts(title):
        if any(flat(cut) == flat(other) for other in others):
            return cut
    parts = _SEPARATOR.split(title)
    while len(parts) > 1:
        if _is_name(parts[-1], names):
            title = title[: title.rindex(parts[-1])]
            title = title.rstrip(" |–—·•«»:*-｜ㅣ：")
        elif _is_name(parts[0], names):
            title = title[title.index(parts[0]) + len(parts[0]) :].lstrip(" |–—·•«»:*-｜ㅣ：")
        else:
            break
        parts = _SEPARATOR.split(title)
    return title


def _cuts(title: str) -> Iterator[str]:
    for found in _SEPARATOR.finditer(title):
        yield title[: found.start()]
        yield title[found.end() :]


def _is_name(part: str, names: set[str]) -> bool:
    said = flat(part)
    return bool(said) and any(
        said == name or (len(said) > 3 and (said in name or (name in said and len(said) < len(name) + 12)))
        for name in names
    )
