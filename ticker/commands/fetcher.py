"""The ``Fetcher`` of a run, and the HTTP validators that it keeps between runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from ticker import __version__

if TYPE_CHECKING:
    from ticker.commands.invocation import Invocation
    from ticker.fetching import Fetcher
    from ticker.pipeline import Target
    from ticker.settings import Settings


@contextmanager
def open_fetcher(
    invocation: Invocation,
    settings: Settings,
    targets: Iterable[Target],
    ignore_robots: bool,
    allow_private: bool,
    keep: bool,
    no_cache: bool = False,
) -> Iterator[Fetcher | None]:
    """Open the fetcher for ``targets``; yield None if all of them are saved pages.

    With ``keep``, each page's ETag and Last-Modified are kept next to the archive that has its records; for another
    archive, the page is not unchanged. Without ``keep``, requests are unconditional and nothing is kept. With
    ``no_cache``, requests are unconditional, but validators are kept.
    """
    wanted = [target for target in targets if not target.saved]
    if not wanted:
        yield None
        return
    invocation.start_logging()
    from ticker.archive import Archive
    from ticker.fetching import Fetcher, ValidatorStore

    fetching = replace(
        settings.fetching,
        ignore_robots=ignore_robots or settings.fetching.ignore_robots,
        allow_private=allow_private or settings.fetching.allow_private,
        ignore_cache=no_cache or settings.fetching.ignore_cache,
    )
    path, archive = settings.state / "validators.sqlite", Archive(settings.archive)
    validators = ValidatorStore(path, _token(settings, wanted), is_kept=archive.keeps) if keep else None
    with Fetcher(fetching, validators) as fetcher:
        yield fetcher


def _token(settings: Settings, targets: Iterable[Target]) -> str:
    """Return a token that changes if unchanged pages would now be parsed differently or stored under another name."""
    chosen = {target.timezone for target in targets} - {source.timezone for source in settings.sources}
    sent = [[name for name, _ in source.request.headers + source.request.cookies] for source in settings.sources]
    parts = (__version__, settings.sources, sent, sorted(filter(None, chosen)))
    return blake2b(repr(parts).encode(), digest_size=8).hexdigest()
