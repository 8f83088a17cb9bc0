"""Conflict copies of day files from sync programs: ``ticker verify`` says how to import them."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.cli.desk import Desk

COPIES = [
    "2024-06-12 (ann's conflicted copy 2024-06-13).jsonl",  # Dropbox
    "2024-06-12 (Ana's in Konflikt stehende Kopie 2024-06-13).jsonl",
    "2024-06-12.sync-conflict-20240613-101500-K3VQF7A.jsonl",  # Syncthing
    "2024-06-12-LAPTOP.jsonl",  # OneDrive
    "2024-06-12 2.jsonl",  # iCloud
    "2024-06-12 (1).jsonl",  # Google Drive
    "2024-06-12 (conflicted copy 2024-06-13 101500).jsonl",  # Nextcloud
    "2024-06-12_conflict-20240613-101500.jsonl",  # ownCloud
    "Copy of 2024-06-12.jsonl",  # Google Drive
]
MONTH_COPIES = [
    "2024-06 (1).jsonl.zst",
    "2024-06.jsonl (1).zst",
    "2024-06.jsonl.sync-conflict-20240613-101010-ABCDEFG.zst",
    "2024-06.jsonl (Ann's conflicted copy 2024-06-13).zst",
    "2024-06.jsonl 2.zst",
    "2024-06.jsonl-LAPTOP.zst",
    "Copy of 2024-06.jsonl.zst",
]


def line(title: str) -> str:
    return json.dumps({"time": "2024-06-12T10:00:00+00:00", "title": title, "source": "lamp"}) + "\n"


def titles(desk: Desk) -> set[str]:
    return {json.loads(text)["title"] for text in desk.run("list", "--json").lines}


@pytest.fixture
def year(desk: Desk) -> Path:
    desk.run("import", "-", stdin=line("On both machines").encode())
    return desk.archive / "headlines" / "2024"


@pytest.mark.parametrize("name", COPIES)
def test_the_command_takes_the_lines_in(desk: Desk, year: Path, name: str) -> None:
    copy = year / name
    copy.write_text(line("On both machines") + line("On the other machine"))
    told = desk.run("verify", status=1).out
    assert told.startswith(f"{copy}: a sync program's conflict copy of 2024-06-12.jsonl; its lines are not read; ")
    command = shlex.split(told.partition("to import them: ")[2])
    assert command[0] == "ticker"
    desk.run(*command[1:])
    assert titles(desk) == {"On both machines", "On the other machine"}
    copy.unlink()
    assert desk.run("verify").out == ""


def test_repair_takes_them_in_and_keeps_the_copy_aside(desk: Desk, year: Path) -> None:
    for name in COPIES:
        (year / name).write_text(line(f"Only in {name}"))
    assert f"{len(COPIES)} problems, which can be repaired" in desk.run("verify", status=1).err
    desk.run("verify", "--repair")
    assert titles(desk) == {"On both machines", *(f"Only in {name}" for name in COPIES)}
    assert [path.name for path in year.iterdir()] == ["2024-06-12.jsonl"]
    assert len(list((desk.archive / "damaged").iterdir())) == len(COPIES)


@pytest.mark.parametrize("name", MONTH_COPIES)
@pytest.mark.parametrize("is_repaired", [False, True])
def test_copies_of_compressed_months(desk: Desk, year: Path, name: str, is_repaired: bool) -> None:
    desk.run("import", "-", stdin=line("On the other machine").encode())
    desk.run("compact")
    month, copy = year / "2024-06.jsonl.zst", year / name
    month.rename(copy)
    desk.run("import", "-", stdin=line("On both machines").encode())
    desk.run("compact")
    told = desk.run("verify", status=1).out
    assert told.startswith(f"{copy}: a sync program's conflict copy of {month.name}; its lines are not read; ")
    if is_repaired:
        desk.run("verify", "--repair")
    else:
        desk.run(*shlex.split(told.partition("to import them: ")[2])[1:])
        copy.unlink()
    assert titles(desk) == {"On both machines", "On the other machine"}
    assert not copy.exists()


def test_copies_of_folders(desk: Desk, year: Path) -> None:
    (year.parent / "2024 (1)").mkdir()
    (year.parent / "2024 (1)" / "2024-06-12.jsonl").write_text(line("In another folder"))
    assert "2024 (1): a sync program's conflict copy of 2024; " in desk.run("verify", status=1).out
    desk.run("import", year.parent / "2024 (1)")
    assert "In another folder" in titles(desk)


@pytest.mark.parametrize(
    "name", ["2024-06-120.jsonl", "2024-13-12 (1).jsonl", "notes.jsonl", "2024-06-12.jsonl.bak", "2024-06.jsonl"]
)
def test_other_files_are_left_alone(desk: Desk, year: Path, name: str) -> None:
    (year / name).write_text(line("No copy"))
    assert desk.run("verify").out == f"{year / name}: note: is not part of the archive, and ignored\n"
