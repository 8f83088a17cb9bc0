"""Fuzzing for a given time: ``python -m tests.stress.fuzz parse_page --seconds 600``.

The targets are those of ``tests/fuzzing/targets.py``, or ``all``, which share the time. If atheris is installed (``pip
install atheris``), branch coverage guides the fuzzing. Otherwise, inputs are random mutations of the seeds and of the
inputs that take longest for their length. An input fails if it raises, violates an invariant, exceeds the time limit
of its target, or ends the process. ``--found`` receives one failing input per place of origin, with its traceback.
Pass such a file in place of ``--seconds`` to reproduce the failure.

Exit status: 0 if no fault was found, 1 otherwise.
"""

from __future__ import annotations

import argparse
import faulthandler
import importlib.util
import json
import logging
import os
import pkgutil
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

HANGING = 120
"""Seconds of elapsed time after which a process that does not react to signals is ended."""
_MEMORY = 3 << 30


class TooSlow(BaseException):
    """An input exceeded its time limit; a BaseException, which the tested code does not catch."""


class Session:
    """The fuzzing of one target for a given time; every input goes through ``run``."""

    def __init__(self, name: str, found: Path, seconds: float) -> None:
        from tests.fuzzing.targets import TARGETS

        self.target = TARGETS[name]
        self.found = found / name
        self.found.mkdir(parents=True, exist_ok=True)
        self.until = time.monotonic() + seconds
        self.count = 0
        self.slowest = 0.0
        self.faults = 0
        self.current = self.found / ".current"
        signal.signal(signal.SIGVTALRM, _stop)

    def limit(self, data: bytes) -> float:
        """Return the time limit of an input in seconds of CPU time."""
        return self.target.base + self.target.slope * len(data) / 1000

    def run(self, data: bytes) -> float:
        """Try an input, save it if it reveals a fault, and return the seconds of CPU time that it took."""
        if time.monotonic() > self.until:
            self.end()
        self.count += 1
        if self.count % 500 == 0:
            self.tell()
        self.current.write_bytes(data)
        faulthandler.dump_traceback_later(HANGING, exit=True)
        took = self._try(data)
        if took > self.limit(data):
            took = min(took, self._try(data), self._try(data))  # repeat: a busy machine may be the cause
            if took > self.limit(data):
                self.keep("slow", data, f"{took:.2f} s for {len(data):,} bytes\n{self._where}")
        faulthandler.cancel_dump_traceback_later()
        self.slowest = max(self.slowest, took)
        return took

    def _try(self, data: bytes) -> float:
        start = time.process_time()
        self._where = ""
        signal.setitimer(signal.ITIMER_VIRTUAL, 4 * self.limit(data))
        try:
            self.target.check(data)
        except TooSlow:
            self._where = traceback.format_exc(limit=-8)
        except Exception as error:  # noqa: BLE001 - what is looked for
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            self.keep(_place(error), data, traceback.format_exc())
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return time.process_time() - start

    def keep(self, place: str, data: bytes, text: str) -> None:
        """Save a failing input, unless a shorter one of the same place is saved."""
        self.faults += 1
        path = self.found / f"{place}.bin"
        if not path.exists() or path.stat().st_size > len(data):
            path.write_bytes(data)
            path.with_suffix(".txt").write_text(text, encoding="utf-8", errors="backslashreplace")

    def tell(self) -> None:
        """Write the progress to a file for the parent process."""
        told = {"count": self.count, "slowest": self.slowest, "cpu": time.process_time(), "faults": self.faults}
        (self.found / ".told").write_text(json.dumps(told))

    def end(self) -> None:
        """End the process, because neither fuzzing loop returns."""
        self.tell()
        self.current.unlink(missing_ok=True)
        os._exit(0)


def _stop(signum: int, frame: object) -> None:
    raise TooSlow


def _place(error: Exception) -> str:
    """Return the place of origin of an error, as a file name."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}ticker{os.sep}" in frame.filename] or frames
    last = ours[-1] if not isinstance(error, AssertionError) else frames[-1]
    return f"{type(error).__name__}-{Path(last.filename).stem}-{last.lineno}"


def alone(name: str, found: Path, seconds: float, seed: int, leader: str) -> None:
    """Run the fuzzing loop in this process; does not return."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    logging.disable(logging.CRITICAL)
    if leader == "atheris":
        _led_by_coverage(name, found, seconds, seed)
    session = Session(name, found, seconds)
    _led_by_chance(session, random.Random(seed))


