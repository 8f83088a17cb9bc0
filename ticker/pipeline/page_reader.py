"""Processing of one target: its page is fetched or read from a file, and parsed."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from ticker import urls
from ticker.errors import NothingFound
from ticker.models import Page
from ticker.pipeline.parser_pool import Parsers
from ticker.pipeline.target import Outcome, ParseReport, RawPage, ReadPage, Target

if TYPE_CHECKING:
    from ticker.fetching import Fetched, Fetcher
    from ticker.settings import Selectors

NO_MATCH = "nothing on the page is found by the selector for "
ADVICE = {
    "consent page": "try a cookie that stores your choice",
    "login page": "the site requires a login",
    "page built by scripts": "try a feed or another URL of the site",
    "challenge page": "the site requires a browser",
    "page that is refused in this country": "the site is available only in other countries",
    "maintenance page": "try later",
}
"""The advice in messages for each kind of interstitial page."""

Parse = Callable[[RawPage], Page]


def read_target(target: Target, fetcher: Fetcher | None, parse: Parse) -> ReadPage:
    """Fetch or read the page of ``target`` and parse it; an exception becomes the error of its outcome."""
    began = time.monotonic()
    try:
        read = _read(target, fetcher, parse)
    except Exception as error:  # noqa: BLE001 - as described
        read = ReadPage(Outcome(target, error=error))
    return replace(read, outcome=replace(read.outcome, seconds=time.monotonic() - began))


def _read(target: Target, fetcher: Fetcher | None, parse: Parse) -> ReadPage:
    from ticker.archive import PageCapture

    raw, fetched = _load(target, fetcher)
    outcome = Outcome(target, target.name)
    if fetched:
        clock = (fetched.fetched_at, fetched.served_at) if fetched.served_at else None
        outcome = replace(outcome, clock=clock, moved_to=fetched.moved_to)
        if fetched.not_modified:
            return ReadPage(replace(outcome, unchanged=True))
    page = parse(raw)
    if page.article is None and not page.headlines:
        # An error at each run, and no stored validators: a redesigned site must not become silent.
        raise _nothing_found(page, target, raw)
    address = raw.url or (page.article.url if page.article else None)
    source = (target.named_by_page and urls.host(address)) or target.name
    outcome = replace(
        outcome,
        source=source,
        headlines=len(page.headlines),
        reason=likely_reason(page),
        redirected_to=_redirected_to(target, raw),
        has_assumed_zone=page.has_assumed_zone,
        missed=missed_selectors(page, target.selectors),
    )
    capture = PageCapture(source, address, page.headlines, page.article, raw.moment, page.reader)
    # The body is no longer needed; results in the queue stay small.
    return ReadPage(outcome, capture, replace(fetched, body=b"") if fetched else None)


def _redirected_to(target: Target, raw: RawPage) -> str:
    """Return the URL to which a target redirects, or "" if its canonical URL is the same."""
    is_elsewhere = target.url and raw.url and urls.canonical(target.url) != urls.canonical(raw.url)
    return (raw.url or "") if is_elsewhere else ""


def _nothing_found(page: Page, target: Target, raw: RawPage) -> NothingFound:
    reason, redirected_to = likely_reason(page), _redirected_to(target, raw)
    if page.interstitial:
        cause = page.interstitial
        found = [f"a {cause} instead of headlines or an article", "nothing is stored", ADVICE.get(cause, "")]
    else:
        cause = "not read"
        what = target.label if target.saved else urls.without_credentials(target.url or "")
        to_see = f"to see why: {shlex.join(['ticker', 'parse', '--explain', what])}"
        found = [reason, "neither an article nor headlines found", to_see]
    place = f"{raw.url}: " if raw.url else ""
    return NothingFound(place + "; ".join(filter(None, found)), cause, reason, redirected_to)


def likely_reason(page: Page) -> str:
    """Return the likely reason why a page has no headlines; "" if it has some or the reason is unknown."""
    if page.headlines:
        return ""
    if page.interstitial:
        return f"a {page.interstitial}"
    return next((NO_MATCH + each for each in page.unmatched if not each.startswith("body ")), "")


def missed_selectors(page: Page, selectors: Selectors) -> tuple[str, ...]:
    """Return the source's selectors that match nothing on a page that was parsed without them.

    On a page with headlines, these are the selectors for headlines, and that for the body unless the source has one for
    entries. On a page with only an article, this is the selector for the body.
    """
    if page.headlines:
        return tuple(each for each in page.unmatched if not selectors.entry or not each.startswith("body "))
    return tuple(each for each in page.unmatched if each.startswith("body ")) if page.article else ()


def examine(targets: Iterable[Target], fetcher: Fetcher | None) -> Iterator[tuple[Target, ParseReport | Exception]]:
    """Yield each target with its explained page or an exception; ``fetcher`` must not store validators."""
    with closing(Parsers(1)) as parsers:
        for target in targets:
            try:
                raw, fetched = _load(target, fetcher)
                yield target, replace(parsers.examine(raw), moved_to=fetched.moved_to if fetched else None)
            except Exception as error:  # noqa: BLE001 - as above
                yield target, error


def _load(target: Target, fetcher: Fetcher | None) -> tuple[RawPage, Fetched | None]:
    fetched: Fetched | None = None
    if target.saved:
        body, charset, url, moment = target.saved.read(), None, target.url, target.saved.moment
        url = urls.without_credentials(url) if url else None
    else:
        assert fetcher and target.url, "a target without a saved page has a URL"
        fetched = fetcher.fetch(target.url, target.allow_private, target.request)
        body, charset, url, moment = fetched.body, fetched.charset, fetched.final_url, fetched.fetched_at
    charset = target.charset or charset
    return RawPage(body, url, moment, target.timezone, charset, target.selectors, target.data), fetched
