"""Tests of ``ticker compact``: its messages, and its month files as input of every command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.desk import HEEDING_PERMISSIONS, URL, Desk


def month_of(desk: Desk) -> Path:
    (path,) = desk.archive.glob("headlines/*/*.zst")
    return path


def test_every_command_reads_a_compressed_month_as_before(filled: Desk) -> None:
    commands = [
        ("list", "--json"),
        ("list", "--articles", "--json"),
        ("list", "--since", "2025-06-12 16:00"),
        ("search", "societe"),
        ("search", "-F", "Ferry"),
        ("search", "--no-index", "-e", "choir|bridge"),
        ("show", URL, "--json"),
        ("show", URL, "--no-index"),
    ]
    before = [filled.run(*command).out for command in commands]
    done = filled.run("compact")
    assert (done.out, done.err) == ("", "2 months, 0.0 MB compressed to 0.0 MB\n")
    assert not list(filled.archive.rglob("*.jsonl"))
    assert [filled.run(*command).out for command in commands] == before
    assert filled.run("fetch", "page.html", "--url", URL, "--at", "2025-06-12 21:30", "--timezone", "UTC").err == (
        "1 source, 4 headlines, 0 new\n"
    )
    other = filled.folder / "other"
    assert filled.run("import", filled.archive, "--archive", other).err == "2 files, 5 lines, 5 new\n"
    assert filled.run("import", filled.archive).err == "2 files, 5 lines, 0 new, 5 known\n"
    assert filled.run("list", "--archive", other).out == filled.run("list").out


def test_a_dry_run_and_json_tell_the_months(filled: Desk) -> None:
    assert [line.split("\t")[:3] for line in filled.run("compact", "--dry-run").lines] == [
        ["headlines", "2025-06", "1 days"],
        ["articles", "2025-06", "1 days"],
    ]
    planned = [json.loads(line) for line in filled.run("compact", "--dry-run", "--json").lines]
    assert [(month["kind"], month["month"], month["days"]) for month in planned] == [
        ("headlines", "2025-06", 1),
        ("articles", "2025-06", 1),
    ]
    assert list(filled.archive.rglob("*.jsonl"))
    made = [json.loads(line) for line in filled.run("compact", "--json").lines]
    assert [month["size"] for month in made] == [month["size"] for month in planned]
    assert made[0]["path"] == str(month_of(filled))
    assert made[0]["packed"] == month_of(filled).stat().st_size
    assert filled.run("compact", "--json").err.startswith("nothing to compress: ")


def test_before_tells_which_months(filled: Desk) -> None:
    for day, status in (("2025-06-30", 0), ("2025-07-01", 2), ("2100-01-01", 2)):
        assert len(filled.run("compact", "--dry-run", "--before", day).lines) == status
    told = filled.run("compact", "--before", "soonish", status=2).err
    assert told.startswith("ticker: invalid time 'soonish'; use ")


def test_gzip_where_it_is_asked_for(filled: Desk) -> None:
    before = filled.run("list").out
    filled.run("compact", "--gzip")
    assert [path.name for path in filled.archive.glob("*/2025/*")] == ["2025-06.jsonl.gz"] * 2
    assert filled.run("list").out == before


def test_an_archive_that_is_not_there_is_an_error(desk: Desk) -> None:
    assert desk.run("compact", status=2).err.startswith(f"ticker: no archive at {desk.archive}; ")
    assert not desk.archive.exists()


@pytest.mark.parametrize("cut", [0, 30, 200])
def test_a_month_that_is_damaged_is_named_and_everything_else_goes_on(filled: Desk, cut: int) -> None:
    july = filled.folder / "july.jsonl"
    july.write_text('{"time": "2025-07-12T17:10Z", "title": "Sound", "source": "daily"}\n')
    filled.run("import", july)
    filled.run("compact")
    path = filled.archive / "headlines/2025/2025-06.jsonl.zst"
    path.write_bytes(path.read_bytes()[:cut])
    done = filled.run("list", status=2)
    assert [line.split("\t")[2] for line in done.lines] == ["Sound"]
    assert done.err.count("\n") == 1
    assert done.err.startswith(f"ticker: {path}: lines skipped: damaged or cut off: ")
    assert filled.run("search", "sound", status=2).lines == done.lines
    again = filled.run("fetch", "page.html", "--url", URL, "--at", "2025-06-12 21:30", "--timezone", "UTC")
    assert again.err == "1 source, 4 headlines, 4 new\n"
    told = filled.run("compact", status=1).err
    assert told.startswith(f"ticker: {path} is damaged or cut off")
    assert [json.loads(line)["source"] for line in filled.stored()] == ["news.example"] * 4


def test_a_terminal_shows_how_far_it_is(filled: Desk) -> None:
    shown = filled.on_terminal("compact", out=False)
    assert "ticker: compressing [" in shown
    assert shown.splitlines()[-1].endswith("2 months, 0.0 MB compressed to 0.0 MB")
    assert "zstdgrep reads compressed months: zstdgrep WORD " in shown


def test_what_is_compressed_is_backed_up_and_brought_back(filled: Desk) -> None:
    before = filled.run("list").out
    shutil.copytree(filled.archive, filled.folder / "backup")
    filled.run("compact")
    shutil.copytree(filled.archive, filled.folder / "backup", dirs_exist_ok=True)
    assert filled.run("list", "--archive", "backup").out == before


def test_what_keeps_all_months_from_it_is_said_once(filled: Desk) -> None:
    lines = (f'{{"time": "2024-{n:02}-01T17:10Z", "title": "Number {n}"}}\n' for n in range(1, 13))
    filled.run("import", "-", stdin="".join(lines).encode())
    filled.program = HEEDING_PERMISSIONS
    filled.archive.chmod(0o555)
    told = filled.run("compact", status=1).err
    filled.archive.chmod(0o755)
    assert told == f"ticker: cannot open {filled.archive}/.compacting: Permission denied\n"
