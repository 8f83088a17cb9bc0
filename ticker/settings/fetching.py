"""The settings for fetching pages."""

from __future__ import annotations

from dataclasses import dataclass

from ticker import __version__
from ticker.errors import SettingsError

_MUST_BE_POSITIVE = ("connect_timeout", "read_timeout", "deadline", "max_bytes")
_MAY_BE_ZERO = ("retries", "backoff", "pause", "max_retry_after", "max_unchanged")
# Some system clocks reject timeouts above 24 days.
_AT_MOST = {
    "connect_timeout": 604_800,
    "read_timeout": 604_800,
    "deadline": 604_800,
    "backoff": 604_800,
    "pause": 604_800,
    "max_retry_after": 604_800,
    "max_unchanged": 31_536_000,
    "retries": 100,
    "max_bytes": 1 << 40,
}


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages are fetched; all times are in seconds.

    - ``user_agent``: sent unchanged; its first word, up to the "/", is the name matched in robots.txt.
    - ``connect_timeout``: limit for connecting; ``read_timeout``: limit for the silence of a connected server.
    - ``deadline``: limit for one page, with redirects, retries and body, without deliberate pauses.
    - ``retries``: number of retries of a failed request, the first after about ``backoff``, each later one after twice
      as long.
    - ``max_bytes``: limit for a decompressed page.
    - ``pause``: minimum between two requests for pages of one host; a longer Crawl-delay takes precedence.
    - ``max_retry_after``: longest Retry-After or Crawl-delay to wait; a longer one fails the page.
    - ``ignore_robots``: do not read or obey robots.txt, including its Crawl-delay.
    - ``allow_private``: let names and redirects lead to IP addresses outside the public internet.
    - ``max_unchanged``: how long to accept 304 before the whole page is requested; ``ignore_cache``: always request it.

    Raises SettingsError for a value out of range.
    """

    user_agent: str = f"ticker/{__version__} (news headline archiver, run by a reader)"
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    deadline: float = 60.0
    retries: int = 2
    backoff: float = 1.0
    max_bytes: int = 10 * 1024 * 1024
    pause: float = 1.0
    max_retry_after: float = 120.0
    ignore_robots: bool = False
    allow_private: bool = False
    max_unchanged: float = 86_400.0
    ignore_cache: bool = False

    def __post_init__(self) -> None:
        if not self.user_agent.strip() or not (self.user_agent.isascii() and self.user_agent.isprintable()):
            raise SettingsError(f"user_agent must be one line of ASCII text, not {self.user_agent!r}")
        for name in _MUST_BE_POSITIVE:
            if not 0 < getattr(self, name) < float("inf"):
                raise SettingsError(f"{name} must be a number above 0, not {getattr(self, name)!r}")
        for name in _MAY_BE_ZERO:
            if not 0 <= getattr(self, name) < float("inf"):
                raise SettingsError(f"{name} must be a number, 0 or more, not {getattr(self, name)!r}")
        for name, most in _AT_MOST.items():
            if getattr(self, name) > most:
                raise SettingsError(f"{name} must be at most {most}, not {getattr(self, name)!r}")
