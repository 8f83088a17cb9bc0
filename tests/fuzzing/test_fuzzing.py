"""Tests of each fuzzing target on some random inputs, and of the long-running fuzzer."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzzing.mutating import mutated
from tests.fuzzing.targets import TARGETS

REPOSITORY = Path(__file__).parents[2]
# The number that takes a second or two; ``python -m tests.stress.fuzz`` tries more.
EXAMPLES = {
    "parse_page": 60,
    "encoding": 100,
    "times": 60,
    "archive": 25,
    "query": 60,
    "config": 60,
    "import": 60,
    "output": 60,
    "http": 40,
}


@pytest.mark.parametrize("name", TARGETS)
def test_what_nobody_thought_of(name: str) -> None:
    target = TARGETS[name]
    seeds = target.seeds()

    @settings(max_examples=EXAMPLES[name], deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.sampled_from(seeds), st.randoms(use_true_random=False))
    def check(seed: bytes, chance: random.Random) -> None:
        target.check(mutated(seed, seeds, target.words, target.longest, chance))

    check()


def test_inputs_are_made_again_from_the_same_number() -> None:
    target = TARGETS["config"]
    seeds = target.seeds()

    def made(number: int) -> list[bytes]:
        chance = random.Random(number)
        return [mutated(seeds[0], seeds, target.words, 300, chance) for _ in range(200)]

    assert made(1) == made(1) != made(2)
    assert max(map(len, made(1))) <= 300
    assert len(set(made(1))) > 150


PLANTED = """
import os, signal, sys
from pathlib import Path
from tests.fuzzing import targets
from tests.stress import fuzz

def check(data):
    if data == b"raises": raise KeyError("told")
    if data == b"is slow":
        while True: pass
    if data == b"kills": os.kill(os.getpid(), signal.SIGKILL)

seeds = [b"raises", b"raises", b"is slow", b"is well"] if sys.argv[2] == "slow" else [b"kills"]
targets.TARGETS["planted"] = targets.Target("planted", check, lambda: seeds, (), base=0.05, slope=0)
fuzz.alone("planted", Path(sys.argv[1]), 3, 1, "chance")
"""


def test_a_fault_is_told_and_the_others_are_looked_for_on(tmp_path: Path) -> None:
    ended = _run("-c", PLANTED, str(tmp_path), "slow")
    assert ended.returncode == 0, ended.stderr
    found = {path.name: path.read_bytes() for path in (tmp_path / "planted").glob("*.bin")}
    assert found.pop("slow.bin") == b"is slow"
    assert list(found.values()) == [b"raises"] and next(iter(found)).startswith("KeyError-")
    (text,) = (tmp_path / "planted").glob("KeyError-*.txt")
    assert "told" in text.read_text()


def test_an_input_that_ends_the_process_is_kept(tmp_path: Path) -> None:
    assert _run("-c", PLANTED, str(tmp_path), "kills").returncode < 0
    assert (tmp_path / "planted" / ".current").read_bytes() == b"kills"


def test_the_command_says_what_it_tried(tmp_path: Path) -> None:
    command = ("-m", "tests.stress.fuzz", "config", "--seconds", "3", "--found", str(tmp_path), "--leader", "chance")
    ended = _run(*command, "--seed", "7")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "config: 3 s, chance, seed 7" in ended.stdout
    assert "inputs in 3 s" in ended.stdout and "0 faults" in ended.stdout
    odd = _run("-m", "tests.stress.fuzz", "tv")
    assert odd.returncode == 2 and "no target 'tv'; there are parse_page" in odd.stderr


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=REPOSITORY, capture_output=True, text=True, timeout=90, check=False
    )
