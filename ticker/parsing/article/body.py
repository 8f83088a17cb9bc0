"""The body of a page's article: its container and the lines of the container that belong to the article.

Each line gets a weight: positive for paragraphs, negative for links and boilerplate. The element with the greatest
sum of weights is the container. Its lines are read in order, without read-also lines, captions, bylines and sign-ups.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import median
from urllib.parse import urlsplit

from ticker.parsing.article.paragraphs import read_paragraphs
from ticker.parsing.boilerplate import (
    BODY,
    Boilerplate,
    find_boilerplate,
    find_sections,
    find_sidebars_and_posts,
    is_external_link,
    is_named,
    name_flags,
)
from ticker.parsing.lines import PARAGRAPH, Line, comparison_key, latin_length, read_lines
from ticker.parsing.metadata.merge import Metadata
from ticker.parsing.metadata.source import Kind
from ticker.parsing.outline import Node, Outline
from ticker.urls import host

# A teaser below a headline has a sentence or two; longer text is an article.
_LONGEST_TEASER = 280
# A page that hides this share of its running text shows it with scripts.
_MOSTLY_HIDDEN = 0.75
# Reason for a candidate that is not named as a body.
_UNNAMED = "its paragraphs"
_NEARLY = 0.7
# Mostly links.
_LINKED = 0.5
# The JSON-LD text is used where it is longer by half: there the page shows an excerpt. At similar length the page's
# text is better, since it has paragraphs and subheadings.
_BETTER = 1.5
# Shorter ones are labels: "Sport", "Article".
_SHORTEST_TITLE = 12
_LONGEST_TITLE = 300
# A paragraph is compared by this many letters at its beginning.
_KNOWN_BY = 100
# The weight of a sentence of forty letters, which counts half.
_TELLING = 20
# A card is a headline with its teaser. Cards are shorter than this, and few articles are.
_CARD = 1000
# A group of cards holds at most this share of the running text of a page that declares an article.
_MOST_CARDS = 0.5
_ALL_LINK = 0.9
_SHORTEST_LINK = 20
# Levels from a headline up to its card: heading, link, wrapper, wrapper, card.
_CARD_DEPTH = 5
_TEXTS = frozenset("p li td tr dd dt".split())
_CARDS = frozenset(("div", "li", "article", "section", "a", "td"))
# Shorter text is a caption or a notice.
_SHORTEST = 140
# The minimum in an element named as a body: one sentence.
_SHORTEST_NAMED = 50
# The minimum on a page that does not declare an article: errors, archives and galleries have a sentence or two.
_SMALL = 280
_FEW = 3
# A page that declares no article, with less text than this and ten times as much in links, lists other articles.
_SHORT = 500
_MANY_LINKS = 10


@dataclass(frozen=True, slots=True)
class ContainerCandidate:
    """A possible container of the body, with the sum of its lines' weights and the reason for it."""

    node: Node
    weight: float
    reason: str


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text as paragraphs, with the element of the page that it was found in, if any."""

    paragraphs: tuple[str, ...]
    node: Node | None = None


@dataclass(frozen=True, slots=True)
class BodySearch:
    """The result of a search for a body: the body or None, the reason, and the candidates by descending weight."""

    body: Body | None
    reason: str
    candidates: tuple[ContainerCandidate, ...] = ()


def search_body(outline: Outline, metadata: Metadata, lists: Sequence[Sequence[Node]] = ()) -> BodySearch:
    """Search for the body of the page's article, and return the result with its reasons.

    ``lists`` are the entries of each list of headlines on the page.
    """
    if is_home_page(metadata.url, metadata.kind):
        return BodySearch(None, "a home page, not an article")
    beside = [node for nodes in lists if _stands_beside(outline, nodes) for node in nodes]
    told = comparison_key(metadata.body or "")
    page = _Page(outline, metadata, _find_title(outline, metadata.title), beside, told)
    found = _read(page, lax=False)
    if found.size < _SHORT and _declares_article(page):
        second = _read(page, lax=True)
        if second.size >= _BETTER * max(found.size, _SHORTEST):
            found = second
    data = _from_data(metadata, told, found.texts[: found.lead])
    if data is not None and sum(map(latin_length, data.paragraphs)) > _BETTER * found.size:
        reason = f"the JSON-LD has more text than the page ({found.size:.0f} letters)"
        return BodySearch(data, reason, found.candidates)
    if reason := _reason_against(page, found):
        return BodySearch(None, reason, found.candidates)
    best = found.candidates[0]
    return BodySearch(Body(found.texts, best.node), best.reason, found.candidates)


@dataclass(frozen=True, slots=True)
class _Page:
    """Input that all passes over one page share; ``told`` is its JSON-LD text as ``comparison_key`` returns it."""

    outline: Outline
    metadata: Metadata
    heading: Node | None
    taken: Sequence[Node]
    told: str


@dataclass(frozen=True, slots=True)
class _PassResult:
    """The result of one pass: texts, how many of them are the lead, their size in letters, and candidates."""

    texts: tuple[str, ...] = ()
    lead: int = 0
    size: float = 0.0
    candidates: tuple[ContainerCandidate, ...] = ()
    is_named: bool = False


def _read(page: _Page, *, lax: bool) -> _PassResult:
    """Read the page once: mark boilerplate, choose the container and keep its paragraphs."""
    outline, metadata, heading = page.outline, page.metadata, page.heading
    boilerplate = find_boilerplate(outline, page.taken, heading, lax=lax)
    for node in find_sections(outline, heading):
        boilerplate.add(node)
    if metadata.kind != "live":
        for node in find_sidebars_and_posts(outline, heading):
            boilerplate.add(node)
    lines = read_lines(outline, boilerplate.marks)
    running = [line for line in lines if line.is_running and line.link_share < _LINKED]
    hidden = sum(line.size for line in running if line.hidden)
    if hidden > _MOSTLY_HIDDEN * sum(line.size for line in running):
        for line in lines:  # scripts show the page once it is loaded
            line.hidden = False
    title = next((line for line in lines if heading is not None and heading.holds(line.owner)), None)
    _add_cards(page, lines, boilerplate)
    last = _next_article(page, lines)
    weights = _weigh(lines, boilerplate, title, page.told, last)
    owners = [line.owner.index for line in lines]
    candidates = tuple(_rank(lines, owners, weights))
    if not candidates:
        return _PassResult()
    container = _choose(candidates).node
    start, end = _span(owners, container)
    if title is not None and title.first < lines[start].first:
        start = lines.index(title)  # the lead is between the title and the body
    live = [line for line in lines[start : min(end, last)] if not boilerplate.holds(line.owner) and line.has_words]
    lead, paragraphs = read_paragraphs(outline, live, container, metadata, title)
    texts = (*lead, *paragraphs)
    return _PassResult(texts, len(lead), sum(map(latin_length, texts)), candidates, is_named(container))


def _reason_against(page: _Page, found: _PassResult) -> str:
    """Return the reason why the text that was found is not an article, or "" if it is."""
    kind, letters = page.metadata.kind, f"{found.size:.0f} letters of running text"
    if found.size < (_SHORTEST_NAMED if found.is_named and _declares_article(page) else _SHORTEST):
        return f"only {letters}"
    few = found.size < _SHORT if kind == "list" else found.size < _SMALL and len(found.texts) < _FEW
    if few and not _declares_article(page):
        return f"{letters} on a page that declares no article"
    if found.size >= _SHORT or kind in ("article", "live"):
        return ""
    if page.outline.nodes[0].link_chars > _MANY_LINKS * found.size:
        return f"{letters} among many links"
    description = comparison_key(page.metadata.description or "")
    return (
        "a video with its description"
        if kind == "video" and comparison_key("".join(found.texts)) in description
        else ""
    )


def _declares_article(page: _Page) -> bool:
    """Return whether the page declares an article, by its type, its JSON-LD or an element."""
    kind = page.metadata.kind
    return kind in ("article", "live") or (
        kind is None and page.heading is not None and any(node.tag == "article" for node in page.outline.nodes)
    )


def _stands_beside(outline: Outline, nodes: Sequence[Node]) -> bool:
    """Return whether a list of headlines is not part of the article, as the entries of a live blog are."""
    if median(node.chars - node.link_chars for node in nodes) > _LONGEST_TEASER:
        return False
    own = sum(outline.running(node) for node in nodes)
    between = outline.running_offsets[nodes[-1].end] - outline.running_offsets[nodes[0].index] - own
    return between <= len(nodes) * _LONGEST_TEASER


def is_home_page(url: str | None, kind: Kind | None) -> bool:
    """Return whether a page with this URL and declared type is a home page, which has no article."""
    if url is None or kind in ("article", "live"):
        return False
    address = urlsplit(url)
    return address.path in ("", "/") and not address.query


def _from_data(metadata: Metadata, told: str, lead: Sequence[str]) -> Body | None:
    """Return the page's lead and the body in its JSON-LD, or None; ``told`` is the ``comparison_key`` of that body."""
    if not metadata.body or latin_length(metadata.body) < _SHORTEST:
        return None
    paragraphs = [text for text in lead if comparison_key(text) not in told] + _without_repetition(metadata.body).split(
        "\n"
    )
    return Body(tuple(paragraphs))


