"""The command ``ticker cron``."""

from __future__ import annotations

import os
import shlex
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import click

from ticker.cli.context import Invocation
from ticker.cli.options import common_options
from ticker.errors import UsageError

_HOUR, _DAY = 60, 24 * 60
# Periods that a crontab can express, in minutes: divisors of an hour, and hours that divide a day.
PERIODS = tuple(n for n in range(1, _DAY + 1) if _HOUR % n == 0 or (n % _HOUR == 0 and _DAY % n == 0))


@click.command("cron")
@click.option(
    "--every", metavar="MINUTES", type=click.IntRange(min=1), default=15, help="Minutes between runs.  [default: 15]"
)
@click.option("--systemd", is_flag=True, help="Print a systemd service and timer instead of a crontab line.")
@common_options
@click.pass_obj
def command(invocation: Invocation, every: int, systemd: bool) -> None:
    """Print a crontab line for regular fetching.

    The line runs 'ticker fetch' with the current configuration and archive. Nothing is installed: add the line to
    your crontab with 'crontab -e'. The minute is derived from the configuration's path, to spread load.

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
        raise UsageError(f"invalid --every {every}: a crontab cannot express this interval; try {near}")
    if not settings.sources:
        invocation.note(f"ticker: no sources in {settings.path}; add one with 'ticker sources add URL'")
    # Cron does not pass on this environment, so the line names the folders.
    places = ["--config", str(settings.path), "--archive", str(settings.archive)]
    arguments = [*program_command(), *places, *invocation.log_options(), "fetch", "--quiet"]
    spread = zlib.crc32(str(settings.path).encode("utf-8", "surrogateescape"))
    lines = systemd_units(arguments, every) if systemd else crontab(arguments, every, spread)
    for line in lines:
        sys.stdout.write(line + "\n")


def program_command() -> list[str]:
    """Return the command that starts this program from any folder: the installed script, else ``python -m``."""
    script = Path(sys.executable).with_name("ticker")
    return [str(script)] if os.access(script, os.X_OK) else [sys.executable, "-m", "ticker"]


def crontab(arguments: list[str], every: int, spread: int) -> Iterator[str]:
    """Yield the lines for a crontab; ``spread`` is any number, which selects the minute."""
    yield "# ticker: add this to your crontab with 'crontab -e'. Errors are mailed to MAILTO."
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
    """Yield the service and the timer, each after a comment with its file's name, and how to start them."""
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
        "# To run it while you are not logged in: loginctl enable-linger",
    )


def _quoted(argument: str) -> str:
    """Quote ``argument`` for ExecStart= (systemd.service(5), systemd.syntax(7)); % and $ are doubled."""
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if any(letter.isspace() or letter in "\"';" for letter in argument) else escaped
