"""A desk: the program in a separate process, with its own configuration and archive."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.cli.fork_server import ForkServer

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "ticker")
# Root bypasses file permissions. Dropping these capabilities makes them apply to the program; other users have none.
# (24 is PR_CAPBSET_DROP, 1 is CAP_DAC_OVERRIDE, 2 is CAP_DAC_READ_SEARCH.)
_WITHOUT_OVERRIDE = """
import ctypes, os, sys
for capability in (1, 2):
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
_PATIENCE = 60  # seconds
# Python reads these variables when it starts.
_READ_AT_START = ("LANG", "LC_", "PYTHON")
HEEDING_PERMISSIONS = (sys.executable, "-c", _WITHOUT_OVERRIDE, *PROGRAM[1:])


@dataclass
class Result:
    """The exit status and the output of a run."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Return the lines of standard output."""
        return self.out.splitlines()


@dataclass
class Desk:
    """A folder with a configuration file and an archive, and the program that uses them."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = PROGRAM

    @property
    def config(self) -> Path:
        """Return the path of the configuration file."""
        return self.folder / "config.toml"

    @property
    def archive(self) -> Path:
        """Return the path of the archive."""
        return self.folder / "archive"

    def variables(self) -> dict[str, str]:
        """Return the environment variables of a run."""
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
        here = {"TICKER_CONFIG": str(self.config), "TICKER_ARCHIVE": str(self.archive), "TZ": "UTC", "LANG": "C.UTF-8"}
        here["PAGER"] = "cat"  # an interactive pager would wait for a key
        return {
            **kept,
            "PYTHONPATH": os.pathsep.join([str(ROOT), kept.get("PYTHONPATH", "")]),
            **here,
            **self.environment,
        }

    def run(self, *arguments: str | Path, stdin: bytes = b"", status: int | None = 0) -> Result:
        """Run the program and check its exit status, unless ``status`` is None."""
        done = self._run(list(map(str, arguments)), stdin)
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert status is None or result.status == status, f"status {result.status}\n{result.out}\n{result.err}"
        assert "Traceback" not in result.err
        return result

    def _run(self, arguments: list[str], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
        environment = self.variables()
        if self.program == PROGRAM and not any(name.startswith(_READ_AT_START) for name in self.environment):
            done = _fork_server().run(arguments, stdin, self.folder, environment, _PATIENCE)
            if done is not None:
                return done
        return subprocess.run(
            [*self.program, *arguments],
            input=stdin,
            capture_output=True,
            cwd=self.folder,
            env=environment,
            timeout=_PATIENCE,
            check=False,
        )

    def start(self, *arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
        """Start the program and return without waiting for it."""
        return subprocess.Popen([*self.program, *map(str, arguments)], cwd=self.folder, env=self.variables(), **options)

    def on_terminal(
        self, *arguments: str | Path, columns: int = 80, out: bool = True, err: bool = True, status: int = 0
    ) -> str:
        """Return what a terminal shows; if ``out`` or ``err`` is false, that stream is discarded."""
        shown, ended = self.show_on_terminal(*arguments, columns=columns, out=out, err=err)
        assert ended == status, shown
        return shown

    def show_on_terminal(
        self, *arguments: str | Path, columns: int = 80, out: bool = True, err: bool = True
    ) -> tuple[str, int]:
        """Return what a terminal shows, as ``on_terminal`` does, and the exit status."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        # Runs do not inherit TERM.
        self.environment = {"TERM": "xterm-256color", **self.environment}
        process = self.start(
            *arguments,
            stdin=subprocess.DEVNULL,
            stdout=slave if out else subprocess.DEVNULL,
            stderr=slave if err else subprocess.DEVNULL,
        )
        os.close(slave)
        shown = b""
        with contextlib.suppress(OSError):  # Linux reports the end of a terminal as an error
            while piece := os.read(master, 65536):
                shown += piece
        os.close(master)
        return shown.decode().replace("\r\n", "\n"), process.wait(timeout=60)

    def configure(self, text: str) -> None:
        """Write the configuration file."""
        self.config.write_text(text, encoding="utf-8")

    def save(self, name: str, text: str | bytes) -> Path:
        """Write a file in the folder and return its path."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def stored(self, kind: str = "headlines") -> list[str]:
        """Return the lines of all day files, in the order of the files' paths."""
        files = sorted((self.archive / kind).rglob("*.jsonl"))
        return [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def _fork_server() -> ForkServer:
    """Return the server of this process; it starts with the variables of a desk that adds none."""
    return ForkServer(Desk(ROOT).variables())


PAGE_HTML = Path(__file__).with_name("bakers.html").read_text(encoding="utf-8")
PAGE_TEXT = Path(__file__).with_name("bakers.txt").read_text(encoding="utf-8")
AT = "2025-06-12 21:30"
URL = "https://news.example/articles/bakers/10"
