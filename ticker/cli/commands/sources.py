"""The command ``ticker sources``: add, list, check, set, remove."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from ticker.cli import terminal
from ticker.cli.context import Invocation
from ticker.cli.options import (
    allow_private_option,
    common_options,
    complete_source,
    explain_option,
    ignore_robots_option,
)
from ticker.cli.output import print_object
from ticker.errors import UsageError

if TYPE_CHECKING:
    from ticker.settings import Selectors


class _InOrder(click.Group):
    """A group that lists its commands in the order of their definition."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of their definition."""
        return list(self.commands)


@click.group("sources", cls=_InOrder)
@common_options
def command() -> None:
    """Add, list, check, change and remove sources.

    Sources are stored in the configuration file, which you may also edit by hand. These commands keep its comments and
    order.

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
@click.option("--name", metavar="NAME", help="Name of the source.  [default: the URL's host]")
@click.option("--timezone", metavar="ZONE", help="Timezone of the page, such as Africa/Casablanca.")
@click.option(
    "--selector",
    "selectors",
    metavar="PART=CSS",
    multiple=True,
    help="CSS selector for the body, the entries of the list, or the time or title in an entry. Repeatable.",
)
@click.option("--data", is_flag=True, help="Read headlines in the page's scripts even if the page shows a list.")
@allow_private_option
@common_options
@click.pass_obj
def add(
    invocation: Invocation,
    url: str,
    name: str | None,
    timezone: str | None,
    selectors: tuple[str, ...],
    data: bool,
    allow_private: bool,
) -> None:
    """Add the page at URL to the sources.

    Use --selector if 'ticker sources check' shows that the page is parsed wrong. PART is body, entry, time or title.

    \b
    Examples:
      ticker sources add https://en.walaw.press/ --name walaw --timezone Africa/Casablanca
      ticker sources add https://news.example/ --selector entry='ul.latest li' --selector time=.hour
    """
    from ticker import urls
    from ticker.settings import Source
    from ticker.settings.editor import add_source
    from ticker.settings.reader import config_path
    from ticker.times.zones import zone_by_name, zone_of_host

    address = _checked_address(url)
    if timezone:
        zone_by_name(timezone)
    path = config_path(invocation.config, os.environ)
    name = _checked_name(name) or urls.host(address)
    source = Source(name, address, timezone, _selectors(selectors), allow_private, data=data)
    add_source(path, source)
    invocation.note(f"added {source.name} to {path}; to test it: ticker sources check {shlex.quote(source.name)}")
    if not timezone and not zone_of_host(urls.host(address)):
        change = f"ticker sources set {shlex.quote(source.name)} --timezone ZONE"
        invocation.note(f"assuming UTC for times without a timezone; to change that: {change}")


@command.command("list", short_help="List the configured sources.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON Lines (name, url, timezone, allow_private, selectors)."
)
@common_options
@click.pass_obj
def list_(invocation: Invocation, as_json: bool) -> None:
    """List the configured sources: name, URL, timezone.

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
            print_object(source.to_dict())
        elif sys.stdout.isatty():
            click.echo("  ".join([terminal.pad(source.name, names), *fields[1:]]).rstrip())
        else:
            click.echo("\t".join(fields))
    if not settings.sources:
        invocation.note(f"ticker: no sources in {settings.path}; add one with 'ticker sources add URL'")


