"""Tests of runs with many pages: outcomes, errors, parser processes and interruption."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ticker.archive import Archive, StoredHeadline
from ticker.errors import ArchiveError, ParseError, SelectorError
from ticker.parsing import parse_page
from ticker.pipeline import Outcome, SavedPage, Target, run
from ticker.pipeline.runner import BATCH
from ticker.settings import Selectors

SEEN = datetime(2025, 6, 12, 21, 30, tzinfo=UTC)
PAGE = (Path(__file__).parent / "cli" / "bakers.html").read_bytes()


def saved(name: str, read: Callable[[], bytes]) -> Target:
    return Target(label=f"{name}.html", name=name, saved=SavedPage(read, SEEN))


def outcomes(archive: Archive, targets: list[Target], **options: object) -> dict[str, Outcome]:
    found: list[Outcome] = []
    run(targets, archive, None, found.append, **options)  # type: ignore[arg-type]
    assert len(found) == len(targets)
    return {outcome.target.name: outcome for outcome in found}


def wrong(name: str) -> Target:
    """Return a target whose page raises SelectorError."""
    return replace(saved(name, lambda: PAGE), selectors=Selectors(entry="li["))


def added(outcome: Outcome) -> tuple[StoredHeadline, ...]:
    assert outcome.added
    return outcome.added.headlines


def parsers_of(parent: int) -> list[int]:
    """Return the parser processes of a process."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_bytes()
            fields = (path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # the process has ended
            continue
        if b"ticker.pipeline.worker" in command and int(fields[1]) == parent:
            found.append(int(path.name))
    return found


def is_alive(pid: int) -> bool:
    """Return whether a process exists and is not a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_is_told_is_on_disk(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")

    def check(outcome: Outcome) -> None:
        assert outcome.added
        stored = {headline.id for headline in archive.headlines()}
        assert {headline.id for headline in outcome.added.headlines} <= stored

    run([saved(f"source{number}", lambda: PAGE) for number in range(5)], archive, None, check, jobs=3)
    assert len(list(archive.headlines())) == 20


def test_a_fault_surfaces_and_stops_no_other(tmp_path: Path) -> None:
    def fail(error: Exception) -> Callable[[], bytes]:
        def read() -> bytes:
            raise error

        return read

    targets = [
        saved("bug", fail(ZeroDivisionError("by zero"))),
        saved("bad", fail(ParseError("unreadable"))),
        saved("good", lambda: PAGE),
    ]
    found = outcomes(Archive(tmp_path), targets, jobs=2)
    assert isinstance(found["bug"].error, ZeroDivisionError)
    assert isinstance(found["bad"].error, ParseError)
    assert found["good"].error is None
    assert found["good"].headlines == 4


def test_a_dry_run_tells_the_same_and_stores_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    tried = outcomes(archive, [saved("a", lambda: PAGE)], dry_run=True)["a"].added
    assert not archive.exists()
    done = outcomes(archive, [saved("a", lambda: PAGE)])["a"].added
    assert tried == done


def test_pages_are_not_read_far_ahead_of_what_is_told(tmp_path: Path) -> None:
    read = 0

    def count() -> bytes:
        nonlocal read
        read += 1
        return b"<html><body><p>Nothing.</p></body></html>"

    told = 0

    def tell(outcome: Outcome) -> None:
        nonlocal told
        told += 1
        time.sleep(0.002)
        assert read - told <= 2 * BATCH + 2  # the reported batch, the waiting batch, and one page in each thread

    run([saved(f"s{number}", count) for number in range(5 * BATCH)], Archive(tmp_path), None, tell, jobs=2)
    assert told == read == 5 * BATCH


def test_pages_of_one_batch_know_of_one_another(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    found: list[Outcome] = []
    run([saved("one", lambda: PAGE) for _ in range(16)], archive, None, found.append, jobs=4)
    assert sum(len(outcome.added.headlines) for outcome in found if outcome.added) == 4
    assert sum(outcome.added.article is not None for outcome in found if outcome.added) == 1
    assert len(list(archive.headlines())) == 4


def test_pages_are_parsed_elsewhere_to_the_same(tmp_path: Path) -> None:
    here = parse_page(PAGE, fetched_at=SEEN)
    names = [f"s{number}" for number in range(9)]
    targets = [*(saved(name, lambda: PAGE) for name in names), wrong("wrong")]
    pids: set[int] = set()
    found: dict[str, Outcome] = {}

    def tell(outcome: Outcome) -> None:
        pids.update(parsers_of(os.getpid()))
        found[outcome.target.name] = outcome

    run(targets, Archive(tmp_path / "many"), None, tell, jobs=2)
    error = found["wrong"].error
    assert isinstance(error, SelectorError)
    assert "ticker/parsing" in "".join(error.__notes__)  # where it was raised, for --verbose
    for name in names:
        assert found[name].error is None
        assert [one.title for one in added(found[name])] == [one.title for one in here.headlines]
    assert pids
    assert not any(map(is_alive, pids))


def test_a_page_whose_parser_is_killed_fails_alone(tmp_path: Path) -> None:
    def doomed() -> bytes:
        (pid,) = parsers_of(os.getpid())
        os.kill(pid, signal.SIGSTOP)  # keeps it from parsing the page before it is killed
        threading.Timer(1, os.kill, (pid, signal.SIGKILL)).start()
        return PAGE

    names = [f"s{number}" for number in range(8)]
    targets = [saved(name, lambda: PAGE) for name in names]
    targets.insert(4, saved("doomed", doomed))
    found = outcomes(Archive(tmp_path), targets, jobs=1)
    assert isinstance(found["doomed"].error, ParseError)
    assert "SIGKILL" in str(found["doomed"].error)
    assert all(found[name].headlines == 4 for name in names)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_who_ends_the_program_ends_its_parsers(tmp_path: Path, end: signal.Signals) -> None:
    pages = []
    for number in range(20):
        pages.append(tmp_path / f"{number}.html")
        pages[-1].write_bytes(PAGE)
    os.mkfifo(tmp_path / "never.html")  # blocks its reader
    program = subprocess.Popen(
        [sys.executable, "-m", "ticker", "fetch", "--archive", tmp_path / "archive", *pages, tmp_path / "never.html"],
        cwd=Path(__file__).parents[1],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "archive" / "headlines").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    parsers = parsers_of(program.pid)
    assert parsers
    began = time.monotonic()
    os.killpg(program.pid, end)  # as a terminal does
    _, told = program.communicate(timeout=60)
    assert time.monotonic() - began < 5
    assert b"Traceback" not in told
    while any(map(is_alive, parsers)):
        assert time.monotonic() - began < 20
        time.sleep(0.05)


def test_an_archive_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file", encoding="utf-8")
    with pytest.raises(ArchiveError):
        outcomes(Archive(tmp_path / "archive"), [saved("a", lambda: PAGE), saved("b", lambda: PAGE)])


def test_the_caller_s_end_is_the_end_of_all(tmp_path: Path) -> None:
    started = threading.Event()
    released = threading.Event()
    read = 0

    def wait() -> bytes:
        nonlocal read
        read += 1
        started.set()
        released.wait(10)
        return PAGE

    def stop(outcome: Outcome) -> None:
        started.wait(10)
        raise KeyboardInterrupt

    targets = [saved("quick", lambda: PAGE), *(saved(f"slow{number}", wait) for number in range(20))]
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run(targets, Archive(tmp_path), None, stop, jobs=2)
    assert time.monotonic() - began < 5
    released.set()
    time.sleep(0.1)
    assert read <= 4


def test_no_targets(tmp_path: Path) -> None:
    assert outcomes(Archive(tmp_path), []) == {}
