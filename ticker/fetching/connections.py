"""Connections that lead where they may, and whose answers are bounded in time and bytes, headers and all.

The timeout of a socket bounds one wait for bytes, so a server that sends one byte a second is never late; and what a
server says around a page (headers, interim answers, the sizes of chunks) is bounded by the line alone. Here all waits
together end at a moment, and all bytes together are counted. ``response_class`` and ``_new_conn`` are the doors that
http.client and urllib3 leave open for it.
"""

from __future__ import annotations

import io
import re
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

# As much as browsers take of headers (Chromium: 256 KB), informational answers included.
_MOST_HEAD = 256 * 1024
_LONGEST_LINE = 65537  # http.client refuses a line of 64 KB and more
# A status line that announces an informational answer: the final one follows (RFC 9110, 15.2).
_INFORMATIONAL = re.compile(rb"HTTP/\S{1,9}[ \t]+1\d\d(?!\d)")
# A header line: a token, white space that no server should send and browsers drop, a colon, a value (RFC 9110, 5.1).
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:")
# A continuation line has no name; one that has is a header whose name begins with a space.
_NAMED = re.compile(rb"[ \t]+[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*:(?:[ \t]|$)")


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
        """Count what comes from now on as the body."""
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


class _Answer(io.BufferedReader):
    """The bytes of an answer; http.client is given those lines of its head that it can read.

    Informational answers are skipped, and so is each malformed header line, as browsers do: http.client would take
    the first malformed line for the end of the headers.
    """

    def __init__(self, reader: _BoundedReader) -> None:
        super().__init__(reader)
        self._reader = reader
        self._head: Iterator[bytes] | None = self._read_head()

    def end_head(self) -> None:
        """Give the bytes as they come from now on."""
        self._head = None
        self._reader.end_head()

    def readline(self, limit: int | None = -1, /) -> bytes:
        return super().readline(limit) if self._head is None else next(self._head, b"")

    def _read_head(self) -> Iterator[bytes]:
        """Yield the status line of the final answer, its well-formed header lines, and the empty line behind them."""
        status = self._line()
        while _INFORMATIONAL.match(status):
            while self._line().strip(b"\r\n"):
                pass
            status = self._line()
        yield status
        is_kept = False
        while (line := self._line()).strip(b"\r\n"):
            if len(line) >= _LONGEST_LINE:
                yield line
            elif line[:1] not in b" \t":
                named = _HEADER.match(line)
                is_kept = named is not None
                if named:
                    yield named[1] + line[named.end() - 1 :]
            elif is_kept and not _NAMED.match(line):
                yield line
        yield line

    def _line(self) -> bytes:
        """Return the next line; a carriage return within it counts as a space (RFC 9112, 2.2)."""
        line = super().readline(_LONGEST_LINE)
        return line.rstrip(b"\r\n").replace(b"\r", b" ") + b"\r\n" if line.endswith(b"\n") else line


class _BoundedResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = self._answer = _Answer(_BoundedReader(sock, _bounds.get()))

    def begin(self) -> None:
        super().begin()
        self._answer.end_head()


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
