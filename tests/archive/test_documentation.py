"""Tests that the examples, tables and commands in docs/archive-format.md are correct."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from tests.archive.builders import PAGE, SEEN, article, at, headline, put, stored_lines
from ticker.archive import Archive, StoredArticle, StoredHeadline
from ticker.models import Article, Headline

TEXT = (Path(__file__).parents[2] / "docs" / "archive-format.md").read_text("utf-8")
HEADLINE, ARTICLE = re.findall(r"```json\n(.*)\n```", TEXT)


def test_the_example_lines_are_what_is_stored(tmp_path: Path) -> None:
    line, page = StoredHeadline.from_line(HEADLINE), StoredArticle.from_line(ARTICLE)
    entry = Headline(line.title, line.time, line.time_text, line.url, line.precision, line.section)
    story = Article(page.title, page.body, page.published, authors=page.authors, language=page.language, site=page.site)
    Archive(tmp_path).add(line.source, line.page, [entry], story, line.seen, page.reader)
    assert stored_lines(tmp_path) == [HEADLINE]
    assert stored_lines(tmp_path, "articles") == [ARTICLE]


def test_the_table_has_every_field_in_its_order() -> None:
    documented = re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE)
    assert documented == [*json.loads(HEADLINE), "revises"]
    prose = TEXT.split("## An article")[1].split("## What readers do")[0]
    assert all(f"`{name}`" in prose or name in documented for name in json.loads(ARTICLE))


def test_the_merge_adds_what_is_missing_and_twice_adds_nothing(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    put(Archive(one), headline("Both"), headline("One", "12 18:00"))
    put(Archive(other), headline("Both"), headline("Other", "12 19:00"), headline("Earlier", "10 19:00"))
    Archive(other).add("daily", PAGE, (), article(), SEEN)
    (command,) = re.findall(r"```sh\n(cd OTHER.*?)```", TEXT, re.DOTALL)
    command = command.replace("OTHER", str(other)).replace("ARCHIVE", str(one))
    for _ in range(2):
        subprocess.run(["sh", "-c", command], check=False)
        assert sorted(line.title for line in Archive(one).headlines()) == ["Both", "Earlier", "One", "Other"]
        assert len(stored_lines(one, "articles")) == 1
    assert put(Archive(one), headline("Other", "12 19:00"), seen=at("12 23:00")) == []


def test_the_greps_find_what_they_say(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for title in ("Talks on FOCAC", "Talks on FOCAC end"):
        put(archive, headline(title, "12 17:05", url="https://news.example/1"), source="walaw")
    greps = re.findall(r"^grep .*?ARCHIVE\S*", TEXT.split("## From a terminal")[1], re.MULTILINE)
    for command, count in zip(greps, (2, 2, 2, 1), strict=True):
        found = subprocess.run(
            ["sh", "-c", command.replace("ARCHIVE", str(tmp_path))], capture_output=True, text=True, check=True
        )
        assert len(found.stdout.splitlines()) == count, command
