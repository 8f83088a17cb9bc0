"""Tests of the lines added since a checkpoint, of marks, and of following an archive."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archive.builders import headline, put, write_day
from ticker.archive import Archive, Delta, Index, Query, follow
from ticker.archive.checkpoints import Checkpoint, Checkpoints
from ticker.archive.cursors import file_name, lock_cursor
from ticker.errors import ArchiveError, UsageError
from ticker.fileio import open_file


def line(title: str, time: str = "2025-06-12T17:10:00+01:00", **more: str) -> str:
    return json.dumps({"time": time, "source": "daily", "title": title, **more})


class Reader:
    """A reader that keeps its checkpoints from one call to the next."""

    def __init__(self, root: Path, *, indexed: bool = False, query: Query = Query(reverse=True)) -> None:  # noqa: B008
        self.problems: list[object] = []
        self.archive = Archive(root, self.problems.append, index=Index(root) if indexed else None)
        self.query = query
        self.checkpoints: Checkpoints = {}

    def look(self) -> list[str]:
        """Return the titles stored since the last call."""
        delta = self.archive.delta("headlines", self.checkpoints)
        self.checkpoints = delta.checkpoints
        return [record.title for record in self.archive.headlines(self.query, delta)]


@pytest.mark.parametrize("indexed", [False, True])
def test_each_line_is_new_once_whatever_its_time(tmp_path: Path, indexed: bool) -> None:
    write_day(tmp_path, "2025-06-12", line("one"), line("two"))
    reader = Reader(tmp_path, indexed=indexed)
    assert reader.look() == ["one", "two"]
    assert reader.look() == []
    write_day(tmp_path, "2025-06-12", line("three"))
    write_day(tmp_path, "2019-01-01", line("long ago", "2019-01-01T10:00:00+01:00", seen="2018-01-01T00:00:00Z"))
    assert reader.look() == ["long ago", "three"]
    assert reader.look() == []


def test_what_is_stored_after_the_look_is_for_the_next(tmp_path: Path) -> None:
    write_day(tmp_path, "2025-06-12", line("one"))
    archive = Archive(tmp_path)
    delta = archive.delta("headlines", {})
    write_day(tmp_path, "2025-06-12", line("two"))
    assert [record.title for record in archive.headlines(within=delta)] == ["one"]
    later = archive.delta("headlines", delta.checkpoints)
    assert [record.title for record in archive.headlines(within=later)] == ["two"]


def test_a_line_that_is_being_written_waits_until_it_is_whole(tmp_path: Path) -> None:
    path = write_day(tmp_path, "2025-06-12", line("one"))
    reader = Reader(tmp_path)
    assert reader.look() == ["one"]
    whole = line("two") + "\n"
    for piece in (whole[:20], whole[20:-1]):
        with path.open("a") as file:
            file.write(piece)
        assert reader.look() == []
    with path.open("a") as file:
        file.write("\n")
    assert reader.look() == ["two"]


def test_of_a_file_that_was_written_anew_all_is_new(tmp_path: Path) -> None:
    path = write_day(tmp_path, "2025-06-12", line("one"), line("two"))
    reader = Reader(tmp_path)
    reader.look()
    path.write_text(line("two") + "\n" + line("three, which is longer") + "\n")
    assert reader.look() == ["two", "three, which is longer"]
    path.unlink()
    assert reader.look() == []
    write_day(tmp_path, "2025-06-12", line("one"))
    assert reader.look() == ["one"]


def test_a_line_that_cannot_be_read_is_reported_when_it_is_new(tmp_path: Path) -> None:
    write_day(tmp_path, "2025-06-12", "no json", line("one"))
    reader = Reader(tmp_path)
    assert reader.look() == ["one"]
    assert [str(problem).partition(": line")[0][-8:] for problem in reader.problems] == [".jsonl:1"]
    write_day(tmp_path, "2025-06-12", line("two"))
    assert reader.look() == ["two"]
    assert len(reader.problems) == 1


def test_only_what_was_appended_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(1, 31):
        write_day(
            tmp_path, f"2025-06-{day:02}", *[line(f"title {n}", f"2025-06-{day:02}T10:00:00Z") for n in range(99)]
        )
    reader = Reader(tmp_path)
    assert len(reader.look()) == 30 * 99
    write_day(tmp_path, "2025-06-30", line("the last", "2025-06-30T10:00:00Z"))
    opened: list[str] = []
    size = 0
    pread = os.pread

    def counted(descriptor: int, count: int, offset: int) -> bytes:
        nonlocal size
        data = pread(descriptor, count, offset)
        size += len(data)
        return data

    def noted(name: str) -> int:
        opened.append(name)
        return open_file(name)

    monkeypatch.setattr(os, "pread", counted)
    monkeypatch.setattr("ticker.archive.day_reader.open_file", noted)
    assert reader.look() == ["the last"]
    assert {Path(name).name for name in opened} == {"2025-06-30.jsonl"}
    assert size < 10_000


@given(
    st.lists(
        st.tuples(st.sampled_from(["2025-06-11", "2025-06-12", "2024-02-29"]), st.integers(0, 3), st.booleans()),
        max_size=12,
    )
)
def test_nothing_is_missed_or_doubled(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, bool]]
) -> None:
    root = tmp_path_factory.mktemp("archive")
    reader, seen, written = Reader(root), [], []
    for day, count, looks in steps:
        for _ in range(count):
            written.append(f"title {len(written)}")
            write_day(root, day, line(written[-1], f"{day}T10:00:00Z"))
        if looks:
            seen += reader.look()
    seen += reader.look()
    assert sorted(seen) == sorted(written)


def test_filters_count(tmp_path: Path) -> None:
    from ticker.archive import words

    put(Archive(tmp_path), headline("Ferry strike", "12 17:10"), headline("Bank", "12 17:11"))
    reader = Reader(tmp_path, query=Query(matcher=words("ferry")))
    assert reader.look() == ["Ferry strike"]
    put(Archive(tmp_path), headline("Ferry strike ends", "11 17:10"), headline("Bank again", "12 18:11"))
    assert reader.look() == ["Ferry strike ends"]


def test_follow_gives_what_comes_and_looks_at_nothing_that_did_not_change(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    looks = 0

    def delta(kind: object, reach: Checkpoints) -> Delta:
        nonlocal looks
        looks += 1
        return archive.delta("headlines", reach)

    def wait() -> None:
        match next(ticks):
            case 1:
                write_day(archive.root, "2025-06-12", line("one"))
            case 3:
                write_day(archive.root, "2025-06-12", line("two"))
                write_day(archive.root, "2025-06-13", line("three", "2025-06-13T00:00:00+01:00"))
            case 9:
                raise KeyboardInterrupt

    ticks = iter(range(10))
    found = []
    with pytest.raises(KeyboardInterrupt):
        for new in follow(archive.root, "headlines", {}, delta, wait):
            found.append([record.title for record in archive.headlines(Query(reverse=True), new)])
    assert found == [["one"], ["two", "three"]]
    assert looks == 2


def test_a_mark_is_kept_for_each_name_and_kind(tmp_path: Path) -> None:
    from datetime import date

    here = {date(2025, 6, 12): Checkpoint(100, 7)}
    with lock_cursor(tmp_path, "elections", 1) as mark:
        assert mark.checkpoints("headlines") == {}
        mark.advance("headlines", here)
        assert mark.checkpoints("headlines") == here
        assert mark.checkpoints("articles") == {}
    with lock_cursor(tmp_path, "elections", 1) as mark:
        mark.advance("articles", {})
        assert mark.checkpoints("headlines") == here
    with lock_cursor(tmp_path, "others", 1) as mark:
        assert mark.checkpoints("headlines") == {}
    assert sorted(path.name for path in (tmp_path / "marks").iterdir()) == [
        "elections.json", "elections.lock", "others.lock"
    ]  # fmt: skip


def test_a_mark_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    in_use = pytest.raises(ArchiveError, match="the cursor 'a' is in use")
    with lock_cursor(tmp_path, "a", 1), lock_cursor(tmp_path, "b", 1), in_use, lock_cursor(tmp_path, "a", 0):
        pass
    with lock_cursor(tmp_path, "a", 0):
        pass


@pytest.mark.parametrize(
    "content", ["", "x", "[]", '{"headlines": []}', '{"headlines": {"x": [1, 2]}}', '{"headlines": {"2025-06-12": 3}}',
                '{"headlines": {"2025-06-12": [1, 2, 3]}}', '{"headlines": {"2025-06-12": ["x", 2]}}', "\xff" * 9],
)  # fmt: skip
def test_what_is_no_mark_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "marks").mkdir()
    (tmp_path / "marks" / "a.json").write_text(content, encoding="latin-1")
    with lock_cursor(tmp_path, "a", 1) as mark, pytest.raises(ArchiveError, match="delete it to start"):
        mark.checkpoints("headlines")


@given(st.text(max_size=60))
def test_any_name_is_one_file_or_none(name: str) -> None:
    try:
        encoded = file_name(name)
    except UsageError:
        return
    assert "/" not in encoded
    assert "\0" not in encoded
    assert not encoded.startswith(".")


def test_names_differ(tmp_path: Path) -> None:
    assert len({file_name(name) for name in ("a", "A b", "a/b", "..", ".", "%2E", "é", "a.json")}) == 8
    for none in ("", " ", "x" * 300):
        with pytest.raises(UsageError):
            file_name(none)
