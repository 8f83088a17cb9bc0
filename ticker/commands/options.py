"""The options that recur, each defined once, and what the common ones say: an ``Invocation``."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ticker.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Invocation:
    """What the common options say, before or after the command's name; the latter wins."""

    config: str | None = None
    archive: str | None = None
    verbose: int = 0
    quiet: bool = False

    def settings(self) -> Settings:
        """The settings of this run, from the options, the environment and the file; raises SettingsError."""
        from ticker.settings import load

        return load(self.config, self.archive, os.environ)

    def start_logging(self) -> None:
        """Lets the library's log speak on stderr, as far as --verbose asks for."""
        import logging

        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("ticker: %(message)s"))
        logger = logging.getLogger("ticker")
        logger.handlers = [handler]
        logger.setLevel((logging.WARNING, logging.INFO, logging.DEBUG)[min(self.verbose, 2)])

    def note(self, text: str) -> None:
        """Tells the user something on stderr, unless they asked for quiet."""
        if not self.quiet:
            click.echo(text, err=True)


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    invocation = ctx.obj or Invocation()
    assert param.name
    ctx.obj = replace(invocation, **{param.name: value}) if value else invocation


def _group(*options: Callable[[Function], Function]) -> Callable[[Function], Function]:
    """One decorator for several, which ``--help`` shows in the order given."""

    def decorate(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def _common(*names: str, **settings: Any) -> Callable[[Function], Function]:
    return click.option(*names, expose_value=False, callback=_remember, **settings)


PATH = click.Path()

common_options = _group(
    _common("--config", type=PATH, metavar="FILE", help="Configuration file.  [env: TICKER_CONFIG]"),
    _common("--archive", type=PATH, metavar="FOLDER", help="Folder of the archive.  [env: TICKER_ARCHIVE]"),
    _common("-v", "--verbose", count=True, help="Tell more on stderr; twice for everything."),
    _common("-q", "--quiet", is_flag=True, help="Tell nothing but errors on stderr."),
)

saved_page_options = _group(
    click.option("--url", metavar="URL", help="The address that a saved page came from."),
    click.option("--at", metavar="TIME", help="When a saved page was fetched; else the time of the file."),
    click.option("--timezone", metavar="ZONE", help="The clock of the page, such as Africa/Casablanca."),
)

ignore_robots_option = click.option(
    "--ignore-robots", is_flag=True, help="Do not ask robots.txt, neither what it denies nor its Crawl-delay."
)

selection_options = _group(
    click.option("--since", metavar="TIME", help="Not before this: 2025-06-12, 17:10, yesterday, '2 days ago', 6h."),
    click.option("--until", metavar="TIME", help="Not after this; a day counts to its end."),
    click.option("--source", "sources", metavar="NAME", multiple=True, help="Of this source; may be repeated."),
    click.option("--limit", metavar="N", type=click.IntRange(min=0), help="At most N."),
    click.option("--reverse", is_flag=True, help="Oldest first."),
    click.option("--articles", is_flag=True, help="Articles in place of headlines."),
)

format_options = _group(
    click.option("--json", "form", flag_value="json", help="JSON Lines, as stored."),
    click.option("--csv", "form", flag_value="csv", help="CSV with a header line."),
    click.option("--long", is_flag=True, help="Add the link to each line."),
)
