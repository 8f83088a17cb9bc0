"""Tests that imported lines are recognized and stored once, even while others write."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.archive.builders import stored_lines, write_day
from ticker.archive import Archive, ImportedLine, Importer, Index, StoredArticle, StoredHeadline, read_import
from ticker.archive.codec import ArticleLine, HeadlineLine, LineError, decode_canonical
from ticker.archive.seen import IdSet

REPOSITORY = Path(__file__).parents[2]
HEADLINE = (
    '{"time": "2025-06-12T17:10:00+01:00", "source": "daily", "title": "One", "url": "https://n.example/1", '
    '"id": "00112233445566ff", "seen": "2025-06-12T20:00:00+01:00", "page": null, "time_text": "17:10", '
    '"precision": "minute", "section": null}'
)


def reader(*lines: str | dict[str, Any]) -> io.BufferedReader:
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    return io.BufferedReader(io.BytesIO("".join(f"{text}\n" for text in texts).encode()))  # type: ignore[arg-type]


def incoming(*lines: str | dict[str, Any]) -> list[ImportedLine]:
    found = [line for _, line in read_import(reader(*lines), "x")]
    assert not [line for line in found if isinstance(line, LineError)], found
    return [line for line in found if isinstance(line, ImportedLine)]


def importer(root: Path, indexed: bool = False) -> Importer:
    return Archive(root, index=Index(root, backlog=0) if indexed else None).importer()


texts = st.text(max_size=12) | st.text(st.sampled_from('aé"\\\n\u2028\x85\x7f  中{}:,[]null0'), max_size=12)
moments = st.builds(
    lambda seconds, hours: datetime.fromtimestamp(seconds, timezone(timedelta(hours=hours))),
    st.integers(0, 4_000_000_000),
    st.sampled_from([0, -5, 5.5]),
)
extras = st.dictionaries(st.sampled_from(["more", "id2"]), texts | st.integers() | st.none(), max_size=1)
headlines = st.builds(
    StoredHeadline,
    time=st.none() | moments,
    source=texts,
    title=texts,
    url=st.none() | texts,
    id=st.from_regex("[0-9a-f]{16}", fullmatch=True) | texts,
    seen=moments,
    page=st.none() | texts,
    time_text=texts,
    precision=st.sampled_from(["exact", "minute", "hour", "day"]),
    section=st.none() | texts,
    revises=st.none() | texts,
    extra=extras,
)
articles = st.builds(
    StoredArticle,
    time=moments,
    source=texts,
    title=texts,
    url=st.none() | texts,
    id=st.from_regex("[0-9a-f]{16}", fullmatch=True),
    seen=moments,
    page=st.none() | texts,
    published=st.none() | moments,
    modified=st.none() | moments,
    authors=st.lists(texts, max_size=3).map(tuple),
    language=st.none() | texts,
    description=st.none() | texts,
    site=st.none() | texts,
    revises=st.none() | texts,
    reader=st.none() | st.integers(1, 10**9 - 1),
    body=texts,
    extra=extras,
)


@settings(max_examples=500, deadline=None)
@given(headlines | articles, st.data())
def test_a_canonical_line_is_what_the_parser_reads_and_writes(line: Any, data: st.DataObject) -> None:
    text = line.to_line()
    if data.draw(st.booleans()):  # a changed character makes it valid, invalid or noncanonical
        at = data.draw(st.integers(0, len(text) - 1))
        text = text[:at] + data.draw(st.sampled_from('"\\x0, ]}\u3000\ud800\n')) + text[at + data.draw(st.booleans()) :]
    found = decode_canonical(text.encode("utf-8", "surrogatepass"))
    if found:
        is_article = isinstance(found, ArticleLine)
        record = (StoredArticle if is_article else StoredHeadline).from_line(text)
        assert record.to_line() == text
        assert (found.id, (found.time or found.seen)[:10]) == (record.id, record.moment.date().isoformat())
        assert ("body" in json.loads(text)) == is_article


def facts(line: str) -> tuple[type, str, str] | None:
    found = decode_canonical(line.encode())
    return (type(found), found.id, (found.time or found.seen)[:10]) if found else None


def test_lines_of_an_archive_are_canonical() -> None:
    quoted = HEADLINE.replace("One", 'A \\"quoted\\" one')
    fields = dict(list(json.loads(HEADLINE).items())[:6])
    article = StoredArticle.from_dict({**fields, "authors": ["A", "B"], "reader": 3, "body": "One.\nTwo."}).to_line()
    assert facts(HEADLINE) == (HeadlineLine, "00112233445566ff", "2025-06-12")
    assert facts(quoted)
    assert facts(HEADLINE.replace('"2025-06-12T17:10:00+01:00"', "null", 1).replace("12T20", "13T20")) == (
        (HeadlineLine, "00112233445566ff", "2025-06-13")
    )
    assert facts(HEADLINE[:-1] + ', "revises": "0011223344556677"}')
    assert facts(HEADLINE.replace("One", " One"))
    assert facts(article) == (ArticleLine, "00112233445566ff", "2025-06-12")


@pytest.mark.parametrize(
    "change",
    [
        ("One", "\u3000"),
        ("+01:00", "-00:00"),
        ("+01:00", "Z"),
        ("06-12", "02-29"),
        ("06-12", "02-30"),
        ("minute", "second"),
        ('"page": null', '"page": ""'),
        ("One", "O\x7fne"),
        ("}", ', "id": "x"}'),
    ],
)
def test_what_is_written_otherwise_is_not_canonical(change: tuple[str, str]) -> None:
    assert facts(HEADLINE.replace(*change)) is None


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.from_regex("[01]{4}0{8}[01]{4}", fullmatch=True) | st.text(max_size=16), max_size=40),
    st.lists(st.from_regex("[01]{4}0{8}[01]{4}", fullmatch=True) | st.text(max_size=16), max_size=40),
)
@example(["0000010203040506", "0000070809101112"], ["0000020304050607"])  # spans two adjacent ids
@example(["ABCDEF0123456789"], ["abcdef0123456789"])
def test_a_set_of_ids(inside: list[str], asked: list[str]) -> None:
    found = IdSet()
    found.add_all(inside)
    assert [id in found for id in (*inside, *asked)] == [id in set(inside) for id in (*inside, *asked)]


def test_by_hand_time_and_title_are_enough(tmp_path: Path) -> None:
    lines = incoming(
        {"title": "A", "time": "2025-06-12T17:10Z", "url": "https://www.n.example/a"},
        {"time": "2025-06-12T23:59:59.999+01:00", "title": "B", "mood": {"id": "x"}},
        {"time": "2025-06-12T17:10Z", "title": "C", "body": "One."},
    )
    assert importer(tmp_path).add(lines) == lines
    first, second = stored_lines(tmp_path)
    assert first.startswith('{"time": "2025-06-12T17:10:00+00:00", "source": "www.n.example", "title": "A", "url": ')
    assert '"seen": "2025-06-12T17:10:00+00:00"' in first
    assert second.startswith('{"time": "2025-06-12T23:59:59+01:00", "source": "", "title": "B"')
    assert second.endswith('"mood": {"id": "x"}}')
    (article,) = stored_lines(tmp_path, "articles")
    assert article.endswith('"body": "One."}')
    assert importer(tmp_path).add(lines) == []
    assert [line.id for line in Archive(tmp_path).headlines()] == [lines[1].id, lines[0].id]


@pytest.mark.parametrize("indexed", [True, False])
def test_an_id_is_known_wherever_it_stands(tmp_path: Path, indexed: bool) -> None:
    write_day(tmp_path, "2024-02-03", HEADLINE, *(HEADLINE.replace("0011", f"{n:04x}") for n in range(40, 400)))
    if indexed:
        list(Archive(tmp_path, index=Index(tmp_path, backlog=0)).headlines())
        Index(tmp_path, backlog=0).update(_headlines(), _days(tmp_path))
        assert (tmp_path / ".index").exists()
    new = incoming(HEADLINE.replace("0011", "ffff"))
    again = incoming(HEADLINE, HEADLINE.replace("0011", f"{77:04x}").replace("06-12", "06-11"))
    assert importer(tmp_path, indexed).add([*again, *new, *new]) == new
    assert importer(tmp_path, indexed).add([*again, *new]) == []


def test_the_index_is_asked_until_reading_is_cheaper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [HEADLINE.replace("0011", f"{n:04x}") for n in range(3000)]
    write_day(tmp_path, "2025-06-12", *lines)
    Index(tmp_path, backlog=0).update(_headlines(), _days(tmp_path))
    asked = 0
    known_lines = Index.known_lines

    def count(self: Index, records: Any, tokens: Any, within: Any) -> Any:
        nonlocal asked
        asked += len(tokens := list(tokens))
        return known_lines(self, records, tokens, within)

    monkeypatch.setattr(Index, "known_lines", count)
    store = importer(tmp_path, indexed=True)
    fresh = [HEADLINE.replace("0011", f"{n:04x}") for n in range(2990, 3010)]
    assert len(store.add(incoming(*fresh))) == 10
    assert asked == 20
    assert store.add(incoming(*lines)) == []
    assert asked < 500


def _headlines() -> Any:
    from ticker.archive.line_reader import HEADLINES

    return HEADLINES


def _days(root: Path) -> Any:
    from ticker.archive.layout import day_files

    return day_files(root, "headlines")


def test_a_line_that_cannot_be_read_is_not_there_and_can_be_brought_back(tmp_path: Path) -> None:
    path = write_day(tmp_path, "2025-06-12", HEADLINE.replace("17:10:00", "17:1x:00"))
    with path.open("a") as file:
        file.write(HEADLINE.replace("0011", "0012")[:-30])  # cut off
    lines = incoming(HEADLINE, HEADLINE.replace("0011", "0012"))
    assert importer(tmp_path).add(lines) == lines
    assert stored_lines(tmp_path)[1:] == [line.data.decode() for line in lines]


def test_what_others_write_in_the_meantime_is_known(tmp_path: Path) -> None:
    one, other = importer(tmp_path), importer(tmp_path)
    first, second, third = (incoming(HEADLINE.replace("0011", f"{n:04x}")) for n in range(3))
    assert one.add(first) == first
    assert other.add(second) == second
    assert one.add(second) == []
    assert one.add([*first, *third]) == third
    (path,) = tmp_path.glob("headlines/*/*")
    fresh = path.with_suffix(".new")
    fresh.write_bytes(first[0].data + b"\n")
    fresh.replace(path)
    assert one.add([*first, *second]) == second


def test_processes_that_import_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    source = tmp_path / "lines.jsonl"
    with source.open("w") as file:
        for n in range(5000):
            file.write(HEADLINE.replace("0011", f"{n:04x}").replace("06-12", f"06-{1 + n % 28:02}") + "\n")
    code = "from ticker.cli.main import main; main()"
    command = [
        sys.executable,
        "-c",
        code,
        "import",
        str(source),
        "--archive",
        str(tmp_path / "archive"),
        "-q",
        "--json",
    ]
    runs = [subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    outputs = [run.communicate(timeout=60) for run in runs]
    assert [errors for _, errors in outputs] == [b""] * 3
    told = [line for output, _ in outputs for line in output.decode().splitlines()]
    assert len(told) == len(set(told)) == 5000
    assert sorted(told) == sorted(stored_lines(tmp_path / "archive"))
