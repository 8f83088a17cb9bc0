"""Server faults that browsers tolerate: they neither stop a fetch nor reach the archive."""

from __future__ import annotations

import base64
import gzip
import json
import socket
from contextlib import ExitStack

import brotli
import pytest

from tests.cli.desk import PAGE_HTML, Desk
from tests.servers import Reply, Request, Server, redirect, serve, typed
from ticker.zstandard import zstd

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
MOVED = b"HTTP/1.1 302 Found\r\n"
QUICK = "[fetching]\npause = 0\nretries = 0\nread_timeout = 5\n"
NEW = "4 headlines, 4 new"


@pytest.fixture
def web(desk: Desk) -> Desk:
    desk.configure(QUICK)
    return desk


def chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 400] for at in range(0, len(body), 400)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def answer(*headers: bytes, body: bytes = PAGE_HTML.encode(), before: bytes = b"") -> Reply:
    """Return a raw response with these header lines, and ``before`` in front of the status line."""
    return Reply(raw=[before + HEAD + b"".join(line + b"\r\n" for line in headers) + b"\r\n" + body])


MALFORMED = [
    b"junk",
    b"Server Name: web-3",
    b": without a name",
    b" X-Leading: a",
    b"\tX-Leading: a",
    b"X-Trailing : a",
    b"S\xc3\xa9rver: a",
    b"Serv\xe9r: a",
    b"[X]: a",
    b"X-Return: a\rb",
    b"HTTP/1.1 200 OK",
    b"<html>",
]


def test_a_malformed_header_line_is_skipped_alone(web: Desk) -> None:
    routes: dict[str, Reply | str] = {"/ok": PAGE_HTML}
    for number, line in enumerate(MALFORMED):
        routes[f"/chunks{number}"] = answer(line, b"Transfer-Encoding: chunked", body=chunked(PAGE_HTML.encode()))
        routes[f"/packed{number}"] = answer(line, b"Content-Encoding: gzip", body=gzip.compress(PAGE_HTML.encode()))
        routes[f"/moved{number}"] = Reply(raw=[MOVED + line + b"\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n"])
    with serve(routes) as server:
        told = web.run("fetch", *map(server.url, routes))
        assert server.count("/ok") == len(MALFORMED) + 1
    articles = list(map(json.loads, web.stored("articles")))
    assert len(articles) == 2 * len(MALFORMED) + 1, told.err
    assert not any("190" in article["body"] for article in articles), "the size of a chunk must not be in the text"


def test_a_continued_header_line_belongs_to_the_one_above(web: Desk) -> None:
    reply = answer(b"X-Policy: a;\r\n b", b"Transfer-Encoding: chunked", body=chunked(PAGE_HTML.encode()))
    with serve({"/": reply}) as server:
        assert NEW in web.run("fetch", server.url()).err


@pytest.mark.parametrize(
    "before",
    [
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n",
        b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 199 Odd\r\njunk\r\n\r\n",
    ],
)
def test_informational_answers_are_skipped(web: Desk, before: bytes) -> None:
    rules = Reply(
        raw=[before, b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow: /private\n"]
    )
    with serve({"/a": answer(before=before), "/private": PAGE_HTML, "/robots.txt": rules}) as server:
        assert NEW in web.run("fetch", server.url("/a")).err
        assert "robots.txt" in web.run("fetch", server.url("/private"), status=1).err


def test_statuses_of_robots_txt(web: Desk) -> None:
    statuses = {200: False, 203: False, 206: False, 401: True, 403: True, 404: True, 500: False}
    with ExitStack() as stack:
        servers = {}
        for status in statuses:
            rules = Reply(status, "User-agent: *\nDisallow: /", {"Content-Type": "text/plain"})
            servers[status] = stack.enter_context(serve({"/": PAGE_HTML, "/robots.txt": rules}))
        web.run("fetch", *(server.url() for server in servers.values()), status=1)
        assert {status: bool(server.count("/")) for status, server in servers.items()} == statuses


def by_proxy(web: Desk, proxy: Server) -> Desk:
    web.environment = {"http_proxy": proxy.url(), "no_proxy": ""}
    return web


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("http://m\u00fcnchen.example/p", "http://xn--mnchen-3ya.example/p"),
        ("//B\u00dcCHER.example/stra\u00dfe", "http://xn--bcher-kva.example/stra%C3%9Fe"),
        ("http://\u307f\u3093\u306a.example:8080/", "http://xn--q9jyb4c.example:8080/"),
    ],
)
def test_a_redirect_to_a_host_beyond_ascii(web: Desk, location: str, asked: str) -> None:
    sent = location.encode().decode("latin-1")
    with serve({"http://start.example/": redirect(sent), asked: PAGE_HTML}) as proxy:
        assert NEW in by_proxy(web, proxy).run("fetch", "http://start.example/").err
        assert proxy.count(asked) == 1


