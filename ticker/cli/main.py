"""The command line: one module for each command, imported when the command is called.

``main`` is the program. It turns the library's exceptions into one line on stderr and an exit status.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from errno import EBADF
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ticker import __version__
from ticker.cli.context import IS_INCOMPLETE
from ticker.cli.messages import current_log, say
from ticker.cli.options import common_options
from ticker.errors import TickerError

# Module and help line of each command, in the order of `ticker --help`, which must not import the commands.
COMMANDS = {
    "fetch": ("ticker.cli.commands.fetch", "Fetch pages and archive new headlines and articles."),
    "sources": ("ticker.cli.commands.sources", "Add, list, check, change and remove sources."),
    "list": ("ticker.cli.commands.list_", "List archived headlines or articles, newest first."),
    "search": ("ticker.cli.commands.search", "Search archived headlines or articles."),
    "tail": ("ticker.cli.commands.tail", "Show the newest headlines or articles and follow new ones."),
    "show": ("ticker.cli.commands.show", "Show one headline or article with its history."),
    "history": ("ticker.cli.commands.history", "Show how headlines or articles changed, word by word."),
    "stats": ("ticker.cli.commands.stats", "Count archived headlines or articles; show gaps and rising words."),
    "export": (
        "ticker.cli.commands.export",
        "Export archived headlines or articles as CSV, JSON, SQLite, feeds and more.",
    ),
    "import": ("ticker.cli.commands.import_", "Import new headlines or articles from JSON Lines."),
    "compact": ("ticker.cli.commands.compact", "Compress past months."),
    "verify": ("ticker.cli.commands.verify", "Check the whole archive, and repair it with --repair."),
    "parse": ("ticker.cli.commands.parse", "Parse a page and print the result as JSON."),
    "status": ("ticker.cli.commands.status", "Show the health of sources and archive."),
    "cron": ("ticker.cli.commands.cron", "Print a crontab line for regular fetching."),
}

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

EXIT_ERROR = 2
# Allocations between garbage collections; Python's default of 700 costs a tenth of a short command's time.
_GC_THRESHOLD = 20_000
INTERRUPTED = 128 + 2  # the status that shells report after SIGINT
EXIT_PIPE_CLOSED = 128 + 13  # the status that shells report after SIGPIPE


class LazyGroup(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of ``--help``."""
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that ``args`` name; ``help COMMAND`` means ``COMMAND --help``, as in git."""
        if args[0] == "help":
            if ctx.resilient_parsing and not args[1:]:  # the shell completes the name of a command
                return None, None, []
            if not args[1:]:
                click.echo(ctx.get_help(), color=ctx.color)
                ctx.exit()
            args = [*args[1:], "--help"]
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands and options that start with ``incomplete``."""
        from click.shell_completion import CompletionItem

        names = [("help", "Show the help of a command."), *((name, text) for name, (_, text) in COMMANDS.items())]
        offered = [CompletionItem(name, help=text) for name, text in names if name.startswith(incomplete)]
        return [*offered, *click.Command.shell_complete(self, ctx, incomplete)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or return None if there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Parse the arguments; exit with ``EXIT_PIPE_CLOSED`` if nobody reads the output of ``--help``."""
        try:
            return super().make_context(*args, **extra)
        except BrokenPipeError:  # Click prints --help and --version here and would exit with status 1
            raise click.exceptions.Exit(EXIT_PIPE_CLOSED) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exit with the status of the signal that ended it, if any."""
        try:
            status = super().invoke(ctx)
            return EXIT_ERROR if ctx.meta.get(IS_INCOMPLETE) else status
        except BrokenPipeError:  # Click would exit with status 1, which has other meanings here
            ctx.exit(EXIT_PIPE_CLOSED)
        except KeyboardInterrupt as stopped:  # Click would always exit with status 130
            if sys.stderr.isatty() and not current_log():
                click.echo(err=True)  # the terminal shows ^C on this line
            told = getattr(stopped, "told", "")
            ctx.exit(_report_error(f"interrupted{': ' if told else ''}{told}", getattr(stopped, "status", INTERRUPTED)))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from ``COMMANDS``, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    # Click suggests one of these names for a mistyped command.
    commands={name: click.Command(name) for name in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="'ticker COMMAND --help' describes a command. The README describes configuration and shell completion.",
)
@click.version_option(__version__, "-V", "--version", message="ticker %(version)s")
@common_options
def cli() -> None:
    """Scrape and archive news tickers: timestamped headlines, and the articles beside them.

    \b
    Examples:
      ticker sources add https://news.example/ --name example
      ticker fetch
      ticker list --since yesterday
      ticker search 'central bank'
    """


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the program on ``args`` (by default the process's arguments) and exit with its status."""
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """Run the program on ``args`` and return its exit status, after all messages are written."""
    if "_TICKER_COMPLETE" in os.environ:
        from ticker.cli.bash_completion import register

        register()
    gc.set_threshold(_GC_THRESHOLD)
    _open_streams()
    _set_encodings()
    status = _flush_stdout(_run(args))
    if log := current_log():
        log.end(status)
    return status


def _flush_stdout(status: int) -> int:
    """Flush standard output and return the exit status."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # Otherwise Python flushes again at exit and prints an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return EXIT_PIPE_CLOSED
        return status or _report_error(f"standard output: {error.strerror}", EXIT_ERROR)
    return status


def _run(args: Sequence[str] | None) -> int:
    try:
        status = cli.main(args, prog_name="ticker", standalone_mode=False)
    except click.Abort:
        return _report_error("interrupted", INTERRUPTED)
    except click.exceptions.NoArgsIsHelpError as error:
        is_new = (
            error.ctx is not None and error.ctx.parent is None and sys.stderr.isatty() and not _is_set_up(error.ctx)
        )
        click.echo(_WELCOME if is_new else error.format_message(), err=True)
        return error.exit_code
    except click.UsageError as error:
        return _report_error(_usage_line(error), error.exit_code)
    except click.ClickException as error:
        return _report_error(error.format_message(), error.exit_code)
    except TickerError as error:
        return _report_error(str(error), error.exit_status)
    except OSError as error:
        place = error.filename or ("standard output" if error.errno == EBADF else "")
        return _report_error(f"{place}{': ' if place else ''}{error.strerror or error}", EXIT_ERROR)
    return status if isinstance(status, int) else 0


_WELCOME = """\
ticker archives the headlines of news sites. To begin, add
the URL of a page, fetch it, and list its headlines:

  ticker sources add https://news.example/
  ticker fetch
  ticker list

'ticker --help' lists all commands.
"""


def _is_set_up(context: click.Context) -> bool:
    """Return whether there is a configuration with sources, an invalid configuration, or an archive."""
    from ticker.archive import Archive
    from ticker.cli.context import Invocation
    from ticker.errors import SettingsError

    try:
        settings = (context.obj or Invocation()).read_settings()
    except SettingsError:
        return True
    return bool(settings.sources) or Archive(settings.archive).exists()


def _report_error(message: str, status: int) -> int:
    say(message)
    return status


def _usage_line(error: click.UsageError) -> str:
    """Return the error as one line, with the command that shows the help."""
    message = " ".join(error.format_message().split())
    if close := getattr(error, "possibilities", None):  # Click's suggestions
        message = f"{error.message.rstrip('.')}; did you mean {' or '.join(close)}?"
    path = error.ctx.command_path if error.ctx else "ticker"
    if isinstance(error, click.NoSuchOption) and error.ctx and _takes_pattern(error.ctx.command):
        message = f"{message.rstrip('.')}; put '--' before a pattern that starts with a minus: {path} -- -WORD"
    joint = " See" if message.endswith("?") else "; see"
    return f"{message[:1].lower()}{message[1:].rstrip('.')}{joint} '{path} --help'"


def _takes_pattern(command: click.Command) -> bool:
    return any(param.name == "pattern" for param in command.params)


def _open_streams() -> None:
    """Open a file in place of each standard stream that is closed (`<&-`, `>&-`).

    Otherwise the next file that is opened would get the stream's descriptor. Writing to a closed standard output
    fails, so no data is lost silently. Messages to a closed standard error are dropped.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            file = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            setattr(sys, name, open(file, mode))  # noqa: SIM115, PTH123 - stays open until the process ends


def _set_encodings() -> None:
    # Piped output is UTF-8 in every locale, like archives; a terminal replaces what it cannot show.
    for stream in (sys.stdout, sys.stderr):
        if stream.isatty():
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
