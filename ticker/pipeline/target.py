"""The data of the pipeline: targets, raw pages, parsed pages and outcomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from ticker.models import Page
from ticker.settings import RequestOptions, Selectors, Source

if TYPE_CHECKING:
    from ticker.archive import AddResult, PageCapture
    from ticker.fetching import Fetched

# The exit status of a parser process that is out of memory.
OUT_OF_MEMORY = 75


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A saved page: ``read`` returns its bytes, ``moment`` is when it was fetched."""

    read: Callable[[], bytes]
    moment: datetime


@dataclass(frozen=True, slots=True)
class Target:
    """One page to process.

    ``label`` is its name in messages, ``name`` the source in the archive. With ``named_by_page``, the host of the URL
    that the page states replaces ``name``. ``saved`` is None for a page to fetch from ``url``, with the options
    ``request``; ``allow_private`` allows private IP addresses. ``charset`` overrides the one that the server states.
    ``data`` always reads headlines in script data.
    """

    label: str
    name: str
    url: str | None = None
    timezone: str | None = None
    selectors: Selectors = field(default_factory=Selectors)
    saved: SavedPage | None = None
    named_by_page: bool = False
    allow_private: bool = False
    request: RequestOptions = field(default_factory=RequestOptions)
    charset: str | None = None
    data: bool = False

    @classmethod
    def of(cls, source: Source) -> Target:
        """Return the target of a source."""
        return cls(
            source.name,
            source.name,
            source.url,
            source.timezone,
            source.selectors,
            allow_private=source.allow_private,
            request=source,
            charset=source.charset,
            data=source.data,
        )


@dataclass(frozen=True, slots=True)
class RawPage:
    """An unparsed page with the input of the parser, as plain data for another process."""

    body: bytes
    url: str | None
    moment: datetime
    timezone: str | None
    charset: str | None
    selectors: Selectors
    data: bool = False


@dataclass(frozen=True, slots=True)
class ParseReport:
    """A parsed page with an explanation in lines and the configured selectors that match nothing.

    ``moved_to`` is the URL to which it has moved permanently, or None.
    """

    page: Page
    explanation: tuple[str, ...]
    unmatched: tuple[str, ...]
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a parser process for a page; with ``is_last``, the process ends after it."""

    content: Page | ParseReport | Exception
    is_last: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of processing a target.

    ``error`` is a TickerError, or another exception, which is a bug in this program. Otherwise ``source`` is
    the source name in the archive and ``headlines`` the number on the page. ``added`` is what was archived, or would be
    in a dry run. An ``unchanged`` page has neither. ``clock`` is the local time and the server's time of the response,
    None if the server sent none. ``seconds`` is the duration of fetching and parsing. ``reason`` is the likely reason
    why the page has no headlines; "" if it has some or the reason is unknown. ``redirected_to`` is the URL to which the
    target redirects, or "", and ``moved_to`` the one to which it has moved permanently, or None. ``has_assumed_zone``
    is as in ``Page``. ``missed`` are the selectors that match nothing.
    """

    target: Target
    source: str = ""
    headlines: int = 0
    added: AddResult | None = None
    unchanged: bool = False
    error: Exception | None = None
    clock: tuple[datetime, datetime] | None = None
    seconds: float = 0.0
    reason: str = ""
    redirected_to: str = ""
    has_assumed_zone: bool = False
    missed: tuple[str, ...] = ()
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A target that was fetched or read, and parsed: its outcome so far, and what remains to be archived, if anything.

    ``fetched`` is the response without its body, to be remembered when ``capture`` is archived.
    """

    outcome: Outcome
    capture: PageCapture | None = None
    fetched: Fetched | None = None