@command.command("check", short_help="Fetch a source and show how it is parsed.")
@click.argument("name", shell_complete=complete_source)
@explain_option
@ignore_robots_option
@allow_private_option
@common_options
@click.pass_obj
def check(invocation: Invocation, name: str, explain: bool, ignore_robots: bool, allow_private: bool) -> int:
    """Fetch source NAME and show how it is parsed; nothing is stored.

    With --explain, print instead how the parser chose the body, and which lists it found or rejected and why. Use this
    to write selectors for a site that is parsed wrong.

    Exit status: 0 the page has headlines or an article, 1 it has neither or could not be fetched, 2 usage error.

    \b
    Examples:
      ticker sources check example
      ticker sources check example --explain
    """
    from ticker.cli.context import user_zone
    from ticker.cli.fetch_inputs import Context, find_targets, open_fetcher
    from ticker.cli.fetch_report import assumed_zone, explanation_lines, failure_line, page_lines
    from ticker.cli.health import move_hint
    from ticker.pipeline import Outcome, examine
    from ticker.settings.reader import selector_errors

    settings = invocation.settings()
    (target,) = find_targets([name], settings, Context())
    if wrong := selector_errors(settings).get(target.name):
        raise wrong
    with open_fetcher(invocation, settings, [target], ignore_robots, allow_private, keep=False) as fetcher:
        ((_, reading),) = examine([target], fetcher)
    if isinstance(reading, Exception):
        click.echo(failure_line(Outcome(target, error=reading), invocation.verbose), err=True)
        return getattr(reading, "exit_status", 1)
    page = reading.page
    lines = explanation_lines(reading) if explain else page_lines(page, user_zone(settings))
    sys.stdout.writelines(f"{line}\n" for line in lines)
    if page.interstitial:
        invocation.note(f"ticker: {target.label}: a {page.interstitial} instead of headlines or an article")
    if page.has_assumed_zone:
        invocation.note(f"ticker: {target.label}: {assumed_zone(target.name)}")
    if reading.moved_to:
        invocation.note(f"ticker: {move_hint(target.label, target.url or '', reading.moved_to)}")
    for selector in reading.unmatched:
        invocation.note(f"ticker: {target.label}: nothing on the page is found by the selector for {selector}")
    return 0 if page.headlines or page.article else 1


@command.command("set", short_help="Change a source.")
@click.argument("name", shell_complete=complete_source)
@click.option("--url", metavar="URL", help="New URL of the page.")
@click.option("--timezone", metavar="ZONE", help="Timezone of the page, such as Africa/Casablanca.")
@common_options
@click.pass_obj
def set_(invocation: Invocation, name: str, url: str | None, timezone: str | None) -> None:
    """Change source NAME in the configuration.

    Comments and order in the file are kept, as are archived records. 'ticker status' and 'ticker sources check' report
    permanent redirects. A new timezone applies from the next fetch; 'ticker import --retime' corrects archived times.

    \b
    Examples:
      ticker sources set example --url https://www.news.example/
      ticker sources set example --timezone Europe/Paris
    """
    from ticker.cli.fetch_inputs import open_fetch_history
    from ticker.settings.editor import change_source
    from ticker.times.zones import zone_by_name
    from ticker.urls import without_credentials

    if url is None and timezone is None:
        raise UsageError("nothing to set; give --url or --timezone")
    settings = invocation.settings()
    address = None if url is None else _checked_address(url)
    if timezone is not None:
        zone_by_name(timezone)
    change_source(settings.path, name, address, timezone)
    if address is not None:
        with closing(open_fetch_history(settings)) as attempts:
            attempts.change_url(name, without_credentials(address))
        invocation.note(f"set URL of {name} to {without_credentials(address)} in {settings.path}")
    if timezone is not None:
        invocation.note(f"set timezone of {name} to {timezone} in {settings.path}")


@command.command("remove", short_help="Remove a source.")
@click.argument("name", shell_complete=complete_source)
@common_options
@click.pass_obj
def remove(invocation: Invocation, name: str) -> None:
    """Remove source NAME from the configuration; archived records are kept.

    \b
    Example:
      ticker sources remove example
    """
    from ticker.settings.editor import remove_source
    from ticker.settings.reader import config_path

    path = config_path(invocation.config, os.environ)
    remove_source(path, name)
    invocation.note(f"removed {name} from {path}; archived records are kept")


def _checked_address(url: str) -> str:
    from ticker import urls
    from ticker.cli.fetch_inputs import as_url

    address = as_url(url)
    if address is None:
        raise UsageError(f"invalid URL {urls.without_credentials(url)!r}; try one such as https://news.example/")
    return address


def _checked_name(name: str | None) -> str | None:
    if name is not None and (not name.strip() or name.startswith("-") or not name.isprintable()):
        raise UsageError(f"invalid --name {name!r}: empty, not printable, or like an option; choose another name")
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
            raise UsageError(f"invalid --selector {text!r}: not PART=CSS; PART is one of {', '.join(SELECTOR_NAMES)}")
        if part in chosen:
            raise UsageError(f"--selector {part} is given twice; give one")
        chosen[part] = css
    for css in chosen.values():
        # A body selector is applied to any page, so this raises SelectorError if it is invalid.
        parse_page("<html><body><p></p></body></html>", selectors=Selectors(body=css))
    return Selectors(**chosen)
