"""The whole program: entry points, help, errors and exit statuses."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.cli.desk import PROGRAM, ROOT, Desk
from tests.servers import serve
from ticker.cli.main import COMMANDS, cli

HEAVY = ("requests", "bs4", "lxml", "rich", "tomlkit", "dateutil", "platformdirs", "sqlite3")


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS), ("sources", "add"), ("sources", "check")])
def test_every_command_explains_itself(desk: Desk, command: tuple[str, ...], option: str) -> None:
    result = desk.run(*command, option)
    assert result.out.startswith("Usage: " + " ".join(("ticker", *command)))
    assert "Example" in result.out
    assert result.err == ""


def test_help_imports_nothing_that_is_slow_to_import() -> None:
    code = (
        "import sys\nfrom ticker.cli.main import run\nrun(['--help'])\n"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_of_commands_says_what_each_says_of_itself(name: str) -> None:
    import click

    command = cli.get_command(click.Context(cli), name)
    assert command and command.name == name
    assert (command.help or "").splitlines()[0] == COMMANDS[name][1]


def test_version(desk: Desk) -> None:
    from ticker import __version__

    assert desk.run("--version").out == desk.run("-V").out == f"ticker {__version__}\n"


@pytest.mark.parametrize("arguments", [("fetch", "none.html"), ("import", "none.jsonl")])
def test_no_index_is_taken_where_it_changes_nothing_and_is_not_shown(desk: Desk, arguments: tuple[str, str]) -> None:
    assert "--no-index" not in desk.run(arguments[0], "--help").out
    with_it, without = (desk.run(*arguments, *option, status=None) for option in (("--no-index",), ()))
    assert with_it.err == without.err and "none." in with_it.err


def test_help_is_a_command_too(desk: Desk) -> None:
    assert desk.run("help").out == desk.run("--help").out
    assert desk.run("help", "list").out == desk.run("list", "--help").out
    assert desk.run("help", "sources", "add").out == desk.run("sources", "add", "--help").out


def test_alone_on_a_terminal_it_shows_a_newcomer_what_to_type(desk: Desk) -> None:
    shown = desk.on_terminal(columns=60, status=2)
    commands = [line.strip() for line in shown.splitlines() if line.startswith("  ticker ")]
    assert commands == ["ticker sources add https://news.example/", "ticker fetch", "ticker list"]
    assert max(map(len, shown.splitlines())) <= 60
    assert "Commands:" in desk.run(status=2).err
    desk.run("sources", "add", "https://news.example/")
    assert "Commands:" in desk.on_terminal(status=2)


def test_a_checkout_s_cli_py_is_the_same_program(desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "cli.py", "--version"], capture_output=True, text=True, cwd=desk.folder, check=True
    )
    assert done.stdout == desk.run("--version").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lst"], r"ticker: no such command 'lst'; did you mean list\? See 'ticker --help'"),
        (
            ["list", "--sinse", "x"],
            r"ticker: no such option '--sinse'; did you mean --since.*\? See .*",
        ),
        (["list", "--limit", "many"], r"ticker: .*'many' is not a valid integer.*; see 'ticker list --help'"),
        (["show"], r"ticker: missing argument 'ID\|URL'; see 'ticker show --help'"),
        (["search"], r"ticker: missing argument .*; see 'ticker search --help'"),
        (["list", "--since", "someday"], r"ticker: .*'someday'.*"),
        (["fetch", "page.html"], r"ticker: page\.html: no such file"),
        (["fetch", "nothing"], r"ticker: 'nothing' is not a configured source, a URL or a file; .*"),
        (["fetch", "."], r"ticker: \. is a folder; give the pages in it, such as \*\.html"),
        (["fetch", ""], r"ticker: '' is not a configured source, a URL or a file; .*"),
        (["fetch", "ftp://a.example/"], r"ticker: invalid URL 'ftp://a\.example/'; try one such as .*"),
        (["fetch", "http://[::1"], r"ticker: invalid URL 'http://\[::1'; try one such as .*"),
        (["parse", "https://"], r"ticker: invalid URL 'https://'; try one such as .*"),
        (["list", "--since", ""], r"ticker: invalid time ''; .*"),
        (["list", "--until", ""], r"ticker: invalid time ''; .*"),
        (
            ["list", "--since", "gestern"],
            r"ticker: invalid time 'gestern'; use ISO 8601, .*",
        ),
        (["search", "x", "--since", "2026", "--until", "2025"], r"ticker: --since 2026 is after --until 2025; .*"),
        (["fetch"], r"ticker: .*config\.toml: no source is configured; add one with 'ticker sources add URL'"),
        (["fetch", "https://a.example/", "--at", "yesterday"], r"ticker: --url and --at require a saved page; .*"),
        (["--config", "none.toml", "list"], r"ticker: .*none\.toml: no such configuration file; .*"),
        (["search", "-e", "("], r"ticker: invalid regular expression '\(': .*"),
        (
            ["search", "-xyz"],
            r"ticker: .*; put '--' before a pattern that starts with a minus: ticker search -- -WORD; .*",
        ),
        (["list", "night ferry"], r"ticker: list takes no pattern; to search: ticker search 'night ferry'; see .*"),
        (["--color", "red", "list"], r"ticker: .*'red' is not one of 'auto', 'always', 'never'; .*"),
        (["help", "lst"], r"ticker: no such command 'lst'; did you mean list\? .*"),
        (["search", ""], r"ticker: .*nothing to search for.*"),
    ],
)
def test_wrong_usage_is_answered_in_one_line(desk: Desk, arguments: list[str], message: str) -> None:
    result = desk.run(*arguments, status=2)
    assert re.fullmatch(message + "\n", result.err), result.err
    assert result.out == ""


def test_options_count_before_and_after_the_command(filled: Desk) -> None:
    expected = filled.run("list").out
    assert expected
    elsewhere = {"TICKER_ARCHIVE": "/nowhere"}
    filled.environment = elsewhere
    assert filled.run("--archive", filled.archive, "list").out == expected
    assert filled.run("list", "--archive", filled.archive).out == expected
    assert filled.run("--archive", "/nowhere/else", "list", "--archive", filled.archive).out == expected
    assert filled.run("sources", "--config", filled.config, "add", "https://a.example/", "-q").err == ""
    assert filled.run("-q", "sources", "list", "--config", filled.config).out == "a.example\thttps://a.example/\t\n"


def test_a_closed_pipe_ends_quietly(filled: Desk) -> None:
    line = filled.stored()[0]
    day = next((filled.archive / "headlines").rglob("*.jsonl"))
    day.write_text((line + "\n") * 20_000, encoding="utf-8")
    command = f"{' '.join(PROGRAM)} list | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, cwd=filled.folder, env=filled.variables(), check=True
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 2
    assert done.stdout.splitlines()[1] == "141"


def test_an_output_that_is_closed_at_once_is_quiet_too(filled: Desk) -> None:
    read, write = os.pipe()
    os.close(read)
    process = filled.start("list", stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said(filled: Desk) -> None:
    with Path("/dev/full").open("w") as full:
        process = filled.start("list", stdout=full, stderr=subprocess.PIPE)
    assert process.communicate(timeout=60)[1] == b"ticker: standard output: No space left on device\n"
    assert process.returncode == 2


@pytest.mark.parametrize(
    ("command", "err", "status"),
    [
        ("fetch page.html --dry-run --json 2>&- >&-", "", 2),
        ("fetch - <&-", "ticker: -: standard input is empty\n1 source, 0 headlines, 0 new, 1 failed\n", 1),
        ("parse - <&- 2>&1", "", 1),
    ],
)
def test_streams_that_are_closed_at_the_start(filled: Desk, command: str, err: str, status: int) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{' '.join(PROGRAM)} {command}"],
        capture_output=True,
        text=True,
        cwd=filled.folder,
        env=filled.variables(),
        check=False,
    )
    assert (done.returncode, done.stderr) == (status, err), done


def test_ctrl_c_ends_at_once_with_one_line(desk: Desk) -> None:
    released = threading.Event()

    def never(request: object) -> str:
        released.wait(20)
        return ""

    with serve({"/": never}) as server:
        process = desk.start("fetch", server.url("/"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while not server.count("/") and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        out, err = process.communicate(timeout=20)
        assert time.monotonic() - began < 5
        released.set()
    assert process.returncode == 130
    assert err.decode() == "ticker: interrupted: 0 of 1 source fetched, all stored\n"
    assert out == b""
