"""The tour: the real program run on the sample newspaper while it changes, each command printed before its output."""

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

from ticker.newspaper.clock import last_midnight
from ticker.newspaper.server import Newspaper, serving
from ticker.newspaper.stories import EDITIONS, NAME


@dataclass(frozen=True, slots=True)
class Guide:
    """Runs ``ticker`` with a configuration and an archive of its own, and shows what it does."""

    environment: Mapping[str, str]

    def say(self, text: str) -> None:
        """A word between two commands."""
        print(f"\n# {text}", flush=True)

    def run(self, *arguments: str) -> None:
        """Prints the command and runs it; raises CalledProcessError where it fails."""
        print(f"\n$ {shlex.join(('ticker', *arguments))}", flush=True)
        subprocess.run([sys.executable, "-m", "ticker", *arguments], env=self.environment, check=True)

    def ask(self, *arguments: str) -> str:
        """What a command prints, without showing it."""
        command = [sys.executable, "-m", "ticker", *arguments]
        return subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> int:
    """The whole tour; returns the exit status."""
    site = Newspaper(last_midnight(datetime.now(UTC)))
    with tempfile.TemporaryDirectory(prefix="ticker-tour-") as folder, serving(site) as newspaper:
        config, archive = Path(folder, "config.toml"), Path(folder, "archive")
        environment = {**os.environ, "TICKER_CONFIG": str(config), "TICKER_ARCHIVE": str(archive), "TZ": site.zone}
        print(f"{NAME} is at {newspaper.base}, its clock and ours are {site.zone}; all is stored below {folder}.")
        try:
            walk(newspaper, Guide(environment), archive)
        except subprocess.CalledProcessError as error:
            print(f"the tour ends here: the command failed with status {error.returncode}", file=sys.stderr)
            return 1
    print("\n# That was all of it. The folder of the tour is gone; 'ticker --help' goes on from here.")
    return 0


def walk(newspaper: Newspaper, guide: Guide, archive: Path) -> None:
    """Shows every command, with the newspaper changing in between."""
    guide.run("sources", "add", newspaper.url, "--name", "gazette", "--timezone", newspaper.zone)
    guide.run("sources", "check", "gazette")
    for number, edition in enumerate(EDITIONS):
        newspaper.edition = number
        guide.say(edition.what_happens)
        guide.run("fetch")
    guide.say("Nothing has changed since: the server says so, and sends no page.")
    guide.run("fetch")

    guide.say("All that was seen, newest first, each headline once; the corrected one has both its titles.")
    guide.run("list")
    guide.say("Words are found whatever their case and accents.")
    guide.run("search", "cafe")
    guide.run("search", "--articles", "seed potatoes")
    guide.say("A headline that was corrected, with its history, by its id.")
    guide.run("show", _corrected_id(guide))
    guide.say("The article, by its address; its text was changed once.")
    guide.run("show", newspaper.url)
    guide.say("The archive is plain text, a file a day; grep is a good search already.")
    _run_shown(["grep", "-rh", "ferry turns round", str(archive / "headlines")])
    guide.say("And so it runs every quarter of an hour from now on:")
    guide.run("cron")


def _corrected_id(guide: Guide) -> str:
    lines = map(json.loads, guide.ask("list", "--json").splitlines())
    return str(next(line["id"] for line in lines if line.get("revises")))


def _run_shown(command: list[str]) -> None:
    print(f"\n$ {shlex.join(command)}", flush=True)
    subprocess.run(command, check=True)
