"""Selection of the text of each entry that is its headline.

Texts at the same tag path in the entries of a list form a column. The chosen column scores highest as headlines: its
texts are headings or links, as long as a sentence, different in each entry. The position thus distinguishes headlines
from labels, authors and teasers without a list of words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from statistics import median

from ticker.parsing.headlines.lists import Entry
from ticker.parsing.headlines.timestamps import TimestampNode
from ticker.parsing.outline import HEADINGS, Node, Outline
from ticker.parsing.vocabulary.blocks import role_words
from ticker.parsing.vocabulary.lists import BY_WORDS, EMBED_NAMES, LABEL_NAMES, TEASER_NAMES, TITLE_NAMES
from ticker.text import clean, edge_pattern, fold

# One character of these scripts carries as much text as two or three letters.
_WIDE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CUT_OFF = re.compile(r"(?:(?<!\s)\s+)?(?:\.\.\.|…)\s*$")
# Inline elements are part of a headline; other children may be labels beside it.
_INLINE = frozenset("b i em strong mark u wbr sup sub cite q abbr font bdi bdo small nobr".split())
# Minimum score of a headline outside the columns; a linked heading of about twenty letters reaches it.
_OUTSTANDING = 1.0
_SHORTEST_OUTSTANDING = 15
# Maximum length of a kicker within a headline, in characters.
_LONGEST_LABEL = 20
# A short first element is a kicker if this share of headlines has one; in fewer it may be a word in italics.
_LABELLED = 0.6
# Score factor for texts that occur several times per entry in the same structure.
_AMONG_OTHERS = 0.4
# More texts at one path are running text: an entry has a label, a headline and a teaser.
_MOST_AT_ONE_PATH = 3
# Texts that most entries share are not part of headlines; two entries are too few to decide.
_FEWEST_REPEATED = 3
_REPEATED = 0.6
_LONGEST_REPEATED = 60
# Counters have fewer patterns; headlines of series may differ only in digits ("Stage 4", "Stage 5").
_MANY_PATTERNS = 4
_WORDS_OF_SERIES = 4
_BESIDE = LABEL_NAMES | TEASER_NAMES
_COUNT = re.compile(r"[(\[#]?\d{1,4}[.)\]]?")
_EMBED = re.compile(rf"(?:{'|'.join(sorted(EMBED_NAMES))})(?![a-z])", re.I)
_DIGITS = re.compile(r"\d+")
_EDGE = edge_pattern(r"[\s\-–—•·*|:»›>,;/]", r"[\s\-–—•·*|:«‹<,;/]")


@dataclass(frozen=True, slots=True)
class Title:
    """A headline's text and its element, or None if it is the rest of a line.

    ``label`` is the text of a short first element, which may be a kicker instead of a part of the headline.
    ``glued`` is true if no space separates the label from the text, which means that the page separates them visually.
    """

    text: str
    node: Node | None
    label: str = ""
    glued: bool = False


def length_of(text: str) -> int:
    """Return the length of a text in letters; an ideograph, a syllable or a Thai character counts as two and a half."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return len(text) + wide * 3 // 2


