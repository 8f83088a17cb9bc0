"""Which parts of a page are no part of an article: told by elements, by class names, and by what they hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, combinations

from ticker.parsing.body_words import (
    BODY_NAMES,
    BODY_PAIRS,
    CONSENT_NAMES,
    LEAD_NAMES,
    NOISE_NAMES,
    NOISE_PAIRS,
)
from ticker.parsing.outline import Node, Outline
from ticker.parsing.words import COMMENTS, words_of

# What a class or id says of its element.
NOISE = 1
COMMENT = 2  # what others say: readers, lawyers
BODY = 4
LEAD = 8

# Elements that are never an article's text. (`header` may hold its title and lead, `form` on some systems the page.)
_NOISE_TAGS = frozenset("nav footer aside form figcaption figure button label legend dialog menu time".split())
_NOISE_ROLES = frozenset("navigation complementary contentinfo banner dialog menu alert search toolbar tablist".split())
_FIGURES = frozenset(("figure", "figcaption"))
_GALLERY = 3
# How many suspects that turn out to hold the text may stand around one another.
_DEEPEST = 4
_NUMBER = re.compile(r"\d+")
_NEVER_NOISE = frozenset(("html", "body", "main", "h1"))
_PAIRED = frozenset(word for pair in NOISE_PAIRS | BODY_PAIRS for word in pair)
# Names of more words or letters say everything, that is nothing.
_MOST_WORDS = 7
_LONGEST_NAME = 80
# Labels, names and menu entries are shorter than text between two links or line breaks.
_RUNNING = 40
# Words so short that they turn up in the random class names of style systems; they count where they stand alone.
_SHORT = 3
# Nothing that holds this much of all paragraphs on a page is beside the article, whatever its class says: classes
# like "has-sidebar" or "paywall" stand on whole pages and whole bodies.
_MOST = 0.4


@lru_cache(maxsize=8192)
def verdict(names: str) -> int:
    """What the words of a class and id say of their element: NOISE, COMMENT, BODY and LEAD, added up."""
    found = 0
    for token in names.split():
        found |= _verdict_of_token(token)
    # One class that names the body outright weighs more than another that names a part or an option of it.
    return found & ~NOISE if found & BODY else found


@lru_cache(maxsize=16384)
def _verdict_of_token(token: str) -> int:
    if ":" in token or len(token) > _LONGEST_NAME:  # a style system's variant ("print:hidden"), or no name at all
        return 0
    words = words_of(token)
    said = 0
    if words & COMMENTS or words & CONSENT_NAMES:
        said |= COMMENT
    noise = words & NOISE_NAMES
    if noise and (max(map(len, noise)) > _SHORT or noise & set(token.lower().replace("_", "-").split("-"))):
        said |= NOISE
    else:
        paired = words & _PAIRED
        if 1 < len(paired) < _MOST_WORDS:
            pairs = set(combinations(sorted(paired), 2))
            if pairs & NOISE_PAIRS:
                said |= NOISE
            elif pairs & BODY_PAIRS and not said:
                said |= BODY
    if not said and words & BODY_NAMES:
        said |= BODY
    if words & LEAD_NAMES:
        said |= LEAD
    return said


def find_noise(outline: Outline, taken: Sequence[Node], title: Node | None, masses: Sequence[int]) -> list[bool]:
    """For each node, whether it is no part of an article.

    ``taken`` are nodes known to be none, ``title`` is the page's headline, which stands in no noise; ``masses`` are
    the page's (``measure``).
    """
    noise = [False] * len(outline.nodes)
    for node in taken:
        noise[node.index : node.end] = [True] * (node.end - node.index)
    limit = _MOST * masses[-1]
    held: Counter[str] = Counter()
    count: Counter[str] = Counter()
    ranges = [(0, len(outline.nodes))]
    for _ in range(_DEEPEST):
        suspects = [
            (node, _NUMBER.sub("", node.get("class") or node.tag))
            for start, end in ranges
            for node in _outermost_suspects(outline, noise, title, start, end)
        ]
        for node, kind in suspects:
            held[kind] += masses[node.end] - masses[node.index]
            count[kind] += 1
        ranges = []
        for node, kind in suspects:
            # What holds the text in several pieces is no more beside it than what holds it in one; but a caption may
            # be longer than the news below it, so that only several make a gallery with its text.
            much = held[kind] > limit and (node.tag not in _FIGURES or count[kind] >= _GALLERY)
            if much and not verdict(node.names) & COMMENT:
                ranges.append((node.index + 1, node.end))
            else:
                noise[node.index : node.end] = [True] * (node.end - node.index)
    return noise


def _outermost_suspects(
    outline: Outline, noise: list[bool], title: Node | None, start: int, end: int
) -> Iterator[Node]:
    at = start
    while at < end:
        node = outline.nodes[at]
        if not node.chars or noise[at]:
            at = node.end
        elif (
            not _is_suspect(outline, node)
            or node.tag in _NEVER_NOISE
            or (title is not None and node.index <= title.index < node.end)
        ):
            at += 1
        else:
            yield node
            at = node.end


def _is_suspect(outline: Outline, node: Node) -> bool:
    """Whether a node's class, element or role says that it is no part of an article."""
    if node.names and verdict(node.names) & (NOISE | COMMENT):
        return True
    if node.tag == "figure":  # a quotation may be set as a figure
        return all(one.tag != "blockquote" for one in outline.below(node))
    return node.tag in _NOISE_TAGS or node.attributes.get("role") in _NOISE_ROLES


def measure(outline: Outline) -> list[int]:
    """The letters of running text, without links, that stand before each node: masses[node.end] - masses[node.index]
    is what a node holds."""
    masses = [0] * (len(outline.nodes) + 1)
    for piece, owner in zip(outline.texts, outline.owners, strict=True):
        if owner is not None and len(piece) >= _RUNNING and not owner.linked:
            masses[owner.index + 1] += len(piece)
    return list(accumulate(masses))
