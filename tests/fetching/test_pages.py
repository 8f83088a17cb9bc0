"""Tests of fetched pages and of rejected responses."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.fetching.conftest import failure
from tests.servers import HTML, Reply, dripping, gzipped, serve, typed
from ticker.errors import HttpError, NotAPage, TooLarge
from ticker.fetching import Fetcher
from ticker.settings.model import FetchSettings

PAGE = "<!doctype html><h1>Société</h1>"
NOON = datetime(2025, 6, 12, 12, tzinfo=UTC)


def test_page_comes_in_as_it_was_sent():
    with serve({"/a": PAGE}) as server, Fetcher(FetchSettings(pause=0), clock=lambda: NOON) as fetcher:
        fetched = fetcher.fetch(server.url("/a"))
    assert fetched.url == fetched.final_url == server.url("/a")
    assert (fetched.status, fetched.body, fetched.not_modified) == (200, PAGE.encode(), False)
    assert (fetched.content_type, fetched.charset, fetched.fetched_at) == ("text/html", "utf-8", NOON)


def test_request_says_honestly_who_asks(make: Callable[..., Fetcher]):
    with serve({"/": PAGE}) as server:
        make().fetch(server.url("/"))
        make(user_agent="my-reader/2 (+mailto:me@example.org)").fetch(server.url("/"))
    first, second = (request.headers for request in server.requests if request.path == "/")
    assert first["User-Agent"].startswith("ticker/")
    assert second["User-Agent"] == "my-reader/2 (+mailto:me@example.org)"
    assert first["Accept"].startswith("text/html") and "gzip" in first["Accept-Encoding"]
    assert first.get_all("Accept-Language") == ["*"]


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html", None),
        ("text/html; charset=ISO-8859-1", "ISO-8859-1"),
        ('Text/HTML;Charset="windows-1256"', "windows-1256"),
        ("text/html; boundary=x; charset = 'no-such-charset'", "no-such-charset"),
        ("text/html; charset=", None),
    ],
)
def test_charset_is_what_the_header_says(fetcher: Fetcher, header: str, charset: str | None):
    with serve({"/": typed(PAGE, header)}) as server:
        fetched = fetcher.fetch(server.url())
    assert (fetched.content_type, fetched.charset, fetched.body) == ("text/html", charset, PAGE.encode())


def test_fragment_is_not_part_of_the_page(fetcher: Fetcher):
    with serve({"/a": PAGE}) as server:
        fetched = fetcher.fetch(server.url("/a?b=1#latest"))
    assert (fetched.url, fetched.final_url) == (server.url("/a?b=1#latest"), server.url("/a?b=1"))
    assert server.requests[-1].target == "/a?b=1"


def test_password_is_sent_but_not_kept(fetcher: Fetcher):
    with serve({"/": PAGE, "/gone": Reply(410)}) as server:
        address = server.url().replace("http://", "http://me:secret@")
        assert fetcher.fetch(address).final_url == server.url()
        assert server.last("/").headers["Authorization"].startswith("Basic ")
        with pytest.raises(HttpError) as caught:
            fetcher.fetch(address + "gone")
    assert str(caught.value) == f"{server.url('/gone')}: HTTP 410 Gone"


def test_connection_is_kept_open_for_a_host(fetcher: Fetcher):
    with serve({"/": PAGE}) as server:
        ports = set()
        server.routes["/"] = lambda request: ports.add(request.client) or PAGE
        for _ in range(3):
            fetcher.fetch(server.url())
    assert len(ports) == 1


def test_packed_page_is_unpacked(fetcher: Fetcher):
    with serve({"/": gzipped(PAGE.encode())}) as server:
        assert fetcher.fetch(server.url()).body == PAGE.encode()


def test_page_may_come_in_pieces(fetcher: Fetcher):
    with serve({"/": lambda _: Reply(body=iter([b"<h1>", b"one", b"</h1>"]))}) as server:
        assert fetcher.fetch(server.url()).body == b"<h1>one</h1>"


@pytest.mark.parametrize("header", ["text/plain", "application/xhtml+xml; charset=utf-8"])
def test_other_kinds_of_pages(fetcher: Fetcher, header: str):
    with serve({"/": typed("Latest News\n- 17:10 A headline", header)}) as server:
        assert fetcher.fetch(server.url()).content_type == header.partition(";")[0]


@pytest.mark.parametrize(
    ("header", "body", "named"),
    [
        ("application/pdf", b"%PDF-1.7", "a PDF document"),
        ("text/html", b"%PDF-1.7", "a PDF document"),
        ("text/html", bytes(range(256)) * 8, "binary data"),
        ("image/png", b"\x89PNG\r\n\x1a\n", "an image"),
        ("application/rss+xml; charset=utf-8", b"<rss/>", "an RSS feed"),
        ("text/xml", b"<?xml version='1.0'?><feed/>", "an XML document or feed"),
        ("application/json", b"{}", "JSON data"),
        ("application/x-unheard-of", b"<html>", "another type (application/x-unheard-of)"),
        (None, b"just some words", "no Content-Type"),
        (None, b"\x00\x01\x02", "binary data"),
    ],
)
def test_what_is_no_page_is_refused_by_name(fetcher: Fetcher, header: str | None, body: bytes, named: str):
    with serve({"/": typed(body, header)}) as server:
        error = failure(fetcher, server.url())
    assert isinstance(error, NotAPage) and error.cause == "not HTML"
    assert named in str(error)


def test_kind_is_refused_before_its_body_comes_in(fetcher: Fetcher):
    image = Reply(body=dripping(b"\x89PNG" * 100, pause=0.2), headers={"Content-Type": "image/png"})
    with serve({"/": image}) as server:
        assert failure(fetcher, server.url()).cause == "not HTML"


def test_a_media_type_without_an_end_is_told_in_short(fetcher: Fetcher):
    with serve({"/": typed(b"x", "application/" + "x" * 5000)}) as server:
        assert len(str(failure(fetcher, server.url()))) < 300


@pytest.mark.parametrize("start", ["<!DOCTYPE HTML>", "\ufeff\n <html lang=en>", "<?xml version='1.0'?>\n<html>"])
@pytest.mark.parametrize("header", [None, "html", "*/*"])
def test_markup_without_a_type_is_a_page(fetcher: Fetcher, header: str | None, start: str):
    with serve({"/": typed(start + "<p>x", header)}) as server:
        fetched = fetcher.fetch(server.url())
    assert (fetched.content_type, fetched.charset) == ("text/html", None)


@pytest.mark.parametrize("body", ["", " \r\n\t"])
def test_empty_answer_is_no_page(fetcher: Fetcher, body: str):
    with serve({"/": body}) as server:
        error = failure(fetcher, server.url())
    assert isinstance(error, NotAPage) and error.cause == "empty"


@pytest.mark.parametrize("status", [201, 202, 204, 206, 301, 304, 400, 401, 403, 404, 410, 451, 501, 999])
def test_status_that_is_no_page(fetcher: Fetcher, status: int):
    with serve({"/": Reply(status, "" if status in (204, 304) else PAGE)}) as server:
        error = failure(fetcher, server.url())
    assert isinstance(error, HttpError)
    assert (error.status, error.cause) == (status, f"HTTP {status}")


def test_status_is_named(fetcher: Fetcher):
    with serve({}) as server:
        assert str(failure(fetcher, server.url("/a"))) == f"{server.url('/a')}: HTTP 404 Not Found"


@pytest.mark.parametrize(
    "reply",
    [
        lambda _: Reply(body=b"x" * 1001),
        lambda _: Reply(body=iter([b"x" * 600, b"x" * 600])),
        lambda _: Reply(body=b"x" * 1001, headers={"Content-Length": None}),
        lambda _: gzipped(b"x" * 10_000_000),
        lambda _: Reply(headers={"Content-Length": "99999999999"}),
    ],
    ids=["announced", "in pieces", "unannounced", "gzip bomb", "announced alone"],
)
def test_page_above_the_limit(make: Callable[..., Fetcher], reply: Callable[[object], Reply]):
    with serve({"/": reply}) as server:
        error = failure(make(max_bytes=1000), server.url())
    assert isinstance(error, TooLarge) and error.cause == "too large"
    assert "1,000 bytes" in str(error)


@pytest.mark.parametrize("headers", [{}, {"Content-Length": None}])
def test_page_at_the_limit(make: Callable[..., Fetcher], headers: dict[str, None]):
    with serve({"/": Reply(body=b"<p>" + b"x" * 997, headers={"Content-Type": HTML, **headers})}) as server:
        assert len(make(max_bytes=1000).fetch(server.url()).body) == 1000


def test_import_does_not_load_requests():
    code = "import sys, ticker.fetching; assert 'requests' not in sys.modules; print(ticker.fetching.Fetcher.__name__)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "Fetcher\n"
