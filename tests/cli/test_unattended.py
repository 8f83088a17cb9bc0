"""Unattended runs of ``ticker fetch``: failing sources, Retry-After, and wrong clocks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.desk import PAGE_HTML, Desk
from tests.cli.shifted_clock import set_clock
from tests.servers import Reply, Server, serve

QUICK = "[fetching]\npause = 0\nretries = 0\n"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
YEAR = 365 * DAY


def source(name: str, url: str) -> str:
    return f'[[source]]\nname = "{name}"\nurl = "{url}"\ntimezone = "UTC"\n'


@pytest.fixture
def server() -> Iterator[Server]:
    with serve({"/good": PAGE_HTML}) as running:
        yield running


def test_a_source_that_fails_is_tried_less_often_and_at_once_when_named(desk: Desk, server: Server) -> None:
    desk.configure(QUICK + source("good", server.url("/good")) + source("bad", server.url("/bad")))
    assert desk.run("fetch", status=1).err.endswith("1 failed\n")
    told = desk.run("fetch", status=0).err
    assert re.fullmatch(
        r"1 source, 4 headlines, 0 new, 1 skipped \(failed before; next try \d{4}-\d\d-\d\d \d\d:\d\d\)\n", told
    )
    assert desk.run("fetch", "-q").err == ""
    assert "bad: skipped until " in desk.run("fetch", "-v").err
    assert (server.count("/good"), server.count("/bad")) == (4, 1)
    desk.run("fetch", "bad", status=1)
    desk.run("fetch", server.url("/bad"), status=1)  # its URL selects the same source
    assert server.count("/bad") == 3
    set_clock(desk, 16 * MINUTE)
    desk.run("fetch", status=1)
    set_clock(desk, 40 * MINUTE)
    desk.run("fetch", status=0)
    set_clock(desk, 50 * MINUTE)
    server.routes["/bad"] = PAGE_HTML
    desk.run("fetch")
    assert server.count("/bad") == 5
    desk.run("fetch")
    assert server.count("/bad") == 6


def test_where_all_are_skipped_it_says_so_alone(desk: Desk, server: Server) -> None:
    desk.configure(QUICK + source("bad", server.url("/bad")))
    desk.run("fetch", status=1)
    assert re.fullmatch(r"1 skipped \(failed before; next try .*\)\n", desk.run("fetch").err)
    assert "no archive at" in desk.run("list", status=2).err, "the fetch history alone is not an archive"


def test_a_dry_run_spares_and_remembers_nothing(desk: Desk, server: Server) -> None:
    desk.configure(QUICK + source("bad", server.url("/bad")))
    desk.run("fetch", "--dry-run", status=1)
    assert not desk.archive.exists()
    desk.run("fetch", status=1)
    assert "1 skipped" in desk.run("fetch", "--dry-run").err


@pytest.mark.parametrize(("asked", "hours"), [("21600", 6), ("999999999", 7 * 24)])
def test_retry_after_of_hours_is_kept_between_runs(desk: Desk, server: Server, asked: str, hours: int) -> None:
    server.routes["/busy"] = Reply(503, headers={"Retry-After": asked})
    desk.configure(QUICK + source("busy", server.url("/busy")))
    desk.run("fetch", status=1)
    set_clock(desk, hours * HOUR - 5 * MINUTE)
    assert "1 skipped" in desk.run("fetch").err
    assert server.count("/busy") == 1
    desk.run("fetch", "busy", status=1)
    assert server.count("/busy") == 2
    server.routes["/busy"] = PAGE_HTML
    set_clock(desk, hours * HOUR)
    desk.run("fetch", status=0 if asked == "999999999" else None)  # the second try got the same Retry-After
    set_clock(desk, 2 * hours * HOUR)
    assert "1 source, 4 headlines" in desk.run("fetch").err


def test_retry_after_at_robots_txt_is_kept_too(desk: Desk, server: Server) -> None:
    server.routes["/robots.txt"] = Reply(503, headers={"Retry-After": "36000"})
    desk.configure(QUICK + source("busy", server.url("/good")))
    desk.run("fetch", status=1)
    set_clock(desk, 9 * HOUR)
    assert "1 skipped" in desk.run("fetch").err


def test_where_the_network_is_away_no_source_is_put_off(desk: Desk, server: Server) -> None:
    lost = source("one", "http://one.invalid/") + source("two", "http://two.invalid/")
    desk.configure(QUICK + lost)
    for _ in range(2):
        assert "2 sources, 0 headlines, 0 new, 2 failed" in desk.run("fetch", status=1).err
    desk.configure(QUICK + lost + source("good", server.url("/good")))
    assert "2 failed" in desk.run("fetch", status=1).err
    assert "2 skipped" in desk.run("fetch").err, "if one source is reachable, the network works"


def test_another_address_under_the_name_is_fetched_at_once(desk: Desk, server: Server) -> None:
    desk.configure(QUICK + source("a", server.url("/bad")))
    desk.run("fetch", status=1)
    desk.configure(QUICK + source("a", server.url("/good")))
    assert "4 new" in desk.run("fetch").err


def test_what_is_remembered_may_be_lost(desk: Desk, server: Server) -> None:
    desk.configure(QUICK + source("good", server.url("/good")) + source("bad", server.url("/bad")))
    desk.run("fetch", status=1)
    path = desk.archive / ".state" / "sources.sqlite"
    path.write_bytes(b"no database")
    told = desk.run("fetch", status=1).err.splitlines()
    assert len(told) == 3
    assert "damaged; renamed to sources.sqlite.damaged; the history and the backoff of sources are missing" in told[0]
    path.unlink()
    path.mkdir()
    told = desk.run("fetch", status=1).err.splitlines()
    assert len([line for line in told if "sources.sqlite: cannot be used" in line]) == 1


@pytest.mark.parametrize("ahead", [YEAR, -YEAR])
def test_a_clock_that_is_wrong_for_one_run_spoils_nothing_after_it(
    desk: Desk, server: Server, ahead: timedelta
) -> None:
    server.routes["/busy"] = Reply(503, headers={"Retry-After": "21600"})
    desk.configure(QUICK + source("good", server.url("/good")) + source("busy", server.url("/busy")))
    set_clock(desk, ahead)
    told = desk.run("fetch", status=1).err
    there = datetime.now(UTC)
    assert re.search(rf"clock says {there + ahead:%Y}-\d\d-\d\d .*, servers say {there:%Y}-\d\d-\d\d", told), told
    assert len([line for line in told.splitlines() if "clock" in line]) == 1
    set_clock(desk, timedelta(0))
    told = desk.run("fetch", status=1).err
    assert "2 sources, 4 headlines, 0 new, 1 failed" in told, "headlines must be deduplicated, without backoff"
    assert "clock" not in told
    entry = f'<li><time>{there:%H:%M}</time> <a href="/s/new">Swan stops the tram to the harbour</a></li>'
    server.routes["/good"] = PAGE_HTML.replace("<li><time>", entry + "<li><time>", 1)
    assert "4 headlines" not in desk.run("fetch").err
    assert "1 skipped" in desk.run("fetch").err, "with the right clock, Retry-After applies again"
    lines = [json.loads(line) for line in desk.stored()]
    assert len(lines) == 5
    (swan,) = [line for line in lines if line["title"].startswith("Swan")]
    assert abs(datetime.fromisoformat(swan["time"]) - there) <= DAY
    assert list((desk.archive / "headlines").rglob(f"{swan['time'][:10]}.jsonl"))


def test_a_page_is_still_asked_for_with_its_etag_after_a_wrong_clock(desk: Desk, server: Server) -> None:
    server.routes["/good"] = Reply(body=PAGE_HTML, headers={"ETag": '"1"'})
    server.routes["/other"] = Reply(body=PAGE_HTML, headers={"ETag": '"2"'})
    desk.configure(QUICK + source("good", server.url("/good")) + source("other", server.url("/other")))
    desk.run("fetch")
    set_clock(desk, YEAR)
    desk.run("fetch", "good")
    set_clock(desk, timedelta(0))
    desk.run("fetch")
    assert server.last("/other").headers["If-None-Match"] == '"2"', "a wrong clock must not expire the ETag"


@pytest.mark.parametrize(
    ("headers", "is_told"),
    [
        ({"Date": "Thu, 12 Jun 2025 12:00:00 GMT"}, True),
        ({"Date": "Thu, 12 Jun 2025 12:00:00 GMT", "Age": str(10**12)}, True),
        ({"Date": "Sun, 99 Foo 2025"}, False),
        ({"Date": "x" * 5000}, False),
    ],
)
def test_what_servers_say_of_the_time(desk: Desk, headers: dict[str, str], is_told: bool) -> None:
    moment = datetime.now(UTC)
    with serve({"/": Reply(body=PAGE_HTML, headers=headers)}) as server:
        told = desk.run("fetch", server.url()).err
    assert ("servers say 2025-06-12 " in told) == is_told
    assert f"clock says {moment:%Y-%m-%d}" in told or not is_told


def test_an_old_page_from_a_cache_is_no_wrong_clock(desk: Desk) -> None:
    made = datetime.now(UTC) - 10 * DAY
    headers = {"Date": f"{made:%a, %d %b %Y %H:%M:%S GMT}", "Age": str(10 * 24 * 3600)}
    with serve({"/": Reply(body=PAGE_HTML, headers=headers)}) as server:
        assert "clock" not in desk.run("fetch", server.url(), "--timezone", "UTC").err


def test_one_server_whose_clock_is_wrong_is_overruled(desk: Desk) -> None:
    wrong = Reply(body=PAGE_HTML, headers={"Date": "Thu, 12 Jun 2025 12:00:00 GMT"})
    with (
        serve({"/": PAGE_HTML}) as one,
        serve({"/": PAGE_HTML}, name="localhost") as two,
        serve({"/": wrong}, host="127.0.0.2") as three,
    ):
        desk.configure(QUICK)
        assert "clock" not in desk.run("fetch", one.url(), two.url(), three.url(), "--timezone", "UTC").err


def test_a_clock_behind_is_told_where_no_server_is_reached(desk: Desk, server: Server) -> None:
    desk.configure(QUICK + source("good", server.url("/good")))
    desk.run("fetch")
    desk.configure(QUICK + source("good", server.url("/good")) + source("lost", "http://lost.invalid/"))
    set_clock(desk, -YEAR)
    told = desk.run("fetch", "lost", status=1).err
    assert f"the last run was at {datetime.now(UTC):%Y-%m-%d}" in told
