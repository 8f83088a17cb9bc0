"""The settings of a run in one frozen object, with its sources and how each is fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ticker import __version__, urls
from ticker.errors import SettingsError
from ticker.urls import without_credentials

_VARIABLE = "env:"

# A token (RFC 9110, 5.6.2).
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Headers that the program sets itself, and what to do instead.
_OWN_HEADERS = {
    "user-agent": 'write user_agent = "..." instead',
    "cookie": "write cookies = { ... } instead",
    **dict.fromkeys(("if-none-match", "if-modified-since"), "write ignore_cache = true to fetch pages whole"),
    **dict.fromkeys(
        ("host", "connection", "content-length", "transfer-encoding", "accept-encoding", "te", "upgrade", "range"),
        "ticker sets this header itself; remove it",
    ),
}
# Headers that state preferences and are not secret.
_HARMLESS = frozenset(
    ("accept", "accept-language", "cache-control", "dnt", "pragma", "priority", "referer", "sec-gpc",
     "upgrade-insecure-requests")
)  # fmt: skip
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
DEFAULT_JOBS = 4


def variable_of(value: str) -> str | None:
    """Return the name of the environment variable in "env:NAME", or None for a literal value."""
    return value.removeprefix(_VARIABLE).strip() if value.startswith(_VARIABLE) else None


@dataclass(frozen=True, slots=True)
class RequestOptions:
    """How the page of one source is requested, in addition to the general settings.

    ``user_agent`` replaces the general one. ``headers`` and ``cookies`` are pairs of name and value, sent only to the
    source's own origin. A value "env:NAME", also as user agent, is taken from the environment. ``netrc`` takes user
    name and password from ``~/.netrc``. ``ignore_cache`` always requests the whole page.
    """

    user_agent: str | None = None
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    cookies: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    netrc: bool = False
    ignore_cache: bool = False


def header_problem(name: str, value: str) -> str | None:
    """Return what is wrong with a header, without its value, or None."""
    if not _TOKEN.fullmatch(name):
        return "not a valid header name"
    return _OWN_HEADERS.get(name.lower()) or value_problem(value)


def cookie_problem(name: str, value: str) -> str | None:
    """Return what is wrong with a cookie, without its value, or None."""
    if not _TOKEN.fullmatch(name):
        return "not a valid cookie name"
    return "its value must not contain a semicolon" if ";" in value else value_problem(value)


def value_problem(value: str) -> str | None:
    """Return what is wrong with a value to send, without the value, or None."""
    variable = variable_of(value)
    if variable is not None:
        return None if _NAME.fullmatch(variable) else '"env:" must be followed by the name of an environment variable'
    return None if value.isascii() and value.isprintable() else "its value must be one line of ASCII text"


def is_secret(key: str, name: str, value: str) -> bool:
    """Return whether a value of ``headers`` or ``cookies`` (``key``) is in the file itself and may be secret."""
    return variable_of(value) is None and not (key == "headers" and name.lower() in _HARMLESS)


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


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors for a page that automatic detection gets wrong; None means automatic detection.

    ``body`` selects the article's body, ``entry`` each entry of the list of headlines, ``time`` and ``title`` the
    time and the title within an entry. Raises SettingsError for ``time`` or ``title`` without ``entry``.
    """

    body: str | None = None
    entry: str | None = None
    time: str | None = None
    title: str | None = None

    def __post_init__(self) -> None:
        if (self.time or self.title) and not self.entry:
            raise SettingsError("selectors time and title apply within an entry; add a selector for entry")

    def to_dict(self) -> dict[str, str]:
        """Return the selectors that are set, by name."""
        return {name: value for name in SELECTOR_NAMES if (value := getattr(self, name)) is not None}


SELECTOR_NAMES: tuple[str, ...] = tuple(field.name for field in fields(Selectors))


@dataclass(frozen=True, slots=True)
class Source:
    """A page that is fetched regularly.

    ``name`` is its name in the archive. ``timezone`` is the IANA name of the zone of the page's times, None if the page
    states it. With ``allow_private`` its host and redirects may lead to private IP addresses. ``request`` holds its
    request options. ``charset`` overrides a wrong one from the server. ``interval`` is the minimum in seconds between
    fetches by runs that fetch all sources.
    """

    name: str
    url: str
    timezone: str | None = None
    selectors: Selectors = field(default_factory=Selectors)
    allow_private: bool = False
    request: RequestOptions = field(default_factory=RequestOptions)
    charset: str | None = None
    interval: float = 0.0

    @property
    def shown(self) -> str:
        """Return the URL without user name and password."""
        return without_credentials(self.url)

    def to_dict(self) -> dict[str, Any]:
        """Return the fields for display, as JSON-compatible data."""
        return {
            "name": self.name,
            "url": self.shown,
            "timezone": self.timezone,
            "allow_private": self.allow_private,
            "selectors": self.selectors.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of a run.

    ``archive`` is the archive's folder. ``path`` is the configuration file, which need not exist. ``sources`` are in
    the file's order. ``jobs`` is the number of hosts fetched from at a time. ``timezone`` is the IANA name of the zone
    for displaying and parsing times, None for the system's zone. ``log_file`` is None for no log.
    """

    archive: Path
    path: Path
    sources: tuple[Source, ...] = ()
    fetching: FetchSettings = field(default_factory=FetchSettings)
    jobs: int = DEFAULT_JOBS
    timezone: str | None = None
    log_file: Path | None = None

    @property
    def state(self) -> Path:
        """Return the folder of the state files."""
        return self.archive / ".state"

    def source(self, name: str) -> Source | None:
        """Return the source with that name, or None."""
        return next((source for source in self.sources if source.name == name), None)

    def source_of(self, url: str) -> Source:
        """Return the source that the page at ``url`` belongs to.

        That is the configured source with this URL, or else a new source named after the host. A new source takes the
        time zone, the selectors and ``allow_private`` from the sources configured on that host, if these agree.
        """
        address = urls.canonical(url)
        for source in self.sources:
            if urls.canonical(source.url) == address:
                return source
        host = urls.host(url)
        there = [source for source in self.sources if urls.host(source.url) == host]
        zones = {source.timezone for source in there}
        selectors = {source.selectors for source in there}
        return Source(
            name=host,
            url=url,
            timezone=zones.pop() if len(zones) == 1 else None,
            selectors=selectors.pop() if len(selectors) == 1 else Selectors(),
            allow_private=bool(there) and all(source.allow_private for source in there),
        )