def test_a_percent_sign_in_a_host_is_an_address_error(web: Desk) -> None:
    with serve({"/": redirect("http://m%C3%BCnchen.example/")}) as server:
        assert "not an http or https URL" in web.run("fetch", server.url(), status=1).err
    for address in ("http://a%62.example/", "http://[::1%lo]/", "http://[fe80::1%25eth0]:8080/"):
        told = web.run("fetch", address, status=1).err
        assert "invalid URL: its host" in told and "'%'" in told and "DNS" not in told


@pytest.mark.parametrize(
    "location",
    [
        "http://m%C3%BCnchen.example/",
        "http://\u2603\u00ad..example/",
        "http://[::1%lo]/",
        "http://[::1/",
        "http://*.example/",
        f"http://{'a' * 64}.example/",
    ],
)
def test_a_redirect_to_no_valid_host_name(web: Desk, location: str) -> None:
    with serve({"/": redirect(location.encode().decode("latin-1"))}) as server:
        told = web.run("fetch", server.url(), status=1).err
    assert "invalid host name" in told and "DNS" not in told


@pytest.mark.parametrize(
    ("path", "asked"),
    [(b"/caf\xe9?q=\xe9", "/caf%E9?q=%E9"), ("/новости".encode("cp1251"), "/%ED%EE%E2%EE%F1%F2%E8")],
)
def test_a_location_goes_out_byte_for_byte(web: Desk, path: bytes, asked: str) -> None:
    moved = Reply(raw=[b"HTTP/1.1 301 Moved\r\nLocation: " + path + b"\r\nContent-Length: 0\r\n\r\n"])
    with serve({"/": moved, asked.partition("?")[0]: PAGE_HTML}) as server:
        assert NEW in web.run("fetch", server.url()).err
        assert server.requests[-1].target == asked


def test_location_headers(web: Desk) -> None:
    def moved(*places: bytes) -> Reply:
        lines = b"".join(b"Location: %s\r\n" % place for place in places)
        return Reply(raw=[b"HTTP/1.1 302 Found\r\n" + lines + b"Content-Length: 0\r\n\r\n"])

    same, spaced = moved(b"/a", b"/a"), moved(b"/b", b"/b  ", b" \t/b")
    routes = {"/same": same, "/spaced": spaced, "/several": moved(b"/a", b"/b"), "/a": PAGE_HTML, "/b": PAGE_HTML}
    with serve(routes) as server:
        assert NEW in web.run("fetch", server.url("/same")).err
        assert "1 article new" in web.run("fetch", server.url("/spaced")).err
        assert "several URLs" in web.run("fetch", server.url("/several"), status=1).err


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "br, gzip"])
@pytest.mark.parametrize("start", ["", "\ufeff", "\r\n \t", "<!-- Кириллица -->", "<?xml version='1.0'?>\n"])
def test_a_coding_that_is_announced_and_not_done(web: Desk, coding: str, start: str) -> None:
    with serve({"/": Reply(body=start + PAGE_HTML, headers={"Content-Encoding": coding})}) as server:
        assert NEW in web.run("fetch", server.url()).err


def test_codings(web: Desk) -> None:
    page = PAGE_HTML.encode()
    bodies = {"gzip": gzip.compress(page), "br": brotli.compress(page), "zstd": zstd.compress(page), "x-gzip": page}
    announced = b"Content-Length: %d" % len(page)
    routes = {
        f"/{coding}": answer(announced, b"Content-Encoding: " + coding.encode(), body=body)
        for coding, body in bodies.items()
    }
    with serve(routes) as server:
        assert f"{len(routes)} articles new" in web.run("fetch", *map(server.url, routes)).err
        assert server.last("/br").headers["Accept-Encoding"] == "gzip, deflate, br, zstd"


