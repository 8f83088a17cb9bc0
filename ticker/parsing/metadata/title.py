"""Choice of an article's headline from declared titles, ``<title>`` and headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ticker.parsing.lines import comparison_key, latin_length
from ticker.parsing.metadata.source import Source
from ticker.parsing.outline import LONGEST_TITLE, Node, Outline
from ticker.parsing.vocabulary.blocks import role_words, split_words
from ticker.parsing.vocabulary.lists import LABEL_NAMES
from ticker.text import clean
from ticker.urls import host

# Signs between a headline and the site's name, with blanks around them: all that do not occur in sentences.
_SIGN = r"(?:[^\w\s&$€£¥%\"'“”„‘’()\[\]{}¿¡]|_)"
_DENSE = "[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]"  # scripts without blanks
_SEPARATOR = re.compile(
    rf"(?<!\s)(?:\s+{_SIGN}{{1,3}}){{1,2}}\s+|(?:(?<!\s)\s+)?[｜ㅣ|]\s*|：(?=[^：]*$)|(?<={_DENSE})[-–—_]+(?=\S)"
    rf"|(?<=[^\s_–—-])[-–—_]+(?={_DENSE})"
    r"|(?<=\S):\s+"
)
_BARS = frozenset("|｜ㅣ")
_COLON = ":"
# The longest name of a site or section, in letters and in words; the shortest headline.
_LONGEST_NAME = 30
_LONGEST_SECTION = 3
_SHORTEST = 12
# A part of a name, or a name within longer text, needs this many letters to count.
_TELLING = 5
# The least share of the site's name in a part before a headline: a part with an issue's number is kept.
_MOST_OF_NAME = 0.7
# An article's heading shares this part of its trigrams with a declared title; see docs/parsing.md.
_LIKE = 0.4
# A later heading belongs to the text unless it is even more alike.
_LIKE_LATER = 0.6
_CUT_SHORT = ("...", "…")
_PLACEHOLDER = re.compile(r"\{\{|\$\{|<%")
_MOST_LINKS = 3
# "https://www." and "/"
_LONGEST_SCHEME = 13
_MOST_HEADINGS = 20
_MOST_PARTS = 20
_LOGO_NAMES = frozenset("logo logotype brand branding masthead".split())
# "co.uk", "com.br": with such a domain, the site's own label is one further left.
_SHORT_DOMAIN = 3


def site_names(outline: Outline, sites: Iterable[str], address: str | None) -> frozenset[str]:
    """Return the keys of the site's names: declared names, initials, host labels, text of home links."""
    home = host(address).removeprefix("www.")
    labels = home.split(".")[:-1]
    own = labels[-2:-1] if len(labels) > 1 and len(labels[-1]) <= _SHORT_DOMAIN else labels[-1:]
    names = {comparison_key(home), *map(comparison_key, own)}
    for site in sites:
        names.add(comparison_key(site))
        initials = "".join(word[0] for word in site.split() if word[0].isupper())
        if len(initials) > 2:
            names.add(comparison_key(initials))
    found = 0
    for node in outline.nodes:
        if node.is_link and 0 < node.chars <= _LONGEST_NAME and _is_home(node.attributes["href"], home):
            names.add(comparison_key(outline.text(node)))
            found += 1
            if found == _MOST_LINKS:
                break
    return frozenset(names) - {""}


def _is_home(href: str, home: str) -> bool:
    """Return whether a link leads to the home page of the host ``home``."""
    if len(href) > len(home) + _LONGEST_SCHEME:
        return False
    address, _, path = href.partition("://")[2].partition("/")
    return href == "/" or (not path and bool(home) and address.removeprefix("www.") == home)


