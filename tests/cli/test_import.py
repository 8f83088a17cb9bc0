"""Tests of ``ticker import``: archives, handwritten lines, and invalid input."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys

import pytest

from tests.cli.desk import PROGRAM, Desk
from ticker.zstandard import zstd

LINE = '{"time": "2025-06-12T17:10Z", "title": "%s", "source": "daily"}\n'


def lines(*titles: str) -> str:
    return "".join(LINE % title for title in titles)


def titles(desk: Desk) -> list[str]:
    return sorted(json.loads(line)["title"] for line in desk.stored())


def test_merging_another_archive_twice_adds_nothing_the_second_time(filled: Desk) -> None:
    mine = filled.folder / "mine"
    days = sorted(filled.archive.glob("*/*/*.jsonl"))
    done = filled.run("import", *days, "--archive", mine)
    assert (done.out, done.err) == ("", "2 files, 5 lines, 5 new\n")
    for day in days:
        assert (mine / day.relative_to(filled.archive)).read_bytes() == day.read_bytes()
    assert filled.run("import", *days, "--archive", mine).err == "2 files, 5 lines, 0 new, 5 known\n"
    assert filled.run("import", filled.archive, "--archive", mine).err == "2 files, 5 lines, 0 new, 5 known\n"
    assert filled.run("list", "--archive", mine).out == filled.run("list").out


def test_each_line_that_is_refused_is_named_and_stops_no_other(desk: Desk) -> None:
    good = lines("A", "B", "C").splitlines(keepends=True)
    bad = ['{"title": "no time"}\n', "not json\n", "[1]\n", '{"time": "2025-06-12 17:10", "title": "x"}\n', "\n"]
    desk.save("one.jsonl", "".join([good[0], *bad, good[1]]))
    desk.save("two.jsonl", good[2].encode().rstrip() + b"\n" + b'{"title": "\xff"}')
    done = desk.run("import", "one.jsonl", "two.jsonl", status=1)
    assert titles(desk) == ["A", "B", "C"]
    told = done.err.splitlines()
    assert told[:4] == [
        "ticker: one.jsonl:2: line refused: no time",
        "ticker: one.jsonl:3: line refused: not JSON: Expecting value: line 1 column 1 (char 0)",
        "ticker: one.jsonl:4: line refused: not a JSON object",
        "ticker: one.jsonl:5: line refused: invalid time '2025-06-12 17:10': no UTC offset such as +01:00 or Z",
    ]
    assert told[4:] == [
        "ticker: two.jsonl:2: line refused: not UTF-8 at byte 12",
        "2 files, 8 lines, 3 new, 5 refused",
    ]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd.compress], ids=["plain", "gzip", "zstd"])
def test_compressed_or_not_and_from_standard_input(desk: Desk, pack: object) -> None:
    data = pack(lines("A").encode()) + pack(lines("B").encode())  # type: ignore[operator]
    desk.save("any-name", data)
    assert desk.run("import", "-", stdin=data).err == "1 file, 2 lines, 2 new\n"
    assert desk.run("import", "any-name").err == "1 file, 2 lines, 0 new, 2 known\n"
    assert titles(desk) == ["A", "B"]


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress], ids=["gzip", "zstd"])
def test_of_a_file_that_is_cut_off_the_whole_lines_are_stored(desk: Desk, pack: object) -> None:
    first, second = (pack(lines(title).encode()) for title in "AB")  # type: ignore[operator]
    desk.save("cut", first + second[: len(second) // 2])
    desk.save("other", lines("C"))
    done = desk.run("import", "cut", "nowhere", "other", status=1)
    assert titles(desk) == ["A", "C"]
    one, two, last = done.err.splitlines()
    assert one.startswith("ticker: cannot read cut: ")
    assert two == "ticker: cannot read nowhere: No such file or directory"
    assert last == "2 files, 2 lines, 2 new, 1 file not read, 1 file not read to the end"


def test_a_folder_without_lines_and_an_archive_of_a_newer_format_are_refused(desk: Desk) -> None:
    (desk.folder / "empty").mkdir()
    (desk.folder / "newer").mkdir()
    desk.save("newer/format.json", '{"format": "ticker-archive", "version": 99}')
    desk.save("newer/x.jsonl", lines("A"))
    told = desk.run("import", "empty", "newer", status=1).err
    assert "ticker: empty: no *.jsonl or *.jsonl.gz or *.jsonl.zst file in this folder\n" in told
    assert "ticker: newer has archive format 99" in told
    assert not desk.archive.exists()


def test_a_dry_run_stores_nothing_and_json_prints_what_is_stored(desk: Desk) -> None:
    desk.save("a.jsonl", lines("A", "A", "B"))
    done = desk.run("import", "a.jsonl", "--dry-run")
    assert done.err == "1 file, 3 lines, 2 new, 1 known (a dry run: nothing was stored)\n"
    assert not desk.archive.exists()
    shown = desk.run("import", "a.jsonl", "--dry-run", "--json").lines
    assert desk.run("import", "a.jsonl", "--json").lines == shown == desk.stored()
    assert desk.run("import", "a.jsonl", "--json", "--quiet").out == ""


def test_the_archive_is_searched_with_what_was_imported(desk: Desk) -> None:
    desk.run("import", "-", stdin=lines("Night ferry returns", "Café opens").encode())
    assert desk.run("search", "cafe").lines == ["2025-06-12T17:10:00+00:00\tdaily\tCafé opens"]


def test_a_line_without_end_is_not_held_in_memory(desk: Desk) -> None:
    code = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (600 << 20,) * 2)
from ticker.cli.main import main
main(["import", "-"])
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=desk.variables(), stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin
    for _ in range(700):
        process.stdin.write(b"x" * (1 << 20))
    process.stdin.write(b"\n" + lines("A").encode())
    _, errors = process.communicate(timeout=60)
    assert errors.decode() == (
        "ticker: standard input:1: line refused: longer than 16 MB\n1 file, 2 lines, 1 new, 1 refused\n"
    )


def test_a_terminal_shows_how_far_it_is(desk: Desk) -> None:
    desk.save("a.jsonl", lines(*(f"Number {n} {'long ' * 50}" for n in range(12_000))))
    shown = desk.on_terminal("import", "a.jsonl", out=False)
    assert "ticker: importing [####" in shown
    assert shown.splitlines()[-1].endswith("1 file, 12,000 lines, 12,000 new")
    assert "\r" not in desk.on_terminal("import", "a.jsonl", "-q", out=False)


def test_an_interrupt_tells_what_is_stored(desk: Desk) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "import", "-", "--json"],
        env=desk.variables(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    for n in range(21):
        process.stdin.write(lines(*(f"Number {n} {m}" for m in range(1000))).encode())
    process.stdin.flush()
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.decode() == "stopped; so far: 1 file, 20,000 lines, 20,000 new\nticker: interrupted\n"
    assert len(desk.stored()) == 20_000


def test_an_archive_that_cannot_be_written_is_one_line_and_status_2(desk: Desk) -> None:
    desk.archive.write_text("in the way")
    told = desk.run("import", "-", stdin=lines("A").encode(), status=2).err.splitlines()
    assert told[-1].startswith(f"ticker: the archive {desk.archive} is not a folder")
