"""``ticker history``."""

from __future__ import annotations

import json

import pytest

from tests.commands.desk import AT, PAGE_HTML, URL, Desk
from tests.commands.test_reading_commands import COLOUR

OLD = "Rail bridge at Tern Hill closes until Friday"
NEW = "Rail bridge at Tern Hill closes until Monday"


@pytest.fixture
def edited(filled: Desk) -> Desk:
    """A desk whose page was fetched again, with one headline and one paragraph edited."""
    assert OLD in PAGE_HTML
    assert "winter" in PAGE_HTML
    page = PAGE_HTML.replace(OLD, NEW).replace("winter", "(edited)")
    filled.save("page.html", page)
    filled.run("fetch", "page.html", "--url", URL, "--at", AT.replace("21:30", "22:45"), "--timezone", "UTC")
    return filled


def address_of(desk: Desk, title: str) -> str:
    return next(fields["url"] for fields in map(json.loads, desk.stored()) if fields["title"] == title)


def test_a_headline_s_versions_word_by_word(edited: Desk) -> None:
    address = address_of(edited, NEW)
    first, second = (json.loads(line) for line in edited.stored() if json.loads(line)["url"] == address)
    assert edited.run("history", address).lines == [
        "news.example: headline, 2 versions",
        "",
        f"2025-06-12 21:30  {first['id']}",
        f"  {OLD}",
        "",
        f"2025-06-12 22:45  {second['id']}",
        "  Rail bridge at Tern Hill closes until [-Friday-]{+Monday+}",
    ]
    assert edited.run("history", first["id"]).out == edited.run("history", second["id"][:8]).out
    assert edited.run("history", first["id"]).out == edited.run("history", address, "--no-index").out


def test_an_article_s_paragraphs(edited: Desk) -> None:
    assert len(edited.stored("articles")) == 2
    lines = edited.run("history", URL).lines
    assert lines[0] == "news.example: article, 2 versions"
    changed = [line for line in lines if "{+(edited)+}" in line]
    assert len(changed) == 1
    assert any("as before)" in line for line in lines)


def test_on_a_terminal_in_colour_within_its_width(edited: Desk) -> None:
    for columns in (30, 60):
        shown = edited.on_terminal("history", address_of(edited, NEW), columns=columns)
        assert "Friday\x1b[0m" in shown
        assert "Monday\x1b[0m" in shown
        assert "[-" not in shown
        assert all(len(line) <= columns for line in COLOUR.sub("", shown).splitlines())
    edited.environment["NO_COLOR"] = "1"
    shown = edited.on_terminal("history", URL, columns=50)
    assert not COLOUR.search(shown)
    assert "{+(edited)+}" in shown
    assert all(len(line) <= 50 for line in shown.splitlines())


def test_json(edited: Desk) -> None:
    first, second = map(json.loads, edited.run("history", address_of(edited, NEW), "--json").lines)
    assert first["title"] == [["come", OLD]]
    assert second["title"][-2:] == [["gone", "Friday"], ["come", "Monday"]]
    assert [fields["kind"] for fields in (first, second)] == ["headline", "headline"]
    article = json.loads(edited.run("history", URL, "--json").lines[1])
    assert ["come", "(edited)"] in [piece for paragraph in article["body"] for piece in paragraph]


def test_one_version(filled: Desk) -> None:
    assert filled.run("history", URL).lines[0] == "news.example: article, 1 version"


def test_versions_of_two_sources_are_told_apart(edited: Desk) -> None:
    lines = [json.loads(line) for line in edited.stored() if json.loads(line)["title"] == OLD]
    day = next((edited.archive / "headlines").rglob("*.jsonl"))
    with day.open("a", encoding="utf-8") as file:
        file.write(json.dumps(lines[0] | {"source": "other", "id": "0" * 16, "title": "Something else"}) + "\n")
    shown = edited.run("history", address_of(edited, NEW)).lines
    assert [line for line in shown if "version" in line] == [
        "news.example: headline, 2 versions",
        "other: headline, 1 version",
    ]
    assert "  Something else" in shown


def test_what_a_title_holds_cannot_steer_the_terminal(edited: Desk) -> None:
    day = next((edited.archive / "headlines").rglob("*.jsonl"))
    evil = json.loads(edited.stored()[0]) | {"title": "red \x1b[31m\x07 \u202e", "id": "0" * 16}
    with day.open("a", encoding="utf-8") as file:
        file.write(json.dumps(evil) + "\n")
    for shown in (edited.run("history", evil["url"]).out, COLOUR.sub("", edited.on_terminal("history", evil["url"]))):
        assert not any(sign in shown for sign in "\x1b\x07\u202e")


def test_what_is_not_there(filled: Desk) -> None:
    for what, status in (("ffffffff", 1), ("https://news.example/none", 1), ("abc", 2)):
        assert len(filled.run("history", what, status=status).err.splitlines()) == 1
