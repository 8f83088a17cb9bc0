"""Many pages on their way: outcomes as they come, faults that surface, an end that is prompt."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ticker.archive import Archive
from ticker.errors import ArchiveError, ParseError
from ticker.pipeline import Outcome, SavedPage, Target, run

SEEN = datetime(2025, 6, 12, 21, 30, tzinfo=UTC)
PAGE = (Path(__file__).parent / "commands" / "bakers.html").read_bytes()


def saved(name: str, read: Callable[[], bytes]) -> Target:
    return Target(label=f"{name}.html", name=name, saved=SavedPage(read, SEEN))


def outcomes(archive: Archive, targets: list[Target], **options: object) -> dict[str, Outcome]:
    found: list[Outcome] = []
    run(targets, archive, None, found.append, **options)  # type: ignore[arg-type]
    assert len(found) == len(targets)
    return {outcome.target.name: outcome for outcome in found}


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
        time.sleep(0.01)
        assert read - told <= 2 * 2 + 1  # each worker's page in hand, and as many in the queue

    run([saved(f"s{number}", count) for number in range(30)], Archive(tmp_path), None, tell, jobs=2)
    assert told == read == 30


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
