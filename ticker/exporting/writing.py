"""Output of exports to a file, atomically, or to a stream."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ticker import files
from ticker.errors import ExportError

if TYPE_CHECKING:
    from ticker.exporting.about import About
    from ticker.exporting.formats import Format, Record


def to_file(form: Format, records: Iterable[Record], about: About, path: Path) -> None:
    """Write an export to ``path`` and replace an existing file; raises ExportError.

    A temporary file is written, synced and renamed. Links are followed. A pipe or a device is written directly.
    """
    with naming(path):
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


def to_stream(form: Format, records: Iterable[Record], about: About, stream: IO[bytes]) -> None:
    """Write an export to ``stream``; raises ExportError and the errors of the stream."""
    if not form.is_binary:
        stream.writelines(f"{line}\n".encode() for line in form.lines(records, about))
        return
    with tempfile.TemporaryDirectory(prefix="ticker-") as folder:
        whole = Path(folder) / f"export{form.endings[0]}"
        with naming(whole):
            form.write(records, about, whole)
        with whole.open("rb") as file:
            shutil.copyfileobj(file, stream)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Call ``files.replacing``, and raise ExportError for a folder; raises OSError too."""
    if path.is_dir():
        raise ExportError(f"cannot write {path}: it is a folder; give the path of a file in it")
    with files.replacing(path) as temporary:
        yield temporary


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turn an OSError in the block into an ExportError that names ``path``."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror or error}") from error
