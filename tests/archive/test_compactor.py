"""Tests that compressed months hold each line of the day files once, even after kills and concurrent writes."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.builders import PAGE, SEEN, article, at, headline, put, write_day
from ticker.archive import Archive, Index, Problem, Query, StoredHeadline, words
from ticker.archive.codec import LineError
from ticker.archive.day_reader import open_day, raw_lines
from ticker.archive.layout import day_files
from ticker.archive.line_reader import HEADLINES
from ticker.archive.seekable import ZSTD
from ticker.errors import ArchiveError, DamagedFile
from ticker.zstandard import zstd

REPOSITORY = Path(__file__).parents[2]
LATER = date(2025, 12, 31)


def compact(root: Path, gzip: bool = False, before: date = LATER) -> list[Path]:
    archive = Archive(root, lambda problem: None)
    made = [archive.compact(month, gzip, lambda size: None) for month in archive.closed_months(before)]
    return [each.path for each in made if each]


def line(title: str, day: str = "2025-06-12", clock: str = "17:10") -> str:
    return StoredHeadline.from_dict(
        {"time": f"{day}T{clock}:00+01:00", "title": title, "source": "daily", "url": f"https://n.example/{title}"}
    ).to_line()


def titles(root: Path, index: bool = False, query: Query = Query(reverse=True)) -> list[str]:  # noqa: B008
    archive = Archive(root, lambda problem: None, index=Index(root, backlog=0) if index else None)
    return [line.title for line in archive.headlines(query)]


def contents(root: Path) -> dict[str, list[tuple[int, bytes]]]:
    """Return the lines and their offsets, for each day that has lines."""
    found = {day.name: list(raw_lines(day)) for day in day_files(root, "headlines")}
    return {name: lines for name, lines in found.items() if lines}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an archive of 45 days with ten headlines each."""
    for number in range(45):
        day = date.fromordinal(date(2025, 5, 1).toordinal() + number).isoformat()
        write_day(tmp_path, day, *(line(f"Ferry {number} at {hour}", day, f"{hour + 8:02}:00") for hour in range(10)))
    return tmp_path


@pytest.mark.parametrize("kind", ["zst", "gz"])
def test_a_closed_month_is_one_file_that_other_programs_read(root: Path, kind: str) -> None:
    before = contents(root)
    whole = b"".join(path.read_bytes() for path in sorted(root.glob("headlines/2025/2025-05-*")))
    (path,) = compact(root, kind == "gz", before=date(2025, 6, 1))
    assert path == root / f"headlines/2025/2025-05.jsonl.{kind}"
    assert [each.name for each in sorted(path.parent.iterdir())][:2] == [path.name, "2025-06-01.jsonl"]
    assert contents(root) == before
    unpacked = subprocess.run([{"zst": "zstd", "gz": "gzip"}[kind], "-dc", path], capture_output=True, check=True)
    assert unpacked.stdout == whole
    assert (gzip.decompress if kind == "gz" else zstd.decompress)(path.read_bytes()) == whole
    if kind == "gz":
        found = subprocess.run(["zgrep", "-c", "Ferry 30 at", path], capture_output=True, check=True)
        assert found.stdout == b"10\n"
    assert json.loads((root / "format.json").read_text()) == {"format": "ticker-archive", "version": 2}


def test_the_seek_table_is_that_of_the_public_format(root: Path) -> None:
    (path, _) = compact(root)
    data = path.read_bytes()
    assert data[-4:] == bytes.fromhex("b1ea928f")
    count = int.from_bytes(data[-9:-5], "little")
    table = data[-17 - 8 * count :]
    assert table[:4] == bytes.fromhex("5e2a4d18")
    assert int.from_bytes(table[4:8], "little") == 8 * count + 9
    sizes = [(table[8 + 8 * n : 12 + 8 * n], table[12 + 8 * n : 16 + 8 * n]) for n in range(count)]
    at, unpacked = 0, b""
    for packed, size in ((int.from_bytes(four, "little") for four in pair) for pair in sizes):
        frame = data[at : at + packed]
        assert zstd.get_frame_size(frame) == packed
        unpacked += (part := zstd.decompress(frame))
        assert len(part) == size
        at += packed
    assert data[at:] == table
    assert unpacked.count(b"\n") == 310


