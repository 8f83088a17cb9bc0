"""Articles that a new parser revision parses differently: re-reads, not edits."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.cli.desk import AT, PAGE_HTML, URL, Desk
from ticker.parsing import PARSER_REVISION

OLD_TEXT = "A paragraph that only the older parser took for the article's."
TITLE = "Bakers of the old town win the right to open before dawn"
EARLIER = {
    "time": "2025-06-12T14:02:11+00:00",
    "source": "news.example",
    "title": TITLE,
    "url": URL,
    "seen": "2025-06-12T20:00:00+00:00",
    "page": URL,
    "body": OLD_TEXT,
}
OLD_READERS: dict[str, dict[str, Any]] = {"no number": {}, "another number": {"reader": PARSER_REVISION + 1}}


@pytest.fixture(params=OLD_READERS.values(), ids=OLD_READERS)
def old(request: pytest.FixtureRequest, desk: Desk) -> Desk:
    """Return a desk with a saved page and an article that another parser revision stored."""
    desk.run("import", "-", stdin=json.dumps(EARLIER | request.param).encode())
    desk.save("page.html", PAGE_HTML)
    return desk


def fetch(desk: Desk, clock: str, *options: str) -> str:
    at = AT.replace("21:30", clock)
    return desk.run("fetch", "page.html", "--url", URL, "--at", at, "--timezone", "UTC", *options).err


def edit(desk: Desk) -> None:
    assert "winter" in PAGE_HTML
    desk.save("page.html", PAGE_HTML.replace("winter", "(edited)"))


def articles(desk: Desk) -> list[dict[str, Any]]:
    return [json.loads(line) for line in desk.run("show", URL, "--json").lines if '"body"' in line]


def test_the_parser_s_revision_is_stored(desk: Desk) -> None:
    desk.save("page.html", PAGE_HTML)
    fetch(desk, "21:30")
    (line,) = desk.stored("articles")
    assert f', "reader": {PARSER_REVISION}, "body": "' in line
    assert not any("reader" in line for line in desk.stored())


def test_history_and_show_tell_a_reread_from_an_edit(old: Desk) -> None:
    assert fetch(old, "21:30").endswith(", 1 article re-read\n")
    edit(old)
    assert fetch(old, "22:30").endswith(", 1 article new\n")
    first, second, third = (fields["id"] for fields in articles(old))
    lines = old.run("history", first).lines
    heads = [line for line in lines if line.startswith("2025-")]
    assert heads == [f"2025-06-12 20:00  {first}", f"2025-06-12 21:30  {second}  re-read", f"2025-06-12 22:30  {third}"]
    versions = [json.loads(line) for line in old.run("history", first, "--json").lines]
    assert [version["reread"] for version in versions] == [False, True, False]
    shown = [line for line in old.run("show", URL).lines if "paragraphs: " in line]
    assert ["re-read; " in line for line in shown] == [True, False]


@pytest.mark.parametrize("options", [(), ("--no-index",)])
def test_new_is_silent_on_a_reread_and_tells_of_an_edit(old: Desk, options: tuple[str, ...]) -> None:
    listed = ("list", "--articles", "--new", *options)
    searched = ("search", "--articles", "--new", "bakers", *options)
    assert len(old.run(*listed).lines) == 1
    assert len(old.run(*searched).lines) == 1
    fetch(old, "21:30")
    assert old.run(*listed).out == ""
    assert old.run(*searched, status=1).out == ""
    edit(old)
    fetch(old, "22:30")
    assert len(old.run(*listed).lines) == 1
    assert len(old.run(*searched).lines) == 1
    # Without --new all versions are listed; a new cursor skips re-reads.
    assert len(old.run("list", "--articles", *options).lines) == 3
    assert len(old.run(*listed, "--as", "another").lines) == 2


def test_tail_shows_no_reread(old: Desk) -> None:
    fetch(old, "21:30")
    (line,) = old.run("tail", "--articles", "--json", "-n", "5").lines
    assert json.loads(line)["body"] == OLD_TEXT
    assert len(old.run("tail", "--articles", "-n", "1").lines) == 1


def test_tail_follows_edits_alone(old: Desk) -> None:
    process = old.start("tail", "-f", "--articles", "--json", "--interval", "0.05", stdout=-1)
    assert process.stdout
    try:
        assert OLD_TEXT.encode() in process.stdout.readline()
        fetch(old, "21:30")
        edit(old)
        fetch(old, "22:30")
        assert b"(edited)" in process.stdout.readline()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def test_a_reread_with_the_same_text_stores_nothing(desk: Desk) -> None:
    desk.save("page.html", PAGE_HTML)
    fetch(desk, "21:30")
    (path,) = (desk.archive / "articles").rglob("*.jsonl")
    stored = path.read_text("utf-8")
    path.write_text(stored.replace(f'"reader": {PARSER_REVISION}, ', ""), "utf-8")
    fetch(desk, "22:30")
    assert path.read_text("utf-8") == stored.replace(f'"reader": {PARSER_REVISION}, ', "")


def test_an_article_s_id_does_not_depend_on_its_reader(old: Desk) -> None:
    fetch(old, "21:30")
    again = articles(old)
    other = Desk(old.folder / "other")
    other.folder.mkdir()
    lines = [json.dumps({name: value for name, value in line.items() if name != "reader"}) for line in again]
    other.run("import", "-", stdin="\n".join(lines).encode())
    assert [line["id"] for line in articles(other)] == [line["id"] for line in again]
    assert other.run("verify").err == "2 lines in 1 file, no problems\n"


def test_exports_hold_the_revision_and_feeds_no_reread(old: Desk) -> None:
    fetch(old, "21:30")
    readers = [fields.get("reader") for fields in articles(old)]
    rows = csv.DictReader(io.StringIO(old.run("export", "--articles", "--reverse", "--format", "csv").out))
    assert sorted(row["reader"] for row in rows) == sorted(str(reader or "") for reader in readers)
    old.run("export", "--articles", "-o", "all.sqlite")
    with closing(sqlite3.connect(old.folder / "all.sqlite")) as database:
        assert {row[0] for row in database.execute("SELECT reader FROM articles")} == set(readers)
    feed = old.run("export", "--articles", "--format", "atom").out
    assert feed.count("<entry>") == 1
    assert "only the older parser took" in feed


def test_compressed_imported_and_verified_it_stays(old: Desk) -> None:
    fetch(old, "21:30")
    before = old.run("list", "--articles", "--json").lines
    old.run("compact")
    assert old.run("list", "--articles", "--json").lines == before
    other = Desk(old.folder / "other")
    other.folder.mkdir()
    other.run("import", old.archive)
    assert other.run("list", "--articles", "--json").lines == before
    assert other.run("verify").out == ""


def test_what_no_parser_s_number_is_stays_an_unknown_field(desk: Desk) -> None:
    """Other programs may use the field ``reader`` for other values."""
    for number, value in enumerate(("A. Reader", -1, 1.5, True, 10**30, None, [1])):
        line = {**EARLIER, "url": f"https://news.example/{number}", "reader": value}
        desk.run("import", "-", stdin=json.dumps(line).encode())
    lines = [json.loads(line) for line in desk.run("list", "--articles", "--json", "--reverse").lines]
    assert [line["reader"] for line in lines] == ["A. Reader", -1, 1.5, True, 10**30, None, [1]]
    assert desk.run("verify").out == ""
    rows = csv.DictReader(io.StringIO(desk.run("list", "--articles", "--csv").out))
    assert {row["reader"] for row in rows} == {""}
    desk.run("export", "--articles", "-o", "all.sqlite")
    with closing(sqlite3.connect(desk.folder / "all.sqlite")) as database:
        assert {row[0] for row in database.execute("SELECT reader FROM articles")} == {None}


def test_a_version_whose_predecessor_is_not_there_is_news(desk: Desk) -> None:
    line = {**EARLIER, "reader": PARSER_REVISION, "revises": "0123456789abcdef"}
    desk.run("import", "-", stdin=json.dumps(line).encode())
    assert len(desk.run("list", "--articles", "--new").lines) == 1


def test_the_progress_line_says_reread(old: Desk) -> None:
    assert f"article re-read: {TITLE}" in fetch(old, "21:30", "-v")
