"""Tests that lines are decoded and encoded as the json module does it, whatever they contain, and canonical as written.

``read`` and ``written`` state the rules of docs/archive-format.md with the json module, field by field.
"""

from __future__ import annotations

import json
import random
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.test_records import articles, headlines, json_values
from ticker import models
from ticker.archive import Archive, StoredArticle, StoredHeadline, to_line
from ticker.archive.codec import ArticleLine, LineError, Precision, decode_canonical, json_escaped

ARCHIVES = Path(__file__).parents[1] / "fixtures" / "archives"
HEADLINE = {
    "time": "2025-06-12T17:10:00+01:00", "source": "daily", "title": "One", "url": "https://n.example/1",
    "id": "00112233445566ff", "seen": "2025-06-12T20:00:00+01:00", "page": None, "time_text": "17:10",
    "precision": "minute", "section": None,
}  # fmt: skip
ARTICLE = {
    "time": "2025-06-12T17:10:00+01:00", "source": "daily", "title": "One", "url": "https://n.example/1",
    "id": "00112233445566ff", "seen": "2025-06-12T20:00:00+01:00", "page": None, "published": None, "modified": None,
    "authors": ["A", "B"], "language": "en", "description": None, "site": "Daily", "reader": 3, "body": "One.\nTwo.",
}  # fmt: skip
KINDS = ((StoredHeadline, HEADLINE), (StoredArticle, ARTICLE))
TIMES = ("time", "seen", "published", "modified")
NOT_UTF_8 = b"\xff"
DAMAGE = [
    *(b"", b'"', b"\\", b"\xff", b"\xed\xa0\x80", b"\xc2\x85", b"\xe2\x80\xa8", b"\x7f", b"\x01", b"\\u00e9"),
    *(b"\\ud800", b"\\/", b" ", b",", b"0", b"}", b"{", b"null", b"NaN", b"-"),
]


def written(fields: object) -> str:
    """Return what the json module writes, with the characters escaped that would break a line."""
    text = json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace").decode()
    return "".join(f"\\u{ord(c):04x}" if 0x7F <= ord(c) < 0xA0 or c in "\u2028\u2029" else c for c in text)


