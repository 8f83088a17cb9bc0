"""The body of a page's article: where it stands, and which of the lines there are it.

Lines are weighed (paragraphs for, links and what class names call noise against), and the element whose lines weigh
most together is where the article stands. Its lines are then read in order, without what stands among them and is
not of it: read-also lines, captions, bylines, sign-ups.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from ticker.parsing.lines import PARAGRAPH, Line, flat, read_lines, size_of
from ticker.parsing.metadata import Metadata
from ticker.parsing.outline import Node, Outline
from ticker.parsing.outsiders import find_outsiders
from ticker.parsing.paragraphs import read_paragraphs
from ticker.parsing.regions import BODY, find_noise, measure, verdict

# Mostly links.
_LINKED = 0.5
# The JSON-LD's text is taken where it has half as much again: there the page shows an excerpt. Where they are about
# as long, the page has the paragraphs and the subheadings.
_BETTER = 1.5
# Shorter ones are labels: "Sport", "Article".
_SHORTEST_TITLE = 12
_LONGEST_TITLE = 300
# A paragraph is known by its first letters.
_KNOWN_BY = 100
# A sentence of forty letters, weighed half.
_TELLING = 20
# A card is a headline with what tells of it; no card is as long as this, and few articles are shorter.
_CARD = 700
_ALL_LINK = 0.9
_SHORTEST_LINK = 20
# How far above a headline its card may stand: heading, link, wrapper, wrapper, card.
_CARD_DEPTH = 5
_CARDS = frozenset(("div", "li", "article", "section", "a", "td"))
# Less than this is no article: a caption, a notice.
_SHORTEST = 140
# A page that calls itself no article and has less text than a short one, but ten times as much in links, lists others.
_SHORT = 500
_MANY_LINKS = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """An element that might hold the body, what its lines weigh together, and what speaks for it."""

    node: Node
    weight: float
    reason: str


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text as its paragraphs, the element it was found in, and whether the page or its JSON-LD gave it."""

    paragraphs: tuple[str, ...]
    node: Node | None = None
    source: Literal["page", "json-ld"] = "page"
    candidates: tuple[Candidate, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Search:
    """What the search for a body came to: the body or None, why, and the elements looked at, weightiest first."""

    body: Body | None
    reason: str
    candidates: tuple[Candidate, ...] = ()


def find_body(outline: Outline, metadata: Metadata, taken: Sequence[Node] = ()) -> Body | None:
    """The body of the article that the page shows; None where it shows none.

    ``taken`` are elements that are known to be no part of it, such as lists of headlines.
    """
    return search_body(outline, metadata, taken).body


def search_body(outline: Outline, metadata: Metadata, taken: Sequence[Node] = ()) -> Search:
    """As ``find_body``, with the reasons."""
    if _is_home(metadata):
        return Search(None, "a home page, that tells of articles and is none")
    heading = _find_title(outline, metadata.title)
    masses = measure(outline)
    noise = find_noise(outline, taken, heading, masses)
    if metadata.kind != "live":
        for node in find_outsiders(outline, heading, masses):
            noise[node.index : node.end] = [True] * (node.end - node.index)
    lines = read_lines(outline, noise)
    if not any(line.is_running and not line.hidden for line in lines):
        for line in lines:  # a page that scripts show once it is loaded
            line.hidden = False
    title = next((line for line in lines if heading is not None and heading.holds(line.owner)), None)
    _add_cards(outline, lines, noise)
    last = _next_article(outline, lines, heading, metadata.title)
    weights = _weigh(lines, noise, title, flat(metadata.body or ""), last)
    owners = [line.owner.index for line in lines]
    candidates = tuple(_rank(lines, owners, weights))
    lead: list[str] = []
    texts: list[str] = []
    if candidates:
        start, end = _span(owners, candidates[0].node)
        if title is not None and title.first < lines[start].first:
            start = lines.index(title)  # the lead stands between the title and the body
        lead, paragraphs = read_paragraphs(lines[start : min(end, last)], noise, metadata, title)
        texts = lead + paragraphs
    size = sum(map(size_of, texts))
    data = _from_data(metadata, lead)
    if data is not None and sum(map(size_of, data.paragraphs)) > _BETTER * size:
        return Search(data, f"the JSON-LD holds more than the page shows ({size:.0f} letters)", candidates)
    if size < _SHORTEST:
        return Search(None, f"no more than {size:.0f} letters of running text", candidates)
    if size < _SHORT and metadata.kind not in ("article", "live"):
        if outline.nodes[0].link_chars > _MANY_LINKS * size:
            return Search(None, f"{size:.0f} letters of running text among many links", candidates)
        if metadata.kind == "video" and flat("".join(texts)) in flat(metadata.description or ""):
            return Search(None, "a video with its description", candidates)
    return Search(Body(tuple(texts), candidates[0].node, "page", candidates), candidates[0].reason, candidates)


def _is_home(metadata: Metadata) -> bool:
    if metadata.url is None or metadata.kind in ("article", "live"):
        return False
    address = urlsplit(metadata.url)
    return address.path in ("", "/") and not address.query


def _from_data(metadata: Metadata, lead: Sequence[str] = ()) -> Body | None:
    """The body in the page's JSON-LD, below the lead that the page shows; None where there is none."""
    if not metadata.body or size_of(metadata.body) < _SHORTEST:
        return None
    told = flat(metadata.body)
    paragraphs = [text for text in lead if flat(text) not in told] + metadata.body.split("\n")
    return Body(tuple(paragraphs), None, "json-ld")


def _find_title(outline: Outline, title: str | None) -> Node | None:
    """The heading that is the page's headline: the first that says it, else the first h1."""
    wanted = flat(title or "")
    first: Node | None = None
    for node in outline.headings():
        if node.tag != "h1" and node.chars > _LONGEST_TITLE:
            continue
        said = flat(outline.text(node))
        if wanted and said and (said == wanted or (node.tag == "h1" and (said in wanted or wanted in said))):
            return node
        if node.tag == "h1" and first is None:
            first = node
    return first


def _add_cards(outline: Outline, lines: list[Line], noise: list[bool]) -> None:
    """Marks cards as noise: a linked headline with its teaser, one of several of the same shape."""
    shapes: dict[int, Counter[tuple[str, str]]] = {}
    for line in lines:
        if line.link_share < _ALL_LINK or line.size < _SHORTEST_LINK or noise[line.owner.index]:
            continue
        node = line.block
        for _ in range(_CARD_DEPTH):
            around = node.parent
            if around is None or node.chars >= _CARD:
                break
            if node.tag in _CARDS:
                if around.index not in shapes:
                    shapes[around.index] = Counter((one.tag, one.names) for one in outline.children(around))
                if shapes[around.index][node.tag, node.names] > 1:
                    noise[node.index : node.end] = [True] * (node.end - node.index)
            node = around


def _next_article(outline: Outline, lines: list[Line], heading: Node | None, title: str | None) -> int:
    """The index of the first line of the page's next article, which some pages append to the first; else the end.

    It begins with a headline of its own that stands among no paragraphs.
    """
    ours = flat(outline.text(heading)) if heading else ""
    if heading is None or not title or (ours not in flat(title) and flat(title) not in ours):
        return len(lines)  # the page's headlines are labels
    beds = {line.block.parent for line in lines if line.size >= PARAGRAPH and line.block.tag == "p"}
    text = 0.0
    at = next((at for at, line in enumerate(lines) if line.owner.index >= heading.index), len(lines))
    for node in outline.nodes[heading.end :]:
        if node.tag != "h1" or node.link_chars or node.chars < _SHORTEST_TITLE or not beds.isdisjoint(node.ancestors()):
            continue
        while at < len(lines) and lines[at].owner.index < node.index:
            text += lines[at].size if lines[at].size >= PARAGRAPH else 0.0
            at += 1
        if text > _SHORT and flat(outline.text(node)) != ours:
            return at
    return len(lines)


def _weigh(lines: list[Line], noise: list[bool], title: Line | None, told: str, last: int) -> list[float]:
    """What each line says for the elements around it. ``last`` is where another article begins."""
    weights = []
    factor = 0.5 if title else 1.0
    for at, line in enumerate(lines):
        if line is title:
            factor = 1.0
        if at == last:
            factor = 0.0
        size = line.size
        if line.hidden:
            weight = 0.0
        elif noise[line.owner.index]:
            weight = -0.05 * min(size, 200.0)
        elif line.link_share > _LINKED:
            weight = -8.0
        elif size < 40 and not line.is_sentence:
            weight = -3.0
        else:
            weight = size * (1 - line.link_share) * factor
            if size < PARAGRAPH or not (size > 160 or line.is_sentence):
                weight *= 0.5
            if told and size >= 40 and flat(line.raw[:_KNOWN_BY])[:60] in told:
                weight *= 2
        weights.append(weight)
    return weights


def _rank(lines: list[Line], owners: list[int], weights: list[float]) -> list[Candidate]:
    """The elements that hold paragraphs, the weightiest first."""
    sums = [0.0]
    for weight in weights:
        sums.append(sums[-1] + weight)
    seen: dict[int, Candidate] = {}
    for line, weight in zip(lines, weights, strict=True):
        if weight < _TELLING:
            continue
        node: Node | None = line.block.parent if line.block.tag == "p" else line.block
        while node is not None and node.index not in seen:
            start, end = _span(owners, node)
            total = sums[end] - sums[start]
            reason = "its paragraphs"
            if node.get("itemprop") == "articleBody":
                total, reason = total * 1.3, "itemprop=articleBody"
            elif node.names and verdict(node.names) & BODY:
                total, reason = total * 1.15, "class name of a body"
            elif node.tag == "article":
                total, reason = total * 1.05, "article element"
            seen[node.index] = Candidate(node, total, reason)
            node = node.parent
    return sorted(seen.values(), key=lambda one: (-one.weight, -one.node.depth))[:20]


def _span(owners: list[int], node: Node) -> tuple[int, int]:
    return bisect_left(owners, node.index), bisect_left(owners, node.end)
