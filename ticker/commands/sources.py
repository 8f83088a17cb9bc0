"""``ticker sources``: add, list, check, set, remove."""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from ticker.commands import terminal
from ticker.commands.completion import complete_source
from ticker.commands.invocation import Invocation
from ticker.commands.options import allow_private_option, common_options, explain_option, ignore_robots_option
from ticker.errors import UsageError

if TYPE_CHECKING:
    from ticker.settings import Selectors


class _InOrder(click.Group):
    """Lists its commands in the order of their definition."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group("sources", cls=_InOrder)
@common_options
def command() -> None:
    """Add, list, check, change and remove what is fetched.

    Sources stand in the configuration file, which you may also edit by hand: comments and order stay as they are.

    \b
    Examples:
      ticker sources add https://news.example/ --name example --timezone Europe/Paris
      ticker sources list
      ticker sources check example
      ticker sources set example --url https://www.news.example/
      ticker sources remove example
    """


@command.command("add", short_help="Add a page to the sources.")
@click.argument("url")
@click.option("--name", metavar="NAME", help="What to archive it under; else the name of its host.")
@click.option("--timezone", metavar="ZONE", help="The clock of its page, such as Africa/Casablanca.")
@click.option(
    "--selector",
    "selectors",
    metavar="PART=CSS",
    multiple=True,
    help="A CSS selector for the body, each entry of the list, or the time or title in an entry; may be repeated.",
)
@allow_private_option
@common_options
@click.pass_obj
def add(
    invocation: Invocation,
    url: str,
    name: str | None,
    timezone: str | None,
    selectors: tuple[str, ...],
    allow_private: bool,
) -> None:
    """Add the page at URL to the sources.

    Selectors are for a page that 'ticker sources check' shows wrong: PART is body, entry, time or title.

    \b
    Examples:
      ticker sources add https://en.walaw.press/ --name walaw --timezone Africa/Casablanca
      ticker sources add https://news.example/ --selector entry='ul.latest li' --selector time=.hour
    """
    from ticker import addresses
    from ticker.commands.report import assumed_zone
    from ticker.settings import Source, add_source, config_path
    from ticker.times import zone_named, zone_of_host

    address = _checked_address(url)
    if timezone:
        zone_named(timezone)
    path = config_path(invocation.config, os.environ)
    name = _checked_name(name) or addresses.host(address)
    source = Source(name, address, timezone, _selectors(selectors), allow_private)
    add_source(path, source)
    invocation.note(f"added {source.name} to {path}; see what it gives: ticker sources check {source.name}")
    if not timezone and not zone_of_host(addresses.host(address)):
        invocation.note(f"{assumed_zone(source.name)}, where the page shows clocks and names no zone")


@command.command("list", short_help="List the configured sources.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines: name, url, timezone, allow_private, selectors.")
@common_options
@click.pass_obj
def list_(invocation: Invocation, as_json: bool) -> None:
    """List the configured sources: name, address, time zone.

    \b
    Examples:
      ticker sources list
      ticker sources list --json
    """
    settings = invocation.settings()
    names = max((terminal.cells(source.name) for source in settings.sources), default=0)
    for source in settings.sources:
        fields = (source.name, source.shown, source.timezone or "")
        if as_json:
            line = json.dumps(source.to_dict(), ensure_ascii=False)
        elif sys.stdout.isatty():
            line = f"{terminal.pad(source.name, names)}  {source.shown}  {source.timezone or ''}".rstrip()
        else:
            line = "\t".join(fields)
        sys.stdout.write(line + "\n")
    if not settings.sources:
        invocation.note(f"ticker: no source in {settings.path} yet; add one with 'ticker sources add URL'")


@command.command("check", short_help="Fetch a source and show what the parser sees.")
@click.argument("name", shell_complete=complete_source)
@explain_option
@ignore_robots_option
@allow_private_option
@common_options
@click.pass_obj
def check(invocation: Invocation, name: str, explain: bool, ignore_robots: bool, allow_private: bool) -> int:
    """Fetch the source NAME and show what the parser sees; nothing is stored.

    With --explain it tells instead which block was taken as the body and why, which lists were found, and which
    were turned down and why: what to write selectors by where the site is read wrong.

    Exit status: 0 the page has headlines or an article, 1 it has neither or did not come in, 2 wrong usage.

    \b
    Examples:
      ticker sources check example
      ticker sources check example --explain
    """
    from ticker.commands.clock import zone_of
    from ticker.commands.condition import move_hint
    from ticker.commands.fetcher import open_fetcher
    from ticker.commands.report import assumed_zone, failure
    from ticker.commands.sheet import explanation_lines, page_lines
    from ticker.commands.targets import Context, find_targets
    from ticker.pipeline import Outcome, examine
    from ticker.settings import selector_errors

    settings = invocation.settings()
    (target,) = find_targets([name], settings, Context())
    if wrong := selector_errors(settings).get(target.name):
        raise wrong
    with open_fetcher(invocation, settings, [target], ignore_robots, allow_private, keep=False) as fetcher:
        ((_, reading),) = examine([target], fetcher)
    if isinstance(reading, Exception):
        click.echo(failure(Outcome(target, error=reading), invocation.verbose), err=True)
        return getattr(reading, "exit_status", 1)
    page = reading.page
    lines = explanation_lines(reading) if explain else page_lines(page, zone_of(settings))
    sys.stdout.writelines(f"{line}\n" for line in lines)
    if page.interstitial:
        invocation.note(f"ticker: {target.label}: a {page.interstitial} in place of headlines and article")
    if page.has_assumed_zone:
        invocation.note(f"ticker: {target.label}: {assumed_zone(target.name)}")
    if reading.moved_to:
        invocation.note(f"ticker: {move_hint(target.label, target.url or '', reading.moved_to)}")
    for selector in reading.unmatched:
        invocation.note(f"ticker: {target.label}: nothing on the page is found by the selector for {selector}")
    return 0 if page.headlines or page.article else 1


@command.command("set", short_help="Change a source.")
@click.argument("name", shell_complete=complete_source)
@click.option("--url", metavar="URL", help="The address of its page from now on.")
@click.option("--timezone", metavar="ZONE", help="The clock of its page, such as Africa/Casablanca.")
@common_options
@click.pass_obj
def set_(invocation: Invocation, name: str, url: str | None, timezone: str | None) -> None:
    """Change the source NAME in the configuration; comments and order stay, and so does what was archived of it.

    'ticker status' and 'ticker sources check' tell where a page has moved for good. The zone counts from the next fetch
    on; 'ticker import --retime' corrects what is archived.

    \b
    Examples:
      ticker sources set example --url https://www.news.example/
      ticker sources set example --timezone Europe/Paris
    """
    from ticker.addresses import without_credentials
    from ticker.commands.sparing import open_attempts
    from ticker.settings import change_source
    from ticker.times import zone_named

    if url is None and timezone is None:
        raise UsageError("nothing to set; give --url or --timezone")
    settings = invocation.settings()
    address = None if url is None else _checked_address(url)
    if timezone is not None:
        zone_named(timezone)
    change_source(settings.path, name, address, timezone)
    if address is not None:
        with closing(open_attempts(settings)) as attempts:
            attempts.readdress(name, without_credentials(address))
        invocation.note(f"{name} is at {without_credentials(address)} from now on, in {settings.path}")
    if timezone is not None:
        invocation.note(f"the clock of {name} is {timezone} from now on, in {settings.path}")


@command.command("remove", short_help="Remove a source.")
@click.argument("name", shell_complete=complete_source)
@common_options
@click.pass_obj
def remove(invocation: Invocation, name: str) -> None:
    """Remove the source NAME from the configuration. What was archived of it stays.

    \b
    Example:
      ticker sources remove example
    """
    from ticker.settings import config_path, remove_source

    path = config_path(invocation.config, os.environ)
    remove_source(path, name)
    invocation.note(f"removed {name} from {path}; what was archived of it stays")


def _checked_address(url: str) -> str:
    from ticker import addresses
    from ticker.commands.targets import as_address

    address = as_address(url)
    if address is None:
        raise UsageError(
            f"{addresses.without_credentials(url)!r} is no address; give one such as https://news.example/"
        )
    return address


def _checked_name(name: str | None) -> str | None:
    if name is not None and (not name.strip() or name == "-" or not name.isprintable()):
        raise UsageError(f"{name!r} cannot be a name; choose one that can be typed")
    return name


def _selectors(given: tuple[str, ...]) -> Selectors:
    from ticker.settings import SELECTOR_NAMES, Selectors

    if not given:
        return Selectors()
    from ticker.parsing import parse_page

    chosen: dict[str, str] = {}
    for text in given:
        part, equals, css = (piece.strip() for piece in text.partition("="))
        if part not in SELECTOR_NAMES or not equals or not css:
            raise UsageError(f"--selector {text!r} must be PART=CSS, where PART is one of {', '.join(SELECTOR_NAMES)}")
        chosen[part] = css
    for css in chosen.values():
        # As the body's selector it is run whatever the page; raises SelectorError.
        parse_page("<html><body><p></p></body></html>", selectors=Selectors(body=css))
    return Selectors(**chosen)
