"""Benchmark of importing headlines against common tools: ``python benchmarks/importing.py [FOLDER]``.

Without FOLDER, an archive of ``--count`` headlines is generated (``benchmarks/headlines.py``). It is imported into an
empty archive, and again when all is known. The peers do less: ``sort -u`` compares whole lines, ``jq`` parses and
writes each line, ``sqlite-utils insert --ignore`` deduplicates by id. All are measured in seconds of CPU.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TICKER = (sys.executable, "-m", "ticker")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HERE.parent), "TICKER_CONFIG": os.devnull, "LC_ALL": "C.UTF-8"}


def main() -> None:
    """Parse the options, generate the archive if needed, and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--count", type=int, default=200_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        other = chosen.folder or Path(temporary) / "other"
        if not other.exists():
            from headlines import generate

            generate(other, chosen.count)
        measure(other, Path(temporary))


def measure(other: Path, scratch: Path) -> None:
    """Print a row for each tool."""
    files = [str(path) for path in sorted((other / "headlines").rglob("*.jsonl"))]
    count = sum(Path(path).read_bytes().count(b"\n") for path in files)  # also warms the files
    print(f"{count:,} headlines; {os.cpu_count()} cores; Python {sys.version.split()[0]}")
    into = ("--archive", str(scratch / "archive"))
    sqlite_utils = ("sqlite-utils", "insert", str(scratch / "lines.db"), "lines", "-", "--nl", "--pk", "id", "--ignore")
    aim = "  (aim: 50,000)"
    _row("ticker import, all new", (*TICKER, "import", str(other), *into), count, aim)
    _row("ticker import, all known", (*TICKER, "import", str(other), *into), count, aim)
    _row("sort -u", ("sort", "-u", "-o", str(scratch / "lines.jsonl"), *files), count)
    _row("jq -c .", ("jq", "-c", ".", *files), count)
    _row("sqlite-utils insert --ignore", sqlite_utils, count, data=files)


def _row(name: str, command: tuple[str, ...], count: int, aim: str = "", data: list[str] | None = None) -> None:
    if not shutil.which(command[0]):
        print(f"{name:30} {'not installed':>13}")
        return
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE if data else None, stdout=subprocess.DEVNULL, env=ENVIRONMENT
    )
    if data and process.stdin:
        with process.stdin:
            for path in data:
                process.stdin.write(Path(path).read_bytes())
    if process.wait():
        raise SystemExit(f"{' '.join(command[:4])}: status {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:30} {used:8.1f} s {count / used:11,.0f} lines per second{aim}", flush=True)


if __name__ == "__main__":
    main()