def test_a_page_that_is_cut_off_is_not_stored(web: Desk) -> None:
    body = gzip.compress(PAGE_HTML.encode())[:-6]
    with serve({"/": answer(b"Content-Encoding: gzip", b"Content-Length: 9999", body=body)}) as server:
        web.run("fetch", server.url(), status=1)
    assert web.stored() == []


def meta(content: str, around: str = "{}") -> str:
    tag = around.format(f'<META CONTENT="{content}" HTTP-EQUIV=refresh>')
    return f"<html><head><title>Moved</title>{tag}</head><body><p>This page has moved.</p></body></html>"


def test_a_refresh_is_followed(web: Desk) -> None:
    replies = [
        meta("0; url=/ok"),
        meta("5;URL='/ok'"),
        meta("0,/ok"),
        meta("0; url=ok", '<base href="/">{}'),
        meta("0; url=/ok").replace("<head>", "<head></head><body>"),
        meta("0; url=/ok", "<script>" + "let a = 1; " * 10_000 + "</script>{}"),
        meta("0; url=/ok", "<STYLE media=all>" + "p > a, " * 20_000 + "</STYLE >{}"),
        meta("0; url=/ok", "<!-- <script> " + "x" * 100_000 + " -->{}"),
        Reply(body=meta("0; url=/ok").encode("utf-16")),
        Reply(body=meta("0; url=/ok").encode("utf-16-be"), headers={"Content-Type": "text/html; charset=utf-16be"}),
        Reply(body="moved", headers={"Refresh": "0; url=/ok"}),
        Reply(body="", headers={"Refresh": "3; url=/ok"}),
    ]
    routes = {f"/a/{number}": reply for number, reply in enumerate(replies)}
    with serve({**routes, "/ok": PAGE_HTML}) as server:
        assert NEW in web.run("fetch", *map(server.url, routes)).err.replace(f"{4 * len(routes)} head", "4 head")
        assert server.count("/ok") == len(routes)
    assert all(f'"page": "{server.url("/ok")}"' in line for line in web.stored())


def test_a_refresh_that_is_not_followed(web: Desk) -> None:
    pages = {
        "/late": meta("6; url=/ok"),
        "/same": meta("0; url=/same"),
        "/reload": meta("0"),
        "/top": meta("0; url=#top"),
        "/script": meta("0; url=javascript:go()"),
        "/noscript": meta("0; url=/ok", "<noscript>{}</noscript>"),
        "/template": meta("0; url=/ok", "<template>{}</template>"),
        "/comment": meta("0; url=/ok", "<!-- {} -->"),
        "/string": meta("0; url=/ok", "<script>document.write('{}')</script>"),
    }
    body = PAGE_HTML.partition("<body>")[2]
    with serve({**{path: page.replace("<p>", body + "<p>") for path, page in pages.items()}, "/ok": "<p>"}) as server:
        told = web.run("fetch", *map(server.url, pages), "--dry-run")
        assert len(told.err.splitlines()) == 1, "it is mentioned only with -v"
        more = web.run("fetch", *map(server.url, pages), "--dry-run", "-v").err.splitlines()
        assert server.count("/ok") == 0 and server.count("/late") == 2
    mentioned = [line for line in more if "not followed" in line]
    assert [line.split(server.origin)[1].partition(":")[0] for line in mentioned] == list(pages)[:5]


def test_refreshes_count_as_redirects(web: Desk) -> None:
    def further(request: Request) -> str:
        return meta(f"0; url=/?{request.number}")

    with serve({"/": further, "/a": meta("0; url=/b"), "/b": redirect("/a")}) as server:
        assert "redirected more than 10 times" in web.run("fetch", server.url(), status=1).err
        assert "redirect loop" in web.run("fetch", server.url("/a"), status=1).err
        server.routes["/away"] = meta("0; url=http://169.254.169.254/")
        assert "not on the public internet" in web.run("fetch", server.url("/away"), status=1).err


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_netrc_is_not_read_unasked(web: Desk) -> None:
    web.environment = {"HOME": str(web.folder)}
    web.save(".netrc", "machine localhost login admin password router\ndefault login ann password s2\n").chmod(0o600)
    with serve({"/b": PAGE_HTML}, name="localhost") as there, serve({"/a": redirect(there.url("/b"))}) as here:
        web.configure(QUICK + f'[[source]]\nname = "a"\nurl = "{here.url("/a")}"\n')
        web.run("fetch")
        web.run("fetch", here.url("/a"))
        assert not any(request.headers["Authorization"] for request in here.requests + there.requests)
        web.configure(QUICK + f'[[source]]\nname = "a"\nurl = "{here.url("/a")}"\nnetrc = true\n')
        told = web.run("fetch", "-vv")
        assert here.last("/a").headers["Authorization"] == basic("ann", "s2")
        assert not any(request.headers["Authorization"] for request in there.requests)
    assert "s2" not in told.err + "".join(web.stored())


