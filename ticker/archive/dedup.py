"""Deduplication rules: which of a page's headlines and articles are new to the archive.

``docs/archive-format.md`` states the rules for readers of archives; this module gives the reasons.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, TypeVar

from msgspec.structs import replace

from ticker.archive.codec import replace_surrogates
from ticker.archive.ids import article_id, content_digest, moment_id, story_id
from ticker.archive.records import StoredArticle, StoredHeadline, is_too_late
from ticker.archive.terms import loose
from ticker.models import PRECISIONS, Article, Headline
from ticker.text import clean
from ticker.urls import canonical

_LONGEST_BEGINNING = 80  # letters


class HeadlineKey(NamedTuple):
    """The fields of a stored headline that deduplication compares.

    ``story`` is the canonical URL that identifies it, or None. ``title`` is folded. ``is_bare_clock`` is true if the
    page showed a time of day without a date, and the day was inferred.
    """

    id: str
    story: str | None
    title: str
    time: datetime | None
    precision: str
    is_bare_clock: bool
    seen: datetime
    revises: str | None


class ArticleVersion(NamedTuple):
    """The fields of a stored article that deduplication compares.

    ``key`` is its ``article_key``, ``content`` the digest of its title and body, ``reader`` the parser's revision.
    """

    id: str
    key: str
    content: bytes
    seen: datetime
    revises: str | None
    reader: int | None


Key = tuple[Literal["title", "address", "article"], str]
"""What a stored line is looked up by, within a source: a folded title, a canonical URL, an ``article_key``."""


@dataclass(frozen=True, slots=True)
class Known:
    """The stored lines of a source that a page must be compared with, each id once.

    Headlines are given by folded title and by the canonical URL that identifies them, articles by ``article_key``.
    """

    titles: Mapping[str, Sequence[HeadlineKey]]
    stories: Mapping[str, Sequence[HeadlineKey]]
    versions: Mapping[str, Sequence[ArticleVersion]]


def known_of(headlines: Iterable[StoredHeadline], articles: Iterable[StoredArticle]) -> Known:
    """Return the stored lines by what they are compared by."""
    titles: defaultdict[str, dict[str, HeadlineKey]] = defaultdict(dict)
    stories: defaultdict[str, dict[str, HeadlineKey]] = defaultdict(dict)
    for headline in headlines:
        key = headline_key(headline)
        titles[key.title][key.id] = key
        if key.story is not None:
            stories[key.story][key.id] = key
    versions: defaultdict[str, dict[str, ArticleVersion]] = defaultdict(dict)
    for version in map(version_of, articles):
        versions[version.key][version.id] = version
    return Known(_by_key(titles), _by_key(stories), _by_key(versions))


def headline_keys(title: str, url: str | None) -> Iterator[Key]:
    """Yield the keys of a stored headline, or of one on a page."""
    yield "title", title_key(replace_surrogates(title))
    if url is not None:
        yield "address", canonical(replace_surrogates(url))


def article_keys(line: StoredArticle) -> Iterator[Key]:
    """Yield the key of a stored article."""
    yield "article", article_key(line.url, line.title)


def key_of_article(article: Article, page: str | None) -> Key:
    """Return the key of the stored versions of the ``article`` of a page."""
    return "article", article_key(_article_address(article.url, page), _article_title(article))


def new_headlines(
    source: str, page: str | None, headlines: Sequence[Headline], seen: datetime, known: Known
) -> list[StoredHeadline]:
    """Return the lines to store for the new ``headlines`` of one page, in the page's order."""
    shared = _shared_addresses(headlines)
    drafts = [
        (place, _stored(source, page, headline, seen, shared))
        for place, headline in enumerate(headlines)
        if clean(headline.title)
    ]
    # A page often holds a list twice, for small and wide screens: prefer the more detailed entry.
    drafts.sort(key=lambda draft: _vagueness(draft[1]))
    here: defaultdict[str, list[HeadlineKey]] = defaultdict(list)
    new: dict[int, StoredHeadline] = {}
    for place, line in drafts:
        fresh = headline_key(line)
        alike = (*known.titles.get(fresh.title, ()), *here[fresh.title])
        if any(is_same_headline(fresh, old) for old in alike):
            continue
        titles = known.stories.get(fresh.story, ()) if fresh.story is not None else ()
        line = replace(line, revises=_latest(titles).id) if titles else line
        here[fresh.title].append(fresh)
        new[place] = line
    return [line for _, line in sorted(new.items())]


