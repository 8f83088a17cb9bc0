"""The vicinity of an article's headline, where a page shows its date and authors.

Dates and names in asides, comments, lists of headlines and cards belong to other articles or to readers.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from ticker.parsing.lines import comparison_key, latin_length
from ticker.parsing.outline import HEADINGS, Node, Outline
from ticker.parsing.vocabulary.blocks import COMMENT_WORDS, split_words

# Numbers of elements above and below the headline that are near: kicker, byline and date are there.
_ABOVE = 40
_BELOW = 80
_BESIDE_TAGS = frozenset(("aside", "nav"))
_BESIDE_ROLES = frozenset(("complementary", "navigation"))
# Class names of elements beside an article.
_BESIDE_NAMES = COMMENT_WORDS | frozenset(
    "aside sidebar related relateds recommended recommend recommendation recommendations readmore seealso morenews "
    "popular mostread mostpopular trending teaser teasers teaserlist outbrain taboola relacionadas "
    "relacionados correlati verwandt empfehlungen gerelateerd powiazane".split()
)
# Class names of asides that hold an article's own date and authors.
_META_NAMES = frozenset("meta byline dateline author authors postmeta articlemeta entrymeta".split())
# A card shows a headline, a date, a name and little else; shorter headings and links are not headlines.
_LONGEST_CARD = 300
_SHORTEST_HEADING = 20
_SHORTEST_LINK = 30
_SHORTEST_ROW = 15
_MOST_NODES = 40
_MARKUP = frozenset(("itemprop", "property", "pubdate", "rel"))


class HeadlineContext:
    """The elements near a headline.

    ``nodes`` are these by nearness: those below it, then those above, upwards; on a page without a headline, all
    elements.
    """

    def __init__(self, outline: Outline, title: str | None, lists: Iterable[Node] = ()) -> None:
        self.outline = outline
        self.headline = find_headline(outline, title)
        self._taken = {node.index for node in lists}
        self._beside: dict[int, bool] = {}
        self.nodes = outline.nodes
        if self.headline is not None:
            at, end = self.headline.index, self.headline.end
            self.nodes = outline.nodes[at : end + _BELOW] + outline.nodes[max(0, at - _ABOVE) : at][::-1]

    @cached_property
    def marked(self) -> list[Node]:
        """Return the elements of the whole page whose attributes describe their content, such as ``itemprop``."""
        return [node for node in self.outline.nodes if not _MARKUP.isdisjoint(node.attributes)]

    def is_beside(self, node: Node) -> bool:
        """Return whether an element is in a part of the page beside the article."""
        climbed = []
        found = None
        for each in node.lineage():
            climbed.append(each.index)
            found = self._decides(each)
            if found is not None:
                break
        self._beside.update(dict.fromkeys(climbed, bool(found)))
        return bool(found)

    def _decides(self, node: Node) -> bool | None:
        """Return whether an element is beside the article, or None if that depends on the elements around it."""
        if node.index in self._beside:
            return self._beside[node.index]
        if self._is_around_headline(node):
            return False
        return True if node.index in self._taken or _names_what_is_beside(node) else None

    def _is_around_headline(self, node: Node) -> bool:
        return self.headline is not None and node.holds(self.headline)

    def holds_what_is_beside(self, node: Node) -> bool:
        """Return whether an element contains a part of the page beside the article."""
        return any(self.is_beside(each) for each in self.outline.below(node, _MOST_NODES + 1)[1:])

    def is_in_card(self, node: Node) -> bool:
        """Return whether an element is in another article's card: a small block with its own headline."""
        block = node
        for parent in node.ancestors():
            if parent.chars > _LONGEST_CARD or self._is_around_headline(parent):
                break
            block = parent
        said = self._key_of(node)
        title = comparison_key(self.outline.text(self.headline)) if self.headline is not None else ""
        for each in self.outline.below(block, _MOST_NODES):
            is_heading = each.tag in HEADINGS
            if not (is_heading or each.is_link) or each.chars > _LONGEST_CARD:
                continue
            shown = self.outline.text(each)
            text = comparison_key(shown)
            if latin_length(shown) < (_SHORTEST_HEADING if is_heading else _SHORTEST_LINK) or said in text:
                continue
            if text not in title and not (title and title in text):
                return True
        return False

    def is_of_row(self, node: Node) -> bool:
        """Return whether an element is in one of several blocks of one look, each with a link to another page."""
        said = self._key_of(node)
        block = node
        for around in node.ancestors():
            if block.chars > _LONGEST_CARD or self._is_around_headline(around):
                return False
            alike = [one for one in self.outline.children(around)[:_MOST_NODES] if one.look == block.look]
            if len(alike) > 1 and all(self._links_elsewhere(one, said) for one in alike):
                return True
            block = around
        return False

    def _links_elsewhere(self, block: Node, said: str) -> bool:
        """Return whether a block has a link of some length with text other than ``said``."""
        return any(
            each.is_link and each.chars >= _SHORTEST_ROW and comparison_key(self.outline.text(each)) != said
            for each in self.outline.below(block, _MOST_NODES)
        )

    def _key_of(self, node: Node) -> str:
        return comparison_key(self.outline.text(node)) if node.chars <= _LONGEST_CARD else ""


def find_headline(outline: Outline, title: str | None) -> Node | None:
    """Return the heading of any rank that shows ``title``, else the first similar h1, else the first h1 or h2."""
    wanted = comparison_key(title or "")
    firsts: dict[str, Node] = {}
    alike: Node | None = None
    for node in outline.headings:
        said = comparison_key(outline.text(node)) if wanted else ""
        if said and said == wanted and not node.hidden:
            if node.tag == "h1":
                return node
            alike = alike or node
        elif said and node.tag == "h1" and (wanted in said or said in wanted):
            firsts.setdefault("like", node)
        firsts.setdefault(node.tag, node)
    return alike or firsts.get("like") or firsts.get("h1") or firsts.get("h2")


def _names_what_is_beside(node: Node) -> bool:
    return (
        (node.tag in _BESIDE_TAGS and _META_NAMES.isdisjoint(split_words(node.names)))
        or node.attributes.get("role") in _BESIDE_ROLES
        or (bool(node.names) and _is_beside_name(node.names))
    )


@lru_cache(maxsize=8192)
def _is_beside_name(names: str) -> bool:
    return not _BESIDE_NAMES.isdisjoint(split_words(names))
