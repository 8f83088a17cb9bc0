"""The targets of a run: what WHAT means, which sources are due, and the ``Fetcher`` that gets their pages."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ticker import __version__, urls
from ticker.cli.context import now, read_time
from ticker.errors import ParseError, UsageError
from ticker.fetching.content_type import refuse_by_bytes
from ticker.pipeline import SavedPage, Target
from ticker.settings import Settings
from ticker.urls import without_credentials

if TYPE_CHECKING:
    from ticker.cli.context import Invocation
    from ticker.fetch_state import FetchHistory, SourceState
    from ticker.fetching import Fetcher
    from ticker.settings import Source

_SAVED = frozenset((".html", ".htm", ".xhtml", ".mhtml", ".txt", ".text", ".md", ".json", ".xml", ".gz"))
_SKEW = timedelta(minutes=5)  # tolerated between two clocks
# User name and password at the start of a URL without a scheme.
_PASSWORD = re.compile(r"^[^/@\s:]*:[^/@\s]*@")
_HOST = re.compile(r"[^\s/:@]+\.[^\W\d_]{2,}(?::\d+)?(?:[/?#]|$)")


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

    fetching = msgspec.structs.replace(
        settings.fetching,
        ignore_robots=ignore_robots or settings.fetching.ignore_robots,
        allow_private=allow_private or settings.fetching.allow_private,
        ignore_cache=no_cache or settings.fetching.ignore_cache,
    )
    path, archive = settings.state / "validators.sqlite", Archive(settings.archive)
    validators = ValidatorStore(path, _token(settings, wanted), is_kept=archive.has_day) if keep else None
    with Fetcher(fetching, validators) as fetcher:
        yield fetcher


def _token(settings: Settings, targets: Iterable[Target]) -> str:
    """Return a token that changes if unchanged pages would now be parsed differently or stored under another name."""
    chosen = {target.timezone for target in targets} - {source.timezone for source in settings.sources}
    parts = (__version__, settings.sources, sorted(filter(None, chosen)))
    return blake2b(repr(parts).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class SkippedSources:
    """The sources that a run skips, with the time of the next try.

    ``until`` has sources that failed, ``resting`` sources fetched within their interval.
    """

    until: Mapping[str, datetime]
    resting: Mapping[str, datetime]
    states: Mapping[str, SourceState]
    zone: tzinfo

    def summary(self) -> str:
        """Return ``2 skipped (failed before; next try 2026-11-24 14:30)``, or "" if none is skipped."""
        kinds = ((self.until, "failed before; next try"), (self.resting, "within their interval; next fetch"))
        return ", ".join(
            f"{len(until)} skipped ({why} {self._shown(min(until.values()))})" for until, why in kinds if until
        )

    def lines(self) -> Iterator[str]:
        """Yield a line for each skipped source."""
        for name, until in self.until.items():
            state = self.states[name]
            times = "once" if state.failures == 1 else f"{state.failures} times in a row"
            yield f"{name}: skipped until {self._shown(until)}: it failed {times} ({state.error})"
        for name, until in self.resting.items():
            yield f"{name}: skipped until {self._shown(until)}: within its interval"

    def _shown(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}"


def split_due(
    sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime, zone: tzinfo, with_failed: bool
) -> tuple[list[Source], SkippedSources]:
    """Return the sources that are due ``now``, and the skipped ones; ``with_failed`` ignores backoff."""
    from ticker.fetch_state import interval_until, postponed_until

    due: list[Source] = []
    until: dict[str, datetime] = {}
    resting: dict[str, datetime] = {}
    for source in sources:
        state = states.get(source.name)
        if state is None or state.url != without_credentials(source.url):
            due.append(source)
        elif postponed := None if with_failed else postponed_until(state, now):
            until[source.name] = postponed
        elif rest := interval_until(state, timedelta(seconds=source.interval), now):
            resting[source.name] = rest
        else:
            due.append(source)
    return due, SkippedSources(until, resting, states, zone)


def open_fetch_history(settings: Settings) -> FetchHistory:
    """Open the state of sources, stored next to the archive; the caller closes it."""
    from ticker.fetch_state import FetchHistory

    return FetchHistory(settings.state / "sources.sqlite")


@dataclass(frozen=True, slots=True)
class Context:
    """The options for saved pages: URL, time of the fetch (aware) and timezone, each None if not given."""

    url: str | None = None
    moment: datetime | None = None
    timezone: str | None = None


def read_context(url: str | None, at: str | None, timezone: str | None, zone: tzinfo) -> Context:
    """Parse ``--url``, ``--at`` (in ``timezone``, else in ``zone``) and ``--timezone``. Raises UsageError."""
    from ticker.times.zones import zone_by_name

    page_zone = zone_by_name(timezone) if timezone is not None else zone
    if url is not None:
        url = as_url(url)
        if url is None:
            raise UsageError("invalid --url; try one such as https://news.example/articles/1")
    moment = read_time(at, page_zone).start if at is not None else None
    if moment and moment > now() + _SKEW:
        raise UsageError(f"--at {at} is in the future; give the date and time when the page was fetched")
    return Context(url, moment, timezone)


def find_targets(what: Iterable[str], settings: Settings, context: Context) -> list[Target]:
    """Return the target of each of ``what``. Raises UsageError if there is none, or if the context does not fit."""
    targets = [_target(name, settings, context) for name in what]
    saved = [target for target in targets if target.saved]
    if (context.url or context.moment) and not saved:
        raise UsageError("--url and --at require a saved page; give a file, or - for standard input")
    if context.url and len(saved) > 1:
        raise UsageError(f"--url applies to one saved page, got {len(saved)}; give one page per run")
    return targets


def _target(what: str, settings: Settings, context: Context) -> Target:
    if source := settings.source(what):
        return Target.of(source)
    if what == "-":
        return _saved(what, "stdin", _read_stdin, now(), settings, context)
    path = Path(what)
    if urls.is_web(what):
        return _web(what, settings, context)
    if what and path.is_dir():
        raise UsageError(f"{what} is a folder; give the pages in it, such as {path / '*.html'}")
    if what and path.exists():
        moment = min(datetime.fromtimestamp(path.stat().st_mtime, UTC), now())
        return _saved(what, path.stem, _reader(path), moment, settings, context)
    if address := as_url(what):
        return _web(address, settings, context)
    if "://" in what:
        raise UsageError(
            f"invalid URL {urls.without_credentials(what)!r}; try one such as https://news.example/articles/1"
        )
    if path.suffix.lower() in _SAVED or "/" in what:
        raise UsageError(f"{_PASSWORD.sub('', what)}: no such file")
    close = get_close_matches(what, [source.name for source in settings.sources], n=1)
    hint = f"did you mean {close[0]}?" if close else "'ticker sources list' lists the sources"
    raise UsageError(f"{_PASSWORD.sub('', what)!r} is not a configured source, a URL or a file; {hint}")


def _web(url: str, settings: Settings, context: Context) -> Target:
    target = Target.of(settings.source_of(url))
    return replace(target, timezone=context.timezone or target.timezone)


def _saved(
    what: str, stem: str, read: Callable[[], bytes], moment: datetime, settings: Settings, context: Context
) -> Target:
    saved = SavedPage(read, context.moment or moment)
    if not context.url:
        return Target(label=what, name=stem, timezone=context.timezone, saved=saved, named_by_page=True)
    target = Target.of(settings.source_of(context.url))
    return replace(target, label=what, url=context.url, timezone=context.timezone or target.timezone, saved=saved)


def as_url(text: str) -> str | None:
    """Return ``text`` as a URL, or None if it is not one; https is added to a host without a scheme."""
    if urls.is_web(text):
        return text
    if "://" in text or not _HOST.match(text) or ("/" not in text and Path(text).suffix.lower() in _SAVED):
        return None
    return f"https://{text}"


def _reader(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return _checked(path.read_bytes(), "the file is empty")
        except OSError as error:
            raise ParseError(f"cannot be read: {error.strerror}") from error

    return read


def _read_stdin() -> bytes:
    return _checked(sys.stdin.buffer.read(), "standard input is empty")


def _checked(body: bytes, complaint: str) -> bytes:
    # The program that saved the page may have failed silently, as in `curl -s ... | ticker fetch -`.
    if not body.strip():
        raise ParseError(complaint)
    refuse_by_bytes(body)
    return body
