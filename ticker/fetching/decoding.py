"""Decompression of response bodies (Content-Encoding), piece by piece.

Pieces have a size limit and are decompressed as they are read, so a decompression bomb cannot fill the memory.
Requests ask only for the codings that this module supports.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
# Unsupported codings. Other values that servers send ("none", "utf-8") have no meaning and are ignored, as browsers
# do.
_UNREADABLE = frozenset(("compress", "x-compress", "bzip2", "xz", "lzma", "dcb", "dcz"))
# Servers compress twice by mistake, but not more often.
_MOST_CODINGS = 2
# A gzip file may have several members (RFC 1952, 2.2). Parallel compressors write one per 64 KB or more.
_MOST_MEMBERS = 1000
_PIECE = 64 * 1024
# 8 MB, the largest window that a server may require (RFC 9659, 3).
_WINDOW_LOG = 23


class DecompressionError(Exception):
    """A body cannot be decompressed; the message says why."""


class IncompleteBody(DecompressionError):
    """A compressed body is incomplete."""


class EndsEarly(Exception):
    """Raised by the iterator of a body that ends before its announced length."""


@dataclass(frozen=True, slots=True)
class _Coding:
    """The decoding functions of a content coding.

    ``start`` creates a decoder from the first bytes. ``drain`` yields the output for a piece. ``is_at_end`` returns
    whether the decoder has reached its end. ``rest`` returns the unused bytes after the end, if members may follow.
    A body that does not begin with ``signature`` is not encoded.
    """

    start: Callable[[bytes], Any]
    drain: Callable[[Any, bytes], Iterator[bytes]]
    is_at_end: Callable[[Any], bool]
    rest: Callable[[Any], bytes] | None = None
    signature: re.Pattern[bytes] | None = None


def codings(header: str | None) -> list[str]:
    """Return the supported codings of a Content-Encoding header, in the order in which they were applied.

    Raises DecompressionError for a coding that cannot be decoded, or too many.
    """
    named = [coding.strip().lower() for coding in (header or "").split(",")]
    for coding in named:
        if coding in _UNREADABLE:
            raise DecompressionError(f"unsupported Content-Encoding {coding!r}")
    known = [coding for coding in named if coding in _CODINGS]
    if len(known) > _MOST_CODINGS:
        raise DecompressionError(f"it is compressed {len(known)} times")
    return known


def decompress(pieces: Iterable[bytes], header: str | None, announced: int | None = None) -> Iterator[bytes]:
    """Yield the decompressed pieces of a body with this Content-Encoding header, each about 64 KB at most.

    Reads ``pieces`` only as needed. ``announced`` is the Content-Length, which some servers take from the uncompressed
    page. Raises DecompressionError; passes on EndsEarly unless the body was complete by its own end and checksum.
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
                    raise DecompressionError(f"it has more than {_MOST_MEMBERS:,} compressed members")
                decoder = coding.start(piece)
            try:
                for out in coding.drain(decoder, piece):
                    size += len(out)
                    yield out
            except _errors() as error:
                if members > 1:  # other programs also ignore garbage after a member
                    return
                raise DecompressionError("it cannot be decompressed") from error
            if not coding.is_at_end(decoder):
                break
            if coding.rest is None or size == announced:
                return
            piece, decoder = coding.rest(decoder), None
    if decoder is not None:
        raise IncompleteBody("it is incomplete")


def _beginning(pieces: Iterator[bytes]) -> bytes:
    """Consume and return the first bytes of ``pieces``, at least 4 for a signature."""
    taken = b""
    for piece in pieces:
        taken += piece
        if len(taken) >= 4:
            break
    return taken


def _next(pieces: Iterator[bytes], is_whole: bool) -> bytes:
    """Return the next piece, or an empty one at the end; an early end is accepted if ``is_whole``."""
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
    """Return a decoder for "deflate": the zlib format (RFC 9110), or raw deflate from some servers."""
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
# Deflate and Brotli have no signature. The probability is about one in a million that an encoded body begins like a tag
# or declaration, with no control character in the next 60 bytes.
_NO_MARKUP = re.compile(
    rb"(?!(?:\xef\xbb\xbf)?\s{0,64}+<[!?A-Za-z](?:[^\x00-\x08\x0e-\x1f\x7f]{60}|[^\x00-\x08\x0e-\x1f\x7f]{0,59}\Z))"
)
# Codings by name (RFC 9110, 8.4.1; RFC 7932; RFC 8878); "x-gzip" is an older name. zstd has signatures for frames and
# for skippable frames.
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
