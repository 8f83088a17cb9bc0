"""Classification of lists in script data, by the evidence for lists on pages.

Each list is laid out as the smallest page that shows it: a heading with a link, a time and a text for each entry. The
names of fields become class names. Further evidence comes from the names of fields and from what orders the list.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from statistics import median
from urllib.parse import urldefrag, urljoin, urlsplit

from ticker.models import PRECISIONS, Headline
from ticker.parsing.headlines.candidates import Candidate, Row
from ticker.parsing.headlines.evidence import DECISIVE, Evidence, Verdict
from ticker.parsing.headlines.finder import HeadlineList
from ticker.parsing.headlines.links import Link, segments_of
from ticker.parsing.headlines.lists import FEWEST_ENTRIES, Entry
from ticker.parsing.headlines.moments import in_zone
from ticker.parsing.headlines.script_data import DataItem, find_item_lists, plain_text
from ticker.parsing.headlines.timestamps import Moment, TimestampNode
from ticker.parsing.headlines.titles import Title
from ticker.parsing.outline import Outline, build_outline, parse_tree
from ticker.parsing.scripts import read_values
from ticker.parsing.vocabulary import data as names
from ticker.parsing.vocabulary.blocks import COMMENT_WORDS, split_words
from ticker.parsing.vocabulary.lists import HOMES, JOBS, PRODUCTS
from ticker.text import fold
from ticker.times.machine import read_machine_time
from ticker.times.resolve import LARGEST_ZONE_GAP
from ticker.urls import absolute, canonical

# Maximum median age of a list of news.
_NEWS_AGE = timedelta(days=400)
# A list is described by this many of the fields that lead to it.
_FIELDS = 3
_LONGEST_SENTENCE = 200
# A field, a kind or a time at which less of the entries are is not the list's.
_MOST = 0.5
_MIDNIGHTS = 0.8
# Base URL to distinguish links from other text if the URL of the page is unknown.
_ANY_PAGE = "https://page.invalid/"
_SENTENCE = re.compile(r".{20,}?[.!?…](?=\s|$)|.{10,}?[。！？।۔]")
_FIELD_NAME = re.compile(r"[A-Za-z@$_#][\w@$ -]{0,40}")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|mp[34]|m3u8|pdf|webm|xml|json)$", re.I)
_COMMENTS = COMMENT_WORDS - {"opinie", "commentary"}  # also opinion pieces
_OFFERS = PRODUCTS.names | JOBS.names | HOMES.names
_ARTICLES = frozenset("article articles news story post blogposting newsarticle".split())
_FINENESS = {precision: rank for rank, precision in enumerate(PRECISIONS)}
# How far the exact time of a headline may be from the time that the page shows.
_TOLERANCE = {"minute": timedelta(hours=1), "hour": timedelta(hours=2), "day": timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class _DataEntry:
    """An item with its title, time and link resolved; ``href`` is as in the data if the page's URL is unknown."""

    item: DataItem
    title: str
    moment: Moment
    href: str


def find_data_lists(
    source: bytes, outline: Outline, base: str | None, fetched_at: datetime, zone: tzinfo
) -> tuple[HeadlineList, ...]:
    """Return the lists of timestamped entries in the scripts of a page, including the rejected ones.

    ``source`` is the page in UTF-8 and ``outline`` its outline; the links on it give slugs their URLs. ``base`` is the
    base URL of the page's links. Times without an offset are in ``zone``. Times are compared with ``fetched_at``.
    """
    found: list[HeadlineList] = []
    known: set[frozenset[tuple[str | None, str]]] = set()
    resolver = _Resolver(outline, base)
    for script in read_values(source):
        listed: set[int] = set()
        for items in find_item_lists(script.value):
            entries = _read_entries(items, resolver, zone)
            key = frozenset((entry.href, entry.title) for entry in entries)
            if len(key) < FEWEST_ENTRIES or key in known:
                continue
            known.add(key)
            origin = plain_text(f"{script.origin} {'.'.join(map(_shortened, items[0].path))}")
            is_within = entries[0].item.parent in listed
            found.append(_judged(entries, origin, base, fetched_at, zone, is_within))
            if not found[-1].rejection_reason:
                listed.update(item.number for item in items)
    return tuple(found)


class _Resolver:
    """Resolution of the links in data: URLs, paths, and slugs, which the links on the page complete."""

    def __init__(self, outline: Outline, base: str | None) -> None:
        self._outline = outline
        self._base = base or _ANY_PAGE
        self._known: dict[str, str] | None = None

    def href(self, links: Iterable[str], is_post: bool) -> str:
        """Return the first of ``links`` that leads to a web page, absolute, or "" if there is none."""
        return next((url for link in links if (url := self._resolve(link, is_post))), "")

    def _resolve(self, link: str, is_post: bool) -> str:
        if link.startswith("#"):
            return urljoin(self._base, link) if is_post else ""
        if " " in link:
            return ""
        if "/" in link.removesuffix("/"):
            known = "" if link.startswith(("/", "http")) else self._on_page(link)
            url = known or absolute(link if "://" in link or link.startswith("/") else f"/{link}", self._base) or ""
        else:
            url = self._on_page(link)
        parts = urlsplit(url)
        is_home = parts.path in ("", "/") and not parts.query
        return "" if is_home or _FILE.search(parts.path) else url

    def _on_page(self, slug: str) -> str:
        """Return the link on the page that ends with a slug, or ""."""
        if self._known is None:
            self._known = {}
            for node in self._outline.nodes:
                if node.is_link and (url := absolute(node.get("href"), self._base)):
                    self._known.setdefault(_last_segment(url), url)
        url = self._known.get(_last_segment(slug), "")
        return url if url.rstrip("/").removesuffix(".html").endswith(slug.strip("/").removesuffix(".html")) else ""


