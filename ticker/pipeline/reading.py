"""One target becomes a page: it is fetched, or read from where it was saved, and parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from ticker import urls
from ticker.errors import NothingFound
from ticker.models import Page
from ticker.pipeline.parsers import Parsers
from ticker.pipeline.targets import Examined, RawPage, ReadPage, Target

if TYPE_CHECKING:
    from ticker.fetching import Fetched, Fetcher
    from ticker.settings import Selectors

NOTHING_FOUND = "neither an article nor headlines found; 'ticker parse --explain' tells how it was read"

NO_MATCH = "nothing on the page is found by the selector for "
ADVICE = {
    "consent page": "a cookie that holds your choice may help",
    "login page": "the site wants its readers to sign in",
    "page built by scripts": "its headlines may be in a feed, or at another address of the site",
    "challenge page": "the site wants a person in a browser",
    "page that is refused in this country": "the site wants readers of other countries",
    "maintenance page": "the site is being worked on; try later",
}
"""What to say beside what a page shows in place of its content."""

Parse = Callable[[RawPage], Page]


def read_target(target: Target, fetcher: Fetcher | None, parse: Parse) -> ReadPage | Exception:
    """Fetches or reads the page of ``target``, and parses it; returns what stopped it, of whatever kind."""
    try:
        raw, fetched = _bring(target, fetcher)
        page = None if fetched and fetched.not_modified else parse(raw)
        if page is not None and page.article is None and not page.headlines:
            # Told at each run, and not remembered: a site that was rebuilt must not fall silent.
            raise _nothing_found(page, raw.url or "the page", _led_to(target, raw))
        # The page's bytes have served; what waits to be archived is small.
        kept = replace(fetched, body=b"") if fetched else None
        return ReadPage(target, raw.url, raw.moment, page, kept, _led_to(target, raw))
    except Exception as error:  # noqa: BLE001 - it becomes the target's outcome, and is told
        return error


def _led_to(target: Target, raw: RawPage) -> str:
    """Return the address that a target's leads to, "" where that is its own."""
    is_elsewhere = target.url and raw.url and urls.canonical(target.url) != urls.canonical(raw.url)
    return (raw.url or "") if is_elsewhere else ""


def _nothing_found(page: Page, place: str, led_to: str) -> NothingFound:
    reason = likely_reason(page)
    if page.interstitial:
        advice = ADVICE.get(page.interstitial, "")
        told = f"a {page.interstitial} in place of headlines and article, and nothing is stored"
        return NothingFound(f"{place}: {told}{advice and '; '}{advice}", page.interstitial, reason, led_to)
    return NothingFound(f"{place}: {reason}{reason and '; '}{NOTHING_FOUND}", reason=reason, led_to=led_to)


def likely_reason(page: Page) -> str:
    """Return why a page is likely to show no headlines; "" where it shows some, or nothing is known."""
    if page.headlines:
        return ""
    if page.interstitial:
        return f"a {page.interstitial}"
    return next((NO_MATCH + each for each in page.unmatched if not each.startswith("body ")), "")


def missed_selectors(page: Page, selectors: Selectors) -> tuple[str, ...]:
    """Return the source's own selectors that find nothing beside what was read of a page in the general way.

    Those for headlines count on a page with headlines, that for the body on one with an article and no headlines. Where
    a source has a selector for its entries, its list is no place to look for a body; where it has none, it is.
    """
    if page.headlines:
        return tuple(each for each in page.unmatched if not selectors.entry or not each.startswith("body "))
    return tuple(each for each in page.unmatched if each.startswith("body ")) if page.article else ()


def examine(targets: Iterable[Target], fetcher: Fetcher | None) -> Iterator[tuple[Target, Examined | Exception]]:
    """Each target with how the parser reads it, or what stopped it; ``fetcher`` must remember no page."""
    with closing(Parsers(1)) as parsers:
        for target in targets:
            try:
                raw, fetched = _bring(target, fetcher)
                yield target, replace(parsers.examine(raw), moved_to=fetched.moved_to if fetched else None)
            except Exception as error:  # noqa: BLE001 - as above
                yield target, error


def _bring(target: Target, fetcher: Fetcher | None) -> tuple[RawPage, Fetched | None]:
    fetched: Fetched | None = None
    if target.saved:
        body, charset, url, moment = target.saved.read(), None, target.url, target.saved.moment
        url = urls.without_credentials(url) if url else None
    else:
        assert fetcher and target.url, "a page that is not saved has an address, and is fetched"
        fetched = fetcher.fetch(target.url, target.allow_private, target.request)
        body, charset, url, moment = fetched.body, fetched.charset, fetched.final_url, fetched.fetched_at
    return RawPage(body, url, moment, target.timezone, target.charset or charset, target.selectors), fetched
