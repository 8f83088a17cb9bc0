"""Tests of ``ticker status``: the state and the problems of sources, for people and for monitoring."""

from __future__ import annotations

import json
import re
import resource
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.desk import PAGE_HTML, Desk
from tests.cli.shifted_clock import set_clock
from tests.servers import Server, serve
from ticker.fetch_state import FetchHistory, FetchResult

QUICK = "[fetching]\npause = 0\nretries = 0\n"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def source(name: str, url: str) -> str:
    return f'[[source]]\nname = "{name}"\nurl = "{url}"\ntimezone = "UTC"\n'


@pytest.fixture
def server() -> Iterator[Server]:
    with serve({"/good": PAGE_HTML}) as running:
        yield running


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


def remember(desk: Desk, *attempts: FetchResult) -> None:
    """Store fetch results as runs would."""
    file = FetchHistory(desk.archive / ".state" / "sources.sqlite")
    file.record(attempts)
    file.close()


def attempt(at: datetime, error: str = "", new: int = 0, **more: object) -> FetchResult:
    return FetchResult("a", "https://a.example/", at, error=error, headlines=7, new=new, **more)  # type: ignore[arg-type]


def test_what_is_told_of_sources(desk: Desk, server: Server) -> None:
    urls = {"good": server.url("/good"), "bad": server.url("/bad"), "none": "https://none.example/"}
    desk.configure(QUICK + "".join(source(name, url) for name, url in urls.items()))
    desk.run("fetch", "good", "bad", status=1)
    told = desk.run("status")
    fields = [line.split("\t") for line in told.lines]
    assert [row[:2] for row in fields] == [
        ["source", "good"], ["source", "bad"], ["source", "none"], ["archive", "headlines"], ["archive", "articles"],
    ]  # fmt: skip
    good, bad, none = fields[:3]
    assert good[3:5] == ["4 headlines, 4 new", "0"] and good[2] == good[5] and good[6] == ""
    assert bad[3:6] == ["HTTP 404", "1", ""]
    assert datetime.fromisoformat(bad[6]) - datetime.fromisoformat(bad[2]) == 15 * MINUTE
    assert none[2:] == ["", "never fetched", "0", "", ""]
    assert fields[3][2] == "4"
    desk.run("fetch", "good")
    assert "\t4 headlines, 0 new\t" in desk.run("status").out
    told_as_json = json.loads(desk.run("status", "--json").out)
    assert told_as_json["sources"][1]["error"] == "HTTP 404"
    assert told_as_json["archive"]["headlines"]["lines"] == 4
    assert told_as_json["problems"] == []
    assert desk.run("status", "-q").out == ""


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 120])
def test_the_table_fits_the_terminal(desk: Desk, server: Server, columns: int) -> None:
    desk.configure(
        QUICK + source("a source with a long name for a table", server.url("/good")) + source("b", server.url("/bad"))
    )
    desk.run("fetch", status=1)
    shown = desk.on_terminal("status", columns=columns)
    assert all(len(line) <= columns for line in shown.splitlines()), shown
    if columns >= 80:
        assert re.search(r"b +0 min ago \S+ +HTTP 404 +1 +- +in 14 min", shown), shown


def test_a_password_in_an_address_is_not_told(desk: Desk) -> None:
    desk.configure(QUICK + source("a", "http://user:secret@127.0.0.1:9/"))
    desk.run("fetch", status=1)
    told = desk.run("status")
    assert "secret" not in desk.run("status", "--json").out + told.out
    assert "never fetched" not in told.out and "refused" in told.lines[0], "the history must be found"


@pytest.mark.parametrize(
    ("hours", "is_wrong"), [([5, 4], False), ([0.9, 0.5, 0.2], False), ([5, 4, 3], True), ([5, 4, 3, 0.1], True)]
)
def test_a_source_that_has_been_failing_is_wrong(desk: Desk, now: datetime, hours: list[float], is_wrong: bool) -> None:
    desk.configure(source("a", "https://a.example/"))
    remember(desk, attempt(now - 6 * HOUR, new=3), *(attempt(now - ago * HOUR, "HTTP 503") for ago in hours))
    told = desk.run("status", "-q", status=int(is_wrong)).out
    assert told == (f"a: failing for 5 h, {len(hours)} times in a row: HTTP 503\n" if is_wrong else "")
    remember(desk, attempt(now))
    assert desk.run("status", "-q").out == ""


def test_a_source_that_is_silent_for_longer_than_usual_is_wrong(desk: Desk, now: datetime) -> None:
    desk.configure(source("a", "https://a.example/"))
    start = now - 15 * DAY
    history = [attempt(start + n * HOUR, new=int(n % 24 > 8)) for n in range(24 * 13)]  # nine hours without news a day
    remember(desk, *history)
    quiet = [attempt(history[-1].at + n * HOUR) for n in range(1, 20)]
    remember(desk, *quiet)
    assert "nothing new" not in desk.run("status", "-q", status=None).out
    remember(desk, *(attempt(quiet[-1].at + n * HOUR) for n in range(1, 8)))
    assert "a: nothing new for 26 h; usual is up to 10 h\n" in desk.run("status", "-q", status=1).out
    remember(desk, attempt(now, new=1))
    assert desk.run("status", "-q").out == ""


