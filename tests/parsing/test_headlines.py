"""Tests of headline lists: which lists are accepted, and which entries get a time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ticker.parsing import parse_page
from ticker.parsing.explain import explain
from ticker.parsing.page import trace_page

SEEN = datetime(2024, 5, 20, 18, 0, tzinfo=UTC)
URL = "https://www.depot.example/news"
TITLES = (
    "Council votes to keep the old tram depot open",
    "Ferry to Tolver stopped after fire in the engine room",
    "Market hall roof to be mended before winter",
    "Two held after theft of church bells in Anst",
)


def page_of(entry: str, times: list[str], heading: str = "Latest news") -> bytes:
    """Return a page with one entry a time; ``entry`` is a format string for title, time and number."""
    entries = "".join(entry.format(title, time, n) for n, (title, time) in enumerate(zip(TITLES, times, strict=True)))
    return f"<html><body><main><h2>{heading}</h2><ul>{entries}</ul></main></body></html>".encode()


def headlines(page: bytes, **given: str) -> list[tuple[str, str | None]]:
    """Return title and time of each headline."""
    found = parse_page(page, url=given.get("url", URL), fetched_at=SEEN, timezone=given.get("timezone")).headlines
    return [(h.title, h.time.isoformat(timespec="minutes") if h.time else None) for h in found]


CLOCKS = ["17:42", "16:05", "15:31", "12:16"]
PLAIN = '<li><a href="/a/{2}">{0}</a> <span>{1}</span></li>'


def test_explanation_gives_points_with_reasons() -> None:
    lines = "\n".join(explain(trace_page(page_of(PLAIN, CLOCKS), url=URL, fetched_at=SEEN)))
    assert "+3.0  titles link to articles" in lines
    assert "+1.0  list heading with a word for news" in lines
    assert "under 'Latest news': headlines" in lines


def test_explanation_names_the_weightiest_reason_of_a_refusal() -> None:
    page = page_of('<li><a href="/jobs/{2}">{0}</a> <i>{1}</i> <button>Apply now</button></li>', CLOCKS, "Jobs")
    lines = "\n".join(explain(trace_page(page, url=URL, fetched_at=SEEN)))
    assert "rejected: job offers" in lines
    assert "-15.0  job offers" in lines


def test_headlines_far_ahead_of_the_page_are_undated() -> None:
    times = ["2041-05-20T17:42:00Z", "2024-05-20T16:05:00Z", "2024-05-20T15:31:00Z", "2024-05-20T12:16:00Z"]
    page = page_of('<li><a href="/a/{2}">{0}</a> <time datetime="{1}">{1}</time></li>', times)
    found = parse_page(page, url=URL, fetched_at=SEEN).headlines
    assert [h.time is None for h in found] == [True, False, False, False]
    assert found[0].time_text == "2041-05-20T17:42:00Z"


@pytest.mark.parametrize(
    ("shown", "attribute", "hour"),
    [("11:55pm", "2024-05-19 11:55", 23), ("11:55am", "2024-05-19 11:55", 11), ("12:05am", "2024-05-19 12:05", 0)],
)
def test_machine_time_on_a_dial_of_twelve_hours_is_corrected(shown: str, attribute: str, hour: int) -> None:
    entry = '<li><a href="/a/{2}">{0}</a> <time datetime="' + attribute + '">{1}</time></li>'
    page = page_of(entry.replace("{1}", shown), CLOCKS)
    times = [h.time for h in parse_page(page, url=URL, fetched_at=SEEN, timezone="Europe/Paris").headlines]
    # The same time in all entries is evidence against a list, but this list has enough evidence for it.
    assert {time.hour for time in times if time} == {hour}


def test_clocks_beside_machine_times_tell_the_zone_but_not_against_the_one_given() -> None:
    entry = '<li><a href="/a/{2}">{0}</a> <time datetime="2024-05-20T{1}:00Z">{3}</time></li>'
    shown = ["13:42", "12:05", "11:31", "8:16"]
    body = "".join(entry.format(t, c, n, s) for n, (t, c, s) in enumerate(zip(TITLES, CLOCKS, shown, strict=True)))
    page = f"<html><body><main><h2>News</h2><ul>{body}</ul></main></body></html>".encode()
    assert headlines(page)[0] == (TITLES[0], "2024-05-20T13:42-04:00")
    assert headlines(page, timezone="Asia/Tokyo")[0] == (TITLES[0], "2024-05-21T02:42+09:00")


def test_sections_of_a_paper_on_work_and_homes_are_news() -> None:
    for section in ("karriere", "property", "comment", "shop-talk"):
        page = page_of(PLAIN.replace("/a/", f"/{section}/"), CLOCKS, section.title())
        assert len(headlines(page)) == len(TITLES), section


def test_latest_comments_are_none() -> None:
    assert headlines(page_of(PLAIN, CLOCKS, "Letzte Kommentare")) == []


def test_three_clocks_that_rise_may_be_news_but_not_on_full_hours() -> None:
    page = page_of(PLAIN, ["07:11", "12:43", "16:09", "16:31"], "Most read")
    few = page.replace(page[page.index(b'<li><a href="/a/3"') : page.index(b"</ul>")], b"")
    assert len(headlines(few)) == 3
    programme = few.replace(b"07:11", b"07:15").replace(b"12:43", b"12:45").replace(b"16:09", b"16:10")
    assert headlines(programme) == []


def test_pluses_around_an_urgent_headline_are_none_of_it() -> None:
    page = page_of("<li>{1} <a href=/a/{2}>+++ {0} +++</a></li>", CLOCKS)
    assert [title for title, _ in headlines(page)] == list(TITLES)


def test_headlines_of_a_series_may_differ_in_figures_alone() -> None:
    entries = "".join(f"<li><b>1{n}:05</b> <a href=/{n}>Harbour {n} opens a pier</a></li>" for n in range(5, 0, -1))
    found = headlines(f"<html><body><main><h2>Latest news</h2><ul>{entries}</ul></main></body></html>".encode())
    assert [title for title, _ in found] == [f"Harbour {n} opens a pier" for n in range(5, 0, -1)]
