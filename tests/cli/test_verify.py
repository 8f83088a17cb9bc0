"""Tests of ``ticker verify``: it locates each kind of fault, and repairs it without losing valid lines."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import pytest

from tests.cli.desk import HEEDING_PERMISSIONS, PROGRAM, Desk
from ticker.archive import to_line
from ticker.archive.locking import exclusive
from ticker.archive.seekable import DayEntry, Frame, Table, compress_frame, encode_table
from ticker.archive.writer import write_format

LINE = (
    '{"time": "%(day)sT1%(n)d:10:00+00:00", "source": "daily", "title": "Number %(n)d of %(day)s", '
    '"url": "https://n.example/%(day)s/%(n)d", "seen": "%(day)sT2%(n)d:00:00+00:00"}\n'
)
ARTICLE = '{"time": "2024-07-12T10:00:00+00:00", "source": "daily", "title": "An article", "body": "One.\\nTwo."}\n'
DAYS = ("2024-06-10", "2024-06-11", "2024-07-12")


@pytest.fixture(scope="session")
def sound_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a desk with an archive of three days of three headlines each, and an article."""
    desk = Desk(tmp_path_factory.mktemp("sound"))
    lines = "".join(LINE % {"day": day, "n": n} for day in DAYS for n in range(3))
    desk.run("import", "-", stdin=(lines + ARTICLE).encode())
    return desk.folder


@pytest.fixture
def sound(desk: Desk, sound_once: Path) -> Desk:
    """Return a desk with a copy of the folder ``sound_once``."""
    shutil.copytree(sound_once, desk.folder, dirs_exist_ok=True)
    return desk


def day(desk: Desk, name: str = "2024-06-11") -> Path:
    return desk.archive / "headlines" / name[:4] / f"{name}.jsonl"


def everything(desk: Desk) -> list[str]:
    """Return all headlines and articles as JSON, sorted."""
    return sorted([*desk.run("list", "--json").lines, *desk.run("list", "--json", "--articles").lines])


def contents(desk: Desk) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in desk.archive.rglob("*") if path.is_file() and path.name != ".lock"}


def edit(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))


def lines(change: Callable[[list[bytes]], list[bytes]], name: str = "2024-06-11") -> Callable[[Desk], None]:
    """Return a function that changes the lines of a day file."""
    return lambda desk: edit(day(desk, name), change)


def in_the_second(old: bytes, new: bytes) -> Callable[[Desk], None]:
    return lines(lambda all: [all[0], all[1].replace(old, new, 1), *all[2:]])


def appended(text: bytes) -> Callable[[Desk], None]:
    return lines(lambda all: [*all, text])


class Harm(NamedTuple):
    """A change to the archive, the message with its file and line, and whether repair undoes the change."""

    do: Callable[[Desk], None]
    found: str
    is_undone: bool = True


def to_another_day(desk: Desk) -> None:
    (first, *rest), target = day(desk).read_bytes().splitlines(keepends=True), day(desk, "2024-07-12")
    day(desk).write_bytes(b"".join(rest))
    target.write_bytes(first + target.read_bytes())


def copied_to_another_day(desk: Desk) -> None:
    target = day(desk, "2024-07-12")
    target.write_bytes(day(desk).read_bytes().splitlines(keepends=True)[0] + target.read_bytes())


def to_another_year(desk: Desk) -> None:
    (desk.archive / "headlines/2023").mkdir()
    day(desk).rename(desk.archive / "headlines/2023/2024-06-11.jsonl")


def partly_to_another_year(desk: Desk) -> None:
    (desk.archive / "headlines/2023").mkdir()
    first, *rest = day(desk).read_bytes().splitlines(keepends=True)
    (desk.archive / "headlines/2023/2024-06-11.jsonl").write_bytes(first + rest[0])
    day(desk).write_bytes(b"".join(rest))


def without_format(desk: Desk) -> None:
    (desk.archive / "format.json").write_bytes(bytes(43))


def with_a_broken_mark(desk: Desk) -> None:
    (desk.archive / "marks").mkdir()
    (desk.archive / "marks/mine.json").write_bytes(bytes(99))


