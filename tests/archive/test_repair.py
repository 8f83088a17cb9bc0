"""Tests that damage is found or harmless, and that a repair loses no good line, even if it is killed."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.archive.builders import article, at, headline
from ticker.archive import Archive, Repair, Verification
from ticker.archive.fsck.validate import Issue

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def whole() -> dict[str, bytes]:
    """Return the files of an archive with three days, a compressed month and articles, by path."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        for n in range(6):
            for day in ("05-03", "05-04", "06-11", "06-12", "06-13"):
                seen = datetime.fromisoformat(f"2025-{day}T1{n}:30:00+01:00")
                line = headline(
                    f"“Title” {n} of {day}",
                    seen.replace(minute=n),
                    f"https://news.example/{day}/{n}?page={n}" if n % 2 else f"https://www.news.example/{day}/{n}/",
                    section='A "section"' if n == 3 else None,
                )
                archive.add("daily", "https://news.example/", [line, headline(f"No link {n}", line.time)], None, seen)
        archive.add("daily", "https://news.example/a", (), article(), at("12 20:00"))
        archive.add("daily", "https://news.example/a", (), article(body="Other words."), at("12 21:00"))
        for month in archive.closed_months(date(2025, 6, 1)):
            archive.compact(month, False, lambda size: None)
        return {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Yield a folder, in memory if possible, because the tests write thousands of files."""
    folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    yield folder
    shutil.rmtree(folder)


def lay_out(place: Path, files: dict[str, bytes]) -> Path:
    root = place / "archive"
    shutil.rmtree(root, ignore_errors=True)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def findings(root: Path) -> list[Issue]:
    return [finding for finding in Verification(root, NOW).findings() if finding.is_problem]


def mend(root: Path) -> list[Issue]:
    """Repair as the command does, and return the problems that remain."""
    for _ in range(3):
        repair = Repair(root, lambda text: None)
        found = list(Verification(root, NOW).findings())
        for finding in found:
            repair.note(finding)
        if not repair.mend():
            break
    return [finding for finding in found if finding.is_problem]


def lines(root: Path) -> Counter[str]:
    """Return the lines that a reader finds, with their counts."""
    archive = Archive(root, lambda problem: None)
    return Counter(line.to_line() for line in (*archive.headlines(), *archive.articles()))


flips = st.tuples(st.just("flip"), st.integers(0, 1 << 30), st.integers(1, 255))
cuts = st.tuples(st.just("cut"), st.integers(0, 1 << 30), st.just(0))
zeros = st.tuples(st.just("zero"), st.integers(0, 1 << 30), st.integers(1, 4096))
twice = st.tuples(st.just("twice"), st.integers(0, 1 << 30), st.just(0))
joined = st.tuples(st.just("join"), st.integers(0, 1 << 30), st.integers(1, 400))


def damaged(content: bytes, how: tuple[str, int, int]) -> bytes:
    kind, where, much = how
    data = bytearray(content)
    if not data:
        return b""
    start = where % len(data)
    if kind == "flip":
        data[start] ^= much
    elif kind == "cut":
        del data[start:]
    elif kind == "zero":
        data[start : start + much] = bytes(min(much, len(data) - start))
    elif kind == "twice":
        all = content.splitlines(keepends=True)
        all.insert(start % (len(all) + 1), all[start % len(all)])
        return b"".join(all)
    elif kind == "join":
        del data[start : start + much]
    return bytes(data)


DAYS = [f"headlines/2025/2025-06-{day}.jsonl" for day in (11, 12, 13)] + ["articles/2025/2025-06-12.jsonl"]
MONTH = "headlines/2025/2025-05.jsonl.zst"
# A line is stored twice, the second time without the space between two of its fields.
SPELLED_OTHERWISE = [(DAYS[3], ("twice", 1, 0)), (DAYS[3], ("join", 204379, 1))]


@example(harms=SPELLED_OTHERWISE)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(DAYS), st.one_of(flips, cuts, zeros, twice, joined)), min_size=1, max_size=3))
def test_whatever_becomes_of_a_day_file_no_good_line_is_lost(
    place: Path, harms: list[tuple[str, tuple[str, int, int]]]
) -> None:
    files = dict(whole())
    before = lines(lay_out(place, files))
    for name, how in harms:
        files[name] = damaged(files[name], how)
    root = lay_out(place, files)
    stand = {line for name in DAYS for line in files[name].splitlines() if before[line.decode("utf-8", "replace")]}
    left = {text for text in before if text.encode() in stand or (MONTH in files and "2025-05" in text[:20])}
    found = findings(root)
    if not found:  # then a reader finds each line once
        assert set(lines(root).values()) <= {1}
    assert mend(root) == []
    seen = lines(root)
    assert max(seen.values()) == 1
    assert left <= set(seen)
    assert_kept(root, files)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(flips, cuts, zeros, joined), min_size=1, max_size=2))
def test_whatever_becomes_of_a_compressed_month_is_found_or_does_no_harm(
    place: Path, harms: list[tuple[str, int, int]]
) -> None:
    files = dict(whole())
    before = lines(lay_out(place, files))
    for how in harms:
        files[MONTH] = damaged(files[MONTH], how)
    root = lay_out(place, files)
    if not findings(root):
        assert lines(root) == before
    assert mend(root) == []
    seen = lines(root)
    assert seen <= before
    assert {line for line in before if not line.startswith('{"time": "2025-05')} <= set(seen)
    assert_kept(root, files)


def assert_kept(root: Path, files: dict[str, bytes]) -> None:
    """Assert that the content of each file is still there, in place or quarantined."""
    kept = [path.read_bytes() for path in root.rglob("*") if path.is_file()]
    for name, content in files.items():
        assert any(now.startswith(content) for now in kept), name


def harmed(place: Path) -> tuple[Path, Counter[str]]:
    """Return an archive with each kind of damage, and the lines that it had before."""
    files = dict(whole())
    good = lines(lay_out(place, files))
    eleventh, twelfth, thirteenth, _ = DAYS
    files[eleventh] = b'{"time": "2025-06' + files[eleventh] + bytes(100)
    first, *rest = files[thirteenth].splitlines(keepends=True)
    files[thirteenth] = b"".join([*rest[:2], rest[0], *rest[2:]])
    files[twelfth] = first + files[twelfth]
    files["headlines/2024/2025-06-13.jsonl"] = rest[-1]
    files[thirteenth] = files[thirteenth].removesuffix(rest[-1])
    files["headlines/2024/2025-06-12.jsonl.txt"] = b"left alone"
    files[MONTH] = files[MONTH][:-9]
    files["format.json"] = b""
    files["marks/mine.json"] = b"\0"
    files["headlines/2025/.new-2025-06.jsonl.zst"] = b"some"
    return lay_out(place, files), good


WRITES = ("open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.truncate", "os.chmod", "os.utime")


def until_killed(number: int, do: Callable[[], object]) -> bool:
    """Call ``do`` in a child process killed after ``number`` file writes or changes; return whether it was killed."""
    child = os.fork()
    if not child:
        count = 0

        def count_down(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal count
            if event in WRITES and (event != "open" or arguments[2] & (os.O_WRONLY | os.O_RDWR)):
                count += 1
                if count > number:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(count_down)
            do()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def read_without_format(root: Path) -> Counter[str]:
    """Return the lines that a reader finds without format.json."""
    aside = root.with_name("format.json")
    (root / "format.json").rename(aside)
    seen = lines(root)
    aside.rename(root / "format.json")
    return seen


def test_wherever_mending_is_killed_each_good_line_is_there(place: Path) -> None:
    moments = 0
    while True:
        root, good = harmed(place)
        before = read_without_format(root)
        was_killed = until_killed(moments, lambda root=root: mend(root))
        seen = read_without_format(root)
        assert set(before) <= set(seen)
        # One line is stored twice. Two are in the wrong day's file, and a repair may briefly keep them in both.
        assert sum(seen.values()) <= len(seen) + 3
        assert mend(root) == []
        assert max(lines(root).values()) == 1
        assert set(good) <= set(lines(root))
        if not was_killed:
            break
        moments += 1
    assert moments > 50
