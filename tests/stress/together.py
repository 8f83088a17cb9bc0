"""Concurrent runs of ``ticker fetch``, ``ticker compact`` and readers: ``python -m tests.stress.together``.

Eight fetchers, two compacters and three readers run repeatedly for a minute. Every headline must then be stored once,
every line complete, and no reader may have seen a partial line.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.cli.desk import Desk
from tests.servers import Request, serve
from tests.stress.scene import page

FETCHERS, COMPACTERS = 8, 2
READERS = (("list", "--json"), ("search", "pier", "--json"), ("list", "--json", "--no-index"))


@dataclass
class Crowd:
    """The archive, the number of runs, and the results of all processes."""

    desk: Desk
    runs: Counter[str] = field(default_factory=Counter)
    acknowledged: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    numbers: count[int] = field(default_factory=count)

    def page(self, request: Request) -> str:
        """Return a page with headlines of May and June, half of which the other fetchers also get."""
        own, shared = next(self.numbers), request.number // FETCHERS
        titles = [f"Harbour {own} opens pier {n}" for n in range(5)]
        titles += [f"Ferry {shared} leaves pier {n}" for n in range(5)]
        return page([(f"2025-0{5 + n % 2}-{1 + n:02}T10:{n:02}:00+00:00", title) for n, title in enumerate(titles)])

    def again_and_again(self, name: str, arguments: tuple[str, ...], until: float) -> None:
        while time.monotonic() < until and not self.wrong:
            process = self.desk.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            out, errors = process.communicate(timeout=300)
            self.runs[name] += 1
            if errors or process.returncode:
                self.wrong.append(f"{name}: status {process.returncode}: {errors.decode()}")
            try:
                ids = [json.loads(text)["id"] for text in out.decode().splitlines()]
            except ValueError as error:
                self.wrong.append(f"{name}: {error}")
                continue
            if name == "fetch":
                self.acknowledged += ids
            elif len(ids) != len(set(ids)):
                self.wrong.append(f"{name}: a line is there twice")


def run(folder: Path, seconds: float) -> Crowd:
    """Run all processes for ``seconds``, and return their results, with faults in ``wrong``."""
    crowd = Crowd(Desk(folder))
    with serve({"/": crowd.page}) as server:
        fetch = ("fetch", server.url("/"), "--json", "-q", "--ignore-robots")
        compact = ("compact", "--before", "2025-06-01", "-q")
        crowd.again_and_again("fetch", fetch, time.monotonic() + 0.1)
        jobs = [("fetch", fetch)] * FETCHERS + [("compact", compact)] * COMPACTERS
        jobs += [(" ".join(reader), reader) for reader in READERS]
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=crowd.again_and_again, args=(*job, until)) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    stored = [text for kind in ([], ["--articles"]) for text in crowd.desk.run("list", "--json", *kind).lines]
    ids = [json.loads(text)["id"] for text in stored]
    if sorted(ids) != sorted(crowd.acknowledged):
        crowd.wrong.append(f"{len(crowd.acknowledged)} acknowledged, {len(ids)} stored, {len(set(ids))} different ones")
    return crowd


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        crowd = run(Path(folder), options.seconds)
    print(*(f"{name}: {number} runs" for name, number in crowd.runs.items()), sep="\n")
    print(f"{len(crowd.acknowledged)} lines, each once" if not crowd.wrong else "\n".join(crowd.wrong))
    raise SystemExit(bool(crowd.wrong))


if __name__ == "__main__":
    main()