HARMS = {
    "cut off": Harm(appended(b'{"time": "2024-06-11T12:00'), "headlines/2024/2024-06-11.jsonl:4: cut off: not JSON: "),
    "cut off and joined to": Harm(
        lines(lambda all: [all[0], b'{"time": "2024-06' + all[1], all[2]]),
        "headlines/2024/2024-06-11.jsonl:2: not JSON: ",
    ),
    "zeros": Harm(
        lines(lambda all: [all[0], bytes(5000) + all[1], all[2]]),
        "headlines/2024/2024-06-11.jsonl:2: not JSON: Expecting value: line 1 column 1 (char 0), with NUL bytes",
    ),
    "zeros at the end": Harm(appended(bytes(5000)), "headlines/2024/2024-06-11.jsonl:4: cut off: not JSON"),
    "no UTF-8": Harm(appended(b'{"title": "\xff"}\n'), "headlines/2024/2024-06-11.jsonl:4: not UTF-8 at byte 12"),
    "no object": Harm(appended(b"[1]\n"), "headlines/2024/2024-06-11.jsonl:4: not a JSON object"),
    "no title": Harm(appended(b'{"time": "2024-06-11T12:00Z"}\n'), "headlines/2024/2024-06-11.jsonl:4: no title"),
    "another type": Harm(
        appended(b'{"time": "2024-06-11T12:00Z", "title": "a", "url": 1}\n'),
        "headlines/2024/2024-06-11.jsonl:4: url must be a string, got 1",
    ),
    "too long": Harm(
        appended(b'{"time": "2024-06-11T12:00Z", "title": "%s"}\n{}\n' % (b"a" * (17 << 20))),
        "headlines/2024/2024-06-11.jsonl:4: longer than 16 MB",
    ),
    "no end": Harm(
        lines(lambda all: [*all[:-1], all[-1][:-1]]),
        "headlines/2024/2024-06-11.jsonl:3: has no newline: the next line would be joined to it",
    ),
    "two ends in one": Harm(
        lines(lambda all: [all[0][:-1], *all[1:]]), "headlines/2024/2024-06-11.jsonl:1: not JSON: Extra data"
    ),
    "another day": Harm(to_another_day, "headlines/2024/2024-07-12.jsonl:1: belongs in the file of 2024-06-11"),
    "another day's, too": Harm(
        copied_to_another_day, "headlines/2024/2024-07-12.jsonl:1: belongs in the file of 2024-06-11"
    ),
    "another title": Harm(
        in_the_second(b"Number", b"Nomber"), "headlines/2024/2024-06-11.jsonl:2: id mismatch: stored ", is_undone=False
    ),
    "another id": Harm(
        lines(lambda all: [all[0], re.sub(rb'"id": "\w+"', b'"id": "0123456789abcdef"', all[1]), all[2]]),
        "headlines/2024/2024-06-11.jsonl:2: id mismatch: stored 0123456789abcdef, computed ",
    ),
    "twice": Harm(lines(lambda all: [*all, all[1]]), "headlines/2024/2024-06-11.jsonl:4: duplicate of "),
    "twice, spelled otherwise": Harm(
        lines(lambda all: [*all, all[1].replace(b'", "title"', b'","title"')]),
        "headlines/2024/2024-06-11.jsonl:4: duplicate of ",
    ),
    "twice, in another order": Harm(
        lines(lambda all: [*all, to_line(dict(reversed(json.loads(all[1]).items()))).encode() + b"\n"]),
        "headlines/2024/2024-06-11.jsonl:4: duplicate of ",
    ),
    "another year": Harm(to_another_year, "headlines/2023/2024-06-11.jsonl: belongs in the folder 2024"),
    "partly another year": Harm(partly_to_another_year, "headlines/2023/2024-06-11.jsonl: belongs in the folder 2024"),
    "an article": Harm(
        lambda desk: edit(
            desk.archive / "articles/2024/2024-07-12.jsonl", lambda all: [all[0].replace(b"Two", b"Tvo"), b"{}\n"]
        ),
        "articles/2024/2024-07-12.jsonl:1: id mismatch: stored ",
        is_undone=False,
    ),
    "the format": Harm(without_format, "format.json: has no valid format version"),
    "a mark": Harm(with_a_broken_mark, "marks/mine.json: is not a valid cursor ("),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_a_fault_is_found_and_mended(sound: Desk, harm: Harm) -> None:
    before = everything(sound)
    harm.do(sound)
    harmed = contents(sound)
    done = sound.run("verify", status=1)
    assert f"{sound.archive}/{harm.found}" in done.out
    assert done.err.endswith("be repaired: run 'ticker verify --repair'\n")
    assert contents(sound) == harmed
    mended = sound.run("verify", "--repair")
    assert f"{sound.archive}/{harm.found}" in mended.out
    assert mended.err.endswith("10 lines in 4 files, no problems\n")
    assert sound.run("verify").err == "10 lines in 4 files, no problems\n"
    assert (everything(sound) == before) == harm.is_undone
    # Nothing is deleted: the old content is in its file or in quarantine, which has at most one file.
    kept = contents(sound).values()
    assert all(any(now.startswith(content) for now in kept) for content in harmed.values())
    assert len(list(sound.archive.glob("damaged/*"))) <= 1


def test_a_sound_archive(sound: Desk) -> None:
    done = sound.run("verify")
    assert (done.out, done.err) == ("", "10 lines in 4 files, no problems\n")
    assert sound.run("verify", "-q").err == ""


def test_json_says_the_same(sound: Desk) -> None:
    HARMS["twice"].do(sound)
    (found,) = map(json.loads, sound.run("verify", "--json", status=1).lines)
    assert found == {
        "path": str(day(sound)),
        "line": 4,
        "what": f"duplicate of {day(sound)}:2",
        "problem": True,
        "mendable": True,
    }


NOTES: dict[str, tuple[Callable[[Desk], object], str]] = {
    "other files": (lambda desk: desk.save("archive/notes.txt", ""), "notes.txt: note: is not part of the archive"),
    "other folders": (
        lambda desk: (desk.archive / "headlines/old").mkdir(),
        "headlines/old: note: is not part of the archive",
    ),
    "no day": (
        lambda desk: desk.save("archive/headlines/2024/2024-02-30.jsonl", "x"),
        "headlines/2024/2024-02-30.jsonl: note: is not part of the archive",
    ),
    "no format": (
        lambda desk: (desk.archive / "format.json").unlink(),
        "format.json: note: is missing: the archive is read as version 1",
    ),
    "in other words": (
        lines(lambda all: [*all, all[0].replace(b"T20:00:00", b"T20:30:00")]),
        "headlines/2024/2024-06-11.jsonl:4: note: has the same id as ",
    ),
    "in other words on another day": (
        lambda desk: day(desk, "2024-06-10").write_bytes(
            day(desk, "2024-06-10").read_bytes()
            + day(desk)
            .read_bytes()
            .splitlines(keepends=True)[0]
            .replace(b'{"time": "2024-06-11', b'{"time": "2024-06-10')
        ),
        "headlines/2024/2024-06-11.jsonl:1: note: has the same id as ",
    ),
    "revises nothing": (
        lines(lambda all: [*all[:2], all[2].replace(b"}\n", b', "revises": "0123456789abcdef"}\n')]),
        "headlines/2024/2024-06-11.jsonl:3: note: revises 0123456789abcdef, which is missing",
    ),
    "the future": (
        lines(lambda all: [*all[:2], all[2].replace(b'"seen": "2024', b'"seen": "2424')]),
        "headlines/2024/2024-06-11.jsonl:3: note: seen in the future: 2424-06-11T22:00:00+00:00",
    ),
    "back": (
        lines(lambda all: [all[0].replace(b'"seen": "2024-06-11', b'"seen": "2024-08-11'), *all[1:]]),
        "headlines/2024/2024-06-11.jsonl:2: note: seen on 2024-06-11, an earlier line on 2024-08-11",
    ),
    "writable": (
        lambda desk: day(desk).chmod(0o666),
        "headlines/2024/2024-06-11.jsonl: note: is world-writable",
    ),
    "in a month already": (
        lambda desk: day(desk).write_bytes((day(desk).read_bytes(), desk.run("compact"))[0]),
        "headlines/2024/2024-06-11.jsonl: note: is already in 2024-06.jsonl.zst",
    ),
    "left over": (
        lambda desk: desk.save("archive/headlines/2024/.new-2024-06.jsonl.zst", "x"),
        "headlines/2024/.new-2024-06.jsonl.zst: note: left by a run that was interrupted",
    ),
}


@pytest.mark.parametrize(("do", "found"), NOTES.values(), ids=NOTES)
def test_what_is_worth_knowing_is_no_problem(sound: Desk, do: Callable[[Desk], object], found: str) -> None:
    do(sound)
    done = sound.run("verify")
    (told,) = done.lines
    assert told.startswith(f"{sound.archive}/{found}")
    assert done.err.endswith("files, no problems\n")
    assert sound.run("verify", "-q").out == ""


def in_a_month(text: bytes, new: bytes) -> Callable[[Desk], None]:
    """Return a function that compacts invalid lines into a month file."""

    def do(desk: Desk) -> None:
        edit(day(desk), lambda all: [all[0], all[1].replace(text, new), all[2]])
        desk.run("compact")

    return do


def month(desk: Desk) -> Path:
    (path,) = desk.archive.glob("headlines/*/2024-06.jsonl.*")
    return path


def compacted(do: Callable[[Desk], object], *options: str) -> Callable[[Desk], None]:
    def both(desk: Desk) -> None:
        desk.run("compact", *options)
        do(desk)

    return both


def cut(size: int) -> Callable[[Desk], object]:
    return lambda desk: month(desk).write_bytes(month(desk).read_bytes()[:-size])


def beside_the_other(desk: Desk) -> None:
    kept = month(desk).read_bytes()
    (line,) = (LINE % {"day": "2024-06-11", "n": 3}).encode().splitlines(keepends=True)
    month(desk).unlink()
    desk.run("import", "-", stdin=line)
    desk.run("compact", "--gzip")
    month(desk).with_name("2024-06.jsonl.zst").write_bytes(kept)


def elsewhere(desk: Desk) -> None:
    (desk.archive / "headlines/2023").mkdir()
    month(desk).rename(desk.archive / "headlines/2023" / month(desk).name)


def with_a_table(stated: str, crc: int) -> Callable[[Desk], None]:
    """Return a function that writes a month file with a wrong table entry for a day."""

    def do(desk: Desk) -> None:
        lines = day(desk).read_bytes()
        frame = compress_frame(lines, ".zst")
        table = Table(
            [Frame(len(frame), len(lines))],
            {date.fromisoformat(stated): DayEntry(len(lines), crc32(lines) ^ crc, 0, 0)},
        )
        day(desk).with_name("2024-06.jsonl.zst").write_bytes(frame + encode_table(table, ".zst"))
        day(desk).unlink()
        write_format(desk.archive, 2)

    return do


LATE = (LINE % {"day": "2024-06-11", "n": 3}).replace("T23", "T22").encode()


def with_its_day_and_a_late_line(desk: Desk) -> None:
    """Restore a compacted day file, as from a backup, store a line in it, and damage the month file."""
    before = day(desk).read_bytes()
    desk.run("compact")
    day(desk).write_bytes(before)
    desk.run("import", "-", stdin=LATE)
    cut(9)(desk)


def with_a_line_again_behind_a_late_one(desk: Desk) -> None:
    before = day(desk).read_bytes()
    desk.run("compact")
    desk.run("import", "-", stdin=LATE)
    with day(desk).open("ab") as file:
        file.write(b"{}\n" + before)


def with_a_line_again_spelled_otherwise(desk: Desk) -> None:
    second = day(desk).read_bytes().splitlines(keepends=True)[1]
    desk.run("compact")
    desk.run("import", "-", stdin=LATE)
    with day(desk).open("ab") as file:
        file.write(second.replace(b'", "title"', b'","title"'))


def test_a_repeat_is_found_behind_a_line_with_the_same_id(sound: Desk) -> None:
    later = day(sound).read_bytes().splitlines(keepends=True)[0].replace(b"T20:00:00", b"T20:30:00")
    appended(later + later.replace(b'", "title"', b'","title"'))(sound)
    note, found = sound.run("verify", status=1).lines
    assert "2024-06-11.jsonl:4: note: has the same id as " in note
    assert f"2024-06-11.jsonl:5: duplicate of {day(sound)}:4" in found
    assert "11 lines in 4 files, no problems" in sound.run("verify", "--repair").err


MONTHS: dict[str, tuple[Callable[[Desk], None], str, int]] = {
    "a line that cannot be read": (in_a_month(b'"title"', b'"tilte"'), "2024/2024-06.jsonl.zst:5: no title", 5),
    "another day's line": (
        in_a_month(b'{"time": "2024-06-11', b'{"time": "2024-06-10'),
        "2024/2024-06.jsonl.zst:5: belongs in the file of 2024-06-10",
        6,
    ),
    "another month's line": (
        in_a_month(b'{"time": "2024-06-11', b'{"time": "2024-05-10'),
        "2024/2024-06.jsonl.zst:5: belongs in the file of 2024-05-10",
        6,
    ),
    "no table": (compacted(cut(9)), "2024/2024-06.jsonl.zst: damaged or cut off: no table at its end", 6),
    "no table, gzip": (
        compacted(cut(9), "--gzip"),
        "2024/2024-06.jsonl.gz: damaged or cut off: no table at its end",
        6,
    ),
    "other lines": (
        with_a_table("2024-06-11", 1),
        "2024/2024-06.jsonl.zst: damaged: checksum mismatch in the lines of 2024-06-11",
        6,
    ),
    "days of another month": (
        with_a_table("2024-05-11", 0),
        "2024/2024-06.jsonl.zst: holds lines of 2024-05-11, which belong in another file",
        6,
    ),
    "a day and more": (with_its_day_and_a_late_line, "2024/2024-06.jsonl.zst: damaged or cut off", 7),
    "a day again": (with_a_line_again_behind_a_late_one, "2024/2024-06-11.jsonl:2: no title", 7),
    "a line again, spelled otherwise": (
        with_a_line_again_spelled_otherwise,
        "2024/2024-06-11.jsonl:2: duplicate of ",
        7,
    ),
    "an old version": (
        compacted(lambda desk: write_format(desk.archive, 1)),
        "../format.json: has version 1, but compressed months need version 2",
        6,
    ),
    "elsewhere": (compacted(elsewhere), "2023/2024-06.jsonl.zst: belongs in the folder 2024", 6),
    "beside": (compacted(beside_the_other), "2024/2024-06.jsonl.gz: is ignored: 2024-06.jsonl.zst takes precedence", 7),
}


@pytest.mark.parametrize(("do", "found", "left"), MONTHS.values(), ids=MONTHS)
def test_a_compressed_month_is_mended(sound: Desk, do: Callable[[Desk], None], found: str, left: int) -> None:
    do(sound)
    harmed = contents(sound)
    place = f"{sound.archive}/headlines/{found}".replace("headlines/../", "")
    assert place in sound.run("verify", status=1).out
    assert contents(sound) == harmed
    assert "no problems" in sound.run("verify", "--repair").err
    done = sound.run("verify")
    assert [line for line in done.lines if "damaged: note" not in line] == []
    assert len(sound.run("list", "--json", "--until", "2024-06-30").lines) == left
    kept = contents(sound).values()
    assert all(any(now.startswith(content) for now in kept) for content in harmed.values())
    assert len(list(sound.archive.glob("damaged/*"))) <= 1


@pytest.mark.parametrize("options", [(), ("--gzip",)])
def test_of_a_damaged_month_all_else_is_kept(desk: Desk, options: tuple[str, ...]) -> None:
    """One of the half-megabyte frames of the month file is damaged."""
    lines = [LINE % {"day": f"2024-06-{n % 28 + 1:02}", "n": n % 3} for n in range(9000)]
    lines = [
        line.replace('", "url": "', f' {n:x}", "url": "').replace('", "seen"', f'{n:x}", "seen"')
        for n, line in enumerate(lines)
    ]
    desk.run("import", "-", stdin="".join(lines).encode())
    before = set(desk.run("list", "--json").lines)
    desk.run("compact", *options)
    path = month(desk)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 5] = bytes(5)
    path.write_bytes(data)
    assert f"{path}: damaged at byte " in desk.run("verify", status=1).out
    mended = desk.run("verify", "--repair", status=1)
    assert re.search(r"; [\d,]+ of its 2,\d+,\d+ bytes are lost", mended.err)
    assert mended.err.endswith("no problems\n")
    desk.run("verify")
    left = set(desk.run("list", "--json").lines)
    assert left < before
    assert len(left) > len(before) / 2
    (aside,) = (desk.archive / "damaged").iterdir()
    assert aside.read_bytes() == data


