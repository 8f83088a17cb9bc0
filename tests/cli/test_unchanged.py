"""Unchanged pages (304), and servers that answer 304 for too long."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.cli.desk import PAGE_HTML, Desk
from tests.cli.shifted_clock import set_clock
from tests.servers import Server, serve, unless_known

QUICK = "[fetching]\npause = 0\nretries = 0\n"
HOUR = timedelta(hours=1)
# With full dates, the day file does not depend on when the tests run.
DATED = re.sub(r"<time>(\d\d:\d\d)</time>", r'<time datetime="2025-06-12T\1:00Z">\1</time>', PAGE_HTML)


@pytest.fixture
def server() -> Iterator[Server]:
    with serve({"/a/1": unless_known(DATED, etag='"1"')}) as running:
        yield running


def configure(desk: Desk, server: Server, fetching: str = "", source: str = "") -> None:
    desk.configure(QUICK + fetching + f'[[source]]\nname = "daily"\nurl = "{server.url("/a/1")}"\n{source}')


def is_asked_for_whole(desk: Desk, server: Server, *options: str) -> bool:
    told = desk.run("fetch", *options).err
    is_whole = server.last("/a/1").headers["If-None-Match"] is None
    assert ("unchanged" in told) != is_whole
    return is_whole


def test_after_a_day_of_304s_a_page_is_asked_for_whole(desk: Desk, server: Server) -> None:
    configure(desk, server)
    assert is_asked_for_whole(desk, server)
    for hours, is_whole in ((12, False), (23, False), (25, True), (26, False)):
        set_clock(desk, hours * HOUR)
        assert is_asked_for_whole(desk, server) == is_whole, hours
        assert server.last("/a/1").headers["Cache-Control"] == ("no-cache" if is_whole else None)


@pytest.mark.parametrize(("seconds", "is_whole"), [(3600, True), (0, True), (1_000_000, False)])
def test_for_how_long_304s_are_believed_can_be_set(desk: Desk, server: Server, seconds: int, is_whole: bool) -> None:
    configure(desk, server, f"max_unchanged = {seconds}\n")
    desk.run("fetch")
    set_clock(desk, 30 * HOUR)
    assert is_asked_for_whole(desk, server) == is_whole


def test_no_cache_asks_for_all_whole(desk: Desk, server: Server) -> None:
    configure(desk, server)
    desk.run("fetch")
    assert is_asked_for_whole(desk, server, "--no-cache")
    assert server.last("/a/1").headers["Cache-Control"] == "no-cache"
    assert not is_asked_for_whole(desk, server), "the full response must set the ETag"
    configure(desk, server, source="ignore_cache = true\n")
    assert is_asked_for_whole(desk, server) and is_asked_for_whole(desk, server)


def test_a_wrong_clock_of_one_run_makes_no_304_last_for_ever(desk: Desk, server: Server) -> None:
    configure(desk, server)
    set_clock(desk, 9000 * HOUR)
    desk.run("fetch")
    set_clock(desk, 0 * HOUR)
    assert is_asked_for_whole(desk, server)


def test_validators_of_what_is_no_longer_archived_are_void(desk: Desk, server: Server) -> None:
    configure(desk, server)
    desk.run("fetch")
    stored = desk.run("list", "--json").lines
    desk.run("compact", "--before", "2026-01-01")
    assert not is_asked_for_whole(desk, server), "records in a compressed month count as archived"
    for kind in ("headlines", "articles"):
        shutil.rmtree(desk.archive / kind)
    desk.run("import", "-", stdin=b'{"time": "2024-01-01T00:00Z", "source": "other", "title": "Of another day"}')
    assert is_asked_for_whole(desk, server)
    ids = {json.loads(line)["id"] for line in desk.stored()}
    assert len(stored) == 4 and {json.loads(line)["id"] for line in stored} <= ids
    assert not is_asked_for_whole(desk, server)


def test_validators_of_the_version_before_do_no_harm(desk: Desk, server: Server) -> None:
    configure(desk, server)
    desk.run("fetch")
    connection = sqlite3.connect(desk.archive / ".state" / "validators.sqlite")
    with connection:
        connection.execute("DROP TABLE known_pages")
        connection.execute("CREATE TABLE pages (url TEXT PRIMARY KEY, final_url TEXT, token TEXT, day INTEGER)")
    connection.close()
    assert is_asked_for_whole(desk, server)
    assert not is_asked_for_whole(desk, server)
