"""Invariants of the fetcher for any response, which a socket on a loopback port sends unchanged."""

from __future__ import annotations

import gzip
import socket
import tempfile
import threading
import zlib
from functools import cache
from pathlib import Path
from zlib import crc32

import brotli

import ticker
from tests.fuzzing.pages import NOW
from ticker.errors import FetchError
from ticker.fetching import Fetched, Fetcher, ValidatorStore
from ticker.fetching.address_policy import Resolver
from ticker.settings.model import FetchSettings
from ticker.zstandard import zstd

LARGEST = 1 << 16
APART = b"\n====\n"
"""Between one answer and the next; the last is given to all further questions."""
_PAGE = b"<h1>Harbour</h1><ul><li>17:10 <a href=/a>Bank opens a pier</a><li>16:20 <a href=/b>Ferry late again</a></ul>"
_SENT_ON = b"<head><base href=/c/><noscript></noscript><meta http-equiv=refresh content='2; url=d'></head><p>Moved"
_MOMENT = b"Thu, 12 Jun 2025 17:10:00 GMT"
WORDS = (
    b"HTTP/1.1 200 OK\r\n|HTTP/1.1 301 Moved\r\n|HTTP/1.0 |HTTP/1.1 |HTTP/2 200\r\n|304 |429 |503 |"
    b"100 Continue\r\n\r\n|204 |Location: |/b|//c.example/|https://d.example/|http://[::1|file:///etc/passwd|"
    b"javascript:1|http://u:p@e.example:80/%00?\xc3\xa9#f|Content-Length: |Content-Length: -1\r\n|"
    b"Transfer-Encoding: chunked\r\n|Content-Encoding: gzip\r\n|Content-Encoding: deflate, gzip, br\r\n|"
    b'Content-Encoding: br\r\n|Content-Encoding: zstd\r\n|Content-Type: text/html; charset="|'
    b"Content-Type: application/pdf\r\n|Content-Type: |Retry-After: |Retry-After: 99999999999\r\n|"
    b'Retry-After: Thu, 12 Jun 2025 17:10:00 GMT\r\n|Set-Cookie: a=b; Domain=.example; Expires=|ETag: "|'
    b"Last-Modified: |\r\n\r\n|5\r\nabcde\r\n|0\r\n\r\n|ffffffffffffffff\r\n|5;x=y\r\n|\r\n |%PDF-1.4|"
    b"HTTP/1.1 103 Early Hints\r\n\r\n|Refresh: 0; url=/b\r\n|<meta http-equiv=refresh content='0;url=|<noscript>|"
    b" X: y\r\n|X Y: z\r\n|junk\r\n|\xe9|User-agent: *\n|Disallow: /\n|Crawl-delay: |Allow: *$\n|\n====\n|"
    b"Connection: close\r\n"
).split(b"|")


def seeds() -> list[bytes]:
    """Return typical HTTP responses of servers."""

    def answer(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
        return b"HTTP/1.1 %s\r\n%s\r\n\r\n%s" % (status, b"\r\n".join(headers), body)

    html, packed = b"Content-Type: text/html; charset=utf-8", gzip.compress(_PAGE)
    cookie = b"Set-Cookie: id=7; Path=/; Expires=Thu, 12 Jun 2026 17:10:00 GMT"
    robots = answer(
        b"User-agent: ticker\nDisallow: /private\nCrawl-delay: 1\nUser-agent: *\nDisallow: /",
        b"Content-Type: text/plain",
    )
    redirect = answer(b"", b"Location: /b?c=d", cookie, b"Content-Length: 0", status=b"302 Found")
    return [
        answer(_PAGE, html, b"Content-Length: %d" % len(_PAGE), b'ETag: "x"', b"Last-Modified: " + _MOMENT),
        answer(b"%x\r\n%s\r\n0\r\n\r\n" % (len(_PAGE), _PAGE), html, b"Transfer-Encoding: chunked"),
        answer(packed, html, b"Content-Encoding: gzip", b"Content-Length: %d" % len(packed)),
        answer(zlib.compress(_PAGE), html, b"Content-Encoding: deflate"),
        answer(gzip.compress(bytes(1 << 20)), html, b"Content-Encoding: gzip"),
        answer(brotli.compress(_PAGE), html, b"Content-Encoding: br"),
        answer(zstd.compress(_PAGE), html, b"Content-Encoding: zstd", b"Content-Length: %d" % len(_PAGE)),
        answer(_PAGE, html, b"Content-Encoding: gzip"),
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer(_PAGE, b"X Y: z", b"junk", html),
        answer(b"", html, b"Refresh: 0; url=/b") + APART + answer(_PAGE, html),
        answer(_SENT_ON, html) + APART + answer(_PAGE, html),
        answer(b"", b"Location: //m\xfc.example/\xe9", status=b"302 Found") + APART + answer(_PAGE, html),
        redirect + APART + answer(_PAGE, html),
        answer(b"", b"Location: https://d.example/", status=b"301 Moved") + APART + answer(_PAGE, html),
        robots + APART + answer(_PAGE, html),
        answer(b"", b"Retry-After: 1", status=b"429 Too Many") + APART + answer(_PAGE, html),
        answer(b"", b"Retry-After: " + _MOMENT, status=b"503 No") + APART + answer(_PAGE, html),
        answer(b"", b'ETag: "x"', status=b"304 Not Modified"),
        answer(b"%PDF-1.4 ...", b"Content-Type: application/pdf"),
        answer(b"", b"Content-Length: 0", status=b"404 Not Found"),
    ]  # fmt: skip


class _Server:
    """A server that sends the next response to each client and closes the connection."""

    def __init__(self) -> None:
        self.answers: list[bytes] = [b""]
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                try:
                    connection.settimeout(2)
                    connection.recv(1 << 16)
                    answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
                    connection.sendall(answer)
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(1 << 16):
                        pass
                except OSError:
                    continue


@cache
def _server() -> _Server:
    return _Server()


def check(data: bytes) -> None:
    """Check that the result is a page within limits that can be stored and parsed, or a one-line error."""
    server, choice = _server(), crc32(data)
    server.answers = data.split(APART)[:30]
    here = socket.AF_INET, ("127.0.0.1", server.port)
    destinations = Resolver(resolve=lambda host, port: [here], is_public=lambda address: True)
    settings = FetchSettings(
        pause=0, retries=choice % 2, backoff=0, deadline=3, read_timeout=1, connect_timeout=1, max_bytes=LARGEST,
        ignore_robots=choice % 3 > 0,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        store = ValidatorStore(Path(folder) / "validators.sqlite", "t") if choice % 8 == 0 else None
        with Fetcher(
            settings, store, clock=lambda: NOW, sleep=lambda seconds: None, destinations=destinations
        ) as fetcher:
            for _ in range(2 if store else 1):
                try:
                    fetched = fetcher.fetch("http://news.example/a")
                except FetchError as error:
                    assert str(error).startswith("http://news.example/a") and str(error).isprintable(), error
                    assert str(error.cause).isprintable() and len(str(error)) < 5000, error
                    continue
                _check_page(fetched)
                fetcher.remember(fetched)


def _check_page(fetched: Fetched) -> None:
    assert len(fetched.body) <= LARGEST
    assert fetched.final_url.isprintable() and fetched.final_url.startswith(("http://", "https://"))
    if not fetched.not_modified:
        ticker.parse_page(fetched.body, fetched.final_url, fetched.fetched_at, charset=fetched.charset)
