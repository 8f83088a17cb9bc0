"""Repair of a damaged archive; nothing is deleted: old files are kept in the folder ``damaged``.

A file is never changed in place. A clean file is written beside it and synced, the old one gets a second name in
``damaged``, and then the clean one replaces it atomically. So a concurrent reader, or one after a crash, finds every
good line exactly once. A line that belongs in another file is stored there before it is removed here, and may briefly
be in both.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from hashlib import file_digest
from itertools import count
from pathlib import Path
from typing import Any
from zlib import crc32

from ticker.archive.compactor import FrameWriter, frame_size, verify_month
from ticker.archive.day_reader import open_day, raw_lines
from ticker.archive.fsck.files import has_months, original_of
from ticker.archive.fsck.recovery import LineCollector, decompress_frames
from ticker.archive.fsck.validate import Issue, Mend, lines_of
from ticker.archive.importer import RECORDS
from ticker.archive.layout import COMPACTED, MONTH_SUFFIXES, day_file, day_files, translate_os_errors
from ticker.archive.line_reader import Records
from ticker.archive.locking import COMPACTING_FILE, LOCK_FILE, exclusive, lock
from ticker.archive.search_index import Index
from ticker.archive.seekable import CompressedMonth, DayEntry
from ticker.archive.writer import FOLDER as DAMAGED
from ticker.archive.writer import Appender, fresh_file, make_folder, refuse_links_out, sync_folder, write_format
from ticker.errors import ArchiveError, DamagedFile, TickerError

# Misplaced files come first: their lines may go to files that are rewritten afterwards.
_ORDER: tuple[Mend, ...] = ("format", "aside", "refile", "rewrite", "index")


class Repair:
    """Repairs the archive ``root``; calls ``say`` with each result or error.

    ``lock_timeout`` is how many seconds to wait for a lock.
    """

    def __init__(self, root: Path, say: Callable[[str], object], lock_timeout: float = 60) -> None:
        self._root = root
        self._say = say
        self._lock_timeout = lock_timeout
        self._work: dict[Mend, dict[Path, None]] = {mend: {} for mend in _ORDER}
        self.is_lossy = False
        """Whether lines of a compressed month are lost, or may be."""

    def note(self, finding: Issue) -> None:
        """Record a finding to repair."""
        if finding.mend:
            self._work[finding.mend][finding.path] = None

    def mend(self) -> bool:
        """Repair what was noted; return whether anything changed. An error is reported, and the rest goes on."""
        how: Mapping[Mend, Callable[[Path], str]] = {
            "format": self._state_format,
            "aside": self._quarantine,
            "refile": self._refile,
            "rewrite": self._rewrite,
            "index": self._index_anew,
        }
        is_mended = False
        for mend in _ORDER:
            for path in sorted(self._work[mend], key=lambda path: (not _is_month(path), path)):
                try:
                    done = how[mend](path)
                except TickerError as error:
                    self._say(f"ticker: {error}")
                else:
                    is_mended = is_mended or bool(done)
                    if done:
                        self._say(f"{path}: {done}")
        return is_mended

    def _state_format(self, path: Path) -> str:
        with exclusive(self._root, self._lock_timeout):
            aside = self._kept(path) if path.exists() else None
            write_format(self._root, COMPACTED if has_months(self._root) else 1)
        return f"rewritten; the old file is kept as {aside}" if aside else "written"

    def _quarantine(self, path: Path) -> str:
        refuse_links_out(self._root, path.parent / "x")
        of_mark = path.parent / f"{path.name.removesuffix('.new').removesuffix('.json')}.lock"
        is_marked = of_mark.exists()
        busy = f"{path} is in use by another ticker; left unchanged"
        with (
            lock(self._root / COMPACTING_FILE, 0, busy),
            lock(of_mark if is_marked else self._root / LOCK_FILE, self._lock_timeout, busy),
        ):
            return f"moved to {self._moved(path)}" if os.path.lexists(path) else ""

    def _refile(self, path: Path) -> str:
        records = RECORDS[_kind_of(path)]
        right = self._root / records.kind / path.name[:4] / path.name
        with self._alone():
            if right != path and not original_of(path) and not _is_there(right):
                refuse_links_out(self._root, right)
                make_folder(right.parent)
                with translate_os_errors("write", right):
                    path.rename(right)
                sync_folder(right.parent)
                sync_folder(path.parent)
                return f"moved to {right}"
            sorter = LineCollector(records)
            _read_into(sorter, path)
            self._bring_in(records, sorter.sorted.days)
            return f"its lines are stored in the files of their days; the old file is kept as {self._moved(path)}"

    def _rewrite(self, path: Path) -> str:
        records = RECORDS[_kind_of(path)]
        if _is_month(path):
            with self._alone():
                return self._rewrite_month(records, path)
        with exclusive(self._root, self._lock_timeout):
            return self._rewrite_day(records, path)

    def _rewrite_day(self, records: Records[Any], path: Path) -> str:
        day = day_file(self._root, records.kind, date.fromisoformat(path.name[:10]))
        sorter = LineCollector(records)
        with open_day(day) as content:
            sorter.leave_out(day.day, lines_of(content.read(0, content.packed)))
            for line in lines_of(content.read(content.packed, content.size - content.packed)):
                sorter.take(line)
        kept = b"".join(sorter.sorted.days.pop(day.day, []))
        self._bring_in(records, sorter.sorted.days)
        aside = self._replaced(path, lambda fresh: _write(fresh, kept))
        return f"{_account(sorter)}; the old file is kept as {aside}"

    def _rewrite_month(self, records: Records[Any], path: Path) -> str:
        sorter = LineCollector(records)
        for day in day_files(self._root, records.kind):
            if day.name[: -len("-01.jsonl")] == str(path)[: -len(".jsonl.zst")] and day.path.exists():
                with translate_os_errors("read", day.path):
                    sorter.leave_out(day.day, lines_of(day.path.read_bytes()))
        size = _size_by_table(path)
        read = _read_into(sorter, path)
        lost = f"; {size - read:,} of its {size:,} bytes are lost" if size > read else ""
        self.is_lossy = self.is_lossy or bool(lost)
        days = sorter.sorted.days
        here = {day: days.pop(day) for day in sorted(days) if day.isoformat()[:7] == path.name[:7]}
        self._bring_in(records, days)
        if not here:
            return f"moved to {self._moved(path)}: nothing in it could be recovered{lost}"
        aside = self._replaced(path, lambda fresh: _pack(fresh, path.suffix, here))
        return f"{_account(sorter)}{lost}; the old file is kept as {aside}"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold both locks, to block writers and ``ticker compact``."""
        busy = f"'ticker compact' has been running in {self._root} for {self._lock_timeout:g} seconds; try again later"
        with lock(self._root / COMPACTING_FILE, self._lock_timeout, busy), exclusive(self._root, self._lock_timeout):
            yield

    def _bring_in(self, records: Records[Any], days: Mapping[date, Iterable[bytes]]) -> None:
        """Store lines in the files of their days unless they are there; the lock must be held."""
        with Appender(self._root) as out:
            for day, lines in sorted(days.items()):
                file = day_file(self._root, records.kind, day)
                sorter = LineCollector(records)
                if file.month or file.path.exists():
                    sorter.leave_out(day, (line for _, line in raw_lines(file)))
                for line in lines:
                    sorter.take(line)
                new = [line.removesuffix(b"\n") for line in sorter.sorted.days.get(day, ())]
                if new:
                    cut = out.append(file.path, new, records.parse)
                    if cut:
                        self._say(f"ticker: {cut}")
            out.sync()

    def _index_anew(self, _: Path) -> str:
        index = Index(self._root)
        if not index.discard():
            raise ArchiveError(f"the index of {self._root} is in use by another ticker; left unchanged")
        for records in RECORDS.values():
            index.update(records, day_files(self._root, records.kind))
        return "rebuilt"

    def _replaced(self, path: Path, write: Callable[[Path], object]) -> Path:
        """Replace ``path`` with a file that ``write`` writes; return where the old file is kept."""
        refuse_links_out(self._root, path)
        path = Path(os.path.realpath(path))  # a link within the archive stays a link
        fresh = path.with_name(f".new-{path.name}")
        try:
            with translate_os_errors("write", fresh):
                write(fresh)
                _like(fresh, path)
            aside = self._kept(path)
            with translate_os_errors("write", path):
                fresh.replace(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
        return aside

    def _kept(self, path: Path) -> Path:
        """Give a file a second name in ``damaged``, which keeps its content when the first name is replaced."""
        aside = self._name_for(path)
        if not aside.exists():
            with translate_os_errors("write", aside):
                try:
                    os.link(path, aside)
                except OSError:  # some filesystems have no hard links
                    fresh = aside.with_name(f"{aside.name}.new")
                    with fresh_file(fresh) as file, path.open("rb") as old:
                        shutil.copyfileobj(old, file)
                    fresh.replace(aside)
        sync_folder(aside.parent)
        return aside

    def _moved(self, path: Path) -> Path:
        aside = self._name_for(path)
        with translate_os_errors("move", path):
            path.rename(aside)
        sync_folder(aside.parent)
        sync_folder(path.parent)
        return aside

    def _name_for(self, path: Path) -> Path:
        """Return a free name in ``damaged``, or one that already holds the same content."""
        folder = self._root / DAMAGED
        refuse_links_out(self._root, folder / "x")
        make_folder(folder)
        with translate_os_errors("read", path):
            digest = "link"
            if not path.is_symlink():
                with path.open("rb") as file:
                    digest = file_digest(file, "blake2b").hexdigest()[:8]
        real = Path(os.path.realpath(path.parent), path.name)
        name = "-".join((*real.relative_to(os.path.realpath(self._root)).parts, digest))
        for number in count(1):
            aside = folder / (name if number == 1 else f"{name}-{number}")
            if not os.path.lexists(aside) or (path.is_file() and filecmp.cmp(path, aside, shallow=False)):
                return aside
        raise AssertionError


def _write(fresh: Path, content: bytes) -> None:
    """Write a new file and sync it to disk; raises OSError."""
    with fresh_file(fresh) as file:
        file.write(content)


def _pack(fresh: Path, suffix: str, days: Mapping[date, list[bytes]]) -> None:
    """Write a compressed month, then read it back to check it."""
    shares = {}
    texts = {day: b"".join(lines) for day, lines in days.items()}
    with fresh_file(fresh) as file:
        packer = FrameWriter(file, suffix, frame_size(sum(map(len, texts.values()))))
        for day, text in texts.items():
            packer.add(text)
            shares[day] = DayEntry(len(text), crc32(text), 0, 0)
        packer.end(shares)
    verify_month(fresh, ())


def _read_into(sorter: LineCollector, path: Path) -> int:
    """Feed the readable lines of a day's or month's file to a sorter; return the number of intact bytes."""
    with translate_os_errors("read", path):
        data = path.read_bytes()
    if path.suffix == ".jsonl":
        for line in lines_of(data):
            sorter.take(line)
        return len(data)
    size = 0
    for lines, is_sound in decompress_frames(data, path.suffix):
        size += len(lines) if is_sound else 0
        for line in lines_of(lines):
            sorter.take(line, is_doubtful=not is_sound)
    return size


def _like(fresh: Path, path: Path) -> None:
    """Give a new file the owner and the permissions of the file it replaces; raises OSError."""
    status = path.stat()
    made = fresh.stat()
    if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
        os.chown(fresh, status.st_uid, status.st_gid)
    fresh.chmod(stat.S_IMODE(status.st_mode))


def _size_by_table(path: Path) -> int:
    """Return the size of a month's lines in bytes according to its table; 0 if the table is damaged."""
    try:
        return sum(share.size for share in CompressedMonth(str(path)).days.values())
    except (OSError, DamagedFile):
        return 0


def _account(sorter: LineCollector) -> str:
    found = sorter.sorted
    parts = [
        (found.unreadable, "that cannot be read", "left out"),
        (found.twice, "stored twice", "left out"),
        (sum(map(len, found.days.values())), "of other days", "moved to their files"),
        (found.renamed, "with a wrong id", "given the right id"),
    ]
    told = ", ".join(
        f"{number} {'line' if number == 1 else 'lines'} {which} {done}" for number, which, done in parts if number
    )
    return f"rewritten{': ' if told else ''}{told}"


def _kind_of(path: Path) -> Any:
    return path.parent.parent.name


def _is_month(path: Path) -> bool:
    return path.name.endswith(MONTH_SUFFIXES)


def _is_there(path: Path) -> bool:
    if _is_month(path):
        start = path.name.partition(".")[0]
        return any(path.with_name(start + suffix).exists() for suffix in MONTH_SUFFIXES)
    return path.exists()
