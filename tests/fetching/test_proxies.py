"""Tests of proxies from the environment."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from tests.fetching.conftest import failure
from tests.servers import closed_port, serve
from ticker.fetching import Fetcher


def test_proxy_is_used_and_told_whole_addresses(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch):
    with serve({"http://news.invalid/a": "<h1>by proxy"}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url())
        assert fetcher.fetch("http://news.invalid/a").body == b"<h1>by proxy"
    assert proxy.paths() == ["http://news.invalid/robots.txt", "http://news.invalid/a"]


@pytest.mark.parametrize("exempt", ["127.0.0.1", "127.0.0.0/8", "*"])
def test_no_proxy_for_loopback(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, exempt: str):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("no_proxy", exempt)
    with serve({"/": "<h1>direct"}) as server:
        assert fetcher.fetch(server.url()).body == b"<h1>direct"


@pytest.mark.parametrize(
    ("proxy", "cause"),
    [
        ("http://127.0.0.1:{closed}", "refused"),
        ("http://proxy.invalid:8080", "DNS"),
        ("http://", "proxy"),
        ("nonsense://127.0.0.1:1", "proxy"),
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_proxy_that_does_not_work(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, scheme: str, proxy: str, cause: str
):
    monkeypatch.setenv(f"{scheme}_proxy", proxy.format(closed=closed_port()))
    error = failure(fetcher, f"{scheme}://news.invalid/a")
    assert error.cause == cause and "proxy" in str(error)


def test_proxy_that_refuses_the_way(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch):
    with serve({}) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url())
        error = failure(fetcher, "https://news.invalid/a")
    assert error.cause == "proxy" and "501" in str(error)


@pytest.mark.skipif(find_spec("socks") is not None, reason="PySocks is installed")
def test_proxy_that_needs_another_package(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1")
    error = failure(fetcher, "http://news.invalid/a")
    assert error.cause == "proxy" and "PySocks" in str(error)
