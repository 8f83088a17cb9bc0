"""Benchmark of a large archive against common search tools: ``python benchmarks/archive.py [FOLDER]``.

Without FOLDER, ``--count`` headlines are generated in a temporary folder (``benchmarks/headlines.py``); an existing
archive in FOLDER is reindexed. Each row gives the median of ``--rounds`` runs of a new process with warm files: wall
clock and processor time, which other programs disturb less, the start of Python with click, measured in turn, and the
ratio to the peer. The peers are ripgrep, grep and jq, if installed.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
TICKER = (sys.executable, "-m", "ticker")
CLICK = (sys.executable, "-c", "import click")
# With compiled modules, as in an installed program.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "ticker-benchmark-pycache"),
    "PYTHONPATH": str(HERE.parent),
    "TICKER_CONFIG": os.devnull,
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
}
_MOST_FOR_ALL_LINES = 2_000_000  # headlines: jq, which parses each line, is skipped for more
_CSV = "[.time, .source, .title, .url, .id, .seen, .page, .time_text, .precision, .section, .revises] | @csv"
_IMPORT = "sqlite3 :memory: 'create table headlines (a,b,c,d,e,f,g,h,i,j,k)' '.import --csv /dev/stdin headlines'"
RIPGREP = ("rg", "--no-config", "-N", "--no-filename")


@dataclass(frozen=True)
class Row:
    """One command to measure.

    ``aim`` names the target: ``start`` in ms above the start, ``ms`` in total, ``peer`` as a ratio, ``MB`` of memory.
    """

    point: int
    arguments: tuple[str, ...]
    peer: tuple[str, ...] = ()
    aim: str = ""


def rows(archive: Path) -> list[Row]:
    """Return the rows of the benchmark."""
    headlines = str(archive / "headlines")
    day = "2023-06-03"

    def rg(*arguments: str) -> tuple[str, ...]:
        return (*RIPGREP, *arguments, headlines)

    def jq(*arguments: str, then: str = "cat") -> tuple[str, ...]:
        whole = f"find {shlex.quote(headlines)} -name '*.jsonl' -exec cat {{}} + | jq {shlex.join(arguments)} | {then}"
        return ("sh", "-c", whole)

    return [
        Row(1, ("search", "zanzibar"), rg("-iw", "zanzibar"), "peer 1, start 60"),
        Row(1, ("search", '"ferry quarantine"'), rg("-iw", "ferry quarantine"), "peer 1, start 60"),
        Row(1, ("search", "quokka census"), rg("-iw", "quokka"), "peer 1, start 60"),
        Row(1, ("search", "-F", "nzibar"), rg("-F", "nzibar"), "peer 1, start 60"),
        Row(1, ("search", "-F", "选举部长经济"), rg("-F", "选举部长经济"), "peer 1, start 60"),
        Row(1, ("search", "tion", "--limit", "100"), rg("-iw", "tion"), "peer 1, start 60"),
        Row(1, ("search", "zanzibar", "--since", "2023-12-01"), rg("-iw", "zanzibar"), "peer 1, start 60"),
        Row(
            1,
            ("search", "zanzibar", "--since", "2023-12-01", "--until", "2024-02-01"),
            rg("-iw", "zanzibar"),
            "peer 1, start 60",
        ),
        Row(1, ("search", "tion", "--source", "source-007", "--limit", "100"), rg("-iw", "tion"), "peer 1, start 60"),
        Row(1, ("search", "tion", "--limit", "1000"), rg("-iw", "tion"), "peer 1"),
        Row(1, ("search", "tion", "--limit", "100000"), rg("-iw", "tion"), "memory as with few"),
        Row(2, ("search", "-e", "zanzi\\w+ .*quar"), rg("zanzi\\w+ .*quar"), "peer 2"),
        Row(2, ("search", "-e", "Zanzi\\w+ .*quar"), rg("Zanzi\\w+ .*quar"), "peer 2"),
        Row(
            2,
            ("search", "-e", "\\b[A-Z]\\w+ \\d{5}$"),
            ("grep", "-rhP", '"title": "[^"]*\\b[A-Z]\\w+ \\d{5}"', headlines),
            "peer 1",
        ),
        Row(3, ("list", "--limit", "50"), (), "ms 150"),
        Row(3, ("list", "--since", "2025-06-29", "--limit", "100"), (), "ms 150"),
        Row(3, ("list", "--since", "2025-06-29"), (), "all of two days"),
        Row(
            3, ("list", "--since", day, "--until", day), ("grep", "-h", day, f"{headlines}/2023/{day}.jsonl"), "ms 150"
        ),
        Row(3, ("list", "--source", "source-007", "--limit", "50"), rg('"source": "source-007"'), "ms 150"),
        Row(5, ("search", "--new", "--as", "benchmark", "zanzibar"), (), "MB 150"),
        Row(5, ("stats",), jq("-r", ".source", then="sort | uniq -c | sort -rn"), "MB 150"),
        Row(5, ("export", "--format", "csv"), jq("-r", _CSV), "MB 150, peer 1"),
        Row(5, ("export", "--format", "jsonl"), jq("-c", "."), "MB 150, peer 1"),
        Row(5, ("export", "--format", "sqlite"), jq("-r", _CSV, then=_IMPORT), "MB 150"),
        Row(0, ("search", "zanzibar", "--no-index"), ("jq", "-c", 'select(.title | test("zanzibar"; "i"))')),
    ]


def main() -> None:
    """Parse the options, generate the archive if needed, and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--count", type=int, default=200_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--point", type=int, help="only the rows of this point of the issue's list")
    options.add_argument("--keep-index", action="store_true", help="do not rebuild the index")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        archive = chosen.folder or Path(temporary) / "archive"
        if not archive.exists():
            made = (sys.executable, str(HERE / "headlines.py"), str(archive), "--count", str(chosen.count))
            subprocess.run(made, check=True)  # in a separate process: a child's peak memory includes its parent's
        measure(archive, chosen.rounds, chosen.keep_index, chosen.point)


