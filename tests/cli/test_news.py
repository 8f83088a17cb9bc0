"""Tests of ``--new`` and ``ticker tail``: each new record is shown once."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.desk import HEEDING_PERMISSIONS, Desk
from tests.cli.test_reading_commands import COLOUR, TITLES, titles

DAY = "2025-06-12"


def store(desk: Desk, *stored: str, day: str = DAY, clock: str = "18:00:00", kind: str = "headlines") -> None:
    path = desk.archive / kind / day[:4] / f"{day}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        for title in stored:
            fields = {"time": f"{day}T{clock}+00:00", "source": "news.example", "title": title}
            file.write(json.dumps(fields, ensure_ascii=False) + "\n")


def test_new_gives_each_line_once(filled: Desk) -> None:
    new = ("search", "--new", "--as", "ferries", "ferry")
    assert titles(filled.run(*new).out) == TITLES[:1]
    assert filled.run(*new, status=1).out == ""
    store(filled, "A ferry in the night", "A bank")
    store(filled, "A ferry of old", day="2001-02-03")
    assert titles(filled.run(*new).out) == ["A ferry in the night", "A ferry of old"]
    assert filled.run(*new, status=1).out == ""
    assert [path.name for path in (filled.archive / "marks").glob("*.json")] == ["ferries.json"]


def test_names_are_independent_and_so_are_queries_without_one(filled: Desk) -> None:
    for arguments in (["--as", "a"], ["--as", "b"], [], ["--source", "news.example"], ["-F", "-i"]):
        assert titles(filled.run("search", "--new", *arguments, "ferry").out) == TITLES[:1]
    for arguments in (["--as", "a"], ["--as", "b"], [], ["--source", "news.example"], ["-F", "-i"]):
        filled.run("search", "--new", *arguments, "ferry", status=1)
    assert len(filled.run("search", "--new", "friday").lines) == 1
    # A named cursor is a position in the archive, independent of the query.
    filled.run("search", "--new", "--as", "a", "friday", status=1)


def test_list_and_articles_have_it_too(filled: Desk) -> None:
    assert titles(filled.run("list", "--new", "--reverse").out) == TITLES[::-1]
    assert filled.run("list", "--new", "--reverse").out == ""
    assert len(filled.run("list", "--new", "--articles", "--as", "x").lines) == 1
    assert len(filled.run("list", "--new", "--as", "x", "--json").lines) == 4
    assert filled.run("list", "--new", "--articles", "--as", "x").out == ""
    assert filled.run("list", "--new", "--since", "2025-06-12 16:00").lines == filled.run("list", "--limit=2").lines


def test_without_an_archive_nothing_is_made(desk: Desk) -> None:
    assert "no archive" in desk.run("search", "--new", "x", status=2).err
    assert not desk.archive.exists()


def test_a_reader_that_fails_costs_no_hit(filled: Desk) -> None:
    store(filled, *(f"Ferry {number}" for number in range(20_000)))
    read, write = os.pipe()
    process = filled.start("search", "--new", "--as", "x", "ferry", stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    os.read(read, 10)
    os.close(read)
    assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == 141
    assert len(filled.run("search", "--new", "--as", "x", "ferry").lines) == 20_001
    filled.run("search", "--new", "--as", "x", "ferry", status=1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_nor_does_a_full_disk(filled: Desk) -> None:
    with Path("/dev/full").open("w") as full:
        process = filled.start("search", "--new", "ferry", stdout=full, stderr=subprocess.PIPE)
    assert b"No space left" in process.communicate(timeout=60)[1]
    assert process.returncode == 2
    assert len(filled.run("search", "--new", "ferry").lines) == 1


def test_an_archive_that_cannot_be_written_is_said_before_anything_is_shown(filled: Desk) -> None:
    filled.program = HEEDING_PERMISSIONS
    filled.archive.chmod(0o555)
    try:
        result = filled.run("search", "--new", "ferry", status=2)
    finally:
        filled.archive.chmod(0o755)
    assert result.out == ""
    assert "marks" in result.err


def test_two_runs_at_once_show_each_line_once(filled: Desk) -> None:
    runs = [filled.start("search", "--new", "--as", "x", "ferry", stdout=subprocess.PIPE) for _ in range(4)]
    shown = [run.communicate(timeout=60)[0].decode() for run in runs]
    assert titles("".join(shown)) == TITLES[:1]
    assert sorted(run.returncode for run in runs) == [0, 1, 1, 1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as", "x"], "give both"),
        (["--new", "--limit", "3"], "--limit"),
        (["--new", "--as", ""], "invalid cursor name"),
        (["--new", "--as", "x" * 300], "would have 300 bytes, at most 200"),
        (["--new", "--as", "選" * 30], "would have 270 bytes, at most 200"),
    ],
)
def test_wrong_usage(filled: Desk, arguments: list[str], message: str) -> None:
    assert message in filled.run("list", *arguments, status=2).err


def test_what_is_fetched_and_imported_is_new(filled: Desk) -> None:
    filled.run("list", "--new", "--as", "x")
    lines = filled.save("more.jsonl", '{"time": "2019-01-02T17:10Z", "title": "By hand"}\n')
    filled.run("import", str(lines))
    assert titles(filled.run("list", "--new", "--as", "x").out) == ["By hand"]
    filled.run("import", str(lines))
    assert filled.run("list", "--new", "--as", "x").out == ""


def test_tail_shows_the_newest_the_last_at_the_bottom(filled: Desk) -> None:
    assert titles(filled.run("tail").out) == TITLES[::-1]
    assert titles(filled.run("tail", "-n", "2").out) == TITLES[1::-1]
    assert filled.run("tail", "-n", "0").out == ""
    assert titles(filled.run("tail", "ferry").out) == TITLES[:1]
    assert titles(filled.run("tail", "-e", "F(erry|riday)").out) == [TITLES[2], TITLES[0]]
    assert filled.run("tail", "--json", "-n1").lines == filled.run("list", "--json", "--limit", "1").lines
    assert len(filled.run("tail", "--articles").lines) == 1
    assert titles(filled.run("tail", "--since", "2025-06-12 16:00").out) == TITLES[1::-1]
    assert filled.run("tail", "--source", "nobody").out == ""


class Following:
    """A running ``ticker tail -f``."""

    def __init__(self, desk: Desk, *arguments: str) -> None:
        self.process = desk.start(
            "tail", "-f", "--interval", "0.05", *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert self.process.stdout
        self.out = self.process.stdout

    def lines(self, count: int) -> list[str]:
        """Return the next ``count`` lines; block until they arrive."""
        return [self.out.readline().decode().rstrip("\n") for _ in range(count)]

    def end(self) -> tuple[str, str]:
        """Send SIGINT and return the remaining output of both streams."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=30)
        assert self.process.returncode == 0, err
        return out.decode(), err.decode()


