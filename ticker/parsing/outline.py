"""The tree of a page, walked once, as a flat list of nodes with what every later step asks of them.

Whole-page work is done here and on what this gives. lxml's tree is built in C and walked once in Python;
BeautifulSoup, which costs a tree of Python objects, reads only what people's own selectors ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from lxml import etree

from ticker.text import clean

# Elements whose text no reader sees. `noscript` repeats what scripts would show, `template` is not rendered,
# `rt` and `rp` are readings set above the text.
_UNSEEN = frozenset(
    "script style noscript template svg iframe object canvas math select option datalist audio video "
    "map head area param input rt rp rtc textarea".split()
)
# Void elements (https://html.spec.whatwg.org/#void-elements) that libxml2 leaves open: it nests what follows in them.
_VOID = frozenset("embed source track wbr".split())
# Elements that a browser sets on lines of their own; between these, words do not touch.
BLOCKS = frozenset(
    "address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table "
    "tbody td tfoot th thead tr ul legend".split()
)
# Class names that hide an element in the style systems in use, and those that show it again on some screens
# ("hidden md:block", "d-none d-lg-flex").
_HIDDEN_NAMES = frozenset("hidden d-none is-hidden u-hidden uk-hidden".split())
_SHOWN_NAME = re.compile(r"(?:^|[:-])(?:block|flex|grid|inline|table|contents)$")
# A page with less text than this shows what it has in `noscript`.
_EMPTY = 140
# The attributes that some step asks for, and those that may hold a time; the rest (styles, sources of pictures, data
# of scripts) is half of what a page weighs.
_KEPT = frozenset(
    "aria-label class content datetime href id itemprop itemtype lang name property pubdate rel role title type "
    "typeof".split()
)
_TIMELY = re.compile(r"(?:time|date|stamp|publish|created|epoch|utc)")
_HIDING = frozenset(("style", "hidden", "aria-hidden"))
# The look of all elements without attributes.
_PLAIN: tuple[dict[str, str], str, bool] = ({}, "", False)
# These stand in the head, and in the bodies of pages that are put together carelessly.
_IN_HEAD = frozenset(("meta", "link", "title", "base"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# What is longer is no headline.
LONGEST_TITLE = 1000


class Node:
    """One element that a reader can see.

    ``nodes[node.index:node.end]`` is it and all below it, ``texts[node.first:node.last]`` its text, piece by
    piece. ``chars`` counts its text's characters without white space at the pieces' ends, ``link_chars`` those
    of them that stand in links. ``names`` is its class and id. ``is_link`` tells that it is an ``<a href>``,
    ``linked`` that it is one or stands in one; ``preformatted`` that line breaks in its text are those of the page.

    A node knows what it stands in and not what stands in it, which its outline does: without cycles, a page is gone
    when it is no longer needed, and not when a collector comes by.
    """

    __slots__ = (
        "attributes", "chars", "depth", "end", "first", "hidden", "index", "is_link", "last", "link_chars", "linked",
        "names", "parent", "preformatted", "tag",
    )  # fmt: skip
    # Known once the element has ended.
    end: int
    last: int

    def __init__(
        self,
        tag: str,
        parent: Node | None,
        index: int,
        first: int,
        attributes: dict[str, str],
        names: str,
        hidden: bool,
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.attributes = attributes
        self.names = names
        self.index = index
        self.first = first
        self.chars = self.link_chars = 0
        self.is_link = is_link = tag == "a" and bool(attributes.get("href"))
        if parent is None:
            self.depth, self.hidden, self.linked = 0, hidden, is_link
            self.preformatted = False
        else:
            self.depth = parent.depth + 1
            self.hidden = hidden or parent.hidden
            self.linked = is_link or parent.linked
            self.preformatted = tag == "pre" or parent.preformatted

    def __repr__(self) -> str:
        return f"<{self.tag} {self.names!r} {self.chars}>"

    def get(self, attribute: str) -> str | None:
        """The value of an attribute, or None."""
        return self.attributes.get(attribute)

    @property
    def link(self) -> Node | None:
        """The innermost ``<a href>`` around it, itself included."""
        if not self.linked:
            return None
        return self if self.is_link else next(node for node in self.ancestors() if node.is_link)

    def ancestors(self) -> Iterator[Node]:
        """Its parent, that one's parent, and so on."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def holds(self, other: Node) -> bool:
        """Whether ``other`` is it or stands below it."""
        return self.index <= other.index < self.end

    def is_all_of(self, parent: Node) -> bool:
        """Whether it is the only element that stands directly in ``parent``."""
        return self.index == parent.index + 1 and self.end == parent.end


