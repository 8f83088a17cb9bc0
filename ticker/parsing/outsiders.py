"""What stands outside the element that an article has to itself, and is none of it however much it is.

Sidebars, and what readers post below an article, may hold more text than a short article does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ticker.parsing.outline import Node, Outline

# An article's element holds more running text than a caption or a notice is long.
_SHORTEST = 140
# The name and date above a post, in letters.
_LABEL = 60
# So many in a row, each with its date, are posts.
_POSTS = 2
_ASIDE = frozenset(("aside", "complementary"))


def find_outsiders(outline: Outline, title: Node | None, masses: Sequence[int]) -> Iterator[Node]:
    """The sidebars and posts outside the innermost ``<article>`` or ``<main>`` that holds ``title`` and a text.

    ``masses`` are the page's (``regions.measure``).
    """
    home = next((node for node in title.ancestors() if _is_home(node, masses)), None) if title is not None else None
    if home is None:
        return
    for around in home.ancestors():
        for child in outline.children(around):
            if not child.holds(home):
                yield from _outsiders(outline, child, masses)


def _is_home(node: Node, masses: Sequence[int]) -> bool:
    return node.tag in ("article", "main") and masses[node.end] - masses[node.index] >= _SHORTEST


def _outsiders(outline: Outline, top: Node, masses: Sequence[int]) -> Iterator[Node]:
    for node in outline.below(top):
        if node.tag in _ASIDE or node.get("role") in _ASIDE:
            yield node
        if masses[node.end] == masses[node.index]:
            continue
        for (_, names), group in groupby(outline.children(node), key=_look):
            posts = list(group)
            if names and len(posts) >= _POSTS and all(_is_post(outline, one, masses) for one in posts):
                yield from posts


def _look(node: Node) -> tuple[str, str | None]:
    return node.tag, node.attributes.get("class")


def _is_post(outline: Outline, node: Node, masses: Sequence[int]) -> bool:
    """Whether an element is a text with a date of its own."""
    from ticker.times import find_times

    if masses[node.end] == masses[node.index]:
        return False
    return any(len(text) <= _LABEL and find_times(text) for text in outline.texts[node.first : node.last])
