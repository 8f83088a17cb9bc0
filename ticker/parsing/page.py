"""The entry point of the parser, which runs its steps in order and returns a ``Page``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone

from ticker.models import Article, Headline, Page
from ticker.parsing.article.body import Body, BodySearch, is_home_page, search_body
from ticker.parsing.encoding import to_utf8
from ticker.parsing.headlines.data_lists import find_data_lists, merge_headlines
from ticker.parsing.headlines.finder import HeadlineList, deduplicate_headlines, find_headline_lists
from ticker.parsing.headlines.moments import in_zone, zone_of_clocks
from ticker.parsing.headlines.timestamps import find_timestamps
from ticker.parsing.interstitials import find_interstitial
from ticker.parsing.metadata.merge import Metadata, read_declared, read_metadata
from ticker.parsing.outline import Outline, build_outline, parse_tree
from ticker.parsing.plaintext import is_plain_text, read_plain_text
from ticker.parsing.selectors import Match, SelectedPage
from ticker.settings import Selectors
from ticker.times.listing import is_from_clock_text
from ticker.times.zones import has_offset, zone_by_name, zone_of_host
from ticker.urls import absolute, host, without_credentials


@dataclass(frozen=True, slots=True)
class ParseTrace:
    """A parsed page with the results of every step, from which its parsing can be explained.

    ``data_lists`` are the lists in script data, or None if it was not searched.
    """

    page: Page
    outline: Outline
    metadata: Metadata | None = None
    lists: Sequence[HeadlineList] = field(default=())
    search: BodySearch | None = None
    zone: tzinfo = UTC
    selected: SelectedPage | None = None
    data_lists: Sequence[HeadlineList] | None = None

    def matches(self) -> Sequence[Match]:
        """Return what each configured selector finds. Raises SelectorError."""
        return tuple(self.selected.matches()) if self.selected else ()


def parse_page(
    html: bytes | str,
    url: str | None = None,
    fetched_at: datetime | None = None,
    timezone: str | None = None,
    *,
    charset: str | None = None,
    selectors: Selectors | None = None,
    data: bool = False,
) -> Page:
    """Parse a page into its article and its timestamped headlines.

    ``html`` is the page as bytes or text, in HTML or in plain text saved from a browser. ``url`` is the URL of the
    page, against which links are resolved. ``fetched_at`` (aware; default: now) is the time of the fetch, against which
    "17:10" and "5 min ago" are resolved. ``timezone`` is the IANA name of the page's zone; the default is what the page
    states, else the zone of the country in its host name, else UTC. ``charset`` is the encoding from the HTTP header.
    ``selectors`` are CSS selectors that replace the general extraction. Headlines in the data of the page's scripts are
    read if the page shows no list and no selector for entries is given, or always with ``data``.

    The same arguments give the same page; nothing is fetched. Raises TimeError if ``timezone`` is unknown, ValueError
    if ``fetched_at`` is naive, SelectorError if a selector is invalid.
    """
    return trace_page(html, url, fetched_at, timezone, charset=charset, selectors=selectors, data=data).page


def trace_page(
    html: bytes | str,
    url: str | None = None,
    fetched_at: datetime | None = None,
    timezone: str | None = None,
    *,
    charset: str | None = None,
    selectors: Selectors | None = None,
    data: bool = False,
) -> ParseTrace:
    """Parse a page as `parse_page` does, and return the results of every step too."""
    if fetched_at is None:
        fetched_at = datetime.now(UTC)
    elif fetched_at.utcoffset() is None:
        raise ValueError(f"fetched_at {fetched_at!r} has no time zone")
    url = without_credentials(url) if url else None
    given_zone = zone_by_name(timezone) if timezone else None
    source = to_utf8(html, charset)
    if is_plain_text(source):
        page = read_plain_text(source.decode("utf-8", "replace"), url, fetched_at, given_zone or UTC)
        has_assumed_zone = given_zone is None and any(map(_shows_bare_clock, page.headlines))
        return ParseTrace(replace(page, has_assumed_zone=has_assumed_zone), Outline())

    outline = build_outline(parse_tree(source))
    country_zone = zone_of_host(host(url))
    declared = read_declared(outline, url)
    # Dates without an offset use the offset of the page's other dates before the given zone.
    known_clock = _zone_that_page_says(declared.utc_offset, given_zone or country_zone, fetched_at)
    clock = known_clock or UTC
    stamps = find_timestamps(outline)
    zone = given_zone or zone_of_clocks(stamps, clock)
    base = absolute(outline.base, url) or url or declared.url
    selected = SelectedPage(source, selectors or Selectors())
    body = selected.body()
    headlines = selected.headlines(base, fetched_at, zone)
    lists: Sequence[HeadlineList] = ()
    # Selected headlines leave no work to the lists except to exclude them from an article.
    if not headlines or body or not is_home_page(declared.url, declared.kind):
        lists = find_headline_lists(outline, stamps, base, fetched_at, zone, declared.kind == "live")
    accepted = [found for found in lists if not found.rejection_reason]
    if headlines is None:
        headlines = _headlines_of(accepted)
    entries = [node for found in accepted for node in found.nodes]
    metadata = read_metadata(outline, declared, clock, fetched_at, entries)
    search: BodySearch | None = None
    if body is None:
        search = search_body(outline, metadata, [found.nodes for found in accepted if not found.verdict.is_live])
        body = search.body
    data_lists: Sequence[HeadlineList] | None = None
    if data or not (headlines or (selectors and selectors.entry)):
        data_lists = find_data_lists(source, outline, base, fetched_at, zone)
        headlines = merge_headlines(
            headlines, _headlines_of(found for found in data_lists if not found.rejection_reason)
        )
    is_article = metadata.published is not None or metadata.kind in ("article", "live")
    interstitial = "" if headlines else find_interstitial(outline, source, is_article)
    article = _article(metadata, body, zone) if body and not interstitial else None
    has_assumed_zone = known_clock is None and zone is UTC and any(map(_shows_bare_clock, headlines))
    page = Page(article, headlines, interstitial=interstitial, has_assumed_zone=has_assumed_zone)
    return ParseTrace(page, outline, metadata, lists, search, zone, selected, data_lists)


def _headlines_of(lists: Iterable[HeadlineList]) -> tuple[Headline, ...]:
    return deduplicate_headlines(headline for found in lists for headline in found.headlines)


def _shows_bare_clock(headline: Headline) -> bool:
    """Return whether the time of a headline comes from a clock time without a zone."""
    return headline.time is not None and is_from_clock_text(headline.time_text, headline.time, headline.precision)


def _zone_that_page_says(offset: timedelta | None, country: tzinfo | None, moment: datetime) -> tzinfo | None:
    """Return the zone of the page's country if it fits ``offset``, the offset of the page's dates, else the offset.

    The country's zone is preferred because it includes daylight saving time. It fits if it has the offset at any time
    of the year. Return None if neither is known.
    """
    if offset is None or (country is not None and has_offset(country, offset, moment)):
        return country
    return fixed_zone(offset)


def _article(metadata: Metadata, body: Body, zone: tzinfo) -> Article:
    return Article(
        title=metadata.title or "",
        body="\n".join(body.paragraphs),
        published=in_zone(metadata.published, zone) if metadata.published else None,
        modified=in_zone(metadata.modified, zone) if metadata.modified else None,
        authors=metadata.authors,
        language=metadata.language,
        description=metadata.description,
        url=metadata.url,
        site=metadata.site,
    )
