"""Tests of ``ticker history``."""

from __future__ import annotations

import json

import pytest

from tests.cli.desk import AT, PAGE_HTML, URL, Desk
from tests.cli.test_reading_commands import COLOUR

OLD = "Rail bridge at Tern Hill closes until Friday"
NEW = "Rail bridge at Tern Hill closes until Monday"


@pytest.fixture
def edited(filled: Desk) -> Desk:
    """Return a desk whose page was fetched again after an edit of one headline and one paragraph."""
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
    assert any("unchanged)" in line for line in lines)


def test_on_a_terminal_in_colour_within_its_width(edited: Desk) -> None:
    for columns in (30, 60):
        shown = edited.on_terminal("history", address_of(edited, NEW), columns=columns)
        assert "\x1b[31m[-Friday-]\x1b[0m\x1b[32m{+Monday+}\x1b[0m" in shown  # readable without the colours, too
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


@pytest.fixture
def replaced(edited: Desk) -> Desk:
    """Return the desk ``edited`` after another headline was replaced."""
    page = edited.folder / "page.html"
    text = page.read_text(encoding="utf-8").replace(PILOT, "Storm keeps all boats at home")
    edited.save("page.html", text)
    edited.run("fetch", "page.html", "--url", URL, "--at", AT.replace("21:30", "23:00"), "--timezone", "UTC")
    return edited


PILOT = "Société du Port names its first woman pilot"


def test_without_arguments_all_edits_newest_first(replaced: Desk) -> None:
    ids = {fields["title"]: fields["id"] for fields in map(json.loads, replaced.stored())}
    assert replaced.run("history").lines == [
        f"2025-06-12 23:00  news.example  {ids['Storm keeps all boats at home']}  replaced",
        f"  [-{PILOT}-] {{+Storm keeps all boats at home+}}",
        "",
        f"2025-06-12 22:45  news.example  {ids[NEW]}",
        "  Rail bridge at Tern Hill closes until [-Friday-]{+Monday+}",
    ]
    assert replaced.run("history", "--no-index").out == replaced.run("history").out
    first, second = map(json.loads, replaced.run("history", "--json").lines)
    assert (first["old"], first["new"], first["replaced"]) == (PILOT, "Storm keeps all boats at home", True)
    assert (second["old"], second["new"], second["replaced"]) == (OLD, NEW, False)
    assert len(replaced.run("history", "-n", "1").lines) == 2
    assert replaced.run("history", "--since", "2025-06-13").out == ""
    assert "news.example  " in replaced.run("history", "--articles").out
    assert "omit ID or URL" in replaced.run("history", ids[NEW], "--since", "1d", status=2).err
    of_one = replaced.run("history", ids["Storm keeps all boats at home"]).lines
    assert of_one[-2].endswith("  replaced")
    assert "(replaced)" in replaced.run("show", ids["Storm keeps all boats at home"]).out


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_edits_on_a_terminal(replaced: Desk, columns: int) -> None:
    for command in (["history"], ["list", "--edited"]):
        lines = COLOUR.sub("", replaced.on_terminal(*command, columns=columns)).splitlines()
        assert max(map(len, lines)) <= columns
        text = " ".join(" ".join(lines).split())
        assert "[-Friday-]{+Monday+}" in text
        assert "replaced" in text
        assert f"[-{PILOT}-] {{+Storm keeps all boats at home+}}" in text


def test_list_edited(replaced: Desk) -> None:
    rows = [line.split("\t")[2:] for line in replaced.run("list", "--edited").lines]
    assert rows == [["Storm keeps all boats at home", PILOT], [NEW, OLD]]
    assert [json.loads(line)["title"] for line in replaced.run("list", "--edited", "--json").lines] == [
        title for title, _ in rows
    ]
    assert replaced.run("list", "--edited", "--source", "other").out == ""
    shown = COLOUR.sub("", replaced.on_terminal("list", columns=120))
    assert f"  ~ {NEW}" in shown
    assert f"  {OLD}" in shown
    assert f"~ {OLD}" not in shown
    assert "~" not in replaced.run("list").out
