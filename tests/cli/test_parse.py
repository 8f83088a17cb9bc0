"""Tests of ``ticker parse``."""

from __future__ import annotations

import json

from tests.cli.desk import AT, PAGE_HTML, PAGE_TEXT, URL, Desk
from tests.pages import PAGES
from ticker import Page, parse_page
from ticker.demo.site import Newspaper


def test_one_page_is_indented_and_says_what_the_library_says(desk: Desk) -> None:
    desk.save("page.html", PAGE_HTML)
    result = desk.run("parse", "page.html", "--url", URL, "--at", "2025-06-12T21:30:00+00:00", "--timezone", "UTC")
    from datetime import UTC, datetime

    expected = parse_page(PAGE_HTML, URL, datetime(2025, 6, 12, 21, 30, tzinfo=UTC), "UTC")
    assert Page.from_dict(json.loads(result.out)) == expected
    assert len(expected.headlines) == 4
    assert result.out.startswith("{\n  ")
    assert "Société" in result.out
    assert not desk.archive.exists()


def test_how_a_page_was_read_is_told_in_selectors(desk: Desk) -> None:
    desk.save("page.html", PAGE_HTML)
    told = desk.run("parse", "--explain", "page.html", "--at", AT, "--timezone", "UTC").lines
    assert all("    (" not in line for line in told)  # each block has a name, as does the whole page
    assert any(line.startswith("body: ") and " from " in line for line in told)
    assert any("4 x " in line and line.endswith(": headlines") for line in told)
    several = desk.run("parse", "--explain", "page.html", "page.html", "--at", AT, "--timezone", "UTC").lines
    assert several == ["page.html", *told] * 2


def test_headlines_in_scripts_are_read_and_explained(desk: Desk) -> None:
    page = desk.save("page.html", (PAGES / "data_en_next_props.html").read_text(encoding="utf-8"))
    given = [str(page), "--url", "https://www.harbourpost.example/", "--at", "2025-06-12T18:00:00+01:00"]
    found = json.loads(desk.run("parse", *given).out)["headlines"]
    assert [headline["time"] for headline in found] == [
        "2025-06-12T15:41:09+00:00", "2025-06-12T14:20:00+00:00", "2025-06-12T12:05:30+00:00"
    ]  # fmt: skip
    told = desk.run("parse", "--explain", *given).lines
    where = "#__NEXT_DATA__ props.pageProps.sections.*.articles.*"
    assert f"  3 x {where}  under 'Latest': headlines" in told
    assert f"  3 x {where}  under 'Most read': rejected: ordered by popularity" in told


def test_several_pages_are_an_object_a_line_with_their_names(desk: Desk) -> None:
    desk.save("page.html", PAGE_HTML)
    desk.save("page.txt", PAGE_TEXT)
    objects = [json.loads(line) for line in desk.run("parse", "page.html", "page.txt", "--at", AT).lines]
    assert [found["file"] for found in objects] == ["page.html", "page.txt"]
    assert [len(found["headlines"]) for found in objects] == [4, 4]
    assert {found["article"]["title"] for found in objects} == {PAGE_TEXT.splitlines()[0]}


def test_an_address_and_standard_input(desk: Desk, newspaper: Newspaper) -> None:
    assert len(json.loads(desk.run("parse", newspaper.url).out)["headlines"]) == 7
    assert len(json.loads(desk.run("parse", newspaper.url).out)["headlines"]) == 7  # not a 304
    assert len(json.loads(desk.run("parse", "-", "--at", AT, stdin=PAGE_HTML.encode()).out)["headlines"]) == 4


def test_what_fails_is_named_and_the_rest_is_printed(desk: Desk, newspaper: Newspaper) -> None:
    desk.save("page.html", PAGE_HTML)
    result = desk.run("parse", newspaper.base + "/none", "page.html", status=1)
    assert len(result.lines) == 1
    assert "HTTP 404" in result.err


def test_a_time_and_a_zone_that_are_none(desk: Desk) -> None:
    desk.save("page.html", PAGE_HTML)
    for option, value in (("--at", "someday"), ("--timezone", "Mars/Olympus"), ("--url", "nothing")):
        result = desk.run("parse", "page.html", option, value, status=2)
        assert len(result.err.splitlines()) == 1
        assert value in result.err or option in result.err
