"""Selection of the link of an entry that leads to its article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from ticker.parsing.headlines.lists import Entry
from ticker.parsing.headlines.titles import Title, pattern_of
from ticker.parsing.outline import Node, Outline
from ticker.parsing.vocabulary.blocks import split_words
from ticker.parsing.vocabulary.lists import AWAY_NAMES, AWAY_PATHS
from ticker.text import fold
from ticker.urls import absolute, host

# A URL that contains half of the words of a headline, and at least two, is the URL of its article.
_SHARED_WORDS = 0.5
_FEWEST_SHARED_WORDS = 2
_SHORTEST_WORD = 3
# A link text in this share of the entries is generic, such as "Read more".
_REPEATED = 0.6
# In an entry longer than a card (a headline and a teaser), a link without text is a button.
_MOST_CARD_CHARS = 400
# A link with a longer text is a card or a paragraph, not a label.
_LONGEST_LABEL = 300
# Base URL to tell links from buttons if the URL of the page is unknown.
_ANY_PAGE = "https://page.invalid/"
_HAS_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]+")
_HOST = re.compile(r"^(?:[a-z]+:)?//[^/]*", re.I)
_BETWEEN_SEGMENTS = re.compile(r"[/?&=#.;]+")


@dataclass(frozen=True, slots=True)
class Link:
    """The link of an entry.

    ``url`` is absolute, or None if there is no link or the page's URL is unknown. ``is_title`` is true for the link of
    the headline: around or in it, labelled with it, with its words in the URL, over the whole entry, or the "Read more"
    of each entry. Otherwise ``url`` is only the most likely link of the entry. ``node`` is the link's element.
    """

    url: str | None
    is_title: bool
    node: Node | None


@dataclass(frozen=True, slots=True)
class _Habits:
    """Counts of the entries of a list in which each link URL and each link text occurs."""

    addresses: Counter[str | None]
    texts: Counter[str]
    entries: int

    def is_unique(self, node: Node) -> bool:
        """Return whether the URL of a link occurs in one entry only, as the URL of an article does."""
        return self.entries == 1 or self.addresses[node.get("href")] == 1

    def is_repeated(self, text: str) -> bool:
        """Return whether most entries have a link with this text."""
        is_words = any(map(str.isalpha, text)) and not _HAS_DIGIT.search(text)
        return is_words and self.entries > 1 and self.texts[pattern_of(text)] >= _REPEATED * self.entries


def read_links(outline: Outline, entries: Sequence[Entry], titles: Sequence[Title], base: str | None) -> list[Link]:
    """Return the link of each entry's headline."""
    own = [_link_of_title(outline, title, base) for title in titles]
    if all(own):
        return [link for link in own if link is not None]
    links = [_links_in(outline, entry) for entry in entries]
    habits = _Habits(
        Counter(address for found in links for address in {node.get("href") for node in found}),
        Counter(text for found in links for text in {pattern_of(_label_of(outline, node)) for node in found}),
        len(entries),
    )
    return [
        link or _link_beside(outline, entry, title, found, base, habits)
        for link, entry, title, found in zip(own, entries, titles, links, strict=True)
    ]


def _links_in(outline: Outline, entry: Entry) -> list[Node]:
    links = [node for node in entry.nodes(outline) if node.is_link]
    if entry.whole and entry.node.link is not None and entry.node.link is not entry.node:
        links.insert(0, entry.node.link)
    return links


def _link_of_title(outline: Outline, title: Title, base: str | None) -> Link | None:
    """Return the link around a headline, else the first link in it, or None."""
    if title.node is None:
        return None
    around = title.node.link
    for node in ([around] if around is not None else []) + [n for n in outline.below(title.node) if n.tag == "a"]:
        # A linked name or topic within a headline does not lead to its article.
        link = _link(node, base, is_title=node is around or node.chars * 2 >= len(title.text))
        if link is not None:
            return link
    return None


def _link(node: Node, base: str | None, *, is_title: bool) -> Link | None:
    """Return the link of an element, or None if it does not lead to a page."""
    if absolute(node.get("href"), base or _ANY_PAGE) is None:
        return None
    return Link(absolute(node.get("href"), base), is_title, node)


def _link_beside(
    outline: Outline, entry: Entry, title: Title, links: Sequence[Node], base: str | None, habits: _Habits
) -> Link:
    """Return the most likely link of an entry for a headline that neither is nor contains a link."""
    wanted = fold(title.text)
    words = _words(wanted)
    ranked: list[tuple[tuple[bool | int, ...], bool, Node]] = []
    for node in links:
        text = _label_of(outline, node)
        label = fold(text)
        away, unique = is_auxiliary_link(node), habits.is_unique(node)
        is_labelled = label == wanted or (len(label) >= _SHORTEST_WORD and wanted.startswith(label))
        is_named = not away and _names(node.get("href") or "", words)
        is_around = entry.whole and node.holds(entry.node)
        is_more = unique and not away and node.chars > 0 and habits.is_repeated(text)
        # A picture may link to its photographer's site.
        is_overlay = unique and not away and node.chars == 0 and entry.node.chars <= _MOST_CARD_CHARS
        is_overlay = is_overlay and _is_of_site(node.get("href") or "", base)
        # Labels and authors are links too: prefer the link with the most text, and the link of the time last.
        rank = (
            is_labelled, is_named, is_around, not node.holds(entry.stamp.node), unique and not away, is_more, node.chars
        )  # fmt: skip
        ranked.append((rank, is_labelled or is_named or is_around or is_more or is_overlay, node))
    best_first = sorted(ranked, key=lambda each: each[0], reverse=True)
    found = (_link(node, base, is_title=is_title) for _, is_title, node in best_first)
    return next((link for link in found if link is not None), Link(None, False, None))


def _is_of_site(address: str, base: str | None) -> bool:
    named = host(address)
    return not named or not base or site_of(named) == site_of(host(base))


def site_of(name: str) -> str:
    """Return the last two labels of a host, which subdomains of one site share."""
    return ".".join(name.split(".")[-2:])


def _label_of(outline: Outline, node: Node) -> str:
    """Return the text of a link, else its ``aria-label`` or ``title``."""
    return outline.text(node) if 0 < node.chars <= _LONGEST_LABEL else node.get("aria-label") or node.get("title") or ""


def is_auxiliary_link(node: Node) -> bool:
    """Return whether the URL, names or ``rel`` of a link show that it leads to a person, a topic or a tool."""
    return (
        not AWAY_PATHS.isdisjoint(segments_of(node.get("href") or ""))
        or not AWAY_NAMES.isdisjoint(split_words(node.names))
        or node.get("rel") in ("author", "tag", "category tag")
    )


def segments_of(address: str) -> list[str]:
    """Return the parts of a URL after its host, in lower case.

    >>> segments_of("https://news.example/forum/viewtopic.php?t=4")
    ['forum', 'viewtopic', 'php', 't', '4']
    """
    return [part for part in _BETWEEN_SEGMENTS.split(_HOST.sub("", address).lower()) if part]


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text) if len(word) >= _SHORTEST_WORD)


def _names(address: str, words: frozenset[str]) -> bool:
    """Return whether a URL contains enough of the words of a headline."""
    shared = words & _words(fold(unquote(_HOST.sub("", address))))
    return len(shared) >= max(_FEWEST_SHARED_WORDS, _SHARED_WORDS * len(words))
