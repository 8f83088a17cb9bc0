"""The table of export formats, the metadata of an export, and how it is written to a file or a stream.

The module of a format is imported when the format is written.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast
from uuid import NAMESPACE_URL, uuid5

from ticker import fileio
from ticker.errors import ExportError

NEWEST_IN_A_FEED = 50
"""Enough that a reader that polls hourly misses no entry of a busy source."""


@dataclass(frozen=True, slots=True)
class ExportMetadata:
    """The metadata of an export.

    ``kind`` is ``headlines`` or ``articles``. ``zone`` is the time zone of displayed days and times. For feeds,
    ``identity`` is a permanent unique URN, ``address`` the feed's own URL, ``site`` the URL of its website, and
    ``language`` a BCP 47 tag. For CSV, ``has_mark`` puts a byte order mark first.
    """

    kind: str
    title: str
    identity: str
    zone: tzinfo
    address: str | None = None
    site: str | None = None
    language: str | None = None
    has_mark: bool = False


def feed_identity(address: str | None, *parts: Iterable[str]) -> str:
    """Return a stable URN for a feed, derived from its URL, else from ``parts``, its query."""
    told = address or "ticker:" + "\0".join("\1".join(part) for part in parts)
    return uuid5(NAMESPACE_URL, told).urn


if TYPE_CHECKING:
    from ticker.archive import StoredArticle, StoredHeadline

    Record = StoredHeadline | StoredArticle


@dataclass(frozen=True, slots=True)
class Format:
    """An export format and the ``endings`` of its file names, the usual one first.

    ``is_binary``: it is written as a whole file and never to a terminal. ``is_feed``: it holds only the newest records,
    newest first. ``is_kept``: other programs may have added to an existing file.
    """

    name: str
    endings: tuple[str, ...]
    is_binary: bool = False
    is_feed: bool = False
    is_kept: bool = False

    def lines(self, records: Iterable[Record], about: ExportMetadata) -> Iterator[str]:
        """Return the lines of a text format, without line ends."""
        return cast("Iterator[str]", self._module.lines(records, about))

    def write(self, records: Iterable[Record], about: ExportMetadata, path: Path) -> None:
        """Write a file in a binary format; raises ExportError or OSError."""
        self._module.write(records, about, path)

    @property
    def _module(self) -> Any:
        return import_module(f"ticker.export.as_{self.name}")


FORMATS = {
    each.name: each
    for each in (
        Format("csv", (".csv",)),
        Format("json", (".json",)),
        Format("jsonl", (".jsonl", ".ndjson")),
        Format("parquet", (".parquet",), is_binary=True),
        Format("sqlite", (".sqlite", ".sqlite3", ".db"), is_binary=True, is_kept=True),
        Format("rss", (".rss",), is_feed=True),
        Format("atom", (".atom",), is_feed=True),
        Format("markdown", (".md", ".markdown")),
    )
}


def format_of_name(name: str) -> Format | None:
    """Return the format for the ending of a file name, or None."""
    ending = Path(name).suffix.lower()
    return next((each for each in FORMATS.values() if ending in each.endings), None)


def to_file(form: Format, records: Iterable[Record], about: ExportMetadata, path: Path) -> None:
    """Write an export to ``path`` and replace an existing file; raises ExportError.

    A temporary file is written, synced and renamed. Links are followed. A pipe or a device is written directly.
    """
    with translate_os_errors(path):
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:
                to_stream(form, records, about, stream)
            return
        with replacing(path) as temporary:
            if form.is_binary:
                form.write(records, about, temporary)
            else:
                with temporary.open("w", encoding="utf-8", newline="") as file:
                    file.writelines(f"{line}\n" for line in form.lines(records, about))


def to_stream(form: Format, records: Iterable[Record], about: ExportMetadata, stream: IO[bytes]) -> None:
    """Write an export to ``stream``; raises ExportError and the errors of the stream."""
    if not form.is_binary:
        stream.writelines(f"{line}\n".encode() for line in form.lines(records, about))
        return
    with tempfile.TemporaryDirectory(prefix="ticker-") as folder:
        whole = Path(folder) / f"export{form.endings[0]}"
        with translate_os_errors(whole):
            form.write(records, about, whole)
        with whole.open("rb") as file:
            shutil.copyfileobj(file, stream)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Call ``fileio.replace_atomically``, and raise ExportError for a folder; raises OSError too."""
    if path.is_dir():
        raise ExportError(f"cannot write {path}: it is a folder; give the path of a file in it")
    with fileio.replace_atomically(path) as temporary:
        yield temporary


@contextmanager
def translate_os_errors(path: Path) -> Iterator[None]:
    """Turn an OSError in the block into an ExportError that names ``path``."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror or error}") from error