def test_following(filled: Desk) -> None:
    tail = Following(filled, "-n", "1")
    assert titles(tail.lines(1)[0]) == TITLES[:1]
    path = filled.archive / "headlines" / "2025" / f"{DAY}.jsonl"
    with path.open("a") as file:
        file.write('{"time": "2025-06-12T18:00Z", "title": "in two ')
    time.sleep(0.2)
    with path.open("a") as file:
        file.write('pieces"}\n')
    assert titles(tail.lines(1)[0]) == ["in two pieces"]
    store(filled, "the next day", day="2025-06-13")
    store(filled, "long ago", day="1999-12-31")
    assert sorted(titles("\n".join(tail.lines(2)))) == ["long ago", "the next day"]
    store(filled, "a", "b", "c")
    assert titles("\n".join(tail.lines(3))) == ["a", "b", "c"]
    assert tail.end() == ("", "")


def test_following_with_filters_as_json(filled: Desk) -> None:
    tail = Following(filled, "-n", "0", "--json", "--source", "news.example", "ferry")
    time.sleep(1)  # it must be running first
    store(filled, "A bank", "A ferry")
    assert [json.loads(line)["title"] for line in tail.lines(1)] == ["A ferry"]
    tail.end()


def test_following_an_archive_that_is_made_later(desk: Desk) -> None:
    tail = Following(desk)
    assert tail.process.stderr
    assert b"waiting for it" in tail.process.stderr.readline()
    time.sleep(0.2)
    store(desk, "the first")
    assert titles(tail.lines(1)[0]) == ["the first"]
    tail.end()


def test_following_ends_when_its_reader_has_enough(filled: Desk) -> None:
    tail = Following(filled)
    tail.lines(4)
    tail.out.close()
    assert tail.process.wait(timeout=30) == 141
    assert tail.process.stderr
    assert tail.process.stderr.read() == b""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_following_does_not_keep_the_processor_busy(filled: Desk) -> None:
    tail = Following(filled, "--interval", "1")
    tail.lines(4)
    before = _processor_time(tail.process.pid)
    time.sleep(1.5)
    assert _processor_time(tail.process.pid) - before < 0.1
    tail.end()


def _processor_time(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("columns", [20, 25, 30, 39])
def test_narrow_terminals_get_lines_that_fit(filled: Desk, columns: int) -> None:
    for arguments in (["list"], ["tail"], ["search", "ferry"], ["show", "https://news.example/articles/bakers/10"]):
        shown = COLOUR.sub("", filled.on_terminal(*arguments, columns=columns)).splitlines()
        assert all(len(line) <= columns or "://" in line for line in shown), shown


def test_direction_overrides_are_shown_as_spaces(filled: Desk) -> None:
    store(filled, "safe \u202egnihtemos\u202c \u2066x")
    for arguments in (["list"], ["tail"], ["search", "safe"], ["list", "--long"]):
        for shown in (filled.on_terminal(*arguments), filled.run(*arguments).out):
            assert "safe" in shown
            assert not re.search("[\u202a-\u202e\u2066-\u2069]", shown)


def test_what_was_seen_stays_seen_when_its_month_is_compressed(filled: Desk) -> None:
    new = ("list", "--new", "--as", "x", "--reverse")
    tail = Following(filled)
    tail.lines(4)
    assert len(filled.run(*new).lines) == 4
    filled.run("compact", "-q")
    assert not (filled.archive / "headlines" / "2025" / f"{DAY}.jsonl").exists()
    assert filled.run(*new).out == ""
    store(filled, "after")
    assert titles(filled.run(*new).out) == ["after"]
    assert titles(tail.lines(1)[0]) == ["after"]
    filled.run("compact", "-q")
    store(filled, "later")
    assert titles(filled.run(*new).out) == ["later"]
    assert titles(tail.lines(1)[0]) == ["later"]
    assert titles(filled.run("list", "--new", "--as", "y", "--reverse").out)[-2:] == ["after", "later"]
    assert tail.end() == ("", "")


def test_an_archive_that_was_copied_goes_on_where_it_was(filled: Desk) -> None:
    filled.run("list", "--new", "--as", "x")
    copy = filled.folder / "copy"
    shutil.copytree(filled.archive, copy)
    store(filled, "only here")
    assert filled.run("list", "--new", "--as", "x", "--archive", copy).out == ""
    assert titles(filled.run("list", "--new", "--as", "x").out) == ["only here"]
