"""Detection of boilerplate by element, class name and content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, groupby, takewhile

from ticker.parsing.outline import BLOCKS, HEADINGS, Node, Outline
from ticker.parsing.vocabulary.articles import (
    BODY_NAMES,
    BODY_PAIRS,
    CONSENT_NAMES,
    LEAD_NAMES,
    NOISE_NAMES,
    NOISE_PAIRS,
    RELATED,
)
from ticker.parsing.vocabulary.blocks import COMMENT_WORDS, split_words
from ticker.times.finder import find_times
from ticker.urls import host

# Headings of other articles, of readers' comments, of sharing, of legal notices.
SECTION = re.compile(rf"[^\w(#\[]*(?:{RELATED})", re.I)

# Flags for the meaning of a class or id.
NOISE = 1
COMMENT = 2  # readers' comments
BODY = 4
LEAD = 8
CONSENT = 16  # notices that laws require

# Marks of nodes. TEXT belongs to the article, BLOCK does not. An INLINE element is dropped from a line of its own
# and kept within a sentence.
TEXT = 0
BLOCK = 1
INLINE = 2

_NOISE_TAGS = frozenset("nav footer aside form figcaption figure button label dialog menu time".split())
_NOISE_ROLES = frozenset("navigation complementary contentinfo banner dialog menu alert search toolbar".split())
# Never the article, even with much text.
_NEVER_TEXT = frozenset(("nav", "footer"))
# Class names of quotations and table parts do not mark boilerplate ("player" on the row of a result).
_TEXT_ALWAYS = frozenset("blockquote tbody thead tfoot tr td th".split())
_ITEMS = frozenset(("li", "td", "p"))
_FOOTER = "footer"
_ASIDE = frozenset(("aside", "complementary"))
_FIGURES = frozenset(("figure", "figcaption"))
# Elements that make a figure a table, a quotation or a listing.
_TEXT_IN_FIGURE = frozenset(("table", "blockquote", "pre", "ul", "ol"))
_GALLERY = 3
# Levels of nested suspects that are opened because they hold the text.
_DEEPEST = 4
_NUMBER = re.compile(r"\d+")
_NEVER_NOISE = frozenset(("html", "body", "main", "h1"))
_PAIRED = frozenset(word for pair in NOISE_PAIRS | BODY_PAIRS for word in pair)
# Names with more words or letters describe too much to be useful.
_MOST_WORDS = 7
_LONGEST_NAME = 80
# Short words occur in random class names of style systems; they count only as a whole part of a name.
_SHORT = 3
# Elements with this share of a page's running text hold the article, whatever their class: whole pages and bodies
# have classes like "has-sidebar" or "paywall".
_MOST = 0.4
# An element named as a footer is the text only if it holds nearly all of it.
_ALMOST_ALL = 0.8
# A suspect is boilerplate if a named body beside it is at least half as long.
_RIVAL = 0.5
# An article's element holds more running text than a caption or notice has.
_SHORTEST = 140
# The name and date above a reader's post, in letters.
_LABEL = 60
# This many in a row, each with its date, are posts.
_POSTS = 2


@lru_cache(maxsize=8192)
def name_flags(names: str) -> int:
    """Return the flags NOISE, COMMENT, BODY, LEAD and CONSENT for the words of a class and id."""
    found = 0
    for token in names.split():
        found |= _verdict_of_token(token)
    # A class that names the body outweighs one that names a part or option of it.
    return found & ~NOISE if found & BODY else found


@lru_cache(maxsize=16384)
def _verdict_of_token(token: str) -> int:
    if ":" in token or len(token) > _LONGEST_NAME:  # a style system's variant ("print:hidden"), or not a name
        return 0
    words = split_words(token)
    said = 0
    if words & COMMENT_WORDS:
        said |= COMMENT
    if words & CONSENT_NAMES:
        said |= CONSENT
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


class Boilerplate:
    """The nodes of a page that belong to no article.

    ``marks[node.index]`` is TEXT, BLOCK or INLINE.
    """

    def __init__(self, outline: Outline) -> None:
        self.marks = bytearray(len(outline.nodes))

    def add(self, node: Node) -> None:
        """Mark a node and its descendants."""
        mark = BLOCK if node.tag in BLOCKS else INLINE
        self.marks[node.index : node.end] = bytes((mark,)) * (node.end - node.index)

    def holds(self, node: Node) -> bool:
        """Return whether a node is marked."""
        return self.marks[node.index] != TEXT


def find_boilerplate(outline: Outline, taken: Sequence[Node], title: Node | None, *, lax: bool = False) -> Boilerplate:
    """Return the nodes that belong to no article.

    ``taken`` are nodes known to be boilerplate. No boilerplate holds ``title``, the page's headline. ``lax``
    uses class names only where they name comments, consent or footers.
    """
    found = Boilerplate(outline)
    for node in taken:
        found.add(node)
    kept, bodies = _kept(outline, title)
    opinion = title is not None and any(name_flags(node.names) & COMMENT for node in title.ancestors())
    limit = _MOST * outline.running_offsets[-1]
    held: Counter[str] = Counter()
    count: Counter[str] = Counter()
    ranges = [(0, len(outline.nodes))]
    for _ in range(_DEEPEST):
        suspects = [
            (node, _NUMBER.sub("", node.get("class") or node.tag))
            for start, end in ranges
            for node in _outermost_suspects(outline, found, kept, start, end, lax)
        ]
        for node, kind in suspects:
            held[kind] += outline.running(node)
            count[kind] += 1
        ranges = []
        for node, kind in suspects:
            # Text split over several elements of one kind counts as one. A caption may be longer than the article,
            # so only several figures count as a gallery with its text.
            much = held[kind] > limit and (node.tag not in _FIGURES or count[kind] >= _GALLERY)
            below = title is not None and node.index > title.index and _FOOTER in split_words(node.names)
            never = (
                (below and held[kind] < _ALMOST_ALL * outline.running_offsets[-1])
                or node.tag in _NEVER_TEXT
                or name_flags(node.names) & CONSENT
                or _is_of_readers(outline, node)
            )
            if opinion and _is_comment_alone(node) and not any(_posts(outline, node)):
                ranges.append((node.index + 1, node.end))  # all parts of an opinion piece are named as comment
            elif much and not never and not _has_rival(bodies, found, node, held[kind]):
                ranges.append((node.index + 1, node.end))
            else:
                found.add(node)
    return found


def _has_rival(bodies: Sequence[Node], found: Boilerplate, suspect: Node, held: int) -> bool:
    """Return whether a named body outside ``suspect`` is long enough compared with the ``held`` letters."""
    return any(
        not body.holds(suspect)
        and not suspect.holds(body)
        and not found.holds(body)
        and body.chars - body.link_chars >= _RIVAL * held
        for body in bodies
    )


def is_external_link(link: Node | None, site: str) -> bool:
    """Return whether a link leads to another site than the host ``site``."""
    target = host(link.get("href")) if link is not None else ""
    return bool(target and site) and target.split(".")[-2:] != site.split(".")[-2:]


def is_named(node: Node) -> bool:
    """Return whether an element is named as the body of an article."""
    return node.get("itemprop") == "articleBody" or bool(node.names and name_flags(node.names) & BODY)


def _kept(outline: Outline, title: Node | None) -> tuple[set[int], list[Node]]:
    """Return the indexes of nodes that are never boilerplate, and the elements named as bodies.

    Never boilerplate are the headline, ``<main>``, ``articleBody`` and all elements around them.
    """
    roots = [title] if title is not None else []
    bodies: list[Node] = []
    for node in outline.nodes:
        if node.chars < _SHORTEST:
            continue
        if node.tag == "main" and outline.running(node):
            roots.append(node)
        if is_named(node) and node.chars - node.link_chars >= _SHORTEST:
            bodies.append(node)
            if "itemprop" in node.attributes and outline.running(node) >= _SHORTEST:
                roots.append(node)
    kept: set[int] = set()
    for root in roots:
        kept.update(node.index for node in takewhile(lambda one: one.index not in kept, root.lineage()))
    return kept, bodies


def _outermost_suspects(
    outline: Outline, found: Boilerplate, kept: set[int], start: int, end: int, lax: bool
) -> Iterator[Node]:
    at = start
    while at < end:
        node = outline.nodes[at]
        if not node.chars or found.marks[at]:
            at = node.end
        elif node.index in kept or node.tag in _NEVER_NOISE or not _is_suspect(outline, node, lax):
            at += 1
        else:
            yield node
            at = node.end


def _is_suspect(outline: Outline, node: Node, lax: bool) -> bool:
    """Return whether a node's class, element or role suggests boilerplate."""
    if node.names and node.tag not in _TEXT_ALWAYS:
        said = name_flags(node.names)
        noise = said & NOISE and (not lax or _FOOTER in split_words(node.names))
        if (said & (COMMENT | CONSENT) or noise) and not _is_quotation(outline, node):
            return True
    if node.tag == "figure":  # may hold a quotation or a table
        return all(one.tag not in _TEXT_IN_FIGURE for one in outline.below(node))
    if node.tag == "label" and node.parent is not None and node.parent.tag in _ITEMS:  # an ingredient to tick off
        return False
    if node.tag in ("button", "label") and any(one.tag in HEADINGS for one in outline.below(node)):
        return False
    return node.tag in _NOISE_TAGS or node.attributes.get("role") in _NOISE_ROLES