def choose_title(outline: Outline, data: Source, meta: Source, names: frozenset[str]) -> str | None:
    """Return the headline without the site's name, or None if the page has none.

    ``data`` is the JSON-LD, ``meta`` the meta tags; ``names`` come from ``site_names``. Most sites generate the titles
    for sharing and search engines. There the page's heading is the headline if it resembles a declared title; else it
    is a logo, a section or a menu. Newsrooms write the title for sharing by hand, and it comes first. The exception is
    a heading that agrees with the JSON-LD on another title, where the shared title equals ``<title>``, or ``<title>``
    agrees with the heading and no heading shows the shared title.
    """
    nodes = outline.headings
    headings = _headings(outline, nodes, names)
    said = (*meta.titles[:1], *data.titles[:1], outline.title)
    shared, data_title, page = (
        strip_site(text, names, [*headings, *(other for other in said if other is not text)])
        for text in (next(iter(meta.titles), ""), next(iter(data.titles), ""), outline.title)
    )
    declared = [text for text in (shared, data_title, page) if text]
    if not declared:
        return headings[0] if headings else _lower_heading(outline, nodes, names)
    first = _whole(declared[0], [*headings, *declared])
    heading = _most_alike(headings, declared)
    if heading is None and latin_length(first) < _SHORTEST:
        heading = next((text for text in headings[:1] if latin_length(text) >= _SHORTEST), None)
    if heading is None or _ends_with(heading, first) or _ends_with(first, heading):
        return first  # there is no heading, or one of the two has a kicker before it
    if comparison_key(data_title) == comparison_key(first) and comparison_key(heading).startswith(
        comparison_key(first)
    ):
        return first  # the heading ends with a date or a name
    if data.is_news:
        if comparison_key(heading) != comparison_key(data_title):
            return first
        if comparison_key(page) == comparison_key(shared):  # generated, not written by hand
            return heading
        return (
            heading
            if comparison_key(page) == comparison_key(heading) and not _is_shown(outline, nodes, first)
            else first
        )
    return strip_site(heading, names, declared) or first


def _headings(outline: Outline, nodes: Sequence[Node], names: frozenset[str]) -> list[str]:
    """Return the texts of h1 that are neither logos nor placeholders; hidden ones only if none is visible."""
    found: list[tuple[Node, str]] = []
    for node in nodes:
        if node.tag == "h1" and not _is_logo(node):
            text = _without_labels(outline, node)
            if comparison_key(text) and comparison_key(text) not in names and not _PLACEHOLDER.search(text):
                found.append((node, text))
    return [text for node, text in found if not node.hidden] or [text for _, text in found]


def _is_logo(node: Node) -> bool:
    own = split_words(node.names)
    words = own | split_words(node.parent.names) if node.parent else own
    return not _LOGO_NAMES.isdisjoint(words) or ("site" in own and not own.isdisjoint(("title", "name")))


def _without_labels(outline: Outline, node: Node) -> str:
    """Return the text of a heading without the parts named as kicker, date or author."""
    text = outline.text(node)
    if node.end == node.index + 1:
        return text
    labels: set[int] = set()
    for part in outline.below(node, _MOST_PARTS)[1:]:
        if part.names and not LABEL_NAMES.isdisjoint(role_words(part.names)) and part.chars < node.chars:
            labels.update(range(part.first, part.last))
    if not labels:
        return text
    rest = clean(" ".join(outline.texts[at] for at in range(node.first, node.last) if at not in labels))
    return rest if latin_length(rest) >= _SHORTEST else text


def _lower_heading(outline: Outline, nodes: Sequence[Node], names: frozenset[str]) -> str | None:
    texts = (outline.text(node) for node in nodes if node.tag in ("h2", "h3"))
    return next((text for text in texts if comparison_key(text) and comparison_key(text) not in names), None)


def _most_alike(headings: Sequence[str], declared: Sequence[str]) -> str | None:
    """Return the heading most like a declared title, the first of equals, or None if none resembles one."""
    wanted = [_trigrams(text) for text in declared]
    best, most = None, 0.0
    for at, heading in enumerate(headings[:_MOST_HEADINGS]):
        grams = _trigrams(heading)
        if latin_length(heading) < _SHORTEST and grams not in wanted:
            continue
        likeness = max((_likeness(grams, other) for other in wanted), default=0.0)
        if likeness > most and likeness >= (_LIKE_LATER if at else _LIKE):
            best, most = heading, likeness
    return best


def _likeness(heading: frozenset[str], declared: frozenset[str]) -> float:
    """Return the share of the shorter title's trigrams in the other; headings of a word or two score low."""
    shorter = max(min(len(heading), len(declared)), len(declared) / 2, 1)
    return len(heading & declared) / shorter


def _trigrams(text: str) -> frozenset[str]:
    said = comparison_key(text)
    return frozenset(said[at : at + 3] for at in range(max(1, len(said) - 2))) if said else frozenset()