class Outline:
    """A page as a flat list of nodes in document order, its pieces of text, and what stands in its head.

    ``texts[i]`` is a piece of text as it stands in the page and ``owners[i]`` the node that it stands directly
    in; a ``"\\n"`` with the owner None marks where a line ends. ``metas`` and ``links`` hold attributes of
    ``<meta>`` and ``<link>``, ``scripts`` the data scripts (JSON-LD). ``is_for_want_of_scripts`` tells that the
    text of ``<noscript>`` is among it, for there is hardly any other.
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.texts: list[str] = []
        self.owners: list[Node | None] = []
        self.metas: list[dict[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.scripts: list[str] = []
        self._children: dict[int, list[Node]] = {}
        self._headings: list[Node] | None = None
        self.title = ""
        self.is_for_want_of_scripts = False
        self.language: str | None = None
        self.base: str | None = None

    def text(self, node: Node) -> str:
        """All text of ``node`` on one line; words of different blocks do not touch."""
        return clean("".join(self.texts[node.first : node.last]))

    def lines(self, node: Node) -> list[str]:
        """The text of ``node`` in the lines that a browser would show, none of them empty."""
        lines = (clean(line) for line in "".join(self.texts[node.first : node.last]).split("\n"))
        return [line for line in lines if line]

    def headings(self) -> list[Node]:
        """Return the headings that have text and are no longer than one is, in document order.

        Of those that stand in others of their rank the outermost. Headings that are never closed stand in one another,
        and each holds what all after it say.
        """
        if self._headings is None:  # asked for at several steps
            ends: dict[str, int] = {}
            self._headings = []
            for node in self.nodes:
                if (
                    node.tag in HEADINGS
                    and 0 < node.chars <= LONGEST_TITLE
                    and node.last - node.first <= LONGEST_TITLE
                    and node.index >= ends.get(node.tag, 0)
                ):
                    ends[node.tag] = node.end
                    self._headings.append(node)
        return self._headings

    def below(self, node: Node) -> list[Node]:
        """``node`` and all below it, in document order."""
        return self.nodes[node.index : node.end]

    def children(self, node: Node) -> list[Node]:
        """The elements that stand directly in ``node``, in document order."""
        found = self._children.get(node.index)
        if found is None:  # asked again and again of an element that holds very many
            nodes, at = self.nodes, node.index + 1
            found = self._children[node.index] = []
            while at < node.end:
                found.append(nodes[at])
                at = nodes[at].end
        return found


def parse_tree(html: bytes) -> Any:
    """The lxml tree of a page given as UTF-8; None where there is nothing in it.

    Comments and processing instructions are dropped, so that the text around them is one. Raises MemoryError.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    try:
        root = etree.fromstring(html.replace(b"\0", b""), parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError("no memory for the page's tree") from error
        return None  # so lxml says of an empty document
    if root is not None:  # what follows the end of the document becomes a second one; browsers add it to the first
        for other in list(root.itersiblings("html")):
            root.extend(list(other))
    return root


def build_outline(root: Any) -> Outline:
    """The outline of an lxml tree; it is empty where ``root`` is None."""
    if root is None:
        return Outline()
    outline = _walk(root, _UNSEEN)
    if outline.nodes[0].chars < _EMPTY and next(root.iter("noscript"), None) is not None:
        other = _walk(root, _UNSEEN - {"noscript"})
        if other.nodes[0].chars > outline.nodes[0].chars:
            other.is_for_want_of_scripts = True
            return other
    return outline


def _walk(root: Any, unseen: frozenset[str]) -> Outline:
    """Read the elements in document order; each ends where the next one stands outside of it."""
    outline = Outline()
    outline.language = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    )
    nodes, texts, owners = outline.nodes, outline.texts, outline.owners
    nodes.append(Node("html", None, 0, 0, {}, "", False))
    node: Node | None = nodes[0]
    # The elements that the next one stands in, each with its node; what is unseen has none, nor has what is in it.
    around: list[tuple[Any, Node | None]] = [(None, None), (root, node)]
    for element in chain(islice(root.iter(), 1, None), (None,)):
        parent = None if element is None else element.getparent()
        while around[-1][0] is not parent:
            ended, closed = around.pop()
            node = around[-1][1]
            if closed is not None and closed is not node:
                closed.end = len(nodes)
                if closed.tag in BLOCKS:
                    texts.append("\n")
                    owners.append(None)
                closed.last = len(texts)
                if node is not None:
                    node.chars += closed.chars
                    node.link_chars += closed.chars if closed.is_link else closed.link_chars
            if node is not None and (text := ended.tail):
                _add_text(text, node, texts, owners)
        if node is None:
            around.append((element, None))
            continue
        tag = element.tag
        if tag in _VOID:  # what stands in it stands behind it
            around.append((element, node))
            if text := element.text:
                _add_text(text, node, texts, owners)
            continue
        if tag in unseen or not isinstance(tag, str):  # no text: an entity that the parser did not resolve
            if tag == "head":
                for child in element.iter():
                    _note_head(child, child.tag, outline)
            elif tag == "script":
                _note_head(element, tag, outline)
            node = None
            around.append((element, None))
            continue
        if tag in _IN_HEAD:
            _note_head(element, tag, outline)
        attributes, names, hidden = _look(tag, every) if (every := element.items()) else _PLAIN
        nodes.append(node := Node(tag, node, len(nodes), len(texts), attributes, names, hidden))
        around.append((element, node))
        if tag in BLOCKS:
            texts.append("\n")
            owners.append(None)
        if text := element.text:
            _add_text(text, node, texts, owners)
    return outline


