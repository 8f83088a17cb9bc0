"""Where things are in an archive: a file a day, and the file that names the format."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from ticker.errors import ArchiveError, WriteFailed
from ticker.files import read_file

Kind = Literal["headlines", "articles"]

FORMAT = "ticker-archive"
VERSION = 2
COMPACTED = 2
"""The version of an archive that has compressed months, which one of version 1 has not."""
FORMAT_FILE = "format.json"

YEAR = re.compile(r"\d{4}")
# Among names with slashes between: no name has one in it.
_DAY_FILES = re.compile(r"(?:^|/)(\d{4}-\d\d-\d\d)\.jsonl(?=/|\Z)")
_MONTH_FILES = re.compile(r"(?:^|/)((\d{4}-\d\d)\.jsonl\.(?:zst|gz))(?=/|\Z)")
MONTH_SUFFIXES = (".jsonl.zst", ".jsonl.gz")
"""How the names of compressed months end; where a month has both, the first counts."""


class DayFile(NamedTuple):
    """The file that holds what happened on ``day``, each line by the clock of its own source; ``name`` is its path.

    The path is a text, since an archive of ten years has 4,000 of them, which every command asks the system about.
    ``month`` is the path of the compressed file of its month, where there is one: then either may hold lines of the
    day, or both, or none (see ``contents``). ``is_loose`` is false where ``name`` was not there when its folder was
    read.
    """

    day: date
    name: str
    month: str = ""
    is_loose: bool = True

    @property
    def path(self) -> Path:
        return Path(self.name)


def day_file(root: Path, kind: Kind, day: date) -> DayFile:
    """The file of ``day``, there or not."""
    file = DayFile(day, str(root / kind / f"{day.year:04}" / f"{day.isoformat()}.jsonl"))
    return file._replace(month=month_name(file))


def kind_and_day(path: Path) -> tuple[Kind, date]:
    """What the day file ``path`` holds."""
    kind: Kind = "articles" if path.parts[-3] == "articles" else "headlines"
    return kind, date.fromisoformat(path.stem)


def month_name(file: DayFile) -> str:
    """The path of the compressed month of a day's file; an empty text where there is none."""
    if file.month:
        return file.month
    start = file.name[: -len("-01.jsonl")]
    return next((start + suffix for suffix in MONTH_SUFFIXES if os.path.exists(start + suffix)), "")  # noqa: PTH110


def day_files(root: Path, kind: Kind) -> list[DayFile]:
    """The files that are there, oldest day first, and each day of a compressed month; others are none of them."""
    found = []
    for year in sorted(names_in(f"{root}/{kind}")):
        if not YEAR.fullmatch(year):
            continue
        folder = f"{root}/{kind}/{year}"
        names = "/".join(sorted(names_in(folder)))
        texts, months = _DAY_FILES.findall(names), _months_among(names)
        there = set(texts) if months else ()
        for text in texts:
            day = date_in(text)
            if day and text[:7] not in months:
                found.append(DayFile(day, f"{folder}/{text}.jsonl"))
        for month, name in months.items():
            first = date.fromisoformat(f"{month}-01")
            days = days_of_month(DayFile(first, f"{folder}/{first}.jsonl", f"{folder}/{name}"))
            found += [day._replace(is_loose=day.day.isoformat() in there) for day in days]
    return sorted(found)


def _months_among(names: str) -> dict[str, str]:
    """The compressed months, and their files' names."""
    pairs = [(month, name) for name, month in _MONTH_FILES.findall(names) if date_in(f"{month}-01")]
    return dict(sorted(pairs))  # of two, the later one counts: .gz before .zst


def days_of_month(file: DayFile) -> list[DayFile]:
    """The files of all days of a month, of which ``file`` is one."""
    first = file.day.toordinal() - file.day.day + 1
    days = (date.fromordinal(first + number) for number in range(31))
    start = file.name[: -len("2025-06-12.jsonl")]
    return [DayFile(day, f"{start}{day}.jsonl", file.month) for day in days if day.month == file.day.month]


def check_format(root: Path) -> int:
    """The version of the format that the archive states, or 0 where it states none.

    Raises ArchiveError for one that this program does not know.

    An archive that lost the file, or a folder of day files made by hand, counts as version 1.
    """
    path = root / FORMAT_FILE
    try:
        with naming("read", path):
            content = read_file(path)
        for known in range(1, VERSION + 1):
            if content == format_text(known).encode():
                return known  # as this program writes it, which takes no parser
    except ArchiveError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return 0
        if isinstance(error.__cause__, NotADirectoryError):
            raise ArchiveError(f"the archive {root} is no folder") from error
        raise
    import json

    try:
        stated = json.loads(content)
        name, version = stated["format"], stated["version"]
    except (ValueError, TypeError, KeyError, RecursionError):
        name = version = None
    if name != FORMAT or type(version) is not int or version < 1:
        raise ArchiveError(
            f'{path} does not say {{"format": "{FORMAT}", "version": {VERSION}}}: '
            "is this an archive? Then 'ticker verify --repair' mends it"
        )
    if version > VERSION:
        raise ArchiveError(f"{root} has archive format {version}; this ticker knows {VERSION}: update ticker")
    return version


def format_text(version: int) -> str:
    """What the format file says."""
    return f'{{"format": "{FORMAT}", "version": {version}}}\n'


@contextmanager
def naming(action: str, path: Path | str) -> Iterator[None]:
    """Turns what the system refuses within into an ArchiveError: "cannot read PATH: Permission denied".

    Into WriteFailed where ``action`` is another than to read.
    """
    try:
        yield
    except OSError as error:
        kind = ArchiveError if action == "read" else WriteFailed
        raise kind(f"cannot {action} {path}: {error.strerror or error}") from error


def names_in(folder: str) -> list[str]:
    """What is in a folder, which need not be there; raises ArchiveError."""
    try:
        return os.listdir(folder)  # noqa: PTH208 (a path for each name takes longer than all the rest)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ArchiveError(f"cannot read {folder}: {error.strerror or error}") from error


def date_in(text: str) -> date | None:
    """The date that ``text`` is, if any."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
