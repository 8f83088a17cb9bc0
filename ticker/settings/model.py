"""The settings of a run as frozen structs: the classes and kinds of values that a configuration file is read into."""

# Annotations are evaluated once, here: msgspec and the reader both take a millisecond to evaluate them from text.

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from msgspec import Meta, Struct

from ticker import __version__, urls
from ticker.errors import SettingsError, TimeError

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
DEFAULT_JOBS = 4


def variable_of(value: str) -> str | None:
    """Return the name of the environment variable in "env:NAME", or None for a literal value."""
    return value.removeprefix(_VARIABLE).strip() if value.startswith(_VARIABLE) else None


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


def _is_zone(value: str) -> bool:
    from ticker.times.zones import zone_by_name  # slow to import, and not needed without a zone

    try:
        zone_by_name(value)
    except TimeError:
        return False
    return True


def _is_address(value: str) -> bool:
    if not urls.is_web(value):
        return False
    parts = urlsplit(value)
    try:
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        port != 0
        and not re.search(r"\s", host)
        and all(0 < len(label) < 64 for label in host.removesuffix(".").split("."))
    )


def _is_charset(value: str) -> bool:
    try:
        "".encode(value)
    except (LookupError, ValueError):
        return False
    return True


def _line(description: str, fits: Callable[[str], bool] = bool) -> Meta:
    return Meta(
        description=description,
        extra={"fits": lambda value: bool(value.strip()) and value.isprintable() and fits(value)},
    )


def _pairs(problem: Callable[[str, str], str | None]) -> Meta:
    return Meta(description='a table of strings, such as { Name = "env:NAME" }', extra={"pair_problem": problem})


# The kinds of values in the file. msgspec checks types and limits. The reader applies what is in ``extra``, "fits" to a
# value and "pair_problem" to each pair of a table, and writes the description into its messages.
_Text = Annotated[str, _line("a line of text in quotes")]
_Ascii = Annotated[str, _line("one line of ASCII text in quotes", str.isascii)]
_Agent = Annotated[str, _line('one line of ASCII text, or "env:NAME"', lambda value: not value_problem(value))]
_Zone = Annotated[str, _line('an IANA time zone such as "Africa/Casablanca"', _is_zone)]
_Address = Annotated[str, _line('a URL such as "https://news.example/"', _is_address)]
_Charset = Annotated[str, _line('the name of an encoding such as "windows-1251"', _is_charset)]
_Headers = Annotated[dict[str, str], _pairs(header_problem)]
_Cookies = Annotated[dict[str, str], _pairs(cookie_problem)]
_Flag = Annotated[bool, Meta(description="true or false")]
_Count = Annotated[int, Meta(ge=1, description="a whole number from 1 up")]
_Retries = Annotated[int, Meta(ge=0, le=100, description="a whole number from 0 to 100")]
_Bytes = Annotated[int, Meta(ge=1, le=1 << 40, description="a whole number from 1 to 1099511627776")]
# Some system clocks reject timeouts above 24 days.
_Timeout = Annotated[float, Meta(gt=0, le=604_800, description="a number of seconds above 0, at most 604800")]
_Pause = Annotated[float, Meta(ge=0, le=604_800, description="a number of seconds from 0 to 604800")]
_Interval = Annotated[float, Meta(ge=0, le=31_536_000, description="a number of seconds from 0 to 31536000, a year")]


class RequestOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the page of one source is requested, in addition to the general settings.

    ``user_agent`` replaces the general one. ``headers`` and ``cookies`` are values by name, sent only to the source's
    own origin. A value "env:NAME", also as user agent, is taken from the environment. ``netrc`` takes user name and
    password from ``~/.netrc``. ``ignore_cache`` always requests the whole page.
    """

    user_agent: _Agent | None = None
    headers: _Headers = {}
    cookies: _Cookies = {}
    netrc: _Flag = False
    ignore_cache: _Flag = False

    def __repr__(self) -> str:
        """Return the fields, with the names of headers and cookies and without their values, which may be secret."""
        values = ((name, getattr(self, name)) for name in self.__struct_fields__)
        shown = (f"{name}={list(value) if isinstance(value, dict) else value!r}" for name, value in values)
        return f"{type(self).__name__}({', '.join(shown)})"


class FetchSettings(Struct, frozen=True, forbid_unknown_fields=True):
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
    """

    user_agent: _Ascii = f"ticker/{__version__} (news headline archiver, run by a reader)"
    connect_timeout: _Timeout = 10.0
    read_timeout: _Timeout = 20.0
    deadline: _Timeout = 60.0
    retries: _Retries = 2
    backoff: _Pause = 1.0
    max_bytes: _Bytes = 10 * 1024 * 1024
    pause: _Pause = 1.0
    max_retry_after: _Pause = 120.0
    ignore_robots: _Flag = False
    allow_private: _Flag = False
    max_unchanged: _Interval = 86_400.0
    ignore_cache: _Flag = False


class _SelectorsError(SettingsError, ValueError):
    """Selectors that do not fit together; msgspec adds the place in the file to a ValueError."""


class Selectors(Struct, frozen=True, forbid_unknown_fields=True):
    """CSS selectors for a page that automatic detection gets wrong; None means automatic detection.

    ``body`` selects the article's body, ``entry`` each entry of the list of headlines, ``time`` and ``title`` the
    time and the title within an entry. Raises SettingsError for ``time`` or ``title`` without ``entry``.
    """

    body: _Text | None = None
    entry: _Text | None = None
    time: _Text | None = None
    title: _Text | None = None

    def __post_init__(self) -> None:
        if self.entry is None and (self.time, self.title) != (None, None):
            raise _SelectorsError("selectors time and title apply within an entry; add a selector for entry")

    def to_dict(self) -> dict[str, str]:
        """Return the selectors that are set, by name."""
        return {name: value for name in SELECTOR_NAMES if (value := getattr(self, name)) is not None}


SELECTOR_NAMES = Selectors.__struct_fields__


class Source(RequestOptions, frozen=True):
    """A page that is fetched regularly.

    ``name`` is its name in the archive. ``timezone`` is the IANA name of the zone of the page's times, None if the page
    states it. With ``allow_private`` its host and redirects may lead to private IP addresses. ``charset`` overrides a
    wrong one from the server. ``interval`` is the minimum in seconds between fetches by runs that fetch all sources.
    With ``data``, headlines in the data of the page's scripts are read even if the page shows a list.
    """

    name: _Text
    url: _Address
    timezone: _Zone | None = None
    selectors: Annotated[Selectors, Meta(description="a table")] = Selectors()
    allow_private: _Flag = False
    charset: _Charset | None = None
    interval: _Interval = 0.0
    data: _Flag = False

    @property
    def shown(self) -> str:
        """Return the URL without user name and password."""
        return urls.without_credentials(self.url)

    def to_dict(self) -> dict[str, Any]:
        """Return the fields for display, as JSON-compatible data."""
        return {
            "name": self.name,
            "url": self.shown,
            "timezone": self.timezone,
            "allow_private": self.allow_private,
            "selectors": self.selectors.to_dict(),
        }


class ConfigFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The content of a configuration file."""

    archive: _Text | None = None
    jobs: _Count = DEFAULT_JOBS
    timezone: _Zone | None = None
    log_file: _Text | None = None
    fetching: Annotated[FetchSettings, Meta(description="a table")] = FetchSettings()
    source: Annotated[tuple[Source, ...], Meta(description="written as [[source]], once for each")] = ()


class Settings(Struct, frozen=True):
    """The configuration of a run.

    ``archive`` is the archive's folder. ``path`` is the configuration file, which need not exist. ``sources`` are in
    the file's order. ``jobs`` is the number of hosts fetched from at a time. ``timezone`` is the IANA name of the zone
    for displaying and parsing times, None for the system's zone. ``log_file`` is None for no log.
    """

    archive: Path
    path: Path
    sources: tuple[Source, ...] = ()
    fetching: FetchSettings = FetchSettings()
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
        time zone, the selectors, ``allow_private`` and ``data`` from the sources configured on that host, if these
        agree.
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
            data=bool(there) and all(source.data for source in there),
        )