def _look(tag: str, every: Sequence[tuple[str, str]]) -> tuple[dict[str, str], str, bool]:
    """Return the attributes of an element that are asked for, its class and id, and whether they hide it."""
    attributes = {}
    hidden = False
    for name, value in every:
        if name in _KEPT:
            attributes[name] = value
        elif name in _HIDING:
            hidden = hidden or _hides(tag, name, value)
        elif _is_timely(name):
            attributes[name] = value
    names, identifier = attributes.get("class", ""), attributes.get("id")
    if not hidden and ("hidden" in names or "none" in names):
        words = names.split()
        hidden = not _HIDDEN_NAMES.isdisjoint(words) and not any(map(_SHOWN_NAME.search, words))
    return attributes, f"{names} {identifier}" if identifier else names, hidden


@lru_cache(maxsize=4096)
def _is_timely(name: str) -> bool:
    """Return whether an attribute may hold a time."""
    return name.startswith("data-") and _TIMELY.search(name) is not None


def _hides(tag: str, name: str, value: str) -> bool:
    """Return whether an attribute of ``_HIDING`` hides an element."""
    if name == "style":
        return "none" in value and "display:none" in value.replace(" ", "").lower()
    # `aria-hidden` hides from screen readers alone; a whole block of that kind is a menu or a dialog not yet open.
    return name == "hidden" or (value == "true" and tag in BLOCKS)


def _add_text(text: str, node: Node, texts: list[str], owners: list[Node | None]) -> None:
    if node.preformatted and "\n" in text:
        for at, line in enumerate(text.split("\n")):
            if at:
                texts.append("\n")
                owners.append(None)
            if line:
                _add_text(line, node, texts, owners)
    elif not text.isspace():
        # Line breaks in the source are white space like any other; lines end where blocks do.
        texts.append(text.replace("\n", " "))
        owners.append(node)
        node.chars += len(text.strip())
    elif texts and texts[-1] not in ("\n", " "):
        texts.append(" ")
        owners.append(None)


def _note_head(element: Any, tag: str, outline: Outline) -> None:
    if tag == "meta":
        outline.metas.append(dict(element.items()))
    elif tag == "link":
        outline.links.append(dict(element.items()))
    elif tag == "script":
        if "ld+json" in (element.get("type") or "").lower() and element.text:
            outline.scripts.append(element.text)
    elif tag == "title":
        outline.title = outline.title or clean("".join(element.itertext()))
    elif tag == "base":
        outline.base = outline.base or element.get("href")
