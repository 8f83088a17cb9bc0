"""Tests of failing connections and invalid responses: a ConnectionFailed with its cause, without delay."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fetching.conftest import failure
from tests.servers import Reply, closed_port, dripping, redirect, serve
from ticker.errors import ConnectionFailed, FetchError
from ticker.fetching import Fetcher

# Without a request for robots.txt, the failure affects the page itself.
ALONE = {"ignore_robots": True}


@pytest.mark.parametrize("ignore_robots", [True, False])
def test_host_without_an_address(make: Callable[..., Fetcher], ignore_robots: bool):
    error = failure(make(ignore_robots=ignore_robots), "http://ticker-test.invalid/a")
    assert isinstance(error, ConnectionFailed) and error.cause == "DNS"
    assert "ticker-test.invalid (DNS)" in str(error)


@pytest.mark.parametrize("ignore_robots", [True, False])
def test_connection_refused(make: Callable[..., Fetcher], ignore_robots: bool):
    error = failure(make(ignore_robots=ignore_robots), f"http://127.0.0.1:{closed_port()}/a")
    assert isinstance(error, ConnectionFailed) and error.cause == "refused"


def test_certificate_that_nobody_vouches_for(make: Callable[..., Fetcher], certificate: tuple[Path, Path]):
    with serve({"/": "<h1>x"}, tls=certificate) as server:
        error = failure(make(retries=2), server.url())
        assert server.requests == [], "TLS verification is always on, for retries too"
    assert error.cause == "TLS" and "certificate" in str(error)


def test_certificate_that_the_environment_trusts(
    fetcher: Fetcher, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate[0]))
    with serve({"/": "<h1>x"}, tls=certificate) as server:
        assert fetcher.fetch(server.url()).body == b"<h1>x"


def test_certificates_that_are_not_there(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/certificates.pem")
    assert "/nowhere/certificates.pem" in str(failure(fetcher, "https://127.0.0.1/"))


def test_certificate_of_another_host(fetcher: Fetcher, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate[0]))
    with serve({"/": "<h1>x"}, tls=certificate, name="localhost") as server:
        error = failure(fetcher, server.url())
    assert error.cause == "TLS" and "localhost" in str(error)


def test_no_tls_where_it_is_asked_for(fetcher: Fetcher):
    with serve({"/": "<h1>x"}) as server:
        assert failure(fetcher, server.url().replace("http:", "https:")).cause == "TLS"


def test_a_secure_connection_that_is_closed_before_it_stands(fetcher: Fetcher):
    def hang_up() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=hang_up, daemon=True).start()
        error = failure(fetcher, f"https://127.0.0.1:{listener.getsockname()[1]}/a")
    assert error.cause == "TLS" and "closed" in str(error) and "_ssl" not in str(error)


@pytest.fixture
def silent() -> Iterator[str]:
    """Yield the URL of a server that accepts connections and never responds."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/a"


def test_silent_server(make: Callable[..., Fetcher], silent: str):
    began = time.monotonic()
    error = failure(make(read_timeout=0.2), silent)
    assert error.cause == "timeout" and "within 0.2 s" in str(error)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "reply",
    [
        lambda: Reply(body=dripping(b"<h1>" + b"x" * 200, 0.05)),
        lambda: Reply(raw=dripping(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200, 0.05)),
        lambda: Reply(raw=dripping(b"HTTP/1.1 100 Continue\r\n\r\n" * 20, 0.02)),
        lambda: Reply(raw=dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + b"x" * 200, 0.05)),
        lambda: Reply(raw=dripping(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 200, 0.05)),
    ],
    ids=["chunks", "headers", "interim answers", "sized body", "unsized body"],
)
def test_dripping_server_is_cut_at_the_deadline(make: Callable[..., Fetcher], reply: Callable[[], Reply]):
    with serve({"/": lambda _: reply()}) as server:
        began = time.monotonic()
        error = failure(make(deadline=0.5, read_timeout=20, retries=2, **ALONE), server.url())
        assert 0.4 < time.monotonic() - began < 2
    assert error.cause == "deadline" and "0.5 s" in str(error)
    assert server.count("/") == 1, "the deadline is for the page, not for each attempt"


def test_deadline_counts_all_redirects_and_retries(make: Callable[..., Fetcher]):
    def slow(request: object) -> Reply:
        time.sleep(0.2)
        return Reply(503)

    with serve({"/": slow}) as server:
        error = failure(make(deadline=0.5, retries=50, **ALONE), server.url())
    assert error.cause == "deadline"
    assert server.count("/") <= 3


