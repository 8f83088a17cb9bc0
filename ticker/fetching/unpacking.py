"""Content codings: a body is decompressed piece by piece, so that no bomb is ever decompressed further than it is read.

Each library says how much it is to decompress at a time; what is asked for is what can be undone.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

ASKED_FOR = "gzip, deflate, br, zstd"
# Codings that make a body unreadable where they are not undone. Others that servers write there ("none", "utf-8")
# mean nothing, and browsers pass over them.
_UNREADABLE = frozenset(("compress", "x-compress", "bzip2", "xz", "lzma", "dcb", "dcz"))
# Twice is a mistake that is made; more is none.
_MOST_CODINGS = 2
# A gzip file may be several, one after another (RFC 1952, 2.2), as parallel packers write them: one in 64 KB or more.
_MOST_MEMBERS = 1000
_PIECE = 64 * 1024
# 8 MB: as much as a server may ask a client to keep in memory (RFC 9659, 3).
_WINDOW_LOG = 23


class CannotUnpack(Exception):
    """What keeps a body from being unpacked, in a few words."""


class CutOff(CannotUnpack):
    """A packed body that ends before its end."""


class EndsEarly(Exception):
    """To be raised by the pieces of a body that break off before the end that was announced."""


@dataclass(frozen=True, slots=True)
class _Coding:
    """How a coding is undone.

    ``start`` makes a decoder of what begins so, ``drain`` gives what a piece gives, ``is_at_end`` says whether the
    decoder has reached its end. ``rest`` gives what it did not use behind its end, where another member may follow.
    A body that does not begin with ``signature`` is not encoded at all.
    """

    start: Callable[[bytes], Any]
    drain: Callable[[Any, bytes], Iterator[bytes]]
    is_at_end: Callable[[Any], bool]
    rest: Callable[[Any], bytes] | None = None
    signature: re.Pattern[bytes] | None = None


def codings(header: str | None) -> list[str]:
    """The codings to undo that a Content-Encoding header names, in the order in which they were applied.

    Raises CannotUnpack where that cannot be.
    """
    named = [coding.strip().lower() for coding in (header or "").split(",")]
    for coding in named:
        if coding in _UNREADABLE:
            raise CannotUnpack(f"it is packed as {coding!r}, which was not asked for")
    known = [coding for coding in named if coding in _CODINGS]
    if len(known) > _MOST_CODINGS:
        raise CannotUnpack(f"it is packed {len(known)} times over")
    return known


def unpacked(pieces: Iterable[bytes], header: str | None, announced: int | None = None) -> Iterator[bytes]:
    """Yield the pieces of a body, decompressed as a Content-Encoding header says; each has some 64 KB at most.

    No more of ``pieces`` is taken than is needed for what is asked for. ``announced`` is the Content-Length, which
    some servers take from the page before they compress it. Raises CannotUnpack, and EndsEarly where that was raised
    before the body was whole by its own end and checksum.
    """
    applied = codings(header)
    for coding in reversed(applied):
        pieces = _decoded(pieces, _CODINGS[coding], announced if len(applied) == 1 else None)
    return iter(pieces)


def _decoded(pieces: Iterable[bytes], coding: _Coding, announced: int | None) -> Iterator[bytes]:
    waiting = iter(pieces)
    beginning = _beginning(waiting)
    if coding.signature and beginning and not coding.signature.match(beginning):
        yield from chain([beginning], waiting)
        return
    waiting = chain([beginning], waiting)
    members, size, decoder = 0, 0, None
    while piece := _next(waiting, is_whole=members > 0 and decoder is None):
        while piece:
            if decoder is None:
                members += 1
                if members > _MOST_MEMBERS:
                    raise CannotUnpack(f"it is packed in more than {_MOST_MEMBERS:,} parts")
                decoder = coding.start(piece)
            try:
                for out in coding.drain(decoder, piece):
                    size += len(out)
                    yield out
            except _errors() as error:
                if members > 1:  # what follows a member and is none is garbage, which all programs pass over
                    return
                raise CannotUnpack("it cannot be unpacked") from error
            if not coding.is_at_end(decoder):
                break
            if coding.rest is None or size == announced:
                return
            piece, decoder = coding.rest(decoder), None
    if decoder is not None:
        raise CutOff("it ends before its end")


def _beginning(pieces: Iterator[bytes]) -> bytes:
    """Take the first bytes of ``pieces``, enough for a signature."""
    taken = b""
    for piece in pieces:
        taken += piece
        if len(taken) >= 4:
            break
    return taken


def _next(pieces: Iterator[bytes], is_whole: bool) -> bytes:
    """Return the next piece, an empty one at the end; where the pieces break off and all ``is_whole``, that is it."""
    try:
        return next(pieces, b"")
    except EndsEarly:
        if is_whole:
            return b""
        raise


def _errors() -> tuple[type[Exception], ...]:
    import brotli

    from ticker.zstandard import zstd

    return zlib.error, brotli.error, zstd.ZstdError


def _start_inflating(beginning: bytes) -> Any:
    """Return a decoder of "deflate": zlib's own format by RFC 9110, and bare from some servers."""
    try:
        zlib.decompressobj().decompress(beginning, 1)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS)
    return zlib.decompressobj()


