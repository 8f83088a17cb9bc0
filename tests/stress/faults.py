"""Failure of, and SIGKILL at, every system call that writes to the archive: ``python -m tests.stress.faults``.

Runs the real program some 1,500 times, about ten minutes on two cores. Needs Linux and a C compiler.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from shutil import rmtree

from tests.stress.injecting import ERRORS, KILL, Fault, compiled
from tests.stress.scene import ACKNOWLEDGES, ACTIONS, Scene


class Trial:
    """One action, repeated on copies of one archive with a different fault each time."""

    def __init__(self, folder: Path, action: str) -> None:
        self.folder, self.action = folder, action
        self.scene = Scene.set(folder / "start")
        self.library = compiled(folder)
        whole = self.scene.copy(folder / "whole")
        log = folder / "calls"
        status, _, _ = self._run(whole, Fault(self.library, whole.archive, log=log))
        assert status == 0
        self.calls = log.read_text()
        self.after = whole.lines()

    def check(self, at: int, error: int, lasting: bool = False) -> str | None:
        """Return what is wrong after call number ``at`` fails with ``error``, or None."""
        name = f"{self.action}-{at}-{error}-{lasting:d}"
        scene = self.scene.copy(self.folder / name)
        try:
            found = self._faults(scene, Fault(self.library, scene.archive, at, error, lasting))
        except AssertionError as unreadable:
            found = f"the archive cannot be read afterwards: {unreadable}"
        finally:
            rmtree(scene.folder)
        return f"{name} ({self.calls[at - 1 : at]}): {found}" if found else None

    def _faults(self, scene: Scene, fault: Fault) -> str | None:
        status, out, errors = self._run(scene, fault)
        now = scene.lines()
        acknowledged = out if self.action in ACKNOWLEDGES else []
        if any(count > 1 for count in now.values()):
            return "a line is there twice"
        if not set(acknowledged) <= set(now):
            return "an acknowledged line is lost"
        if not set(scene.before) <= set(now) <= set(self.after):
            return "the archive holds what it should not, or not all that it should"
        if fault.error == KILL:
            if status != -9:
                return f"not killed: status {status}, {errors}"
        elif status == 0:
            if now != self.after:
                return f"status 0, but not all is there: {errors}"
        elif status != 1 or not errors or not all(error.startswith("ticker: ") for error in errors):
            return f"status {status}: {errors}"
        elif now != scene.before:
            return f"{errors}, but the archive is not as before"
        status, _, errors = self._run(scene, None)
        if status != 0:
            return f"the next run ends with {status}: {errors}"
        if scene.lines() != self.after:
            return "after the next run not all is there"
        if scene.lines("--reverse") != self.after:
            return "with the index, other lines"
        return "; ".join(scene.torn()) or None

    def _run(self, scene: Scene, fault: Fault | None) -> tuple[int, list[str], list[str]]:
        desk = scene.desk
        desk.environment = dict(fault.environment()) if fault else {}
        quiet = ["-q"] if self.action != "index" else []
        process = desk.start(*ACTIONS[self.action], *quiet, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, errors = process.communicate(timeout=120)
        return process.returncode, out.decode().splitlines(), errors.decode().splitlines()


def trials(folder: Path, action: str, errors: dict[str, int], every: int) -> Iterator[Callable[[], str | None]]:
    """Yield the trials of an action, with faults at every ``every``-th call."""
    trial = Trial(folder / action, action)
    number = len(trial.calls)
    points = range(1 + min(every - 1, number - 1) // 2, number + 1, every)
    for error in errors.values():
        for at in points:
            yield partial(trial.check, at, error)
    if "ENOSPC" in errors:
        for at in points:
            yield partial(trial.check, at, errors["ENOSPC"], True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="try only each N-th call")
    parser.add_argument("--action", action="append", choices=list(ACTIONS), help="only this; may be repeated")
    options = parser.parse_args()
    wrong, count = [], 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        for action in options.action or ACTIONS:
            tried = [*trials(Path(folder), action, {"KILL": KILL, **ERRORS}, options.every)]
            found = [finding for finding in pool.map(lambda trial: trial(), tried) if finding]
            print(f"{action}: {len(tried)} faults, {len(found)} findings", flush=True)
            print(*found, sep="\n", end="\n" * bool(found), flush=True)
            wrong += found
            count += len(tried)
    print(f"{count} faults, {len(wrong)} findings")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
