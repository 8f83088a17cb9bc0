"""The sample newspaper: its clock, its pages as HTML, and the web server that serves them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from zoneinfo import ZoneInfo

from ticker.demo.stories import ARTICLE_PATH, AUTHOR, DESCRIPTION, EDITIONS, NAME, TITLE, Edition, Story

# One zone for each whole-hour UTC offset, without daylight saving time. At any time it is between 1:00 and 2:00 in one
# of them: the last edition is past, and the list has entries from before midnight. So the tour can use real time.
_HARBOURS = (
    "Pacific/Pago_Pago Pacific/Honolulu Pacific/Gambier Pacific/Pitcairn America/Hermosillo America/Costa_Rica "
    "America/Jamaica America/Puerto_Rico America/Sao_Paulo America/Noronha Atlantic/Cape_Verde Atlantic/Reykjavik "
    "Africa/Lagos Africa/Maputo Africa/Dar_es_Salaam Asia/Dubai Asia/Karachi Asia/Dhaka Asia/Bangkok Asia/Singapore "
    "Asia/Tokyo Australia/Brisbane Pacific/Noumea Pacific/Tarawa"
)

# The article's date in minutes from midnight, the same as its entry in the ticker.
_PUBLISHED = -125
_RELATED = {
    "/articles/how-a-landing-stage-is-built/47102": "How a landing stage is built in forty days",
    "/articles/the-boat-that-waited/46950": "The boat that waited: six weeks on call",
    "/articles/saint-orrin-in-pictures/46011": "Saint Orrin in pictures",
}
_SECTIONS = ("Harbour", "Islands", "Region", "Business", "Sport", "Letters")


def last_midnight(now: datetime) -> datetime:
    """Return the midnight one to two hours before ``now`` (aware), in the zone that has one."""
    local = next(local for local in map(now.astimezone, map(ZoneInfo, _HARBOURS.split())) if local.hour == 1)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def article_page(edition: Edition, midnight: datetime, url: str) -> str:
    """Return the article page at ``url``, with the ticker beside it.

    Minutes are counted from ``midnight`` (aware).
    """
    published = midnight + timedelta(minutes=_PUBLISHED)
    modified = midnight + timedelta(minutes=edition.minute)
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": published.isoformat(),
        "dateModified": modified.isoformat(),
        "author": {"@type": "Person", "name": AUTHOR},
        "publisher": {"@type": "Organization", "name": NAME},
    }
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{escape(TITLE)} | {NAME}</title>
<meta name="description" content="{escape(DESCRIPTION)}">
<link rel="canonical" href="{url}">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(TITLE)}">
<meta property="og:site_name" content="{NAME}">
<script type="application/ld+json">{json.dumps(about, ensure_ascii=False)}</script>
</head>
<body>
<header>
<a class="logo" href="/">{NAME}</a>
<nav><ul>{"".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in _SECTIONS)}</ul></nav>
</header>
<main>
<article>
<h1>{escape(TITLE)}</h1>
<p class="byline">By <a rel="author" href="/authors/mira-tallow">{AUTHOR}</a>
<time datetime="{published.isoformat()}">{published:%d %B %Y, %H:%M}</time></p>
<div class="article-text">
{chr(10).join(f"<p>{escape(paragraph)}</p>" for paragraph in edition.paragraphs)}
</div>
<section class="related"><h3>Read also</h3>
<ul>{"".join(f'<li><a href="{path}">{escape(title)}</a></li>' for path, title in _RELATED.items())}</ul>
</section>
</article>
<aside>
<h2>Latest News</h2>
<ul class="latest">
{chr(10).join(_entry(story, midnight) for story in edition.stories)}
</ul>
</aside>
</main>
<footer>
<p>{NAME}, Quay Street 4, Port Elsham</p>
<p><a href="/contact">Contact</a> <a href="/privacy">Privacy</a></p></footer>
<script>document.documentElement.className += " js";</script>
</body>
</html>
"""


def _entry(story: Story, midnight: datetime) -> str:
    moment = midnight + timedelta(minutes=story.minute)
    return f'<li><time>{moment:%H:%M}</time> <a href="{address(story)}">{escape(story.title)}</a></li>'


def address(story: Story) -> str:
    """Return the path of a story's page, which a corrected title does not change."""
    if ARTICLE_PATH.endswith(str(story.number)):
        return ARTICLE_PATH
    words = re.findall(r"[a-z]+", story.title.replace("é", "e").lower())[:5]
    return f"/articles/{'-'.join(words)}/{story.number}"


class Newspaper:
    """The site: its current edition and its answers; the times on its pages count from ``midnight`` (aware)."""

    def __init__(self, midnight: datetime) -> None:
        self.midnight = midnight
        self.edition = 0
        self.base = ""

    @property
    def zone(self) -> str:
        """Return the IANA name of the site's time zone."""
        return str(self.midnight.tzinfo)

    @property
    def url(self) -> str:
        """Return the URL of the article."""
        return self.base + ARTICLE_PATH

    def answer(self, path: str, etag: str | None) -> tuple[int, dict[str, str], bytes]:
        """Return status, header fields and body for a request; ``etag`` is that of the client's copy."""
        path = path.partition("?")[0]
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n"
        if path not in ("/", ARTICLE_PATH):
            return 404, {"Content-Type": "text/plain"}, b"No such page.\n"
        body = article_page(EDITIONS[self.edition], self.midnight, self.url).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if tag == etag:
            return 304, {"ETag": tag}, b""
        return 200, {"Content-Type": "text/html; charset=utf-8", "ETag": tag}, body


@contextmanager
def serving(newspaper: Newspaper) -> Iterator[Newspaper]:
    """Serve the newspaper on a free loopback port during the block, and set its ``base``."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answer a GET request."""
            status, fields, body = newspaper.answer(self.path, self.headers.get("If-None-Match"))
            self.send_response(status)
            for name, value in {**fields, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Log nothing, to keep the tour's output readable."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        newspaper.base = f"http://127.0.0.1:{server.server_port}"
        try:
            yield newspaper
        finally:
            server.shutdown()
            thread.join()
