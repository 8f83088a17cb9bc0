"""What a source sends besides: headers, cookies and passwords that people configured, for its own origin alone."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import Cookie, CookieJar
from netrc import NetrcParseError, netrc
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from ticker.errors import FetchError
from ticker.settings.model import RequestOptions, variable_of

# Shorter words ("Bearer", "gzip") are no secrets, and messages are full of them.
_SHORTEST_SECRET = 8


@dataclass(frozen=True, slots=True)
class Extras:
    """The headers and cookies of one source, their values resolved; secrets."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)

    def hidden_in(self, text: str) -> str:
        """Return ``text`` with each word of a secret as ``***``: a server can send back what it was sent."""
        words = {word for value in (*self.headers.values(), *self.cookies.values()) for word in value.split()}
        for word in sorted(words, key=len, reverse=True):
            if len(word) >= _SHORTEST_SECRET:
                text = text.replace(word, "***")
        return text


def resolve(options: RequestOptions, environ: Mapping[str, str]) -> Extras:
    """Return what ``options`` send, with the values that ``environ`` holds; raise FetchError where one is not set."""
    return Extras(_resolved("header", options.headers, environ), _resolved("cookie", options.cookies, environ))


def _resolved(kind: str, pairs: Iterable[tuple[str, str]], environ: Mapping[str, str]) -> dict[str, str]:
    return {name: resolve_value(f"{kind} {name}", value, environ) for name, value in pairs}


def resolve_value(what: str, value: str, environ: Mapping[str, str]) -> str:
    """Return ``value``, or what ``environ`` holds where it is "env:NAME".

    Raises FetchError, which names ``what`` and no value, where the variable is not set or cannot be sent.
    """
    variable = variable_of(value)
    if variable is not None:
        value = environ.get(variable, "")
        if not value.strip():
            raise FetchError(f"{what}: the environment variable {variable} is not set", "settings")
    if not value.isascii() or not value.isprintable():
        raise FetchError(f"{what}: its value must be one line of ASCII text", "settings")
    return value


def jar_of(cookies: Mapping[str, str], others: CookieJar | None) -> CookieJar | None:
    """Return ``cookies`` and ``others`` together; None where there are none."""
    if not cookies:
        return others
    jar = CookieJar()
    for name, value in cookies.items():
        # For the request that it is given to, whatever its host.
        jar.set_cookie(
            Cookie(0, name, value, None, False, "", False, False, "/", True, False, None, True, None, None, {}, False)
        )
    for cookie in others or ():
        jar.set_cookie(cookie)
    return jar


def with_netrc_login(address: str, environ: Mapping[str, str]) -> str:
    """Return ``address`` with the user name and password that ``~/.netrc`` has for its host.

    One that has them already keeps them. Raises FetchError where the file cannot be used or names no such host.
    """
    parts = urlsplit(address)
    if not parts.hostname or "@" in parts.netloc:
        return address
    path = Path(environ.get("NETRC") or "~/.netrc").expanduser()
    try:
        if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRGRP | stat.S_IROTH):
            raise FetchError(f"{path} holds passwords and can be read by others; run 'chmod 600 {path}'", "netrc")
        found = netrc(path).authenticators(parts.hostname)
    except OSError as error:
        raise FetchError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}", "netrc") from error
    except NetrcParseError as error:  # its text may quote a password
        raise FetchError(f"{path} cannot be understood at line {error.lineno}", "netrc") from None
    except UnicodeDecodeError:
        raise FetchError(f"{path} is not UTF-8", "netrc") from None
    if not found:
        raise FetchError(f"{path} has no entry for {parts.hostname}", "netrc")
    login, account, password = found
    user = ":".join(quote(text or "", safe="") for text in (login or account, password))
    return urlunsplit(parts._replace(netloc=f"{user}@{parts.netloc}"))
