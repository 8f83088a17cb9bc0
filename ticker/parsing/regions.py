"""Which parts of a page are no part of an article: told by elements, by class names, and by what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from ticker.parsing.outline import Node, Outline
from ticker.parsing.words import (
    BODY_NAMES,
    BODY_PAIRS,
    COMMENTS,
    LEAD_NAMES,
    NOISE_NAMES,
    NOISE_PAIRS,
    words_of,
)

# What a class or id says of its element.
NOISE = 1
COMMENT = 2
BODY = 4
LEAD = 8

# Elements that are never an article's text. (`header` may hold its title and lead, `form` on some systems the page.)
_NOISE_TAGS = frozenset("nav footer aside form figcaption figure button label legend dialog menu time".split())
_NOISE_ROLES = frozenset("navigation complementary contentinfo banner dialog menu alert search toolbar tablist".split())
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
        if ":" in token or len(token) > 80:  # a style system's variant ("print:hidden"), or no name at all
            continue
        words = words_of(token)
        said = 0
        if words & COMMENTS:
            said |= COMMENT
        noise = words & NOISE_NAMES
        if noise and (max(map(len, noise)) > _SHORT or noise & set(token.lower().replace("_", "-").split("-"))):
            said |= NOISE
        elif 1 < len(words) < 7:
            pairs = set(combinations(sorted(words), 2))
            if pairs & NOISE_PAIRS:
                said |= NOISE
            elif pairs & BODY_PAIRS and not said:
                said |= BODY
        if not said and words & BODY_NAMES:
            said |= BODY
        if words & LEAD_NAMES:
            said |= LEAD
        found |= said
    # One class that names the body outright weighs more than another that names a part or an option of it.
    return found & ~NOISE if found & BODY else found


def find_noise(outline: Outline, taken: Sequence[Node], masses: Sequence[float], title: Node | None) -> list[bool]:
    """For each node, whether it is no part of an article.

    ``masses[i]`` is the size of all paragraphs that stand in nodes before ``nodes[i]``, so that ``masses[end] -
    masses[index]`` is what a node holds. ``title`` is the page's headline, whose surroundings are no comments.
    """
    nodes = outline.nodes
    noise = [False] * len(nodes)
    limit = _MOST * masses[-1]
    at = 0
    forbidden = {node.index for node in taken}
    total = len(nodes)
    while at < total:
        node = nodes[at]
        said = verdict(node.names) if node.names else 0
        suspect = said & (NOISE | COMMENT) or node.tag in _NOISE_TAGS or at in forbidden
        if not suspect:
            role = node.element.get("role")
            suspect = role is not None and role in _NOISE_ROLES
        if (
            suspect
            and node.tag not in ("html", "body", "main", "h1")
            and (
                at in forbidden
                or (
                    not (title is not None and node.holds(title))
                    if said & COMMENT
                    else masses[node.end] - masses[at] <= limit
                )
            )
        ):
            noise[at : node.end] = [True] * (node.end - at)
            at = node.end
        else:
            at += 1
    return noise
