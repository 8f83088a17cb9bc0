"""Tests of ``--log-file`` and ``--log-json``: the record of a run for later review."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import PAGE_HTML, URL, Desk
from tests.servers import Request, Server, serve

QUICK = "[fetching]\npause = 0\nretries = 0\n"
LINE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d) (INFO|WARNING|ERROR|DEBUG) (\[.*?\] )?(.*)")


def source(name: str, url: str) -> str:
    return f'[[source]]\nname = "{name}"\nurl = "{url}"\ntimezone = "UTC"\n'


@pytest.fixture
def server() -> Iterator[Server]:
    with serve({"/good": PAGE_HTML}) as running:
        yield running


@pytest.fixture
def town(desk: Desk, server: Server) -> Desk:
    bad = server.url("/bad").replace("//", "//user:secret@")
    desk.configure(QUICK + source("good", server.url("/good")) + source("bad", bad))
    return desk


def lines(path: Path) -> list[tuple[str, ...]]:
    found = [LINE.fullmatch(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(found), path.read_text(encoding="utf-8")
    return [each.groups(default="")[1:] for each in found if each]


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_run_is_told_to_the_file(town: Desk) -> None:
    log = town.folder / "run.log"
    told = town.run("fetch", "--log-file", log, "-q", status=1).err
    assert len(told.splitlines()) == 1, "the log file must not change standard error"
    found = sorted(lines(log)[1:3], key=lambda line: line[0])
    assert lines(log)[0] == ("INFO", "", "ticker fetch: started")
    assert found[0][:2] == ("ERROR", "[bad] ") and found[0][2].endswith("/bad: HTTP 404 Not Found")
    assert found[1][:2] == ("INFO", "[good] ") and found[1][2].startswith("4 headlines, 4 new, article new: Bakers")
    assert re.fullmatch(
        r"ticker fetch: ended with status 1 after \d+\.\d s: 2 sources, 4 headlines, 4 new, 1 article new, 1 failed",
        lines(log)[3][2],
    )
    assert town.run("--log-file", log, "fetch", "-q").err == ""
    assert [line[2] for line in lines(log) if "skipped until" in line[2]]
    assert len([line for line in lines(log) if line[2] == "ticker fetch: started"]) == 2
    assert "secret" not in log.read_text(encoding="utf-8")


def test_json_in_the_file(town: Desk, server: Server) -> None:
    log = town.folder / "run.log"
    town.run("fetch", "--log-file", log, "--log-json", status=1)
    found = {event["event"]: event for event in objects(log.read_text(encoding="utf-8"))}
    assert set(found) == {"start", "fetched", "failed", "end"}
    assert all(datetime.fromisoformat(event["time"]).tzinfo and event["level"] for event in found.values())
    assert all(event["command"] == "ticker fetch" for event in found.values())
    good, bad, end = found["fetched"], found["failed"], found["end"]
    assert (good["source"], good["url"], good["headlines"], good["new"]) == ("good", server.url("/good"), 4, 4)
    assert (bad["source"], bad["url"], bad["error"]) == ("bad", server.url("/bad"), "HTTP 404")
    assert good["seconds"] > 0
    assert (end["status"], end["sources"], end["new"], end["failed"], end["skipped"]) == (1, 2, 4, 1, 0)
    assert end["seconds"] >= good["seconds"]


def test_json_on_stderr_is_all_that_is_there(town: Desk) -> None:
    assert [event["event"] for event in objects(town.run("fetch", "--log-json", "good").err)] == [
        "start", "fetched", "end",
    ]  # fmt: skip
    assert town.run("fetch", "--log-json", "-q", "good").err == ""
    (error,) = objects(town.run("fetch", "--log-json", "-q", "bad", status=1).err)
    assert (error["event"], error["level"]) == ("failed", "error")
    assert [event["event"] for event in objects(town.run("show", "0000000", "--log-json", status=1).err)] == [
        "start", "error", "end",
    ]  # fmt: skip


@pytest.mark.parametrize("command", [["list"], ["search", "bakers"], ["status"], ["stats"], ["sources", "list"]])
def test_every_command_may_be_logged(filled: Desk, command: list[str]) -> None:
    log = filled.folder / "run.log"
    out = filled.run(*command, status=None).out
    assert filled.run("--log-file", log, *command, status=None).out == out or command == ["status"]
    assert [line[2].partition(":")[0] for line in lines(log)] == [
        f"ticker {' '.join(command[:2] if command[0] == 'sources' else command[:1])}"
    ] * 2


def test_the_configuration_may_name_it(town: Desk) -> None:
    town.configure('log_file = "logs/run.log"\n' + town.config.read_text(encoding="utf-8"))
    assert "logs/run.log: No such file or directory" in town.run("fetch", "good", status=2).err
    (town.folder / "logs").mkdir()
    town.run("fetch", "good")
    assert len(lines(town.folder / "logs" / "run.log")) == 3
    town.run("fetch", "good", "--log-file", "other.log")
    assert len(lines(town.folder / "logs" / "run.log")) == 3
    assert len(lines(town.folder / "other.log")) == 3


@pytest.mark.parametrize("place", ["none/run.log", "folder"])
def test_a_place_that_cannot_be_written_is_one_error_before_any_work(town: Desk, server: Server, place: str) -> None:
    (town.folder / "folder").mkdir()
    told = town.run("fetch", "--log-file", place, status=2).err
    assert re.fullmatch(rf"ticker: cannot write log file .*{place}: .*\n", told)
    assert server.requests == []
    assert not town.archive.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_is_full_is_said_once_and_stops_nothing(town: Desk) -> None:
    told = town.run("fetch", "good", "--log-file", "/dev/full", "-q").err
    assert told == "ticker: log file /dev/full: No space left on device\n"
    assert len(town.stored()) == 4


def test_it_is_made_with_the_umask(town: Desk) -> None:
    log = town.folder / "run.log"
    before = os.umask(0o027)
    try:
        town.run("list", "--log-file", log, status=2)
    finally:
        os.umask(before)
    assert stat.S_IMODE(log.stat().st_mode) == 0o640


@pytest.mark.parametrize("way", ["rename", "copytruncate"])
def test_logrotate_may_rename_or_cut_it_while_a_run_goes_on(desk: Desk, way: str) -> None:
    released = threading.Event()

    def slow(request: Request) -> str:
        released.wait(30)
        return PAGE_HTML

    log, rotated = desk.folder / "run.log", desk.folder / "run.log.1"
    with serve({"/slow": slow}) as server:
        desk.configure(QUICK + source("a", server.url("/slow")))
        process = desk.start("fetch", "--log-file", log, stderr=subprocess.PIPE)
        while not server.count("/slow"):
            assert process.poll() is None
            time.sleep(0.02)
        if way == "rename":
            log.rename(rotated)
        else:
            rotated.write_bytes(log.read_bytes())
            os.truncate(log, 0)
        released.set()
        process.communicate(timeout=60)
    rest = rotated if way == "rename" else log
    assert lines(rest)[-1][2].startswith("ticker fetch: ended with status 0")
    assert b"\0" not in rest.read_bytes(), "the log must be appended at the current end of the file"
    desk.run("list", "--log-file", log)
    assert lines(log)[-1][2].startswith("ticker list: ended")


def test_runs_at_once_write_whole_lines(filled: Desk) -> None:
    log = filled.folder / "run.log"
    runs = [filled.start("list", "--log-file", log, stdout=subprocess.DEVNULL) for _ in range(6)]
    assert [run.wait(timeout=60) for run in runs] == [0] * 6
    assert len(lines(log)) == 12


@pytest.mark.parametrize("as_json", [False, True])
def test_what_a_page_says_is_made_harmless(desk: Desk, as_json: bool) -> None:
    evil = "Bakers\x1b[31m of\u202e the\u2028 old\x9b town\x7f"
    desk.save("page.html", PAGE_HTML.replace("Bakers of the old town", evil))
    log = desk.folder / "run.log"
    desk.run("fetch", "page.html", "--url", URL, "--log-file", log, *(["--log-json"] if as_json else []))
    text = log.read_text(encoding="utf-8")
    assert "old" in text and "town" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", text)
    assert len(text.split("\n")) == len(objects(text) if as_json else lines(log)) + 1
    desk.run("fetch", "a\nb\x1b.html", "--log-file", log, status=2)
    assert "\x1b" not in log.read_text(encoding="utf-8")


def test_warnings_of_the_library_are_told(town: Desk) -> None:
    log = town.folder / "run.log"
    town.run("fetch", "good")
    (town.archive / ".state" / "sources.sqlite").write_bytes(b"no database")
    told = town.run("fetch", "good", "--log-file", log).err
    assert "damaged; renamed to" in told
    assert [line[0] for line in lines(log) if "damaged; renamed to" in line[2]] == ["WARNING"]


def test_an_end_by_a_signal_is_told(desk: Desk) -> None:
    released = threading.Event()

    def slow(request: Request) -> str:
        released.wait(30)
        return PAGE_HTML

    log = desk.folder / "run.log"
    with serve({"/slow": slow}) as server:
        desk.configure(QUICK + source("a", server.url("/slow")))
        process = desk.start("fetch", "--log-file", log, stderr=subprocess.PIPE)
        while not server.count("/slow"):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        released.set()
    assert lines(log)[1][2] == "interrupted: 0 of 1 source fetched, all stored"
    assert lines(log)[2][0] == "ERROR" and "ended with status 143" in lines(log)[2][2]


def test_cron_s_line_logs_where_this_run_does(town: Desk) -> None:
    out = town.run("cron", "--log-file", "cron.log", "--log-json").out
    assert f"--log-file {town.folder}/cron.log --log-json fetch --quiet" in out


def test_the_shell_s_completion_logs_nothing(town: Desk) -> None:
    town.configure('log_file = "run.log"\n' + town.config.read_text(encoding="utf-8"))
    town.environment |= {"_TICKER_COMPLETE": "bash_complete", "COMP_WORDS": "ticker fetch g", "COMP_CWORD": "2"}
    assert "good" in town.run().out
    assert not (town.folder / "run.log").exists()


def test_a_pipe_that_nobody_reads_is_no_log_file(desk: Desk) -> None:
    os.mkfifo(desk.folder / "pipe")
    told = desk.run("list", "--log-file", "pipe", status=2)
    assert "cannot write log file" in told.err and "pipe: " in told.err
