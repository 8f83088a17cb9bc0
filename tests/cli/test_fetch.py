"""Tests of ``ticker fetch``: requests, messages and stored records."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.desk import AT, PAGE_HTML, PAGE_TEXT, URL, Desk
from tests.servers import Reply, Request, serve
from ticker.demo.site import Newspaper

QUICK = "[fetching]\npause = 0\nretries = 0\n"


def source(name: str, url: str, zone: str = "UTC") -> str:
    return f'[[source]]\nname = "{name}"\nurl = "{url}"\ntimezone = "{zone}"\n'


def test_a_source_while_its_page_changes(desk: Desk, newspaper: Newspaper) -> None:
    desk.configure(source("gazette", newspaper.url, newspaper.zone))
    assert desk.run("fetch").err == "1 source, 7 headlines, 7 new, 1 article new\n"
    newspaper.edition = 1
    assert desk.run("fetch").err == "1 source, 9 headlines, 2 new\n"
    newspaper.edition = 2
    assert desk.run("fetch").err == "1 source, 9 headlines, 1 new, 1 article new\n"
    newspaper.edition = 3
    assert desk.run("fetch").err == "1 source, 10 headlines, 2 new\n"
    assert desk.run("fetch").err == "1 source, 0 headlines, 0 new, 1 unchanged\n"
    lines = [json.loads(line) for line in desk.stored()]
    assert len(lines) == 12
    assert len(desk.stored("articles")) == 2
    times = sorted(datetime.fromisoformat(line["time"]) for line in lines)
    assert [(time - newspaper.midnight) // timedelta(minutes=1) for time in times[-3:]] == [-6, 8, 31]


def test_a_saved_page_ten_times_is_stored_once(desk: Desk) -> None:
    desk.save("page.html", PAGE_HTML)
    for number in range(10):
        moment = datetime(2025, 6, 12 + number, 21, 30, tzinfo=UTC).timestamp()
        os.utime(desk.folder / "page.html", (moment, moment))
        desk.run("fetch", "page.html", "--url", URL)
    assert len(desk.stored()) == 4
    assert len(desk.stored("articles")) == 1


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("page.html", ["--url", URL], "news.example"),
        ("page.html", ["--url", "news.example/articles/bakers/10"], "news.example"),
        ("bakers.txt", [], "bakers"),
        ("canonical.html", [], "canon.example"),
    ],
)
def test_a_saved_page_is_archived_under_its_host_or_its_name(
    desk: Desk, name: str, arguments: list[str], expected: str
) -> None:
    desk.save("page.html", PAGE_HTML)
    desk.save("bakers.txt", PAGE_TEXT)
    link = '<link rel="canonical" href="https://canon.example/bakers">'
    desk.save("canonical.html", PAGE_HTML.replace("<title>", link + "<title>"))
    desk.run("fetch", name, *arguments, "--at", AT)
    assert {json.loads(line)["source"] for line in desk.stored() + desk.stored("articles")} == {expected}
    assert len(desk.stored()) == 4


def test_a_saved_page_s_time_is_its_file_s_or_the_one_given(desk: Desk) -> None:
    path = desk.save("page.html", PAGE_HTML)
    moment = datetime(2024, 2, 29, 20, 0, tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    desk.run("fetch", "page.html", "--url", URL)
    assert {json.loads(line)["time"][:10] for line in desk.stored()} == {"2024-02-29"}
    desk.run("fetch", "page.html", "--url", "https://other.example/", "--at", AT, "--timezone", "Africa/Casablanca")
    times = [json.loads(line)["time"] for line in desk.stored() if "other.example" in json.loads(line)["source"]]
    assert times[-1] == "2025-06-12T17:10:00+01:00"


def test_standard_input(desk: Desk) -> None:
    desk.run("fetch", "-", "--url", URL, stdin=PAGE_HTML.encode())
    assert len(desk.stored()) == 4


def test_an_address_that_is_configured_is_archived_as_its_source(desk: Desk, newspaper: Newspaper) -> None:
    desk.configure(source("gazette", newspaper.url, newspaper.zone))
    desk.run("fetch", newspaper.url)
    desk.run("fetch", newspaper.base + "/")
    assert {json.loads(line)["source"] for line in desk.stored()} == {"gazette", "127.0.0.1"}


def test_one_failing_source_is_named_and_stops_no_other(desk: Desk) -> None:
    with serve({"/a": PAGE_HTML, "/pdf": Reply(200, b"%PDF-1.7", {"Content-Type": "application/pdf"})}) as server:
        desk.configure(
            QUICK + source("gone", server.url("/gone")) + source("good", server.url("/a"))
            + source("pdf", server.url("/pdf")) + source("dead", "http://127.0.0.1:9/")
        )  # fmt: skip
        result = desk.run("fetch", status=1)
    errors = sorted(result.err.splitlines()[:-1])
    assert result.err.splitlines()[-1] == "4 sources, 4 headlines, 4 new, 1 article new, 3 failed"
    assert errors[0].startswith("ticker: dead: http://127.0.0.1:9/: ")
    assert errors[1].startswith(f"ticker: gone: {server.url('/gone')}: HTTP 404")
    assert errors[2].startswith(f"ticker: pdf: {server.url('/pdf')}: ")
    assert "application/pdf" in errors[2]
    assert len(desk.stored()) == 4


def test_quiet_tells_errors_alone(desk: Desk, newspaper: Newspaper) -> None:
    desk.configure(QUICK + source("gazette", newspaper.url, newspaper.zone))
    assert desk.run("fetch", "-q").err == ""
    desk.configure(QUICK + source("gazette", newspaper.base + "/none"))
    result = desk.run("-q", "fetch", status=1)
    assert len(result.err.splitlines()) == 1
    assert result.out == ""


def test_verbose_tells_each_page(desk: Desk, newspaper: Newspaper) -> None:
    desk.configure(source("gazette", newspaper.url, newspaper.zone))
    result = desk.run("fetch", "-v")
    assert "gazette: 7 headlines, 7 new, article new: Night ferry returns" in result.err


def test_a_dry_run_shows_and_stores_nothing(desk: Desk, newspaper: Newspaper) -> None:
    desk.configure(source("gazette", newspaper.url, newspaper.zone))
    result = desk.run("fetch", "--dry-run")
    assert len(result.lines) == 8
    assert "Café owners on Quay Street" in result.out
    assert not desk.archive.exists()
    assert desk.run("fetch").err.startswith("1 source, 7 headlines, 7 new")  # the dry run stored no ETag


def test_json_prints_what_was_new_as_it_is_stored(desk: Desk, newspaper: Newspaper) -> None:
    desk.configure(source("gazette", newspaper.url, newspaper.zone))
    result = desk.run("fetch", "--json")
    assert sorted(result.lines) == sorted(desk.stored() + desk.stored("articles"))
    assert desk.run("fetch", "--json").out == ""


def test_robots_are_obeyed_unless_ignored(desk: Desk) -> None:
    robots = Reply(200, "User-agent: *\nDisallow: /private/\n", {"Content-Type": "text/plain"})
    with serve({"/robots.txt": robots, "/private/a": PAGE_HTML}) as server:
        result = desk.run("fetch", server.url("/private/a"), status=1)
        assert "robots.txt" in result.err
        desk.run("fetch", server.url("/private/a"), "--ignore-robots")
    assert len(desk.stored()) == 4


def test_another_archive_is_not_told_that_a_page_is_unchanged(desk: Desk, newspaper: Newspaper) -> None:
    desk.configure(source("gazette", newspaper.url, newspaper.zone))
    desk.run("fetch")
    assert "7 new" in desk.run("fetch", "--archive", desk.folder / "other").err
    desk.configure(source("renamed", newspaper.url))
    assert "7 new" in desk.run("fetch").err


def test_hosts_are_fetched_from_at_once_and_a_host_by_one_alone(desk: Desk) -> None:
    running: dict[str, int] = {}
    most: dict[str, int] = {}
    lock = threading.Lock()

    def slow(request: Request) -> str:
        host = (request.headers.get("Host") or "").partition(":")[0]
        with lock:
            for key in (host, "all"):
                running[key] = running.get(key, 0) + 1
                most[key] = max(most.get(key, 0), running[key])
        time.sleep(0.3)
        with lock:
            for key in (host, "all"):
                running[key] -= 1
        return PAGE_HTML

    with serve({f"/{number}": slow for number in range(6)}) as server:
        port = server.url("/").rsplit(":", 1)[1].rstrip("/")
        names = ("127.0.0.1", "localhost")
        addresses = [f"http://{names[number % 2]}:{port}/{number}" for number in range(6)]
        desk.configure(QUICK)
        result = desk.run("fetch", "--jobs", "3", *addresses, status=0)
    assert {most[host] for host in most if host != "all"} == {1}
    assert most["all"] == 2
    assert re.search(r"(?m)^6 pages of 2 sources, ", result.err), result.err


def test_two_at_once_store_everything_once(desk: Desk) -> None:
    entries = "".join(
        f'<li><time>{hour}:{minute}</time> <a href="/s/{hour}-{minute}">Story of {hour} past {minute} in town</a></li>'
        for hour in range(20, 9, -1)
        for minute in (50, 40, 20, 10)
    )
    html = PAGE_HTML[: PAGE_HTML.index("<li><time>")] + entries + "</ul></aside></main></body></html>"
    for number in range(6):
        desk.save(f"page{number}.html", html)
    names = [f"page{number}.html" for number in range(6)]
    runs = [
        desk.start("fetch", *names, "--at", AT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in range(3)
    ]
    for run in runs:
        assert b"failed" not in run.communicate(timeout=60)[1]
        assert run.returncode == 0
    lines = [json.loads(line) for line in desk.stored()]
    assert len({line["id"] for line in lines}) == len(lines) == 44 * 6
    assert len(desk.stored("articles")) == 6


def test_a_folder_that_cannot_be_written_is_said(desk: Desk) -> None:
    desk.save("page.html", PAGE_HTML)
    desk.save("archive", "a file in the archive's place")
    result = desk.run("fetch", "page.html", status=2)
    assert len(result.err.splitlines()) == 1
    assert str(desk.archive) in result.err


@pytest.mark.parametrize("content", [b"", b" \r\n"])
def test_an_empty_page_is_a_failure(desk: Desk, content: bytes) -> None:
    desk.save("page.html", content)
    assert desk.run("fetch", "page.html", "-q", status=1).err == "ticker: page.html: the file is empty\n"
    told = desk.run("fetch", "-", "-q", stdin=content, status=1).err
    assert told == "ticker: -: standard input is empty\n"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 nothing", "a PDF document"),
        (gzip.compress(PAGE_HTML.encode()), "a gzip archive"),
        (b"\x7fELF" + bytes(range(32)) * 20, "binary data"),
        (b"<p>" + hashlib.shake_256(b"a page that is still packed").digest(3000), "binary data"),
    ],
)
def test_a_saved_file_that_is_no_page_is_a_failure(desk: Desk, content: bytes, name: str) -> None:
    desk.save("page.html", content)
    told = desk.run("fetch", "page.html", "-q", status=1).err
    assert told == f"ticker: page.html: not HTML but {name}, by its first bytes\n"
    assert not desk.archive.exists()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_saved_page_may_be_in_any_unicode(desk: Desk, encoding: str) -> None:
    desk.save("page.html", PAGE_HTML.encode(encoding))
    assert "4 new" in desk.run("fetch", "page.html", "--at", AT).err


def test_a_file_s_time_that_is_still_to_come_does_not_count(desk: Desk) -> None:
    os.utime(desk.save("page.html", PAGE_HTML), (4e9, 4e9))
    desk.run("fetch", "page.html")
    now = datetime.now(UTC)
    assert all(datetime.fromisoformat(json.loads(line)["seen"]) <= now for line in desk.stored())


def test_a_file_that_cannot_be_read_is_named_once(desk: Desk) -> None:
    (desk.folder / "fifo.html").symlink_to("/proc/self/mem")
    told = desk.run("fetch", "fifo.html", "-q", status=1).err
    assert told == "ticker: fifo.html: cannot be read: Input/output error\n"


def test_a_page_cannot_have_been_fetched_in_the_future(desk: Desk) -> None:
    desk.save("page.html", PAGE_HTML)
    told = desk.run("fetch", "page.html", "--at", "2090-01-01", status=2).err
    assert told == "ticker: --at 2090-01-01 is in the future; give the date and time when the page was fetched\n"
    assert not desk.archive.exists()
    for option in ("--at", "--url", "--timezone"):
        assert len(desk.run("fetch", "page.html", option, "", status=2).err.splitlines()) == 1


def test_a_page_that_gives_nothing_is_a_failure(desk: Desk) -> None:
    desk.save("page.html", b"<html><body><nav><a href='/'>Home</a></nav><div id='app'></div></body></html>")
    result = desk.run("fetch", "page.html", status=1)
    assert "neither an article nor headlines found" in result.err
    assert "1 failed" in result.err


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"<html>", b"\xff\xfe\xff", b"%PDF-1.7 nothing"])
def test_a_page_with_nothing_in_it_ends_well_or_says_why(desk: Desk, content: bytes) -> None:
    desk.save("page.html", content)
    result = desk.run("fetch", "page.html", status=None)
    assert result.status in (0, 1)
    assert result.status == 0 or result.err.startswith("ticker: page.html: ")


def test_a_password_in_an_address_is_not_told(desk: Desk) -> None:
    desk.configure(QUICK)
    result = desk.run("fetch", "http://user:secret@127.0.0.1:9/a", status=1)
    assert result.err.startswith("ticker: 127.0.0.1: http://127.0.0.1:9/a: connection refused")
    assert "secret" not in result.err


def test_a_public_looking_name_does_not_lead_home_unless_asked(desk: Desk) -> None:
    """Use 127.1, which the program treats as a host name and the system resolves to 127.0.0.1."""
    with serve({"/a": PAGE_HTML}) as server:
        address = f"http://127.1:{server.port}/a"
        desk.configure(QUICK + source("home", address))
        for command in (["fetch"], ["fetch", address], ["parse", address], ["sources", "check", "home"]):
            (line, *_) = desk.run(*command, status=1).err.splitlines()
            assert line == (
                f"ticker: home: {address}: 127.1 resolves to 127.0.0.1, which is not on the public internet; "
                "use --allow-private to fetch it anyway"
            )
            assert server.requests == []
        desk.run("parse", "--allow-private", address)
        desk.run("sources", "check", "home", "--allow-private")
        assert "4 new" in desk.run("fetch", "--allow-private").err
        desk.configure(QUICK + "allow_private = true\n" + source("home", address))
        assert "4 headlines" in desk.run("fetch").err
        desk.configure(QUICK)
        desk.run("sources", "add", address, "--name", "home", "--timezone", "UTC", "--allow-private")
        assert "4 headlines" in desk.run("fetch").err
        assert json.loads(desk.run("sources", "list", "--json").out)["allow_private"] is True
