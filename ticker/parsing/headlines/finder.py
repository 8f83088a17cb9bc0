"""Extraction of timestamped headlines: find lists of times, then the title, link and time of each entry.

`evidence.py` decides whether a list holds headlines or something else, such as comments, a programme or videos.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from ticker.models import PRECISIONS, Headline
from ticker.parsing.headlines.candidates import Candidate, Row
from ticker.parsing.headlines.evidence import Verdict
from ticker.parsing.headlines.links import read_links
from ticker.parsing.headlines.lists import FEWEST_ENTRIES, Entry, find_lists
from ticker.parsing.headlines.moments import read_moments
from ticker.parsing.headlines.timestamps import TimestampNode, date_line_in
from ticker.parsing.headlines.titles import Title, length_of, read_titles
from ticker.parsing.outline import HEADINGS, Node, Outline
from ticker.parsing.vocabulary.blocks import split_words
from ticker.parsing.vocabulary.lists import CLONE_NAMES, HEADING_NAMES
from ticker.text import fold
from ticker.times.finder import find_times
from ticker.urls import canonical

# Maximum number of levels between the entries of a list and the container of its heading.
_HEADING_LEVELS = 5
# Maximum number of siblings between a list and its heading.
_MOST_SIBLINGS = 30
# Longer headings are headlines of articles.
_LONGEST_HEADING = 80
# A linked heading or an h1 longer than this is a headline, not the heading of a list.
_LONGEST_LINKED_HEADING = 55
_SHORTEST_TITLE = 10
_FINENESS = {precision: rank for rank, precision in enumerate(PRECISIONS)}


@dataclass(frozen=True, slots=True)
class HeadlineList:
    """A list on a page: its headlines, the elements of its entries, its heading and its classification.

    ``origin`` is where a list in script data is, or "" for a list that the page shows.
    """

    headlines: tuple[Headline, ...]
    nodes: tuple[Node, ...]
    section: str | None
    verdict: Verdict
    origin: str = ""

    @property
    def rejection_reason(self) -> str | None:
        """Return the strongest reason against the list, or None if it is a list of headlines."""
        return self.verdict.rejection_reason


def find_headline_lists(
    outline: Outline,
    stamps: Sequence[TimestampNode],
    base: str | None,
    fetched_at: datetime,
    zone: tzinfo,
    is_live: bool = False,
) -> tuple[HeadlineList, ...]:
    """Return all lists of timestamped entries in page order, including the rejected ones.

    ``stamps`` are the times on the page and ``base`` is the base URL of its links. Ages and clock times without a date
    are resolved against ``fetched_at`` (aware). ``zone`` is the page's time zone. ``is_live`` is true if the page
    declares itself a live blog.
    """
    found = []
    for entries in find_lists(outline, stamps):
        entries = [entry for entry in entries if CLONE_NAMES.isdisjoint(split_words(entry.node.names))]
        titled = _consistent_entries(zip(entries, read_titles(outline, entries), strict=True))
        if len(titled) >= FEWEST_ENTRIES:
            found.append(_read_list(outline, titled, base, fetched_at, zone, is_live))
    return tuple(sorted(_without_overlaps(found), key=lambda each: each.nodes[0].index))


def _consistent_entries(pairs: Iterable[tuple[Entry, Title | None]]) -> list[tuple[Entry, Title]]:
    """Return the entries that have a headline and are of the same kind as the rest of their list."""
    titled = [(entry, title) for entry, title in pairs if title is not None]
    # A label such as "Recommended" may be in the place of a headline.
    long = [pair for pair in titled if length_of(pair[1].text) >= _SHORTEST_TITLE]
    # Entries that are videos show a duration ("00:13:45") in the place of their time.
    clocked = [pair for pair in long if not pair[0].stamp.has_seconds]
    return clocked if len(clocked) * 2 >= len(long) else long


def _read_list(
    outline: Outline,
    titled: Sequence[tuple[Entry, Title]],
    base: str | None,
    fetched_at: datetime,
    zone: tzinfo,
    is_live: bool,
) -> HeadlineList:
    entries = [entry for entry, _ in titled]
    section = _section(outline, entries)
    times = read_moments(outline, entries, fetched_at, zone)
    titles = [title for _, title in titled]
    links = read_links(outline, entries, titles, base)
    headlines = tuple(
        Headline(
            title=title.text,
            time=time[0] if time else None,
            time_text=entry.stamp.shown,
            url=link.url,
            precision=time[1] if time else "minute",
            section=section,
        )
        for entry, title, link, time in zip(entries, titles, links, times, strict=True)
    )
    rows = [
        Row(outline, entry, title, link, headline)
        for entry, title, link, headline in zip(entries, titles, links, headlines, strict=True)
    ]
    verdict = Verdict(Candidate(rows, section, base, is_live))
    return HeadlineList(headlines, tuple(dict.fromkeys(entry.node for entry in entries)), section, verdict)


def _section(outline: Outline, entries: Sequence[Entry]) -> str | None:
    """Return the heading of a list: the nearest one before it in its container or an ancestor."""
    first = entries[0]
    node = first.node if first.whole else next(iter(first.nodes(outline)), first.node)
    inside = {entry.node for entry in entries if entry.whole}
    for _ in range(_HEADING_LEVELS):
        parent = node.parent
        if parent is None or parent.tag == "body":
            return None
        siblings = outline.children(parent)
        at = siblings.index(node)
        for sibling in reversed(siblings[max(0, at - _MOST_SIBLINGS) : at]):
            if sibling in inside or _is_alike(sibling, first.node):
                continue
            heading = _heading_in(outline, sibling)
            if heading:
                return heading
        node = parent
        label = node.get("aria-label")
        if label and len(label) <= _LONGEST_HEADING:
            return label
    return None


def _is_alike(node: Node, entry: Node) -> bool:
    """Return whether an element has the tag and first class name of an entry, as adverts between entries have."""
    name = (node.get("class") or "").split()[:1]
    return bool(name) and node.tag == entry.tag and name == (entry.get("class") or "").split()[:1]


def _heading_in(outline: Outline, node: Node) -> str | None:
    """Return the text of the last heading in an element before a list, or None."""
    if node.chars == 0 or node.chars > 400:
        return None
    headings = [child for child in outline.below(node) if child.tag in HEADINGS and child.chars]
    if headings:
        text = outline.text(headings[-1])
        is_headline = len(text) > _LONGEST_LINKED_HEADING and _is_of_story(outline, headings[-1])
        return text if len(text) <= _LONGEST_HEADING and not is_headline and date_line_in(text) is None else None
    named = node.chars <= _LONGEST_HEADING and any(
        not HEADING_NAMES.isdisjoint(split_words(child.names)) for child in outline.below(node, 4)
    )
    if named or node.tag in ("legend", "caption", "strong", "b"):
        text = outline.text(node)
        return text if text and not find_times(text) else None
    return None


def _is_of_story(outline: Outline, heading: Node) -> bool:
    """Return whether a heading is an h1 or a link."""
    return heading.tag == "h1" or heading.linked or any(child.tag == "a" for child in outline.children(heading))


def _without_overlaps(found: Iterable[HeadlineList]) -> list[HeadlineList]:
    """Return one list for each set of entries: entries with two times each give two lists with the same titles."""
    kept: list[HeadlineList] = []
    with_title: dict[str, list[HeadlineList]] = {}
    for each in sorted(
        found, key=lambda each: (each.rejection_reason is not None, -len(each.headlines), -_dated(each))
    ):
        titles = {headline.title for headline in each.headlines}
        rivals = {id(other): other for title in titles for other in with_title.get(title, ())}
        if not any(_overlap(each, other, titles) for other in rivals.values()):
            kept.append(each)
            for title in titles:
                with_title.setdefault(title, []).append(each)
    return kept


def _dated(each: HeadlineList) -> int:
    return sum(headline.precision == "exact" for headline in each.headlines)


def _overlap(each: HeadlineList, other: HeadlineList, titles: set[str]) -> bool:
    shared = len(titles & {headline.title for headline in other.headlines})
    return shared * 2 >= len(titles) and any(a.holds(b) or b.holds(a) for a in each.nodes for b in other.nodes[:3])


def deduplicate_headlines(headlines: Iterable[Headline]) -> tuple[Headline, ...]:
    """Deduplicate headlines by URL and title: some pages contain a list twice, for small and wide screens."""
    kept: dict[tuple[str, str], Headline] = {}
    for headline in headlines:
        key = (canonical(headline.url) if headline.url else "", fold(headline.title))
        before = kept.get(key)
        if before is None:
            kept[key] = headline
        elif _FINENESS[headline.precision] < _FINENESS[before.precision] and headline.time is not None:
            # Keep the more precise time, with the first time text unless that is only a date.
            shown = headline.time_text if before.precision == "day" else before.time_text
            kept[key] = replace(before, time=headline.time, precision=headline.precision, time_text=shown)
    return tuple(kept.values())
