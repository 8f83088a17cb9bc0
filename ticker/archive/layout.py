"""Where things are in an archive: a file a day, and the file that names the format."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from ticker.errors import ArchiveError

Kind = Literal["headlines", "articles"]

FORMAT = "ticker-archive"
VERSION = 1
FORMAT_FILE = "format.json"

_YEAR = re.compile(r"\d{4}")
_DAY_FILE = re.compile(r"(\d{4}-\d\d-\d\d)\.jsonl")


class DayFile(NamedTuple):
    """The file that holds what happened on ``day``, each line by the clock of its own source; ``name`` is its path.

    The path is a text, since an archive of ten years has 4,000 of them, which every command asks the system about.
    """

    day: date
    name: str

    @property
    def path(self) -> Path:
        return Path(self.name)


def day_file(root: Path, kind: Kind, day: date) -> DayFile:
    """The file of ``day``, there or not."""
    return DayFile(day, str(root / kind / f"{day.year:04}" / f"{day.isoformat()}.jsonl"))


def day_files(root: Path, kind: Kind) -> list[DayFile]:
    """The files that are there, oldest day first; what is named in another way is none of them."""
    found = []
    for year in _names_in(root / kind):
        if not _YEAR.fullmatch(year):
            continue
        folder = root / kind / year
        for name in _names_in(folder):
            match = _DAY_FILE.fullmatch(name)
            day = _date(match[1]) if match else None
            if day:
                found.append(DayFile(day, f"{folder}/{name}"))
    return sorted(found)


def check_format(root: Path) -> bool:
    """Whether the archive says its format; raises ArchiveError where it is none that this version understands.

    An archive that lost the file, or a folder of day files made by hand, counts as version 1.
    """
    path = root / FORMAT_FILE
    try:
        with naming("read", path):
            content = path.read_bytes()
    except ArchiveError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return False
        raise
    try:
        stated = json.loads(content)
        name, version = stated["format"], stated["version"]
    except (ValueError, TypeError, KeyError, RecursionError):
        name = version = None
    if name != FORMAT or type(version) is not int or version < 1:
        raise ArchiveError(f'{path} does not say {{"format": "{FORMAT}", "version": {VERSION}}}: is this an archive?')
    if version > VERSION:
        raise ArchiveError(f"{root} has archive format {version}; this ticker knows {VERSION}: update ticker")
    return True


def format_text() -> str:
    """What the format file says."""
    return json.dumps({"format": FORMAT, "version": VERSION}) + "\n"


@contextmanager
def naming(action: str, path: Path) -> Iterator[None]:
    """Turns what the system refuses within into an ArchiveError: "cannot read PATH: Permission denied"."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(f"cannot {action} {path}: {error.strerror or error}") from error


def _names_in(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 (a path for each name takes longer than all the rest)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ArchiveError(f"cannot read {folder}: {error.strerror or error}") from error


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
