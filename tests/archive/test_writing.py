"""Tests that acknowledged lines are on disk exactly once, even if writers fail or are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.archive.builders import PAGE, SEEN, article, headline, put, stored_lines, write_day
from ticker.archive import Archive, Problem
from ticker.archive.locking import exclusive
from ticker.archive.writer import Appender
from ticker.errors import ArchiveError

REPOSITORY = Path(__file__).parents[2]
BEFORE = """
import sys
from pathlib import Path
from tests.archive.builders import PAGE, SEEN, article, headline
from ticker.archive import Archive
from ticker.errors import ArchiveError
archive = Archive(Path(sys.argv[1]))
"""


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a process that runs ``code`` with ``archive``, the archive at its first argument."""
    command = [sys.executable, "-c", BEFORE + code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ids(root: Path) -> list[str]:
    return [json.loads(line)["id"] for line in stored_lines(root)]


def test_processes_that_add_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    code = """
for page in range(20):
    entries = [headline(f"Headline {page + n}", f"{1 + (page + n) % 20} 10:{n:02}", time_text="") for n in range(10)]
    for line in archive.add("daily", PAGE, entries, article(body=f"Body {page}"), SEEN).headlines:
        print(line.id)
"""
    root = tmp_path / "archive"
    processes = [python(code, root) for _ in range(4)]
    outputs = [process.communicate(timeout=100) for process in processes]
    assert [errors for _, errors in outputs] == [""] * 4
    acknowledged = [line for output, _ in outputs for line in output.split()]
    assert len(acknowledged) == len(set(acknowledged))
    assert sorted(acknowledged) == sorted(ids(root))
    bodies = [json.loads(line)["body"] for line in stored_lines(root, "articles")]
    assert {f"Body {page}" for page in range(20)} == set(bodies)
    assert sorted({line.title for line in Archive(root).headlines()}) == sorted(f"Headline {n}" for n in range(29))


def test_threads_that_share_an_archive_lose_and_double_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    entries = [headline(f"Headline {n}") for n in range(50)]
    threads = [threading.Thread(target=lambda: [put(archive, entry) for entry in entries]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(line.title for line in archive.headlines()) == sorted(entry.title for entry in entries)


def test_a_writer_that_is_killed_leaves_an_archive_that_the_next_one_goes_on_with(tmp_path: Path) -> None:
    code = """
import itertools
for number in itertools.count(int(sys.argv[2])):
    for line in archive.add("daily", PAGE, [headline(f"{number} " + "long " * 20_000)], None, SEEN).headlines:
        print(line.id, flush=True)
"""
    acknowledged: list[str] = []
    for round in range(6):
        process = python(code, tmp_path, round * 1000)
        assert process.stdout
        acknowledged.append(process.stdout.readline().strip())
        threading.Event().wait(0.013 * round)
        process.send_signal(signal.SIGKILL)
        acknowledged += process.communicate(timeout=30)[0].split()
    problems: list[Problem] = []
    archive = Archive(tmp_path, problems.append)
    found = [line.id for line in archive.headlines()]
    assert set(acknowledged) <= set(found)
    assert len(found) == len(set(found))
    assert put(archive, headline("After the storm")) == ["After the storm"]
    assert len(list(archive.headlines())) == len(found) + 1


def test_a_last_line_cut_anywhere_is_put_aside_reported_and_its_headline_stored_again(tmp_path: Path) -> None:
    entries = [headline("É first", "12 10:00"), headline("Société, the last", "12 11:00")]
    put(Archive(tmp_path), *entries)
    (path,) = tmp_path.glob("headlines/*/*")
    whole = path.read_bytes()
    start = whole.index(b"\n") + 1
    for cut in range(start, len(whole), 7):
        path.write_bytes(whole[:cut])
        problems: list[Problem] = []
        archive = Archive(tmp_path, problems.append)
        assert [line.title for line in archive.headlines()] == ["É first"]
        assert put(archive, *entries) == ["Société, the last"]
        assert path.read_bytes() == whole
        assert [line.title for line in archive.headlines()] == ["Société, the last", "É first"]
        if cut == start:
            assert problems == []
        elif cut < len(whole) - 1:  # reported by the reader and the writer
            assert [(problem.path, problem.line_number) for problem in problems] == [(path, 2)] * 2
            assert "cut off" in problems[0].reason
            aside = Path(problems[1].reason.partition("quarantined as ")[2])
            assert aside.read_bytes() == whole[start:cut]
            assert aside.parent == tmp_path / "damaged"


def test_a_line_written_by_hand_without_its_end_is_a_line(tmp_path: Path) -> None:
    path = write_day(tmp_path, "2025-06-12")
    path.write_text('{"time": "2025-06-12T17:10+01:00", "source": "daily", "title": "By hand"}')
    problems: list[Problem] = []
    archive = Archive(tmp_path, problems.append)
    assert put(archive, headline("By hand"), headline("New", "12 17:20")) == ["New"]
    assert put(archive, headline("By hand"), headline("New", "12 17:20")) == []
    assert [line.title for line in archive.headlines()] == ["New", "By hand"]
    assert problems == []


def test_a_disk_that_takes_a_part_is_an_error_that_names_the_file_and_nothing_is_lost(tmp_path: Path) -> None:
    code = """
import resource
first = archive.add("daily", PAGE, [headline("First")], None, SEEN)
(path,) = archive.root.glob("headlines/*/*")
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100,) * 2)
try:
    archive.add("daily", PAGE, [headline("Second")], None, SEEN)
except ArchiveError as error:
    print(error)
"""
    output, errors = python(code, tmp_path).communicate(timeout=60)
    (path,) = tmp_path.glob("headlines/*/*")
    assert (output, errors) == (f"cannot write {path}: File too large\n", "")
    assert path.read_bytes().count(b"\n") == 1  # the archive is unchanged
    assert path.read_bytes().endswith(b"\n")
    problems: list[Problem] = []
    archive = Archive(tmp_path, problems.append)
    assert put(archive, headline("First"), headline("Second")) == ["Second"]
    assert [line.title for line in archive.headlines()] == ["Second", "First"]
    assert problems == []


def test_of_several_files_that_a_page_goes_to_none_grows_where_one_cannot(tmp_path: Path) -> None:
    put(Archive(tmp_path), headline("Eleventh", "11 10:00"), headline("Twelfth", "12 10:00"))
    before = {path: path.read_bytes() for path in tmp_path.glob("headlines/*/*")}
    code = """
import resource
size = max(path.stat().st_size for path in archive.root.glob("headlines/*/*"))
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 500,) * 2)
days = [headline("Ninth", "09 10:00"), headline("Eleventh too", "11 11:00"), headline("Long " * 1000, "12 11:00")]
try:
    archive.add("daily", PAGE, days, None, SEEN)
except ArchiveError as error:
    print(error)
"""
    output, errors = python(code, tmp_path).communicate(timeout=60)
    assert (output.count("File too large"), errors) == (1, "")
    assert {path: path.read_bytes() for path in tmp_path.glob("headlines/*/*")} == before


def test_what_a_killed_writer_left_in_any_file_is_put_aside_by_the_next_run_though_nothing_is_new(
    tmp_path: Path,
) -> None:
    entries = [headline("Eleventh", "11 10:00"), headline("Twelfth", "12 10:00")]
    put(Archive(tmp_path), *entries)
    day = tmp_path / "headlines/2025/2025-06-11.jsonl"
    whole = day.read_bytes()
    day.write_bytes(whole + b'{"time": "2025-06-11T')
    problems: list[Problem] = []
    assert put(Archive(tmp_path, problems.append), *entries) == []
    assert day.read_bytes() == whole
    (aside,) = (tmp_path / "damaged").iterdir()
    assert aside.read_bytes() == b'{"time": "2025-06-11T'
    assert [problem.line_number for problem in problems] == [2]
    assert put(Archive(tmp_path, problems.append), *entries) == []
    assert len(problems) == 1


@pytest.mark.parametrize("link", ["headlines", "headlines/2025", "headlines/2025/2025-06-12.jsonl", ".lock"])
def test_nothing_is_written_where_a_link_leads_out_of_the_archive(tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").touch()
    path = tmp_path / "archive" / link
    path.parent.mkdir(parents=True)
    path.symlink_to(outside / "file" if "." in link else outside)
    with pytest.raises(ArchiveError, match=r"leads out of the archive|symbolic links"):
        put(Archive(tmp_path / "archive"), headline("x"))
    assert [(file.name, file.stat().st_size) for file in outside.iterdir()] == [("file", 0)]


def test_a_link_in_place_of_a_new_file_gives_way(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("kept")
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "format.json.new").symlink_to(victim)
    assert put(Archive(tmp_path / "archive"), headline("x")) == ["x"]
    assert victim.read_text() == "kept"


def test_a_reader_does_not_take_a_line_that_is_being_written_for_one_that_was_cut_off(tmp_path: Path) -> None:
    put(Archive(tmp_path), headline("First"))
    (path,) = tmp_path.glob("headlines/*/*")
    problems: list[Problem] = []
    with exclusive(tmp_path, 1):
        with path.open("ab") as file:
            file.write(b'{"time": "2025-06-12T18:00:00+01:00", "sou')
        assert [line.title for line in Archive(tmp_path, problems.append).headlines()] == ["First"]
        assert problems == []
    assert [line.title for line in Archive(tmp_path, problems.append).headlines()] == ["First"]
    assert len(problems) == 1


@pytest.mark.parametrize("in_the_way", ["", "headlines", "headlines/2025", "articles", "format.json/x"])
def test_what_is_in_the_way_is_an_error_that_names_it(tmp_path: Path, in_the_way: str) -> None:
    root = tmp_path / "archive"
    file = root / in_the_way
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("in the way")
    with pytest.raises(ArchiveError, match=rf"cannot \w+ {root}.*: \w+|the archive {root} is not a folder"):
        Archive(root).add("daily", PAGE, [headline("x")], article(), SEEN)


def test_files_and_the_folders_that_name_them_are_synced_before_it_is_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[str, int]] = []
    fsync = os.fsync

    def spy(descriptor: int) -> None:
        fsync(descriptor)
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        synced.append((str(path.relative_to(tmp_path)), path.stat().st_size if path.is_file() else 0))

    monkeypatch.setattr(os, "fsync", spy)
    archive = Archive(tmp_path / "made" / "archive")
    put(archive, headline("x"))
    file = "made/archive/headlines/2025/2025-06-12.jsonl"
    last = [name for name, _ in synced[-4:]]
    assert last == [file, "made/archive/headlines/2025", "made/archive/headlines", "made/archive"]
    assert {".", "made", "made/archive/format.json.new"} <= {name for name, _ in synced}
    assert dict(synced)[file] == (tmp_path / file).stat().st_size


def test_a_writer_waits_for_another_and_says_so_when_it_waits_too_long(tmp_path: Path) -> None:
    code = """
from ticker.archive.writer import Appender
from ticker.archive.locking import exclusive
with exclusive(archive.root, 5):
    print("locked", flush=True)
    sys.stdin.read()
"""
    command = [sys.executable, "-c", BEFORE + code, str(tmp_path)]
    holder = subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "locked\n"
    with pytest.raises(ArchiveError, match=r"\.lock has been locked by another ticker for 0.1 seconds"):
        put(Archive(tmp_path, lock_timeout=0.1), headline("x"))
    assert stored_lines(tmp_path) == []
    holder.kill()  # the lock ends with the process that holds it
    holder.communicate(timeout=30)
    assert put(Archive(tmp_path, lock_timeout=10), headline("x")) == ["x"]


def test_what_another_stored_while_a_writer_waited_is_not_stored_again(tmp_path: Path) -> None:
    line = Archive(tmp_path).preview("daily", PAGE, [headline("x")], None, SEEN).headlines[0].to_line()
    results: list[list[str]] = []
    waiting = threading.Thread(target=lambda: results.append(put(Archive(tmp_path), headline("x"))))
    with exclusive(tmp_path, 1):
        waiting.start()
        while sum(os.path.realpath(fd) == str(tmp_path / ".lock") for fd in Path("/proc/self/fd").iterdir()) < 2:
            threading.Event().wait(0.01)
        with Appender(tmp_path) as out:
            out.append(tmp_path / "headlines/2025/2025-06-12.jsonl", [line.encode()], lambda _: None)
            out.sync()
    waiting.join()
    assert results == [[]]
    assert stored_lines(tmp_path) == [line]


def test_the_lock_is_released_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), exclusive(tmp_path, 1):
        raise ZeroDivisionError
    with exclusive(tmp_path, 0):
        pass


def test_an_archive_learns_what_others_add_and_replace(tmp_path: Path) -> None:
    one, other = Archive(tmp_path), Archive(tmp_path)
    put(one, headline("First"))
    put(other, headline("Second", "12 17:20"))
    assert put(one, headline("Second", "12 17:20"), headline("Third", "12 17:30")) == ["Third"]
    (path,) = tmp_path.glob("headlines/*/*")
    fresh = path.with_suffix(".new")  # as rsync does
    fresh.write_text(path.read_text().replace("First", "1st"))
    fresh.replace(path)
    assert put(one, headline("1st"), headline("First")) == ["First"]
    path.write_text("")  # not allowed, but users may do it
    assert put(one, headline("1st")) == ["1st"]


def test_a_time_decides_the_file_by_the_clock_of_its_source(tmp_path: Path) -> None:
    late = headline("Late", "12 23:50")
    early = headline("Early", "13 00:10")
    put(Archive(tmp_path), late, early)
    names: dict[str, Any] = {path.name: path.read_text().count("\n") for path in tmp_path.glob("headlines/2025/*")}
    assert names == {"2025-06-12.jsonl": 1, "2025-06-13.jsonl": 1}
    grep = subprocess.run(["grep", "-rh", "2025-06-12T23:", tmp_path], capture_output=True, text=True, check=True)
    assert "Late" in grep.stdout
    assert article().title not in grep.stdout
    assert SEEN.isoformat() in grep.stdout


def test_where_there_is_no_flock_nothing_is_stored_and_the_error_says_why(tmp_path: Path) -> None:
    code = """
import errno, fcntl
def refuse(*_):
    raise OSError(errno.ENOLCK, "No locks available")
fcntl.flock = refuse
try:
    archive.add("daily", PAGE, [headline("x")], None, SEEN)
except ArchiveError as error:
    print(error, error.exit_status)
"""
    output, errors = python(code, tmp_path).communicate(timeout=60)
    assert errors == ""
    lock = tmp_path / ".lock"
    assert output == f"cannot lock {lock}: No locks available; the archive needs a filesystem with flock 1\n"
    assert stored_lines(tmp_path) == []