@pytest.mark.parametrize(
    ("text", "mode", "problem"),
    [
        (None, 0, "no such file"),
        ("default login ann password s3cret\n", 0o644, "can be read by others"),
        ("machine other.example login ann password s3cret\n", 0o600, "has no entry for 127.0.0.1"),
        ("machine 127.0.0.1 login ann s3cret\n", 0o600, "cannot be parsed"),
    ],
)
def test_a_netrc_that_cannot_be_used(web: Desk, text: str | None, mode: int, problem: str) -> None:
    web.environment = {"NETRC": str(web.folder / "logins")}
    if text:
        web.save("logins", text).chmod(mode)
    with serve({"/": PAGE_HTML}) as server:
        web.configure(QUICK + f'[[source]]\nname = "a"\nurl = "{server.url()}"\nnetrc = true\n')
        told = web.run("fetch", status=1)
    assert problem in told.err and "s3cret" not in told.err
    assert server.requests == []


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
@pytest.mark.parametrize(
    ("exempt", "is_direct"),
    [
        ("::1/128", True),
        ("fd00::/8,::/64", True),
        ("[::1]", True),
        ("::1", True),
        ("[::1]:{port}", True),
        ("[::1]:1", False),
        ("[::]/64:{port}", True),
        ("[::]/64:1", False),
        ("fd00::/8", False),
    ],
)
def test_no_proxy_for_ipv6(web: Desk, exempt: str, is_direct: bool) -> None:
    with serve({"/": PAGE_HTML}, host="::1", name="[::1]") as server, serve({}) as proxy:
        web.environment = {"http_proxy": proxy.url(), "no_proxy": exempt.format(port=server.port)}
        web.run("fetch", server.url(), "--ignore-robots", status=0 if is_direct else 1)
        assert (server.count("/"), len(proxy.requests)) == ((1, 0) if is_direct else (0, 1))


@pytest.mark.parametrize(
    ("exempt", "is_direct"),
    [
        ("127.0.0.1:{port}", True),
        ("127.0.0.1:1", False),
        ("localhost:{port}", False),
        ("x.example, 127.0.0.0/8", True),
        ("127.0.0.0/8:{port}", True),
        ("127.0.0.0/8:1", False),
        ("10.0.0.0/8:{port}", False),
    ],
)
def test_no_proxy_with_a_port(web: Desk, exempt: str, is_direct: bool) -> None:
    with serve({"/": PAGE_HTML}) as server, serve({}) as proxy:
        web.environment = {"http_proxy": proxy.url(), "no_proxy": exempt.format(port=server.port)}
        web.run("fetch", server.url(), "--ignore-robots", status=0 if is_direct else 1)
        assert (server.count("/"), len(proxy.requests)) == ((1, 0) if is_direct else (0, 1))
    with serve({"http://quay.example/": PAGE_HTML}) as proxy:
        web.environment = {"http_proxy": proxy.url(), "no_proxy": "quay.example:80"}
        web.run("fetch", "http://quay.example/", "--ignore-robots", status=1)
        web.environment["no_proxy"] = "quay.example:443"
        web.run("fetch", "http://quay.example/", "--ignore-robots")


def test_plain_text_is_not_sent_on(web: Desk) -> None:
    text = meta("0; url=/ok") + "\nLatest News\n17:10 A headline of the day about bakers\n"
    with serve({"/": typed(text, "text/plain"), "/ok": Reply(410)}) as server:
        web.run("fetch", server.url(), status=None)
        assert server.count("/ok") == 0
