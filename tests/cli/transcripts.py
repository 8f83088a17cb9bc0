"""Transcripts: what every command prints, as a reader would see it in a shell, in tests/fixtures/transcripts.

::

    $ ticker list --limit some
    [stderr] ticker: invalid value for '-n' / '--limit': 'some' is not a valid integer range; see 'ticker list --help'
    [status 2]

A transcript is both the scenario and what is expected of it. Lines that begin with ``$ `` are run in order, each by a
shell, in a folder of the scenario's own; lines below that begin with ``> `` continue them. ``tty$ `` runs one on a
terminal of 80 columns, which shows both streams as one. What a command wrote to standard output follows as it is, then
what it wrote to standard error, then its exit status. Text between a status and the next command is a remark, and
stays. To write a new scenario, write its commands and run ``make fixtures``.

What differs from run to run is made to stand still, or has a placeholder: see ``_environment`` and ``_placeholders``.
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
# As people write it: ``faketime 2025-06-14T08:00Z ticker status``.
_FAKETIME = '#!/bin/sh\nCLOCK_STANDS_AT="$1"\nexport CLOCK_STANDS_AT\nshift\nexec "$@"\n'
_STATUS = re.compile(r"\[status -?\d*\]")
# A line of standard output that looks like one of these is told apart by its mark.
_LOOKS_LIKE_MORE = re.compile(r"\$ |tty\$ |>|\[(stdout|stderr|status|no newline)\b")
_NO_NEWLINE = "[no newline at the end]"
_SHOWN = {"\x1b": "<ESC>", "\r": "<CR>"}


@dataclass(frozen=True)
class Step:
    """A command of a transcript, of one or more lines, and the remark below it."""

    prompt: str
    command: str
    remark: str


def files() -> list[Path]:
    """The transcripts, by name."""
    return sorted(TRANSCRIPTS.glob("*.txt"))


def replay(text: str, folder: Path) -> str:
    """Run the commands of a transcript in ``folder``, which is empty, and return the transcript of that."""
    opening, steps = read(text)
    with serve({}) as web:
        web.routes = _routes()
        desk = _desk(folder, web)
        blocks = [_block(step, _run(desk, step), desk) for step in steps]
    return opening + "".join(blocks).rstrip("\n") + "\n"


def read(text: str) -> tuple[str, list[Step]]:
    """Return what stands above the first command of a transcript, and the commands."""
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
    """Return a desk with two saved pages, whose program is the shell, in which ``ticker`` is the program."""
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
    """Return what makes all machines alike. All of the web is one server, to which a proxy leads."""
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
    """Return the part of a transcript that a command makes, with its remark or an empty line below."""
    first, *others = step.command.split("\n")
    lines = [f"{step.prompt}{first}", *(f"> {line}" if line else ">" for line in others)]
    lines += (f"[stdout] {line}" if _LOOKS_LIKE_MORE.match(line) else line for line in _lines(result.out, desk))
    if result.out and not result.out.endswith("\n"):
        lines.append(_NO_NEWLINE)
    lines += (f"[stderr] {line}".rstrip(" ") for line in _lines(result.err, desk))
    lines += [f"[status {result.status}]", step.remark or "\n"]
    return "\n".join(lines)


def _lines(text: str, desk: Desk) -> Iterator[str]:
    """Give the lines of ``text`` with placeholders, and what does not print made visible."""
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
    """What no environment makes stand still, and what stands for it."""
    interpreter = re.escape(sys.executable)
    script = re.escape(str(Path(sys.executable).with_name("ticker")))
    return [
        (re.compile(rf"{re.escape(str(desk.folder))}\b"), "<FOLDER>"),
        (re.compile(rf"{re.escape(str(FIXTURES))}\b"), "<FIXTURES>"),
        (re.compile(rf"{interpreter} -m ticker\b|{script}\b"), "<TICKER>"),
        (re.compile(rf"\bticker {re.escape(__version__)}(?![\w.])"), "ticker <VERSION>"),
        # Of the log, whose clock goes on, and of the machine.
        (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?=[+-])"), "<MOMENT>"),
        (re.compile(r"(?<= after )\d+\.\d(?= s\b)"), "<SECONDS>"),
        (re.compile(r'(?<="seconds": )[\d.]+'), "<SECONDS>"),
        (re.compile(r'(?<="process": )\d+'), "<PROCESS>"),
        (re.compile(r'(?<="bytes_free": )\d+'), "<BYTES>"),
        # Sizes depend on the library that compresses.
        (re.compile(r'(?<="packed": )\d+'), "<BYTES>"),
    ]


def _routes() -> dict[str, Route]:
    """Return the pages of the web of the transcripts, by address."""
    return {
        "http://gazette.example/live": _page(PAGE_HTML),
        "http://gazette.example/moved": _dated(redirect("http://gazette.example/live", 301)),
        "http://gazette.example/busy": _dated(Reply(503)),
        "http://gazette.example/consent": _page((FIXTURES / "no_article/en_consent.html").read_text("utf-8")),
    }


def _page(html: str) -> Route:
    """Return the route of a page that has not changed for who has it."""
    etag = f'"{len(html)}"'

    def answer(request: Request) -> Reply:
        is_known = request.headers["If-None-Match"] == etag
        return _dated(Reply(304 if is_known else 200, b"" if is_known else html, {"ETag": etag}))

    return answer


def _dated(reply: Reply) -> Reply:
    """Return the reply of a server whose clock shows the moment of the transcripts."""
    return Reply(reply.status, reply.body, {"Date": format_datetime(NOW, usegmt=True), **reply.headers})