def _led_by_chance(session: Session, chance: random.Random) -> None:
    from tests.fuzzing.mutating import mutated

    target, seeds = session.target, session.target.seeds()
    slow: list[tuple[float, bytes]] = []
    for data in seeds:
        session.run(data)
    while True:
        start = chance.choice(slow)[1] if slow and chance.random() < 0.2 else chance.choice(seeds)
        data = mutated(start, seeds, target.words, target.longest, chance)
        rate = session.run(data) / session.limit(data)
        slow = sorted([*slow, (rate, data)], reverse=True)[:30]


def _led_by_coverage(name: str, found: Path, seconds: float, seed: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["ticker"]):
        import ticker

        for module in pkgutil.walk_packages(ticker.__path__, "ticker."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        session = Session(name, found, seconds)
    from tests.fuzzing.mutating import mutated

    target, seeds = session.target, session.target.seeds()
    corpus = found / name / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(data)

    def change(data: bytes, most: int, number: int) -> bytes:
        chance = random.Random(number)
        if chance.random() < 0.4:
            return atheris.Mutate(data, most)
        return mutated(data, seeds, target.words, most, chance)

    options = [f"-max_len={target.longest}", f"-seed={seed}", "-timeout=600", "-rss_limit_mb=0", "-verbosity=0"]
    atheris.Setup([sys.argv[0], str(corpus), *options], lambda data: session.run(data) and None, custom_mutator=change)
    atheris.Fuzz()


def watched(name: str, found: Path, seconds: float, seed: int, leader: str) -> bool:
    """Run the loop in a subprocess, restart it if it ends early, and return whether no fault was found."""
    until = time.monotonic() + seconds
    total = {"count": 0, "slowest": 0.0, "cpu": 0.0, "faults": 0}
    folder = found / name
    (folder / ".told").unlink(missing_ok=True)
    began = time.strftime("%H:%M:%S", time.gmtime())
    print(f"{began} {name}: {seconds:.0f} s, {leader}, seed {seed}", flush=True)
    for turn in range(1000):
        left = until - time.monotonic()
        if left < 1:
            break
        command = [sys.executable, "-m", "tests.stress.fuzz", name, "--found", str(found), "--seconds", str(left)]
        command += ["--seed", str(seed + turn), "--leader", leader, "--alone"]
        ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        for key, value in _told(folder).items():
            total[key] = max(total[key], value) if key == "slowest" else total[key] + value
        if ended.returncode:
            total["faults"] += 1
            current = folder / ".current"
            where = folder / f"ended-{seed + turn}.bin"
            if current.exists():
                current.replace(where)
            where.with_suffix(".txt").write_bytes(b"status %d\n" % ended.returncode + ended.stderr[-8000:])
            time.sleep(1)
    kinds = sorted(path.stem for path in folder.glob("*.bin"))
    print(
        f"{time.strftime('%H:%M:%S', time.gmtime())} {name}: {total['count']:,} inputs in {seconds:.0f} s "
        f"({total['cpu']:.0f} s of the processor), the slowest {total['slowest']:.2f} s; "
        f"{total['faults']} faults from {len(kinds)} places{': ' if kinds else ''}{', '.join(kinds)}",
        flush=True,
    )
    return not kinds


def _told(folder: Path) -> dict[str, float]:
    path = folder / ".told"
    try:
        return dict(json.loads(path.read_text()))
    except FileNotFoundError:
        return {}
    finally:
        path.unlink(missing_ok=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.stress.fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("target", help="a target, or 'all'")
    parser.add_argument("inputs", nargs="*", type=Path, help="files to try, one after another, instead of fuzzing")
    parser.add_argument("--seconds", type=float, default=600, help="for how long (600)")
    parser.add_argument("--found", type=Path, default=Path(".fuzz"), help="where to save what shows a fault (.fuzz)")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30), help="of what is done by chance")
    parser.add_argument("--leader", choices=["atheris", "chance"], default=_best(), help="what leads")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.alone:  # before any import of the program, which atheris instruments
        alone(given.target, given.found, given.seconds, given.seed, given.leader)
    from tests.fuzzing.targets import TARGETS

    names = list(TARGETS) if given.target == "all" else [given.target]
    if not set(names) <= set(TARGETS):
        parser.error(f"no target {given.target!r}; there are {', '.join(TARGETS)}")
    if given.inputs:
        for path in given.inputs:
            TARGETS[given.target].check(path.read_bytes())
            print(f"{path}: nothing wrong with it")
        return 0
    seconds = given.seconds / len(names)
    well = [watched(name, given.found, seconds, given.seed, given.leader) for name in names]
    return 0 if all(well) else 1


def _best() -> str:
    return "atheris" if importlib.util.find_spec("atheris") else "chance"


if __name__ == "__main__":
    sys.exit(main())
