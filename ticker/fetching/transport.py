"""One HTTP request and its answer, bounded in time and size. The only module that knows requests.

Every failure becomes a ConnectionFailed or TooLarge with a sentence of its own; the address is put before it by
the fetcher.
"""

from __future__ import annotations

import errno
import logging
import os
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from http.cookiejar import CookieJar
from socket import EAI_AGAIN, gaierror
from threading import Lock
from typing import Any

import requests
import urllib3.exceptions as lower
from requests.adapters import HTTPAdapter
from requests.exceptions import InvalidProxyURL, InvalidSchema, InvalidURL
from requests.utils import select_proxy
from urllib3.response import BaseHTTPResponse

from ticker.errors import AddressError, ConnectionFailed, FetchError, TooLarge, install_hint
from ticker.fetching.connections import POOLS, Bounds, Overrun, bounded
from ticker.fetching.destinations import Destinations, Reach
from ticker.fetching.proxies import is_exempt, no_proxy
from ticker.fetching.target import Target
from ticker.fetching.unpacking import ASKED_FOR, CannotUnpack, CutOff, EndsEarly, unpacked
from ticker.settings.model import FetchSettings
from ticker.text import squeeze

log = logging.getLogger("ticker")

# Connections that are kept open, over all hosts; the one that was used longest ago gives way.
_OPEN_HOSTS = 64
_PIECE = 64 * 1024
_DIGITS = 20  # of a Content-Length; more than these are far too many bytes
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What a page may take on the wire beyond twice its own size, in what is around it: the sizes of chunks, trailers.
_AROUND = 1024 * 1024
_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN})
_WHAT_GOES_WRONG = (
    requests.RequestException,
    lower.HTTPError,
    HTTPException,
    OSError,
    ValueError,
    CannotUnpack,
    EndsEarly,
)


class PassingFailure(ConnectionFailed):
    """A failure that may have passed when the request is made again."""


class Transport:
    """Makes requests, with one session for each host; to be used from any number of threads.

    A session must not be used by two threads at a time; ``pacing`` sees to it.
    """

    def __init__(self, settings: FetchSettings, destinations: Destinations) -> None:
        self._settings = settings
        self._destinations = destinations
        # Connections are kept open for who may go as far: another might not have been let to make them.
        self._adapters = {reach: _Adapter(pool_connections=_OPEN_HOSTS, pool_maxsize=1) for reach in Reach}
        self._sessions: dict[tuple[str, Reach], _Session] = {}
        self._environment = requests.Session()  # asked for proxies and certificates, and never used to fetch
        self._environments: dict[str, Any] = {}
        self._guard = Lock()

    @contextmanager
    def get(
        self, target: Target, headers: Mapping[str, str], until: float, cookies: CookieJar | None = None
    ) -> Iterator[Answer]:
        """The answer to a GET request, its body still to come; redirects are not followed.

        It must all have been read at ``until``, a moment of ``time.monotonic``. ``cookies`` are sent besides those
        that the host has set. Raises ConnectionFailed, and AddressError for what only shows when it is tried, such as
        a name that leads where ``target`` may not.
        """
        session, environment = self._session(target)
        if select_proxy(target.address, environment["proxies"]):
            self._destinations.demand_name(target.host, target.reach)
        bounds = Bounds(until, 2 * self._settings.max_bytes + _AROUND, self._destinations, target.reach)
        connect_timeout = max(0.001, min(self._settings.connect_timeout, until - time.monotonic()))
        try:
            with bounded(bounds):
                request = requests.Request("GET", target.address, headers=headers, cookies=cookies)
                response = session.send(
                    session.prepare_request(request),
                    timeout=(connect_timeout, self._settings.read_timeout),
                    allow_redirects=False,
                    **environment,
                )
        except _WHAT_GOES_WRONG as error:
            raise _failure(error, target, self._settings, until) from error
        try:
            yield Answer(response, target, self._settings, until)
        finally:
            response.close()

    def close(self) -> None:
        """Closes all connections."""
        for adapter in self._adapters.values():
            adapter.close()

    def _session(self, target: Target) -> tuple[_Session, Any]:
        """The session of the target's host, and what the environment says of its origin (proxies, certificates)."""
        with self._guard:
            session = self._sessions.get((target.host, target.reach))
            if session is None:
                session = self._sessions[target.host, target.reach] = _Session()
                session.headers["Accept-Encoding"] = ASKED_FOR
                session.mount("http://", self._adapters[target.reach])
                session.mount("https://", self._adapters[target.reach])
            if target.origin not in self._environments:
                # requests would look through the whole environment for each request; it does not change in a run.
                found = self._environment.merge_environment_settings(target.address, {}, True, None, None)
                if is_exempt(target.address, no_proxy(os.environ)):
                    found["proxies"] = {}
                self._environments[target.origin] = found
            return session, self._environments[target.origin]