def _is_quotation(outline: Outline, node: Node) -> bool:
    """Return whether an element wraps a quoted post."""
    quoted = (one.chars for one in outline.children(node) if one.tag == "blockquote")
    return 2 * next(quoted, 0) > node.chars


def _is_comment_alone(node: Node) -> bool:
    return name_flags(node.names) & (COMMENT | NOISE | CONSENT) == COMMENT


def _is_of_readers(outline: Outline, node: Node) -> bool:
    """Return whether an element named for comments holds readers' posts rather than an opinion piece."""
    return bool(name_flags(node.names) & COMMENT) and any(_posts(outline, node))


def find_sections(outline: Outline, title: Node | None) -> Iterator[Node]:
    """Yield elements that begin with a heading such as "Related stories".

    They do not hold ``title``. Elements with much of the page's text are yielded only outside the article's own element
    or if they hold readers' posts.
    """
    home = _home_of(outline, title)
    for heading in outline.headings:
        section = heading.parent
        if section is None or heading.tag == "h1" or heading.chars > _LABEL or heading.first > section.first + 2:
            continue
        if section.tag in _NEVER_NOISE or (title is not None and section.holds(title)):
            continue
        outside = home is not None and not home.holds(section) and not section.holds(home)
        small = outline.running(section) <= _MOST * outline.running_offsets[-1]
        if SECTION.match(outline.text(heading)) and (small or outside or any(_posts(outline, section))):
            yield section