raw = st.lists(
    st.sampled_from([b"", b"\n", b"\r\n", b"{", b"\xff\n", b"\x00\n", line("A").encode() + b"\n", line("B").encode()]),
    max_size=5,
).map(b"".join)


def ended(content: bytes) -> bytes:
    """Return ``content`` with its unterminated last line completed by a newline, or removed if it is invalid."""
    whole, newline, last = content.rpartition(b"\n")
    try:
        HEADLINES.parse(last)
    except LineError:
        return whole + newline
    return content + b"\n"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 30), raw), max_size=5), st.lists(st.tuples(st.integers(1, 30), raw)), st.data()
)
def test_every_byte_keeps_its_place_through_any_number_of_compactions(
    first: list[tuple[int, bytes]], second: list[tuple[int, bytes]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        expected: dict[int, bytes] = {}
        for number, lines in enumerate((first, second)):
            for day, content in lines:
                content = b"%d\n" % number + content  # identical content would count as a copy
                path = write_day(root, f"2025-06-{day:02}")
                with path.open("ab") as file:
                    file.write(content)
                expected[day] = expected.get(day, b"") + content
            if data.draw(st.booleans()):
                compact(root, gzip=data.draw(st.booleans()))
                assert not list(root.glob("headlines/*/*.jsonl"))
                expected = {day: ended(content) for day, content in expected.items()}
        for day in day_files(root, "headlines"):
            whole = expected.get(day.day.day, b"")
            with open_day(day) as found:
                assert found.read(0, 1 << 20) == whole
                assert found.size == len(whole)
            assert b"".join(text for _, text in raw_lines(day)) == whole
            for start, text in raw_lines(day):
                assert whole[start:].startswith(text)
            start = data.draw(st.integers(0, len(whole)))
            with open_day(day) as found:
                assert found.read(start, 5) == whole[start : start + 5]


def test_lines_that_come_late_are_read_with_the_others_and_go_into_the_month_the_next_time(root: Path) -> None:
    compact(root)
    late = headline("Late", at("12 23:00").replace(month=5), url="https://n.example/late")
    assert put(Archive(root), late) == ["Late"]
    assert put(Archive(root), late) == []
    assert [path.name for path in root.glob("headlines/2025/*.jsonl")] == ["2025-05-12.jsonl"]
    assert titles(root).count("Late") == 1
    before = contents(root)
    assert [path.name for path in compact(root)] == ["2025-05.jsonl.zst"]
    assert contents(root) == before
    assert not list(root.glob("headlines/2025/*.jsonl"))
    assert put(Archive(root), late) == []
    assert compact(root) == []


@pytest.mark.parametrize("index", [True, False])
def test_what_a_compressed_month_holds_is_known_found_and_shown(root: Path, index: bool) -> None:
    archive = Archive(root, index=Index(root, backlog=0) if index else None)
    Archive(root).add("daily", PAGE, [], article("Ferries", published=at("12 09:00")), SEEN)
    before = titles(root)
    if index:
        assert titles(root, index=True, query=Query(matcher=words("ferry"))) != []
        assert list(archive.articles(Query(matcher=words("ferries"))))
        made = (root / ".index" / "index.sqlite").read_bytes()
    compact(root)
    assert sorted(path.name for path in root.glob("*/2025/*")) == [
        *("2025-05.jsonl.zst", "2025-06.jsonl.zst", "2025-06.jsonl.zst")
    ]
    known = headline("Ferry 3 at 5", at("4 13:00").replace(month=5), url="https://n.example/Ferry 3 at 5")
    assert put(archive, known) == []
    assert archive.add("daily", PAGE, [], article("Ferries", published=at("12 09:00")), SEEN).article is None
    assert titles(root, index) == before
    assert titles(root, index, Query(matcher=words('"ferry 3"'), limit=2)) == ["Ferry 3 at 9", "Ferry 3 at 8"]
    assert archive.find("https://n.example/Ferry 3 at 5").headlines[0].title == "Ferry 3 at 5"
    assert archive.importer().add([]) == []
    if index:  # offsets stay the same, so nothing is indexed again
        assert (root / ".index" / "index.sqlite").read_bytes() == made


def test_the_index_takes_in_a_compressed_month_that_it_has_not_seen(root: Path) -> None:
    compact(root)
    write_day(root, "2025-05-12", line("Ferry late", "2025-05-12"))
    query = Query(matcher=words("ferry"))
    assert titles(root, True, query) == titles(root, False, query)
    assert len(titles(root, True, query)) == 451
    compact(root)
    assert titles(root, True, query) == titles(root, False, query)
    assert len(titles(root, True, query)) == 451


def test_a_copy_that_is_brought_back_is_not_seen_twice(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    backup = tmp_path_factory.mktemp("backup") / "archive"
    shutil.copytree(root, backup)
    before = titles(root)
    compact(root)
    shutil.copytree(backup, root, dirs_exist_ok=True)
    assert titles(root) == before
    put(Archive(root), headline("Late", at("12 23:00").replace(month=5)))
    compact(root)
    shutil.copytree(backup, root, dirs_exist_ok=True)
    assert sorted(titles(root)) == sorted([*before, "Late"])
    compact(root)
    assert sorted(titles(root)) == sorted([*before, "Late"])
    assert not list(root.glob("headlines/2025/*.jsonl"))


STEPS = """
import os, sys
from datetime import date
from pathlib import Path
from ticker.archive import Archive
left = int(sys.argv[2])
def counted(function):
    def call(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return function(*arguments, **options)
    return call
os.fsync = counted(os.fsync)
Path.replace = counted(Path.replace)
Path.unlink = counted(Path.unlink)
archive = Archive(Path(sys.argv[1]), lambda problem: None)
for month in archive.closed_months(date(2025, 12, 31)):
    archive.compact(month, False, lambda size: None)
"""


def test_it_may_be_cut_off_at_every_step(tmp_path: Path) -> None:
    """Stop before each fsync, rename and removal, in a first compaction and in one of late lines."""
    fresh = tmp_path / "fresh"
    for day in ("2025-05-01", "2025-05-02"):
        write_day(fresh, day, line(f"{day} one", day), line(f"{day} two", day))
    late = tmp_path / "late"
    shutil.copytree(fresh, late)
    compact(late)
    write_day(late, "2025-05-02", line("2025-05-02 three", "2025-05-02"))
    for start in (fresh, late):
        before, steps = sorted(titles(start)), 0
        while True:
            root = tmp_path / f"{start.name}{steps}"
            shutil.copytree(start, root)
            done = subprocess.run([sys.executable, "-c", STEPS, root, str(steps)], cwd=REPOSITORY, check=False)
            assert sorted(titles(root)) == before, steps
            put(Archive(root), headline("Later", at("2 20:00").replace(month=5)))
            assert sorted(titles(root)) == sorted([*before, "Later"])
            compact(root)
            assert sorted(titles(root)) == sorted([*before, "Later"])
            assert [path.name for path in (root / "headlines/2025").iterdir()] == ["2025-05.jsonl.zst"]
            if done.returncode == 0:
                break
            assert done.returncode == 9
            steps += 1
        assert steps > 5


def test_killed_at_any_moment_it_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Run more rounds with ``TICKER_KILLS=500 pytest tests/archive/test_compactor.py -k killed``."""
    draw = random.Random()
    root, expected = tmp_path / "archive", []
    environment = {
        **os.environ,
        "TICKER_ARCHIVE": str(root),
        "TICKER_CONFIG": os.devnull,
        "PYTHONPATH": str(REPOSITORY),
    }
    number, took = 0, 0.5
    for _ in range(int(os.environ.get("TICKER_KILLS", "25"))):
        for day in range(1, 10):
            day_of = f"2025-{draw.randint(1, 4):02}-{day:02}"
            new = [f"Number {number + n} {draw.getrandbits(256):x}" for n in range(40)]
            number += 40
            write_day(root, day_of, *(line(title, day_of) for title in new))
            expected += new
        process = subprocess.Popen([sys.executable, "-m", "ticker", "compact", "-q"], env=environment)
        try:
            process.wait(draw.uniform(0.1, took))
        except subprocess.TimeoutExpired:
            process.kill()
            took = min(took * 1.1, 2)
        else:
            took *= 0.9
        process.wait()
        assert sorted(titles(root)) == sorted(expected)
    compact(root)
    assert sorted(titles(root)) == sorted(expected)
    unpacked = subprocess.run(["zstd", "-dcq", *root.glob("headlines/2025/*.zst")], capture_output=True, check=True)
    assert sorted(json.loads(each)["title"] for each in unpacked.stdout.splitlines()) == sorted(expected)


def test_readers_and_writers_go_on_meanwhile(root: Path) -> None:
    before = Counter(titles(root))
    stored: list[str] = []
    end = threading.Event()
    wrong: list[object] = []

    def read(index: bool) -> None:
        while not end.is_set():
            known = list(stored)
            found = Counter(titles(root, index, Query(matcher=words("ferry"))))
            if found & before != before or any(found[title] != 1 for title in known) or max(found.values()) > 1:
                wrong.append((index, found - before, before - found, [t for t in known if found[t] != 1]))

    def write() -> None:
        number = 0
        while not end.is_set():
            number += 1
            title = f"Ferry late {number}"
            late = headline(title, at(f"{1 + number % 28} 22:00").replace(month=5), url=f"https://n.example/l{number}")
            put(Archive(root), late)
            stored.append(title)

    threads = [threading.Thread(target=read, args=(index,)) for index in (True, False)]
    threads.append(threading.Thread(target=write))
    for thread in threads:
        thread.start()
    code = STEPS.replace("left = int(sys.argv[2])", "left = 10**9")
    try:
        for _ in range(8):
            subprocess.run([sys.executable, "-c", code, root], cwd=REPOSITORY, check=False, capture_output=True)
    finally:
        end.set()
        for thread in threads:
            thread.join()
    assert not wrong
    assert len(stored) > 3
    assert Counter(titles(root)) == before + Counter(stored)


def test_a_month_that_is_written_to_all_the_time_is_compressed(root: Path) -> None:
    added, waited = [], 0

    def write(size: int) -> None:
        nonlocal waited
        title = f"Late {len(added)}"
        moment = at("12 10:00").replace(month=5)
        try:
            added.extend(put(Archive(root, lock_timeout=0.05), headline(title, moment, f"https://n.example/{title}")))
        except ArchiveError:
            waited += 1

    before = titles(root)
    archive = Archive(root)
    (may,) = archive.closed_months(date(2025, 6, 1))
    compressed = archive.compact(may, False, write)
    assert compressed and compressed.path.exists()
    assert waited and len(added) >= 2, "writers must wait only for the last attempt"
    assert sorted(titles(root)) == sorted([*before, *added])
    assert not list(root.glob("headlines/2025/2025-05-*"))


def test_two_at_once(root: Path) -> None:
    before = titles(root)
    code = STEPS.replace("left = int(sys.argv[2])", "left = 10**9")
    runs = [subprocess.Popen([sys.executable, "-c", code, root], cwd=REPOSITORY) for _ in range(3)]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    assert titles(root) == before
    assert len(list(root.glob("headlines/2025/*"))) == 2


@pytest.mark.parametrize("kind", ["zst", "gz"])
def test_damage_is_told_and_all_else_is_read(tmp_path: Path, kind: str) -> None:
    for day in ("2025-05-01", "2025-05-02", "2025-06-01"):
        write_day(tmp_path, day, line(f"Ferry on {day}", day))
    path, _ = compact(tmp_path, kind == "gz")
    (tmp_path / "index").mkdir()
    whole = path.read_bytes()
    damaged = [whole[:cut] for cut in range(0, len(whole), 7)]
    damaged += [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in range(0, len(whole), 5)]
    told = 0
    for data in damaged:
        path.write_bytes(data)
        for index in (True, False):
            problems: list[Problem] = []
            archive = Archive(tmp_path, problems.append, index=Index(tmp_path, backlog=0) if index else None)
            found = [each.title for each in archive.headlines(Query(matcher=words("ferry")))]
            assert "Ferry on 2025-06-01" in found
            assert len(found) == 3 or any(problem.path == path for problem in problems)
            told += len(found) < 3
        assert str(path) in "".join(map(str, problems)) or len(found) == 3
        other = headline("Other", at("3 10:00"))
        assert Archive(tmp_path).preview("daily", PAGE, [other], None, SEEN).headlines
        assert len(Archive(tmp_path).importer().preview([])) == 0
    assert told > len(damaged)


def test_a_damaged_month_is_not_grown_and_its_day_files_stay(root: Path) -> None:
    path, _ = compact(root)
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    day = write_day(root, "2025-05-12", line("Late", "2025-05-12"))
    with pytest.raises(DamagedFile, match=r"2025-05\.jsonl\.zst is damaged at byte 0"):
        compact(root)
    assert path.read_bytes() == data
    assert day.exists()
    assert not list(path.parent.glob(".new*"))


def test_a_full_disk_leaves_everything_as_it_is(root: Path) -> None:
    code = STEPS.replace("left = int(sys.argv[2])", "import resource; left = 10**9; resource.setrlimit(1, (500, 500))")
    before = contents(root)
    run = subprocess.run(
        [sys.executable, "-c", code, root], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert re.search(r"WriteFailed: cannot write .*/\.new-2025-05\.jsonl\.zst: File too large$", run.stderr.strip())
    assert contents(root) == before
    assert len(list(root.glob("headlines/2025/*"))) == 45
    assert not list(root.glob("headlines/2025/.new*"))


def test_a_line_that_cannot_be_read_is_told_by_its_number_in_the_month(root: Path) -> None:
    write_day(root, "2025-05-02", "broken")
    compact(root)
    write_day(root, "2025-05-03", line("Late", "2025-05-03"), "broken, too")
    problems: list[Problem] = []
    list(Archive(root, problems.append).headlines())
    assert [(problem.path.name, problem.line_number) for problem in problems] == [
        ("2025-05-03.jsonl", 2),
        ("2025-05.jsonl.zst", 21),
    ]


def test_only_months_that_are_over_are_closed(root: Path) -> None:
    archive = Archive(root)

    def closed(before: date) -> list[str]:
        return [month.month for month in archive.closed_months(before)]

    assert closed(date(2025, 5, 31)) == []
    assert closed(date(2025, 6, 1)) == ["2025-05"]
    assert closed(date(2025, 6, 30)) == ["2025-05"]
    assert closed(date(2025, 7, 1)) == ["2025-05", "2025-06"]


def test_large_months_have_many_frames(tmp_path: Path) -> None:
    draw = random.Random(1)
    for number in range(1, 6):
        day = f"2025-05-{number:02}"
        write_day(tmp_path, day, *(line(f"{draw.getrandbits(2000):x}", day) for _ in range(300)))
    before = contents(tmp_path)
    (path,) = compact(tmp_path)
    assert path.suffix == ZSTD
    assert contents(tmp_path) == before
    assert titles(tmp_path) == titles(tmp_path, index=True)
