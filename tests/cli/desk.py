"""The program run as a user runs it: a process of its own, with a configuration and an archive of its own."""

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
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "ticker")
# Root may read and write everything: by this a process that root starts heeds permissions as everyone else's does.
# (24 is PR_CAPBSET_DROP, 1 and 2 are CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH; who is not root has none to drop.)
_WITHOUT_OVERRIDE = """
import ctypes, os, sys
for capability in (1, 2):
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
HEEDING_PERMISSIONS = (sys.executable, "-c", _WITHOUT_OVERRIDE, *PROGRAM[1:])


@dataclass
class Result:
    """What a run gave."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass
class Desk:
    """A user's place: a folder with a configuration file and an archive, and the program."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = PROGRAM

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    def variables(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
        here = {"TICKER_CONFIG": str(self.config), "TICKER_ARCHIVE": str(self.archive), "TZ": "UTC", "LANG": "C.UTF-8"}
        here["PAGER"] = "cat"  # which nobody would leave
        return {
            **kept,
            "PYTHONPATH": os.pathsep.join([str(ROOT), kept.get("PYTHONPATH", "")]),
            **here,
            **self.environment,
        }

    def run(self, *arguments: str | Path, stdin: bytes = b"", status: int | None = 0) -> Result:
        """Runs the program; demands its exit status, unless that is None."""
        done = subprocess.run(
            [*self.program, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=self.folder,
            env=self.variables(),
            timeout=60,
            check=False,
        )
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert status is None or result.status == status, f"status {result.status}\n{result.out}\n{result.err}"
        assert "Traceback" not in result.err
        return result

    def start(self, *arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
        """Starts the program and leaves it running."""
        return subprocess.Popen([*self.program, *map(str, arguments)], cwd=self.folder, env=self.variables(), **options)

    def on_terminal(
        self, *arguments: str | Path, columns: int = 80, out: bool = True, err: bool = True, status: int = 0
    ) -> str:
        """What a terminal of so many columns shows; without ``out`` or ``err`` that stream is a pipe."""
        shown, ended = self.show_on_terminal(*arguments, columns=columns, out=out, err=err)
        assert ended == status, shown
        return shown

    def show_on_terminal(
        self, *arguments: str | Path, columns: int = 80, out: bool = True, err: bool = True
    ) -> tuple[str, int]:
        """The same, and the exit status, whatever that is."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        # On a terminal of its own kind: the tests' environment may say NO_COLOR or dumb.
        self.environment = {"TERM": "xterm-256color", **self.environment}
        process = self.start(
            *arguments,
            stdin=subprocess.DEVNULL,
            stdout=slave if out else subprocess.DEVNULL,
            stderr=slave if err else subprocess.DEVNULL,
        )
        os.close(slave)
        shown = b""
        with contextlib.suppress(OSError):  # so Linux reports the end of a terminal
            while piece := os.read(master, 65536):
                shown += piece
        os.close(master)
        return shown.decode().replace("\r\n", "\n"), process.wait(timeout=60)

    def configure(self, text: str) -> None:
        self.config.write_text(text, encoding="utf-8")

    def save(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def stored(self, kind: str = "headlines") -> list[str]:
        """The lines of the archive, file by file."""
        files = sorted((self.archive / kind).rglob("*.jsonl"))
        return [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]


PAGE_HTML = Path(__file__).with_name("bakers.html").read_text(encoding="utf-8")
PAGE_TEXT = Path(__file__).with_name("bakers.txt").read_text(encoding="utf-8")
AT = "2025-06-12 21:30"
URL = "https://news.example/articles/bakers/10"
