"""What goes through the pipeline: a ``Target``, the ``RawPage`` it brought, what was read of it, its ``Outcome``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from ticker import addresses
from ticker.records import Page
from ticker.settings import RequestOptions, Selectors, Source

if TYPE_CHECKING:
    from ticker.archive import Added
    from ticker.fetching import Fetched


# The exit status of a parser process whose memory ran out.
OUT_OF_MEMORY = 75


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page that is read and not fetched: ``read`` gives its bytes, ``moment`` is when it was fetched once."""

    read: Callable[[], bytes]
    moment: datetime


@dataclass(frozen=True, slots=True)
class Target:
    """One page to bring in.

    ``label`` is what the user calls it, ``name`` is what it is archived under. Where ``named_by_page`` is set, a
    page that tells its own address is archived under the host of that instead. ``saved`` is None for a page that
    is to be fetched from ``url``; ``allow_private`` lets that lead to private addresses, and ``request`` is how it is
    asked for. ``charset`` is the one to read it in, whatever the server says.
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

    @classmethod
    def of(cls, source: Source) -> Target:
        """The page of a source."""
        return cls(
            source.name,
            source.name,
            source.url,
            source.timezone,
            source.selectors,
            allow_private=source.allow_private,
            request=source.request,
            charset=source.charset,
        )


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it came in: all that the parser is to know of it, in plain data that can go to another process."""

    body: bytes
    url: str | None
    moment: datetime
    timezone: str | None
    charset: str | None
    selectors: Selectors


@dataclass(frozen=True, slots=True)
class Examined:
    """A page and how it was read: an explanation in lines, and those of people's own selectors that find nothing.

    ``moved_to`` is where its address has moved to for good, None where it has not.
    """

    page: Page
    explanation: tuple[str, ...]
    unmatched: tuple[str, ...]
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a parser process sends back for a page; ``is_last`` says that it reads no other."""

    content: Page | Examined | Exception
    is_last: bool


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that came in from ``url`` at ``moment``; ``page`` is None where it is unchanged since the last time.

    ``led_to`` is that address where the target's leads to another than its own.
    """

    target: Target
    url: str | None
    moment: datetime
    page: Page | None
    fetched: Fetched | None = None
    led_to: str = ""

    @property
    def clock(self) -> tuple[datetime, datetime] | None:
        """This machine's time and the server's when the page came in; None where the server did not tell it."""
        fetched = self.fetched
        return (fetched.fetched_at, fetched.served_at) if fetched and fetched.served_at else None

    @property
    def moved_to(self) -> str | None:
        """Where the target's address has moved to for good; None where it has not."""
        return self.fetched.moved_to if self.fetched else None

    @property
    def address(self) -> str | None:
        """Where the page is: where it came from, or where it says that it belongs."""
        article = self.page.article if self.page else None
        return self.url or (article.url if article else None)

    @property
    def source(self) -> str:
        """The name to archive it under."""
        return (self.target.named_by_page and addresses.host(self.address)) or self.target.name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a target.

    ``error`` is what stopped it: a TickerError, or another exception, which is a fault of this program. Else
    ``source`` is the name that it was archived under, ``headlines`` is how many its page shows, and ``added`` is
    what was archived of them, or would be. An ``unchanged`` page has neither. ``clock`` is this machine's time and the
    server's when the page came in, where the server told it; ``seconds`` how long it took to fetch and read it.
    ``reason`` is the likely reason why the page shows no headlines, "" where it does, or none is known;
    ``led_to`` is as in ``ReadPage``, ``has_assumed_zone`` as in ``Page``; ``missed`` are selectors that find nothing.
    ``moved_to`` is where the target's address has moved to for good.
    """

    target: Target
    source: str = ""
    headlines: int = 0
    added: Added | None = None
    unchanged: bool = False
    error: Exception | None = None
    clock: tuple[datetime, datetime] | None = None
    seconds: float = 0.0
    reason: str = ""
    led_to: str = ""
    has_assumed_zone: bool = False
    missed: tuple[str, ...] = ()
    moved_to: str | None = None