def _whole(title: str, others: Sequence[str]) -> str:
    """Return the title or, if it is truncated, the one of ``others`` that completes it."""
    start = comparison_key(title)
    if not title.endswith(_CUT_SHORT) or len(start) <= _SHORTEST:
        return title
    return next(
        (text for text in others if comparison_key(text).startswith(start) and not text.endswith(_CUT_SHORT)), title
    )


def _ends_with(longer: str, shorter: str) -> bool:
    return longer != shorter and len(shorter) > _SHORTEST and comparison_key(longer).endswith(comparison_key(shorter))


def _is_shown(outline: Outline, nodes: Sequence[Node], title: str) -> bool:
    """Return whether a heading of the page is ``title``, or an h1 contains it, for example with a kicker."""
    wanted = comparison_key(title)
    for node in nodes:
        said = comparison_key(outline.text(node))
        if said == wanted or (node.tag == "h1" and wanted in said):
            return True
    return False


def strip_site(title: str, names: Iterable[str], others: Iterable[str]) -> str:
    """Return ``title`` without the site's name and sections at either end; "" if nothing else remains.

    ``names`` are the keys of the site's names. If one of ``others`` equals the part of ``title`` before or after a
    separator, that part is the headline.
    """
    if len(title) > LONGEST_TITLE:  # the time grows with the separators and the text around them
        return title
    names = [name for name in names if name]
    if comparison_key(title) in names:
        return ""
    told = {comparison_key(other) for other in others}
    cuts = list(_SEPARATOR.finditer(title))
    signs = [cut[0].strip() for cut in cuts]
    parts = [title[a:b] for a, b in pairwise((0, *(at for cut in cuts for at in cut.span()), len(title)))][::2]
    for at in range(1, len(parts)):
        head, tail = title[: cuts[at - 1].start()], title[cuts[at - 1].end() :]
        if comparison_key(tail) not in names and (len(tail) > len(head) or signs[at - 1] == _COLON):
            continue
        if _is_name(tail, names) if at == len(parts) - 1 else _is_part_of_name(tail, names):
            return _without_sections(title, at, parts, cuts, told)
    for at in range(len(parts) - 1, 0, -1):
        head, tail = title[: cuts[at - 1].start()], title[cuts[at - 1].end() :]
        if len(head) >= len(tail):
            continue
        if signs[at - 1] == _COLON and cuts[at - 1][0][0] == _COLON:
            if comparison_key(head) in names and comparison_key(title) not in told:
                return tail
        elif all(_is_name(part, names, _MOST_OF_NAME) for part in parts[:at]):
            return tail
    if comparison_key(title) in told:
        return title
    for at in range(1, len(parts)):
        head, tail = title[: cuts[at - 1].start()], title[cuts[at - 1].end() :]
        for part in (head, tail):
            if comparison_key(part) in told and len(part) > _SHORTEST and signs[at - 1] != _COLON:
                return part
        if signs[at - 1] in _BARS and len(tail) <= _LONGEST_NAME and len(head) > 2 * len(tail):
            return head
    return title


def _without_sections(title: str, at: int, parts: Sequence[str], cuts: Sequence[re.Match[str]], told: set[str]) -> str:
    """Return ``title`` before the site's name, ``parts[at]``, without sections separated by the same sign."""
    sign = cuts[at - 1][0].strip()
    while at > 1 and cuts[at - 2][0].strip() == sign:
        part, head = parts[at - 1], title[: cuts[at - 2].start()]
        if (
            comparison_key(title[: cuts[at - 1].start()]) in told
            or len(part) > _LONGEST_NAME
            or len(part.split()) > _LONGEST_SECTION
            or len(head) < 2 * len(part)
        ):
            break
        at -= 1
    return title[: cuts[at - 1].start()]


def _is_name(part: str, names: Iterable[str], least: float = 0.0) -> bool:
    """Return whether ``part`` is a name of the site or contains one that is at least the share ``least`` of it."""
    said = comparison_key(part)
    return _is_part_of_name(part, names) or any(
        len(name) >= max(_TELLING, least * len(said)) and name in said for name in names
    )


def _is_part_of_name(part: str, names: Iterable[str]) -> bool:
    said = comparison_key(part)
    return bool(said) and any(said == name or (len(said) >= _TELLING and said in name) for name in names)