def _start_brotli(beginning: bytes) -> Any:
    import brotli

    return brotli.Decompressor()


def _start_zstd(beginning: bytes) -> Any:
    from ticker.zstandard import zstd

    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})


def _drain_zlib(decoder: Any, piece: bytes) -> Iterator[bytes]:
    while True:
        out = decoder.decompress(piece, _PIECE)
        if out:
            yield out
        piece = decoder.unconsumed_tail
        if decoder.eof or (not piece and len(out) < _PIECE):
            return


def _drain_brotli(decoder: Any, piece: bytes) -> Iterator[bytes]:
    while True:
        out = decoder.process(piece, output_buffer_limit=_PIECE)
        if out:
            yield out
        piece = b""
        if decoder.is_finished() or decoder.can_accept_more_data():
            return


def _drain_zstd(decoder: Any, piece: bytes) -> Iterator[bytes]:
    while True:
        out = decoder.decompress(piece, _PIECE)
        if out:
            yield out
        piece = b""
        if decoder.eof or decoder.needs_input:
            return


def _is_at_eof(decoder: Any) -> bool:
    return bool(decoder.eof)


def _unused(decoder: Any) -> bytes:
    return bytes(decoder.unused_data)


_GZIP = _Coding(
    lambda _: zlib.decompressobj(16 + zlib.MAX_WBITS), _drain_zlib, _is_at_eof, _unused, re.compile(rb"\x1f\x8b")
)
# Deflate and Brotli have no signature. An encoded body begins with a tag or a declaration, and no control character in
# the next 60 bytes, only by a chance of about one in a million.
_NO_MARKUP = re.compile(
    rb"(?!(?:\xef\xbb\xbf)?\s{0,64}+<[!?A-Za-z](?:[^\x00-\x08\x0e-\x1f\x7f]{60}|[^\x00-\x08\x0e-\x1f\x7f]{0,59}\Z))"
)
# By their names (RFC 9110, 8.4.1; RFC 7932; RFC 8878); "x-gzip" is an older one. The signatures of zstd are those of
# its frames and of frames to be skipped.
_CODINGS = {
    "gzip": _GZIP,
    "x-gzip": _GZIP,
    "deflate": _Coding(_start_inflating, _drain_zlib, _is_at_eof, signature=_NO_MARKUP),
    "br": _Coding(_start_brotli, _drain_brotli, lambda decoder: bool(decoder.is_finished()), signature=_NO_MARKUP),
    "zstd": _Coding(
        _start_zstd,
        _drain_zstd,
        _is_at_eof,
        _unused,
        re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
    ),
}
