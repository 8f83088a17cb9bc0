"""Tests of users' own selectors: what they find, and how long they take on hostile pages."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

import ticker
from ticker.parsing import explain, trace_page
from ticker.settings import Selectors

NOW = datetime(2025, 6, 12, 21, 30, tzinfo=UTC)


def titles(html: str, **selectors: str) -> list[str]:
    page = ticker.parse_page(html, "https://news.example/", NOW, "UTC", selectors=Selectors(**selectors))
    return [
        f"{headline.time:%H:%M} {headline.title}" if headline.time else headline.title for headline in page.headlines
    ]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "html", ["<?xml version='1.0'?><html><li><b>17:10</b><a href=/1>Ferry</a></html>", "page.html"]
)
def test_nothing_is_said_of_a_page_that_begins_otherwise(html: str) -> None:
    assert titles(html, entry="li", title="a") == (["17:10 Ferry"] if "Ferry" in html else [])


LIST = """<ul>
<li class=e><b>17:10</b><a href=/1><i>Bank opens</i></a>
<li class=e><span><b>16:20</b></span><p class=t>Ferry late
<li class="e t">A pier
<li class=e>
</ul><b>09:00</b><p class=t>Beside
"""


@pytest.mark.parametrize(
    ("selectors", "found"),
    [
        ({"entry": ".e", "time": "b", "title": "i, .t"}, ["17:10 Bank opens", "16:20 Ferry late", "A pier"]),
        ({"entry": ".e", "time": "ul b", "title": "ul i"}, ["17:10 Bank opens"]),
        ({"entry": ".e", "time": ":scope > b", "title": ":scope > a"}, ["17:10 Bank opens"]),
        ({"entry": ".e", "title": ".e"}, ["17:10 17:10 Bank opens", "16:20 16:20 Ferry late", "A pier"]),
        ({"entry": "li:has(i)"}, ["17:10 Bank opens"]),
    ],
)
def test_a_selector_within_an_entry_finds_the_first_there_or_the_entry(
    selectors: dict[str, str], found: list[str]
) -> None:
    assert titles(LIST, **selectors) == found


def test_entries_in_entries_are_entries_and_what_a_body_holds_twice_is_there_once() -> None:
    nested = "<ul><li><b>One</b><ul><li><b>Two</b><ul><li><b>Three</b></ul></ul><li><b>Four</b></ul>"
    assert titles(nested, entry="li", title="b") == ["One", "Two", "Three", "Four"]
    html = "<div class=x><div class=x>A ferry that was late.</div> It was a long night.</div>"
    page = ticker.parse_page(html, "https://news.example/", NOW, selectors=Selectors(body=".x"))
    assert page.article and page.article.paragraphs == ["A ferry that was late.", "It was a long night."]


def test_a_selected_body_leaves_no_search_for_a_body() -> None:
    html = f"<main><h1>Ferry late</h1><p>{'The ferry was late. ' * 30}</p></main><p class=x>Only this.</p>"
    trace = trace_page(html, "https://news.example/1", NOW, selectors=Selectors(body=".x"))
    assert trace.page.article and trace.page.article.body == "Only this."
    assert trace.search is None
    missed = trace_page(html, "https://news.example/1", NOW, selectors=Selectors(body=".y"))
    assert missed.page == trace_page(html, "https://news.example/1", NOW).page


def test_selected_headlines_of_a_home_page_leave_no_search_for_lists() -> None:
    table = "<tr><td>17:10<td><a href=/x>Boats are late in the harbour</a>" * 5
    html = f"<ul><li><b>17:10</b><a href=/1>Ferry</a></ul><table>{table}</table>"
    selectors = Selectors(entry="li", title="a")
    home = trace_page(html, "https://news.example/", NOW, selectors=selectors)
    assert [headline.title for headline in home.page.headlines] == ["Ferry"]
    assert not home.lists
    assert not any(line.startswith("lists of") for line in explain(home))
    # Another page may have an article, which does not include its lists.
    assert trace_page(html, "https://news.example/1", NOW, selectors=selectors).lists


HOSTILE = {
    "entries without a time": ("", "<li><a href=/1>Ferry</a>", {"entry": "li", "time": "b", "title": "a"}),
    "entries without anything": ("", "<li>", {"entry": "li", "time": "b", "title": "i"}),
    "entries in entries": ("", "<div><p>a", {"entry": "div", "time": "p", "title": "p"}),
    "entries far within": ("<div>" * 250, "<li><b>Ferry</b>", {"entry": "li", "time": "b", "title": "b"}),
    "bodies in bodies": ("", "<div>x", {"body": "div"}),
    "an entry's own": ("", "<li class=t>Ferry", {"entry": "li", "time": ":scope > i", "title": ".t"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_four_times_the_page_takes_four_times_as_long(name: str) -> None:
    before, piece, selectors = HOSTILE[name]

    def seconds(times: int) -> float:
        html = before + piece * times
        taken = []
        for _ in range(3):
            start = time.process_time()
            titles(html, **selectors)
            taken.append(time.process_time() - start)
        return min(taken)

    titles(before + piece, **selectors)  # warms up caches
    short, long = seconds(500), seconds(2_000)
    assert long < 9 * short or long < 0.1, f"500 pieces took {short:.3f} s, 2,000 took {long:.3f} s"
