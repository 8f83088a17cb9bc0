"""Tests of ``ticker sources``."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.desk import Desk
from tests.servers import serve
from ticker.demo.site import Newspaper

BY_HAND = """\
# mine
jobs = 2  # gently

[[source]]
name = "first"  # the best
url = "https://first.example/"
"""


def test_add_list_remove(desk: Desk) -> None:
    desk.configure(BY_HAND)
    desk.run("sources", "add", "https://news.example/live", "--name", "news", "--timezone", "Africa/Casablanca")
    desk.run(
        "sources", "add", "other.example/ticker", "--selector", "entry=ul.x > li", "--selector", 'time=[class="t"]'
    )
    assert desk.config.read_text(encoding="utf-8").startswith(BY_HAND)
    assert desk.run("sources", "list").lines == [
        "first\thttps://first.example/\t",
        "news\thttps://news.example/live\tAfrica/Casablanca",
        "other.example\thttps://other.example/ticker\t",
    ]
    described = [json.loads(line) for line in desk.run("sources", "list", "--json").lines]
    assert described[2]["selectors"] == {"entry": "ul.x > li", "time": '[class="t"]'}
    desk.run("sources", "remove", "news")
    desk.run("sources", "remove", "other.example")
    assert desk.config.read_text(encoding="utf-8").rstrip() == BY_HAND.rstrip()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "first"], "invalid URL 'first'"),
        (["add", "ftp://a.example/"], "invalid URL"),
        (["add", "https://first.example"], "is already the URL of source 'first'"),
        (["add", "https://a.example/", "--name", "first"], "source name 'first' already exists"),
        (["add", "https://a.example/", "--name", " "], "invalid --name"),
        (["add", "https://a.example/", "--name", "-"], "invalid --name"),
        (["add", "https://a.example/", "--name=-x"], "invalid --name '-x': empty, not printable, or like an option"),
        (["add", "https://a.example/", "--timezone", "Paris"], "Paris"),
        (["add", "https://a.example/", "--selector", "li.x"], "not PART=CSS"),
        (["add", "https://a.example/", "--selector", "link=a"], "body, entry, time, title"),
        (["add", "https://a.example/", "--selector", "entry=li["], "li["),
        (["remove", "second"], "no source 'second'; there are first"),
        (["check", "second"], "'second' is not a configured source"),
    ],
)
def test_mistakes_change_nothing(desk: Desk, arguments: list[str], message: str) -> None:
    desk.configure(BY_HAND)
    result = desk.run("sources", *arguments, status=2)
    assert message in result.err
    assert len(result.err.splitlines()) == 1
    assert desk.config.read_text(encoding="utf-8") == BY_HAND


def test_check_shows_the_page_and_stores_nothing(desk: Desk, newspaper: Newspaper) -> None:
    desk.run("sources", "add", newspaper.url, "--name", "gazette", "--timezone", newspaper.zone)
    desk.environment = {"TZ": newspaper.zone}
    for _ in range(2):  # the second check must not get a 304
        result = desk.run("sources", "check", "gazette")
        assert "Night ferry returns to Saint Orrin" in result.out
        assert "7 headlines" in result.lines
        assert any(" 23:38 " in line and "Council agrees" in line for line in result.lines)
    assert not desk.archive.exists()


def test_check_explains_what_the_selectors_are_written_from(desk: Desk, newspaper: Newspaper) -> None:
    desk.run("sources", "add", newspaper.url, "--name", "gazette", "--timezone", newspaper.zone)
    result = desk.run("sources", "check", "gazette", "--explain")
    (found,) = [line for line in result.lines if line.endswith(": headlines")]
    entry = found.split(" x ")[1].split("  under ")[0]
    desk.run("sources", "add", newspaper.url + "?x", "--name", "again", "--selector", f"entry={entry}")
    assert "7 headlines" in desk.run("sources", "check", "again").lines


def test_check_uses_the_selectors(desk: Desk) -> None:
    page = """<html><body><div class=story><p>%s</p></div><div class=stream>
    <div class=item><b class=hour>17:10</b><span class=what>One thing happened in the town today</span></div>
    <div class=item><b class=hour>16:10</b><span class=what>Another thing happened before it</span></div>
    </div></body></html>""" % ("A long sentence about the town. " * 20)
    with serve({"/": page}) as server:
        selectors = ("--selector", "entry=.item", "--selector", "time=.hour", "--selector", "title=.what")
        desk.run("sources", "add", server.url("/"), "--name", "it", *selectors)
        result = desk.run("sources", "check", "it")
        explained = desk.run("sources", "check", "it", "--explain")
    assert "2 headlines" in result.out
    assert "One thing happened in the town today" in result.out
    assert result.err == (
        "ticker: it: timezone unknown, assuming UTC; set --timezone: ticker sources set it --timezone ZONE\n"
    )
    assert "your selector for entry '.item': 2 elements" in explained.lines
    assert "your selector for title '.what': in 2 of 2 entries" in explained.lines


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ("<li>One thing happened</li>" * 3, "3 entries, all with a title, none with a time"),
        ("<li><b>17:10</b></li>" * 3, "3 entries, none with a title; entries without a title are ignored"),
        ("<li>One <b>17:10</b></li><li>Two</li>", "2 entries, all with a title, 1 with a time"),
    ],
)
def test_check_explains_what_entries_lack(desk: Desk, entries: str, told: str) -> None:
    title = "b:not(b)" if "none with a title" in told else "li"
    page = f"<ul>{entries}</ul><table>{'<tr><td>17:10<td><a href=/x>Boats late in the harbour</a>' * 5}</table>"
    with serve({"/": page}) as server:
        selectors = ("--selector", "entry=ul li", "--selector", "time=b", "--selector", f"title={title}")
        desk.run("sources", "add", server.url("/"), "--name", "it", *selectors)
        explained = desk.run("sources", "check", "it", "--explain", status=None)
    assert f"  {told}" in explained.lines
    assert "under None" not in explained.out


def test_check_calls_a_page_that_scripts_build_that(desk: Desk) -> None:
    page = "<html><head><title>News</title><script src=/a.js></script></head><body><div id=app></div></body></html>"
    with serve({"/": page}) as server:
        desk.run("sources", "add", server.url("/"), "--name", "it")
        assert "a page built by scripts instead of" in desk.run("sources", "check", "it", status=1).err
        assert "a page built by scripts" in desk.run("sources", "check", "it", "--explain", status=1).out
        assert "try a feed or another URL of the site" in desk.run("fetch", "it", status=1).err


def test_a_source_may_ask_for_the_data_in_scripts(desk: Desk) -> None:
    ages = [datetime.now(UTC) - timedelta(minutes=7 * n) for n in range(1, 7)]
    news = [
        {
            "headline": f"Boats come home late to harbour number {n}",
            "datePublished": f"{age:%Y-%m-%dT%H:%M:%SZ}",
            "url": f"/a/{n}",
        }
        for n, age in enumerate(ages)
    ]
    shown = "".join(
        f"<li><a href=/a/{n}>{each['headline']}</a> <time datetime={age:%Y-%m-%dT%H:%MZ}>{age:%H:%M}</time>"
        for n, (each, age) in enumerate(zip(news[:3], ages, strict=False))
    )
    page = f"<ul>{shown}</ul><script>window.state = {json.dumps({'news': news})}</script>"
    with serve({"/": page}) as server:
        desk.run("sources", "add", server.url("/"), "--name", "shown", "--timezone", "UTC")
        desk.run("sources", "add", server.url("/?all"), "--name", "all", "--timezone", "UTC", "--data")
        assert "3 headlines" in desk.run("sources", "check", "shown").lines
        assert "6 headlines" in desk.run("sources", "check", "all").lines
        assert "window.state news.*: headlines" in desk.run("sources", "check", "all", "--explain").out
        assert "6 new" in desk.run("fetch", "all").err
    assert "data = true" in desk.config.read_text(encoding="utf-8")
    times = sorted((json.loads(line)["time"] for line in desk.stored()), reverse=True)
    assert times == [f"{age:%Y-%m-%dT%H:%M:%S}+00:00" for age in ages]


def test_check_says_which_selector_finds_nothing(desk: Desk) -> None:
    page = "<article><h1>Harbour closed</h1><p>%s</p></article>" % ("A long sentence about the town. " * 20)
    with serve({"/": page}) as server:
        selectors = ("--selector", "body=article", "--selector", "entry=.item")
        desk.run("sources", "add", server.url("/"), "--name", "it", *selectors)
        result = desk.run("sources", "check", "it")
    assert "ticker: it: nothing on the page is found by the selector for entry '.item': 0 elements" in result.err
    assert "beginning:\n    A long sentence" in result.out  # the headline is not part of the body


def test_check_fails_with_its_reason(desk: Desk, newspaper: Newspaper) -> None:
    desk.run("sources", "add", newspaper.base + "/none", "--name", "none")
    result = desk.run("sources", "check", "none", status=1)
    assert result.err.startswith(f"ticker: none: {newspaper.base}/none: HTTP 404")


def test_no_source_yet(desk: Desk) -> None:
    assert "add one with 'ticker sources add URL'" in desk.run("sources", "list").err


def test_several_added_at_once_are_all_there(desk: Desk) -> None:
    runs = [desk.start("sources", "add", f"https://{name}.example/", "-q") for name in "abcdef"]
    assert [run.wait(timeout=60) for run in runs] == [0] * 6
    assert sorted(line.split("\t")[0] for line in desk.run("sources", "list").lines) == [
        f"{name}.example" for name in "abcdef"
    ]


@pytest.mark.parametrize(
    ("written", "line"),
    [('selectors = { entry = "li", title = "a[" }', 9), ('[source.selectors]\nentry = "li"\ntitle = "a["', 11)],
)
def test_a_selector_that_is_none_is_told_at_its_line_and_its_page_is_not_fetched(
    desk: Desk, written: str, line: int
) -> None:
    page = "<html><body><h1>Bakers</h1><ul class=x><li><a href=/1>A first headline that is long enough</a></ul>"
    with serve({"/good": page, "/bad": page}) as site:
        good = (
            f'[[source]]\nname = "good"\nurl = "{site.url("/good")}"\nselectors = {{ entry = "li", title = "a" }}\n\n'
        )
        desk.configure(f'{good}[[source]]\nname = "bad"\nurl = "{site.url("/bad")}"\n{written}\n')
        reason = f"{desk.config}, line {line}: [source.selectors]: title 'a[' is not a CSS selector: Malformed"
        assert desk.run("sources", "check", "bad", status=2).err.startswith(f"ticker: {reason}")
        told = desk.run("fetch", status=1).err.splitlines()
    assert told[0].startswith(f"ticker: bad: {site.url('/bad')}: {reason}")
    assert told[1] == "2 sources, 1 headline, 1 new, 1 failed"
    assert site.count("/bad") == 0
