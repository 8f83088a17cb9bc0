"""A real HTTP server on a loopback port, for tests.

::

    with serve({"/": "<h1>Home</h1>", "/gone": Reply(410), "/old": redirect("/")}) as server:
        fetch(server.url("/old"))
    assert server.count("/old") == 1

A route is a Reply, a string or bytes sent as an HTML page, or a function that returns one of these for a Request. Any
other path gives 404.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """A received request.

    ``path`` excludes the query, ``target`` includes it. ``number`` counts the requests for this path from 1. ``at`` is
    the ``time.monotonic`` of arrival, ``client`` the port of the client.
    """

    path: str
    target: str
    headers: Message
    number: int
    at: float
    client: int
    method: str


@dataclass(frozen=True)
class Reply:
    """An answer.

    A ``body`` that is an iterable is sent chunked, each piece at once. ``headers`` replace the server's own; None
    removes one. ``cut`` is the number of body bytes after which the connection is closed. ``raw`` replaces the whole
    answer; it is sent piece by piece, then the connection is closed.
    """

    status: int = 200
    body: bytes | str | Iterable[bytes] = b""
    headers: Mapping[str, str | None] = field(default_factory=dict)
    cut: int | None = None
    raw: Iterable[bytes] | None = None


Answer = Reply | str | bytes
Route = Answer | Callable[[Request], Answer]


def redirect(to: str, status: int = 302, **headers: str) -> Reply:
    """Return a redirect to a URL or path; underscores in the names of ``headers`` become hyphens."""
    return Reply(status, headers={"Location": to, **{name.replace("_", "-"): value for name, value in headers.items()}})


def typed(body: bytes | str, content_type: str | None) -> Reply:
    """Return an answer with this Content-Type, or with none."""
    return Reply(body=body, headers={"Content-Type": content_type})


def gzipped(body: bytes, content_type: str = HTML) -> Reply:
    """Return an answer with a gzip-compressed body."""
    return Reply(body=gzip.compress(body), headers={"Content-Type": content_type, "Content-Encoding": "gzip"})


def dripping(body: bytes, pause: float) -> Iterator[bytes]:
    """Yield the bytes of ``body``, one every ``pause`` seconds."""
    for byte in body:
        yield bytes([byte])
        time.sleep(pause)


def in_turn(*answers: Answer) -> Callable[[Request], Answer]:
    """Return a route that gives the answers in order, then repeats the last one."""
    return lambda request: answers[min(request.number, len(answers)) - 1]


def unless_known(body: str, etag: str | None = None, last_modified: str | None = None) -> Callable[[Request], Reply]:
    """Return a route for a page with validators, which answers 304 if the request has them."""
    validators = {"ETag": etag, "Last-Modified": last_modified}

    def answer(request: Request) -> Reply:
        known = (request.headers["If-None-Match"], request.headers["If-Modified-Since"])
        if any(known) and known == (etag, last_modified):
            return Reply(304, headers=validators)
        return Reply(body=body, headers=validators)

    return answer


class Server:
    """A running server; ``requests`` are the received requests, in order."""

    def __init__(self, routes: Mapping[str, Route], host: str, name: str, tls: tuple[Path, Path] | None) -> None:
        self.routes = dict(routes)
        self.requests: list[Request] = []
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}
        self._server = (_Listener6 if ":" in host else _Listener)((host, 0), _handler(self))
        self.port = self._server.server_port
        self.origin = f"{'https' if tls else 'http'}://{name}:{self.port}"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )

    def url(self, path: str = "/") -> str:
        """Return the URL of a path."""
        return self.origin + path

    def paths(self) -> list[str]:
        """Return the requested paths, in order."""
        return [request.path for request in self.requests]

    def count(self, path: str) -> int:
        """Return the number of requests for a path."""
        return self._counts.get(path, 0)

    def last(self, path: str) -> Request:
        """Return the last request for a path."""
        return next(request for request in reversed(self.requests) if request.path == path)

    def start(self) -> None:
        """Serve requests in a background thread."""
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Stop the server and close its socket."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, target: str, headers: Message, client: int) -> Reply:
        """Record a request and return the answer of its route."""
        path = target.partition("?")[0]
        with self._lock:
            number = self._counts[path] = self._counts.get(path, 0) + 1
            request = Request(path, target, headers, number, time.monotonic(), client, method)
            self.requests.append(request)
        route = self.routes.get(path, Reply(404, "<h1>Not found</h1>"))
        answer = route(request) if callable(route) else route
        return answer if isinstance(answer, Reply) else Reply(body=answer)


@contextmanager
def serve(
    routes: Mapping[str, Route],
    *,
    host: str = "127.0.0.1",
    name: str | None = None,
    tls: tuple[Path, Path] | None = None,
) -> Iterator[Server]:
    """Run a server on a free port of the loopback address ``host`` during the block.

    ``name`` is the host name in its URLs, such as "localhost". ``tls`` holds the files of a certificate and its key.
    """
    server = Server(routes, host, name or host, tls)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing, because some tests close connections early."""


class _Listener6(_Listener):
    address_family = socket.AF_INET6


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1  # sends header and body in one packet

        def do_GET(self) -> None:
            reply = server.answer(self.command, self.path, self.headers, self.client_address[1])
            if reply.raw is not None:
                self.close_connection = True
                self._pieces(reply.raw, lambda piece: piece)
                return
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            whole = isinstance(body, bytes)
            headers: dict[str, str | None] = {"Content-Type": HTML}
            if whole:
                headers["Content-Length"] = None if reply.status == 304 else str(len(body))
            else:
                headers["Transfer-Encoding"] = "chunked"
            headers |= reply.headers
            if "Date" in headers:
                self.send_response_only(reply.status)
            else:
                self.send_response(reply.status)
            for name, value in headers.items():
                if value is not None:
                    self.send_header(name, value)
            endless = whole and headers["Content-Length"] is None and reply.status != 304  # 304 has no body to end
            self.close_connection = self.close_connection or endless
            self.end_headers()
            if reply.cut is not None:
                self.close_connection = True
                body = body[: reply.cut] if isinstance(body, bytes) else body
            if isinstance(body, bytes):
                self.wfile.write(body)
            else:
                self._pieces(body, lambda piece: b"%x\r\n%s\r\n" % (len(piece), piece))
                if reply.cut is None:
                    self.wfile.write(b"0\r\n\r\n")
            self.wfile.flush()

        do_HEAD = do_POST = do_GET

        def _pieces(self, pieces: Iterable[bytes], framed: Callable[[bytes], bytes]) -> None:
            for piece in pieces:
                self.wfile.write(framed(piece))
                self.wfile.flush()

        def log_message(self, *args: object) -> None:
            """Log nothing; ``requests`` records all requests."""

    return Handler


def closed_port() -> int:
    """Return a port of 127.0.0.1 on which nothing listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
