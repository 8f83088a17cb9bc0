"""Tests of URL validation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers import serve
from ticker.errors import AddressError
from ticker.fetching import Fetcher
from ticker.fetching.request_url import RequestUrl


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("", "no scheme"),
        ("news.example", "no scheme"),
        ("//news.example/", "no scheme"),
        ("htp://news.example/", "unknown scheme 'htp'"),
        ("file:///etc/passwd", "unknown scheme 'file'"),
        ("http://", "no host"),
        ("https:///a", "no host"),
        ("http://./", "no host"),
        ("http://news example/", "contains spaces"),
        ("http://news.example/a b", "%20"),
        ("http://news.example/a\nb", "contains spaces"),
        ("http://news.example:http/", "its port"),
        ("http://news.example:99999/", "its port"),
        ("http://[::1/", "malformed"),
        ("http://news..example/", "'news..example'"),
        ("http://*.example/", "'*.example'"),
        ("http://" + "a" * 64 + ".example/", "invalid host name"),
    ],
)
def test_address_that_is_none(fetcher: Fetcher, address: str, what: str):
    with pytest.raises(AddressError) as caught:
        fetcher.fetch(address)
    text = str(caught.value)
    assert what in text and "\n" not in text and text.isprintable()


@pytest.mark.parametrize("address", ["http://müller.invalid/ä?ö=ü", "HTTPS://NEWS.invalid:8443", "http://a_b.invalid/"])
def test_address_that_is_sound(address: str):
    assert RequestUrl.of(f" {address}\n").address == address


def test_path_that_is_not_ascii_is_sent_as_utf8(fetcher: Fetcher):
    with serve({"/%C3%A4": "<h1>x"}) as server:
        assert fetcher.fetch(server.url("/ä?q=ö")).status == 200
    assert server.requests[-1].target == "/%C3%A4?q=%C3%B6"


def test_parts_of_an_address():
    target = RequestUrl.of("https://me:a@b@News.Example:8443/a?b#c")
    assert target.host == "news.example"
    assert target.origin == "https://news.example:8443"
    assert target.shown == "https://News.Example:8443/a?b"
    assert target.address == "https://me:a@b@News.Example:8443/a?b"


@given(st.text() | st.from_regex(r"https?://[^/]{1,20}(/.*)?", fullmatch=True))
def test_any_text_is_an_address_or_none(text: str):
    try:
        target = RequestUrl.of(text)
    except AddressError as error:
        assert "\n" not in str(error)
    else:
        assert target.host and target.origin


@given(st.text() | st.from_regex(r"(https?:)?//[^/]{1,20}(/.*)?", fullmatch=True))
def test_any_text_is_a_location_or_none(text: str):
    base = RequestUrl.of("http://news.example/a/b")
    try:
        base.redirected(text)
    except AddressError as error:
        assert "\n" not in str(error)
