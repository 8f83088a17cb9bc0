"""Configured headers, cookies and passwords of a source, sent only to its own origin."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import Cookie, CookieJar
from netrc import NetrcParseError, netrc
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from ticker.errors import FetchError
from ticker.settings.model import RequestOptions, variable_of

# Shorter words ("Bearer", "gzip") are not secret and are common in messages.
_SHORTEST_SECRET = 8


@dataclass(frozen=True, slots=True)
class SourceCredentials:
    """The headers and cookies of one source, with resolved values, which are secret."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)

    def redact(self, text: str) -> str:
        """Return ``text`` with each word of a secret replaced by ``***``; servers can echo requests."""
        words = {word for value in (*self.headers.values(), *self.cookies.values()) for word in value.split()}
        for word in sorted(words, key=len, reverse=True):
            if len(word) >= _SHORTEST_SECRET:
                text = text.replace(word, "***")
        return text


def resolve(options: RequestOptions, environ: Mapping[str, str]) -> SourceCredentials:
    """Return the headers and cookies of ``options``; raises FetchError if a variable in ``environ`` is not set."""
    return SourceCredentials(
        _resolved("header", options.headers, environ), _resolved("cookie", options.cookies, environ)
    )


def _resolved(kind: str, values: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    return {name: resolve_value(f"{kind} {name}", value, environ) for name, value in values.items()}


def resolve_value(what: str, value: str, environ: Mapping[str, str]) -> str:
    """Return ``value``, or the environment variable NAME if it is "env:NAME".

    Raises FetchError if the variable is not set or the value cannot be sent. The message names ``what``, not the value.
    """
    variable = variable_of(value)
    if variable is not None:
        value = environ.get(variable, "")
        if not value.strip():
            raise FetchError(f"{what}: the environment variable {variable} is not set", "settings")
    if not value.isascii() or not value.isprintable():
        raise FetchError(f"{what}: its value must be one line of ASCII text", "settings")
    return value


def merge_cookies(cookies: Mapping[str, str], others: CookieJar | None) -> CookieJar | None:
    """Return a jar of ``cookies`` and ``others``, or ``others`` itself if ``cookies`` is empty."""
    if not cookies:
        return others
    jar = CookieJar()
    for name, value in cookies.items():
        # No domain: it is sent with its request to any host.
        jar.set_cookie(
            Cookie(0, name, value, None, False, "", False, False, "/", True, False, None, True, None, None, {}, False)
        )
    for cookie in others or ():
        jar.set_cookie(cookie)
    return jar


def with_netrc_login(address: str, environ: Mapping[str, str]) -> str:
    """Return ``address`` with the user name and password of its host in ``~/.netrc``.

    A login in ``address`` takes precedence. Raises FetchError if the file cannot be used or has no entry for the host.
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
    except NetrcParseError as error:  # its text may contain a password
        raise FetchError(f"{path} cannot be parsed at line {error.lineno}", "netrc") from None
    except UnicodeDecodeError:
        raise FetchError(f"{path} is not UTF-8", "netrc") from None
    if not found:
        raise FetchError(f"{path} has no entry for {parts.hostname}", "netrc")
    login, account, password = found
    user = ":".join(quote(text or "", safe="") for text in (login or account, password))
    return urlunsplit(parts._replace(netloc=f"{user}@{parts.netloc}"))