def _last_segment(url: str) -> str:
    return urldefrag(url)[0].partition("?")[0].rstrip("/").rpartition("/")[2].removesuffix(".html")


def _read_entries(items: Sequence[DataItem], resolver: _Resolver, zone: tzinfo) -> list[_DataEntry]:
    """Return the items with a readable time and, unless they are posts of a live blog, a link of their own."""
    entries: dict[tuple[str, str], _DataEntry] = {}
    for item in items:
        moment = read_machine_time(item.time, UTC if item.is_utc else zone)
        href = resolver.href(item.links, item.is_post)
        title = item.title or _first_sentence(item.text)
        if moment is None or not title or not (href or item.is_post):
            continue
        entries.setdefault((canonical(href), "" if not item.is_post else title), _DataEntry(item, title, moment, href))
    found = list(entries.values())
    # Programs write a date alone as midnight.
    dates = [replace(e, moment=(e.moment[0], "day")) if _is_midnight(e.moment[0], zone) else e for e in found]
    if sum(entry.moment[1] == "day" for entry in dates) >= _MIDNIGHTS * len(found):
        found = dates
    if all(entry.item.is_post for entry in found):  # some sites list the posts of a live blog oldest first
        found.sort(key=lambda entry: entry.moment[0], reverse=True)
    return found


def _is_midnight(moment: datetime, zone: tzinfo) -> bool:
    return any((at.hour, at.minute, at.second) == (0, 0, 0) for at in (moment, moment.astimezone(zone)))


def _first_sentence(text: str) -> str:
    """Return the first sentence of a text, without its full stop."""
    found = _SENTENCE.match(text)
    sentence = found[0] if found else text
    if len(sentence) > _LONGEST_SENTENCE:
        return sentence[:_LONGEST_SENTENCE].rsplit(" ", 1)[0] + " …"
    return sentence.rstrip(".。")


def _judged(
    entries: Sequence[_DataEntry], origin: str, base: str | None, fetched_at: datetime, zone: tzinfo, is_within: bool
) -> HeadlineList:
    """Lay out a list as a page shows it, and classify it."""
    first = entries[0].item
    path = _named_fields(first.path)
    outline = build_outline(parse_tree(_layout(entries, path).encode()))
    nodes = [node for node in outline.nodes if node.tag == "article"]
    latest = fetched_at + LARGEST_ZONE_GAP
    rows = []
    for entry, node in zip(entries, nodes, strict=True):
        heading, time = outline.children(node)[:2]
        link = next((child for child in outline.children(heading) if child.is_link), None)
        moment = entry.moment
        headline = Headline(
            title=entry.title,
            time=in_zone(moment[0], zone) if moment[0] <= latest else None,
            time_text=entry.item.time,
            url=None if entry.href.startswith(_ANY_PAGE) else entry.href or None,
            precision=moment[1],
            section=entry.item.section,
        )
        stamp = TimestampNode(time, entry.item.time, None, moment, "", -1)
        rows.append(
            Row(
                outline,
                Entry(stamp, node, node.first, node.last, whole=True),
                Title(entry.title, heading),
                Link(headline.url, link is not None, link),
                headline,
            )
        )
    candidate = Candidate(rows, first.section, base, is_live=first.is_post)
    further = [*_named_evidence(entries, path, fetched_at), *([_WITHIN] if is_within else [])]
    verdict = Verdict(candidate, further)
    # Entries with a time in the future are not published yet.
    headlines = tuple(row.headline for row in rows if row.headline.time is not None)
    return HeadlineList(headlines, tuple(nodes), first.section, verdict, origin)


def _layout(entries: Iterable[_DataEntry], path: Iterable[str]) -> str:
    """Return the HTML of a list, with names of fields as class names."""
    written = [f'<section class="{_classes(path)}">']
    for entry in entries:
        title = html.escape(entry.title)
        linked = f'<a href="{html.escape(entry.href)}">{title}</a>' if entry.href else title
        text = entry.item.text if entry.item.is_post else ""
        written.append(
            f'<article class="{_classes(entry.item.kinds)}"><h3>{linked}</h3>'
            f"<time>{entry.moment[0]:%Y-%m-%d %H:%M}</time><p>{html.escape(text)}</p></article>"
        )
    return "".join([*written, "</section>"])


def _classes(fields: Iterable[str]) -> str:
    return html.escape(" ".join(sorted(field for field in fields if _FIELD_NAME.fullmatch(field))))