def index_of(desk: Desk) -> Path:
    return desk.archive / ".index/index.sqlite"


@pytest.fixture
def indexed(desk: Desk) -> Desk:
    """Return a desk whose archive has an index."""
    lines = [LINE % {"day": f"2024-06-{n % 28 + 1:02}", "n": n % 3} for n in range(2000)]
    apart = ((line, f' {n:x}", "') for n, line in enumerate(lines))
    lines = [line.replace('", "url', f"{mark}url").replace('", "seen', f"{mark[1:]}seen") for line, mark in apart]
    desk.run("import", "-", stdin="".join(lines).encode())
    desk.run("search", "nothing", status=1)
    assert index_of(desk).exists()
    return desk


def without_a_row(desk: Desk) -> None:
    with sqlite3.connect(index_of(desk)) as database:
        (row, tokens) = database.execute("SELECT rowid, ? FROM headlines('number') LIMIT 1", ("number",)).fetchone()
        database.execute("INSERT INTO headlines (headlines, rowid, tokens) VALUES ('delete', ?, ?)", (row, tokens))


def without_its_words(desk: Desk) -> None:
    with sqlite3.connect(index_of(desk)) as database:
        database.execute("UPDATE vocabulary SET words = CAST(x'0a' AS BLOB)")


def without_a_page(desk: Desk) -> None:
    data = index_of(desk).read_bytes()
    index_of(desk).write_bytes(data[: len(data) // 2] + bytes(8192) + data[len(data) // 2 + 8192 :])


def of_other_lines(desk: Desk) -> None:
    path = day(desk, "2024-06-11")
    status, text = path.stat(), path.read_bytes()
    with path.open("r+b") as file:  # in place, like a disk fault
        file.write(text.replace(b"Number", b"Nomber", 1))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


INDICES: dict[str, tuple[Callable[[Desk], None], str]] = {
    "a row": (without_a_row, "is missing lines of "),
    "words": (without_its_words, "is missing words of the lines"),
    "a page": (without_a_page, "is damaged: "),
    "other lines": (of_other_lines, "checksum mismatch with the lines of "),
    "no database": (lambda desk: desk.save("archive/.index/index.sqlite", bytes(9999)) and None, "cannot be read: "),
}


@pytest.mark.parametrize(("do", "found"), INDICES.values(), ids=INDICES)
def test_the_index_is_checked_and_made_anew(indexed: Desk, do: Callable[[Desk], None], found: str) -> None:
    assert indexed.run("verify").out == ""
    do(indexed)
    assert f"{index_of(indexed)}: {found}" in indexed.run("verify", status=1).out
    indexed.run("verify", "--repair")
    assert indexed.run("verify").out in ("", f"{indexed.archive}/damaged: note: 1 file is quarantined here\n")
    assert index_of(indexed).exists()
    assert len(indexed.run("search", "number").lines) == 1999 + (do is not of_other_lines)


def test_what_cannot_be_read_is_a_problem_that_a_person_mends(sound: Desk) -> None:
    sound.program = HEEDING_PERMISSIONS
    day(sound).chmod(0)
    for options in ([], ["--repair"]):
        done = sound.run("verify", *options, status=1)
        assert done.out == f"{day(sound)}: cannot be read: Permission denied\n"
        assert done.err == "7 lines in 3 files, 1 problem, which cannot be repaired\n"
    day(sound).chmod(0o644)
    assert sound.run("verify").out == ""


def test_a_link_that_leads_out_is_told_of(sound: Desk) -> None:
    outside = sound.folder / "outside.jsonl"
    day(sound).rename(outside)
    day(sound).symlink_to(outside)
    HARMS["twice"].do(sound)
    before = outside.read_bytes()
    done = sound.run("verify", "--repair", status=1)
    assert done.out.startswith(f"{day(sound)}: leads out of the archive, to {outside}: nothing is written there\n")
    assert f"ticker: {day(sound)} leads out of the archive, to {outside}: nothing is written there\n" in done.err
    assert outside.read_bytes() == before


def test_an_archive_that_cannot_be_read_is_an_error(sound: Desk) -> None:
    for text in ('{"format": "ticker-archive", "version": 3}', '{"format": "another", "version": 1}'):
        (sound.archive / "format.json").write_text(text)
        for options in ([], ["--repair"]):
            done = sound.run("verify", *options, status=2)
            assert "archive format 3, newer than the supported 2" in done.err or "if this is an archive" in done.err
    assert sound.run("verify", "--archive", "nowhere", status=2).err.startswith("ticker: no archive at ")


def test_an_archive_that_cannot_be_written_stays_as_it_is(sound: Desk) -> None:
    HARMS["twice"].do(sound)
    before = contents(sound)
    sound.program = HEEDING_PERMISSIONS
    sound.archive.chmod(0o555)
    done = sound.run("verify", "--repair", status=1)
    sound.archive.chmod(0o755)
    assert f"ticker: cannot make {sound.archive}/damaged: Permission denied\n" in done.err
    assert contents(sound) == before


def test_a_name_does_a_terminal_no_harm(sound: Desk) -> None:
    sound.save("archive/\x1b[31m\n.txt", "")
    assert sound.run("verify").out == f"{sound.archive}/ [31m .txt: note: is not part of the archive, and ignored\n"


def test_permissions_stay(sound: Desk) -> None:
    HARMS["twice"].do(sound)
    day(sound).chmod(0o640)
    sound.run("verify", "--repair")
    assert day(sound).stat().st_mode & 0o777 == 0o640


def test_a_terminal_shows_how_far_it_is(sound: Desk) -> None:
    shown = sound.on_terminal("verify", out=False)
    assert "ticker: verifying [" in shown
    assert shown.splitlines()[-1].endswith("10 lines in 4 files, no problems")


def test_a_line_that_is_being_written_is_no_fault(sound: Desk) -> None:
    with exclusive(sound.archive, 1), day(sound).open("ab") as file:
        file.write(b'{"time": "2024-06-11T12')
        file.flush()
        assert sound.run("verify").err == "11 lines in 4 files, no problems\n"
    assert sound.run("verify", status=1).lines[0].startswith(f"{day(sound)}:4: cut off: not JSON")


def test_what_is_new_and_what_is_found_after_mending(indexed: Desk) -> None:
    assert len(indexed.run("list", "--new", "--json").lines) == 2000
    before = indexed.run("search", "number", "--json").lines
    day(indexed, "2024-07-12").touch()
    for harm in ("twice", "another day", "no object"):
        HARMS[harm].do(indexed)
    indexed.run("verify", "--repair")
    assert (
        indexed.run("search", "number", "--json").lines == indexed.run("search", "number", "--json", "--no-index").lines
    )
    assert sorted(indexed.run("search", "number", "--json").lines) == sorted(before)
    again = indexed.run("list", "--new", "--json").lines  # only from the day files that were rewritten
    assert {json.loads(line)["time"][:10] for line in again} <= {"2024-06-11", "2024-07-12"}
    assert indexed.run("list", "--new").lines == []


def test_a_gigabyte_of_zeros_takes_no_memory(sound: Desk) -> None:
    with day(sound).open("r+b") as file:
        file.truncate(1 << 30)  # as after a power failure; a sparse file takes no space
    limit = "import os, resource, sys; resource.setrlimit(resource.RLIMIT_AS, (300 << 20,) * 2); "
    sound.program = (
        sys.executable,
        "-c",
        f"{limit}os.execv(sys.executable, [sys.executable, *sys.argv[1:]])",
        *PROGRAM[1:],
    )
    assert sound.run("verify", status=1).lines == [f"{day(sound)}:4: longer than 16 MB"]


def test_a_link_that_was_put_aside_is_wrong_no_more(desk: Desk) -> None:
    desk.run("import", "-", stdin=(LINE % {"day": "2024-06-11", "n": 1}).encode())
    (desk.archive / "headlines/2024/.new-2024-06.jsonl.zst").symlink_to("/tmp/elsewhere")
    desk.run("verify", status=1)
    desk.run("verify", "--repair")
    desk.run("verify")