def _without_repetition(text: str) -> str:
    """Return ``text`` once where a page's data repeats it."""
    again = text.find(text[:_KNOWN_BY], _KNOWN_BY)
    return text[:again].rstrip() if again > 0 and text.startswith(text[again:].rstrip()) else text


def _find_title(outline: Outline, title: str | None) -> Node | None:
    """Return the first heading with the page's headline, else the first h1."""
    wanted = comparison_key(title or "")
    first: Node | None = None
    for node in outline.headings:
        if node.tag != "h1" and node.chars > _LONGEST_TITLE:
            continue
        said = comparison_key(outline.text(node))
        if wanted and said and (said == wanted or (node.tag == "h1" and (said in wanted or wanted in said))):
            return node
        if node.tag == "h1" and first is None:
            first = node
    return first


def _add_cards(page: _Page, lines: list[Line], boilerplate: Boilerplate) -> None:
    """Mark cards as boilerplate: linked headlines with teasers, several of one shape.

    Most elements of that shape must be cards, and they must not hold most of the article's text.
    """
    outline, site = page.outline, host(page.metadata.url)
    cards: dict[tuple[int, str, str], dict[int, Node]] = {}
    for line in lines:
        if line.link_share < _ALL_LINK or line.size < _SHORTEST_LINK or boilerplate.holds(line.owner):
            continue
        if is_external_link(line.link, site):
            continue
        node = line.block
        end = line.owner.index
        for _ in range(_CARD_DEPTH):
            around = node.parent
            if around is None or node.chars >= _CARD:
                break
            if outline.running_offsets[end] - outline.running_offsets[node.index]:  # a link below text
                break
            if node.tag in _CARDS:
                cards.setdefault((around.index, node.tag, node.names), {})[node.index] = node
            node = around
    for (index, tag, names), found in cards.items():
        alike = [one for one in outline.children(outline.nodes[index]) if (one.tag, one.names) == (tag, names)]
        held = sum(outline.running(one) for one in alike)
        if (
            len(alike) > 1
            and 2 * len(found) > len(alike)
            and (held <= _MOST_CARDS * outline.running_offsets[-1] or page.metadata.kind not in ("article", "live"))
        ):
            for node in found.values():
                boilerplate.add(node)


