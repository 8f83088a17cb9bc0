"""Control characters and markup: stored unchanged, made harmless in output."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from tests.cli.desk import Desk

EVIL = "a\x1b[2Jb\x1b]0;title\x07c\x00d\re\nf\tg\x9b1mh\u202ei\u2066j\u2028k\u0085l"
ID = "00112233445566ff"
ARTICLE = "ff66554433221101"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
OURS = re.compile(r"\x1b\[[\d;]*[mK]")  # colours, and clearing the progress line


@pytest.fixture(scope="session")
def evil_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a desk whose archive has control characters in every text."""
    line = {
        "time": "2025-06-12T17:10:00+00:00",
        "source": EVIL,
        "title": EVIL,
        "url": f"https://n.example/{EVIL}",
        "id": ID,
        "time_text": EVIL,
        "section": EVIL,
        "mood": EVIL,
    }
    article = {**line, "id": ARTICLE, "authors": [EVIL], "site": EVIL, "description": EVIL, "body": EVIL}
    later = {**article, "id": ARTICLE[::-1], "seen": "2025-06-13T17:10:00+00:00", "body": f"{EVIL}. More."}
    desk = Desk(tmp_path_factory.mktemp("evil"))
    desk.run("import", "-", stdin="".join(json.dumps(each) + "\n" for each in (line, article, later)).encode())
    return desk.folder


@pytest.fixture
def evil(desk: Desk, evil_once: Path) -> Desk:
    """Return a desk with a copy of the folder ``evil_once``."""
    shutil.copytree(evil_once, desk.folder, dirs_exist_ok=True)
    return desk


COMMANDS = [
    "list",
    "list --long",
    "list --json",
    "list --csv",
    "list --articles --json",
    "search -F b",
    "search -F b --json",
    f"show {ID}",
    f"show {ID} --json",
    f"show {ARTICLE}",
    f"history {ID}",
    f"history {ARTICLE}",
    f"history {ARTICLE} --json",
    "tail",
    "stats",
    "stats --json",
    "export --format csv",
    "export --format json",
    "export --format jsonl",
    "export --format rss --articles",
    "export --format atom",
    "export --format markdown --articles",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_on_a_terminal_nothing_is_steered(evil: Desk, command: str) -> None:
    shown = OURS.sub("", evil.on_terminal(*command.split()))
    assert "j" in shown or command.startswith("stats")
    assert not STEERING.findall(shown)


@pytest.mark.parametrize("command", ["list", "list --long", "search -F b", "tail", "stats"])
def test_through_a_pipe_a_row_is_a_row(evil: Desk, command: str) -> None:
    out = evil.run(*command.split()).out
    assert not STEERING.findall(out)
    if not command.startswith("stats"):
        assert out.count("\n") == 1
        assert out.count("\t") == 2 + ("--long" in command)


@pytest.mark.parametrize("command", ["list --json", "export --format jsonl", "tail --json"])
def test_json_through_a_pipe_is_as_stored_and_a_line_each(evil: Desk, command: str) -> None:
    (line,) = evil.run(*command.split()).out.splitlines()
    assert line == evil.stored()[0]
    assert json.loads(line)["title"] == EVIL


@pytest.mark.parametrize(
    ("command", "status"),
    [("list --long", 0), ("show n.example/1", 0), ("history n.example/1", 0), ("show abcdef", 2), ("verify", 0)],
)
def test_an_id_that_someone_made_up_steers_nothing(desk: Desk, command: str, status: int) -> None:
    lines = [
        {"time": "2025-06-12T17:10:00+00:00", "source": "s", "title": title, "url": "http://n.example/1", **more}
        for title, more in (("One", {"id": f"abcdef{EVIL}"}), ("Two", {"id": f"abcdef2{EVIL}", "revises": EVIL}))
    ]
    desk.run("import", "-", stdin="".join(json.dumps(each) + "\n" for each in lines).encode())
    shown = desk.on_terminal(*command.split(), columns=400, status=status, err=command != "verify")  # progress
    assert "a [2Jb ]0;title" in shown
    assert not STEERING.findall(OURS.sub("", shown).replace("\n", ""))


def test_a_page_that_is_parsed_steers_nothing(desk: Desk) -> None:
    paragraph = "<p>The bridge of the &#x202e;bakers&#x9b;2J is closed for the whole of this summer, they say.</p>"
    desk.save(
        "page.html", f"<html><title>A&#x202e;B</title><article><h1>A&#x202e;B</h1>{paragraph * 5}</article></html>"
    )
    assert not STEERING.findall(desk.on_terminal("parse", "page.html"))
    assert json.loads(desk.run("parse", "page.html").out)


def test_what_hides_is_shown_as_a_space_and_spelling_stays(desk: Desk) -> None:
    title = "a\u200bb\ufeffc\U000e0041d\ufff9e \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    desk.run("import", "-", stdin=json.dumps({"time": "2025-06-12T17:10Z", "source": "x", "title": title}).encode())
    shown = "a b c d e \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert desk.run("list").lines[0].endswith(f"\t{shown}")
    assert shown in desk.run("list", "--csv").out
    assert title in desk.stored()[0]


MARKUP = [
    "<script>alert(1)</script>",
    "![x](http://evil.example/p.png)",
    "[a](javascript:alert(1))",
    "</item></channel><entry>",
    "&lt;b&gt;",
    "x]]>y<!-- ",
    "`code` **b** <img src=x onerror=y>",
    "a\nb\x00c\td",
]
NO_LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<b>",
    "file:///etc/passwd",
    "vbscript:x",
    "//n",
]
LINKS = ['https://n.example/a)b"c<d>', "https://n.example/\n\u202e"]


