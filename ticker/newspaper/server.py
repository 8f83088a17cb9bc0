"""The newspaper's web server, with one page that changes with the edition."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from ticker.newspaper.pages import article_page
from ticker.newspaper.stories import ARTICLE_PATH, EDITIONS


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
