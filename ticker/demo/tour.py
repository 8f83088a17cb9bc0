"""A tour that runs the real program on the changing newspaper and prints each command before its output."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ticker.demo.site import Newspaper, last_midnight, serving
from ticker.demo.stories import EDITIONS, NAME


@dataclass(frozen=True, slots=True)
class Guide:
    """A runner of ``ticker`` commands with a separate configuration and archive."""

    environment: Mapping[str, str]

    def say(self, text: str) -> None:
        """Print a comment between two commands."""
        print(f"\n# {text}", flush=True)

    def run(self, *arguments: str) -> None:
        """Print the command and run it; raises CalledProcessError if it fails."""
        print(f"\n$ {shlex.join(('ticker', *arguments))}", flush=True)
        subprocess.run([sys.executable, "-m", "ticker", *arguments], env=self.environment, check=True)

    def ask(self, *arguments: str) -> str:
        """Run a command and return its output without printing it."""
        command = [sys.executable, "-m", "ticker", *arguments]
        return subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> int:
    """Run the whole tour and return the exit status."""
    site = Newspaper(last_midnight(datetime.now(UTC)))
    with tempfile.TemporaryDirectory(prefix="ticker-tour-") as folder, serving(site) as newspaper:
        config, archive = Path(folder, "config.toml"), Path(folder, "archive")
        environment = {**os.environ, "TICKER_CONFIG": str(config), "TICKER_ARCHIVE": str(archive), "TZ": site.zone}
        print(f"{NAME} is at {newspaper.base}, in the time zone {site.zone}; all files are stored in {folder}.")
        try:
            walk(newspaper, Guide(environment), archive)
        except subprocess.CalledProcessError as error:
            print(f"tour stopped: the command failed with status {error.returncode}", file=sys.stderr)
            return 1
    print("\n# End of the tour. Its folder is removed; 'ticker --help' lists all commands.")
    return 0


def walk(newspaper: Newspaper, guide: Guide, archive: Path) -> None:
    """Run the main commands while the newspaper changes."""
    guide.run("sources", "add", newspaper.url, "--name", "gazette", "--timezone", newspaper.zone)
    guide.run("sources", "check", "gazette")
    for number, edition in enumerate(EDITIONS):
        newspaper.edition = number
        guide.say(edition.what_happens)
        guide.run("fetch")
    guide.say("Nothing has changed since: the server answers 304 and sends no page.")
    guide.run("fetch")

    guide.say("All headlines, newest first, each once; the corrected one has both titles.")
    guide.run("list")
    guide.say("A search ignores case and accents.")
    guide.run("search", "cafe")
    guide.run("search", "--articles", "seed potatoes")
    guide.say("A corrected headline with its history, by its id.")
    guide.run("show", _corrected_id(guide))
    guide.say("The article, by its URL; its text was changed once.")
    guide.run("show", newspaper.url)
    guide.say("The archive is plain text, one file for each day; grep can search it.")
    _run_shown(["grep", "-rh", "ferry turns round", str(archive / "headlines")])
    guide.say("To run it every quarter of an hour, add this line to the crontab:")
    guide.run("cron")


def _corrected_id(guide: Guide) -> str:
    lines = map(json.loads, guide.ask("list", "--json").splitlines())
    return str(next(line["id"] for line in lines if line.get("revises")))


def _run_shown(command: list[str]) -> None:
    print(f"\n$ {shlex.join(command)}", flush=True)
    subprocess.run(command, check=True)
