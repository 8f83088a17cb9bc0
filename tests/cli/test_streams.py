"""Standard output that is closed or a broken pipe: errors without data loss, with their own exit statuses."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.desk import PROGRAM, Desk


def shell(desk: Desk, script: str) -> subprocess.CompletedProcess[str]:
    """Run a bash script that calls the program as ``$T``."""
    return subprocess.run(
        ["bash", "-c", script],
        env={**desk.variables(), "T": shlex.join(PROGRAM)},
        cwd=desk.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("place", [">&-", ">&- <&-", ">/dev/full"])
def test_what_cannot_be_written_is_an_error_and_moves_no_mark(filled: Desk, place: str) -> None:
    if ">/dev/full" in place and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    done = shell(filled, f"$T search night --new --as alert {place}")
    assert done.returncode == 2
    assert done.stderr.startswith("ticker: ") and len(done.stderr.splitlines()) == 1
    seen = filled.run("search", "night", "--new", "--as", "alert", status=None)
    assert seen.lines == filled.run("search", "night", "--reverse", status=None).lines != []
    assert filled.run("search", "night", "--new", "--as", "alert", status=1).out == ""


@pytest.mark.parametrize(
    "command", ["list", "list --json", "tail", "--help", "fetch --help", "--version", "export --format csv"]
)
def test_data_for_a_closed_standard_output_is_an_error(filled: Desk, command: str) -> None:
    done = shell(filled, f"$T {command} >&-")
    assert (done.returncode, done.stderr) == (2, "ticker: standard output: Bad file descriptor\n")


@pytest.mark.parametrize("command", ["fetch page.html", "verify", "import archive -q"])
def test_commands_that_write_no_data_do_not_need_it(filled: Desk, command: str) -> None:
    assert shell(filled, f"$T {command} >&-").returncode == 0


@pytest.mark.parametrize("command", ["--help", "--version", "fetch --help", "sources --help", "list"])
def test_a_pipe_that_nobody_reads_gives_the_status_of_sigpipe(filled: Desk, command: str) -> None:
    # The reader exits before the program starts.
    done = shell(filled, f'exec 3> >(true); sleep 0.2; $T {command} >&3; echo "$?" >&2')
    assert done.stderr == "141\n"
