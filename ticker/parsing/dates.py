"""When an article was published and changed, from the many places in which a page says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from ticker.parsing import jsonld
from ticker.parsing.list_words import TIME_NAMES
from ticker.parsing.metatags import MetaTags
from ticker.parsing.outline import Node, Outline
from ticker.parsing.words import words_of

# Names of meta tags as `metatags` spells them, the most trusted first.
_PUBLISHED = tuple(
    "article:publishedtime article:published:time og:article:publishedtime article:published og:publishedtime "
    "parselypubdate cxenseparse:recs:publishtime cxenseparse:publishtime datepublished dateavailable dcdateissued "
    "dctermsissued dcdatepublished dctermscreated dcdatecreated publishedat publisheddate publishdate "
    "publicationdate pubdate originalpublicationdate sailthrudate datecreated dcdate date publishedtime "
    "articledatepublished articlepublicationdate timestamp".split()
)
_MODIFIED = tuple(
    "article:modifiedtime article:modified:time og:article:modifiedtime article:modified og:updatedtime "
    "datemodified dcdatemodified dctermsmodified dateupdated lastmodified lastupdate cxenseparse:modifiedtime revised "
    "updatedat".split()
)
# An element that shows a date shows little else.
_LONGEST_DATE = 120
# How many elements above and below the headline the date may stand; kicker and byline stand there too.
_ABOVE = 40
_BELOW = 80
_DIGIT = re.compile(r"\d")
_OFFSET = re.compile(r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d)$")
# "2025-03-04"
_LONGEST_DAY = 10
# The web is no older; a date before it is a number that was never filled in.
_EARLIEST = 1991
_URL_DATE = re.compile(r"[/_-](20\d\d|19[89]\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$|\D)")


@dataclass(frozen=True, slots=True)
class Dates:
    """When an article was published and changed, aware or None; and the offset that the dates carry, if not UTC's."""

    published: datetime | None
    modified: datetime | None
    utc_offset: timedelta | None


@dataclass(frozen=True, slots=True)
class _Said:
    """A date as a source said it: ``offset`` is what it carried, ``daily`` whether it knew but the day."""

    moment: datetime
    offset: timedelta | None
    daily: bool


def read_dates(
    outline: Outline,
    tags: MetaTags,
    things: list[jsonld.Thing],
    article: jsonld.Thing | None,
    url: str | None,
    zone: tzinfo | None,
) -> Dates:
    """The dates of the page's article; ``zone`` is that of dates without an offset."""
    published = _understood(_from_data(tags, things, article), zone)
    if not published or published[0].daily or published[0].offset is None:
        published += _understood(_from_page(outline, url), zone)
        if all(said.daily for said in published):
            published += _from_text(outline, zone)
    modified = _understood(_modified(tags, article), zone)
    offset = next((said.offset for said in published + modified if said.offset), None)
    return Dates(_best(published), _best(modified), offset)


def _from_data(tags: MetaTags, things: list[jsonld.Thing], article: jsonld.Thing | None) -> Iterator[str]:
    """What the page says for machines."""
    if article:
        for field in ("datePublished", "dateCreated"):
            if value := jsonld.text(article.get(field)):
                yield value
    for name in _PUBLISHED:
        yield from tags.all(name)
    for thing in things:
        if jsonld.types_of(thing) & jsonld.PAGES and (value := jsonld.text(thing.get("datePublished"))):
            yield value


def _from_page(outline: Outline, url: str | None) -> Iterator[str]:
    """What its elements say for machines, the most trusted first, and at last its address."""
    for node in outline.nodes:
        says = node.attributes
        if ("itemprop" in says or "pubdate" in says) and _is_published(node):
            yield node.get("content") or node.get("datetime") or outline.text(node)
    for node in _near_headline(outline):
        if node.tag == "time" and node.chars <= _LONGEST_DATE and not _is_published(node) and node.get("datetime"):
            yield node.attributes["datetime"]
            break
    if url and (found := _URL_DATE.search(url)):
        yield "-".join(found.groups())


def _is_published(node: Node) -> bool:
    """Whether an element's markup says that it holds the moment of publication."""
    named = "datePublished" in (node.get("itemprop") or "") or node.get("pubdate") is not None
    return named and node.chars <= _LONGEST_DATE


def _near_headline(outline: Outline) -> list[Node]:
    """The nodes near the first headline, where a page shows its date: those below it, then those above, upwards.

    Dates elsewhere are those of other articles. A page without headlines is near throughout.
    """
    for rank in ("h1", "h2"):
        for node in outline.nodes:
            if node.tag == rank and node.chars:
                above = outline.nodes[max(0, node.index - _ABOVE) : node.index]
                return outline.nodes[node.index : node.end + _BELOW] + above[::-1]
    return outline.nodes


def _from_text(outline: Outline, zone: tzinfo | None) -> Iterator[_Said]:
    """What readers see near the headline: elements that are named for a date, then any that is short and has one."""
    from ticker.times import find_times

    near = [node for node in _near_headline(outline) if 0 < node.chars <= _LONGEST_DATE]
    for node in sorted(near, key=lambda node: TIME_NAMES.isdisjoint(words_of(node.names))):
        text = outline.text(node)
        if not _DIGIT.search(text):
            continue
        for found in find_times(text):
            if found.year and found.month and found.day:
                offset = found.utc_offset
                clock = (found.hour or 0, found.minute or 0, found.second or 0)
                moment = datetime(found.year, found.month, found.day, *clock, tzinfo=_zone(offset, zone))
                yield _Said(moment, offset, found.hour is None)
                return


def _zone(offset: timedelta | None, zone: tzinfo | None) -> tzinfo:
    return (zone or UTC) if offset is None else timezone(offset)


def _modified(tags: MetaTags, article: jsonld.Thing | None) -> Iterator[str]:
    if article and (value := jsonld.text(article.get("dateModified"))):
        yield value
    for name in _MODIFIED:
        yield from tags.all(name)


def _understood(texts: Iterator[str], zone: tzinfo | None) -> list[_Said]:
    return [said for text in texts if (said := _read(text, zone))]


def _read(text: str, zone: tzinfo | None) -> _Said | None:
    text = text.strip()
    if not any(map(str.isdigit, text)):
        return None
    try:
        moment = datetime.fromisoformat(text)
        daily = len(text) <= _LONGEST_DAY
    except ValueError:
        from ticker.times import read_machine_time

        found = read_machine_time(text, zone or UTC)
        if found is None:
            return None
        moment, precision = found
        daily = precision == "day"
        if moment.tzinfo is (zone or UTC) and not _OFFSET.search(text):
            moment = moment.replace(tzinfo=None)  # none that it said
    if moment.year < _EARLIEST:
        return None
    offset = moment.utcoffset()
    if offset is None:
        moment = moment.replace(tzinfo=zone or UTC)
    return _Said(moment, offset, daily)


def _best(said: list[_Said]) -> datetime | None:
    """The first date, made more exact by later ones that tell of the same day or the same clock."""
    if not said:
        return None
    first = said[0]
    for other in said[1:]:
        if first.daily and not other.daily and first.moment.date() == other.moment.date():
            first = other
        if not first.offset and other.offset and not other.daily and _clock(first) == _clock(other):
            first = other  # the same clock with an offset: the first was written without, or as if it were UTC
    return first.moment


def _clock(said: _Said) -> datetime:
    return said.moment.replace(tzinfo=None, second=0, microsecond=0)
