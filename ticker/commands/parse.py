"""``ticker parse``."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from ticker.commands.completion import complete_what
from ticker.commands.invocation import Invocation
from ticker.commands.options import common_options, ignore_robots_option, saved_page_options

SOME_FAILED = 1


@click.command("parse")
@click.argument("what", metavar="FILE|URL|-...", nargs=-1, required=True, shell_complete=complete_what)
@saved_page_options
@ignore_robots_option
@common_options
@click.pass_obj
def command(
    invocation: Invocation,
    what: tuple[str, ...],
    url: str | None,
    at: str | None,
    timezone: str | None,
    ignore_robots: bool,
) -> int:
    """Print what the parser sees in a page, as JSON.

    Nothing is stored. Each argument is a saved page, a URL, the name of a configured source, or - for a page on
    standard input. Of one page the JSON is indented; of several each is an object on a line of its own, with the
    page's name as "file".

    Exit status: 0 all were read, 1 some could not be, 2 wrong usage.

    \b
    Examples:
      ticker parse page.html
      ticker parse page.txt --url https://news.example/articles/1 --at '2025-06-12 21:30' --timezone Africa/Casablanca
      ticker parse saved/*.html
    """
    from ticker.commands.clock import zone_of
    from ticker.commands.fetcher import open_fetcher
    from ticker.commands.report import failure
    from ticker.commands.targets import find_targets, read_context
    from ticker.pipeline import Outcome, read_target

    settings = invocation.settings()
    targets = find_targets(what, settings, read_context(url, at, timezone, zone_of(settings)))
    failed = False
    with open_fetcher(invocation, settings, targets, ignore_robots, keep=False) as fetcher:
        for target in targets:
            read = read_target(target, fetcher)
            if isinstance(read, Exception):
                click.echo(failure(Outcome(target, error=read), invocation.verbose), err=True)
                failed = True
                continue
            assert read.page, "what remembers no page is never told that one is unchanged"
            if len(targets) == 1:
                _write(read.page.to_dict(), indent=2)
            else:
                _write({"file": target.label, **read.page.to_dict()})
    return SOME_FAILED if failed else 0


def _write(fields: dict[str, Any], indent: int | None = None) -> None:
    sys.stdout.write(json.dumps(fields, ensure_ascii=False, indent=indent) + "\n")
