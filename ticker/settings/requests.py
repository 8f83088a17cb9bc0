"""``RequestOptions``: how the page of one source is asked for; its headers and cookies may be secrets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_VARIABLE = "env:"


def variable_of(value: str) -> str | None:
    """Return the environment variable that ``value`` is to be taken from ("env:NAME"); None where it says itself."""
    return value.removeprefix(_VARIABLE).strip() if value.startswith(_VARIABLE) else None


@dataclass(frozen=True, slots=True)
class RequestOptions:
    """How the page of a source is asked for, beyond how all are.

    ``user_agent`` is sent in place of the general one. ``headers`` and ``cookies`` are pairs of name and value, for
    the source's own origin alone. A value that is "env:NAME" stands in the environment, a user agent too. ``netrc``
    takes user name and password from ``~/.netrc``. ``ignore_cache`` asks for the page whole, each time.
    """

    user_agent: str | None = None
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    cookies: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    netrc: bool = False
    ignore_cache: bool = False


# What a name may consist of (RFC 9110, 5.6.2).
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# What the program says itself, by what it can do or is told elsewhere.
_OWN_HEADERS = {
    "user-agent": 'write user_agent = "..." instead',
    "cookie": "write cookies = { ... } instead",
    **dict.fromkeys(("if-none-match", "if-modified-since"), "write ignore_cache = true to fetch pages whole"),
    **dict.fromkeys(
        ("host", "connection", "content-length", "transfer-encoding", "accept-encoding", "te", "upgrade", "range"),
        "it is not for you to choose",
    ),
}
# What tells preferences, and is no secret.
_HARMLESS = frozenset(
    ("accept", "accept-language", "cache-control", "dnt", "pragma", "priority", "referer", "sec-gpc",
     "upgrade-insecure-requests")
)  # fmt: skip


def header_problem(name: str, value: str) -> str | None:
    """Return what is wrong with a header, without its value; None where nothing is."""
    if not _TOKEN.fullmatch(name):
        return "no name of a header"
    return _OWN_HEADERS.get(name.lower()) or value_problem(value)


def cookie_problem(name: str, value: str) -> str | None:
    """Return what is wrong with a cookie, without its value; None where nothing is."""
    if not _TOKEN.fullmatch(name):
        return "no name of a cookie"
    return "its value must have no semicolon" if ";" in value else value_problem(value)


def value_problem(value: str) -> str | None:
    """Return what is wrong with a value that is sent, without the value; None where nothing is."""
    variable = variable_of(value)
    if variable is not None:
        return None if _NAME.fullmatch(variable) else '"env:" must be followed by the name of an environment variable'
    return None if value.isascii() and value.isprintable() else "its value must be one line of ASCII text"


def is_secret(key: str, name: str, value: str) -> bool:
    """Whether a value of ``headers`` or ``cookies`` (``key``) stands in the file itself, and may be a secret."""
    return variable_of(value) is None and not (key == "headers" and name.lower() in _HARMLESS)
