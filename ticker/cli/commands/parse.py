"""The command ``ticker parse``."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from ticker.cli import terminal
from ticker.cli.context import Invocation
from ticker.cli.options import (
    allow_private_option,
    common_options,
    complete_what,
    explain_option,
    ignore_robots_option,
    saved_page_options,
)

SOME_FAILED = 1


@click.command("parse")
@click.argument("what", metavar="FILE|URL|-...", nargs=-1, required=True, shell_complete=complete_what)
@explain_option
@saved_page_options
@ignore_robots_option
@allow_private_option
@common_options
@click.pass_obj
def command(
    invocation: Invocation,
    what: tuple[str, ...],
    explain: bool,
    url: str | None,
    at: str | None,
    timezone: str | None,
    ignore_robots: bool,
    allow_private: bool,
) -> int:
    """Parse a page and print the result as JSON.

    Nothing is stored. Each argument is a saved page, a URL, the name of a configured source, or - for a page on
    standard input. The JSON of a single page is indented. For several pages, each is one line, with the page's name as
    "file".

    With --explain, print instead how the parser chose the body, and which lists it found or rejected and why. Use this
    to write selectors for a site that is parsed wrong.

    Exit status: 0 success, 1 some pages could not be parsed, 2 usage error.

    \b
    Examples:
      ticker parse page.html
      ticker parse page.txt --url https://news.example/articles/1 --at '2025-06-12 21:30' --timezone Africa/Casablanca
      ticker parse saved/*.html
      ticker parse --explain page.html
    """
    from ticker.cli.context import user_zone
    from ticker.cli.fetch_inputs import find_targets, open_fetcher, read_context
    from ticker.cli.fetch_report import ASSUMED_ZONE, explanation_lines, failure_line
    from ticker.pipeline import Outcome, examine

    settings = invocation.settings()
    targets = find_targets(what, settings, read_context(url, at, timezone, user_zone(settings)))
    failed = False
    with open_fetcher(invocation, settings, targets, ignore_robots, allow_private, keep=False) as fetcher:
        for target, reading in examine(targets, fetcher):
            if isinstance(reading, Exception):
                click.echo(failure_line(Outcome(target, error=reading), invocation.verbose), err=True)
                failed = True
                continue
            if explain:
                named = [target.label] if len(targets) > 1 else []
                sys.stdout.writelines(f"{line}\n" for line in [*named, *explanation_lines(reading)])
            elif len(targets) == 1:
                _write(reading.page.to_dict(), indent=2)
            else:
                _write({"file": target.label, **reading.page.to_dict()})
            if reading.page.has_assumed_zone and not explain:  # the explanation says so
                invocation.note(f"ticker: {target.label}: {ASSUMED_ZONE}")
    return SOME_FAILED if failed else 0


def _write(fields: dict[str, Any], indent: int | None = None) -> None:
    written = json.dumps(fields, ensure_ascii=False, indent=indent)
    sys.stdout.write(terminal.escape_for(sys.stdout)(written) + "\n")
