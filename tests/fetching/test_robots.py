"""Tests of robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fetching.conftest import failure
from tests.servers import Reply, in_turn, redirect, serve, typed
from ticker.errors import ConnectionFailed, RobotsDenied
from ticker.fetching import Fetcher
from ticker.fetching.robots import Rules, product_token

PAGE = "<h1>x"


def robots(text: str) -> Reply:
    return typed(text, "text/plain")


def test_disallowed_page_is_not_asked_for(fetcher: Fetcher):
    rules = robots("User-agent: *\nDisallow: /private/\nAllow: /private/open")
    with serve({"/robots.txt": rules, "/private/open": PAGE, "/a": PAGE}) as server:
        error = failure(fetcher, server.url("/private/a"))
        fetcher.fetch(server.url("/private/open"))
        fetcher.fetch(server.url("/a"))
    assert isinstance(error, RobotsDenied) and error.cause == "robots"
    assert "robots.txt" in str(error) and "--ignore-robots" in str(error)
    assert server.paths() == ["/robots.txt", "/private/open", "/a"], "robots.txt is fetched once"


def test_ignore_robots_does_not_even_read_it(make: Callable[..., Fetcher], waits: list[float]):
    with serve({"/robots.txt": robots("User-agent: *\nDisallow: /\nCrawl-delay: 9"), "/": PAGE}) as server:
        fetcher = make(ignore_robots=True)
        fetcher.fetch(server.url())
        fetcher.fetch(server.url())
    assert server.count("/robots.txt") == 0 and waits == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_missing_robots_allows_all(fetcher: Fetcher, status: int):
    with serve({"/robots.txt": Reply(status, "User-agent: *\nDisallow: /"), "/": PAGE}) as server:
        assert fetcher.fetch(server.url()).status == 200


@pytest.mark.parametrize("status", [429, 500, 501, 503])
def test_failing_robots_allows_nothing(fetcher: Fetcher, status: int):
    with serve({"/robots.txt": Reply(status), "/": PAGE}) as server:
        error = failure(fetcher, server.url())
        failure(fetcher, server.url())
    assert isinstance(error, RobotsDenied) and error.cause == "robots"
    assert f"robots.txt cannot be read: HTTP {status}" in str(error)
    assert server.paths() == ["/robots.txt"]


def test_failing_robots_is_tried_again(make: Callable[..., Fetcher]):
    with serve({"/robots.txt": in_turn(Reply(503), robots("")), "/": PAGE}) as server:
        assert make(retries=1).fetch(server.url()).status == 200


def test_broken_robots_allows_nothing(fetcher: Fetcher):
    with serve({"/robots.txt": Reply(raw=[]), "/": PAGE}) as server:
        error = failure(fetcher, server.url())
    assert isinstance(error, ConnectionFailed) and error.cause == "broken"
    assert "robots.txt" in str(error) and server.count("/") == 0


def test_redirected_robots_is_followed(fetcher: Fetcher):
    with (
        serve({"/r": robots("User-agent: *\nDisallow: /a")}, host="127.0.0.2") as there,
        serve({"/robots.txt": redirect("/1"), "/1": redirect("/2"), "/a": PAGE, "/b": PAGE}) as here,
    ):
        here.routes["/2"] = redirect(there.url("/r"), 301)
        assert failure(fetcher, here.url("/a")).cause == "robots"
        assert fetcher.fetch(here.url("/b")).status == 200


@pytest.mark.parametrize("to", ["/robots.txt", "ftp://127.0.0.1/robots.txt", "/missing"])
def test_robots_redirected_to_nowhere_allows_all(fetcher: Fetcher, to: str):
    with serve({"/robots.txt": redirect(to), "/": PAGE}) as server:
        assert fetcher.fetch(server.url()).status == 200


def test_each_origin_has_its_own_robots(fetcher: Fetcher):
    with (
        serve({"/robots.txt": robots("User-agent: *\nDisallow: /"), "/": PAGE}) as shut,
        serve({"/": PAGE}) as open_,
    ):
        assert failure(fetcher, shut.url()).cause == "robots"
        assert fetcher.fetch(open_.url()).status == 200


def test_only_the_beginning_of_a_huge_robots_is_read(fetcher: Fetcher):
    rules = "User-agent: *\nDisallow: /a\n" + "# filling\n" * 60_000 + "Disallow: /b\n"
    with serve({"/robots.txt": robots(rules), "/b": PAGE}) as server:
        assert failure(fetcher, server.url("/a")).cause == "robots"
        assert fetcher.fetch(server.url("/b")).status == 200


def test_robots_is_asked_for_once_by_many_threads(fetcher: Fetcher):
    paths = [f"/{number}" for number in range(24)]
    with serve({**dict.fromkeys(paths, PAGE), "/robots.txt": robots("")}) as server, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda path: fetcher.fetch(server.url(path)), paths))
    assert server.count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("<html><h1>Not found</h1></html>", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: TICKER\nDisallow: /", False),
        ("User-agent: ticker/1.0\nDisallow: /", False),
        ("User-agent: ticker # that one\nDisallow: /", False),
        ("user-agent:ticker\r\ndisallow:/\r\n", False),
        ("User-agent: other\nUser-agent: ticker\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: ticker\nAllow: /", True),
        ("User-agent: ticker\nDisallow: /a\nUser-agent: ticker\nDisallow: /n", False),
        # Similar product tokens.
        ("User-agent: tick\nDisallow: /", True),
        ("User-agent: newsticker\nDisallow: /", True),
        ("User-agent: ticker-images\nDisallow: /", True),
        ("User-agent: other ticker\nDisallow: /", True),
        # The longest pattern applies, and Allow if both are equally long.
        ("User-agent: *\nDisallow: /\nAllow: /news", True),
        ("User-agent: *\nAllow: /\nDisallow: /news/*.html$", False),
        ("User-agent: *\nDisallow: /news\nAllow: /news", True),
        ("User-agent: *\nDisallow: /*.html?", True),
    ],
)
def test_rules_for_the_page_of_a_program_called_ticker(text: str, allowed: bool):
    rules = Rules(text.removeprefix("\ufeff"), "ticker")
    assert rules.allow("https://site.example/news/a.html") is allowed


@given(
    st.lists(
        st.sampled_from(["User-agent: ", "Disallow: ", "Crawl-delay: ", "\n", "*", "/", "$", "%", "#"]) | st.text()
    )
)
def test_any_text_can_be_read(pieces: list[str]):
    rules = Rules("".join(pieces), "ticker")
    assert rules.allow("https://site.example/a?b=%") in (True, False)
    assert rules.crawl_delay >= 0


@pytest.mark.parametrize(
    ("user_agent", "token"),
    [
        ("ticker/0.1.0 (news)", "ticker"),
        ("My-Reader", "my-reader"),
        ("Mozilla/5.0 (compatible; ticker)", "mozilla"),
        ("(none)", "*"),
    ],
)
def test_name_that_robots_txt_knows(user_agent: str, token: str):
    assert product_token(user_agent) == token
