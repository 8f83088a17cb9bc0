"""Options that contradict each other are an error; none of them wins silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import PAGE_HTML, Desk

PAIRS = [
    (("list",), "--json", "--csv"),
    (("tail",), "--csv", "--json"),
    (("search", "ferry"), "-e", "-F"),
    (("search", "ferry"), "--fixed", "--regex"),
    (("export", "ferry", "--format", "csv"), "-i", "-s"),
    (("stats", "ferry"), "-F", "-e"),
]


@pytest.mark.parametrize("command, one, other", PAIRS)
def test_options_that_contradict_each_other(desk: Desk, command: tuple[str, ...], one: str, other: str) -> None:
    result = desk.run(*command, one, other, status=2)
    assert result.out == ""
    assert "contradict each other; give one of them; see 'ticker " in result.err
    assert len(result.err.splitlines()) == 1


def test_the_error_names_both_options(desk: Desk) -> None:
    told = desk.run("search", "--fixed", "-e", "ferry", status=2).err
    assert told == "ticker: -F and -e contradict each other; give one of them; see 'ticker search --help'\n"


def test_an_option_given_twice_is_no_contradiction(desk: Desk) -> None:
    desk.run("fetch", desk.save("page.html", PAGE_HTML), "--timezone", "UTC")
    assert desk.run("search", "-e", "-e", "ferry|choir", "-i", "-i", "--json", "--json").out
    assert desk.run("-q", "list", "--quiet", "-v").out  # with a log file, -v adds to the log


def test_a_part_has_one_selector(desk: Desk) -> None:
    selectors = ("--selector", "entry=li", "--selector", "entry=p")
    told = desk.run("sources", "add", "https://news.example/", *selectors, status=2).err
    assert told == "ticker: --selector entry is given twice; give one\n"
    assert not desk.config.exists()


def test_a_page_without_news_names_the_command_that_shows_why(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "two words.txt").write_text("Nothing here.\n", encoding="utf-8")
    told = desk.run("fetch", tmp_path / "two words.txt", status=1).err
    assert f"to see why: ticker parse --explain '{tmp_path / 'two words.txt'}'\n" in told


def test_saved_pages_with_a_guessed_timezone_say_so_once(desk: Desk) -> None:
    page = desk.save("page.html", PAGE_HTML)
    note = f"ticker: {page}: timezone unknown, assuming UTC; set --timezone\n"
    assert note in desk.run("parse", page).err
    assert desk.run("parse", page, "-q").err == desk.run("parse", page, "--timezone", "UTC").err == ""
    assert note not in desk.run("fetch", page, "--dry-run").err
    assert desk.run("fetch", page, page).err.count(note) == 1
    assert note not in desk.run("fetch", page).err  # nothing new is stored
    assert desk.run("--archive", desk.folder / "b", "fetch", page, "--quiet").err == ""
    assert note not in desk.run("--archive", desk.folder / "c", "fetch", page, "--timezone", "UTC").err