def test_a_machine_that_was_off_is_no_silence_of_the_source(desk: Desk, now: datetime) -> None:
    desk.configure(source("a", "https://a.example/"))
    remember(desk, *(attempt(now - 20 * DAY + n * 6 * HOUR, new=1) for n in range(4 * 14)))
    told = desk.run("status", "-q", status=1).out
    assert re.fullmatch(r"a: not fetched for \d days: is cron running\?\n", told), told


def test_one_that_is_put_off_is_not_missed(desk: Desk, now: datetime) -> None:
    desk.configure(source("a", "https://a.example/"))
    remember(desk, attempt(now - 5 * DAY, "HTTP 503", retry_after=6 * 86400.0))
    assert desk.run("status", "-q").out == ""


@pytest.mark.parametrize("ahead", [365 * DAY, -365 * DAY])
def test_a_clock_that_was_wrong_for_one_run_does_not_fool_it(desk: Desk, server: Server, ahead: timedelta) -> None:
    desk.configure(QUICK + source("good", server.url("/good")) + source("bad", server.url("/bad")))
    set_clock(desk, ahead)
    desk.run("fetch", status=1)
    set_clock(desk, timedelta(0))
    desk.run("fetch", status=1)
    assert desk.run("status", "-q").out == ""
    assert re.search(r"good +0 min ago", desk.on_terminal("status"))


def test_a_clock_behind_the_last_run_is_wrong(desk: Desk, server: Server) -> None:
    desk.configure(QUICK + source("good", server.url("/good")))
    desk.run("fetch")
    set_clock(desk, -365 * DAY)
    assert "this machine's clock says " in desk.run("status", "-q", status=1).out
    assert re.search(r"good +\?", desk.on_terminal("status", status=1))


def test_months_that_are_over_are_due_for_compaction(desk: Desk) -> None:
    lines = "".join(f'{{"time": "2024-0{n % 3 + 1}-11T12:00Z", "title": "Number {n}"}}\n' for n in range(9))
    desk.save("lines.jsonl", lines)
    desk.run("import", "lines.jsonl")
    shown = desk.on_terminal("status")
    assert "due for compaction: 3 months, 0.0 MB\n" in shown  # too little to suggest 'ticker compact'
    desk.run("compact")
    shown = desk.on_terminal("status")
    assert "due for compaction" not in shown
    assert "archive: 9 headlines and 0 articles" in shown
    assert "zstdgrep" not in shown or "compressed months: search them with zstdgrep" in shown
    with (desk.archive / "headlines" / "2024" / "2024-01-05.jsonl").open("w") as file:
        file.write("\n")
        file.truncate(101_000_000)
    shown = desk.on_terminal("status", columns=120)
    assert "due for compaction: 1 month, 101.0 MB; run 'ticker compact'" in shown
    assert "compressed months: search them with zstdgrep" in shown


def test_the_number_of_headlines_is_about_right_and_no_file_is_read_whole(desk: Desk) -> None:
    folder = desk.archive / "headlines" / "2024"
    folder.mkdir(parents=True)
    for day in range(1, 29):
        line = '{"time": "2024-01-%02dT12:00Z", "title": "Number %d of the day%s"}\n'
        text = "".join(line % (day, n, " and more" * (n % 7)) for n in range(3000))
        (folder / f"2024-01-{day:02}.jsonl").write_text(text, encoding="utf-8")
    assert re.search(r"archive: about 8[34],\d\d\d headlines", desk.on_terminal("status"))
    desk.run("search", "day", "-n1")  # this builds the index
    assert "archive: 84,000 headlines and 0 articles" in desk.on_terminal("status")
    with (folder / "2024-01-05.jsonl").open("a", encoding="utf-8") as file:
        file.write(line % (5, 1, "") * 2)
    assert "archive: 84,002 headlines" in desk.on_terminal("status")
    assert desk.run("status").lines[0].startswith("archive\theadlines\t84002\t")
    desk.run("compact")
    desk.run("search", "day", "-n1")
    assert "archive: 84,002 headlines" in desk.on_terminal("status")
    (folder / "2024-01.jsonl.zst").unlink()
    for day in range(1, 29):
        (folder / f"2024-01-{day:02}.jsonl").write_text(line % (day, 1, "") * 3000, encoding="utf-8")
    for day in range(1, 29):  # sparse files take no disk space
        with (folder / f"2024-01-{day:02}.jsonl").open("r+b") as file:
            file.truncate(1 << 30)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = desk.run("status", "--json").out
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert json.loads(told)["archive"]["headlines"]["bytes"] == 28 << 30
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 5


def test_nothing_yet(desk: Desk) -> None:
    assert "archive: empty" in desk.on_terminal("status")
    assert desk.run("status").out == ""


@pytest.mark.parametrize("in_the_way", [b"", b"garbage", None])
def test_where_nothing_can_be_remembered_something_is_wrong(
    desk: Desk, server: Server, in_the_way: bytes | None
) -> None:
    desk.configure(QUICK + source("good", server.url("/good")))
    if in_the_way is not None:
        desk.archive.mkdir()
        (desk.archive / ".state").write_bytes(in_the_way)
        desk.run("fetch", "-q")
    assert "ever fetched" in desk.run("status", "--quiet", status=1).out
