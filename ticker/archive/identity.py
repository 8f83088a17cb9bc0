"""What is new: which of a page's headlines and articles the archive does not hold yet. Pure.

``docs/archive-format.md`` gives the rules as a reader of archives needs them; the reasons stand here.

What the archive holds is asked of a ``Lookup``, three questions in all, so that whatever can answer them (the
files read through, an index) will do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol, TypeVar

from ticker.addresses import canonical
from ticker.archive.folding import loose
from ticker.archive.ids import article_id, content_digest, moment_id, story_id
from ticker.archive.lines import StoredArticle, StoredHeadline, is_too_late, sound
from ticker.precision import PRECISIONS
from ticker.records import Article, Headline
from ticker.text import clean

_LONGEST_BEGINNING = 80  # letters


class Sighting(NamedTuple):
    """What identity needs of a stored headline.

    ``story`` is the canonical address that identifies it, or None where none does. ``title`` is folded.
    ``is_bare_clock`` says that its page gave a clock without a date, so that its day was inferred.
    """

    id: str
    story: str | None
    title: str
    time: datetime | None
    precision: str
    is_bare_clock: bool
    seen: datetime
    revises: str | None


class Version(NamedTuple):
    """What identity needs of a stored article.

    ``key`` is its ``article_key``, ``content`` the digest of its title and body, ``reader`` the parser's revision.
    """

    id: str
    key: str
    content: bytes
    seen: datetime
    revises: str | None
    reader: int | None


class Lookup(Protocol):
    """What is known of a source."""

    def story(self, source: str, address: str) -> Sequence[Sighting]:
        """The headlines that the canonical ``address`` identifies."""

    def titled(self, source: str, title: str) -> Sequence[Sighting]:
        """The headlines with the folded ``title``, whatever identifies them."""

    def versions(self, source: str, key: str) -> Sequence[Version]:
        """The versions of the article with this ``article_key``."""


def new_headlines(
    source: str, page: str | None, headlines: Sequence[Headline], seen: datetime, known: Lookup
) -> list[StoredHeadline]:
    """The lines to store for the ``headlines`` of one page, in their order there; none for what is known."""
    shared = _shared_addresses(headlines)
    drafts = [
        (place, _stored(source, page, headline, seen, shared))
        for place, headline in enumerate(headlines)
        if clean(headline.title)
    ]
    # A page often holds a list twice, for small and wide screens: what tells more of a headline comes first.
    drafts.sort(key=lambda draft: _vagueness(draft[1]))
    here: defaultdict[str, list[Sighting]] = defaultdict(list)
    new: dict[int, StoredHeadline] = {}
    for place, line in drafts:
        fresh = sighting_of(line)
        alike = (*known.titled(source, fresh.title), *here[fresh.title])
        if any(is_same_headline(fresh, old) for old in alike):
            continue
        titles = known.story(source, fresh.story) if fresh.story is not None else ()
        line = replace(line, revises=_latest(titles).id) if titles else line
        here[fresh.title].append(fresh)
        new[place] = line
    return [line for _, line in sorted(new.items())]


def has_new_headline(
    source: str, page: str | None, headlines: Sequence[Headline], seen: datetime, known: Lookup
) -> bool:
    """Whether ``new_headlines`` gives any: known at the first that is new, and titles are all that is asked."""
    shared = _shared_addresses(headlines)
    for headline in headlines:
        if clean(headline.title):
            fresh = sighting_of(_stored(source, page, headline, seen, shared))
            if not any(is_same_headline(fresh, old) for old in known.titled(source, fresh.title)):
                return True
    return False


def new_article(
    source: str, page: str | None, article: Article, seen: datetime, known: Lookup, reader: int | None = None
) -> StoredArticle | None:
    """The line to store for the ``article`` of a page, or None where its latest version says the same.

    Words that stood there before and come back are news, once: a page that goes back and forth between two
    texts, as under test by its editors, would otherwise add a line at every visit. An article without a title is known
    by how its text begins; one without either is none. ``reader`` is the revision of the parser that read it.
    """
    body = sound(article.body)
    title = sound(article.title) if clean(article.title) else _beginning(body)
    if not title:
        return None
    address = _article_address(article.url, page)
    key = article_key(address, title)
    versions = known.versions(source, key)
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
        authors=tuple(map(sound, article.authors)),
        language=_sound(article.language),
        description=_sound(article.description),
        site=_sound(article.site),
        revises=revises,
        reader=reader,
        body=body,
    )


def was_reread(article: StoredArticle, known: Lookup) -> bool:
    """Return whether another revision of the parser read the version that a new article revises."""
    versions = known.versions(article.source, article_key(article.url, article.title))
    return any(version.id == article.revises and version.reader != article.reader for version in versions)


def is_same_headline(one: Sighting, other: Sighting) -> bool:
    """Whether two sightings of one title in one source are the same headline."""
    with_address = (one.story is not None) + (other.story is not None)
    if with_address == 2 and one.story == other.story:
        return True
    apart = abs((one.time or one.seen) - (other.time or other.seen))
    vague = one.time is None or other.time is None or "day" in (one.precision, other.precision)
    if with_address == 2:
        # Addresses that change at every visit (a session, the list that was clicked) must not make it new each time.
        return not vague and apart <= _SAME_MINUTE
    if with_address == 0:
        if one.time is None or other.time is None:
            return True  # the entry stands on its page for as long as it stands there
        if (one.is_bare_clock or other.is_bare_clock) and _clocks_apart(one.time, other.time) <= _SAME_MINUTE:
            return True  # a page fetched again the next day, its "17:10" resolved to another day
    if vague:
        return apart <= _WITHIN_DAYS
    return apart <= (_BOTH_EXACT if one.precision == other.precision == "exact" else _OTHERWISE)


def sighting_of(line: StoredHeadline) -> Sighting:
    """What identity needs of a stored headline."""
    # The id tells what identified it: one that its page linked to where it linked others to was named by its time.
    by_address = line.url is not None and line.id != moment_id(line.source, line.title, line.time)
    return Sighting(
        id=line.id,
        story=canonical(line.url) if line.url is not None and by_address else None,
        title=title_key(line.title),
        time=line.time,
        precision=line.precision,
        is_bare_clock=line.precision in ("minute", "hour") and _BARE_CLOCK.fullmatch(line.time_text) is not None,
        seen=line.seen,
        revises=line.revises,
    )


def version_of(line: StoredArticle) -> Version:
    """What identity needs of a stored article."""
    content = content_digest(line.title, line.body)
    return Version(line.id, article_key(line.url, line.title), content, line.seen, line.revises, line.reader)


def title_key(title: str) -> str:
    """What titles that differ in case, accents and white space alone have in common."""
    tidy = clean(title)
    return loose(tidy) or tidy


def article_key(url: str | None, title: str) -> str:
    """What the versions of an article have in common: the canonical address, or the title where there is none."""
    return canonical(url) if url else title_key(title)


def to_second(time: datetime) -> datetime:
    """``time`` as it is stored: to the second, its zone as the offset alone."""
    return datetime.fromisoformat(time.replace(microsecond=0).isoformat())


def _stored_time(time: datetime | None, seen: datetime) -> datetime | None:
    """Return a page's time as it is stored; None for one that lies too far ahead of when the page was seen."""
    return None if time is None or is_too_late(time, seen) else to_second(time)


