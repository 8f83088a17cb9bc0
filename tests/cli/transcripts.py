"""Transcripts in tests/fixtures/transcripts: what every command prints in a shell.

::

    $ ticker list --limit some
    [stderr] ticker: invalid value for '-n' / '--limit': 'some' is not a valid integer range; see 'ticker list --help'
    [status 2]

A transcript is both the scenario and its expected output. A shell runs each line that begins with ``$ ``, in order, in
a separate folder per scenario; the lines below that begin with ``> `` continue it. ``tty$ `` runs a command on a
terminal of 80 columns, which shows both streams as one. Below a command follow its standard output, its standard error
and its exit status. Text between a status and the next command is a remark, which ``make fixtures`` keeps. To add a
scenario, write its commands and run ``make fixtures``.

Output that differs between runs is fixed by ``_environment`` or replaced by ``_placeholders``.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from tests.cli.desk import PAGE_HTML, PAGE_TEXT, ROOT, Desk, Result
from tests.cli.shifted_clock import stop_clock
from tests.servers import Reply, Request, Route, Server, redirect, serve
from ticker import __version__

FIXTURES = ROOT / "tests" / "fixtures"
TRANSCRIPTS = FIXTURES / "transcripts"
NOW = datetime(2025, 6, 13, 9, 30, tzinfo=UTC)
PIPE, TERMINAL = "$ ", "tty$ "
# Usage: ``faketime 2025-06-14T08:00Z ticker status``.
_FAKETIME = '#!/bin/sh\nCLOCK_STANDS_AT="$1"\nexport CLOCK_STANDS_AT\nshift\nexec "$@"\n'
_STATUS = re.compile(r"\[status -?\d*\]")
# Lines of standard output that look like one of these get the prefix ``[stdout]``.
_LOOKS_LIKE_MORE = re.compile(r"\$ |tty\$ |>|\[(stdout|stderr|status|no newline)\b")
_NO_NEWLINE = "[no newline at the end]"
_SHOWN = {"\x1b": "<ESC>", "\r": "<CR>"}


@dataclass(frozen=True)
class Step:
    """A command of a transcript, which may have several lines, and the remark below it."""

    prompt: str
    command: str
    remark: str


def files() -> list[Path]:
    """Return the paths of all transcripts, sorted by name."""
    return sorted(TRANSCRIPTS.glob("*.txt"))


def replay(text: str, folder: Path) -> str:
    """Run the commands of a transcript in ``folder``, which must be empty, and return the new transcript."""
    opening, steps = read(text)
    with serve({}) as web:
        web.routes = _routes()
        desk = _desk(folder, web)
        blocks = [_block(step, _run(desk, step), desk) for step in steps]
    return opening + "".join(blocks).rstrip("\n") + "\n"


def read(text: str) -> tuple[str, list[Step]]:
    """Return the text above the first command of a transcript, and the commands."""
    opening: list[str] = []
    found: list[tuple[str, list[str], list[str]]] = []
    is_command = is_remark = False
    for line in text.rstrip("\n").split("\n"):
        if prompt := next((prompt for prompt in (PIPE, TERMINAL) if line.startswith(prompt)), None):
            found.append((prompt, [line.removeprefix(prompt)], []))
            is_command, is_remark = True, False
        elif not found:
            opening.append(f"{line}\n")
        elif is_command and line.startswith(">"):
            found[-1][1].append(line[2:])
        elif is_remark:
            found[-1][2].append(f"{line}\n")
        else:
            is_command, is_remark = False, bool(_STATUS.fullmatch(line))
    return "".join(opening), [Step(prompt, "\n".join(lines), "".join(remark)) for prompt, lines, remark in found]


def _desk(folder: Path, web: Server) -> Desk:
    """Return a desk with two saved pages, whose program is a shell with ``ticker`` on its PATH."""
    desk = Desk(folder, program=("sh", "-c"))
    tools = folder / "tools"
    interpreter = shlex.quote(sys.executable)
    _save_script(tools / "python", f'#!/bin/sh\nexec {interpreter} "$@"\n')
    _save_script(tools / "ticker", f'#!/bin/sh\nexec {interpreter} -m ticker "$@"\n')
    _save_script(tools / "faketime", _FAKETIME)
    desk.save("page.html", PAGE_HTML)
    desk.save("page.txt", PAGE_TEXT)
    desk.environment = _environment(folder, tools, web)
    stop_clock(desk, NOW)
    return desk


def _save_script(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def _environment(folder: Path, tools: Path, web: Server) -> dict[str, str]:
    """Return environment variables that are the same on all machines; all HTTP goes to ``web`` as a proxy."""
    return {
        "PATH": os.pathsep.join([str(tools), os.environ.get("PATH", os.defpath)]),
        "HOME": str(folder / "home"),
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
        "FIXTURES": str(FIXTURES),
        "http_proxy": web.origin,
        "no_proxy": "127.0.0.1",
    }


def _run(desk: Desk, step: Step) -> Result:
    if step.prompt == PIPE:
        return desk.run(step.command, status=None)
    shown, status = desk.show_on_terminal(step.command)
    return Result(status, shown, "")


def _block(step: Step, result: Result, desk: Desk) -> str:
    """Return a command, its output, its status, and its remark or an empty line."""
    first, *others = step.command.split("\n")
    lines = [f"{step.prompt}{first}", *(f"> {line}" if line else ">" for line in others)]
    lines += (f"[stdout] {line}" if _LOOKS_LIKE_MORE.match(line) else line for line in _lines(result.out, desk))
    if result.out and not result.out.endswith("\n"):
        lines.append(_NO_NEWLINE)
    lines += (f"[stderr] {line}".rstrip(" ") for line in _lines(result.err, desk))
    lines += [f"[status {result.status}]", step.remark or "\n"]
    return "\n".join(lines)


def _lines(text: str, desk: Desk) -> Iterator[str]:
    """Yield the lines of ``text`` with placeholders, and with unprintable characters escaped."""
    for pattern, placeholder in _placeholders(desk):
        text = pattern.sub(placeholder, text)
    return map(_visible, text.removesuffix("\n").split("\n") if text else [])


def _visible(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(
        letter if letter.isprintable() or letter == "\t" else _SHOWN.get(letter, f"<U+{ord(letter):04X}>")
        for letter in line
    )


def _placeholders(desk: Desk) -> list[tuple[re.Pattern[str], str]]:
    """Return the patterns of output that differs between runs, with their placeholders."""
    interpreter = re.escape(sys.executable)
    script = re.escape(str(Path(sys.executable).with_name("ticker")))
    return [
        (re.compile(rf"{re.escape(str(desk.folder))}\b"), "<FOLDER>"),
        (re.compile(rf"{re.escape(str(FIXTURES))}\b"), "<FIXTURES>"),
        (re.compile(rf"{interpreter} -m ticker\b|{script}\b"), "<TICKER>"),
        (re.compile(rf"\bticker {re.escape(__version__)}(?![\w.])"), "ticker <VERSION>"),
        # These come from the log, which uses the real clock, and from the machine.
        (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?=[+-])"), "<MOMENT>"),
        (re.compile(r"(?<= after )\d+\.\d(?= s\b)"), "<SECONDS>"),
        (re.compile(r'(?<="seconds": )[\d.]+'), "<SECONDS>"),
        (re.compile(r'(?<="process": )\d+'), "<PROCESS>"),
        (re.compile(r'(?<="bytes_free": )\d+'), "<BYTES>"),
        # Compressed sizes depend on the version of the library.
        (re.compile(r'(?<="packed": )\d+'), "<BYTES>"),
    ]


def _routes() -> dict[str, Route]:
    """Return the routes of the web of the transcripts, by URL."""
    return {
        "http://gazette.example/live": _page(PAGE_HTML),
        "http://gazette.example/moved": _dated(redirect("http://gazette.example/live", 301)),
        "http://gazette.example/busy": _dated(Reply(503)),
        "http://gazette.example/consent": _page((FIXTURES / "no_article/en_consent.html").read_text("utf-8")),
    }


def _page(html: str) -> Route:
    """Return the route of a page that never changes: it answers a matching ETag with 304."""
    etag = f'"{len(html)}"'

    def answer(request: Request) -> Reply:
        is_known = request.headers["If-None-Match"] == etag
        return _dated(Reply(304 if is_known else 200, b"" if is_known else html, {"ETag": etag}))

    return answer


def _dated(reply: Reply) -> Reply:
    """Return ``reply`` with the time of the transcripts as its Date header."""
    return Reply(reply.status, reply.body, {"Date": format_datetime(NOW, usegmt=True), **reply.headers})
