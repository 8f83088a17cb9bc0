"""Which link of an entry leads to its story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from ticker.parsing.list_words import AWAY_NAMES, AWAY_PATHS
from ticker.parsing.lists import Entry
from ticker.parsing.outline import Node, Outline
from ticker.parsing.titles import Title, pattern_of
from ticker.parsing.words import words_of
from ticker.text import fold
from ticker.urls import absolute, host

# An address that has half of a headline's words in it, and two at least, is that of its story.
_SHARED_WORDS = 0.5
_FEWEST_SHARED_WORDS = 2
_SHORTEST_WORD = 3
# A link of one text in so many entries says "Read more" or the like.
_REPEATED = 0.6
# A card is a headline and a teaser; in a longer entry a link that shows nothing is a button.
_MOST_CARD_CHARS = 400
# A link with more text is a card or a paragraph.
_LONGEST_LABEL = 300
# Links are told from buttons where the address of their page is not known, too.
_ANY_PAGE = "https://page.invalid/"
_HAS_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]+")
_HOST = re.compile(r"^(?:[a-z]+:)?//[^/]*", re.I)
_BETWEEN_SEGMENTS = re.compile(r"[/?&=#.;]+")


@dataclass(frozen=True, slots=True)
class Link:
    """Where an entry leads.

    ``url`` is absolute, None where there is no such link or the address of the page is not known. ``is_title`` tells
    that it is the headline's own: the link around it or in it, one labelled with it or with its words in the address,
    one over the whole entry, or the "Read more" of each entry. Else it is only the likeliest link of the entry.
    ``node`` is its element.
    """

    url: str | None
    is_title: bool
    node: Node | None


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the links of a list have in common: how many entries have one of an address or a text."""

    addresses: Counter[str | None]
    texts: Counter[str]
    entries: int

    def is_unique(self, node: Node) -> bool:
        """Return whether an address stands in one entry only, as that of a story does."""
        return self.entries == 1 or self.addresses[node.get("href")] == 1

    def is_repeated(self, text: str) -> bool:
        """Return whether most entries have a link of just this text."""
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
    """Return the link around a headline, else the first in it."""
    if title.node is None:
        return None
    around = title.node.link
    for node in ([around] if around is not None else []) + [n for n in outline.below(title.node) if n.tag == "a"]:
        address = absolute(node.get("href"), base or _ANY_PAGE)
        if address:
            # A name or a topic that is linked within a sentence is not where the sentence leads.
            is_title = node is around or node.chars * 2 >= len(title.text)
            return Link(address if base else absolute(node.get("href"), None), is_title, node)
    return None


def _link_beside(
    outline: Outline, entry: Entry, title: Title, links: Sequence[Node], base: str | None, habits: _Habits
) -> Link:
    """Return the link of a headline that has none itself; of an entry's links the likeliest."""
    wanted = fold(title.text)
    words = _words(wanted)
    ranked: list[tuple[tuple[bool | int, ...], bool, Node]] = []
    for node in links:
        text = _label_of(outline, node)
        label = fold(text)
        away, unique = is_away(node), habits.is_unique(node)
        is_labelled = label == wanted or (len(label) >= _SHORTEST_WORD and wanted.startswith(label))
        is_named = not away and _names(node.get("href") or "", words)
        is_around = entry.whole and node.holds(entry.node)
        is_more = unique and not away and node.chars > 0 and habits.is_repeated(text)
        # A picture may lead to its author's own site.
        is_overlay = unique and not away and node.chars == 0 and entry.node.chars <= _MOST_CARD_CHARS
        is_overlay = is_overlay and _is_of_site(node.get("href") or "", base)
        # Labels and authors are linked too: of others the fullest, and last that of the time itself.
        rank = (
            is_labelled, is_named, is_around, not node.holds(entry.stamp.node), unique and not away, is_more, node.chars
        )  # fmt: skip
        ranked.append((rank, is_labelled or is_named or is_around or is_more or is_overlay, node))
    for _, is_title, node in sorted(ranked, key=lambda each: each[0], reverse=True):
        address = absolute(node.get("href"), base or _ANY_PAGE)
        if address:
            return Link(address if base else absolute(node.get("href"), None), is_title, node)
    return Link(None, False, None)


def _is_of_site(address: str, base: str | None) -> bool:
    named = host(address)
    return not named or not base or site_of(named) == site_of(host(base))


def site_of(name: str) -> str:
    """Return the last two labels of a host: enough to tell other sites from the subdomains of one."""
    return ".".join(name.split(".")[-2:])


def _label_of(outline: Outline, node: Node) -> str:
    """Return the text of a link, or the label of one that shows none."""
    return outline.text(node) if 0 < node.chars <= _LONGEST_LABEL else node.get("aria-label") or node.get("title") or ""


def is_away(node: Node) -> bool:
    """Return whether a link leads to a person, a topic or a tool, by its address or its names."""
    return (
        not AWAY_PATHS.isdisjoint(segments_of(node.get("href") or ""))
        or not AWAY_NAMES.isdisjoint(words_of(node.names))
        or node.get("rel") in ("author", "tag", "category tag")
    )


def segments_of(address: str) -> list[str]:
    """Return the parts of an address after its host, in lower case.

    >>> segments_of("https://news.example/forum/viewtopic.php?t=4")
    ['forum', 'viewtopic', 'php', 't', '4']
    """
    return [part for part in _BETWEEN_SEGMENTS.split(_HOST.sub("", address).lower()) if part]


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text) if len(word) >= _SHORTEST_WORD)


def _names(address: str, words: frozenset[str]) -> bool:
    """Return whether an address has the words of a headline in it."""
    shared = words & _words(fold(unquote(_HOST.sub("", address))))
    return len(shared) >= max(_FEWEST_SHARED_WORDS, _SHARED_WORDS * len(words))