def read_titles(outline: Outline, entries: Sequence[Entry]) -> list[Title | None]:
    """Return the headline of each entry, or None for an entry without one."""
    repeated = _repeated_texts(outline, entries)
    found = [_candidates(outline, entry, repeated) for entry in entries]
    columns = _columns(found)
    labelled = {key for key, column in columns.items() if sum(bool(t.label) for t in column) >= _LABELLED * len(column)}
    for candidates in found:
        for key, title in candidates.items():
            if title.label and (title.glued or (key in labelled and len(columns[key]) > 1)):
                candidates[key] = Title(_EDGE.sub("", title.text[len(title.label) :]), title.node)
    columns = _columns(found)
    scores = {key: _score(outline, column, len(entries)) for key, column in columns.items()}
    places = Counter(_place_of(key) for key in scores if scores[key] > 0 and len(columns[key]) * 2 > len(entries))
    # A path with several texts in most entries is an inner list ("Read also"): an entry has one headline.
    inner = {place for place, count in places.items() if count > 1}
    within = tuple(f"{place.partition('.')[0]}/" for place in inner)
    for key in scores:
        if _place_of(key) in inner or key.startswith(within):
            scores[key] *= _AMONG_OTHERS
    ranking = sorted((key for key in scores if scores[key] > 0), key=scores.__getitem__, reverse=True)
    rank = {key: place for place, key in enumerate(ranking)}
    titles: list[Title | None] = []
    for candidates in found:
        best = min((key for key in candidates if key in rank), key=rank.__getitem__, default=None)
        chosen = candidates[best] if best is not None else _outstanding(outline, candidates)
        titles.append(_completed(outline, chosen) if chosen is not None else None)
    return titles


def _columns(found: Iterable[Mapping[str, Title]]) -> dict[str, list[Title]]:
    """Return the candidates of all entries by their path."""
    columns: dict[str, list[Title]] = {}
    for candidates in found:
        for key, title in candidates.items():
            columns.setdefault(key, []).append(title)
    return columns


def _repeated_texts(outline: Outline, entries: Sequence[Entry]) -> frozenset[str]:
    """Return the texts that most entries share, such as "Read more" and "5 comments", ignoring digits."""
    if len(entries) < _FEWEST_REPEATED:
        return frozenset()
    counts: Counter[str] = Counter()
    texts, owners = outline.texts, outline.owners
    for entry in entries:
        short = {
            texts[at] for at in range(entry.first, entry.last) if owners[at] and len(texts[at]) <= _LONGEST_REPEATED
        }
        counts.update(set(map(pattern_of, short)))
    return frozenset(text for text, count in counts.items() if count >= _REPEATED * len(entries))


def pattern_of(text: str) -> str:
    """Return a text case-folded with each number replaced by "#"."""
    return _DIGITS.sub("#", text.strip()).casefold()


def _candidates(outline: Outline, entry: Entry, repeated: frozenset[str]) -> dict[str, Title]:
    found: dict[str, Title] = {}
    stamp = entry.stamp
    if stamp.rest:
        # The rest of the line: the headline or a label beside the time.
        found[f"{_path(stamp.node, entry.node)}|rest"] = Title(stamp.rest, stamp.node if stamp.node.linked else None)
    owners = {owner for owner in outline.owners[entry.first : entry.last] if owner is not None}
    embedded = 0
    for node in entry.nodes(outline):
        if node.index < embedded:
            continue
        if node.names and node is not entry.node and _is_embed(node.names):
            embedded = node.end
            continue
        linked = node.is_link
        if not (node.tag in HEADINGS or linked or node in owners):
            continue
        if linked and node not in owners and _is_composite(outline, node, stamp):
            continue  # a link around a label and a headline: each is a candidate of its own
        if node.chars > 600 or (node is stamp.node and not stamp.rest and node.chars <= len(stamp.shown)):
            continue
        title = _title_of(outline, node, entry, repeated)
        if title.text:
            place = path = _path(node, entry.node)
            # The second text at a path is another column: a label, then the headline, both plain links.
            for nth in range(2, _MOST_AT_ONE_PATH + 1):
                if place not in found:
                    break
                place = f"{path}:{nth}"
            found.setdefault(place, title)
    if not entry.whole and entry.node in owners:
        own = (
            outline.texts[index]
            for index in range(entry.first, entry.last)
            if outline.owners[index] is entry.node and index != stamp.index
        )
        text = _EDGE.sub("", clean("".join(own)))
        if text:
            found.setdefault("own", Title(text, None))
    return found


