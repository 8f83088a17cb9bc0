"""Options shared by several commands, and the completion of source names in shells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ticker.cli.context import Invocation
from ticker.errors import SettingsError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ticker.settings import Settings

# Options whose value may be a negative number.
_TAKE_NUMBERS = ("--since", "--until", "-n", "--lines", "--limit", "--interval", "--source", "--as")

Function = TypeVar("Function", bound=Callable[..., Any])


def complete_source(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the configured sources whose names start with ``incomplete``."""
    from click.shell_completion import CompletionItem

    settings = _settings_of(ctx)
    sources = settings.sources if settings else ()
    return [CompletionItem(source.name, help=source.shown) for source in sources if source.name.startswith(incomplete)]


def complete_known_source(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the sources whose names start with ``incomplete``, configured or in a sample of the archive's lines."""
    from click.shell_completion import CompletionItem

    from ticker.archive import Archive

    offered = complete_source(ctx, param, incomplete)
    settings = _settings_of(ctx)
    if settings:
        there = {item.value for item in offered}
        archived = sorted(name for name in Archive(settings.archive).sources() if name.startswith(incomplete))
        offered += [CompletionItem(name, help="archived") for name in archived if name not in there]
    return offered


def complete_what(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the matching configured sources, and the directive to offer files."""
    from click.shell_completion import CompletionItem

    return [*complete_source(ctx, param, incomplete), CompletionItem(incomplete, type="file")]


def _settings_of(ctx: click.Context) -> Settings | None:
    try:
        return (ctx.obj or Invocation()).read_settings()
    except SettingsError:  # completion cannot show a message; the command itself will
        return None


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    invocation = ctx.obj or Invocation()
    assert param.name
    ctx.obj = invocation._replace(**{param.name: value}) if value else invocation


def _group(*options: Callable[[Function], Function]) -> Callable[[Function], Function]:
    """Return one decorator for several options, which ``--help`` shows in this order."""

    def decorate(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def _choice(name: str, value: str, *flags: str, **settings: Any) -> Callable[[Function], Function]:
    """Return a flag that sets the parameter ``name`` to ``value``; another flag of that parameter is an error."""

    def choose(ctx: click.Context, param: click.Parameter, is_given: bool) -> None:
        if not is_given:
            ctx.params.setdefault(name, None)
            return
        other = ctx.meta.setdefault(f"ticker.choice.{name}", flags[0])
        if other != flags[0]:
            raise click.UsageError(f"{other} and {flags[0]} contradict each other; give one of them", ctx)
        ctx.params[name] = value

    return click.option(*flags, is_flag=True, expose_value=False, callback=choose, **settings)


def _expand_dash_number(args: Sequence[str]) -> list[str]:
    """Return the arguments with ``-20`` as ``-n 20``, as in head, tail and git."""
    end = args.index("--") if "--" in args else len(args)
    is_value = [False, *(before in _TAKE_NUMBERS for before in args)]
    return [
        f"-n{arg[1:]}" if at < end and not is_value[at] and arg[:1] == "-" and arg[1:].isdecimal() else arg
        for at, arg in enumerate(args)
    ]


class DashNumberCommand(click.Command):
    """A command that takes ``-20`` as ``-n 20``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments."""
        return super().parse_args(ctx, _expand_dash_number(args))


def _common(*names: str, **settings: Any) -> Callable[[Function], Function]:
    return click.option(*names, expose_value=False, callback=_remember, **settings)


PATH = click.Path()


def _set_color(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value:
        ctx.color = {"always": True, "never": False, "auto": None}[value]


common_options = _group(
    _common("--config", type=PATH, metavar="FILE", help="Configuration file.  [env: TICKER_CONFIG]"),
    _common("--archive", type=PATH, metavar="FOLDER", help="Archive folder.  [env: TICKER_ARCHIVE]"),
    _common("-v", "--verbose", count=True, help="Print more on stderr; -vv prints each request."),
    _common("-q", "--quiet", is_flag=True, help="Print only warnings and errors on stderr."),
    click.option(
        "--color",
        metavar="WHEN",
        type=click.Choice(["auto", "always", "never"]),
        expose_value=False,
        callback=_set_color,
        help="Use colour: auto (on a terminal), always or never.  [env: NO_COLOR, FORCE_COLOR]",
    ),
    _common("--log-file", type=PATH, metavar="FILE", help="Append a log to FILE."),
    _common("--log-json", is_flag=True, help="Log as JSON Lines, to the log file or else to stderr."),
)

index_option = _common("--no-index", is_flag=True, help="Do not use the index: same results, but slower.")
# Accepted by commands that never use the index, because crontabs may contain it.
hidden_index_option = _common("--no-index", is_flag=True, hidden=True)

saved_page_options = _group(
    click.option("--url", metavar="URL", help="URL of a saved page."),
    click.option("--at", metavar="TIME", help="When a saved page was fetched.  [default: the file's time]"),
    click.option("--timezone", metavar="ZONE", help="Timezone of the page, such as Africa/Casablanca."),
)

ignore_robots_option = click.option(
    "--ignore-robots", is_flag=True, help="Ignore robots.txt, including its Crawl-delay."
)

allow_private_option = click.option(
    "--allow-private", is_flag=True, help="Allow host names and redirects that lead to private IP addresses."
)

explain_option = click.option(
    "--explain", is_flag=True, help="Show how the parser chose body and lists; helps to write selectors."
)

source_option = click.option(
    "--source",
    "sources",
    metavar="NAME",
    multiple=True,
    shell_complete=complete_known_source,
    help="Only this source. Repeatable.",
)

span_options = _group(
    click.option("--since", metavar="TIME", help="Not before TIME: 2025-06-12, june, 17:10, 'last monday', 6h."),
    click.option("--until", metavar="TIME", help="Not after TIME; a date includes the whole day."),
)

articles_option = click.option("--articles", is_flag=True, help="Select articles instead of headlines.")

limit_option = click.option("-n", "--limit", metavar="N", type=click.IntRange(min=0), help="At most N records.")

edited_option = click.option("--edited", is_flag=True, help="Only edited titles, with the earlier title.")

selection_options = _group(
    span_options,
    source_option,
    limit_option,
    click.option("--reverse", is_flag=True, help="Oldest first."),
    articles_option,
)

new_options = _group(
    click.option("--new", is_flag=True, help="Only records stored since the last run with --new; at first, all."),
    click.option("--as", "cursor", metavar="NAME", help="With --new: since the last run with the same NAME."),
)

pattern_options = _group(
    _choice("mode", "regex", "-e", "--regex", help="PATTERN is a regular expression."),
    _choice("mode", "fixed", "-F", "--fixed", help="PATTERN is a fixed string, found anywhere."),
    _choice("ignore_case", "yes", "-i", "--ignore-case", help="Ignore case, also with -e and -F."),
    _choice("ignore_case", "no", "-s", "--case-sensitive", help="Match case and accents."),
)

bom_option = click.option("--bom", is_flag=True, help="Start CSV with a byte order mark, for Excel.")

format_options = _group(
    _choice("form", "json", "--json", help="Print JSON Lines, as stored."),
    _choice("form", "csv", "--csv", help="Print CSV with a header line."),
    bom_option,
    click.option("--long", is_flag=True, help="Add the link to each line."),
)
