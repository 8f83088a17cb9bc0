"""Connections that lead where they may, and whose answers are bounded in time and bytes, headers and all.

The timeout of a socket bounds one wait for bytes, so a server that sends one byte a second is never late; and what a
server says around a page (headers, interim answers, the sizes of chunks) is bounded by the line alone. Here all waits
together end at a moment, and all bytes together are counted. ``response_class`` and ``_new_conn`` are the doors that
http.client and urllib3 leave open for it.
"""

from __future__ import annotations

import io
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from http.client import HTTPResponse
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, LocationParseError, NameResolutionError, NewConnectionError

from ticker.fetching.destinations import Destinations, Reach, connected

# As much as browsers take of headers (Chromium: 256 KB), interim answers included.
_MOST_HEAD = 256 * 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """What holds for a request and its answer.

    All must be there at ``until``, a moment of ``time.monotonic``, with ``most`` bytes on the wire behind the
    headers; a connection is made to ``destinations`` within ``reach``.
    """

    until: float
    most: int
    destinations: Destinations = field(default_factory=Destinations)
    reach: Reach = Reach.PUBLIC


class Overrun(OSError):
    """A server sent more bytes than it may; ``in_head`` tells that its headers alone were too many."""

    def __init__(self, in_head: bool) -> None:
        super().__init__("more bytes than may be")
        self.in_head = in_head


# http.client makes the response object itself and passes nothing on to it, so bounds go by the context.
_bounds: ContextVar[Bounds] = ContextVar("bounds")


@contextmanager
def bounded(bounds: Bounds) -> Iterator[None]:
    """Requests made within this context keep to ``bounds``; their answers do so also after it has been left.

    A read that would last longer raises TimeoutError, one that would go further raises Overrun.
    """
    token = _bounds.set(bounds)
    try:
        yield
    finally:
        _bounds.reset(token)


class _BoundedReader(io.RawIOBase):
    """The bytes of a socket, until a moment, and no more of them than there may be."""

    def __init__(self, sock: Any, bounds: Bounds) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)  # keeps the socket open when the connection is closed first
        self._bounds = bounds
        self._left = _MOST_HEAD
        self._in_head = True

    def end_head(self) -> None:
        """What comes from now on is no header."""
        self._left, self._in_head = self._bounds.most, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._bounds.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        if self._left <= 0:
            raise Overrun(self._in_head)
        timeout = self._sock.gettimeout()
        if timeout is None or timeout > left:
            self._sock.settimeout(left)
        count: int | None = self._raw.readinto(buffer)
        self._left -= count or 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _BoundedResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self._reader = _BoundedReader(sock, _bounds.get())
        self.fp = io.BufferedReader(self._reader)

    def begin(self) -> None:
        super().begin()
        self._reader.end_head()


class _Bounded(HTTPConnection):
    response_class = _BoundedResponse

    def _new_conn(self) -> socket.socket:
        """A connection to a place that was judged; raises as urllib3's own does, and AddressError."""
        bounds = _bounds.get()
        # The proxy is one that the user named; what it is asked for was judged before.
        reach = Reach.ANYWHERE if self.proxy else bounds.reach
        timeout = self.timeout
        until = min(bounds.until, time.monotonic() + timeout) if isinstance(timeout, int | float) else bounds.until
        try:
            places = bounds.destinations.find(self._dns_host.strip("[]"), self.port, reach, until)
            sock = connected(places, until, self.socket_options or ())
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except UnicodeError as error:  # before it is asked for, a name is put in the letters of DNS
            raise LocationParseError(self.host) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"no connection to {self.host} in time") from error
        except OSError as error:
            raise NewConnectionError(self, f"no connection to {self.host}: {error}") from error
        sock.settimeout(max(0.001, until - time.monotonic()))  # for what is still to come, such as TLS
        sys.audit("http.client.connect", self, self.host, self.port)
        return sock


class _BoundedTls(_Bounded, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Bounded


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _BoundedTls


POOLS = {"http": _Pool, "https": _TlsPool}
