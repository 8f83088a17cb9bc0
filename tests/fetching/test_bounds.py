"""Tests of limits: responses that would otherwise never end or fill the memory."""

from __future__ import annotations

import gzip
import itertools
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import brotli
import pytest

from tests.fetching.conftest import failure
from tests.servers import HTML, Reply, Request, dripping, in_turn, redirect, serve, unless_known
from ticker.errors import ConnectionFailed, TooLarge
from ticker.fetching import Fetcher, ValidatorStore
from ticker.fetching.retry import retry_after
from ticker.zstandard import zstd

ALONE = {"ignore_robots": True}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
GZIPPED = HEAD + b"Content-Encoding: gzip\r\n\r\n"
MEGABYTE = 1024 * 1024


@contextmanager
def within(seconds: float, megabytes: float) -> Iterator[None]:
    """Assert that the block takes less time and less peak memory."""
    tracemalloc.start()
    began = time.monotonic()
    try:
        yield
        took = time.monotonic() - began
        assert took < seconds, f"took {took:.1f} s"
        peak = tracemalloc.get_traced_memory()[1] / MEGABYTE
        assert peak < megabytes, f"took {peak:.1f} MB"
    finally:
        tracemalloc.stop()


def packed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)  # deterministic, because the parameters are part of test names


def bomb(size: int, wbits: int = 31) -> bytes:
    """Return ``size`` zero bytes, compressed; equal pieces are compressed once, and the stream has no end."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    beginning, piece = (packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return beginning + piece * (size // MEGABYTE - 1)


def brotli_bomb(megabytes: int) -> bytes:
    packer = brotli.Compressor(quality=1)
    return b"".join([*(packer.process(bytes(MEGABYTE)) for _ in range(megabytes)), packer.finish()])


def zstd_bomb(megabytes: int) -> bytes:
    packer = zstd.ZstdCompressor()
    return b"".join([*(packer.compress(bytes(MEGABYTE)) for _ in range(megabytes)), packer.flush()])


def endless(*pieces: bytes) -> Iterator[bytes]:
    return itertools.chain(pieces[:-1], itertools.repeat(pieces[-1]))


@pytest.mark.parametrize(
    "pieces",
    [
        lambda: endless(HEAD + b"X: ", b"x" * 4096),
        lambda: [HEAD, *(b"X%d: %s\r\n" % (number, b"x" * 8000) for number in range(90)), b"\r\n<h1>x"],
        lambda: endless(b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n" * 100),
        lambda: endless(b"HTTP/1.1 100 Continue\r\n" + b"X: y\r\n" * 90 + b"\r\n"),
        lambda: endless(HEAD, b"junk\r\n" * 100),
        lambda: endless(HEAD, b" " * 4096),
        lambda: endless(b"H" * 4096),
        lambda: [b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 101 + b"\r\n<h1>x"],
    ],
    ids=[
        "line",
        "headers",
        "interim answers",
        "interim headers",
        "malformed headers",
        "malformed line",
        "status",
        "number of headers",
    ],
)
def test_headers_have_an_end(make: Callable[..., Fetcher], pieces: Callable[[], Iterator[bytes]]):
    with serve({"/": lambda _: Reply(raw=pieces())}) as server, within(10, 8):
        error = failure(make(**ALONE), server.url())
    assert isinstance(error, ConnectionFailed) and error.cause == "broken"
    assert server.count("/") == 1


@pytest.mark.parametrize(
    "pieces",
    [
        lambda: endless(CHUNKED, b"1;" + b"x" * 30_000 + b"\r\ny\r\n"),
        lambda: endless(CHUNKED + b"5\r\n<h1>x\r\n0\r\n", b"X: " + b"y" * 30_000 + b"\r\n"),
        lambda: endless(CHUNKED, b"%x\r\n%s\r\n" % (4096, b"x" * 4096)),
        lambda: endless(HEAD + b"\r\n<h1>", b"x" * 4096),
        lambda: endless(HEAD + b"Content-Encoding: deflate\r\n\r\n", b"\0\0\0\xff\xff" * 1000),
        lambda: endless(GZIPPED + packed(b"<h1>x"), b"garbage" * 1000),
    ],
    ids=["chunk extensions", "trailers", "chunks", "body", "packed nothing", "garbage behind gzip"],
)
def test_bytes_on_the_wire_have_an_end(make: Callable[..., Fetcher], pieces: Callable[[], Iterator[bytes]]):
    with serve({"/": lambda _: Reply(raw=pieces())}) as server, within(20, 8):
        fetcher = make(max_bytes=100_000, deadline=60, **ALONE)
        try:
            assert fetcher.fetch(server.url()).body == b"<h1>x"  # the rest is not read
        except TooLarge as error:
            assert error.cause == "too large"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("br", lambda: brotli_bomb(300)),
        ("zstd", lambda: zstd_bomb(300)),
        ("zstd", lambda: zstd.compress(bytes(MEGABYTE)) * 300),
        ("gzip, br", lambda: brotli.compress(bomb(300 * MEGABYTE), quality=1)),
        ("gzip", lambda: bomb(10_000 * MEGABYTE)),
        ("x-gzip", lambda: bomb(100 * MEGABYTE)),
        ("deflate", lambda: bomb(100 * MEGABYTE, 15)),
        ("deflate", lambda: bomb(100 * MEGABYTE, -15)),
        ("gzip, gzip", lambda: packed(bomb(10_000 * MEGABYTE))),
        ("deflate, gzip", lambda: packed(bomb(300 * MEGABYTE, 15))),
        ("gzip", lambda: b"".join([packed(bytes(MEGABYTE))] * 300)),
    ],
    ids=[
        "br",
        "zstd",
        "many frames",
        "gzip and br",
        "gzip",
        "x-gzip",
        "deflate",
        "bare deflate",
        "gzip twice",
        "deflate and gzip",
        "many members",
    ],
)
def test_bombs_are_unpacked_to_the_limit_and_no_further(
    make: Callable[..., Fetcher], coding: str, body: Callable[[], bytes]
):
    reply = Reply(body=body(), headers={"Content-Encoding": coding, "Content-Type": HTML})
    with serve({"/": reply}) as server, within(10, 8):
        error = failure(make(max_bytes=2 * MEGABYTE, **ALONE), server.url())
    assert isinstance(error, TooLarge)


@pytest.mark.parametrize(
    ("coding", "body", "problem"),
    [
        ("gzip, gzip, gzip", b"x", "compressed 3 times"),
        ("gzip", packed(b"") * 2000, "1,000 compressed members"),
        ("zstd", zstd.compress(b"") * 2000, "1,000 compressed members"),
        ("zstd", zstd.compress(bytes(64 * MEGABYTE), options={zstd.CompressionParameter.window_log: 26}), "cannot be"),
        ("br", b"no brotli at all", "decompressed"),
        ("br", brotli.compress(b"<h1>x" * 1000)[:-3], "incomplete"),
        ("zstd", zstd.compress(b"<h1>x" * 1000)[:-3], "incomplete"),
        ("xz", b"x", "'xz'"),
        ("gzip, compress", b"x", "'compress'"),
        ("deflate", b"no deflate at all", "decompressed"),
        ("deflate", zlib.compress(b"<h1>x" * 1000)[:-8], "incomplete"),
        ("gzip, gzip", packed(packed(b"<h1>x")[:-1]), "incomplete"),
    ],
)
def test_what_cannot_be_unpacked_is_said(make: Callable[..., Fetcher], coding: str, body: bytes, problem: str):
    with serve({"/": Reply(body=body, headers={"Content-Encoding": coding})}) as server:
        error = failure(make(**ALONE), server.url())
    assert error.cause == "broken" and problem in str(error)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("GZIP", packed(b"<h1>x")),
        ("deflate", zlib.compress(b"<h1>x")),
        ("deflate", zlib.compress(b"<h1>x")[2:-4]),
        ("deflate, gzip", packed(zlib.compress(b"<h1>x"))),
        ("gzip", packed(b"<h1>") + packed(b"x")),
        ("gzip", packed(b"<h1>x") + b"\0\0\0\0"),
        ("identity", b"<h1>x"),
        ("utf-8", b"<h1>x"),
        ("none, gzip", packed(b"<h1>x")),
        ("br", brotli.compress(b"<h1>x")),
        ("zstd", zstd.compress(b"<h1>") + zstd.compress(b"x")),
        ("zstd", b"\x50\x2a\x4d\x18\x02\x00\x00\x00ab" + zstd.compress(b"<h1>x")),
        ("br, zstd", zstd.compress(brotli.compress(b"<h1>x"))),
        # Announced, but not encoded.
        ("gzip", b"<h1>x"),
        ("gzip, gzip", packed(b"<h1>x")),
        ("zstd", b"<h1>x"),
        ("br", b"<h1>x"),
        ("deflate", b"<h1>x"),
    ],
)
def test_what_was_asked_for_is_unpacked(fetcher: Fetcher, coding: str, body: bytes):
    with serve({"/": Reply(body=body, headers={"Content-Encoding": coding})}) as server:
        assert fetcher.fetch(server.url()).body == b"<h1>x"
    assert server.last("/").headers["Accept-Encoding"] == "gzip, deflate, br, zstd"


@pytest.mark.parametrize("pack", [packed, zstd.compress, brotli.compress], ids=["gzip", "zstd", "br"])
@pytest.mark.parametrize("is_kept_open", [False, True])
def test_content_length_of_the_page_before_it_was_packed(
    make: Callable[..., Fetcher], pack: Callable[[bytes], bytes], is_kept_open: bool
):
    page = b"<h1>" + b"A long way to the quay. " * 500
    coding = {packed: "gzip", zstd.compress: "zstd", brotli.compress: "br"}[pack]
    head = HEAD + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (coding.encode(), len(page))

    def pieces() -> Iterator[bytes]:
        yield head + pack(page)
        time.sleep(30 * is_kept_open)

    with serve({"/": lambda _: Reply(raw=pieces())}) as server:
        began = time.monotonic()
        assert make(**ALONE).fetch(server.url()).body == page
        assert time.monotonic() - began < 5


def test_packed_page_that_is_whole_by_its_own_end(make: Callable[..., Fetcher]):
    head = HEAD + b"Content-Encoding: gzip\r\nContent-Length: 5000\r\n\r\n"
    with serve(
        {"/": Reply(raw=[head + packed(b"<h1>x")]), "/cut": Reply(raw=[head + packed(b"<h1>x")[:-1]])}
    ) as server:
        assert make(**ALONE).fetch(server.url()).body == b"<h1>x"
        assert failure(make(**ALONE), server.url("/cut")).cause == "broken"


def test_large_page_is_unpacked_whole(fetcher: Fetcher):
    page = b"<h1>" + bytes(range(32, 127)) * 50_000
    with serve({"/": Reply(body=packed(page), headers={"Content-Encoding": "gzip"})}) as server:
        assert fetcher.fetch(server.url()).body == page


def test_unchanged_page_that_is_called_packed(make: Callable[..., Fetcher], tmp_path):
    known = unless_known("<h1>x", etag='"1"')

    def page(request: Request) -> Reply:
        reply = known(request)
        return (
            Reply(reply.status, headers={**reply.headers, "Content-Encoding": "gzip"}) if reply.status == 304 else reply
        )

    with serve({"/": page}) as server:
        fetcher = make(ValidatorStore(tmp_path / "v.sqlite", "1"))
        fetcher.remember(fetcher.fetch(server.url()))
        assert fetcher.fetch(server.url()).not_modified


@pytest.mark.parametrize("where", ["robots.txt", "its redirects", "redirects", "many redirects"])
def test_the_deadline_is_for_all_that_a_page_takes(make: Callable[..., Fetcher], where: str):
    def slow() -> Reply:
        return Reply(body=dripping(b"<h1>" + b"x" * 200, 0.05))

    def late(request: Request) -> Reply:
        time.sleep(0.2)
        return redirect(f"{request.path}?{request.number}")

    routes = {
        "robots.txt": {"/": "<h1>x", "/robots.txt": lambda _: slow()},
        "its redirects": {"/": "<h1>x", "/robots.txt": late},
        "redirects": {"/": redirect("/b"), "/b": lambda _: slow()},
        "many redirects": {"/": late},
    }[where]
    with serve(routes) as server:
        began = time.monotonic()
        error = failure(make(deadline=0.6, retries=2), server.url())
        assert 0.5 < time.monotonic() - began < 2
    assert error.cause == "deadline"


def test_each_host_s_robots_txt_is_of_the_page_s_deadline(make: Callable[..., Fetcher]):
    slow = {"/robots.txt": lambda _: Reply(body=dripping(b"#" * 7, 0.05))}
    with serve(slow, host="127.0.0.2") as last, serve(slow) as middle, serve(slow, name="localhost") as first:
        first.routes["/"] = redirect(middle.url())
        middle.routes["/"] = redirect(last.url())
        last.routes["/"] = "<h1>x"
        fetcher = make(deadline=0.8)
        began = time.monotonic()
        assert failure(fetcher, first.url()).cause == "deadline"
        assert time.monotonic() - began < 3
        assert fetcher.fetch(last.url()).body == b"<h1>x", "an error caused by a late start is not cached"


def test_handshake_of_one_byte_at_a_time(make: Callable[..., Fetcher]):
    """Test a TLS record of 16 KB, which the client must read completely."""

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                connection.sendall(b"\x16\x03\x03\x40\x00")
                for byte in dripping(b"\x02" * 400, 0.05):
                    connection.sendall(byte)
            except OSError:
                pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        fetcher = make(deadline=0.6, connect_timeout=20, read_timeout=20, **ALONE)
        error = failure(fetcher, f"https://127.0.0.1:{listener.getsockname()[1]}/")
        assert 0.5 < time.monotonic() - began < 2
    assert error.cause == "deadline"


def test_robots_txt_is_read_to_its_limit(make: Callable[..., Fetcher]):
    rules = "User-agent: *\nDisallow: /a\n"
    body = itertools.chain([rules.encode()], itertools.repeat(b"Disallow: /*a*a*a*a*a*a*a*a*a*a*b\n" * 100))
    routes = {"/robots.txt": lambda _: Reply(body=body), "/" + "a" * 2000: "<h1>x", "/b": "<h1>x"}
    with serve(routes) as server, within(10, 60):
        assert failure(make(), server.url("/" + "a" * 2000)).cause == "robots"
        assert make().fetch(server.url("/b")).body == b"<h1>x"


@pytest.mark.parametrize("rule", ["/" + "*a" * 500 + "*b", "/" + "*" * 100_000, "/" + "%" * 100_000, "*$" * 50_000])
def test_robots_txt_that_is_made_to_be_slow(make: Callable[..., Fetcher], rule: str):
    lines = "User-agent: *\n" + "User-agent: x\n" * 5000 + f"User-agent: *\nDisallow: {rule}b\n"
    with serve({"/robots.txt": lines, "/" + "a" * 4000: "<h1>x"}) as server, within(10, 60):
        assert make().fetch(server.url("/" + "a" * 4000)).body == b"<h1>x"


@pytest.mark.parametrize("delay", ["-1", "nan", "inf", "1e999", "1e-999", "x", "", "٣", "0x10"])
def test_crawl_delay_that_is_no_number(make: Callable[..., Fetcher], delay: str, waits: list[float]):
    with serve({"/robots.txt": f"User-agent: *\nCrawl-delay: {delay}\n", "/": "<h1>x"}) as server:
        fetcher = make(pause=1.5)
        fetcher.fetch(server.url())
        fetcher.fetch(server.url())
    assert waits == [pytest.approx(max(1.5, 3 if delay == "٣" else 0), abs=0.2)]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("1e9", None),
        ("0x10", None),
        ("9" * 5000, None),
        ("Thu, 12 Jun 1925 12:00:00 GMT", 0),
        ("Thu, 12 Jun 99999999999999999999 12:00:00 GMT", None),
        (f"Thu, {'1' * 5000} Jun 2025 12:00:00 GMT", None),
        ("Thu, 12 Jun 2025 12:00:00 +99999999", None),
    ],
)
def test_retry_after_that_makes_no_sense(header: str, seconds: float | None):
    assert retry_after(header, datetime(2025, 6, 12, 12, tzinfo=UTC)) == seconds


def test_waits_that_servers_ask_for_are_bounded_together(make: Callable[..., Fetcher], waits: list[float]):
    busy = in_turn(*[Reply(503, headers={"Retry-After": "40"})] * 2, redirect("/b"))
    with serve({"/": busy, "/b": Reply(503, headers={"Retry-After": "40"})}) as server:
        error = failure(make(retries=9, max_retry_after=100, backoff=0), server.url())
    assert error.cause == "HTTP 503" and "40 s" in str(error)
    assert waits == [40, 40]


def test_an_address_has_an_end(make: Callable[..., Fetcher]):
    with serve({"/": redirect("/" + "a" * 9000), "/long": redirect("/" + "a" * 8000)}) as server:
        error = failure(make(), server.url())
        assert error.cause == "redirect" and len(str(error)) < 500
        assert failure(make(), server.url("/long")).cause == "HTTP 404"


def test_cookies_that_are_made_to_be_slow(make: Callable[..., Fetcher]):
    cookies = b"".join(b"Set-Cookie: a%d=%s; expires=%s\r\n" % (n, b"b" * 900, b"1" * 1500) for n in range(80))
    with serve({"/": Reply(raw=[HEAD + cookies + b"Content-Length: 5\r\n\r\n<h1>x"])}) as server, within(5, 20):
        assert make(**ALONE).fetch(server.url()).body == b"<h1>x"


@pytest.mark.parametrize(
    "first", [b"", HEAD, HEAD + b"Content-Length: 100\r\n\r\n<h1>"], ids=["all", "headers", "body"]
)
def test_silence_ends_at_the_deadline_too(make: Callable[..., Fetcher], first: bytes):
    def answer() -> None:
        connection, _ = listener.accept()
        connection.recv(65536)
        connection.sendall(first)
        kept.append(connection)

    kept: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=answer, daemon=True).start()
        began = time.monotonic()
        error = failure(make(deadline=0.5, read_timeout=20, **ALONE), f"http://127.0.0.1:{listener.getsockname()[1]}/")
        assert 0.4 < time.monotonic() - began < 3
    assert error.cause == "deadline"
    kept[0].close()
