"""The argument WHAT and its target: a source's name, a URL, a saved page or ``-``."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from difflib import get_close_matches
from pathlib import Path

from ticker import addresses
from ticker.commands.clock import now, read_time
from ticker.errors import ParseError, UsageError
from ticker.fetching.kinds import refuse_by_bytes
from ticker.pipeline import SavedPage, Target
from ticker.settings import Settings

_SAVED = frozenset((".html", ".htm", ".xhtml", ".mhtml", ".txt", ".text", ".md", ".json", ".xml", ".gz"))
_SKEW = timedelta(minutes=5)  # tolerated between two clocks
# User name and password at the start of a URL without a scheme.
_PASSWORD = re.compile(r"^[^/@\s:]*:[^/@\s]*@")
_HOST = re.compile(r"[^\s/:@]+\.[^\W\d_]{2,}(?::\d+)?(?:[/?#]|$)")


@dataclass(frozen=True, slots=True)
class Context:
    """The options for saved pages: URL, time of the fetch (aware) and timezone, each None if not given."""

    url: str | None = None
    moment: datetime | None = None
    timezone: str | None = None


def read_context(url: str | None, at: str | None, timezone: str | None, zone: tzinfo) -> Context:
    """Parse ``--url``, ``--at`` (in ``timezone``, else in ``zone``) and ``--timezone``. Raises UsageError."""
    from ticker.times import zone_named

    page_zone = zone_named(timezone) if timezone is not None else zone
    if url is not None:
        url = as_address(url)
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
    if addresses.is_web(what):
        return _web(what, settings, context)
    if what and path.is_dir():
        raise UsageError(f"{what} is a folder; give the pages in it, such as {path / '*.html'}")
    if what and path.exists():
        moment = min(datetime.fromtimestamp(path.stat().st_mtime, UTC), now())
        return _saved(what, path.stem, _reader(path), moment, settings, context)
    if address := as_address(what):
        return _web(address, settings, context)
    if "://" in what:
        raise UsageError(
            f"invalid URL {addresses.without_credentials(what)!r}; try one such as https://news.example/articles/1"
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


def as_address(text: str) -> str | None:
    """Return ``text`` as a URL, or None if it is not one; https is added to a host without a scheme."""
    if addresses.is_web(text):
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
