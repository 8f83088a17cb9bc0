"""A moment by which an HTTP answer must be read whole, headers and all.

The timeout of a socket bounds one wait for bytes, so a server that sends one byte a second is never late. Here
each such wait is given no more than what is left until the deadline. ``Connection.response_class`` is the door
that http.client leaves open for it.
"""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from http.client import HTTPResponse
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

# http.client makes the response object itself and passes nothing on to it, so the deadline goes by the context.
_deadline: ContextVar[float] = ContextVar("deadline", default=float("inf"))


@contextmanager
def deadline(moment: float) -> Iterator[None]:
    """Answers to requests made within this context must be read by ``moment``, of ``time.monotonic``.

    A read that would last longer raises TimeoutError, also after the context has been left.
    """
    token = _deadline.set(moment)
    try:
        yield
    finally:
        _deadline.reset(token)


class _TimedReader(io.RawIOBase):
    """The bytes of a socket, until a moment."""

    def __init__(self, sock: Any, until: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)  # keeps the socket open when the connection is closed first
        self._until = until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        timeout = self._sock.gettimeout()
        if timeout is None or timeout > left:
            self._sock.settimeout(left)
        count: int | None = self._raw.readinto(buffer)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        until = _deadline.get()
        if until != float("inf"):
            self.fp.close()
            self.fp = io.BufferedReader(_TimedReader(sock, until))


class _TimedConnection(HTTPConnection):
    response_class = _TimedResponse


class _TimedTlsConnection(HTTPSConnection):
    response_class = _TimedResponse


class _TimedPool(HTTPConnectionPool):
    ConnectionCls = _TimedConnection


class _TimedTlsPool(HTTPSConnectionPool):
    ConnectionCls = _TimedTlsConnection


POOLS = {"http": _TimedPool, "https": _TimedTlsPool}
