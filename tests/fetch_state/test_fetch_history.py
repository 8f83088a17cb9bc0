"""Tests of the store of fetch results, which several processes write and which may be lost."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ticker.fetch_state import FetchHistory, FetchResult

NOW = datetime(2025, 6, 12, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "sources.sqlite"


def attempt(hours: float, name: str = "a", **more: object) -> FetchResult:
    return FetchResult(name, f"https://{name}.example/", NOW + hours * HOUR, **more)  # type: ignore[arg-type]


def record(path: Path, *attempts: FetchResult) -> None:
    file = FetchHistory(path)
    file.record(attempts)
    file.close()


def test_all_of_it_is_remembered(path: Path) -> None:
    assert FetchHistory(path).states() == {} and not path.exists(), "to look leaves nothing behind"
    record(path, attempt(0, headlines=7, new=2), attempt(0, "b", error="HTTP 503", retry_after=7200.0))
    record(path, attempt(1, error="DNS"))
    states = FetchHistory(path).states()
    assert (states["a"].error, states["a"].failures, states["a"].succeeded, states["a"].news) == ("DNS", 1, NOW, NOW)
    assert (states["b"].not_before, states["b"].wait) == (NOW + 2 * HOUR, timedelta(minutes=15))
    assert states["b"].url == "https://b.example/"


def test_the_longest_pause_of_each_day_with_news_is_kept(path: Path) -> None:
    for day in range(100):
        record(path, *(attempt(24 * day + hour, new=1) for hour in (6, 7, 9, 11.9)), attempt(24 * day + 11.95))
    pauses = FetchHistory(path).pauses()["a"]
    assert len(pauses) == 60
    assert all(17 * 3600 < pause < 19 * 3600 for pause in pauses)
    record(path, attempt(9999 * 24, new=1), attempt(2401, new=1))  # a run with a wrong clock counts as one day
    assert len(FetchHistory(path).pauses()["a"]) == 60


@pytest.mark.parametrize("content", [b"this is no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_put_aside(path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    file = FetchHistory(path)
    assert file.states() == {}
    file.record([attempt(0)])
    assert set(file.states()) == {"a"}
    file.close()
    assert path.with_name(path.name + ".damaged").read_bytes() == content
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert str(path) in caplog.text


def test_a_file_of_other_columns_is_put_aside(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE sources (source TEXT)")
    connection.close()
    file = FetchHistory(path)
    assert file.states() == {}
    file.record([attempt(0)])
    assert set(file.states()) == {"a"}
    assert [record.levelname for record in caplog.records] == ["WARNING"]


@pytest.mark.parametrize("value", ["yesterday", 7])
def test_a_value_that_is_none_is_damage(path: Path, value: object, caplog: pytest.LogCaptureFixture) -> None:
    record(path, attempt(0))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE sources SET tried = ?", (value,))
    connection.close()
    file = FetchHistory(path)
    assert file.states() == {}
    file.record([attempt(0)])
    assert set(file.states()) == {"a"}
    assert [record.levelname for record in caplog.records] == ["WARNING"]


@pytest.mark.parametrize("place", ["a file in place of the folder", "a folder in place of the file"])
def test_a_place_that_cannot_be_written_is_warned_of_once(
    path: Path, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    if place == "a file in place of the folder":
        path.parent.write_text("")
    else:
        path.mkdir(parents=True)
    file = FetchHistory(path)
    for _ in range(3):
        file.record([attempt(0)])
        assert file.states() == {}
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_folder_that_cannot_be_written_is_read(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    record(path, attempt(0))
    assert [file.name for file in path.parent.iterdir()] == [path.name], "no journal stays, which would want a writer"
    assert path.read_bytes()[18:20] == b"\x01\x01", (
        "nor is it in WAL, which cannot be read where nothing can be written"
    )
    assert set(FetchHistory(path).states()) == {"a"}
    assert caplog.records == []


def test_processes_write_at_once(path: Path) -> None:
    code = """if True:
        import sys
        from datetime import UTC, datetime, timedelta
        from pathlib import Path
        from ticker.fetch_state import FetchHistory, FetchResult

        FetchHistory(Path(sys.argv[1]), lock_timeout=60).record([])
        print("ready", flush=True)
        sys.stdin.readline()  # makes all processes start together
        for number in range(100):
            at = datetime(2025, 6, 12, tzinfo=UTC) + timedelta(minutes=number)
            file = FetchHistory(Path(sys.argv[1]), lock_timeout=60) if number % 10 == 0 else file
            file.record([FetchResult(name, "https://a.example/", at, error="x") for name in ("all", sys.argv[2])])
    """
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen([sys.executable, "-c", code, path, name], **pipes) for name in "abcd"]  # type: ignore[call-overload]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=100)[1] for process in processes] == [""] * 4
    states = FetchHistory(path).states()
    assert {name: state.failures for name, state in states.items()} == {
        "a": 100,
        "b": 100,
        "c": 100,
        "d": 100,
        "all": 400,
    }
