"""Lines of a file or pipe, plain or compressed, of any length, read in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import cast

from ticker.archive.lines import LineError
from ticker.errors import ArchiveError

LONGEST = 16 << 20
"""Maximum length of a line in bytes; longer lines come from files that are not archives."""

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPED = b"\x2a\x4d\x18"  # a zstd frame without data, whose first byte is 0x50 to 0x5f
_BLOCK = 1 << 20
_MARK = b"\xef\xbb\xbf"  # the byte order mark of UTF-8
_TELLING = 1 << 10  # bytes of a line that is too long
_ARRAY = "each object of a JSON array needs a line of its own; try jq -c '.[]'"
# The beginning of a UTF-16 file: a byte order mark, or the first character of a JSON line in either byte order.
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"{\0", b"\0{")


def incoming_lines(stream: BufferedReader, name: str) -> Iterator[tuple[int, bytes | LineError]]:
    """Yield the lines of ``stream``, numbered from 1, without newlines; a LineError in place of one that is too long.

    A JSON array is accepted if each object has a line of its own, as ``ticker export --format json`` writes it.
    gzip and zstd are detected by their first bytes. Raises ArchiveError if reading fails.
    """
    lines = _lines(_blocks(stream, name))
    for number, line in lines:
        text = _stripped(line)
        if text == b"[":
            yield from _of_array(lines, name, number)
        elif text.startswith(b"["):
            raise ArchiveError(f"cannot read {name}: line {number}: {_ARRAY}")
        elif text:
            yield number, line
            yield from lines


def _of_array(
    lines: Iterator[tuple[int, bytes | LineError]], name: str, number: int
) -> Iterator[tuple[int, bytes | LineError]]:
    """The lines up to the end of the array that began on line ``number``, without the commas after them."""
    for number, line in lines:
        text = _stripped(line)
        if isinstance(line, LineError):
            yield number, line
        elif text == b"]":
            return
        elif text and not (text.startswith(b"{") and text.endswith((b"}", b"},"))):
            raise ArchiveError(f"cannot read {name}: line {number}: {_ARRAY}")
        else:
            yield number, text.removesuffix(b",")
    raise ArchiveError(f"cannot read {name}: it ends within the array, after line {number}")


def _stripped(line: bytes | LineError) -> bytes:
    return line.removeprefix(_MARK).strip() if isinstance(line, bytes) else b"?"


def _lines(blocks: Iterator[bytes]) -> Iterator[tuple[int, bytes | LineError]]:
    number, start = 1, b""
    too_long = False
    for block in blocks:
        first, *others = block.split(b"\n")
        start += first
        if len(start) > LONGEST:
            too_long, start = True, start[:_TELLING]
        for following in others:
            yield number, _too_long(start) if too_long else start
            number, start, too_long = number + 1, following, False
    if start or too_long:
        yield number, _too_long(start) if too_long else start


def _too_long(start: bytes) -> LineError:
    is_array = start.removeprefix(_MARK).lstrip().startswith(b"[")
    return LineError(f"longer than {LONGEST >> 20} MB{f'; {_ARRAY}' if is_array else ''}")


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
