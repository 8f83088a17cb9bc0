"""Shell completion of source names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ticker.cli.context import Invocation
from ticker.errors import SettingsError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ticker.settings import Settings


def complete_source(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the configured sources whose names start with ``incomplete``."""
    from click.shell_completion import CompletionItem

    settings = _settings(ctx)
    sources = settings.sources if settings else ()
    return [CompletionItem(source.name, help=source.shown) for source in sources if source.name.startswith(incomplete)]


def complete_known_source(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the sources whose names start with ``incomplete``, configured or in a sample of the archive's lines."""
    from click.shell_completion import CompletionItem

    from ticker.archive import Archive

    offered = complete_source(ctx, param, incomplete)
    settings = _settings(ctx)
    if settings:
        there = {item.value for item in offered}
        archived = sorted(name for name in Archive(settings.archive).sources() if name.startswith(incomplete))
        offered += [CompletionItem(name, help="archived") for name in archived if name not in there]
    return offered


def complete_what(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the matching configured sources, and the directive to offer files."""
    from click.shell_completion import CompletionItem

    return [*complete_source(ctx, param, incomplete), CompletionItem(incomplete, type="file")]


def _settings(ctx: click.Context) -> Settings | None:
    try:
        return (ctx.obj or Invocation()).read_settings()
    except SettingsError:  # completion cannot show a message; the command itself will
        return None
