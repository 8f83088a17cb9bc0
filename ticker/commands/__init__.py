"""The command line: Click, messages and exit statuses; one module a command, imported when it is called.

``main`` is the program. What the library raises becomes one line on stderr here, and an exit status.
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
from ticker.commands.invocation import IS_INCOMPLETE
from ticker.commands.options import common_options
from ticker.commands.saying import current_log, say
from ticker.errors import TickerError

# The commands in the order in which a newcomer meets them: module and one line of help. Kept here so that
# `ticker --help` imports none of them.
COMMANDS = {
    "fetch": ("ticker.commands.fetch", "Fetch pages and archive what is new."),
    "sources": ("ticker.commands.sources", "Add, list, check, change and remove what is fetched."),
    "list": ("ticker.commands.list_", "List archived headlines or articles, newest first."),
    "search": ("ticker.commands.search", "Search archived headlines or articles."),
    "tail": ("ticker.commands.tail", "Show the newest headlines or articles, and follow what comes."),
    "show": ("ticker.commands.show", "Show one headline or article whole, with its history."),
    "history": ("ticker.commands.history", "Show how a headline or article changed, word by word."),
    "stats": ("ticker.commands.stats", "Count archived headlines or articles, and show what stands out."),
    "export": ("ticker.commands.export", "Write archived headlines or articles in the format of another program."),
    "import": ("ticker.commands.import_", "Store headlines or articles from JSON Lines that are new."),
    "compact": ("ticker.commands.compact", "Compress the months that are over."),
    "verify": ("ticker.commands.verify", "Read the whole archive, tell what is wrong with it, and mend it."),
    "parse": ("ticker.commands.parse", "Print what the parser sees in a page, as JSON."),
    "status": ("ticker.commands.status", "Show how sources and the archive are, and what is wrong."),
    "cron": ("ticker.commands.cron", "Print the crontab line that fetches regularly."),
}

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

FAILED = 2
# Objects after which Python looks for cycles among the newest: at its 700, a tenth of a short command's time is that.
_MANY_OBJECTS = 20_000
INTERRUPTED = 128 + 2  # as shells report a program that SIGINT ended
PIPE_CLOSED = 128 + 13  # and SIGPIPE


class LazyGroup(click.Group):
    """A group that knows its commands' names and help, and imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] == "help":  # as git, cargo and others take it
            if ctx.resilient_parsing and not args[1:]:  # a shell completes the name of a command
                return None, None, []
            if not args[1:]:
                click.echo(ctx.get_help(), color=ctx.color)
                ctx.exit()
            args = [*args[1:], "--help"]
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        names = [("help", "Show the help of a command."), *((name, text) for name, (_, text) in COMMANDS.items())]
        offered = [CompletionItem(name, help=text) for name, text in names if name.startswith(incomplete)]
        return [*offered, *click.Command.shell_complete(self, ctx, incomplete)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        try:
            return super().make_context(*args, **extra)
        except BrokenPipeError:  # of --help and --version, which Click prints here, and makes it status 1
            raise click.exceptions.Exit(PIPE_CLOSED) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            status = super().invoke(ctx)
            return FAILED if ctx.meta.get(IS_INCOMPLETE) else status
        except BrokenPipeError:  # caught here, for Click would make it status 1, which has other meanings
            ctx.exit(PIPE_CLOSED)
        except KeyboardInterrupt as stopped:  # and this status 130, whatever the signal was
            if sys.stderr.isatty() and not current_log():
                click.echo(err=True)  # after ^C
            told = getattr(stopped, "told", "")
            ctx.exit(_complain(f"interrupted{': ' if told else ''}{told}", getattr(stopped, "status", INTERRUPTED)))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    # For the suggestions that Click makes where a name is mistyped.
    commands={name: click.Command(name) for name in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="'ticker help COMMAND' tells more. Configuration, archive format and shell completion: see the README.",
)
@click.version_option(__version__, "-V", "--version", message="ticker %(version)s")
@common_options
def cli() -> None:
    """Scrape and archive news tickers: the timestamped headlines beside an article, and the article.

    \b
    Examples:
      ticker sources add https://news.example/ --name example
      ticker fetch
      ticker list --since yesterday
      ticker search 'central bank'
    """


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Runs the program on ``args`` (by default the process's own) and exits with its status."""
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """Runs the program on ``args`` and returns its exit status; every message is on stderr by then."""
    if "_TICKER_COMPLETE" in os.environ:
        from ticker.commands.bash import register

        register()
    gc.set_threshold(_MANY_OBJECTS)
    _open_streams()
    _set_encodings()
    status = _flushed(_run(args))
    if log := current_log():
        log.end(status)
    return status


def _flushed(status: int) -> int:
    """The exit status, once standard output is written."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # Else Python tries again at exit, and complains.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return PIPE_CLOSED
        return status or _complain(f"standard output: {error.strerror}", FAILED)
    return status


def _run(args: Sequence[str] | None) -> int:
    try:
        status = cli.main(args, prog_name="ticker", standalone_mode=False)
    except click.Abort:
        return _complain("interrupted", INTERRUPTED)
    except click.exceptions.NoArgsIsHelpError as error:
        is_new = (
            error.ctx is not None and error.ctx.parent is None and sys.stderr.isatty() and not _is_set_up(error.ctx)
        )
        click.echo(_WELCOME if is_new else error.format_message(), err=True)
        return error.exit_code
    except click.UsageError as error:
        return _complain(_usage_line(error), error.exit_code)
    except click.ClickException as error:
        return _complain(error.format_message(), error.exit_code)
    except TickerError as error:
        return _complain(str(error), error.exit_status)
    except OSError as error:
        place = error.filename or ("standard output" if error.errno == EBADF else "")
        return _complain(f"{place}{': ' if place else ''}{error.strerror or error}", FAILED)
    return status if isinstance(status, int) else 0


_WELCOME = """\
ticker keeps the headlines of news sites. To begin, add the
page of one, fetch it, and list what is stored:

  ticker sources add https://news.example/
  ticker fetch
  ticker list

'ticker help' shows all commands.
"""


def _is_set_up(context: click.Context) -> bool:
    """Return whether there is a configuration, be it one with a mistake in it, or an archive."""
    from ticker.archive import Archive
    from ticker.commands.invocation import Invocation
    from ticker.errors import SettingsError

    try:
        settings = (context.obj or Invocation()).read_settings()
    except SettingsError:
        return True
    return bool(settings.sources) or Archive(settings.archive).exists()


def _complain(message: str, status: int) -> int:
    say(message)
    return status


def _usage_line(error: click.UsageError) -> str:
    """The error in one line, with the command whose help tells what would be right."""
    message = " ".join(error.format_message().split())
    if close := getattr(error, "possibilities", None):  # what Click guesses that was meant
        message = f"{error.message.rstrip('.')}; did you mean {' or '.join(close)}?"
    path = error.ctx.command_path if error.ctx else "ticker"
    if isinstance(error, click.NoSuchOption) and error.ctx and _takes_pattern(error.ctx.command):
        message = f"{message.rstrip('.')}; a pattern that begins with a minus goes after --: {path} -- -WORD"
    joint = " See" if message.endswith("?") else "; see"
    return f"{message[:1].lower()}{message[1:].rstrip('.')}{joint} '{path} --help'"


def _takes_pattern(command: click.Command) -> bool:
    return any(param.name == "pattern" for param in command.params)


def _open_streams() -> None:
    """Give each standard stream that was closed (`<&-`, `>&-`) a file.

    Otherwise the next file to be opened would take its number, and its input or output. What is written to a closed
    standard output fails, as it does with other programs: data must not be lost without a word. Messages have no other
    place to go to than standard error, so they are dropped where it is closed.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            file = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            setattr(sys, name, open(file, mode))  # noqa: SIM115, PTH123 - as Python opens them


def _set_encodings() -> None:
    # Archives are UTF-8 whatever the locale, and so is what is piped on; a terminal gets what it can show.
    for stream in (sys.stdout, sys.stderr):
        if stream.isatty():
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
