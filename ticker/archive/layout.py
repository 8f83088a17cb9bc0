"""File names of an archive: one JSONL file a day, compressed months, and ``format.json``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from ticker.errors import ArchiveError, WriteFailed
from ticker.fileio import read_file

Kind = Literal["headlines", "articles"]
KINDS: tuple[Kind, ...] = ("headlines", "articles")

FORMAT = "ticker-archive"
VERSION = 2
COMPACTED = 2
"""The version of an archive that has compressed months; version 1 has none."""
FORMAT_FILE = "format.json"

YEAR = re.compile(r"\d{4}")
# Matched against names joined by slashes, since no name contains a slash.
_DAY_FILES = re.compile(r"(?:^|/)(\d{4}-\d\d-\d\d)\.jsonl(?=/|\Z)")
_MONTH_FILES = re.compile(r"(?:^|/)((\d{4}-\d\d)\.jsonl\.(?:zst|gz))(?=/|\Z)")
MONTH_SUFFIXES = (".jsonl.zst", ".jsonl.gz")
"""Suffixes of compressed months. If a month has both files, the first suffix wins."""


class DayFile(NamedTuple):
    """The file of one day, whose lines are dated by the clock of their own source.

    ``name`` is the path as a string: an archive of ten years has 4,000 files, and every command stats them. ``month``
    is the path of the compressed file of the month, or "". Lines of the day may be in either file, both or none (see
    ``day_reader``). ``is_loose`` is false if ``name`` was missing when its folder was listed.
    """

    day: date
    name: str
    month: str = ""
    is_loose: bool = True

    @property
    def path(self) -> Path:
        """Return ``name`` as a path."""
        return Path(self.name)

    @property
    def exists(self) -> bool:
        """Whether the day's own file or the file of its month exists."""
        return bool(self.month) or os.path.exists(self.name)  # noqa: PTH110 (names are strings, see above)


def day_file(root: Path, kind: Kind, day: date) -> DayFile:
    """Return the file of ``day``, whether it exists or not."""
    file = DayFile(day, str(root / kind / f"{day.year:04}" / f"{day.isoformat()}.jsonl"))
    return file._replace(month=month_name(file))


def kind_and_day(path: Path) -> tuple[Kind, date]:
    """Return the kind and the day of the day file ``path``."""
    kind: Kind = "articles" if path.parts[-3] == "articles" else "headlines"
    return kind, date.fromisoformat(path.stem)


def month_name(file: DayFile) -> str:
    """Return the path of the compressed month of a day's file, or "" if there is none."""
    if file.month:
        return file.month
    start = file.name[: -len("-01.jsonl")]
    return next((start + suffix for suffix in MONTH_SUFFIXES if os.path.exists(start + suffix)), "")  # noqa: PTH110


def day_files(root: Path, kind: Kind) -> list[DayFile]:
    """Return the existing day files and each day of the compressed months, oldest first; ignore other files."""
    found = []
    for year in sorted(list_names(f"{root}/{kind}")):
        if not YEAR.fullmatch(year):
            continue
        folder = f"{root}/{kind}/{year}"
        names = "/".join(sorted(list_names(folder)))
        texts, months = _DAY_FILES.findall(names), _months_among(names)
        there = set(texts) if months else ()
        for text in texts:
            day = parse_date(text)
            if day and text[:7] not in months:
                found.append(DayFile(day, f"{folder}/{text}.jsonl"))
        for month, name in months.items():
            first = date.fromisoformat(f"{month}-01")
            days = days_of_month(DayFile(first, f"{folder}/{first}.jsonl", f"{folder}/{name}"))
            found += [day._replace(is_loose=day.day.isoformat() in there) for day in days]
    return sorted(found)


def _months_among(names: str) -> dict[str, str]:
    """Return the file name of each compressed month."""
    pairs = [(month, name) for name, month in _MONTH_FILES.findall(names) if parse_date(f"{month}-01")]
    return dict(sorted(pairs))  # .zst is sorted last, so it replaces .gz


def days_of_month(file: DayFile) -> list[DayFile]:
    """Return the files of all days of the month of ``file``."""
    first = file.day.toordinal() - file.day.day + 1
    days = (date.fromordinal(first + number) for number in range(31))
    start = file.name[: -len("2025-06-12.jsonl")]
    return [DayFile(day, f"{start}{day}.jsonl", file.month) for day in days if day.month == file.day.month]


def check_format(root: Path) -> int:
    """Return the format version that the archive states, or 0 if ``format.json`` is missing.

    An archive without the file, such as a folder of day files made by hand, counts as version 1. Raises ArchiveError if
    the file is invalid or the version is unknown.
    """
    path = root / FORMAT_FILE
    try:
        with translate_os_errors("read", path):
            content = read_file(path)
        for known in range(1, VERSION + 1):
            if content == format_text(known).encode():
                return known  # exactly as this program writes it: no need to import json
    except ArchiveError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return 0
        if isinstance(error.__cause__, NotADirectoryError):
            raise ArchiveError(f"the archive {root} is not a folder") from error
        raise
    import json

    try:
        stated = json.loads(content)
        name, version = stated["format"], stated["version"]
    except (ValueError, TypeError, KeyError, RecursionError):
        name = version = None
    if name != FORMAT or type(version) is not int or version < 1:
        raise ArchiveError(
            f'invalid {path}: expected {{"format": "{FORMAT}", "version": {VERSION}}}; '
            "if this is an archive, run 'ticker verify --repair'"
        )
    if version > VERSION:
        raise ArchiveError(f"{root} has archive format {version}, newer than the supported {VERSION}; update ticker")
    return version


def format_text(version: int) -> str:
    """Return the content of the format file."""
    return f'{{"format": "{FORMAT}", "version": {version}}}\n'


@contextmanager
def translate_os_errors(action: str, path: Path | str) -> Iterator[None]:
    """Convert an OSError raised within into an ArchiveError: "cannot read PATH: Permission denied".

    Raises WriteFailed instead if ``action`` is not "read".
    """
    try:
        yield
    except OSError as error:
        kind = ArchiveError if action == "read" else WriteFailed
        raise kind(f"cannot {action} {path}: {error.strerror or error}") from error


def list_names(folder: str) -> list[str]:
    """Return the names in a folder, or nothing if it does not exist; raises ArchiveError."""
    try:
        return os.listdir(folder)  # noqa: PTH208 (a Path for each name would dominate the run time)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ArchiveError(f"cannot read {folder}: {error.strerror or error}") from error


def parse_date(text: str) -> date | None:
    """Return ``text`` as a date, or None if it is not an ISO 8601 date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