class Answer:
    """What a server answered: ``status``, ``headers`` (names in any case), the ``cookies`` that it sets, a body."""

    def __init__(self, response: requests.Response, target: Target, settings: FetchSettings, until: float) -> None:
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.cookies: CookieJar = response.cookies
        self._raw: BaseHTTPResponse = response.raw
        self._target, self._settings, self._until = target, settings, until

    @property
    def location(self) -> str | None:
        """Where a redirect leads, as its header says; None where the answer is no redirect.

        Bytes that are not UTF-8 are surrogate escapes. Raises ConnectionFailed where headers contradict each other.
        """
        if self.status not in _REDIRECTS:
            return None
        named = list(dict.fromkeys(value.strip() for value in self._raw.headers.getlist("Location")))
        if len(named) > 1:
            raise ConnectionFailed("broken answer: it redirects to several addresses at once", "broken")
        # http.client reads headers as Latin-1; servers that write more than ASCII mean UTF-8, or send a path's bytes.
        return as_sent(named[0]) if named and named[0] else None

    @property
    def refresh(self) -> str | None:
        """The Refresh header, which sends on as a redirect does, after some seconds."""
        header = self.headers.get("Refresh")
        return as_sent(header) if header else None

    def read(self, limit: int, cut: bool = False) -> bytes:
        """The body, unpacked; where it is longer than ``limit`` bytes, its beginning if ``cut``.

        Raises TooLarge otherwise, and ConnectionFailed where it does not come in whole.
        """
        named = self.headers.get("Content-Length", "")
        announced = int(named[:_DIGITS]) if named.isdecimal() else None
        if not cut and announced is not None and announced > limit:
            raise _too_large(limit)
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in unpacked(self._sent(), self.headers.get("Content-Encoding"), announced):
                pieces.append(piece)
                size += len(piece)
                if size > limit:
                    break
        except _WHAT_GOES_WRONG as error:
            raise _failure(error, self._target, self._settings, self._until) from error
        if size > limit and not cut:
            raise _too_large(limit)
        return b"".join(pieces)[:limit] if size > limit else b"".join(pieces)

    def _sent(self) -> Iterator[bytes]:
        """Yield the body as it is sent, piece by piece, as they come in."""
        while True:
            try:
                piece = self._raw.read1(_PIECE, decode_content=False)
            except (lower.HTTPError, HTTPException, OSError) as error:
                raise EndsEarly from error
            if not piece:
                return
            yield piece


def as_sent(header: str) -> str:
    """Return the text of a header that was read as Latin-1; bytes that are not UTF-8 become surrogate escapes."""
    return header.encode("latin-1", "replace").decode("utf-8", "surrogateescape")


class _Session(requests.Session):
    """A session that leaves redirects alone: requests reads their bodies whole, even when it is not to follow them.

    It reads nothing from the environment; in particular it sends no password of ``~/.netrc``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class _Adapter(HTTPAdapter):
    """requests' way to the network, with connections that keep to the deadline."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not proxy.lower().startswith("socks"):  # has pools of its own, which the deadline does not reach
            manager.pool_classes_by_scheme = POOLS
        return manager


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"larger than {limit:,} bytes (max_bytes)", "too large")


