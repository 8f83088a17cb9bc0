"""An article's headline, from the many places in which a page says it."""

from __future__ import annotations

import re

from ticker.parsing import jsonld
from ticker.parsing.lines import flat
from ticker.parsing.metatags import MetaTags
from ticker.parsing.outline import LONGEST_TITLE, Outline

# What sites set between a headline and their own name.
_BARS = frozenset("|｜ㅣ")
# A site's name between bars is no longer; a headline is longer than a word or two.
_LONGEST_NAME = 30
_SHORTEST = 12
# A part of a name, or a name in a longer one, tells with this many letters.
_TELLING = 5
_SEPARATOR = re.compile(r"(?<!\s)\s+[|–—·•«»:*-]+\s+|(?:(?<!\s)\s+)?[｜ㅣ|]\s*|：(?=[^：]*$)")


def choose_title(
    outline: Outline, tags: MetaTags, article: jsonld.Thing | None, site: str | None, host: str
) -> str | None:
    """The headline, without the site's name; None where the page has none.

    What was written for sharing comes first: it is the headline alone on nine pages of ten, while headings have a
    kicker before it or the site's name in place of it, and JSON-LD and ``<title>`` are often written for search
    engines. But where heading, JSON-LD and ``<title>`` agree, and no heading says what was written for sharing, the
    page calls itself as they do.
    """
    headings = [outline.text(node) for node in outline.headings() if node.tag == "h1"]
    data = (jsonld.text(article.get("headline")) or jsonld.text(article.get("name"))) if article else None
    others = [text for text in (data, *headings) if text]
    labels = host.removeprefix("www.").split(".")
    names = {flat(name) for name in (site or "", "".join(labels), labels[-2] if len(labels) > 1 else "")}
    names.discard("")
    sources = (tags.first("og:title"), tags.first("twitter:title"), data, *(headings or [""])[:1], outline.title)
    titles = [strip_site(text, names, others) if text else "" for text in sources]
    shared = next(filter(None, titles), "")
    _, _, said, heading, page = titles
    if heading and flat(heading) == flat(said) == flat(page) and not _is_shown(outline, shared):
        return heading
    return shared or None


def _is_shown(outline: Outline, title: str) -> bool:
    """Whether a heading of the page says ``title``, or an h1 does with more around it, such as a kicker."""
    wanted = flat(title)
    for node in outline.headings():
        said = flat(outline.text(node))
        if said == wanted or (node.tag == "h1" and wanted in said):
            return True
    return False


def strip_site(title: str, names: set[str], others: list[str]) -> str:
    """``title`` without what is not of the headline: the site's name and section, at its end or beginning.

    ``names`` are the site's names in their flat form. Where one of ``others`` is the part of ``title`` before or
    after a separator, it is the headline.
    """
    if len(title) > LONGEST_TITLE:  # each separator would be looked at with all that stands around it
        return title
    if flat(title) in names:
        return ""
    told = {flat(other) for other in others}
    cuts = [
        (title[: found.start()].strip(), title[found.end() :].strip(), found[0].strip() in _BARS)
        for found in _SEPARATOR.finditer(title)
    ]
    for head, tail, _ in cuts:
        if len(tail) <= len(head) and any(_is_name(part, names) for part in _SEPARATOR.split(tail)):
            return head
    for head, tail, _ in reversed(cuts):
        if len(head) < len(tail) and all(_is_name(part, names) for part in _SEPARATOR.split(head)):
            return tail
    if flat(title) in told:
        return title
    for head, tail, barred in cuts:
        for part in (head, tail):
            if flat(part) in told and len(part) > _SHORTEST:
                return part
        if barred and len(tail) <= _LONGEST_NAME and len(head) > 2 * len(tail):
            return head
    return title


def _is_name(part: str, names: set[str]) -> bool:
    said = flat(part)
    return any(
        said == name or (len(said) >= _TELLING and said in name) or (len(name) >= _TELLING and name in said)
        for name in names
        if said
    )
