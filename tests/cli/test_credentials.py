"""A user name and a password in a URL are sent only to the server of that URL."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import AT, PAGE_HTML, Desk
from tests.servers import Request, Server, redirect, serve
from ticker.parsing import parse_page
from ticker.urls import absolute, without_credentials

USER, PASSWORD = "corvina", "p@ss:w0rd-5f3a"  # users write "@" without percent-encoding it
SECRET = f"{USER}:{PASSWORD}"
QUICK = "[fetching]\npause = 0\nretries = 0\n"


def with_password(address: str) -> str:
    return address.replace("://", f"://{SECRET}@")


def says_it(text: str) -> bool:
    return USER in text or "w0rd" in text


def files_that_say_it(folder: Path) -> list[str]:
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(part.encode() in path.read_bytes() for part in (USER, "w0rd"))
    ]


def locked(request: Request) -> str:
    return PAGE_HTML if request.headers["Authorization"] else "<p>Log in"


def links_with_password(server: Server) -> str:
    """Return the page with credentials in all of its URLs."""
    page = PAGE_HTML.replace('href="/', f'href="{with_password(server.url("/"))}')
    canonical = f'<link rel="canonical" href="{with_password(server.url("/bakers"))}">'
    base = f'<base href="{with_password(server.url("/"))}">'
    return page.replace("<title>", f"{base}{canonical}<title>")


def test_nothing_keeps_or_tells_a_password(desk: Desk) -> None:
    with serve({"/a": locked}) as server:
        server.routes["/gone"] = redirect(with_password("ftp://127.0.0.1/"))
        server.routes["/linked"] = links_with_password(server)
        address = with_password(server.url("/a"))
        told = []
        for options in (["--json"], ["-vv"], ["--dry-run"]):
            told.append(desk.run("fetch", *options, address))
        assert server.last("/a").headers["Authorization"]
        assert len(desk.stored()) == 4
        desk.configure(QUICK + f'[[source]]\nname = "locked"\nurl = "{address}"\ntimezone = "UTC"\n')
        told.append(desk.run("fetch", "-vv"))
        told.append(desk.run("fetch"))
        for command in (["sources", "list"], ["sources", "list", "--json"], ["sources", "check", "locked"], ["status"]):
            told.append(desk.run(*command, status=None))
        told.append(desk.run("sources", "add", with_password(server.url("/a/")), "--name", "again", status=2))
        told.append(desk.run("fetch", with_password(server.url("/gone")), "-vv", status=1))
        told.append(desk.run("fetch", with_password("ftp://127.0.0.1/"), status=2))
        told.append(desk.run("fetch", with_password("http://127.0.0.1:1/"), "-vv", status=1))
        told.append(desk.run("fetch", "--json", server.url("/linked")))
        desk.save("page.html", PAGE_HTML)
        told.append(desk.run("fetch", "page.html", "--url", with_password("http://saved.example/a"), "--at", AT))
        told.append(desk.run("parse", "page.html", "--url", with_password("http://saved.example/a"), "--at", AT))
        told.append(desk.run("list", "--json"))
    assert {line.split('"source": "')[1].split('"')[0] for line in desk.stored()} >= {"saved.example", "127.0.0.1"}
    assert [text for result in told for text in (result.out, result.err) if says_it(text)] == []
    assert files_that_say_it(desk.archive) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2"])
def test_a_redirect_takes_a_password_to_no_other_origin(desk: Desk, host: str) -> None:
    with serve({"/b": PAGE_HTML}, host=host) as there, serve({"/a": redirect("/on")}) as here:
        here.routes["/a"] = redirect(here.url("/on"))
        here.routes["/on"] = redirect(there.url("/b"))
        desk.run("fetch", with_password(here.url("/a")))
        assert here.last("/on").headers["Authorization"]
        assert there.last("/b").headers["Authorization"] is None
        assert there.last("/robots.txt").headers["Authorization"] is None


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://me@news.example/a", "https://news.example/a"),
        ("https://me:pass@news.example:8080/a@b", "https://news.example:8080/a@b"),
        ("http://a@b:c@d@news.example?x=@", "http://news.example?x=@"),
        ("http://me:@news.example#@", "http://news.example#@"),
        ("ftp://me:x@news.example/", "ftp://news.example/"),
        ("http:\\\\me:x@news.example", "http:\\\\news.example"),
        ("https://news.example/@me", "https://news.example/@me"),
        ("https://news.example/a?mail=me@b", "https://news.example/a?mail=me@b"),
        ("mailto:me@news.example", "mailto:me@news.example"),
        ("/@me", "/@me"),
    ],
)
def test_addresses_without_credentials(address: str, bare: str) -> None:
    assert without_credentials(address) == bare


def test_links_of_a_page_have_none() -> None:
    assert absolute("/a", "https://me:x@news.example/b") == "https://news.example/a"
    assert absolute("//me:x@news.example/a", "https://news.example/b") == "https://news.example/a"
    page = parse_page(PAGE_HTML, url="https://me:x@news.example/articles/1")
    assert "me:x" not in str(page.to_dict())


@pytest.mark.parametrize("is_as_written", [True, False])
def test_lines_that_are_imported_bring_none(desk: Desk, is_as_written: bool) -> None:
    line = (
        '{"time": "2025-06-12T17:10:00+00:00", "source": "daily", "title": "Mail a@b.example", '
        f'"url": "https://{SECRET}@news.example/1", "id": "00112233445566ff", "seen": "2025-06-12T20:00:00+00:00", '
        f'"page": "https://{SECRET}@news.example/", "time_text": "17:10", "precision": "minute", "section": null}}\n'
    )
    desk.save("lines.jsonl", line if is_as_written else line.replace(", ", ","))
    desk.run("import", "lines.jsonl")
    (stored,) = desk.stored()
    assert '"url": "https://news.example/1"' in stored
    assert "a@b.example" in stored
    assert files_that_say_it(desk.archive) == []
    assert desk.run("import", "lines.jsonl").err.count("0 new") == 1


@pytest.mark.parametrize(
    "what",
    [
        f"{USER}:w0rd@127.0.0.1:9/nope",
        f"{USER}:w0rd@news",
        f"http://127.0.0.1:9/?u={with_password('http://x.example/')}",
    ],
)
def test_a_scheme_that_is_forgotten_or_an_address_in_an_address_tells_none(desk: Desk, what: str) -> None:
    told = desk.run("fetch", what, "--log-file", "log", "--ignore-robots", status=None)
    assert told.status in (1, 2)
    assert not says_it(told.err)
    assert files_that_say_it(desk.folder) == []
