"""Hostile pages and responses at full size, with the time and memory that each takes.

Run as ``python -m tests.stress.hostile``; arguments select those with one of these words in their names. It takes about
ten minutes. The exit status is 1 if a page exceeds a limit (5 s of CPU time, 500 MB) or stops the run. Pages are parsed
as by ``ticker fetch``, and responses come from a server on loopback.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import multiprocessing
import resource
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime

import brotli

from tests.hostility import ARTICLE, HEAD, PAGES
from tests.servers import HTML, Reply, dripping, redirect, serve
from ticker.zstandard import zstd

SEEN = datetime(2025, 6, 12, 21, 30, tzinfo=UTC)
MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE
# The limits of the parser, with a margin for clock resolution and process start.
SECONDS, MEGABYTES = 5.5, 510
# The memory of the fetcher: a page and its chunks, Python and requests.
FETCHING_MEGABYTES = 110
DEADLINE = 10.0

# Pages above the limit of 10 MB, which only saved pages and fetchers with a higher max_bytes can reach.
FULL_SIZE: dict[str, Callable[[], bytes]] = {
    "a million nested <div>": lambda: (HEAD + ARTICLE + "<div>" * 1_000_000).encode(),
    "a million nested <div> with text": lambda: (HEAD + ARTICLE + "<div>x" * 1_000_000).encode(),
    "10 million attributes": lambda: (HEAD + "<p " + "a b " * 5_000_000 + ">x").encode(),
    "a million attributes of different names": lambda: (
        HEAD + "<p " + "".join(f"a{number} " for number in range(1_000_000)) + ">x"
    ).encode(),
    "50 MB of text": lambda: (HEAD + "<p>" + "word " * (50 * MEGABYTE // 5)).encode(),
    "50 MB of one word": lambda: (HEAD + "<p>" + "x" * (50 * MEGABYTE)).encode(),
    "50 MB of text without markup": lambda: b"word " * (50 * MEGABYTE // 5),
    "50 MB attribute": lambda: (HEAD + "<p class='" + "x " * (25 * MEGABYTE) + "'>x").encode(),
    "100,000 links": lambda: PAGES["many links"](46 * 100_000),
    "a million <time>": lambda: (HEAD + "<time>17:10</time>" * 1_000_000).encode(),
    "a million entities": lambda: (HEAD + "<p>" + "&eacute;" * 1_000_000).encode(),
    "a million table cells": lambda: (HEAD + "<table>" + "<tr>" + "<td>17:10" * 1_000_000).encode(),
    "JSON-LD nested 100,000 deep": lambda: PAGES["nested JSON objects, closed"](600_000),
    "JSON-LD with a number of 10 MB": lambda: PAGES["JSON with a giant number"](10 * MEGABYTE),
}


def packed(size: int, wbits: int = 31) -> bytes:
    """Compress ``size`` zeros a thousandfold; equal blocks are compressed once, and the stream has no end marker."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    beginning, piece = (packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return beginning + piece * (size // MEGABYTE - 1)


def endless(first: bytes, piece: bytes) -> Iterator[bytes]:
    return itertools.chain([first], itertools.repeat(piece))


def coded(body: bytes, coding: str) -> Reply:
    """Return a response without a Content-Length."""
    return Reply(body=body, headers={"Content-Type": HTML, "Content-Encoding": coding, "Content-Length": None})


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ANSWERS: dict[str, Callable[[], Reply]] = {
    "10 GB of zeros, gzip": lambda: coded(packed(10 * GIGABYTE), "gzip"),
    "10 GB of zeros, gzip twice (some 30 KB)": lambda: coded(gzip.compress(packed(10 * GIGABYTE), 9), "gzip, gzip"),
    "10 GB of zeros, deflate": lambda: coded(packed(10 * GIGABYTE, -15), "deflate"),
    "10,000 gzips of 1 MB": lambda: coded(gzip.compress(bytes(MEGABYTE)) * 10_000, "gzip"),
    "a million empty gzips": lambda: coded(gzip.compress(b"") * 1_000_000, "gzip"),
    "brotli bomb": lambda: coded(brotli.compress(bytes(200 * MEGABYTE), quality=1), "br"),
    "zstd bomb": lambda: coded(zstd.compress(bytes(200 * MEGABYTE)), "zstd"),
    "plain text, called brotli": lambda: coded(b"x" * MEGABYTE, "br"),
    "compress, unasked": lambda: coded(b"x" * MEGABYTE, "compress"),
    "endless body": lambda: Reply(raw=endless(OK + b"\r\n<h1>", b"x" * 65536)),
    "endless body that unpacks to nothing": lambda: Reply(
        raw=endless(OK + b"Content-Encoding: deflate\r\n\r\n", b"\0\0\0\xff\xff" * 10_000)
    ),
    "endless chunk extensions": lambda: Reply(raw=endless(CHUNKED, b"1;" + b"x" * 60_000 + b"\r\ny\r\n")),
    "endless trailers": lambda: Reply(raw=endless(CHUNKED + b"0\r\n", b"X: " + b"y" * 60_000 + b"\r\n")),
    "endless header line": lambda: Reply(raw=endless(OK + b"X: ", b"x" * 65536)),
    "endless headers": lambda: Reply(raw=endless(OK, b"X: y\r\n" * 1000)),
    "endless malformed headers": lambda: Reply(raw=endless(OK, b"junk\r\n" * 1000)),
    "endless interim answers": lambda: Reply(raw=endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)),
    "a byte a second in the body": lambda: Reply(body=dripping(b"<h1>" * 100, 1)),
    "a byte a second in the headers": lambda: Reply(raw=dripping(OK * 100, 1)),
    "a byte a second in a chunk's size": lambda: Reply(raw=itertools.chain([CHUNKED], dripping(b"0" * 100, 1))),
    "redirects without an end": lambda: redirect(f"/?{time.monotonic()}"),
}