def measure(archive: Path, rounds: int, keep_index: bool, point: int | None = None) -> None:
    """Print all rows, or those of one point."""
    files = sorted((archive / "headlines").rglob("*.jsonl"))
    size = sum(path.stat().st_size for path in files)
    count = sum(_lines_of(path) for path in files)  # also warms the files
    print(f"{count:,} headlines, {size / 1e6:,.0f} MB; {os.cpu_count()} cores; Python {sys.version.split()[0]}")
    _build(archive, count, size, keep_index)
    print(
        f"{'':2} {'ticker':58} {'ms':>7} {'CPU':>6} {'start':>6} {'above':>6} {'MB':>4}   "
        f"{'peer':14} {'ms':>7} {'CPU':>6} {'ratio':>6} {'of CPU':>6}  aim"
    )
    for row in rows(archive):
        if point not in (None, row.point) or (row.point == 0 and count > _MOST_FOR_ALL_LINES):
            continue
        is_there = row.peer and all(map(shutil.which, row.peer[:1] if row.peer[0] != "sh" else ("jq", "sqlite3")))
        peer = row.peer if is_there and (row.peer[0] != "sh" or count <= _MOST_FOR_ALL_LINES) else ()
        slow = 1 if row.point in (0, 2, 5) else rounds
        ours, starts, theirs = [], [], []
        for _ in range(slow):
            starts.append(_run(CLICK))
            ours.append(_run((*TICKER, *row.arguments, "--archive", str(archive))))
            (archive / "marks" / "benchmark.json").unlink(missing_ok=True)  # makes every line new again
            if peer:
                theirs.append(_run((*peer, *map(str, files)) if peer[0] == "jq" else peer))
        mine, cpu, memory = _medians(ours)
        start = _medians(starts)[1]
        asked = " ".join(row.arguments)
        left = f"{row.point or '':2} {asked:58} {mine:7.0f} {cpu:6.0f} {start:6.0f} {cpu - start:6.0f} {memory:4.0f}"
        right = f"({row.peer[0]} is not installed)" if row.peer and not is_there else ""
        if theirs:
            wall, other, _ = _medians(theirs)
            name = "jq" if peer[0] == "sh" else peer[0]
            right = f"{name:14} {wall:7.0f} {other:6.0f} {mine / wall:6.2f} {cpu / other:6.2f}"
        print(f"{left}   {right:43}  {row.aim}", flush=True)
    for number, function in ((1, _first_hit), (4, _fetch), (5, _grow), (5, _compact)):
        if point in (None, number):
            function(archive, rounds)


def _lines_of(path: Path) -> int:
    with path.open("rb", buffering=0) as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 16), b""))


def _first_hit(archive: Path, rounds: int) -> None:
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        command = (*TICKER, "search", "tion", "--archive", str(archive))
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT) as process:
            assert process.stdout
            process.stdout.readline()
            took.append(1000 * (time.perf_counter() - start))
            process.stdout.close()  # ends the command with SIGPIPE
    print(f" 1 search tion: the first of many hits after {median(took):.0f} ms")


def _grow(archive: Path, rounds: int) -> None:
    """Print the extra processor time of a search after 1,000 new headlines, here and in a small archive."""
    from headlines import generate

    with tempfile.TemporaryDirectory(dir=archive.parent) as other:
        generate(Path(other) / "day", 1096 * 1000, days=1)
        (lines,) = (Path(other) / "day" / "headlines").rglob("*.jsonl")
        generate(Path(other) / "small", 10_000)
        found = {}
        for root in (Path(other) / "small", archive):
            added = root / "headlines" / "2025" / "2025-07-01.jsonl"
            _cpu(root)
            before = median(_cpu(root) for _ in range(rounds))
            after = []
            for _ in range(rounds):
                with added.open("ab") as file:
                    file.write(lines.read_bytes())
                after.append(_cpu(root))
            added.unlink()
            found[root] = median(after) - before
    small, large = found.values()
    print(
        f" 5 to index a day's 1,000 headlines: {large:.0f} ms of CPU beyond the search; "
        f"{small:.0f} ms in an archive of 10,000: {large / small:.2f}"
    )