def _named_fields(path: Sequence[str]) -> list[str]:
    """Return the last fields that name a list, without those that any list is in."""
    fields = [field for field in path if field.isprintable() and not field.startswith(("*", "{", "["))]
    return [field for field in fields if names.flat_name(field) not in names.CONTAINERS][-_FIELDS:]


def _shortened(field: str) -> str:
    return field if len(field) <= 40 else f"{field[:39]}…"


def _named_evidence(entries: Sequence[_DataEntry], path: Sequence[str], fetched_at: datetime) -> Iterable[Evidence]:
    """Yield the evidence in the names of a list's fields and in its times."""
    around = frozenset(word for field in path for word in _words_of(field))
    near = frozenset(word for field in path[-2:] for word in _words_of(field))
    heading = fold(entries[0].item.section or "")
    share = _Share(entries)
    measures: Sequence[tuple[str, bool]] = (
        ("ordered by popularity", names.is_popular(f"{heading} {' '.join(path)}")),
        ("related to an article", not names.RELATED.isdisjoint(around.union(heading.split()))),
        ("fields of comments", not _COMMENTS.isdisjoint(near) or share.has_fields(names.POST_FIELDS)),
        ("videos, audio or images", not names.MEDIA.isdisjoint(near) or share.are_of(names.MEDIA)),
        ("fields of videos or audio", share.has_fields(names.MEDIA_FIELDS)),
        ("parts of pages", not names.PARTS_OF_PAGES.isdisjoint(near) or share.are_of(names.PARTS_OF_PAGES)),
        ("offers of products, work or homes", not _OFFERS.isdisjoint(near)),
        ("fields of products", share.has_fields(names.PRODUCT_FIELDS)),
        ("fields of events", share.has_fields(names.EVENT_FIELDS)),
        ("fields of job offers", share.has_fields(names.JOB_FIELDS)),
        ("fields of market quotes or weather", share.has_fields(names.QUOTE_FIELDS)),
        ("most entries older than a year", _median_age(entries, fetched_at) > _NEWS_AGE),
    )
    return (Evidence(reason, DECISIVE, _certain) for reason, is_so in measures if is_so)


def _certain(_: Candidate) -> float:
    return 1.0


_WITHIN = Evidence("within the entries of another list", DECISIVE, _certain)


def _words_of(field: str) -> frozenset[str]:
    return split_words(field) | {field.lower()}


def _median_age(entries: Iterable[_DataEntry], fetched_at: datetime) -> timedelta:
    return timedelta(seconds=median((fetched_at - entry.moment[0]).total_seconds() for entry in entries))


@dataclass(frozen=True, slots=True)
class _Share:
    """Tests for what most entries of a list have."""

    entries: Sequence[_DataEntry]

    def has_fields(self, fields: frozenset[str]) -> bool:
        return self._most(lambda entry: not fields.isdisjoint(entry.item.fields))

    def are_of(self, words: frozenset[str]) -> bool:
        """Return whether most entries have one of ``words`` as their kind or in their URL."""

        def is_of(entry: _DataEntry) -> bool:
            kinds = entry.item.kinds
            is_kind = not words.isdisjoint(kinds) and _ARTICLES.isdisjoint(kinds)
            return is_kind or not words.isdisjoint(_places(entry.href))

        return self._most(is_of)

    def _most(self, test: Callable[[_DataEntry], bool]) -> bool:
        return sum(map(test, self.entries)) > _MOST * len(self.entries)


def _places(url: str) -> Sequence[str]:
    """Return the first label of a URL's host and the parts of its path without the last, which names the page."""
    parts = urlsplit(url)
    return [parts.netloc.partition(".")[0], *segments_of(parts.path.rpartition("/")[0])]


def merge_headlines(shown: Sequence[Headline], data: Sequence[Headline]) -> tuple[Headline, ...]:
    """Return the headlines that a page shows, with the exact times of the same headlines in data, and then the others.

    Two headlines are the same if title and URL are, or one of these where the other is missing or differs in wording.
    """
    by_title = {fold(headline.title): headline for headline in data}
    counts = [Counter(canonical(each.url) for each in headlines if each.url) for headlines in (shown, data)]
    # Posts of a live blog may share a URL.
    by_url = {
        url: each for each in data if each.url and all(count[url := canonical(each.url)] <= 1 for count in counts)
    }
    merged: list[Headline] = []
    used: set[int] = set()
    for headline in shown:
        same = by_title.get(fold(headline.title)) or by_url.get(canonical(headline.url) if headline.url else "")
        if same is not None:
            used.add(id(same))
            headline = _with_better_time(headline, same)
        merged.append(headline)
    return (*merged, *(headline for headline in data if id(headline) not in used))


def _with_better_time(headline: Headline, other: Headline) -> Headline:
    if other.time is None or headline.precision == "exact":
        return headline
    if headline.time is None:
        return replace(headline, time=other.time, precision=other.precision)
    is_finer = _FINENESS[other.precision] < _FINENESS[headline.precision]
    is_near = abs(other.time - headline.time) <= _TOLERANCE[headline.precision]
    return replace(headline, time=other.time, precision=other.precision) if is_finer and is_near else headline