_SAME_MINUTE = timedelta(minutes=5)  # clocks are rounded, and pages made at different minutes of an age
_BOTH_EXACT = timedelta(hours=1)  # a correction of the time; a title that returns later is news again
_WITHIN_DAYS = timedelta(hours=36)  # "2 days ago" holds for a day, and a date alone may mean any hour of it
_OTHERWISE = timedelta(hours=12)
_DAY = timedelta(days=1)
_FRONT_PAGE = re.compile(r"[^/]*//[^/?#]*/?")
# A clock alone, with words about it at most ("17h10", "Yesterday 21:37", "5:10 pm"): no number of a date.
_BARE_CLOCK = re.compile(
    r"\D*\d{1,2}\s?(?:[:.٫時时點点시h]\s?\d{2}(?:\s?[:.m分분]\s?\d{2})?|[ap]\.?\s?m\b)\D*", re.IGNORECASE
)


def _clocks_apart(one: datetime, other: datetime) -> timedelta:
    """How far apart two times of day are, as written, the shorter way round."""
    apart = abs(timedelta(hours=one.hour - other.hour, minutes=one.minute - other.minute))
    return min(apart, _DAY - apart)


def _shared_addresses(headlines: Iterable[Headline]) -> set[str]:
    """The canonical addresses that a page links several titles to, which identify none of them."""
    titles = defaultdict(set)
    for headline in headlines:
        if headline.url:
            titles[canonical(headline.url)].add(title_key(headline.title))
    return {address for address, found in titles.items() if len(found) > 1}


def _stored(source: str, page: str | None, headline: Headline, seen: datetime, shared: set[str]) -> StoredHeadline:
    title, url = sound(headline.title), _sound(headline.url)
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
        time_text=sound(headline.time_text),
        precision=headline.precision,
        section=_sound(headline.section),
    )


def _vagueness(line: StoredHeadline) -> tuple[bool, bool, int]:
    return sighting_of(line).story is None, line.time is None, PRECISIONS.index(line.precision)


def _beginning(body: str) -> str:
    """The first words of a text, for a title."""
    words = clean(body[: 10 * _LONGEST_BEGINNING])
    if len(words) <= _LONGEST_BEGINNING:
        return words
    whole = words[:_LONGEST_BEGINNING].rpartition(" ")[0]  # scripts without blanks have none
    return f"{whole or words[:_LONGEST_BEGINNING]}…"


def _article_address(url: str | None, page: str | None) -> str | None:
    # Some sites name their front page as the canonical address of every article.
    if url and page and _FRONT_PAGE.fullmatch(url) and not _FRONT_PAGE.fullmatch(page):
        url = page
    return _sound(url or page)


_Chained = TypeVar("_Chained", Sighting, Version)


def _latest(lines: Sequence[_Chained]) -> _Chained:
    """The line that no other revises; of several (merged archives) the one seen last.

    Not simply the one seen last, since the machine's clock may have been wrong for one of them.
    """
    revised = {line.revises for line in lines}
    ends = [line for line in lines if line.id not in revised] or lines
    return sorted(ends, key=lambda line: line.seen)[-1]


def _sound(text: str | None) -> str | None:
    return sound(text) if text else None
