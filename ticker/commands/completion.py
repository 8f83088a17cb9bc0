"""What the shell offers where a command takes the name of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ticker.commands.invocation import Invocation
from ticker.errors import SettingsError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_source(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The configured sources whose names begin so; none where the configuration cannot be read."""
    from click.shell_completion import CompletionItem

    try:
        sources = (ctx.obj or Invocation()).read_settings().sources
    except SettingsError:  # a shell has no place for a message; the command itself will give it
        return []
    return [CompletionItem(source.name, help=source.shown) for source in sources if source.name.startswith(incomplete)]


def complete_what(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The configured sources, and files."""
    from click.shell_completion import CompletionItem

    return [*complete_source(ctx, param, incomplete), CompletionItem(incomplete, type="file")]