def read(line: bytes) -> dict[str, Any] | None:
    """Return the fields that the json module reads; None if it is not a JSON object in UTF-8."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        fields = json.loads(line.decode().removeprefix("\ufeff"), parse_constant=refuse)
    except (ValueError, RecursionError):
        return None
    fields = json.loads(json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace"))
    return fields if isinstance(fields, dict) else None


def compare(line: bytes) -> None:
    """Check that both kinds are read as from the fields of the json module, and canonical if written the same."""
    fields = read(line)
    for kind, _ in KINDS:
        try:
            expected = kind.from_dict(fields) if fields is not None else None
        except LineError as error:
            with pytest.raises(LineError, match=f"^{re.escape(str(error))}$"):
                kind.from_line(line)
            continue
        if expected is None:
            with pytest.raises(LineError):
                kind.from_line(line)
            continue
        found = kind.from_line(line)
        assert found == expected
        assert (found.to_dict(), found.extra) == (expected.to_dict(), expected.extra)
        assert list(found.to_dict()) == list(expected.to_dict())
        assert found.to_line() == written(expected.to_dict())
    canonical = decode_canonical(line)
    if canonical:
        record = (StoredArticle if isinstance(canonical, ArticleLine) else StoredHeadline).from_line(line)
        assert record.to_line().encode() == line
        assert canonical.id == record.id
        assert datetime.fromisoformat(canonical.time or canonical.seen) == record.moment


texts = st.text(max_size=8) | st.text(
    st.sampled_from('aé"\\/\n\x00\x7f\x85\u2028\u3000 中{}:,[]😀\ud83d\ude00'), max_size=8
)
time_texts = st.sampled_from(
    [
        *("2025-06-12T17:10:00+01:00", "2025-06-12T17:10:00Z", "2025-06-12t17:10:00z", "2025-06-12 17:10:00+01:00"),
        *("2025-06-12T17:10:00", "2025-06-12", "2025-06-12T17:10Z", "20250612T171000+0100", "2025-W24-4T10:00:00Z"),
        *("2025-06-12T17:10:00.5+01:00", "2025-06-12T17:10:00.1234567+01:00", "2025-06-12T17:10:59.9999999Z"),
        *("2025-06-12T17:10:00+01:00:30", "2025-06-12T17:10:00-00:00", "2025-06-12T17:10:00+24:00"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0000-01-01T00:00:00Z", "9999-12-31T24:00:00Z"),
        *("2025-06-12T24:00:00Z", "2025-06-12T23:59:60Z", "2025-02-29T10:00:00Z", "2024-02-29T10:00:00+00:00"),
        *("２025-06-12T17:10:00+01:00", "2025-06-12T17:10:00 +01:00", "x", ""),
    ]
)
others = json_values | st.sampled_from([10**30, 1e300, 3.0, True, ["a", None], {"a": {"b": []}}])
values = {
    **dict.fromkeys(TIMES, time_texts | others),
    "precision": st.sampled_from(["exact", "hour", "second", "", None]) | others,
    "authors": st.lists(texts, max_size=3) | others,
    "reader": st.sampled_from([1, 0, -1, 10**9 - 1, 10**9, 2.0, "3", None, True]),
    "extra": others,
    "is_misdated": others,
}


@st.composite
def unusual_lines(draw: st.DrawFn) -> bytes:
    """Return a line of either kind with other values, other names, another order and another spelling of JSON."""
    _, usual = draw(st.sampled_from(KINDS))
    names = [*usual, *draw(st.lists(st.sampled_from([*HEADLINE, *ARTICLE, "revises", *values]) | texts, max_size=3))]
    changed = draw(st.sets(st.sampled_from(names), max_size=3))
    pairs = [
        (name, draw(values.get(name, texts | others)) if name in changed or name not in usual else usual[name])
        for name in names
        if name not in changed or draw(st.booleans())
    ]
    if draw(st.integers(0, 4)) == 0:
        pairs = draw(st.permutations(pairs))
    after_item, after_name = draw(st.sampled_from([(", ", ": "), (", ", ": "), (",", ":"), (" ,\t", " :  ")]))
    is_ascii = draw(st.booleans())
    parts = (
        f"{json.dumps(name, ensure_ascii=is_ascii)}{after_name}{json.dumps(value, ensure_ascii=is_ascii)}"
        for name, value in pairs
    )
    line = "{" + after_item.join(parts) + "}"
    line = draw(st.sampled_from(["", "", "", "\ufeff", " "])) + line + draw(st.sampled_from(["", "\n", "\r\n", " \n"]))
    return line.encode("utf-8", draw(st.sampled_from(["replace", "surrogatepass"])))


@settings(max_examples=600, deadline=None)
@given(unusual_lines())
def test_an_unusual_line_is_read_as_the_json_module_reads_it(line: bytes) -> None:
    compare(line)


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 10**9), st.integers(1, 3))
def test_a_damaged_line_is_read_as_the_json_module_reads_it(kind: Any, seed: int, changes: int) -> None:
    line, draw = bytearray(written(kind[1]).encode()), random.Random(seed)
    for _ in range(changes):
        at = draw.randrange(len(line))
        line[at : at + draw.randrange(2)] = draw.choice(DAMAGE)
    compare(bytes(line))


@settings(max_examples=300, deadline=None)
@given(headlines | articles)
def test_a_record_is_written_as_the_json_module_writes_it(record: Any) -> None:
    line = record.to_line()
    assert line == written(record.to_dict())
    assert list(json.loads(line)) == list(record.to_dict())
    compare(line.encode())


@pytest.mark.parametrize(
    "code", [*range(0x100), 0x2027, 0x2028, 0x2029, 0x202A, 0xD7FF, 0xE000, 0xFEFF, 0xFFFF, 0x10FFFF]
)
def test_each_character_is_written_as_the_json_module_writes_it(code: int) -> None:
    title = f"a{chr(code)}b"
    line = StoredHeadline.from_dict({**HEADLINE, "title": title}).to_line()
    assert line == written({**HEADLINE, "title": title})
    assert json_escaped(title).decode() == written(title)[1:-1]
    assert decode_canonical(line.encode())


@given(json_values)
def test_other_values_are_written_as_the_json_module_writes_them(value: Any) -> None:
    assert to_line(value) == written(value)


def test_the_lines_of_older_archives_are_read_and_written_as_the_json_module_does_it() -> None:
    paths = [*ARCHIVES.glob("*.jsonl"), *ARCHIVES.glob("*/*/*/*.jsonl")]
    lines = [line for path in paths for line in path.read_bytes().splitlines()]
    assert len(lines) > 100
    for line in lines:
        compare(line)
        compare(line + b"\n")
    for version in ("v1", "v2"):
        archive = Archive(ARCHIVES / version)
        for record in (*archive.headlines(), *archive.articles()):
            compare(record.to_line().encode())


@pytest.mark.parametrize(
    ("change", "is_canonical"),
    [
        (("", ""), True),
        (("One", " One"), True),
        (("One", 'A \\"quoted\\" one\\n'), True),
        (("One", "\\u007f"), True),
        (("One", "é中😀\xa0"), True),
        (('"https://n.example/1"', "null"), True),
        (("00112233445566ff", "of another form"), True),
        (('"section": null', '"section": "News"'), True),
        (("+01:00", "-23:59"), True),
        (("2025-06-12", "2024-02-29"), True),
        (("}", ', "revises": "x"}'), True),
        (("One", "\\u00e9"), False),
        (("One", "a\\/b"), False),
        (("One", "\x7f"), False),
        (("One", "\x85"), False),
        (("One", "\u2028"), False),
        (("One", "\u3000"), False),
        (("One", "\\ud800"), False),
        (('"One"', '""'), False),
        (('"page": null', '"page": ""'), False),
        (("+01:00", "Z"), False),
        (("+01:00", "-00:00"), False),
        (("+01:00", "+0100"), False),
        (("+01:00", "+01:00:30"), False),
        ((":00+01:00", ":00.5+01:00"), False),
        (("T17", " 17"), False),
        (("2025-06-12", "2025-02-29"), False),
        (("2025-06-12T17", "2025-06-12T24"), False),
        (("2025-06-12", "2025-W24-4"), False),
        (("minute", "second"), False),
        ((": ", ":"), False),
        ((", ", ","), False),
        (("{", " {"), False),
        (("}", "}\n"), False),
        (("}", ', "mood": "good"}'), False),
        (("}", ', "title": "Two"}'), False),
        (("}", ', "revises": null}'), False),
        (('"page": null, ', ""), False),
    ],
)
def test_a_line_is_canonical_if_parsing_and_writing_it_reproduces_it(
    change: tuple[str, str], is_canonical: bool
) -> None:
    line = written(HEADLINE).replace(*change)
    assert (decode_canonical(line.encode()) is not None) is is_canonical
    compare(line.encode())


@pytest.mark.parametrize(
    ("change", "is_canonical"),
    [
        (("", ""), True),
        ((', "reader": 3', ""), True),
        (('["A", "B"]', "[]"), True),
        (('"published": null', '"published": "2025-06-12T17:10:00+01:00"'), True),
        (('"published": null', '"published": "2025-06-12T17:10:00Z"'), False),
        (('"reader": 3', '"reader": 3.0'), False),
        (('"reader": 3', '"reader": 0'), False),
        (('"reader": 3', '"reader": null'), False),
        (('"reader": 3', '"reader": 1000000000'), False),
        (('"A", "B"', '"A","B"'), False),
        (('"A", "B"', '"A", null'), False),
        ((', "body": "One.\\nTwo."', ""), False),
    ],
)
def test_so_is_the_line_of_an_article(change: tuple[str, str], is_canonical: bool) -> None:
    line = written(ARTICLE).replace(*change)
    assert (decode_canonical(line.encode()) is not None) is is_canonical
    compare(line.encode())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"title": "' + NOT_UTF_8 + b'"}', "not UTF-8 at byte 12"),
        (b'{"title": "x\xed\xa0\x80"}', "not UTF-8 at byte 13"),
        (b"[]", "not a JSON object"),
        (b"", "not JSON: Expecting value: line 1 column 1 (char 0)"),
        (b'{"title": "T", "time": NaN}', "not JSON: NaN is not a JSON value"),
        (b'{"title": "T", "time": 1e999}', "the number 1e999 exceeds the range of a 64-bit float"),
        (b'{"title": "T"}', "no time"),
        (b'{"title": "\xe3\x80\x80", "time": "2025-06-12T17:10:00Z"}', "no title"),
        (b'{"title": "T", "time": 5}', "time must be a string, got 5"),
        (b'{"title": "T", "time": "2025-06-12T17:10:00"}', "no UTC offset such as +01:00 or Z"),
        (b'{"title": "T", "time": "2025-06-12T25:10:00Z"}', "not a time such as 2025-06-12T17:10:00+01:00"),
        (b'{"title": ["T"], "time": "2025-06-12T17:10:00Z"}', "title must be a string, got ['T']"),
    ],
)
def test_what_cannot_be_read_is_named(line: bytes, reason: str) -> None:
    for kind, _ in KINDS:
        with pytest.raises(LineError, match=f"{re.escape(reason)}$"):
            kind.from_line(line)


def test_a_control_character_within_a_time_is_an_error() -> None:
    line = written(HEADLINE).replace("2025-06-12T17", "2025-06-12\x0717")
    for spelling in (line, line.encode()):
        with pytest.raises(LineError, match=r"^not JSON: Invalid control character at: line 1 column 21 "):
            StoredHeadline.from_line(spelling)


def test_precisions_are_those_of_the_models() -> None:
    assert Precision == models.Precision
