"""What stands outside the element that an article has to itself, and is none of it however much it is.

Sidebars, and what readers post below an article, may hold more text than a short article does.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ticker.parsing.outline import Node, Outline

# An article's element holds more running text than a caption or a notice is long.
_SHORTEST = 140
# Running text, and the name and date above it, in letters.
_RUNNING = 40
_LABEL = 60
# So many in a row, each with its date, are posts.
_POSTS = 2
_ASIDE = frozenset(("aside", "complementary"))


def find_outsiders(outline: Outline, title: Node | None) -> Iterator[Node]:
    """The sidebars and posts outside the innermost ``<article>`` or ``<main>`` that holds ``title`` and a text."""
    home = next((node for node in title.ancestors() if _is_home(outline, node)), None) if title is not None else None
    if home is None:
        return
    for around in home.ancestors():
        for child in outline.children(around):
            if not child.holds(home):
                yield from _outsiders(outline, child)


def _is_home(outline: Outline, node: Node) -> bool:
    return node.tag in ("article", "main") and _running(outline, node) >= _SHORTEST


def _outsiders(outline: Outline, top: Node) -> Iterator[Node]:
    for node in outline.below(top):
        if node.tag in _ASIDE or node.get("role") in _ASIDE:
            yield node
        if node.chars < _POSTS * _RUNNING:
            continue
        for (_, names), group in groupby(outline.children(node), key=_look):
            posts = list(group)
            if names and len(posts) >= _POSTS and all(_is_post(outline, one) for one in posts):
                yield from posts


def _look(node: Node) -> tuple[str, str | None]:
    return node.tag, node.attributes.get("class")


def _running(outline: Outline, node: Node) -> int:
    """The letters of running text below ``node``, without links."""
    pieces = zip(outline.texts[node.first : node.last], outline.owners[node.first : node.last], strict=True)
    return sum(len(text) for text, owner in pieces if len(text) >= _RUNNING and owner and not owner.linked)


def _is_post(outline: Outline, node: Node) -> bool:
    """Whether an element is a text with a date of its own."""
    from ticker.times import find_times

    if node.chars < _RUNNING or not _running(outline, node):
        return False
    return any(len(text) <= _LABEL and find_times(text) for text in outline.texts[node.first : node.last])