def new_article(
    source: str, page: str | None, article: Article, seen: datetime, known: Known, reader: int | None = None
) -> StoredArticle | None:
    """Return the line to store for the ``article`` of a page; None if it is empty or not new.

    A text that equals the latest version is not new. An earlier text that returns is stored again, but only once.
    Otherwise a page that alternates between two texts, as in an A/B test, would add a line at every visit. The first
    words of the body replace a missing title. ``reader`` is the revision of the parser that read the page.
    """
    body = replace_surrogates(article.body)
    title = _article_title(article)
    if not title:
        return None
    address = _article_address(article.url, page)
    key = article_key(address, title)
    versions = known.versions.get(key, ())
    latest = _latest(versions) if versions else None
    content = content_digest(title, body)
    times_there = sum(version.content == content for version in versions)
    if latest and (latest.content == content or times_there > 1):
        return None
    revises = latest.id if latest else None
    published, modified = _stored_time(article.published, seen), _stored_time(article.modified, seen)
    return StoredArticle(
        time=published or to_second(seen),
        source=source,
        title=title,
        url=address,
        id=article_id(source, key, title, body, revises if times_there else None),
        seen=to_second(seen),
        page=_sound(page),
        published=published,
        modified=modified,
        authors=tuple(map(replace_surrogates, article.authors)),
        language=_sound(article.language),
        description=_sound(article.description),
        site=_sound(article.site),
        revises=revises,
        reader=reader,
        body=body,
    )


def was_reread(article: StoredArticle, known: Known) -> bool:
    """Return whether another revision of the parser read the version that a new article revises."""
    versions = known.versions.get(article_key(article.url, article.title), ())
    return any(version.id == article.revises and version.reader != article.reader for version in versions)


def is_same_headline(one: HeadlineKey, other: HeadlineKey) -> bool:
    """Return whether two sightings of one title in one source are the same headline."""
    with_address = (one.story is not None) + (other.story is not None)
    if with_address == 2 and one.story == other.story:
        return True
    apart = abs((one.time or one.seen) - (other.time or other.seen))
    vague = one.time is None or other.time is None or "day" in (one.precision, other.precision)
    if with_address == 2:
        # Some URLs change at every visit (a session, the list that was clicked); the headline is the same.
        return not vague and apart <= _SAME_MINUTE
    if with_address == 0:
        if one.time is None or other.time is None:
            return True  # an entry without a time is the same for as long as it stays on its page
        if (one.is_bare_clock or other.is_bare_clock) and _clocks_apart(one.time, other.time) <= _SAME_MINUTE:
            return True  # a page fetched again the next day, its "17:10" resolved to another day
    if vague:
        return apart <= _WITHIN_DAYS
    return apart <= (_BOTH_EXACT if one.precision == other.precision == "exact" else _OTHERWISE)


def headline_key(line: StoredHeadline) -> HeadlineKey:
    """Return the sighting of a stored headline."""
    # The id shows which rule applied: a headline whose URL the page shared with other titles has the id of its time.
    by_address = line.url is not None and line.id != moment_id(line.source, line.title, line.time)
    return HeadlineKey(
        id=line.id,
        story=canonical(line.url) if line.url is not None and by_address else None,
        title=title_key(line.title),
        time=line.time,
        precision=line.precision,
        is_bare_clock=line.precision in ("minute", "hour") and _BARE_CLOCK.fullmatch(line.time_text) is not None,
        seen=line.seen,
        revises=line.revises,
    )


def version_of(line: StoredArticle) -> ArticleVersion:
    """Return the version of a stored article."""
    content = content_digest(line.title, line.body)
    return ArticleVersion(line.id, article_key(line.url, line.title), content, line.seen, line.revises, line.reader)


def title_key(title: str) -> str:
    """Fold a title: titles that differ only in case, accents and white space become equal."""
    tidy = clean(title)
    return loose(tidy) or tidy


def article_key(url: str | None, title: str) -> str:
    """Return the key that all versions of an article share: its canonical URL, else its folded title."""
    return canonical(url) if url else title_key(title)


