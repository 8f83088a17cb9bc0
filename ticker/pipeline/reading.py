"""One target becomes a page: it is fetched, or read from where it was saved, and parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from ticker import addresses
from ticker.errors import ParseError
from ticker.pipeline.parsers import Parsers
from ticker.pipeline.targets import Examined, RawPage, ReadPage, Target
from ticker.records import Page

if TYPE_CHECKING:
    from ticker.fetching import Fetched, Fetcher

NOTHING_FOUND = "neither an article nor headlines found; 'ticker parse --explain' tells how it was read"

Parse = Callable[[RawPage], Page]


def read_target(target: Target, fetcher: Fetcher | None, parse: Parse) -> ReadPage | Exception:
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
        url = addresses.without_credentials(url) if url else None
    else:
        assert fetcher and target.url, "a page that is not saved has an address, and is fetched"
        fetched = fetcher.fetch(target.url, target.allow_private, target.request)
        body, charset, url, moment = fetched.body, fetched.charset, fetched.final_url, fetched.fetched_at
    return RawPage(body, url, moment, target.timezone, target.charset or charset, target.selectors), fetched
