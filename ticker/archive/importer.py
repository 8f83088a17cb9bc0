"""Import of records from other archives, exports and files made by hand, in batches.

Only the id decides whether the archive has a line, whichever day file holds it. The ids of all days are checked: a
headline with a link keeps its id when its source changes its date, and two machines may date it differently. Input is
plain or compressed, with lines of any length, and read in constant memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BufferedReader
from pathlib import Path
from time import monotonic
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace

from ticker.archive.codec import ArticleLine, HeadlineLine, LineError, decode_canonical, decode_fields
from ticker.archive.dedup import to_second
from ticker.archive.layout import DayFile, Kind, check_format, day_file
from ticker.archive.line_reader import ARTICLES, HEADLINES, Records
from ticker.archive.locking import JUST_NOW, exclusive, lock_time
from ticker.archive.records import Problem, Stored, StoredArticle, StoredHeadline
from ticker.archive.search_index import Index
from ticker.archive.seen import SeenIds
from ticker.archive.writer import Appender, make_folder, write_format
from ticker.errors import ArchiveError
from ticker.urls import without_credentials

LONGEST = 16 << 20
"""Maximum length of a line in bytes; longer lines come from files that are not archives."""

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPED = b"\x2a\x4d\x18"  # a zstd frame without data, whose first byte is 0x50 to 0x5f
_BLOCK = 1 << 20
_MARK = b"\xef\xbb\xbf"  # the byte order mark of UTF-8
_TELLING = 1 << 10  # bytes of a line that is too long
_ARRAY = "each object of a JSON array needs a line of its own; try: jq -c '.[]' FILE | ticker import -"
# The beginning of a UTF-16 file: a byte order mark, or the first character of a JSON line in either byte order.
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"{\0", b"\0{")

RECORDS: Mapping[Kind, Records[Any]] = {HEADLINES.kind: HEADLINES, ARTICLES.kind: ARTICLES}
_ADDRESSES = ("url", "page")
_DATE = len("2025-06-12")
_AT = ord("@")


def read_input_lines(stream: BufferedReader, name: str) -> Iterator[tuple[int, bytes | LineError]]:
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
            if text[1:].strip() != b"]":
                raise ArchiveError(f"cannot read {name}: line {number}: {_ARRAY}")
        elif text:
            yield number, line
            yield from lines


def _of_array(
    lines: Iterator[tuple[int, bytes | LineError]], name: str, number: int
) -> Iterator[tuple[int, bytes | LineError]]:
    """Yield the lines of the array that starts on line ``number``, without the commas and the bracket after them."""
    for number, line in lines:
        if isinstance(line, LineError):
            yield number, line
            continue
        text = _stripped(line)
        is_last = text.endswith(b"]")
        text = (text[:-1] if is_last else text.removesuffix(b",")).rstrip()
        if text.startswith(b"{") and not text.endswith(b"}"):
            raise ArchiveError(f"cannot read {name}: line {number}: {_ARRAY}")
        if text:
            yield number, text
        if is_last:
            return
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


class ImportedLine(Struct, frozen=True, gc=False):
    """A line to store: its kind, its id, the date of its day file, and its bytes without the newline."""

    kind: Kind
    id: str
    date: str
    data: bytes


def read_import(stream: BufferedReader, name: str) -> Iterator[tuple[int, ImportedLine | LineError]]:
    """Yield the number of each line of ``stream`` with the line to store, or the LineError of an invalid line.

    The stream may be compressed (see ``read_input_lines``); empty lines are skipped. Raises ArchiveError, with ``name``
    as the name of the stream, if reading fails.
    """
    for number, line in read_input_lines(stream, name):
        if isinstance(line, LineError):
            yield number, line
        elif line and not line.isspace():
            try:
                incoming = _incoming(line)
            except LineError as error:
                yield number, error
            else:
                yield number, incoming


def _incoming(line: bytes) -> ImportedLine:
    """Return the line to store for an input line. Raises LineError.

    An object with a ``body`` is an article, any other a headline. Only ``title`` and ``time`` are required. All other
    fields are kept, unknown ones too. User names and passwords are removed from URLs.
    """
    canonical = decode_canonical(line)
    if canonical and not (_AT in line and _has_credentials(canonical)):
        kind = ARTICLES.kind if isinstance(canonical, ArticleLine) else HEADLINES.kind
        return ImportedLine(kind, canonical.id, (canonical.time or canonical.seen)[:_DATE], line)
    fields = decode_fields(line)
    for name in _ADDRESSES:
        if isinstance(fields.get(name), str):
            fields[name] = without_credentials(fields[name])
    record: Stored
    if "body" in fields:
        article = StoredArticle.from_dict(fields)
        published, modified = (to_second(time) if time else None for time in (article.published, article.modified))
        record = replace(
            article, time=to_second(article.time), seen=to_second(article.seen), published=published, modified=modified
        )
        kind = ARTICLES.kind
    else:
        headline = StoredHeadline.from_dict(fields)
        time = to_second(headline.time) if headline.time else None
        record = replace(headline, time=time, seen=to_second(headline.seen))
        kind = HEADLINES.kind
    return ImportedLine(kind, record.id, record.moment.date().isoformat(), record.to_line().encode())


def _has_credentials(line: HeadlineLine | ArticleLine) -> bool:
    return any(address and without_credentials(address) != address for address in (line.url, line.page))


class Importer:
    """Stores imported lines in the archive ``root``, each id once. Every method raises ArchiveError.

    Several processes may write at the same time: the lock is held while a batch is written, and waited for up to
    ``lock_timeout`` seconds.
    """

    def __init__(
        self, root: Path, report: Callable[[Problem], object], lock_timeout: float, index: Index | None
    ) -> None:
        self._root = root
        self._report = report
        self._lock_timeout = lock_timeout
        check_format(root)
        self._known: dict[Kind, SeenIds] = {kind: SeenIds(root, RECORDS[kind], index) for kind in RECORDS}

    def add(self, lines: Sequence[ImportedLine], at_writing: Callable[[], object] = lambda: None) -> list[ImportedLine]:
        """Store the new ones of ``lines``, sync them to disk, and return them.

        ``at_writing`` is called after all waiting, just before the first write: callers can block interrupts then.
        """
        # Known ids stay known, so only lines that seem new are worth waiting for the lock.
        looked, before = monotonic(), lock_time(self._root)
        self._catch_up(lines)
        new = self._missing(lines)
        if not new:
            return []
        make_folder(self._root)
        with exclusive(self._root, self._lock_timeout) as found:
            if not check_format(self._root):
                write_format(self._root)
            # Skipped if no one has written since the last check: it examines every file.
            if (found != before or monotonic() - looked > JUST_NOW) and self._catch_up(new):
                new = self._missing(new)
            days = list(self._by_day(new))
            at_writing()
            with Appender(self._root) as out:
                for day, batch in days:
                    cut = out.append(day.path, [line.data for line in batch], RECORDS[batch[0].kind].parse)
                    if cut:
                        self._report(cut)
                out.sync()
            for day, batch in days:
                size = sum(len(line.data) + 1 for line in batch)
                self._known[batch[0].kind].note_written(day, size, [line.id for line in batch])
        return new

    def preview(
        self, lines: Sequence[ImportedLine], at_writing: Callable[[], object] = lambda: None
    ) -> list[ImportedLine]:
        """Return what ``add`` would store, and count it as known from now on; store nothing."""
        self._catch_up(lines)
        new = self._missing(lines)
        for kind, known in self._known.items():
            known.note(line.id for line in new if line.kind == kind)
        return new

    def _catch_up(self, lines: Iterable[ImportedLine]) -> bool:
        """Read what other processes have stored of the kinds of ``lines``, and return whether there was anything."""
        kinds = {line.kind for line in lines}
        return any([self._known[kind].catch_up() for kind in kinds])  # noqa: C419 (every kind must catch up)

    def _missing(self, lines: Sequence[ImportedLine]) -> list[ImportedLine]:
        """Return the new ones of ``lines``; of several with the same id, the first."""
        ids: dict[Kind, dict[str, ImportedLine]] = {kind: {} for kind in RECORDS}
        for line in lines:
            ids[line.kind].setdefault(line.id, line)
        for kind, known in self._known.items():
            for id in known.known(ids[kind]):
                del ids[kind][id]
        return [line for by_id in ids.values() for line in by_id.values()]

    def _by_day(self, lines: Iterable[ImportedLine]) -> Iterator[tuple[DayFile, list[ImportedLine]]]:
        batches: defaultdict[tuple[Kind, str], list[ImportedLine]] = defaultdict(list)
        for line in lines:
            batches[line.kind, line.date].append(line)
        for (kind, day), batch in sorted(batches.items()):
            yield day_file(self._root, kind, date.fromisoformat(day)), batch
