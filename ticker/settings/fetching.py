"""``FetchSettings``: how pages are fetched."""

from __future__ import annotations

from dataclasses import dataclass

from ticker import __version__
from ticker.errors import SettingsError

_MUST_BE_POSITIVE = ("connect_timeout", "read_timeout", "deadline", "max_bytes")
_MAY_BE_ZERO = ("retries", "backoff", "pause", "max_retry_after", "max_unchanged")
# Longer times the system's clocks refuse, some of them at 24 days.
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
    """How pages are fetched; all times in seconds.

    ``user_agent`` is sent as it stands, and its first word up to the "/" is the name looked for in robots.txt.
    ``connect_timeout`` bounds the making of a connection, ``read_timeout`` the silence of a server that is
    connected, ``deadline`` all the time that servers take over one page: redirects, retries and body together,
    without the pauses that are kept on purpose. ``retries`` is how often a failed request is made again, first
    after about ``backoff``, each further time after twice as long. ``max_bytes`` bounds a page, as it is when
    unpacked. ``pause`` is kept between two requests for pages of one host; a longer Crawl-delay counts instead.
    ``max_retry_after`` is the longest wait that a server may ask for, by Retry-After or Crawl-delay, before its
    page is given up. ``ignore_robots`` neither reads nor obeys robots.txt, its Crawl-delay included. With
    ``allow_private`` names and redirects may lead to addresses that are not on the public internet. ``max_unchanged``
    is how long a server may say that a page is unchanged (304) before the page is asked for whole; with
    ``ignore_cache`` each page is asked for whole, each time.

    Raises SettingsError for what cannot be.
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
