"""Archives of every older format version are readable; a newer version is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.desk import ROOT, Desk
from ticker.archive.layout import VERSION

ARCHIVES = ROOT / "tests/fixtures/archives"
NAMES = ["v1", "v2"]
CONFIGURATION = '[[source]]\nname = "gazette"\nurl = "https://gazette.example/"\ntimezone = "Africa/Casablanca"\n'
ENTRY = '<li><time datetime="{time}">{time:.16}</time> <a href="{url}">{title}</a></li>'


@pytest.fixture(params=NAMES)
def old(desk: Desk, request: pytest.FixtureRequest) -> Desk:
    """Return a desk with an archive of an old format version."""
    shutil.copytree(ARCHIVES / request.param, desk.archive)
    desk.configure(CONFIGURATION)
    return desk


def expected(desk: Desk, kind: str = "headlines") -> list[str]:
    version = json.loads((desk.archive / "format.json").read_text())["version"]
    return (ARCHIVES / f"v{version}.{kind}.jsonl").read_text("utf-8").splitlines()


def test_there_is_one_of_each_version() -> None:
    stated = [json.loads((ARCHIVES / name / "format.json").read_text())["version"] for name in NAMES]
    assert stated == list(range(1, VERSION + 1))


def test_it_is_listed_searched_and_shown(old: Desk) -> None:
    assert old.run("list", "--reverse", "--json").lines == expected(old)
    assert old.run("list", "--reverse", "--json", "--articles").lines == expected(old, "articles")
    for word, count in (("ferry", 6), ("societe", 3), ("hand", 3), ("flour", 3)):
        assert len(old.run("search", word).lines) == count
    shown = old.run("show", "https://gazette.example/ferry-05", "--json").out
    assert "corrected" in shown


def test_it_is_sound(old: Desk) -> None:
    count = len(expected(old)) + len(expected(old, "articles"))
    done = old.run("verify")
    assert done.err.startswith(f"{count} lines in ")
    assert done.err.endswith(", no problems\n")


def test_what_it_has_is_not_stored_again(old: Desk) -> None:
    lines = [json.loads(line) for line in expected(old)]
    entries = [ENTRY.format(**line) for line in lines if line["time"] and line["source"] == "gazette" and line["url"]]
    assert len(entries) >= 12
    new = ENTRY.format(time="2024-06-11T20:00:00+01:00", title="Something new", url="https://gazette.example/new")
    old.save("page.html", f"<html><body><h2>Latest</h2><ul>{''.join([new, *entries])}</ul></body></html>")
    at = ("--url", "https://gazette.example/", "--at", "2024-06-11 23:30")
    assert old.run("fetch", "page.html", *at).err == f"1 source, {len(entries) + 1} headlines, 1 new\n"
    assert old.run("fetch", "page.html", *at).err == f"1 source, {len(entries) + 1} headlines, 0 new\n"
    assert len(old.run("list", "--json").lines) == len(lines) + 1
    old.run("verify")


def test_it_is_imported_and_compressed(old: Desk) -> None:
    before, articles = expected(old), expected(old, "articles")
    done = old.run("import", old.archive, "--archive", "other")
    assert f"{len(before) + len(articles)} new" in done.err
    assert old.run("list", "--json", "--reverse", "--archive", "other").lines == before
    assert ", 0 new, " in old.run("import", "other").err
    old.run("compact")
    assert not list(old.archive.rglob("*.jsonl"))
    assert old.run("list", "--reverse", "--json").lines == before
    assert old.run("list", "--reverse", "--json", "--articles").lines == articles
    assert old.run("verify").err.endswith(", no problems\n")


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["search", "ferry"],
        ["show", "6f021f99c69ffa41"],
        ["history", "6f021f99c69ffa41"],
        ["stats"],
        ["tail"],
        ["export", "--format", "jsonl"],
        ["fetch", "page.html", "--url", "https://gazette.example/"],
        ["import", "lines.jsonl"],
        ["compact"],
        ["verify"],
        ["verify", "--repair"],
    ],
    ids=" ".join,
)
def test_a_newer_version_is_refused(desk: Desk, command: list[str]) -> None:
    shutil.copytree(ARCHIVES / "v2", desk.archive)
    (desk.archive / "format.json").write_text('{"format": "ticker-archive", "version": 3}\n')
    desk.save(
        "page.html", "<ul>" + "".join(ENTRY.format(time=f"2024-06-11T1{n}:00:00", url=n, title="x") for n in range(9))
    )
    desk.save("lines.jsonl", '{"time": "2024-06-11T10:00Z", "title": "New"}\n')
    before = files(desk.archive)
    done = desk.run(*command, status=None)
    assert done.status in (1, 2)
    assert f"{desk.archive} has archive format 3, newer than the supported 2; update ticker" in done.err
    assert done.out == ""
    assert files(desk.archive) == before


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".state" not in path.parts}
