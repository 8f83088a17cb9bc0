"""SIGINT, SIGTERM and SIGHUP: a run completes its current write and reports its progress."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.cli.desk import PAGE_HTML, PROGRAM, ROOT, Desk
from tests.servers import Request, Server, serve
from tests.test_pipeline import is_alive, parsers_of

QUICK = "jobs = 30\n[fetching]\npause = 0\nretries = 0\nignore_robots = true\n"
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(autouse=True)
def _signals_as_from_a_terminal() -> Iterator[None]:
    """Restore the default signal handlers: under nohup, children would inherit an ignored SIGHUP."""
    ignored = [number for number in SIGNALS if signal.getsignal(number) == signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@dataclass
class Town:
    """A desk with sources that answer and sources that never answer, each on its own host."""

    desk: Desk
    servers: list[Server] = field(default_factory=list)

    def configure(self, quick: int, slow: int) -> None:
        """Configure this many sources of each kind."""
        text = QUICK
        for number in range(quick + slow):
            path = "/quick" if number < quick else "/slow"
            url = f"http://127.0.0.{number + 1}:{self.servers[0].port}{path}"
            text += f'[[source]]\nname = "s{number}"\nurl = "{url}"\ntimezone = "UTC"\n'
        self.desk.configure(text)


@pytest.fixture
def town(desk: Desk) -> Iterator[Town]:
    released = threading.Event()

    def never(request: Request) -> str:
        released.wait(60)
        return PAGE_HTML

    with serve({"/quick": PAGE_HTML, "/slow": never}, host="0.0.0.0") as server:
        yield Town(desk, [server])
        released.set()


def start(desk: Desk, *arguments: str | Path) -> subprocess.Popen[bytes]:
    return desk.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)


def wait_for(condition: object, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while not condition():  # type: ignore[operator]
        assert process.poll() is None and time.monotonic() < until, process.communicate()
        time.sleep(0.02)


def heeds_signals(process: subprocess.Popen[bytes], number: int = signal.SIGTERM) -> bool:
    """Return whether the process has installed its handler of the signal."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    caught = int(status.partition("SigCgt:")[2].split()[0], 16)
    return bool(caught >> (number - 1) & 1)


@pytest.mark.parametrize("number", SIGNALS)
def test_what_was_fetched_till_then_is_stored_and_told(town: Town, number: signal.Signals) -> None:
    town.configure(quick=3, slow=2)
    process = start(town.desk, "fetch", "--json")
    wait_for(lambda: town.desk.archive.exists() and len(town.desk.stored()) == 12, process)
    began = time.monotonic()
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - began < 10
    assert process.returncode == 128 + number
    assert err.decode() == "ticker: interrupted: 3 of 5 sources fetched, 12 headlines new, all stored\n"
    assert sorted(out.decode().splitlines()) == sorted(town.desk.stored() + town.desk.stored("articles"))
    assert town.desk.run("fetch", "s0", "s1", "s2").err.startswith("3 sources, 12 headlines, 0 new")


def test_what_came_in_just_now_is_parsed_and_stored(town: Town) -> None:
    """The signal arrives while a long page, already fetched, is parsed."""
    paragraphs = "".join(f"<p>{'A sentence of the bakers, and another one. ' * 9}{n}</p>" for n in range(12_000))
    body = PAGE_HTML.replace("</article>", paragraphs + "</article>")
    assert len(body) > 4_000_000
    town.servers[0].routes["/quick"] = body
    town.configure(quick=1, slow=1)
    process = start(town.desk, "fetch")
    wait_for(lambda: town.servers[0].count("/quick"), process)
    time.sleep(0.3)  # time for the page to arrive
    assert not town.desk.archive.exists() or not town.desk.stored()
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 143
    assert err.decode() == "ticker: interrupted: 1 of 2 sources fetched, 4 headlines new, all stored\n"
    assert len(town.desk.stored()) == 4


def test_a_run_that_is_ended_counts_no_source_as_failed(town: Town) -> None:
    town.configure(quick=1, slow=2)
    process = start(town.desk, "fetch")
    wait_for(lambda: town.servers[0].count("/slow") == 2 and town.desk.archive.exists(), process)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    town.servers[0].routes["/slow"] = PAGE_HTML
    told = town.desk.run("fetch").err
    assert told.startswith("3 sources") and "skipped" not in told


def test_no_process_is_left_behind(town: Town) -> None:
    town.configure(quick=12, slow=1)
    process = start(town.desk, "fetch", "-q")
    wait_for(lambda: town.desk.archive.exists() and len(town.desk.stored()) == 48, process)
    parsers = parsers_of(process.pid)
    assert parsers
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=60)[1].startswith(b"ticker: interrupted: 12 of 13 sources fetched")
    assert not any(map(is_alive, parsers))


