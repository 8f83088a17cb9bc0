"""One HTTP request and its response, with a deadline and a size limit; only this module uses requests.

Failures become a ConnectionFailed, TooLarge or AddressError with a message. The fetcher adds the URL.

``no_proxy`` is read here, because requests supports host names and IPv4 networks only.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from http.cookiejar import CookieJar
from socket import EAI_AGAIN, gaierror
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3.exceptions as lower
from requests.adapters import HTTPAdapter
from requests.exceptions import InvalidProxyURL, InvalidSchema, InvalidURL
from requests.utils import select_proxy
from urllib3.response import BaseHTTPResponse

from ticker.errors import AddressError, ConnectionFailed, FetchError, TooLarge, install_hint
from ticker.fetching.address_policy import AddressPolicy, Resolver
from ticker.fetching.connections import POOLS, Bounds, TooManyBytes, apply_bounds
from ticker.fetching.decoding import ACCEPT_ENCODING, DecompressionError, EndsEarly, IncompleteBody, decompress
from ticker.fetching.request_url import RequestUrl
from ticker.settings.model import FetchSettings
from ticker.text import squeeze
from ticker.urls import DEFAULT_PORTS

# The maximum of open connections over all hosts; the least recently used one is closed.
_OPEN_HOSTS = 64
_PIECE = 64 * 1024
_DIGITS = 20  # of a Content-Length; longer ones are cut, and still too large
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Bytes on the wire allowed beyond twice max_bytes, for the framing: chunk sizes and trailers.
_FRAMING_ALLOWANCE = 1024 * 1024
_UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN})
_WHAT_GOES_WRONG = (
    requests.RequestException,
    lower.HTTPError,
    HTTPException,
    OSError,
    ValueError,
    DecompressionError,
    EndsEarly,
)


class TemporaryFailure(ConnectionFailed):
    """A temporary failure; a retry may succeed."""


class Transport:
    """A thread-safe sender of requests with one session for each host.

    Two threads must not use a session at the same time; ``RateLimiter`` ensures this.
    """

    def __init__(self, settings: FetchSettings, destinations: Resolver) -> None:
        self._settings = settings
        self._destinations = destinations
        # One adapter per policy: a request must not reuse a connection that its own policy forbids.
        self._adapters = {policy: _Adapter(pool_connections=_OPEN_HOSTS, pool_maxsize=1) for policy in AddressPolicy}
        self._sessions: dict[tuple[str, AddressPolicy], _Session] = {}
        self._environment = requests.Session()  # reads proxies and certificates; never fetches
        self._environments: dict[str, Any] = {}
        self._guard = Lock()

    @contextmanager
    def get(
        self, url: RequestUrl, headers: Mapping[str, str], until: float, cookies: CookieJar | None = None
    ) -> Iterator[Response]:
        """Send a GET request and yield the response before its body is read; redirects are not followed.

        The body must be read before ``until``, a value of ``time.monotonic``. ``cookies`` are sent in addition to those
        that the host has set. Raises ConnectionFailed, and AddressError, for example if the name resolves to a
        forbidden address.
        """
        session, environment = self._session(url)
        if select_proxy(url.address, environment["proxies"]):
            self._destinations.check_name(url.host, url.address_policy)
        bounds = Bounds(
            until, 2 * self._settings.max_bytes + _FRAMING_ALLOWANCE, self._destinations, url.address_policy
        )
        connect_timeout = max(0.001, min(self._settings.connect_timeout, until - time.monotonic()))
        try:
            with apply_bounds(bounds):
                request = requests.Request("GET", url.address, headers=headers, cookies=cookies)
                response = session.send(
                    session.prepare_request(request),
                    timeout=(connect_timeout, self._settings.read_timeout),
                    allow_redirects=False,
                    **environment,
                )
        except _WHAT_GOES_WRONG as error:
            raise _failure(error, url, self._settings, until) from error
        try:
            yield Response(response, url, self._settings, until)
        finally:
            response.close()

    def close(self) -> None:
        """Close all connections."""
        for adapter in self._adapters.values():
            adapter.close()

    def _session(self, url: RequestUrl) -> tuple[_Session, Any]:
        """Return the session of the host of ``url``, and the proxies and certificates for its origin."""
        with self._guard:
            session = self._sessions.get((url.host, url.address_policy))
            if session is None:
                session = self._sessions[url.host, url.address_policy] = _Session()
                session.headers["Accept-Encoding"] = ACCEPT_ENCODING
                session.mount("http://", self._adapters[url.address_policy])
                session.mount("https://", self._adapters[url.address_policy])
            if url.origin not in self._environments:
                # Cached per origin; requests would read the environment for each request.
                found = self._environment.merge_environment_settings(url.address, {}, True, None, None)
                if is_exempt(url.address, no_proxy(os.environ)):
                    found["proxies"] = {}
                self._environments[url.origin] = found
            return session, self._environments[url.origin]


class Response:
    """A response: ``status``, ``headers`` (case-insensitive), the ``cookies`` it sets, and a body to read."""

    def __init__(self, response: requests.Response, url: RequestUrl, settings: FetchSettings, until: float) -> None:
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.cookies: CookieJar = response.cookies
        self._raw: BaseHTTPResponse = response.raw
        self._url, self._settings, self._until = url, settings, until

    @property
    def location(self) -> str | None:
        """Return the Location header of a redirect, else None.

        Bytes that are not UTF-8 are surrogate escapes. Raises ConnectionFailed for several different Location headers.
        """
        if self.status not in _REDIRECTS:
            return None
        named = list(dict.fromkeys(value.strip() for value in self._raw.headers.getlist("Location")))
        if len(named) > 1:
            raise ConnectionFailed("invalid response: it redirects to several URLs", "broken")
        # http.client decodes headers as Latin-1. Servers that send other bytes mean UTF-8 or the bytes of a path.
        return decode_header(named[0]) if named and named[0] else None

    @property
    def refresh(self) -> str | None:
        """Return the Refresh header, which redirects after a delay, or None."""
        header = self.headers.get("Refresh")
        return decode_header(header) if header else None

    def read(self, limit: int, cut: bool = False) -> bytes:
        """Return the decompressed body, or its first ``limit`` bytes if it is longer and ``cut`` is true.

        Raises TooLarge if it is longer and ``cut`` is false, and ConnectionFailed if it is incomplete or invalid.
        """
        named = self.headers.get("Content-Length", "")
        announced = int(named[:_DIGITS]) if named.isdecimal() else None
        if not cut and announced is not None and announced > limit:
            raise _too_large(limit)
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in decompress(self._sent(), self.headers.get("Content-Encoding"), announced):
                pieces.append(piece)
                size += len(piece)
                if size > limit:
                    break
        except _WHAT_GOES_WRONG as error:
            raise _failure(error, self._url, self._settings, self._until) from error
        if size > limit and not cut:
            raise _too_large(limit)
        return b"".join(pieces)[:limit] if size > limit else b"".join(pieces)

    def _sent(self) -> Iterator[bytes]:
        """Yield the undecoded body in pieces as they arrive; raises EndsEarly."""
        while True:
            try:
                piece = self._raw.read1(_PIECE, decode_content=False)
            except (lower.HTTPError, HTTPException, OSError) as error:
                raise EndsEarly from error
            if not piece:
                return
            yield piece


def decode_header(header: str) -> str:
    """Return a header that was decoded as Latin-1 as UTF-8; other bytes become surrogate escapes."""
    return header.encode("latin-1", "replace").decode("utf-8", "surrogateescape")


class _Session(requests.Session):
    """A session that ignores redirects, because requests reads their whole bodies even if it does not follow them.

    It ignores the environment and does not send passwords of ``~/.netrc``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class _Adapter(HTTPAdapter):
    """The adapter of requests with connections that enforce the deadline."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not proxy.lower().startswith("socks"):  # has its own pools, without the deadline
            manager.pool_classes_by_scheme = POOLS
        return manager


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"larger than {limit:,} bytes (max_bytes)", "too large")


def _failure(error: BaseException, url: RequestUrl, settings: FetchSettings, until: float) -> FetchError:
    """Return the error for an exception of a library, from it and the exceptions that it wraps."""
    if time.monotonic() >= until:
        return ConnectionFailed(f"not complete after {settings.deadline:g} s (deadline)", "deadline")
    reasons = list(_unwrapped(error))
    if any(isinstance(reason, InvalidProxyURL | lower.ProxySchemeUnknown) for reason in reasons):
        return ConnectionFailed("invalid proxy URL in the environment", "proxy")
    if any(isinstance(reason, InvalidSchema) for reason in reasons):
        return ConnectionFailed(f"the proxy in the environment needs PySocks: {install_hint('PySocks')}", "proxy")
    if any(isinstance(reason, InvalidURL | lower.LocationValueError) for reason in reasons):
        return AddressError(f"invalid URL: {url.host!r} is an invalid host name", "address")
    through = " by the proxy" if any(isinstance(reason, lower.ProxyError) for reason in reasons) else ""
    for reason in reversed(reasons):
        match reason:
            case TooManyBytes(in_head=True):
                return ConnectionFailed("invalid response: its headers are too long", "broken")
            case TooManyBytes():
                return _too_large(settings.max_bytes)
            case IncompleteBody():
                return TemporaryFailure(f"invalid response: {reason}", "broken")
            case DecompressionError():
                return ConnectionFailed(f"invalid response: {reason}", "broken")
            case gaierror(errno=number):
                name = "the proxy in the environment" if through else url.host
                if number == EAI_AGAIN:
                    return TemporaryFailure(f"temporary failure looking up {name} (DNS)", "DNS")
                return ConnectionFailed(f"no such host: {name} (DNS)", "DNS")
            case ConnectionRefusedError():
                return TemporaryFailure(f"connection refused{through}", "refused")
            case ssl.SSLCertVerificationError(verify_message=message):
                return ConnectionFailed(f"the server's certificate is not valid: {message} (TLS)", "TLS")
            case ssl.SSLZeroReturnError() | ssl.SSLEOFError():
                return TemporaryFailure("invalid response: the server closed the connection too early (TLS)", "TLS")
            case ssl.SSLError(reason=name):
                detail = name.replace("_", " ").lower() if name else "the handshake failed"
                return ConnectionFailed(f"no secure connection: {detail} (TLS)", "TLS")
            case lower.ConnectTimeoutError():
                return TemporaryFailure(f"no connection within {settings.connect_timeout:g} s (timeout)", "timeout")
            case TimeoutError() | lower.ReadTimeoutError():
                return TemporaryFailure(f"no answer within {settings.read_timeout:g} s (timeout)", "timeout")
            case OSError(errno=int(number), strerror=str(text)) if not isinstance(reason, requests.RequestException):
                cause = "unreachable" if number in _UNREACHABLE else "connection"
                return TemporaryFailure(f"connection failed{through}: {text.lower()}", cause)
            case OSError(args=[str(text)]) if type(reason) is OSError:  # no tunnel, no certificate file
                return TemporaryFailure(
                    f"connection failed{through}: {squeeze(text)}", "proxy" if through else "connection"
                )
    return TemporaryFailure(f"invalid response{through}: {_describe_invalid_response(reasons)}", "broken")


def _describe_invalid_response(reasons: list[BaseException]) -> str:
    """Return what is wrong with a response that is incomplete or not HTTP."""
    names = {type(reason).__name__ for reason in reasons}
    if names & {"RemoteDisconnected"}:
        return "the server closed the connection without a response"
    if names & {"IncompleteRead", "InvalidChunkLength"} or "ended prematurely" in str(reasons[-1]):
        return "it is incomplete"
    return "it is not valid HTTP"


def _unwrapped(error: BaseException) -> Iterator[BaseException]:
    """Yield ``error`` and the exceptions in its arguments, reason, cause and context, outermost first."""
    seen: set[int] = set()
    waiting: list[Any] = [error]
    while waiting:
        found = waiting.pop(0)
        if isinstance(found, BaseException) and id(found) not in seen:
            seen.add(id(found))
            yield found
            waiting += [*found.args, getattr(found, "reason", None), found.__cause__, found.__context__]


# "[::1]:8080", "[fd00::]/8", "host:8080", "127.0.0.0/8:8080": an IP address in brackets or a name, with a port, a
# prefix length or both.
_ENTRY = re.compile(r"(?:\[([^\[\]]+)\]|([^:/\[\]]+))(?::(\d+))?(/\d+)?(?::(\d+))?")


def no_proxy(environ: Mapping[str, str]) -> str:
    """Return the value of ``no_proxy``; as in other programs, the lower-case name takes precedence."""
    return environ.get("no_proxy") or environ.get("NO_PROXY") or ""


def is_exempt(address: str, entries: str) -> bool:
    """Return whether an entry of ``no_proxy`` matches the host of a URL.

    Entries are separated by commas or spaces: ``*``, a name (which includes its subdomains), an IP address, or a
    network such as ``fd00::/8``. A port limits an entry to that port. IPv6 may be in brackets.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".").partition("%")[0]
    port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    return any(_names(entry.lower(), host, port) for entry in re.split(r"[,\s]+", entries) if entry)


def _names(entry: str, host: str, port: int | None) -> bool:
    if entry == "*":
        return True
    ip, network = _network(host), _network(entry)
    if network is None:
        found = _ENTRY.fullmatch(entry)
        if not found or any(wanted and int(wanted) != port for wanted in (found[3], found[5])):
            return False
        entry = (found[1] or found[2]) + (found[4] or "")
        network = _network(entry)
    if ip and network:
        return ip.version == network.version and ip.network_address in network
    name = entry.strip(".")
    return not ip and bool(name) and (host == name or host.endswith(f".{name}"))


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
