"""Tests of redirects and their limits."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.fetching.conftest import failure
from tests.servers import Reply, Request, dripping, redirect, serve
from ticker.errors import AddressError, HttpError
from ticker.fetching import Fetcher

PAGE = "<h1>Here</h1>"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_final_address_is_kept(fetcher: Fetcher, status: int):
    with serve({"/a": redirect("/b/", status), "/b/": redirect("c?d=1#top", status), "/b/c": PAGE}) as server:
        fetched = fetcher.fetch(server.url("/a"))
    assert (fetched.url, fetched.final_url) == (server.url("/a"), server.url("/b/c?d=1"))
    assert fetched.body == PAGE.encode()


def test_redirect_to_another_host(fetcher: Fetcher):
    with serve({"/b": PAGE}, host="127.0.0.2") as there, serve({"/a": redirect(there.url("/b"))}) as here:
        assert fetcher.fetch(here.url("/a")).final_url == there.url("/b")
    assert here.last("/a").headers["Host"] != there.last("/b").headers["Host"]


def test_password_does_not_go_to_another_host(fetcher: Fetcher):
    with serve({"/b": PAGE}, host="127.0.0.2") as there, serve({"/a": redirect(there.url("/b"))}) as here:
        fetcher.fetch(here.url("/a").replace("//", "//me:secret@"))
    assert "Authorization" in here.last("/a").headers and "Authorization" not in there.last("/b").headers


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/with space", "/with%20space"),
        ("/caf\u00e9".encode().decode("latin-1"), "/caf%C3%A9"),
        ("//127.0.0.1:{port}/x", "/x"),
        (" ?q=1 ", "/a"),
    ],
)
def test_location_is_read_as_browsers_do(fetcher: Fetcher, location: str, path: str):
    def answer(request: Request):
        return redirect(location.format(port=server.port)) if request.target == "/a" else PAGE

    with serve({"/a": answer, path: answer}) as server:
        fetched = fetcher.fetch(server.url("/a"))
    assert fetched.final_url.startswith(server.url(path))


def test_redirect_loop_is_reported(fetcher: Fetcher):
    with serve({"/a": redirect("/b"), "/b": redirect("/a")}) as server:
        error = failure(fetcher, server.url("/a"))
    assert isinstance(error, HttpError) and error.cause == "redirect loop"
    assert server.url("/b") in str(error)
    assert server.paths().count("/a") == 1


def test_endless_redirects_are_given_up(fetcher: Fetcher):
    with serve({"/a": lambda request: redirect(f"/a?{request.number}")}) as server:
        error = failure(fetcher, server.url("/a"))
    assert error.cause == "too many redirects"
    assert server.count("/a") == 11


@pytest.mark.parametrize("location", ["ftp://127.0.0.1/a", "file:///etc/passwd", "javascript:void(0)", "http://[x"])
def test_redirect_away_from_the_web_is_refused(fetcher: Fetcher, location: str):
    with serve({"/a": redirect(location)}) as server:
        error = failure(fetcher, server.url("/a"))
    assert isinstance(error, AddressError) and location in str(error)


def test_failure_behind_a_redirect_names_both_addresses(fetcher: Fetcher):
    with serve({"/a": redirect("/b")}) as server:
        error = failure(fetcher, server.url("/a"))
    assert str(error) == f"{server.url('/a')} (redirected to {server.url('/b')}): HTTP 404 Not Found"


def test_body_of_a_redirect_is_not_waited_for(fetcher: Fetcher):
    endless = Reply(301, dripping(b"x" * 1000, 0.05), headers={"Location": "/b"})
    with serve({"/a": endless, "/b": PAGE}) as server:
        began = time.monotonic()
        fetcher.fetch(server.url("/a"))
    assert time.monotonic() - began < 5


def test_cookie_wall_sends_back_once_its_cookie_is_set(fetcher: Fetcher):
    def page(request: Request):
        return PAGE if "seen=1" in (request.headers["Cookie"] or "") else redirect("/", set_cookie="seen=1")

    with serve({"/": page}) as server:
        assert fetcher.fetch(server.url()).body == PAGE.encode()
        fetcher.fetch(server.url())
    assert server.count("/") == 3, "the cookie is kept for the host's other pages"


def test_cookie_goes_to_the_hosts_it_is_meant_for(fetcher: Fetcher):
    def page(request: Request):
        return PAGE if request.headers["Cookie"] else redirect(wall.url("/wall"))

    # Two ports represent two hosts of one domain, because cookies do not distinguish ports.
    with (
        serve({"/": page}) as site,
        serve({}) as wall,
        serve({"/": lambda r: str(r.headers["Cookie"])}, host="127.0.0.2") as other,
    ):
        wall.routes["/wall"] = redirect(site.url(), set_cookie="consent=1")
        assert fetcher.fetch(site.url()).body == PAGE.encode()
        assert fetcher.fetch(other.url()).body == b"None"


def test_robots_of_the_new_host_are_asked(make: Callable[..., Fetcher]):
    rules = "User-agent: *\nDisallow: /b"
    with (
        serve({"/b": PAGE, "/robots.txt": rules}, host="127.0.0.2") as there,
        serve({"/a": redirect(there.url("/b"))}) as here,
    ):
        assert failure(make(), here.url("/a")).cause == "robots"
        assert there.paths() == ["/robots.txt"]
