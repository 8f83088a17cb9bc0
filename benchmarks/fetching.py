"""Benchmark of a whole run against a Scrapy spider: ``python benchmarks/fetching.py [--pages DIR]``.

``ticker fetch`` fetches, parses and archives 1,000 pages from eight hosts (127.0.0.1 to .8, nginx). Scrapy fetches them
too, parses them with trafilatura in its callback and writes JSON Lines. Pauses and robots.txt are off. Each run is a
whole process, with a quarter of the pages and with all, which shows whether memory grows with their number. Memory is
the sampled peak of the resident memory of all processes of a run.

The pages are the ``*.html`` below DIR, by default the fixture pages of the tests, repeated on other hosts each round.
nginx is the system's (``apt-get install nginx-light``). The interpreter ``--peer-python`` needs ``pip install scrapy
trafilatura lxml_html_clean``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

# Seconds between two samples of the memory. Each sample takes 2 ms of CPU time from processes that use all CPUs.
_EVERY = 0.25
HERE = Path(__file__).resolve().parent
HOSTS = [f"127.0.0.{number}" for number in range(1, 9)]
NGINX = """\
daemon off;
worker_processes 1;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    default_type text/html;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
{listen}
        root {folder}/pages;
    }}
}}
"""


@dataclass(frozen=True, slots=True)
class Run:
    """The cost of a process: wall clock and processor time in seconds, and peak memory in bytes."""

    seconds: float
    processor: float
    memory: int


def main() -> None:
    """Print pages per second of both programs, their ratio, processor time and peak memory."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=Path, default=HERE.parent / "tests" / "fixtures" / "pages")
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--jobs", type=int, default=len(HOSTS), help="hosts that ticker fetch uses at a time")
    options.add_argument("--peer-python", default=sys.executable, metavar="PATH")
    options.add_argument("--no-peer", action="store_true", help="measure only ticker")
    chosen = options.parse_args()
    files = sorted(chosen.pages.rglob("*.html"))
    if not files:
        options.error(f"no .html files in {chosen.pages}")
    if not shutil.which("nginx", path=f"{os.environ.get('PATH')}:/usr/sbin"):
        options.error("nginx is not installed")
    with TemporaryDirectory() as name:
        folder = Path(name)
        with nginx(folder, files, chosen.count) as addresses:
            size = sum(files[number % len(files)].stat().st_size for number in range(chosen.count)) / chosen.count
            cores = len(os.sched_getaffinity(0))
            print(f"{chosen.count} pages of {size / 1000:.0f} kB on average from {len(HOSTS)} hosts, {cores} cores")
            for count in (chosen.count // 4, chosen.count):
                ours = ticker(folder, addresses[:count], chosen.jobs)
                _print("ticker fetch", count, ours)
                if not chosen.no_peer:
                    theirs = scrapy(folder, addresses[:count], chosen.peer_python)
                    _print("Scrapy", count, theirs)
                    ratio = theirs.seconds / ours.seconds
                    print(f"{'':14}{count:5} pages: {ratio:.1f} times as fast (aim: at least 4)")


def ticker(folder: Path, addresses: Sequence[str], jobs: int) -> Run:
    """Run ``ticker fetch`` into a new archive; a page without content (status 1) is not an error here."""
    config = folder / "config.toml"
    config.write_text(f'archive = "{folder}/archive"\njobs = {jobs}\n[fetching]\npause = 0\n', encoding="utf-8")
    shutil.rmtree(folder / "archive", ignore_errors=True)
    arguments = ["-m", "ticker", "fetch", "--config", str(config), "--ignore-robots", *addresses]
    path = os.pathsep.join(filter(None, [str(HERE.parent), os.environ.get("PYTHONPATH")]))
    return measured([sys.executable, *arguments], {**os.environ, "PYTHONPATH": path})


def scrapy(folder: Path, addresses: Sequence[str], python: str) -> Run:
    """Run the peer, and exit if a page failed."""
    (folder / "addresses").write_text("\n".join(addresses), encoding="utf-8")
    out = folder / "articles.jsonl"
    out.unlink(missing_ok=True)
    run = measured([python, str(HERE / "peer_spider.py"), str(folder / "addresses"), str(out)], dict(os.environ))
    lines = out.read_bytes().count(b"\n")
    if lines != len(addresses):
        sys.exit(f"Scrapy wrote {lines} of {len(addresses)} pages")
    return run


def measured(command: Sequence[str], environment: dict[str, str]) -> Run:
    """Run a command in a new session, which identifies its processes, and exit if it fails.

    Modules are compiled to files, as pip does for an installed program, also if the environment disables that.
    """
    environment = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    memory, looked = 0, began
    while True:
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
        if done:
            break
        if time.perf_counter() - looked > _EVERY:
            memory, looked = max(memory, _resident(process.pid)), time.perf_counter()
        time.sleep(0.02)
    seconds = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{' '.join(command[:4])} ... failed")
    return Run(seconds, usage.ru_utime + usage.ru_stime, memory)


@contextmanager
def nginx(folder: Path, files: Sequence[Path], count: int) -> Iterator[list[str]]:
    """Serve ``count`` pages on all hosts during the block, and yield their URLs."""
    (folder / "pages").mkdir()
    port = _free_port()
    addresses = []
    for number in range(count):
        taken, rounds = number % len(files), number // len(files)
        path = folder / "pages" / f"{taken}-{rounds}.html"
        path.symlink_to(files[taken].resolve())
        addresses.append(f"http://{HOSTS[(taken + rounds) % len(HOSTS)]}:{port}/{path.name}")
    listen = "\n".join(f"        listen {host}:{port};" for host in HOSTS)
    user = "user root;" if os.geteuid() == 0 else ""  # nginx's default user cannot read the folder
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, listen=listen, user=user), encoding="utf-8")
    program = shutil.which("nginx", path=f"{os.environ.get('PATH')}:/usr/sbin") or "nginx"
    process = subprocess.Popen([program, "-e", f"{folder}/error.log", "-c", str(config)])
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex((HOSTS[-1], port)) == 0:
                    break
            time.sleep(0.05)
        yield addresses
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("", 0))
        return int(probe.getsockname()[1])


def _resident(session: int) -> int:
    """Return the resident bytes of all processes of a session; shared pages count for each process."""
    total = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # the process has ended
            continue
        if int(fields[3]) == session:
            total += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    return total


def _print(name: str, count: int, run: Run) -> None:
    print(
        f"{name:14}{count:5} pages in {run.seconds:6.1f} s: {count / run.seconds:6.1f} per second,"
        f" {1000 * run.processor / count:5.1f} ms of CPU each, peak memory {run.memory / 1e6:4.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()
