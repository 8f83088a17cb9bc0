"""Real runs, killed at random times: ``python -m tests.stress.kills --moments 500``, some eight minutes.

Fetches over HTTP, imports, compactions and index updates take turns on one archive. SIGKILL ends each at a random time
during its run. After each, the archive must hold every acknowledged line exactly once.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from tests.cli.desk import Desk
from tests.servers import serve
from tests.stress.scene import line, page
from ticker.archive import Archive

ROUND = 40
"""The number of kills of one archive before a thorough check and a new archive."""
_TYPICAL = 8  # runs from which the typical duration is computed


class Ordeal:
    """One archive, and the ids of the records that it has acknowledged."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        folder.mkdir()
        self.desk = Desk(folder)
        self.chance = chance
        self.acknowledged: set[str] = set()
        self.numbers = count()
        self.killed: Counter[str] = Counter()
        self._lasted: dict[str, list[float]] = {}

    def pages(self) -> str:
        """Return a page with new headlines of several days."""
        first = next(self.numbers) * 10
        times = [f"2025-06-{self.chance.randrange(1, 13):02}T10:{n:02}:00+00:00" for n in range(10)]
        return page([(time, f"Harbour {first + n} opens a pier") for n, time in enumerate(times)])

    def step(self, action: str, address: str, kill: bool) -> None:
        """Run an action, and kill it at a random time if ``kill``."""
        arguments = {
            "fetch": ["fetch", address, "--json", "--ignore-robots", "-q"],
            "import": ["import", self._lines(), "--json", "-q"],
            "compact": ["compact", "--before", "2025-06-01", "-q"],
            "index": ["search", "ferry", "--limit", "3"],
        }[action]
        began = time.monotonic()
        process = self.desk.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if kill:
            typical = sorted(self._lasted.get(action, [0.5]))[len(self._lasted.get(action, [0.5])) // 2]
            try:
                process.wait(self.chance.uniform(0.3, 1.05) * typical)
            except subprocess.TimeoutExpired:
                process.kill()
        out, errors = process.communicate(timeout=120)
        if process.returncode == 0:
            self._lasted[action] = [*self._lasted.get(action, []), time.monotonic() - began][-_TYPICAL:]
        self.killed[action] += process.returncode == -9
        assert process.returncode in (0, -9), (action, process.returncode, errors)
        if action in ("fetch", "import"):
            whole = out.decode().splitlines() if out.endswith(b"\n") else out.decode().splitlines()[:-1]
            self.acknowledged.update(json.loads(text)["id"] for text in whole)
        self.check(action)

    def check(self, action: str) -> None:
        """Check that every acknowledged record is stored exactly once."""
        archive = Archive(self.desk.archive, lambda _: None)
        found = Counter(record.id for records in (archive.headlines(), archive.articles()) for record in records)
        lost = self.acknowledged - set(found)
        twice = [id for id, number in found.items() if number > 1]
        assert not lost, f"lost after {action}: {lost}"
        assert not twice, f"twice after {action}: {twice}"

    def close(self, address: str) -> None:
        """Check that all actions succeed without a kill, and that no torn line is left."""
        for action in ("fetch", "import", "compact", "index"):
            self.step(action, address, kill=False)
        for path in self.desk.archive.glob("*/*/*.jsonl"):
            assert path.read_bytes().endswith(b"\n")
            for text in path.read_text().splitlines():
                json.loads(text)
        with_index, without = (self.desk.run("list", "--json", *option).lines for option in ([], ["--no-index"]))
        assert with_index == without
        searched = [self.desk.run("search", "ferry", "--json", *option).lines for option in ([], ["--no-index"])]
        assert searched[0] == searched[1]

    def _lines(self) -> Path:
        first = next(self.numbers) * 100
        lines = "".join(
            line(f"A ferry more, {first + n}", f"2025-{self.chance.randrange(3, 7):02}-0{1 + n % 9}T10:{n:02}:00Z")
            for n in range(60)
        )
        return self.desk.save("more.jsonl", lines)


def run(folder: Path, moments: int, seed: int) -> Iterator[Counter[str]]:
    """Kill runs; yield the number of kills so far by action. Raises AssertionError if a check fails."""
    chance = random.Random(seed)
    killed: Counter[str] = Counter()
    while killed.total() < moments:
        ordeal = Ordeal(folder / str(killed.total()), chance)
        with serve({"/": lambda _, ordeal=ordeal: ordeal.pages()}) as server:
            for action in ("import", "fetch", "compact", "index"):
                ordeal.step(action, server.url("/"), kill=False)
            while ordeal.killed.total() < min(ROUND, moments - killed.total()):
                for action in ("fetch", "import", "compact", "index"):
                    ordeal.step(action, server.url("/"), kill=True)
            ordeal.close(server.url("/"))
        killed += ordeal.killed
        yield killed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=500, metavar="N", help="kill so many runs")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        killed: Counter[str] = Counter()
        for killed in run(Path(folder), options.moments, options.seed):
            print(f"{killed.total()} killed", file=sys.stderr)
    print(", ".join(f"{action} {number}" for action, number in killed.items()), "killed; nothing lost, nothing twice")


if __name__ == "__main__":
    main()