def _failure(error: BaseException, target: Target, settings: FetchSettings, until: float) -> FetchError:
    """What went wrong, in our words; looks through the exceptions that libraries wrap in one another."""
    if time.monotonic() >= until:
        return ConnectionFailed(f"not all there after {settings.deadline:g} s (deadline)", "deadline")
    reasons = list(_unwrapped(error))
    if any(isinstance(reason, InvalidProxyURL | lower.ProxySchemeUnknown) for reason in reasons):
        return ConnectionFailed("the proxy that the environment names is no address of one", "proxy")
    if any(isinstance(reason, InvalidSchema) for reason in reasons):
        return ConnectionFailed(
            f"the proxy that the environment names needs PySocks: {install_hint('PySocks')}", "proxy"
        )
    if any(isinstance(reason, InvalidURL | lower.LocationValueError) for reason in reasons):
        return AddressError(
            f"not an address: no host can be called {target.host!r}, it is no valid host name", "address"
        )
    through = " by the proxy" if any(isinstance(reason, lower.ProxyError) for reason in reasons) else ""
    for reason in reversed(reasons):
        match reason:
            case Overrun(in_head=True):
                return ConnectionFailed("broken answer: its headers have no end", "broken")
            case Overrun():
                return _too_large(settings.max_bytes)
            case CutOff():
                return PassingFailure(f"broken answer: {reason}", "broken")
            case CannotUnpack():
                return ConnectionFailed(f"broken answer: {reason}", "broken")
            case gaierror(errno=number):
                name = "the proxy that the environment names" if through else target.host
                if number == EAI_AGAIN:
                    return PassingFailure(f"no name server knows now where to find {name} (DNS)", "DNS")
                return ConnectionFailed(f"no such host: {name} (DNS)", "DNS")
            case ConnectionRefusedError():
                return PassingFailure(f"connection refused{through}", "refused")
            case ssl.SSLCertVerificationError(verify_message=message):
                return ConnectionFailed(f"the server's certificate is not valid: {message} (TLS)", "TLS")
            case ssl.SSLZeroReturnError() | ssl.SSLEOFError():
                return PassingFailure("broken answer: the server closed the connection too early (TLS)", "TLS")
            case ssl.SSLError(reason=name):
                detail = name.replace("_", " ").lower() if name else "no common language"
                return ConnectionFailed(f"no secure connection: {detail} (TLS)", "TLS")
            case lower.ConnectTimeoutError():
                return PassingFailure(f"no connection within {settings.connect_timeout:g} s (timeout)", "timeout")
            case TimeoutError() | lower.ReadTimeoutError():
                return PassingFailure(f"no answer within {settings.read_timeout:g} s (timeout)", "timeout")
            case OSError(errno=int(number), strerror=str(text)) if not isinstance(reason, requests.RequestException):
                cause = "unreachable" if number in _NO_WAY else "connection"
                return PassingFailure(f"connection failed{through}: {text.lower()}", cause)
            case OSError(args=[str(text)]) if type(reason) is OSError:  # a tunnel refused, a certificate file missing
                return PassingFailure(
                    f"connection failed{through}: {squeeze(text)}", "proxy" if through else "connection"
                )
    return PassingFailure(f"broken answer{through}: {_broken(reasons)}", "broken")


def _broken(reasons: list[BaseException]) -> str:
    """What is wrong with an answer that breaks off or is no HTTP."""
    names = {type(reason).__name__ for reason in reasons}
    if names & {"RemoteDisconnected"}:
        return "the server closed the connection without a word"
    if names & {"IncompleteRead", "InvalidChunkLength"} or "ended prematurely" in str(reasons[-1]):
        return "it ends before its end"
    return "it is not HTTP as it should be"


def _unwrapped(error: BaseException) -> Iterator[BaseException]:
    """``error`` and what it wraps, outermost first: in its arguments, as its reason, cause or context."""
    seen: set[int] = set()
    waiting: list[Any] = [error]
    while waiting:
        found = waiting.pop(0)
        if isinstance(found, BaseException) and id(found) not in seen:
            seen.add(id(found))
            yield found
            waiting += [*found.args, getattr(found, "reason", None), found.__cause__, found.__context__]
