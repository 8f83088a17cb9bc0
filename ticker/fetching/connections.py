"""HTTP connections to allowed addresses, with a deadline and a byte limit for the whole response.

A socket timeout bounds each read only, so a server that sends one byte a second never exceeds it. http.client bounds
headers, interim responses and chunk sizes per line only. These connections enforce one deadline for all reads and
count all bytes. They extend http.client and urllib3 by ``response_class`` and ``_new_conn``.
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

from ticker.fetching.address_policy import AddressPolicy, Resolver, connect

# The limit of browsers for headers (Chromium: 256 KB), including informational responses.
_MOST_HEAD = 256 * 1024
_LONGEST_LINE = 65537  # http.client rejects a line of 64 KB or more
# The status line of an informational response; the final response follows (RFC 9110, 15.2).
_INFORMATIONAL = re.compile(rb"HTTP/\S{1,9}[ \t]+1\d\d(?!\d)")
# A header line: a token, invalid white space that browsers drop, a colon, a value (RFC 9110, 5.1).
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:")
# A line that begins with white space and has a name: a header, not a continuation line.
_NAMED = re.compile(rb"[ \t]+[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*:(?:[ \t]|$)")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of a request and its response.

    ``until`` is the deadline, a value of ``time.monotonic``. ``most`` is the maximum of bytes on the wire after the
    headers. Connections are made only to ``destinations`` that ``address_policy`` allows.
    """

    until: float
    most: int
    destinations: Resolver = field(default_factory=Resolver)
    address_policy: AddressPolicy = AddressPolicy.PUBLIC


class TooManyBytes(OSError):
    """A response has too many bytes; ``in_head`` is true if its headers alone exceed their limit."""

    def __init__(self, in_head: bool) -> None:
        super().__init__("the response has too many bytes")
        self.in_head = in_head


# http.client creates the response object and passes nothing on to it, so the bounds are a context variable.
_bounds: ContextVar[Bounds] = ContextVar("bounds")


@contextmanager
def apply_bounds(bounds: Bounds) -> Iterator[None]:
    """Apply ``bounds`` to the requests of this block; their responses keep them after it.

    A read after the deadline raises TimeoutError. A read beyond the byte limit raises TooManyBytes.
    """
    token = _bounds.set(bounds)
    try:
        yield
    finally:
        _bounds.reset(token)


class _BoundedReader(io.RawIOBase):
    """A reader of a socket with a deadline and a byte limit."""

    def __init__(self, sock: Any, bounds: Bounds) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)  # keeps the socket open if the connection is closed first
        self._bounds = bounds
        self._left = _MOST_HEAD
        self._in_head = True

    def end_head(self) -> None:
        """Count the following bytes as the body."""
        self._left, self._in_head = self._bounds.most, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._bounds.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        if self._left <= 0:
            raise TooManyBytes(self._in_head)
        timeout = self._sock.gettimeout()
        if timeout is None or timeout > left:
            self._sock.settimeout(left)
        count: int | None = self._raw.readinto(buffer)
        self._left -= count or 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _ResponseReader(io.BufferedReader):
    """The bytes of a response, without head lines that http.client cannot parse.

    Skips informational responses and malformed header lines, as browsers do. http.client would treat the first
    malformed line as the end of the headers.
    """

    def __init__(self, reader: _BoundedReader) -> None:
        super().__init__(reader)
        self._reader = reader
        self._head: Iterator[bytes] | None = self._read_head()

    def end_head(self) -> None:
        """Return the following bytes unchanged."""
        self._head = None
        self._reader.end_head()

    def readline(self, limit: int | None = -1, /) -> bytes:
        return super().readline(limit) if self._head is None else next(self._head, b"")

    def _read_head(self) -> Iterator[bytes]:
        """Yield the status line of the final response, its well-formed header lines and the empty line after them."""
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
        """Return the next line, with a space for each carriage return inside it (RFC 9112, 2.2)."""
        line = super().readline(_LONGEST_LINE)
        return line.rstrip(b"\r\n").replace(b"\r", b" ") + b"\r\n" if line.endswith(b"\n") else line


class _BoundedResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = self._answer = _ResponseReader(_BoundedReader(sock, _bounds.get()))

    def begin(self) -> None:
        super().begin()
        self._answer.end_head()


class _Bounded(HTTPConnection):
    response_class = _BoundedResponse

    def _new_conn(self) -> socket.socket:
        """Return a socket connected to an allowed address; raises urllib3's errors and AddressError."""
        bounds = _bounds.get()
        # The user chose the proxy. The host requested through it was checked before.
        policy = AddressPolicy.ANYWHERE if self.proxy else bounds.address_policy
        timeout = self.timeout
        until = min(bounds.until, time.monotonic() + timeout) if isinstance(timeout, int | float) else bounds.until
        try:
            places = bounds.destinations.find(self._dns_host.strip("[]"), self.port, policy, until)
            sock = connect(places, until, self.socket_options or ())
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except UnicodeError as error:  # the name cannot be encoded for DNS
            raise LocationParseError(self.host) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"timed out connecting to {self.host}") from error
        except OSError as error:
            raise NewConnectionError(self, f"cannot connect to {self.host}: {error}") from error
        sock.settimeout(max(0.001, until - time.monotonic()))  # also bounds the TLS handshake
        sys.audit("http.client.connect", self, self.host, self.port)
        return sock


class _BoundedTls(_Bounded, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Bounded


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _BoundedTls


POOLS = {"http": _Pool, "https": _TlsPool}
