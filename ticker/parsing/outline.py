"""A page's tree as a flat list of nodes with the data that later steps need.

lxml builds the tree in C, and one walk in Python reads it. All work on whole pages uses the outline. BeautifulSoup,
whose tree of Python objects is expensive, is used only for people's own selectors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain, islice
from typing import Any

from lxml import etree

from ticker.text import clean

# Elements with invisible text, or without text. `noscript` repeats what scripts would show, `template` is not
# rendered, `rt` and `rp` are readings above the text.
_UNSEEN = frozenset(
    "script style noscript template svg iframe object canvas math select option datalist audio video "
    "map head area param input rt rp rtc textarea".split()
)
# Void elements (https://html.spec.whatwg.org/#void-elements) that libxml2 does not close: it nests what follows.
_VOID = frozenset("embed source track wbr".split())
# Elements that a browser puts on lines of their own; words of different blocks are separate.
BLOCKS = frozenset(
    "address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table "
    "tbody td tfoot th thead tr ul legend".split()
)
# Class names that hide an element in common style systems, and those that show it again on some screens
# ("hidden md:block", "d-none d-lg-flex").
_HIDDEN_NAMES = frozenset("hidden d-none is-hidden u-hidden uk-hidden".split())
_SHOWN_NAME = re.compile(r"(?:^|[:-])(?:block|flex|grid|inline|table|contents)$")
# Below this number of characters, the text in `noscript` is used.
_EMPTY = 140
# The attributes that later steps use. Besides these, only attributes that may hold a time are kept: the rest (styles,
# sources of pictures, data of scripts) is half of a page's size.
_KEPT = frozenset(
    "aria-label class content datetime href id itemprop itemtype lang name property pubdate rel role title type "
    "typeof".split()
)
_TIMELY = re.compile(r"(?:time|date|stamp|publish|created|epoch|utc)")
_HIDING = frozenset(("style", "hidden", "aria-hidden"))
# The result of `_read_attributes` for elements without attributes.
_PLAIN: tuple[dict[str, str], str, bool] = ({}, "", False)
# Elements of the head, which some pages have in the body.
_IN_HEAD = frozenset(("meta", "link", "title", "base"))
# Labels, names and menu entries are shorter than this; text between two links or line breaks is longer.
_RUNNING = 40
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Text with more characters is not a headline.
LONGEST_TITLE = 1000


class Node:
    """One visible element.

    ``nodes[node.index:node.end]`` are the node and its descendants, ``texts[node.first:node.last]`` the pieces of its
    text. ``chars`` counts its characters without white space at the pieces' ends, ``link_chars`` those in links.
    ``names`` is its class and id. ``is_link`` marks an ``<a href>``, ``linked`` that or an element in one.
    ``preformatted`` means that line breaks in its text are kept.

    A node refers to its parent only; the outline finds its children. Without reference cycles, a page is freed at once
    and not by the garbage collector.
    """

    __slots__ = (
        "attributes", "chars", "depth", "end", "first", "hidden", "index", "is_link", "last", "link_chars", "linked",
        "names", "parent", "preformatted", "tag",
    )  # fmt: skip
    # Set when the element ends.
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
        """Return the value of an attribute, or None."""
        return self.attributes.get(attribute)

    @property
    def look(self) -> tuple[str, str | None]:
        """Return the tag and the class, which elements of one kind share."""
        return self.tag, self.attributes.get("class")

    @property
    def link(self) -> Node | None:
        """Return the innermost ``<a href>`` around the node, itself included, or None."""
        if not self.linked:
            return None
        return next(node for node in self.lineage() if node.is_link)

    def lineage(self) -> Iterator[Node]:
        """Yield the node, its parent, and so on."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def ancestors(self) -> Iterator[Node]:
        """Yield the parent, its parent, and so on."""
        return self.parent.lineage() if self.parent is not None else iter(())

    def holds(self, other: Node) -> bool:
        """Return whether ``other`` is this node or one of its descendants."""
        return self.index <= other.index < self.end

    def is_all_of(self, parent: Node) -> bool:
        """Return whether the node is the only child of ``parent``."""
        return self.index == parent.index + 1 and self.end == parent.end