def measured(work: Callable[[], str]) -> tuple[str, float, float, float]:
    """Return the result of ``work`` with its CPU seconds, elapsed seconds and peak memory in megabytes."""
    theirs, ours = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_measure, args=(work, ours))
    process.start()
    ours.close()
    try:
        return theirs.recv()  # type: ignore[no-any-return]
    except EOFError:
        return "THE PROGRAM DIED", 0.0, 0.0, 0.0
    finally:
        process.join()


def _measure(work: Callable[[], str], connection: multiprocessing.connection.Connection) -> None:
    began, before = time.monotonic(), _processor()
    said = work()
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    connection.send((said, _processor() - before, time.monotonic() - began, peak / 1024))


def _processor() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def parsed(page: bytes) -> str:
    """Parse a page, then an ordinary one, and describe the result of the first."""
    from ticker.errors import TickerError
    from ticker.pipeline.parser_pool import Parsers
    from ticker.pipeline.target import RawPage
    from ticker.settings import Selectors

    def raw(html: bytes) -> RawPage:
        return RawPage(html, "https://news.example/a", SEEN, None, None, Selectors())

    with closing(Parsers(1)) as parsers:
        try:
            found = parsers.parse(raw(page))
            said = f"{len(found.headlines):,} headlines" + (", an article" if found.article else "")
        except TickerError as error:
            said = str(error)
        parsers.parse(raw(b"<p>The run goes on."))
    return said


def fetched(address: str) -> str:
    """Fetch a page and describe the result, without its URL."""
    from ticker.errors import TickerError
    from ticker.fetching import Fetcher
    from ticker.settings.model import FetchSettings

    with Fetcher(FetchSettings(deadline=DEADLINE, retries=0, pause=0, ignore_robots=True)) as fetcher:
        try:
            return f"{len(fetcher.fetch(address).body):,} bytes"
        except TickerError as error:
            return str(error).rpartition(": ")[2]


def try_pages(pages: Iterable[tuple[str, Callable[[], bytes]]]) -> Iterator[bool]:
    for name, make in pages:
        page = make()
        said, processor, clock, peak = measured(lambda page=page: parsed(page))  # type: ignore[misc]
        # One second more, for the ordinary page and the start of two processes.
        good = 0 < processor <= SECONDS + 1 and peak <= max(MEGABYTES, 2 * len(page) / MEGABYTE + 300)
        show(good, f"{name} ({len(page) / MEGABYTE:.1f} MB)", said, processor, clock, peak)
        yield good


def try_answers(answers: Iterable[tuple[str, Callable[[], Reply]]]) -> Iterator[bool]:
    for name, make in answers:
        # Finite responses are created once, before the measurement.
        answer = reply if isinstance((reply := make()).body, bytes) and not reply.raw and reply.status == 200 else None
        with serve({"/": lambda _, make=make, answer=answer: answer or make()}) as server:  # type: ignore[misc]
            said, processor, clock, peak = measured(lambda: fetched(server.url()))
        good = 0 < processor <= SECONDS and clock < DEADLINE + 2 and peak <= FETCHING_MEGABYTES + base_of_fork()
        show(good, name, said, processor, clock, peak)
        yield good


def base_of_fork() -> float:
    """Return the megabytes of this process, which a forked process starts with."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def show(good: bool, name: str, said: str, processor: float, clock: float, peak: float) -> None:
    mark = "    " if good else "BAD "
    print(f"{mark}{name:48.48} {processor:6.2f} s  {clock:6.1f} s by the clock  {peak:5.0f} MB  {said}", flush=True)


def main() -> int:
    """Try all, or those that the arguments select; return 1 if one exceeded its limits."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("words", nargs="*", help="only those with one of these words in their names")
    arguments.add_argument("--size", type=float, default=10, help="megabytes of each page that has no size (10)")
    given = arguments.parse_args()

    def wanted(name: str) -> bool:
        return not given.words or any(word in name for word in given.words)

    size = int(given.size * MEGABYTE)
    sized: dict[str, Callable[[], bytes]] = {
        name: (lambda make=make: make(size))
        for name, make in PAGES.items()  # type: ignore[misc]
    }
    verdicts = [
        *try_answers((name, make) for name, make in ANSWERS.items() if wanted(name)),
        *try_pages((name, make) for name, make in {**FULL_SIZE, **sized}.items() if wanted(name)),
    ]
    print(f"{len(verdicts)} tried, {verdicts.count(False)} bad")
    return 1 if False in verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