def _is_composite(outline: Outline, node: Node, stamp: TimestampNode) -> bool:
    """Return whether several children of an element have text other than the time."""
    beside = [child for child in outline.children(node) if child.chars > 0]
    return sum(bool(stamp.rest) or not child.holds(stamp.node) for child in beside) > 1


@lru_cache(maxsize=8192)
def _is_embed(names: str) -> bool:
    """Return whether a class name or id marks a social network post ("tweet-text", but not the topic "tag-twitter")."""
    return any(_EMBED.match(name) for name in names.split())


def _path(node: Node, top: Node) -> str:
    within = takewhile(lambda one: one is not top, node.lineage())
    # Headings of one list may differ in level: that of the first entry is often higher.
    steps = ["h" if one.tag in HEADINGS else one.tag for one in within]
    return "/".join(reversed(steps)) + "." + _DIGITS.sub("", node.get("class") or "")


def _place_of(key: str) -> str:
    """Return the path of a column without the number of its text at that path."""
    path, _, nth = key.rpartition(":")
    return path if nth.isdecimal() else key


def _title_of(outline: Outline, node: Node, entry: Entry, repeated: frozenset[str]) -> Title:
    """Return the text of a node without the time of its entry, labels, counts, bylines and repeated texts."""
    stamp = entry.stamp
    children = outline.children(node)
    if len(children) > 1 or node is stamp.node:
        # In a heading or line with a kicker and a link, the link is the headline.
        link = next((child for child in children if child.tag == "a" and child.chars * 2 >= node.chars), None)
        node = link or node
    pieces: list[str] = []
    owners: list[Node] = []
    dropped: list[int] = []
    for index in range(max(node.first, entry.first), min(node.last, entry.last)):
        owner = outline.owners[index]
        if owner is None:
            pieces.append(" ")
            continue
        if stamp.node is not entry.node and stamp.node is not node and stamp.node.holds(owner) and not stamp.rest:
            continue
        if index == stamp.index:
            pieces.append(stamp.rest)
            owners.append(owner)
            continue
        if owner is not node and (_is_label_within(owner, node) or _is_count(outline.texts[index], owner)):
            continue
        text = outline.texts[index]
        if (owner is not node and repeated and pattern_of(text) in repeated) or (
            _is_byline(text) and (owner is not node or len("".join(pieces)) >= _SHORTEST_OUTSTANDING)
        ):
            dropped.append(index)
            continue
        pieces.append(outline.texts[index])
        owners.append(owner)
    if dropped and not owners:
        pieces, owners = [outline.texts[at] for at in dropped], [outline.owners[at] or node for at in dropped]
    text = _EDGE.sub("", _without_pluses(clean("".join(pieces))))
    shown = [piece for piece in pieces if piece.strip()]
    label = clean(shown[0]) if len(shown) > 1 else ""
    is_word = not owners or owners[0] is node or owners[0].tag in ("ruby", "rb")
    if not label or is_word or len(label) > _LONGEST_LABEL or not text.startswith(label):
        return Title(text, node)
    rest = text[len(label) :]
    glued = label[-1].isalpha() and rest[:1].isupper()
    return Title(text, node, label, glued) if len(rest) > len(label) else Title(text, node)


def _without_pluses(text: str) -> str:
    """Strip the "+++" of urgent news from both ends of a text; a single plus sign may be part of a name."""
    return text.strip("+").strip() if text.startswith("++") or text.endswith("++") else text


def _is_label_within(owner: Node, node: Node) -> bool:
    """Return whether a text below ``node`` is in a label, teaser or time beside the headline."""
    for one in takewhile(lambda one: one is not node, owner.lineage()):
        roles = role_words(one.names) if one.tag not in _INLINE else frozenset()
        if one.tag == "time" or (not _BESIDE.isdisjoint(roles) and TITLE_NAMES.isdisjoint(roles)):
            return True
    return False


def _is_count(text: str, owner: Node) -> bool:
    """Return whether a text within a headline is a separate number: a rank or a count of comments."""
    return owner.tag in ("span", "i", "div", "sup") and _COUNT.fullmatch(text.strip()) is not None