class Outline:
    r"""A page as a flat list of nodes in document order, with its pieces of text and the data in its head.

    ``texts[i]`` is a piece of text and ``owners[i]`` the node that directly contains it. A ``"\n"`` with the owner None
    ends a line. ``metas`` and ``links`` hold the attributes of ``<meta>`` and ``<link>``, ``scripts`` the data scripts
    (JSON-LD). ``is_for_want_of_scripts`` means that the outline includes ``<noscript>``, for lack of other text.
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.texts: list[str] = []
        self.owners: list[Node | None] = []
        self.metas: list[dict[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.scripts: list[str] = []
        self._children: dict[int, list[Node]] = {}
        self.title = ""
        self.is_for_want_of_scripts = False
        self.language: str | None = None
        self.base: str | None = None

    def text(self, node: Node) -> str:
        """Return the text of ``node`` on one line; words of different blocks are separate."""
        return clean("".join(self.texts[node.first : node.last]))

    def lines(self, node: Node) -> list[str]:
        """Return the nonempty lines of ``node`` that a browser would show."""
        lines = (clean(line) for line in "".join(self.texts[node.first : node.last]).split("\n"))
        return [line for line in lines if line]

    @cached_property
    def headings(self) -> list[Node]:
        """Return the headings that have text of at most ``LONGEST_TITLE`` characters, in document order.

        Of nested headings of one rank, only the outermost is returned. Headings that are never closed nest, and each
        contains the text of all after it.
        """
        ends: dict[str, int] = {}
        found = []
        for node in self.nodes:
            if (
                node.tag in HEADINGS
                and 0 < node.chars <= LONGEST_TITLE
                and node.last - node.first <= LONGEST_TITLE
                and node.index >= ends.get(node.tag, 0)
            ):
                ends[node.tag] = node.end
                found.append(node)
        return found

    @cached_property
    def running_offsets(self) -> list[int]:
        """Return the number of letters of running text, without links, before each node."""
        counts = [0] * (len(self.nodes) + 1)
        for piece, owner in zip(self.texts, self.owners, strict=True):
            if owner is not None and len(piece) >= _RUNNING and not owner.linked:
                counts[owner.index + 1] += len(piece)
        return list(accumulate(counts))

    def running(self, node: Node) -> int:
        """Return the number of letters of running text in ``node``, without links."""
        return self.running_offsets[node.end] - self.running_offsets[node.index]

    def below(self, node: Node, most: int | None = None) -> list[Node]:
        """Return ``node`` and its descendants, in document order, at most ``most`` of these elements."""
        return self.nodes[node.index : node.end if most is None else min(node.end, node.index + most)]

    def children(self, node: Node) -> list[Node]:
        """Return the children of ``node``, in document order."""
        found = self._children.get(node.index)
        if found is None:  # cached, since some elements have very many children and are asked repeatedly
            nodes, at = self.nodes, node.index + 1
            found = self._children[node.index] = []
            while at < node.end:
                found.append(nodes[at])
                at = nodes[at].end
        return found


def parse_tree(html: bytes) -> Any:
    """Parse a page in UTF-8 into an lxml tree; return None if it is empty.

    Comments and processing instructions are dropped, which joins the text around them. Raises MemoryError if libxml2
    runs out of memory.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    try:
        root = etree.fromstring(html.replace(b"\0", b""), parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError("no memory for the page's tree") from error
        return None  # lxml raises this for an empty document
    if root is not None:  # like browsers, add elements after the document's end, which libxml2 parses as a second one
        for other in list(root.itersiblings("html")):
            root.extend(list(other))
    return root


def build_outline(root: Any) -> Outline:
    """Build the outline of an lxml tree; it is empty if ``root`` is None."""
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
    """Walk the elements in document order; an element ends at the first one outside it."""
    outline = Outline()
    outline.language = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    )
    nodes, texts, owners = outline.nodes, outline.texts, outline.owners
    nodes.append(Node("html", None, 0, 0, {}, "", False))
    node: Node | None = nodes[0]
    # The elements around the next one, each with its node; unseen elements and their descendants have none.
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
        if tag in _VOID:  # its content belongs after it
            around.append((element, node))
            if text := element.text:
                _add_text(text, node, texts, owners)
            continue
        if tag in unseen or not isinstance(tag, str):  # a tag that is not a string: an unresolved entity
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
        attributes, names, hidden = _read_attributes(tag, every) if (every := element.items()) else _PLAIN
        nodes.append(node := Node(tag, node, len(nodes), len(texts), attributes, names, hidden))
        around.append((element, node))
        if tag in BLOCKS:
            texts.append("\n")
            owners.append(None)
        if text := element.text:
            _add_text(text, node, texts, owners)
    return outline


def _read_attributes(tag: str, every: Sequence[tuple[str, str]]) -> tuple[dict[str, str], str, bool]:
    """Return the attributes of an element to keep, its class and id, and whether it hides itself."""
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
    # `aria-hidden` hides from screen readers only, but a whole block with it is a closed menu or dialog.
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
        # Line breaks in the source are white space; lines end where blocks do.
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
