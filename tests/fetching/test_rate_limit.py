"""Tests of the pauses between requests to a host."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.fetching.conftest import failure
from tests.servers import Request, redirect, serve
from ticker.errors import RobotsDenied
from ticker.fetching import Fetcher
from ticker.fetching.rate_limit import RateLimiter
from ticker.settings.model import FetchSettings

PAGE = "<h1>x"


def test_pause_between_two_pages_of_a_host():
    with serve({"/a": PAGE, "/b": PAGE}) as server, Fetcher(FetchSettings(pause=0.3)) as fetcher:
        fetcher.fetch(server.url("/a"))
        fetcher.fetch(server.url("/b"))
    robots, first, second = (request.at for request in server.requests)
    assert second - first >= 0.3
    assert first - robots < 0.3, "there is no pause between robots.txt and the page"


def test_hosts_do_not_wait_for_one_another(make: Callable[..., Fetcher], waits: list[float]):
    with serve({"/": PAGE}) as one, serve({"/": PAGE}, host="127.0.0.2") as other:
        fetcher = make(pause=100)
        fetcher.fetch(one.url())
        fetcher.fetch(other.url())
        assert waits == []
        fetcher.fetch(one.url())
        assert len(waits) == 1 and 99 < waits[0] <= 100


def test_ports_of_one_host_are_one_host(make: Callable[..., Fetcher], waits: list[float]):
    with serve({"/": PAGE}) as one, serve({"/": PAGE}) as other:
        fetcher = make(pause=100)
        fetcher.fetch(one.url())
        fetcher.fetch(other.url())
    assert len(waits) == 1


def test_longer_crawl_delay_counts_instead(make: Callable[..., Fetcher], waits: list[float]):
    with serve({"/robots.txt": "User-agent: *\nCrawl-delay: 30", "/": PAGE}) as server:
        fetcher = make(pause=1)
        fetcher.fetch(server.url())
        fetcher.fetch(server.url())
    assert len(waits) == 1 and 29 < waits[0] <= 30


def test_crawl_delay_that_nobody_waits_for(make: Callable[..., Fetcher], waits: list[float]):
    with serve({"/robots.txt": "User-agent: *\nCrawl-delay: 86400", "/": PAGE}) as server:
        fetcher = make(max_retry_after=60)
        fetcher.fetch(server.url())
        error = failure(fetcher, server.url())
    assert isinstance(error, RobotsDenied) and "86400 s" in str(error)
    assert waits == []


def test_pause_holds_for_redirects_too(make: Callable[..., Fetcher], waits: list[float]):
    with (
        serve({"/b": PAGE, "/robots.txt": "User-agent: *\nCrawl-delay: 50"}, host="127.0.0.2") as there,
        serve({"/a": redirect("/c"), "/c": redirect(there.url("/b"))}) as here,
    ):
        fetcher = make(pause=20)
        fetcher.fetch(here.url("/a"))
        assert [round(wait) for wait in waits] == [20], "from /a to /c"
        fetcher.fetch(here.url("/c"))
    assert [round(wait) for wait in waits] == [20, 20, 50]


def test_one_request_at_a_time_to_a_host(fetcher: Fetcher):
    running, most, guard = 0, 0, threading.Lock()

    def page(request: Request) -> str:
        nonlocal running, most
        with guard:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with guard:
            running -= 1
        return PAGE

    with serve({"/": page}) as server, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: fetcher.fetch(server.url()), range(16)))
    assert (server.count("/"), most) == (16, 1)


def test_pause_holds_between_threads():
    with serve({"/": PAGE}) as server, Fetcher(FetchSettings(pause=0.1)) as fetcher, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: fetcher.fetch(server.url()), range(4)))
    moments = [request.at for request in server.requests if request.path == "/"]
    assert all(later - earlier >= 0.1 for earlier, later in zip(moments, moments[1:], strict=False))


@pytest.mark.parametrize(("since", "waited"), [(0.0, [5.0]), (3.0, [2.0]), (5.0, []), (9.0, [])])
def test_only_what_is_left_of_a_pause_is_waited(since: float, waited: list[float]):
    now, waits = [100.0], list[float]()
    pacing = RateLimiter(waits.append, longest=60, monotonic=lambda: now[0])
    with pacing.turn("a", 5):
        now[0] += 7  # the request itself
    now[0] += since
    with pacing.turn("a", 5):
        assert waits == waited
