"""A body as it was before it was packed: piece by piece, so that no bomb is ever unpacked further than it is read.

gzip and deflate are all that is asked for and all that is undone: every server knows them, and zlib says how much it
is to unpack at a time. Pure.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ASKED_FOR = "gzip, deflate"
# RFC 9110, 8.4.1; "x-gzip" is its older name.
_GZIP = frozenset(("gzip", "x-gzip"))
_KNOWN = _GZIP | {"deflate"}
# Codings that make a body unreadable where they are not undone. Others that servers write there ("none", "utf-8")
# mean nothing, and browsers pass over them.
_UNREADABLE = frozenset(("br", "zstd", "compress", "x-compress", "bzip2", "xz", "lzma", "dcb", "dcz"))
# Twice is a mistake that is made; more is none.
_MOST_CODINGS = 2
# A gzip file may be several, one after another (RFC 1952, 2.2), as parallel packers write them: one in 64 KB or more.
_MOST_MEMBERS = 1000
_PIECE = 64 * 1024


class CannotUnpack(Exception):
    """What keeps a body from being unpacked, in a few words."""


class CutOff(CannotUnpack):
    """A packed body that ends before its end."""


def codings(header: str | None) -> list[str]:
    """The codings to undo that a Content-Encoding header names, in the order in which they were applied.

    Raises CannotUnpack where that cannot be.
    """
    named = [coding.strip().lower() for coding in (header or "").split(",")]
    for coding in named:
        if coding in _UNREADABLE:
            raise CannotUnpack(f"it is packed as {coding!r}, which was not asked for")
    known = [coding for coding in named if coding in _KNOWN]
    if len(known) > _MOST_CODINGS:
        raise CannotUnpack(f"it is packed {len(known)} times over")
    return known


def unpacked(pieces: Iterable[bytes], header: str | None) -> Iterator[bytes]:
    """The pieces of a body as it was before it was packed as a Content-Encoding header says; each is 64 KB at most.

    No more of ``pieces`` is taken than is needed for what is asked for. Raises CannotUnpack.
    """
    for coding in reversed(codings(header)):
        pieces = _gunzipped(pieces) if coding in _GZIP else _inflated(pieces)
    return iter(pieces)


def _gunzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    members = 0
    decoder = None
    for piece in pieces:
        while piece:
            if decoder is None:
                members += 1
                decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
            try:
                yield from _drained(decoder, piece)
            except zlib.error as error:
                if members > 1:  # what follows a member and is none is garbage, which all programs pass over
                    return
                raise CannotUnpack("it cannot be unpacked") from error
            piece = decoder.unused_data
            if decoder.eof:
                decoder = None
            if members > _MOST_MEMBERS:
                raise CannotUnpack(f"it is packed in more than {_MOST_MEMBERS:,} parts")
    if decoder is not None:
        raise CutOff("it ends before its end")


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    decoder = None
    for piece in pieces:
        if decoder is None:
            decoder = zlib.decompressobj(_window_bits(piece))
        try:
            yield from _drained(decoder, piece)
        except zlib.error as error:
            raise CannotUnpack("it cannot be unpacked") from error
        if decoder.eof:
            return
    if decoder is not None:
        raise CutOff("it ends before its end")


def _window_bits(beginning: bytes) -> int:
    """How zlib is told what "deflate" means: in its own wrapping by RFC 9110, and bare from some servers."""
    try:
        zlib.decompressobj().decompress(beginning, 1)
    except zlib.error:
        return -zlib.MAX_WBITS
    return zlib.MAX_WBITS


def _drained(decoder: zlib._Decompress, piece: bytes) -> Iterator[bytes]:
    """All that ``piece`` gives, in pieces of 64 KB at most."""
    while True:
        out = decoder.decompress(piece, _PIECE)
        if out:
            yield out
        piece = decoder.unconsumed_tail
        if decoder.eof or (not piece and len(out) < _PIECE):
            return
