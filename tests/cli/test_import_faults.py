"""Tests of ``ticker import`` with invalid input and interrupts."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.desk import HEEDING_PERMISSIONS, Desk

OTHER_ARRAY = "each object of a JSON array needs a line of its own; try: jq -c '.[]' FILE | ticker import -"
LINE = '{"time": "2025-06-12T17:10Z", "title": "%s", "source": "daily"}\n'


def titles(desk: Desk) -> list[str]:
    return sorted(json.loads(line)["title"] for line in desk.stored())


@pytest.mark.parametrize(("number", "status", "word"), [(signal.SIGINT, 130, "interrupted"), (15, 143, "interrupted")])
def test_an_interrupt_while_lines_are_stored_tells_exactly_what_is(
    desk: Desk, number: int, status: int, word: str
) -> None:
    days = [(date(2020, 1, 1) + timedelta(days=n)).isoformat() for n in range(400)]
    lines = (f'{{"time": "{days[n % 400]}T17:10Z", "title": "Number {n}"}}\n' for n in range(70_000))
    desk.save("many.jsonl", "".join(lines))
    process = desk.start("import", "many.jsonl", stderr=subprocess.PIPE)
    end = time.monotonic() + 60
    while not list(desk.archive.glob("headlines/2020/*.jsonl")) and time.monotonic() < end:
        time.sleep(0.001)
    process.send_signal(number)
    told = process.communicate(timeout=60)[1].decode()
    assert process.returncode == status, told
    count = len(desk.stored())
    assert count in (20_000, 40_000, 60_000)
    assert told.startswith(f"stopped; so far: 1 file, {count:,} lines, {count:,} new\n")
    assert told.endswith(f"ticker: {word}\n")
    assert desk.run("import", "many.jsonl").err == f"1 file, 70,000 lines, {70_000 - count:,} new, {count:,} known\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_before_anything_is_stored(desk: Desk, number: int) -> None:
    process = desk.start("import", "-", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin
    assert process.stderr
    process.stdin.write(b"no json\n" + (LINE % "A").encode())
    process.stdin.flush()
    process.stderr.readline()  # the message about the invalid line
    process.send_signal(number)
    told = process.communicate(timeout=60)[1].decode()
    assert told.startswith("stopped; so far: 0 files, 1 line, 0 new, 1 refused\n")
    assert not desk.archive.exists()


def test_an_interrupt_that_is_ignored_stays_so(desk: Desk) -> None:
    process = desk.start(
        "import",
        "-",
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),  # as nohup and shells do for background jobs
    )
    assert process.stdin
    assert process.stderr
    process.stdin.write(b"no json\n")
    process.stdin.flush()
    process.stderr.readline()
    process.send_signal(signal.SIGINT)
    process.stdin.write((LINE % "A").encode())
    assert process.communicate(timeout=60)[1] == b"1 file, 2 lines, 1 new, 1 refused\n"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("NaN", "not JSON: NaN is not a JSON value"),
        ("[-Infinity]", "not JSON: -Infinity is not a JSON value"),
        ("1e999", "the number 1e999 exceeds the range of a 64-bit float"),
        ('{"a": -1e999}', "the number -1e999 exceeds the range of a 64-bit float"),
        ("9" * 5000, "a number has more than 4,300 digits"),
    ],
    ids=["nan", "infinity", "large", "within", "digits"],
)
def test_numbers_that_are_none(desk: Desk, value: str, reason: str) -> None:
    line = f'{{"time": "2025-06-12T17:10Z", "title": "Odd", "mood": {value}}}\n'
    desk.save("a.jsonl", LINE % "A" + line)
    told = desk.run("import", "a.jsonl", status=1).err.splitlines()
    assert told == [f"ticker: a.jsonl:2: line refused: {reason}", "1 file, 2 lines, 1 new, 1 refused"]
    (day,) = desk.archive.glob("headlines/*/*.jsonl")
    with day.open("a") as file:
        file.write(line)
    for command in (["list", "--json"], ["export", "--format", "jsonl"], ["search", "--json", "A"]):
        done = desk.run(*command)
        assert [json.loads(line)["title"] for line in done.lines] == ["A"]
        if command[0] != "search":  # search need not parse a line without an "a"
            assert done.err == f"ticker: {day}:2: line skipped: {reason}\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_characters_are_one_clear_line(desk: Desk, encoding: str) -> None:
    data = (LINE % "A" + LINE % "B").encode(encoding)
    desk.save("a.jsonl", data)
    desk.save("b.jsonl", gzip.compress(data))
    assert desk.run("import", "a.jsonl", "b.jsonl", status=1).err.splitlines() == [
        "ticker: cannot read a.jsonl: it is UTF-16, not UTF-8; 'iconv -f UTF-16 -t UTF-8' converts it",
        "ticker: cannot read b.jsonl: it is UTF-16, not UTF-8; 'iconv -f UTF-16 -t UTF-8' converts it",
        "2 files, 0 lines, 0 new, 2 files not read to the end",
    ]


@pytest.mark.parametrize(
    ("time", "stored"),
    [
        ("2025-06-12T24:00Z", "2025-06-13T00:00:00+00:00"),
        ("2025-12-31T24:00:00+01:00", "2026-01-01T00:00:00+01:00"),
        ("20250612T2400Z", "2025-06-13T00:00:00+00:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00"),
        ("2016-12-31T18:59:60.5-05:00", "2016-12-31T19:00:00-05:00"),
        ("2025-06-12t24:00:00.000z", "2025-06-13T00:00:00+00:00"),
    ],
)
def test_the_end_of_a_day_and_a_leap_second(desk: Desk, time: str, stored: str) -> None:
    desk.run("import", "-", stdin=json.dumps({"time": time, "title": "A"}).encode())
    assert [json.loads(line)["time"] for line in desk.stored()] == [stored]
    (day,) = desk.archive.glob("headlines/*/*.jsonl")
    assert day.name == f"{stored[:10]}.jsonl"


@pytest.mark.parametrize("time", ["2025-06-12T24:01Z", "2025-06-12T25:00Z", "2025-06-12T10:60Z", "9999-12-31T24:00Z"])
def test_what_is_no_time_is_refused(desk: Desk, time: str) -> None:
    told = desk.run("import", "-", stdin=json.dumps({"time": time, "title": "A"}).encode(), status=1).err
    assert f"standard input:1: line refused: invalid time '{time}': not a time such as 2025-06-12T17:10:00" in told


def test_what_is_not_there_and_what_is_cut_off_are_told_apart(desk: Desk) -> None:
    desk.save("cut", gzip.compress((LINE % "A").encode())[:-12])
    told = desk.run("import", "cut", "nowhere", "a/b", status=1).err
    assert told.splitlines()[-1] == "1 file, 0 lines, 0 new, 2 files not read, 1 file not read to the end"


def test_in_a_folder_what_cannot_be_read_stops_no_other(desk: Desk) -> None:
    desk.program = HEEDING_PERMISSIONS
    other = desk.folder / "other"
    (other / "locked").mkdir(parents=True)
    for name, data in (("a", b"\x1f\x8b broken"), ("b", b""), ("c", (LINE % "C").encode()), ("z", b"")):
        (other / f"{name}.jsonl").write_bytes(data)
    (other / "b.jsonl").chmod(0)
    (other / "z.jsonl").unlink()
    (other / "z.jsonl").symlink_to("nowhere")
    (other / "locked").chmod(0)
    os.mkfifo(other / "fifo.jsonl")
    told = desk.run("import", "other", status=1).err.splitlines()
    assert titles(desk) == ["C"]
    assert told[0] == "ticker: cannot read other/locked: Permission denied"
    assert told[1].startswith("ticker: cannot read other/a.jsonl: ")
    assert told[2] == "ticker: cannot read other/b.jsonl: Permission denied"
    assert told[3] == "ticker: cannot read other/z.jsonl: No such file or directory"
    assert told[4] == "2 files, 1 line, 1 new, 3 files not read, 1 file not read to the end"


def test_a_folder_is_followed_where_links_lead(desk: Desk) -> None:
    (desk.folder / "disk").mkdir()
    desk.save("disk/x.jsonl", LINE % "A")
    other = desk.folder / "other"
    other.mkdir()
    (other / "headlines").symlink_to("../disk")
    (desk.folder / "disk/back").symlink_to("../other")
    assert desk.run("import", "other").err == "1 file, 1 line, 1 new\n"


def test_pipes_beside_files_on_a_terminal(desk: Desk) -> None:
    desk.save("a.jsonl", "".join(LINE % f"A {n}" for n in range(6000)))
    os.mkfifo(desk.folder / "pipe")
    writer = subprocess.Popen(["sh", "-c", "cat a.jsonl > pipe"], cwd=desk.folder)
    shown = desk.on_terminal("import", "a.jsonl", "pipe", out=False)
    assert writer.wait(timeout=60) == 0
    assert re.sub(r".*\x1b\[K", "", shown.splitlines()[-1]) == "2 files, 12,000 lines, 6,000 new, 6,000 known"


def test_a_precision_that_is_none_is_not_told_at_length(desk: Desk) -> None:
    line = json.dumps({"time": "2025-06-12T17:10Z", "title": "A", "precision": "x" * 5000})
    assert len(desk.run("import", "-", stdin=line.encode(), status=1).err.splitlines()[0]) < 200


def test_an_archive_of_one_s_own_adds_nothing(filled: Desk) -> None:
    assert filled.run("import", Path("archive")).err == "2 files, 5 lines, 0 new, 5 known\n"


def test_the_json_that_export_writes_is_imported_from_a_file(desk: Desk) -> None:
    lines = "".join(f'{{"time": "2025-06-12T17:10Z", "title": "A, [{n}] é"}},\n' for n in range(1500))
    text = f"[\n{lines[:-2]}\n]\n".encode()
    desk.save("all.json", b"\xef\xbb\xbf" + text)
    desk.save("packed.json.gz", gzip.compress(text))
    assert desk.run("import", "all.json").err == "1 file, 1,500 lines, 1,500 new\n"
    assert desk.run("import", "packed.json.gz").err == "1 file, 1,500 lines, 0 new, 1,500 known\n"


def test_what_export_writes_import_reads(desk: Desk) -> None:
    desk.save("all.jsonl", "".join(LINE % n for n in range(5)))
    desk.run("import", "all.jsonl")
    for form in ("json", "jsonl"):
        exported = desk.run("export", "--format", form).out.encode()
        assert desk.run("import", "-", stdin=exported).err == "1 file, 5 lines, 0 new, 5 known\n"
    for empty in (b"[\n]\n", b"[]", b" [ ]\n"):
        assert desk.run("import", "-", stdin=empty).err == "1 file, 0 lines, 0 new\n"


def test_an_array_may_end_on_the_line_of_its_last_object(desk: Desk) -> None:
    lines = [json.dumps({"time": "2025-06-12T17:10Z", "title": f"Number {n}"}) for n in range(3)]
    desk.save("all.json", f"[\n{lines[0]} ,\n  {lines[1]},\n{lines[2]} ]\n")
    assert desk.run("import", "all.json").err == "1 file, 3 lines, 3 new\n"


def test_a_line_of_an_array_that_is_no_object_is_refused_alone(desk: Desk) -> None:
    lines = [json.dumps({"time": "2025-06-12T17:10Z", "title": f"Number {n}"}) for n in range(2)]
    desk.save("all.json", f"[\n{lines[0]},\n5,\njunk\n{lines[1]}\n]\n")
    told = desk.run("import", "all.json", status=1).err.splitlines()
    assert told[0] == "ticker: all.json:3: line refused: not a JSON object"
    assert told[1].startswith("ticker: all.json:4: line refused: not JSON")
    assert told[2] == "1 file, 4 lines, 2 new, 2 refused"


@pytest.mark.parametrize(
    ("text", "count", "reason"),
    [
        ("[\n%s,\n%s", 2, "it ends within the array, after line 3"),
        ("[\n%s,\n%s\n", 2, "it ends within the array, after line 3"),
        ('[\n%s,\n{"title": "A', 1, f"line 3: {OTHER_ARRAY}"),
        ("[\n%s\n]\n[%s]", 1, f"line 4: {OTHER_ARRAY}"),
        ("[\n%s\n]\n[\n{\n}\n]", 1, f"line 5: {OTHER_ARRAY}"),
    ],
)
def test_an_array_that_is_none(desk: Desk, text: str, count: int, reason: str) -> None:
    lines = [json.dumps({"time": "2025-06-12T17:10Z", "title": f"Number {n}"}) for n in range(text.count("%s"))]
    desk.save("all.json", text % tuple(lines))
    told = desk.run("import", "all.json", status=1).err.splitlines()
    assert len(told) == 2
    assert told[0].startswith(f"ticker: cannot read all.json: {reason}")
    assert told[1] == f"1 file, {count} line{'s' * (count > 1)}, {count} new, 1 file not read to the end"
    assert len(desk.stored()) == count


def test_an_array_on_one_line_is_refused_whatever_its_length(desk: Desk) -> None:
    desk.save("all.json", json.dumps([{"time": "2025-06-12T17:10Z", "title": "A"}]))
    assert desk.run("import", "all.json", status=1).err.splitlines() == [
        f"ticker: cannot read all.json: line 1: {OTHER_ARRAY}",
        "1 file, 0 lines, 0 new, 1 file not read to the end",
    ]
    desk.save("long.json", b" [" + b"1," * (9 << 20))
    told = desk.run("import", "long.json", status=1).err.splitlines()
    assert told[0] == f"ticker: long.json:1: line refused: longer than 16 MB; {OTHER_ARRAY}"
