"""The peer of ``fetching.py``: a Scrapy spider with trafilatura in its callback, one JSON line per page.

Run it as ``python peer_spider.py ADDRESSES OUT``; ADDRESSES is a file with one URL on each line.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import scrapy
import trafilatura
from scrapy.crawler import CrawlerProcess

ADDRESSES, OUT = sys.argv[1:]


class Articles(scrapy.Spider):
    """A spider that fetches all URLs with Scrapy's default concurrency and extracts body and metadata."""

    name = "articles"
    custom_settings = {  # noqa: RUF012 - the form that Scrapy requires
        "ROBOTSTXT_OBEY": False,
        "DOWNLOAD_DELAY": 0,
        "TELNETCONSOLE_ENABLED": False,
        "FEEDS": {OUT: {"format": "jsonlines", "encoding": "utf8"}},
    }

    async def start(self) -> AsyncIterator[Any]:
        """Yield a request for each URL."""
        for address in Path(ADDRESSES).read_text(encoding="utf-8").split():
            yield scrapy.Request(address, self.parse, dont_filter=True)

    def parse(self, response: Any) -> Iterator[dict[str, Any]]:
        """Yield the extracted fields of a page."""
        found = trafilatura.bare_extraction(
            response.body, url=response.url, include_comments=False, with_metadata=True, as_dict=True
        )
        kept = ("title", "author", "date", "sitename", "description", "language", "text")
        yield {"url": response.url, **({name: found.get(name) for name in kept} if found else {})}


process = CrawlerProcess({"LOG_LEVEL": "ERROR"})
process.crawl(Articles)
process.start()
