"""Completion in real shells: typed text, a TAB, and the words that the shell passes on."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.cli.desk import PROGRAM, Desk

HOME, END = "\x01", "\x05"
_STARTS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
_SETUP = {
    "bash": 'PS1="$ "; eval "$(_TICKER_COMPLETE=bash_source ticker)"',
    "zsh": "autoload -Uz compinit; compinit -u -D; unsetopt beep; bindkey -e; "
    'eval "$(_TICKER_COMPLETE=zsh_source ticker)"',
    "fish": "_TICKER_COMPLETE=fish_source ticker | source",
}
# Prints the arguments that the shell passes, in angle brackets.
_ECHO = "shown"


class Shell:
    """A shell on a terminal, with completion for ``ticker``."""

    def __init__(self, name: str, desk: Desk) -> None:
        program = desk.save("ticker", f'#!/bin/sh\nexec {" ".join(PROGRAM)} "$@"\n')
        echo = desk.save(_ECHO, '#!/bin/sh\nprintf "ANSWER"; printf "<%s>" "$@"; printf "\\nDONE%s\\n" ""\n')
        for path in (program, echo):
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
        variables = desk.variables()
        environment = {
            **variables,
            "PATH": f"{desk.folder}:{variables['PATH']}",
            "TERM": "xterm",
            "HOME": str(desk.folder),
            "HISTFILE": "",
        }
        master, slave = pty.openpty()
        self._master = master
        self._process = subprocess.Popen(
            _STARTS[name], stdin=slave, stdout=slave, stderr=slave, cwd=desk.folder, env=environment,
            start_new_session=True, preexec_fn=_take_terminal,
        )  # fmt: skip
        os.close(slave)
        self.type(f"{_SETUP[name]}; {_ECHO} ready\r")
        self.read_until("DONE")

    def type(self, keys: str) -> None:
        """Send keys to the terminal."""
        os.write(self._master, keys.encode())

    def read_until(self, text: str, seconds: float = 30) -> str:
        """Return the output up to ``text`` and the prompt after it."""
        shown, end, is_quiet = "", time.monotonic() + seconds, False
        while text not in shown or not is_quiet:
            assert time.monotonic() < end, shown
            is_quiet = not select.select([self._master], [], [], 0.3)[0]
            if not is_quiet:
                shown += os.read(self._master, 65536).decode("utf-8", "replace")
        return shown

    def words(self, line: str) -> list[str]:
        """Complete ``line`` by a TAB and return the words that the shell passes on."""
        self.type(f"{line}\t{HOME}{_ECHO} {END}\r")
        shown = self.read_until("DONE")
        found = re.search(r"ANSWER((?:<[^>]*>)*)", shown)
        assert found, shown
        return re.findall(r"<([^>]*)>", found[1])

    def offered(self, line: str, *expected: str) -> str:
        """Press TAB, wait until all of ``expected`` is shown, and return the output; then clear the line."""
        self.type(f"{line}\t\t\t")
        shown, end = "", time.monotonic() + 30
        while not all(word in shown for word in expected):
            assert time.monotonic() < end, shown
            if select.select([self._master], [], [], 0.2)[0]:
                shown += os.read(self._master, 65536).decode("utf-8", "replace")
        self.type("\x03")
        return shown

    def end(self) -> None:
        """Kill the shell and close its terminal."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._master)


def _take_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture(params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest, filled: Desk) -> Iterator[Shell]:
    """Yield a shell with sources to complete; skip the test if the shell is not installed."""
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    names = ("gazette", "The Daily Mail", "l'Équipe", "host.example:8080")
    filled.configure(
        "".join(f'[[source]]\nname = "{name}"\nurl = "https://{n}.example/"\n' for n, name in enumerate(names))
    )
    filled.save("gazebo.html", "")
    opened = Shell(request.param, filled)
    yield opened
    opened.end()


def test_names_are_completed_and_escaped(shell: Shell) -> None:
    assert shell.words("ticker fetch gazet") == ["ticker", "fetch", "gazette"]
    assert shell.words("ticker fetch The") == ["ticker", "fetch", "The Daily Mail"]
    assert shell.words("ticker fetch l\\'") == ["ticker", "fetch", "l'Équipe"]
    assert shell.words("ticker fetch host") == ["ticker", "fetch", "host.example:8080"]
    assert shell.words("ticker fetch host.example:80") == ["ticker", "fetch", "host.example:8080"]
    assert shell.words("ticker fetch page.h") == ["ticker", "fetch", "page.html"]
    assert shell.words("ticker sources check The\\ D") == ["ticker", "sources", "check", "The Daily Mail"]
    assert shell.words('ticker sources check "The D') == ["ticker", "sources", "check", "The Daily Mail"]
    assert shell.words("ticker list --source gaz") == ["ticker", "list", "--source", "gazette"]
    assert shell.words("ticker search --sou") == ["ticker", "search", "--source"]
    assert shell.words("ticker hist") == ["ticker", "history"]
    assert shell.words("ticker help lis") == ["ticker", "help", "list"]


def test_archived_sources_are_offered_where_the_archive_is_read(shell: Shell) -> None:
    assert shell.words("ticker list --source new") == ["ticker", "list", "--source", "news.example"]
    assert shell.words("ticker fetch new") == ["ticker", "fetch", "new"]


def test_names_and_files_are_offered_together(shell: Shell) -> None:
    shell.offered("ticker fetch gaz", "gazette", "gazebo.html")