def to_second(time: datetime) -> datetime:
    """Return ``time`` as it is stored: to the second, with a fixed UTC offset as its zone."""
    return datetime.fromisoformat(time.replace(microsecond=0).isoformat())


def _stored_time(time: datetime | None, seen: datetime) -> datetime | None:
    """Return a page's time as it is stored; None if it is too far after ``seen``."""
    return None if time is None or is_too_late(time, seen) else to_second(time)


_SAME_MINUTE = timedelta(minutes=5)  # clocks are rounded, and so are ages such as "2 hours ago"
_BOTH_EXACT = timedelta(hours=1)  # allows a corrected time; a title that returns later is a new headline
_WITHIN_DAYS = timedelta(hours=36)  # "2 days ago" holds for a day, and a date alone may mean any hour of it
_OTHERWISE = timedelta(hours=12)
_DAY = timedelta(days=1)
_FRONT_PAGE = re.compile(r"[^/]*//[^/?#]*/?")
# A clock, possibly with words ("17h10", "Yesterday 21:37", "5:10 pm"), but without the digits of a date.
_BARE_CLOCK = re.compile(
    r"\D*\d{1,2}\s?(?:[:.٫時时點点시h]\s?\d{2}(?:\s?[:.m分분]\s?\d{2})?|[ap]\.?\s?m\b)\D*", re.IGNORECASE
)


def _clocks_apart(one: datetime, other: datetime) -> timedelta:
    """Return the distance between two local times of day, across midnight if that is shorter."""
    apart = abs(timedelta(hours=one.hour - other.hour, minutes=one.minute - other.minute))
    return min(apart, _DAY - apart)


def _shared_addresses(headlines: Iterable[Headline]) -> set[str]:
    """Return the canonical URLs that a page links several titles to; these URLs identify none of them."""
    titles = defaultdict(set)
    for headline in headlines:
        if headline.url:
            titles[canonical(headline.url)].add(title_key(headline.title))
    return {address for address, found in titles.items() if len(found) > 1}


def _stored(source: str, page: str | None, headline: Headline, seen: datetime, shared: set[str]) -> StoredHeadline:
    title, url = replace_surrogates(headline.title), _sound(headline.url)
    time = _stored_time(headline.time, seen)
    by_address = url is not None and canonical(url) not in shared
    return StoredHeadline(
        time=time,
        source=source,
        title=title,
        url=url,
        id=story_id(source, url, title) if url is not None and by_address else moment_id(source, title, time),
        seen=to_second(seen),
        page=_sound(page),
        time_text=replace_surrogates(headline.time_text),
        precision=headline.precision,
        section=_sound(headline.section),
    )


def _vagueness(line: StoredHeadline) -> tuple[bool, bool, int]:
    return headline_key(line).story is None, line.time is None, PRECISIONS.index(line.precision)


def _beginning(body: str) -> str:
    """Return the first words of a text, to replace a missing title."""
    words = clean(body[: 10 * _LONGEST_BEGINNING])
    if len(words) <= _LONGEST_BEGINNING:
        return words
    whole = words[:_LONGEST_BEGINNING].rpartition(" ")[0]  # empty in scripts without spaces
    return f"{whole or words[:_LONGEST_BEGINNING]}…"


def _article_title(article: Article) -> str:
    return replace_surrogates(article.title) if clean(article.title) else _beginning(replace_surrogates(article.body))


def _article_address(url: str | None, page: str | None) -> str | None:
    # Some sites name their front page as the canonical URL of every article.
    if url and page and _FRONT_PAGE.fullmatch(url) and not _FRONT_PAGE.fullmatch(page):
        url = page
    return _sound(url or page)


_Chained = TypeVar("_Chained", HeadlineKey, ArticleVersion)


def _by_key(found: Mapping[str, dict[str, _Chained]]) -> dict[str, tuple[_Chained, ...]]:
    return {key: tuple(lines.values()) for key, lines in found.items()}


def _latest(lines: Sequence[_Chained]) -> _Chained:
    """Return the line that no other revises; of several, as in merged archives, the one seen last.

    ``seen`` alone does not decide, since the clock may have been wrong for one of the lines.
    """
    revised = {line.revises for line in lines}
    ends = [line for line in lines if line.id not in revised] or lines
    return sorted(ends, key=lambda line: line.seen)[-1]


def _sound(text: str | None) -> str | None:
    return replace_surrogates(text) if text else None