def _next_article(page: _Page, lines: list[Line]) -> int:
    """Return the index of the first line of an appended next article, else the number of lines.

    The next article has its own headline and text, in an element that looks like this article's or is an ``<article>``.
    """
    outline, heading = page.outline, page.heading
    if heading is None:
        return len(lines)
    said = comparison_key(outline.text(heading))
    for node in outline.headings:
        if node.index < heading.end or node.tag != heading.tag or node.link_chars or node.chars < _SHORTEST_TITLE:
            continue
        other = _other_article(outline, heading, node)
        if other is not None and comparison_key(outline.text(node)) != said:
            return next((at for at, line in enumerate(lines) if line.owner.index >= other.index), len(lines))
    return len(lines)


def _other_article(outline: Outline, heading: Node, node: Node) -> Node | None:
    """Return the element of another article with the headline ``node``, beside the article of ``heading``, or None."""
    if outline.running_offsets[node.index] - outline.running_offsets[heading.end] < _SHORTEST:
        return None
    theirs = list(takewhile(lambda one: not one.holds(heading), node.lineage()))
    ours = list(takewhile(lambda one: not one.holds(node), heading.ancestors()))
    looks = {one.look for one in ours if outline.running(one) > _SHORT}
    if any(one.look in looks for one in theirs):
        return theirs[-1]
    is_article = any(one.tag == "article" and outline.running(one) >= _SHORTEST for one in theirs)
    return theirs[-1] if is_article and any(one.tag == "article" for one in ours) else None


