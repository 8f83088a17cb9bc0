"""Lines of a file or pipe, plain or compressed, of any length, read in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from itertools import chain
from typing import cast

from ticker.archive.arrays import elements, is_array
from ticker.archive.lines import LineError
from ticker.errors import ArchiveError

LONGEST = 16 << 20
"""Maximum length of a line in bytes; longer lines come from files that are not archives."""

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPED = b"\x2a\x4d\x18"  # a zstd frame without data, whose first byte is 0x50 to 0x5f
_BLOCK = 1 << 20
# The beginning of a UTF-16 file: a byte order mark, or the first character of a JSON line in either byte order.
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"{\0", b"\0{")


def incoming_lines(stream: BufferedReader, name: str) -> Iterator[tuple[int, bytes | LineError]]:
    """Yield the lines of ``stream``, numbered from 1, without newlines; a LineError in place of one that is too long.

    For a JSON array of objects, yield the objects, with the numbers of the lines on which they begin.

    gzip and zstd are detected by their first bytes. Raises ArchiveError if reading fails.
    """
    blocks = _blocks(stream, name)
    begin, kind = b"", None
    while kind is None and (block := next(blocks, b"")):
        begin += block
        kind = is_array(begin)
    blocks = chain([begin], blocks)
    if kind:
        yield from elements(blocks, name, LONGEST)
        return
    number, start = 1, b""
    too_long = False
    for block in blocks:
        first, *others = block.split(b"\n")
        start += first
        if len(start) > LONGEST:
            too_long, start = True, b""
        for following in others:
            yield number, LineError(f"longer than {LONGEST >> 20} MB") if too_long else start
            number, start, too_long = number + 1, following, False
    if start or too_long:
        yield number, LineError(f"longer than {LONGEST >> 20} MB") if too_long else start


def _blocks(stream: BufferedReader, name: str) -> Iterator[bytes]:
    try:
        unpacked, damage = _unpacked(stream)
        is_first = True
        while True:
            try:
                block = unpacked.read1(_BLOCK)  # what is available: pipes may be slow, and damaged files may fail early
            except damage as error:
                raise ArchiveError(f"cannot read {name}: {error}") from error
            if not block:
                return
            if is_first and block.startswith(_WIDE):
                raise ArchiveError(
                    f"cannot read {name}: it is UTF-16, not UTF-8; 'iconv -f UTF-16 -t UTF-8' converts it"
                )
            is_first = False
            yield block
    except OSError as error:  # gzip's own errors have no strerror
        raise ArchiveError(f"cannot read {name}: {error.strerror or error}") from error


def _unpacked(stream: BufferedReader) -> tuple[BufferedReader, tuple[type[Exception], ...]]:
    """Return the decompressed stream, and the exceptions that mean that it is damaged."""
    begin = stream.peek(4)[:4]
    if begin.startswith(_GZIP):
        import gzip
        import zlib

        return cast(BufferedReader, gzip.GzipFile(fileobj=stream, mode="rb")), (EOFError, zlib.error)
    if begin == _ZSTD or (begin[1:] == _SKIPPED and begin[0] >> 4 == 5):
        from ticker.zstandard import zstd

        return cast(BufferedReader, zstd.ZstdFile(stream)), (EOFError, zstd.ZstdError)
    return stream, ()