def _outstanding(outline: Outline, candidates: dict[str, Title]) -> Title | None:
    """Return the headline of an entry without a common column: the best candidate by its own score, or None."""
    best = max(candidates.values(), key=lambda title: _score(outline, [title], 1), default=None)
    if best is None or _score(outline, [best], 1) < _OUTSTANDING or length_of(best.text) < _SHORTEST_OUTSTANDING:
        return None
    return best


def _score(outline: Outline, column: Sequence[Title], entries: int) -> float:
    """Return the score of a column of texts as the headlines of its list; 0 if it cannot hold headlines."""
    texts = [title.text for title in column]
    coverage = len(column) / entries
    length = median(length_of(text) for text in texts)
    if length < 10 or coverage < 0.3:
        return 0.0
    patterns = len({pattern_of(text) for text in texts})
    distinct = patterns / len(texts)
    if len(texts) > 2 and distinct < 0.5 and patterns < _MANY_PATTERNS and not _is_series(column):
        return 0.0
    # A headline has 25 to 140 letters; shorter texts may be labels or names, longer ones teasers. From 40 letters on
    # the score is constant, and the first of two equal columns wins.
    score = min(length, 40) / 40 if length <= 140 else 40 / length
    score *= 0.5 + 0.5 * coverage
    score *= 0.5 + 0.5 * distinct
    node = column[0].node
    if node is None:
        return score
    names = role_words(node.names)
    named = not TITLE_NAMES.isdisjoint(names) or (
        node.parent is not None
        and node.parent.chars == node.chars
        and not TITLE_NAMES.isdisjoint(role_words(node.parent.names))
    )
    if is_headed(node):
        score *= 2.0
    if node.linked or any(child.tag == "a" for child in outline.children(node)):
        score *= 1.5
    if named:
        return score * 1.5
    in_paragraph = node.tag == "p" or (node.parent is not None and node.parent.tag == "p")
    if (in_paragraph and not is_bold_line(node)) or not TEASER_NAMES.isdisjoint(names):
        score *= 0.6
    if not LABEL_NAMES.isdisjoint(names):
        score *= 0.4
    return score


def _is_series(column: Sequence[Title]) -> bool:
    """Return whether texts that differ only in digits are headlines: links of several words, each with its own URL."""
    links = {title.node.link.get("href") for title in column if title.node is not None and title.node.link is not None}
    words = median(len(title.text.split()) for title in column)
    return len(links) == len(column) and words >= _WORDS_OF_SERIES


def _is_byline(text: str) -> bool:
    """Return whether a text is a byline of two to four words ("by Ada Byron")."""
    words = text.split(maxsplit=4)
    return 2 <= len(words) <= 4 and fold(words[0]) in BY_WORDS and words[1][:1].isupper()


def is_headed(node: Node | None) -> bool:
    """Return whether an element is a heading, directly in one, or a bold line."""
    if node is None:
        return False
    return node.tag in HEADINGS or (node.parent is not None and node.parent.tag in HEADINGS) or is_bold_line(node)


def is_bold_line(node: Node) -> bool:
    """Return whether an element is bold and holds all text of its parent, like a heading without a heading tag."""
    return node.tag in ("b", "strong") and node.parent is not None and node.parent.chars == node.chars


def _completed(outline: Outline, title: Title) -> Title:
    """Complete a truncated headline from an attribute of its element, link or children."""
    if not _CUT_OFF.search(title.text) or title.node is None:
        return title
    begin = _CUT_OFF.sub("", title.text)
    for node in (title.node, title.node.link, *outline.children(title.node)):
        if node is None:
            continue
        for name in ("title", "aria-label"):
            whole = clean(node.get(name) or "")
            if len(whole) > len(begin) and whole.startswith(begin[:-1]):
                return Title(whole, title.node)
    return title