def _weigh(lines: list[Line], boilerplate: Boilerplate, title: Line | None, told: str, last: int) -> list[float]:
    """Return the weight that each line adds to the elements around it; ``last`` is where the next article begins."""
    weights = []
    named = {line.block.parent for line in lines if line.block.parent is not None and is_named(line.block.parent)}
    factor = 0.5 if title else 1.0
    for at, line in enumerate(lines):
        if line is title:
            factor = 1.0
        if at == last:
            factor = 0.0
        size = line.size
        if line.hidden:
            weight = 0.0
        elif boilerplate.holds(line.owner):
            weight = -0.05 * min(size, 200.0)
        elif line.link_share > _LINKED:
            weight = -8.0
        elif size < 40 and not line.is_sentence:
            weight = size if line.block.parent in named and line.block.tag in _TEXTS else -3.0
        else:
            weight = size * (1 - line.link_share) * factor
            if size < PARAGRAPH or not (size > 160 or line.is_sentence):
                weight *= 0.5
            if told and size >= 40 and comparison_key(line.raw[:_KNOWN_BY])[:60] in told:
                weight *= 2
        weights.append(weight)
    return weights


def _rank(lines: list[Line], owners: list[int], weights: list[float]) -> list[ContainerCandidate]:
    """Return the elements that hold paragraphs, by descending weight."""
    sums = [0.0]
    for weight in weights:
        sums.append(sums[-1] + weight)
    seen: dict[int, ContainerCandidate] = {}
    for line, weight in zip(lines, weights, strict=True):
        if weight < _TELLING:
            continue
        node: Node | None = line.block.parent if line.block.tag == "p" else line.block
        while node is not None and node.index not in seen:
            start, end = _span(owners, node)
            total = sums[end] - sums[start]
            reason = _UNNAMED
            if node.get("itemprop") == "articleBody":
                total, reason = total * 1.3, "itemprop=articleBody"
            elif node.names and name_flags(node.names) & BODY:
                total, reason = total * 1.15, "class name of a body"
            elif node.tag == "article":
                total, reason = total * 1.05, "article element"
            seen[node.index] = ContainerCandidate(node, total, reason)
            node = node.parent
    return sorted(seen.values(), key=lambda one: (-one.weight, -one.node.depth))[:20]


def _choose(candidates: Sequence[ContainerCandidate]) -> ContainerCandidate:
    """Return the candidate of greatest weight, or a named body inside it of nearly that weight."""
    best = candidates[0]
    named = [
        one
        for one in candidates
        if one.reason != _UNNAMED and best.node.holds(one.node) and one.weight >= _NEARLY * best.weight
    ]
    return max(named, key=lambda one: one.node.depth, default=best)


def _span(owners: list[int], node: Node) -> tuple[int, int]:
    return bisect_left(owners, node.index), bisect_left(owners, node.end)