def test_deadline_does_not_count_waits(make: Callable[..., Fetcher]):
    with serve({"/": lambda request: Reply(503) if request.number < 4 else "<h1>x"}) as server:
        fetched = make(deadline=5, retries=3, backoff=100).fetch(server.url())
    assert fetched.status == 200


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(raw=[]),
        Reply(raw=[b"SSH-2.0-OpenSSH_9.6\r\n"]),
        Reply(body="<h1>" + "x" * 100, cut=50),
        Reply(raw=[HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nabcde\r\n"]),
        Reply(raw=[HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"50\r\nabcde"]),
        Reply(raw=[HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"what?\r\nabcde\r\n0\r\n\r\n"]),
        Reply(raw=[HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n"]),
        Reply(raw=[HEAD + b"X: x\r\n" * 1000 + b"\r\n"]),
        Reply(raw=[HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<h1>" + bytes(range(256)))[:-20]]),
        Reply(body="no deflate", headers={"Content-Encoding": "deflate"}),
        Reply(body="no brotli", headers={"Content-Encoding": "compress"}),
    ],
    ids=[
        "nothing",
        "another protocol",
        "body cut off",
        "last chunk missing",
        "chunk cut off",
        "chunk without a size",
        "endless header",
        "endless headers",
        "gzip cut off",
        "no deflate",
        "unknown packing",
    ],
)
def test_broken_answer(make: Callable[..., Fetcher], reply: Reply):
    with serve({"/": reply}) as server:
        error = failure(make(), server.url())
    assert isinstance(error, ConnectionFailed) and error.cause == "broken"


def test_broken_answer_does_not_spoil_the_next(fetcher: Fetcher):
    with serve({"/bad": Reply(body="<h1>" + "x" * 100, cut=50), "/good": "<h1>x"}) as server:
        for _ in range(3):
            failure(fetcher, server.url("/bad"))
            assert fetcher.fetch(server.url("/good")).body == b"<h1>x"


def test_interim_answer_is_passed_over(fetcher: Fetcher):
    reply = Reply(raw=[b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"Content-Length: 5\r\n\r\n<h1>x"])
    with serve({"/": reply}) as server:
        assert fetcher.fetch(server.url()).body == b"<h1>x"


@pytest.mark.parametrize("header", ["Location", "Content-Type", "Content-Encoding"])
def test_message_quotes_nothing_that_upsets_a_terminal(fetcher: Fetcher, header: str):
    reply = Reply(301 if header == "Location" else 200, "<h1>x", headers={header: "ftp://x/\x1b]0;title\x07"})
    with serve({"/": reply}) as server:
        if header != "Content-Encoding":
            assert str(failure(fetcher, server.url())).isprintable()
        else:
            assert fetcher.fetch(server.url()).body == b"<h1>x", "an unknown coding is ignored, as in browsers"


# Valid and invalid parts of a response, combined at random.
STATUS = st.sampled_from(
    ["HTTP/1.1 200 OK", "HTTP/1.0 200", "HTTP/1.1 302 x", "HTTP/1.1 503", "HTTP/2 200", "HTTP/1.1 9"]
)
HEADER = st.tuples(
    st.sampled_from(
        "Location Content-Type Content-Length Content-Encoding Transfer-Encoding Set-Cookie Retry-After".split()
    ),
    st.sampled_from(["gzip", "gzip, br", "chunked", "text/html", "-1", "5", "9" * 30, "/", "http://[", "=;=", "1e9"])
    | st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=12),
)
BODY = st.sampled_from([b"<html>x", b"5\r\n<html\r\n0\r\n\r\n", b"\x1f\x8b\x08\x00", b"\r\n", b""]) | st.binary(
    max_size=20
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(STATUS, st.lists(HEADER, max_size=4), BODY))
def test_any_answer_is_a_page_or_a_failure(
    make: Callable[..., Fetcher], parts: tuple[str, list[tuple[str, str]], bytes]
):
    status, headers, body = parts
    head = "\r\n".join([status, *(f"{name}: {value}" for name, value in headers), "", ""])
    with serve({"/": Reply(raw=[head.encode("latin-1") + body])}) as server:
        try:
            assert make(max_bytes=1000).fetch(server.url()).body.strip()
        except FetchError as error:
            assert str(error).startswith(server.url()) and str(error).isprintable()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REQUESTS_CA_BUNDLE", ""),
        ("CURL_CA_BUNDLE", ""),
        ("REQUESTS_CA_BUNDLE", "0"),
        ("REQUESTS_CA_BUNDLE", "False"),
        ("PYTHONHTTPSVERIFY", "0"),
        ("SSL_CERT_FILE", "/dev/null"),
        ("GIT_SSL_NO_VERIFY", "1"),
    ],
)
def test_no_environment_turns_verification_off(
    make: Callable[..., Fetcher],
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
):
    monkeypatch.setenv(name, value)
    with serve({"/": "<h1>x"}, tls=certificate) as server:
        failure(make(retries=1, allow_private=True), server.url())
        assert server.requests == []


def test_redirect_to_a_certificate_that_nobody_vouches_for(fetcher: Fetcher, certificate: tuple[Path, Path]):
    with serve({"/": "<h1>x"}, tls=certificate) as there, serve({"/": redirect(there.url())}) as here:
        assert failure(fetcher, here.url()).cause == "TLS"
        assert there.requests == []