def _compact(archive: Path, rounds: int) -> None:
    """Print the cost of compacting a copied month, and of zstd on the same lines at once."""
    with tempfile.TemporaryDirectory(dir=archive.parent) as other:
        days = sorted((archive / "headlines" / "2024").glob("2024-03-*.jsonl"))
        copied = Path(other) / "headlines" / "2024"
        copied.mkdir(parents=True)
        for day in days:
            shutil.copy(day, copied)
        took, cpu, memory = _run((*TICKER, "compact", "--archive", other))
        line = f" 5 compact, a month of {len(days)} days: {took:.0f} ms ({cpu:.0f} of CPU), {memory:.0f} MB (aim: 150)"
        if shutil.which("zstd"):
            _, theirs, _ = _run(("sh", "-c", f"cat {shlex.join(map(str, days))} | zstd -17"))
            line += f"; zstd -17 {theirs:.0f} of CPU, ratio {cpu / theirs:.2f}"
        print(line)


def _cpu(archive: Path) -> float:
    """Return the processor time of a search in milliseconds."""
    return _run((*TICKER, "search", "zanzibar", "--archive", str(archive)))[1]


def _build(archive: Path, count: int, size: int, keep_index: bool) -> None:
    if not keep_index:
        shutil.rmtree(archive / ".index", ignore_errors=True)
    took, spent, memory = _run((*TICKER, "search", "zanzibar", "--archive", str(archive)))
    cpu = spent / 1000
    index = sum(path.stat().st_size for path in (archive / ".index").iterdir())
    if not keep_index:
        print(
            f"5  index built in {took / 1000:.1f} s ({cpu:.1f} s of CPU: {count / cpu:,.0f} headlines a second of it), "
            f"{memory:.0f} MB of memory (aim: 100,000 and 150 MB)"
        )
    print(f"5  index {index / 1e6:,.0f} MB, {index / size:.2f} of the files (aim: 0.5)")


def _fetch(archive: Path, rounds: int) -> None:
    """Print the cost of archiving 30 headlines, all new and all known, in an empty and a full archive."""
    script = """
import json, sys, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from ticker.archive import Archive, Index
from ticker.models import Headline
root, stamp = Path(sys.argv[1]), sys.argv[2]
import ticker.archive.seen, ticker.archive.dedup, ticker.archive.writer, ticker.archive.locking, sqlite3
now = datetime(2025, 6, 30, 23, 30, tzinfo=UTC)
page = [
    Headline(f"Benchmark headline {stamp} number {n}", now - timedelta(minutes=n), url=f"https://b.example/{stamp}/{n}")
    for n in range(30)
]
def add():
    start = time.perf_counter()
    added = Archive(root, index=Index(root)).add("benchmark", "https://b.example/", page, None, now)
    return 1000 * (time.perf_counter() - start), len(added.headlines)
new, known = add(), add()
assert new[1] == 30 and known[1] == 0, (new, known)
print(json.dumps([new[0], known[0]]))
"""
    full, empty = [], []
    with tempfile.TemporaryDirectory(dir=archive.parent) as other:
        for number in range(rounds):
            for root, found in ((archive, full), (Path(other) / "empty", empty)):
                stamp = f"{datetime.now(UTC):%H%M%S%f}{number}"
                done = subprocess.run(
                    [sys.executable, "-c", script, str(root), stamp], capture_output=True, env=ENVIRONMENT, check=True
                )
                found.append(json.loads(done.stdout))
    for place, name in enumerate(("30 headlines that are new", "the same page again")):
        mine, theirs = median(each[place] for each in full), median(each[place] for each in empty)
        print(f"4  add: {name:45} {mine:7.1f} {'':18}   empty archive  {theirs:7.1f} {mine / theirs:6.2f}  peer 1.5")


def _medians(runs: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    wall, cpu, memory = (median(column) for column in zip(*runs, strict=True))
    return wall, cpu, memory


def _run(command: tuple[str, ...]) -> tuple[float, float, float]:
    """Run a command and return wall clock and processor time in milliseconds, and peak memory in MB."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as sink:  # not /dev/null, where grep stops at the first match
        process = subprocess.Popen(command, stdout=sink, stderr=subprocess.PIPE, env=ENVIRONMENT)
        _, status, used = os.wait4(process.pid, 0)
    took = 1000 * (time.perf_counter() - start)
    assert process.stderr
    message = process.stderr.read().decode()
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise SystemExit(f"{' '.join(command[:8])}: status {process.returncode}\n{message}")
    return took, 1000 * (used.ru_utime + used.ru_stime), used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