def find_sidebars_and_posts(outline: Outline, title: Node | None) -> Iterator[Node]:
    """Yield sidebars and readers' posts outside the innermost ``<article>`` or ``<main>`` with ``title`` and text.

    They may hold more text than a short article.
    """
    home = _home_of(outline, title)
    if home is None:
        return
    for around in home.ancestors():
        for child in outline.children(around):
            if not child.holds(home):
                yield from (
                    node for node in outline.below(child) if node.tag in _ASIDE or node.attributes.get("role") in _ASIDE
                )
                yield from _posts(outline, child)


def _home_of(outline: Outline, title: Node | None) -> Node | None:
    """Return the innermost ``<article>`` or ``<main>`` around the headline that holds text, or None."""
    around = title.ancestors() if title is not None else iter(())
    homes = (node for node in around if node.tag in ("article", "main"))
    return next((node for node in homes if outline.running(node) >= _SHORTEST), None)


def _posts(outline: Outline, top: Node) -> Iterator[Node]:
    """Yield adjacent elements below ``top`` that look alike and each hold text with a date."""
    at = top.index
    while at < top.end:
        node = outline.nodes[at]
        if not outline.running(node):
            at = node.end
            continue
        at += 1
        for (_, names), group in groupby(outline.children(node), key=lambda one: one.look):
            posts = list(group)
            if names and len(posts) >= _POSTS and all(outline.running(one) and has_date(outline, one) for one in posts):
                yield from posts


def has_date(outline: Outline, node: Node) -> bool:
    """Return whether one of an element's short texts contains a time."""
    return any(len(text) <= _LABEL and find_times(text) for text in outline.texts[node.first : node.last])
