"""One target becomes a page: it is fetched, or read from where it was saved, and parsed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ticker.errors import ParseError
from ticker.pipeline.targets import RawPage, ReadPage, Target
from ticker.records import Page

if TYPE_CHECKING:
    from ticker.fetching import Fetched, Fetcher
    from ticker.parsing import Reading

NOTHING_FOUND = "neither an article nor headlines found; 'ticker parse --explain' tells how it was read"

Parse = Callable[[RawPage], Page]


def parse_here(raw: RawPage) -> Page:
    """Parses a page in this thread; raises what ``parse_page`` raises."""
    return examine(raw).page


def examine(raw: RawPage) -> Reading:
    """Parses a page in this thread, and tells all that was found on the way; raises the same."""
    from ticker.parsing import read_page

    return read_page(raw.body, raw.url, raw.moment, raw.timezone, charset=raw.charset, selectors=raw.selectors)


def read_target(target: Target, fetcher: Fetcher | None, parse: Parse = parse_here) -> ReadPage | Exception:
    """Fetches or reads the page of ``target``, and parses it; returns what stopped it, of whatever kind."""
    try:
        raw, fetched = _bring(target, fetcher)
        page = None if fetched and fetched.not_modified else parse(raw)
        if page is not None and page.article is None and not page.headlines:
            # Told at each run, and not remembered: a site that was rebuilt must not fall silent.
            raise ParseError(f"{raw.url or 'the page'}: {NOTHING_FOUND}")
        # The page's bytes have served; what waits to be archived is small.
        return ReadPage(target, raw.url, raw.moment, page, replace(fetched, body=b"") if fetched else None)
    except Exception as error:  # noqa: BLE001 - it becomes the target's outcome, and is told
        return error


def examine_target(target: Target, fetcher: Fetcher | None) -> Reading | Exception:
    """As ``read_target``, with all that the parser found on its way; ``fetcher`` must remember no page."""
    try:
        raw, _ = _bring(target, fetcher)
        return examine(raw)
    except Exception as error:  # noqa: BLE001 - as above
        return error


def _bring(target: Target, fetcher: Fetcher | None) -> tuple[RawPage, Fetched | None]:
    fetched: Fetched | None = None
    if target.saved:
        body, charset, url, moment = target.saved.read(), None, target.url, target.saved.moment
    else:
        assert fetcher and target.url, "a page that is not saved has an address, and is fetched"
        fetched = fetcher.fetch(target.url, target.allow_private)
        body, charset, url, moment = fetched.body, fetched.charset, fetched.final_url, fetched.fetched_at
    return RawPage(body, url, moment, target.timezone, charset, target.selectors), fetched