def test_a_service_that_is_stopped_with_all_its_processes_loses_nothing(town: Town) -> None:
    town.configure(quick=12, slow=1)
    process = start(town.desk, "fetch", "-q")
    wait_for(lambda: parsers_of(process.pid), process)
    for parser in parsers_of(process.pid):
        for _ in range(200):  # before it has installed its handlers, the signal would kill it
            if b"\x00-m\x00ticker.pipeline.worker" in Path(f"/proc/{parser}/cmdline").read_bytes():
                break
            time.sleep(0.01)
    wait_for(lambda: town.desk.archive.exists() and len(town.desk.stored()) >= 4, process)
    for pid in [*parsers_of(process.pid), process.pid]:  # as systemd stops a service
        subprocess.run(["kill", "-TERM", str(pid)], check=True)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 143
    assert err.decode().count("\n") == 1, "no page may count as failed"


def test_a_second_signal_ends_at_once(desk: Desk) -> None:
    """The first signal waits for the lock of another process; the second must not wait."""
    desk.save("page.html", PAGE_HTML)
    desk.archive.mkdir()
    with (desk.archive / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start(desk, "fetch", "page.html")
        folder = Path(f"/proc/{process.pid}/fd")
        wait_for(lambda: any(str(fd.readlink()).endswith("/.lock") for fd in folder.iterdir()), process)
        process.send_signal(signal.SIGTERM)
        time.sleep(1)
        assert process.poll() is None, "the run must wait to store the fetched pages"
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=5)
    assert (process.returncode, err.decode()) == (143, "ticker: interrupted\n")


def test_signals_that_are_ignored_stay_so(town: Town) -> None:
    town.configure(quick=1, slow=1)
    process = subprocess.Popen(
        ["bash", "-c", "trap '' HUP; exec \"$@\"", "nohup", *PROGRAM, "fetch"],
        cwd=town.desk.folder,
        env=town.desk.variables(),
        stderr=subprocess.PIPE,
    )
    wait_for(lambda: town.servers[0].count("/slow"), process)
    assert heeds_signals(process) and not heeds_signals(process, signal.SIGHUP)
    process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 143


def lines(count: int) -> str:
    return "".join(
        json.dumps({"time": f"2024-01-{n % 28 + 1:02}T12:00:00Z", "source": "a", "title": f"Headline number {n}"})
        + "\n"
        for n in range(count)
    )


@pytest.mark.parametrize("number", SIGNALS)
def test_an_import_ends_after_the_batch_that_it_stores(desk: Desk, number: signal.Signals) -> None:
    desk.save("lines.jsonl", lines(100_000))
    process = start(desk, "import", "--json", "lines.jsonl")
    first = process.stdout.readline()  # type: ignore[union-attr]
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    told = (first + out).decode().splitlines()
    assert sorted(told) == sorted(desk.stored()), "the printed and the stored records must be the same"
    assert len(told) < 100_000
    assert err.decode().splitlines()[-1] == "ticker: interrupted"
    assert f"{len(told):,} new" in err.decode()


def test_an_import_that_waits_for_input_ends_at_once(desk: Desk) -> None:
    process = desk.start("import", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_for(lambda: heeds_signals(process), process)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=5)
    assert process.returncode == 143


@pytest.mark.parametrize("number", SIGNALS)
def test_compact_leaves_the_month_that_it_is_at_as_it_was(desk: Desk, number: signal.Signals) -> None:
    folder = desk.archive / "headlines" / "2024"
    folder.mkdir(parents=True)
    for day in range(1, 4):  # enough data that compression takes several seconds
        text = "".join(f'{{"time": "2024-01-{day:02}T12:00Z", "title": "{n} {n * n}"}}\n' for n in range(200_000))
        (folder / f"2024-01-{day:02}.jsonl").write_text(text, encoding="utf-8")
    before = desk.stored()
    process = start(desk, "compact")
    fresh = folder / ".new-2024-01.jsonl.zst"
    wait_for(fresh.exists, process)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert err.decode().splitlines()[-1] == "ticker: interrupted"
    assert not fresh.exists()
    assert desk.stored() == before


def test_an_interrupt_while_the_program_is_loaded_ends_it_in_silence(desk: Desk) -> None:
    # This replaces a module that the program imports early.
    desk.save("click.py", "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(9)\n")
    desk.environment = {"PYTHONPATH": os.pathsep.join([str(desk.folder), str(ROOT)])}
    process = desk.start("list", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.communicate(timeout=60) == (b"", b"")
    assert process.returncode == -signal.SIGINT