@pytest.fixture
def marked(desk: Desk) -> Desk:
    """Return a desk whose archive has markup in all texts, and invalid links or links with markup."""
    lines = []
    for number, url in enumerate([*NO_LINKS, *LINKS]):
        text = MARKUP[number]
        line = {"time": f"2025-06-12T17:{number:02}Z", "title": text, "source": text, "section": text, "url": url}
        lines += [line, {**line, "authors": [text], "body": f"{text}\n{text}"}]
    desk.run("import", "-", stdin="".join(json.dumps(line) + "\n" for line in lines).encode())
    return desk


@pytest.mark.parametrize("kind", [[], ["--articles"]])
def test_markdown_has_no_html_no_picture_and_no_link_but_to_the_web(marked: Desk, kind: list[str]) -> None:
    out = marked.run("export", "--format", "markdown", "--title", MARKUP[0], *kind).out
    html = MarkdownIt("commonmark").render(out)
    assert {*re.findall(r"</?(\w+)", html)} == {"h1", "h2", "a", *(("h3", "p") if kind else ("ul", "li"))}
    links = re.findall(r'href="([^"]*)"', html)
    assert len(links) == len(LINKS)
    assert all(link.startswith("https://n.example/") for link in links)


@pytest.mark.parametrize("kind", [[], ["--articles"]])
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feeds_hold_no_markup_but_their_own(marked: Desk, form: str, kind: list[str]) -> None:
    root = ElementTree.fromstring(marked.run("export", "--format", form, "--title", MARKUP[0], *kind).out)
    entries = [element for element in root.iter() if element.tag.rpartition("}")[2] in ("item", "entry")]
    assert len(entries) == len(MARKUP)
    for entry in entries:
        fields = [(element.tag.rpartition("}")[2], element) for element in entry.iter()]
        links = [(element.text or "").strip() or element.get("href", "") for tag, element in fields if tag == "link"]
        assert all(link.startswith("https://n.example/") for link in links)
        for tag, element in fields:
            if tag in ("description", "content") and kind:
                assert {*re.findall(r"<(/?\w+)", element.text or "")} == {"p", "/p"}


@pytest.mark.parametrize("kind", [[], ["--articles"]])
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feeds_turn_and_hide_nothing_and_an_element_is_a_line(evil: Desk, form: str, kind: list[str]) -> None:
    out = evil.run("export", "--format", form, *kind).out
    assert not STEERING.findall(out)
    root = ElementTree.fromstring(out)
    texts = [*root.itertext(), *(value for element in root.iter() for value in element.attrib.values())]
    for text in texts:
        assert "\n" not in text.strip() or text.startswith("<p>")


def test_a_database_and_json_hold_exactly_what_is_stored(evil: Desk) -> None:
    evil.run("export", "--output", "all.sqlite")
    row = sqlite3.connect(evil.folder / "all.sqlite").execute("SELECT title, source, section FROM headlines").fetchone()
    assert row == (EVIL, EVIL, EVIL)
    (stored,) = json.loads(evil.run("export", "--format", "json").out)
    assert stored["title"] == EVIL
