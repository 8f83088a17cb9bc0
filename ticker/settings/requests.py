"""The request options of one source; headers and cookies may be secrets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_VARIABLE = "env:"


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
