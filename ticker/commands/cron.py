"""``ticker cron``."""

from __future__ import annotations

import os
import shlex
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import click

from ticker.commands.invocation import Invocation
from ticker.commands.options import common_options
from ticker.errors import UsageError

_HOUR, _DAY = 60, 24 * 60
# What a crontab can say: minutes that divide an hour, hours that divide a day.
PERIODS = tuple(n for n in range(1, _DAY + 1) if _HOUR % n == 0 or (n % _HOUR == 0 and _DAY % n == 0))


@click.command("cron")
@click.option("--every", metavar="MINUTES", type=click.IntRange(min=1), default=15, help="How often.  [default: 15]")
@click.option("--systemd", is_flag=True, help="Print a systemd service and timer in place of a crontab line.")
@common_options
@click.pass_obj
def command(invocation: Invocation, every: int, systemd: bool) -> None:
    """Print the crontab line that fetches regularly.

    It runs 'ticker fetch' with the present configuration and archive. Nothing is installed: put the line into your
    crontab with 'crontab -e'. The minute follows from the name of the configuration file, so that not all the world
    fetches at the full hour.

    \b
    Examples:
      ticker cron
      ticker cron --every 60
      ticker cron --systemd
    """
    settings = invocation.settings()
    if every not in PERIODS and not systemd:
        lower = max(period for period in PERIODS if period < every)
        higher = min((period for period in PERIODS if period > every), default=None)
        near = f"{lower} or {higher}" if higher else f"{lower}"
        raise UsageError(f"a crontab has no evenly spaced {every} minutes; --every {near} is near")
    if not settings.sources:
        invocation.note(f"ticker: no source in {settings.path} yet; add one with 'ticker sources add URL'")
    # Under cron the environment is another: what it says now must be in the line.
    places = ["--config", str(settings.path), "--archive", str(settings.archive)]
    arguments = [*program(), *places, *invocation.log_options(), "fetch", "--quiet"]
    spread = zlib.crc32(str(settings.path).encode("utf-8", "surrogateescape"))
    lines = systemd_units(arguments, every) if systemd else crontab(arguments, every, spread)
    for line in lines:
        sys.stdout.write(line + "\n")


def program() -> list[str]:
    """The command that starts this program from anywhere: the installed script, else the interpreter and package."""
    script = Path(sys.executable).with_name("ticker")
    return [str(script)] if os.access(script, os.X_OK) else [sys.executable, "-m", "ticker"]


def crontab(arguments: list[str], every: int, spread: int) -> Iterator[str]:
    """The lines for a crontab; ``spread`` is any number, which chooses the minute."""
    yield "# ticker: put this into your crontab with 'crontab -e'. Errors are mailed to MAILTO."
    # crontab(5): an unescaped % ends the command.
    yield f"{_schedule(every, spread)} {shlex.join(arguments).replace('%', chr(92) + '%')}"


def _schedule(every: int, spread: int) -> str:
    minute = spread % min(every, _HOUR)
    if every < _HOUR:
        return f"{minute}-59/{every} * * * *" if every > 1 else "* * * * *"
    hours = every // _HOUR
    hour = {1: "*", 24: str(spread // _HOUR % 24)}.get(hours, f"{spread // _HOUR % hours}-23/{hours}")
    return f"{minute} {hour} * * *"


def systemd_units(arguments: list[str], every: int) -> Iterator[str]:
    """The service and the timer, each under a comment that names its file, and how to start them."""
    command_line = " ".join(_quoted(argument) for argument in arguments)
    yield from (
        "# ~/.config/systemd/user/ticker.service",
        "[Unit]",
        "Description=Fetch news tickers",
        "",
        "[Service]",
        "Type=oneshot",
        f"ExecStart={command_line}",
        "",
        "# ~/.config/systemd/user/ticker.timer",
        "[Unit]",
        f"Description=Fetch news tickers every {every} minutes",
        "",
        "[Timer]",
        "OnBootSec=2min",
        f"OnUnitActiveSec={every}min",
        f"RandomizedDelaySec={min(60, every * 6)}",
        "",
        "[Install]",
        "WantedBy=timers.target",
        "",
        "# Then: systemctl --user daemon-reload && systemctl --user enable --now ticker.timer",
        "# To have it run while you are not logged in: loginctl enable-linger",
    )


def _quoted(argument: str) -> str:
    """``argument`` for ExecStart= (systemd.service(5), systemd.syntax(7)): % and $ doubled, quoted where need be."""
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if any(letter.isspace() or letter in "\"';" for letter in argument) else escaped
