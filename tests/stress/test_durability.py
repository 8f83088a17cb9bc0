"""Short versions of the stress tests in this folder: see ``docs/reliability.md``."""

from __future__ import annotations

import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.cli.desk import ROOT
from tests.servers import Request, serve
from tests.stress import faults, full, kills, together
from tests.stress.injecting import COMPILER, ERRORS, KILL
from tests.stress.scene import ACTIONS, Scene, page


@pytest.mark.skipif(COMPILER is None, reason="faults are injected by a library in C: no compiler here")
@pytest.mark.parametrize("action", ACTIONS)
def test_wherever_a_write_fails_or_its_writer_is_killed_nothing_is_lost_or_there_twice(
    tmp_path: Path, action: str
) -> None:
    errors = {"KILL": KILL, "ENOSPC": ERRORS["ENOSPC"]}
    tried = [*faults.trials(tmp_path, action, errors, every=33)]
    assert len(tried) >= 3
    assert [finding for trial in tried if (finding := trial())] == []


def test_runs_killed_at_random_moments_lose_and_double_nothing(tmp_path: Path) -> None:
    (killed,) = kills.run(tmp_path, moments=4, seed=20)
    assert killed.total() >= 4


def test_many_at_once_lose_and_double_nothing_and_readers_see_whole_lines(tmp_path: Path) -> None:
    crowd = together.run(tmp_path, seconds=4)
    assert crowd.wrong == []
    assert crowd.runs["fetch"] > together.FETCHERS
    assert crowd.runs["compact"] >= together.COMPACTERS


@pytest.mark.skipif(not full.is_possible(), reason="no filesystem may be mounted here")
def test_a_full_disk_is_a_clear_error_and_the_archive_is_as_before(tmp_path: Path) -> None:
    done = subprocess.run(full.command(tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.stderr == ""
    assert done.stdout.count("No space left on device") == 2


def test_a_fetch_that_waits_for_its_server_keeps_no_other_from_storing(tmp_path: Path) -> None:
    scene = Scene.set(tmp_path / "scene")
    let_go = threading.Event()

    def slow(_: Request) -> str:
        let_go.wait(60)
        return page([(f"2025-06-12T10:0{n}:00+00:00", f"Harbour {n} opens a pier") for n in range(5)])

    with serve({"/": slow}) as server:
        waiting = scene.desk.start("fetch", server.url("/"), "-q", "--ignore-robots", stderr=subprocess.PIPE)
        while not server.requests:
            assert waiting.poll() is None
            time.sleep(0.01)
        scene.desk.run(*ACTIONS["fetch"])
        assert waiting.poll() is None
        let_go.set()
        _, errors = waiting.communicate(timeout=60)
    assert (waiting.returncode, errors) == (0, b"")
