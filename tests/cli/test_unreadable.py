"""Unreadable parts of an archive: named once, the rest is printed, and the exit status reports it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.desk import HEEDING_PERMISSIONS, Desk

LINE = '{"time": "%sT17:10:00+00:00", "title": "%s", "source": "daily", "url": "https://n.example/%s"}\n'
DAYS = {"2024-06-10": "Early", "2024-06-11": "Lost", "2024-07-12": "Late"}

Harm = Callable[[Path], None]


def locked(path: Path) -> None:
    path.chmod(0)


def folder_in_its_place(path: Path) -> None:
    path.unlink()
    path.mkdir()


def leading_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def pipe_in_its_place(path: Path) -> None:
    """Replace the file by a FIFO, which blocks a reader forever."""
    path.unlink(missing_ok=True)
    os.mkfifo(path)


@pytest.fixture
def three_days(desk: Desk) -> Desk:
    """Return a desk with an archive of three days, whose program obeys file permissions."""
    desk.run("import", "-", stdin="".join(LINE % (day, title, title) for day, title in DAYS.items()).encode())
    desk.program = HEEDING_PERMISSIONS
    return desk


def lost(desk: Desk) -> Path:
    return desk.archive / "headlines/2024/2024-06-11.jsonl"


COMMANDS = [
    ["list", "--json"],
    ["list", "--json", "--no-index"],
    ["list", "--json", "--reverse", "--since", "2024-01-01"],
    ["list", "--json", "--new"],
    ["search", "--json", "-F", "a"],
    ["search", "--json", "-e", "a"],
    ["search", "--json", "--new", "--as", "x", "-e", "a"],
    ["export", "--format", "jsonl"],
    ["tail", "--json"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("harm", [locked, folder_in_its_place, leading_nowhere, pipe_in_its_place])
def test_a_day_that_cannot_be_read(three_days: Desk, command: list[str], harm: Harm) -> None:
    harm(lost(three_days))
    done = three_days.run(*command, status=2)
    assert {json.loads(line)["title"] for line in done.lines} == {"Early", "Late"}
    (told,) = done.err.splitlines()
    assert told.startswith(f"ticker: {lost(three_days)}: lines skipped: ")


def test_stats_counts_the_rest(three_days: Desk) -> None:
    locked(lost(three_days))
    done = three_days.run("stats", "--json", status=2)
    assert json.loads(done.out)["headlines"] == 2
    assert done.err == f"ticker: {lost(three_days)}: lines skipped: Permission denied\n"


def test_a_file_is_exported_without_it(three_days: Desk) -> None:
    locked(lost(three_days))
    told = three_days.run("export", "--output", "all.csv", status=2).err.splitlines()
    assert told == [f"ticker: {lost(three_days)}: lines skipped: Permission denied", "all.csv: 2 headlines"]
    assert len((three_days.folder / "all.csv").read_text().splitlines()) == 3


@pytest.mark.parametrize("command", ["show", "history"])
def test_a_story_is_shown_without_it(three_days: Desk, command: str) -> None:
    locked(lost(three_days))
    done = three_days.run(command, "https://n.example/Late", status=2)
    assert "Late" in done.out
    assert done.err == f"ticker: {lost(three_days)}: lines skipped: Permission denied\n"
    assert three_days.run(command, "https://n.example/Lost", status=1).err.splitlines()[0] == done.err.rstrip()


@pytest.mark.parametrize("harm", [locked, lambda path: path.write_bytes(path.read_bytes()[:-20]), pipe_in_its_place])
def test_a_compressed_month(three_days: Desk, harm: Harm) -> None:
    three_days.run("compact")
    month = three_days.archive / "headlines/2024/2024-06.jsonl.zst"
    harm(month)
    for command in COMMANDS:
        done = three_days.run(*command, status=2)
        (told,) = done.err.splitlines()
        assert told.startswith(f"ticker: {month}: lines skipped: ")
        assert [json.loads(line)["title"] for line in done.lines] == ["Late"]


def test_nothing_is_written_to_a_pipe_in_a_day_s_place(three_days: Desk) -> None:
    pipe_in_its_place(lost(three_days))
    line = (LINE % ("2024-06-11", "Found", "found")).encode()
    for command in (["import", "-"], ["compact"]):
        told = three_days.run(*command, stdin=line, status=None)
        assert told.status in (1, 2)
        assert str(lost(three_days)) in told.err
        assert "not a file but a pipe" in told.err
    assert lost(three_days).is_fifo()


@pytest.mark.parametrize("name", ["format.json", ".lock", "marks/x.json", "marks/x.lock"])
def test_a_pipe_in_place_of_what_an_archive_has_beside_its_lines(three_days: Desk, name: str) -> None:
    three_days.run("list", "--new", "--as", "x")
    pipe_in_its_place(three_days.archive / name)
    line = (LINE % ("2024-06-11", "Found", "found")).encode()
    command = ["list", "--new", "--as", "x"] if name.startswith("marks") else ["import", "-"]
    done = three_days.run(*command, stdin=line, status=None)
    assert done.status in (1, 2)
    assert f"{three_days.archive / name}: not a file but a pipe" in done.err.splitlines()[-1]
    assert len(three_days.run("list", status=None).lines) == 3 * (name != "format.json")


@pytest.mark.parametrize("name", ["headlines.grown", "index.sqlite", "lock"])
def test_a_pipe_in_the_index_costs_the_index_alone(three_days: Desk, name: str) -> None:
    many = "".join(LINE % ("2024-06-11", f"Number {n}", n) for n in range(3000))
    three_days.run("import", "-", stdin=many.encode())
    three_days.run("search", "number")
    pipe_in_its_place(three_days.archive / ".index" / name)
    with lost(three_days).open("a") as file:
        file.write(many.replace("Number", "Figure"))
    assert len(three_days.run("search", "number").lines) == 3000
    assert len(three_days.run("search", "figure").lines) == 3000


def test_what_is_new_is_told_to_be_missing_until_it_is_shown(three_days: Desk) -> None:
    assert len(three_days.run("list", "--new").lines) == 3
    with lost(three_days).open("a") as file:
        file.write(LINE % ("2024-06-11", "Lost again", "again"))
    locked(lost(three_days))
    for _ in range(2):
        done = three_days.run("list", "--new", status=2)
        assert (done.out, done.err) == ("", f"ticker: {lost(three_days)}: lines skipped: Permission denied\n")
    lost(three_days).chmod(0o644)
    assert [line.split("\t")[2] for line in three_days.run("list", "--new").lines] == ["Lost again"]


def test_following_goes_on(three_days: Desk) -> None:
    locked(lost(three_days))
    following = three_days.start("tail", "-f", "--interval", "0.05", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert following.stdout
    assert following.stdout.readline().split(b"\t")[2] == b"Early\n"
    assert following.stdout.readline().split(b"\t")[2] == b"Late\n"
    with (lost(three_days).parent / "2024-07-12.jsonl").open("a") as file:
        file.write(LINE % ("2024-07-12", "Later", "later"))
    assert following.stdout.readline().split(b"\t")[2] == b"Later\n"
    following.send_signal(signal.SIGINT)
    out, err = following.communicate(timeout=60)
    assert (out, err.decode()) == (b"", f"ticker: {lost(three_days)}: lines skipped: Permission denied\n")
    assert following.returncode == 2


def test_nothing_is_stored_twice_because_a_day_cannot_be_read(three_days: Desk) -> None:
    locked(lost(three_days))
    line = (LINE % ("2024-06-11", "Lost", "Lost")).encode()
    told = three_days.run("import", "-", stdin=line, status=2).err.splitlines()
    assert told[-1] == f"ticker: cannot read {lost(three_days)}: Permission denied"


def test_an_indexed_day_is_read_again_once_it_may_be(three_days: Desk) -> None:
    many = "".join(LINE % ("2024-06-11", f"Number {n}", n) for n in range(3000))
    lost(three_days).write_text(many)
    locked(lost(three_days))
    assert three_days.run("search", "number", status=2).err == (
        f"ticker: {lost(three_days)}: lines skipped: Permission denied\n"
    )
    lost(three_days).chmod(0o644)
    assert len(three_days.run("search", "number").lines) == 3000
    assert (three_days.archive / ".index").exists()
