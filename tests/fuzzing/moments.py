"""Invariants of the time parsers for any text."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zlib import crc32
from zoneinfo import ZoneInfo

from tests.times import test_finder, test_ranges
from ticker.errors import TimeError
from ticker.iso8601 import read_iso
from ticker.times.finder import find_times
from ticker.times.listing import DateLine, resolve_list
from ticker.times.machine import read_machine_time
from ticker.times.ranges import read_range
from ticker.times.resolve import resolve
from ticker.times.zones import zone_by_name

ZONES: tuple[tzinfo, ...] = (
    *(UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("Africa/Casablanca"), ZoneInfo("Australia/Lord_Howe")),
    *(ZoneInfo("Pacific/Apia"), ZoneInfo("America/St_Johns"), timezone(timedelta(hours=23, minutes=59))),
)
REFERENCES = (
    *(datetime(2025, 6, 12, 18, 30, tzinfo=UTC), datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC)),
    *(datetime(2025, 3, 30, 1, 30, tzinfo=UTC), datetime(2025, 10, 26, 0, 59, tzinfo=UTC)),  # clocks change
    *(datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, 23, 59, tzinfo=UTC)),  # wrong system clocks
)
WORDS = (
    (
        "am|pm|a.m.|Uhr|h|ago|vor|il y a|hace|минут назад|分前|前|yesterday|gestern|hier|昨日|monday|Do,|June|Juni|"
        "juin|июня|月|日|年|last |this |next |in |since |until |end of |early |Q2|2025-W24|T|Z|+01:00|-0330|GMT|"
        "CEST|ET|Berlin|(UTC)|12:60|24:00|31 February|29 Feb|0000|9999|１７：１０|۱۷:۱۰|٥:١٠ م|๑๗:๑๐|1749744600|"
        "1749744600000|@0|1404/03/22|2568|'25|- |, | / |·|./"
    )
    .encode()
    .split(b"|")
)


def seeds() -> list[bytes]:
    """Return all texts of the tests of times, and machine-readable times."""
    phrases = [line.partition(" = ")[0] for line in test_ranges.PHRASES.splitlines() if " = " in line]
    tables = (
        test_finder.CLOCKS,
        test_finder.ZONED,
        test_finder.DATES,
        test_finder.DATETIMES,
        test_finder.AGES,
        test_finder.TRAPS,
    )
    machine = (
        "2025-06-12T17:10:00+01:00", "20250612T171000Z", "Thu, 12 Jun 2025 17:10:00 GMT", "1749744600", "2025-W24-4",
        "Thu Jun 12 2025 17:10:00 GMT+0100 (Central European Summer Time)", "2025-06-12T24:00Z",
        "2025-06-12T17:10:60.5z",
        "12/Jun/2025:17:10:00 +0200", "Jun 12, 2025 5:10 PM", "17:10\n16:20\n# 11.06.2025\n23:50\n23:40",
    )  # fmt: skip
    return [text.encode() for text in (*phrases, *(text for table in tables for text in table), *machine)]


def check(data: bytes) -> None:
    """Check every time parser on each line, and on all lines as a list."""
    text = data.decode("utf-8", "surrogatepass" if crc32(data) % 4 == 0 else "replace") if _is_sound(data) else ""
    text = text or data.decode("utf-8", "replace")
    choice = crc32(data)
    zone, reference = ZONES[choice % len(ZONES)], REFERENCES[choice // 8 % len(REFERENCES)]
    entries = []
    for number, line in enumerate(text.split("\n")[:50]):
        check_found(line, reference, zone, month_first=bool(choice & 1))
        check_machine(line, zone)
        if number < 2:  # suggestions are slow
            check_typed(line, reference.astimezone(zone))
        said = find_times(line.removeprefix("# "))
        entries.append((DateLine(said[0]) if line.startswith("# ") else said[0]) if said else None)
    moments = resolve_list(entries, reference, zone, bool(choice & 2))
    assert len(moments) == len(entries)
    for moment in moments:
        assert moment is None or reference - moment.time > timedelta(days=-2)


def _is_sound(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def check_found(text: str, reference: datetime, zone: tzinfo, month_first: bool) -> None:
    """Check that expressions are in order with valid offsets, and resolve to None or a time not in the future."""
    end = 0
    for said in find_times(text, month_first):
        assert end <= said.start < said.end and text[said.start : said.end] == said.text, said
        end = said.end
        moment = resolve(said, reference, zone)
        if moment is not None:
            assert moment.time.utcoffset() is not None
            assert reference - moment.time > timedelta(days=-2), (said, moment)


def check_machine(text: str, zone: tzinfo) -> None:
    """Check that no exception is raised and that timestamps are aware."""
    found = read_machine_time(text, zone)
    assert found is None or found[0].utcoffset() is not None
    with suppress(ValueError):
        read_iso(text)


def check_typed(text: str, now: datetime) -> None:
    """Check that the result is a valid range or a one-line error."""
    try:
        found = read_range(text, now)
    except TimeError as error:
        assert str(error).isprintable() and len(str(error)) < 1000, error
    else:
        assert found.start <= found.end and found.start.utcoffset() is not None and found.end.utcoffset() is not None
    if len(text) % 8:
        return
    try:
        zone_by_name(text[:60])
    except TimeError as error:
        assert str(error).isprintable(), error
