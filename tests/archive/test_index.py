"""Tests that search results never depend on the index, even if it is damaged or the files change."""

from __future__ import annotations

import fcntl
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.archive.builders import PAGE, SEEN, article, at, headline, put, write_day
from tests.cli.desk import HEEDING_PERMISSIONS
from ticker.archive import Archive, Index, Problem, Query, StoredHeadline, make_matcher, words
from ticker.archive.ids import story_id
from ticker.archive.matchers import required_literals
from ticker.archive.search_index.rows import rows
from ticker.archive.search_index.tokenizer import Words
from ticker.archive.terms import caseless, loose
from ticker.errors import PatternError
from ticker.urls import canonical


def indexed(root: Path) -> Archive:
    """Return the archive with an index that takes in every line at once."""
    return Archive(root, index=Index(root, backlog=0))


def titles(archive: Archive, query: Query) -> list[str]:
    return [line.title for line in archive.headlines(query)]


def index_file(root: Path) -> Path:
    return root / ".index" / "index.sqlite"


@contextmanager
def reading_counted() -> Iterator[list[str]]:
    """Yield a list that collects the names of the day files opened in the block."""
    opened: list[str] = []
    is_on = True

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        if is_on and event == "open" and str(arguments[0]).endswith(".jsonl"):
            opened.append(Path(str(arguments[0])).name)

    sys.addaudithook(audit)
    yield opened
    is_on = False


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an archive of 40 days with ten headlines each, one of which names a ferry and the day's number."""
    for day in range(40):
        date = f"2025-{6 + day // 28:02}-{1 + day % 28:02}"
        write_day(
            tmp_path,
            date,
            *(
                StoredHeadline.from_dict(
                    {
                        "time": f"{date}T{hour + 8:02}:00:00+01:00",
                        "title": f"Ferry number {day}x" if hour == 5 else f"Weather at {hour}",
                        "url": f"https://news.example/{day}/{hour}",
                        "source": "odd" if hour % 2 else "even",
                    }
                ).to_line()
                for hour in range(10)
            ),
        )
    return tmp_path


DAY = SEEN.date()
LETTERS = "aAbéÉßİıſKæøǽŉʼ´̈̃’'\"\\-_ .,!中国中は が각ㄱᄀไทย٣أإا\u064bةΣςσ½™℡ℂ\u00a0\u200b\u2028\t\x85\U00020000\ufe00😀"
texts = st.text(st.sampled_from(LETTERS), min_size=1, max_size=8)
full_texts = st.text(min_size=1, max_size=6)


def is_title(text: str) -> bool:
    return not text.isspace()


@settings(max_examples=150, deadline=None)
@given(
    st.lists((texts | full_texts).filter(is_title), min_size=1, max_size=6),
    texts | full_texts,
    st.data(),
    st.sampled_from(["words", "fixed", "regex"]),
    st.sampled_from([None, True, False]),
)
def test_every_search_finds_the_same_with_the_index(
    contents: list[str], pattern: str, data: st.DataObject, mode: str, ignore_case: bool | None
) -> None:
    if data.draw(st.booleans()):  # a part of a stored title
        text = data.draw(st.sampled_from(contents))
        start = data.draw(st.integers(0, len(text) - 1))
        pattern = text[start : data.draw(st.integers(start + 1, len(text)))]
    if mode == "regex":
        pattern = re.escape(pattern) + data.draw(st.sampled_from(["", "+", "|b", "?x", "(a|é)*"]))
    try:
        matcher = make_matcher(pattern, mode, ignore_case)  # type: ignore[arg-type]
    except PatternError:
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        lines = [
            StoredHeadline(at("12 09:00"), "s", title, None, f"{n:016x}", SEEN) for n, title in enumerate(contents)
        ]
        write_day(root, "2025-06-12", *(line.to_line() for line in lines))
        query = Query(matcher=matcher)
        assert titles(indexed(root), query) == titles(Archive(root), query)
        assert index_file(root).exists() == bool(matcher.needs())


atoms = st.sampled_from(
    [
        "ferry",
        "fe*",
        "é*",
        "中",
        "中国*",
        "ǽ",
        '"covid 19"',
        '"中 국"*',
        "source:one",
        "source:t*",
        "section:news",
        "co*",
    ]
)
queries = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" ", " OR ", " AND ", " NOT ", " -"]), inner).map("".join),
        inner.map("({})".format),
        inner.map("-({})".format),
    ),
    max_leaves=8,
)
shown = [
    "Ferry",
    "ferries",
    "Covid-19",
    "covid 19",
    "e\u0301cole",
    "中国",
    "中-국",
    "ǽ",
    "æ\u0301",
    "Coté",
    "co\u00adve",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(shown), min_size=1, max_size=3).map(" ".join),
            st.sampled_from(["one", "two"]),
            st.sampled_from([None, "News", "Latest news", "Sport"]),
        ),
        min_size=1,
        max_size=6,
    ),
    queries,
    st.booleans(),
)
@example([("AAAAŉ", "one", None)], "AAAAŉ", True)
@example([("ferry", "one", None)], "(" * 40 + "ferry" + " OR source:two) (co* OR ferry)" * 40, True)
def test_every_query_finds_the_same_with_the_index(
    contents: list[tuple[str, str, str | None]], pattern: str, ignore_case: bool
) -> None:
    query = Query(matcher=words(pattern, ignore_case))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number, (title, source, section) in enumerate(contents):
            line = StoredHeadline(at("12 09:00"), source, title, None, f"{number:016x}", SEEN, section=section)
            write_day(root, "2025-06-12", line.to_line())
        archive, by_index = Archive(root), indexed(root)
        expected = list(archive.headlines(query))
        assert list(by_index.headlines(query)) == expected
        assert sorted(line.title for line in by_index.unordered("headlines", query)) == sorted(
            line.title for line in expected
        )
        assert expected == [
            line for line in archive.headlines() if query.matcher.matches(line.title, line.source, line.section or "")
        ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(10, 13), st.integers(0, 23), st.sampled_from(["one", "two"]), texts), max_size=12),
    st.none() | st.integers(9, 14),
    st.none() | st.integers(9, 14),
    st.sets(st.sampled_from(["one", "two", "three"])),
    st.booleans(),
    st.none() | st.integers(0, 3),
    st.none() | st.sampled_from(["a", "ferry", "中"]),
)
def test_every_filter_and_order_is_the_same(
    contents: list[tuple[int, int, str, str]],
    since: int | None,
    until: int | None,
    sources: set[str],
    reverse: bool,
    limit: int | None,
    pattern: str | None,
) -> None:
    query = Query(
        since=at(f"{since} 12:00") if since else None,
        until=at(f"{until} 12:00", 5) if until else None,
        sources=frozenset(sources),
        reverse=reverse,
        limit=limit,
        matcher=words(pattern) if pattern else None,
    )
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number, (day, hour, source, title) in enumerate(contents):
            time = at(f"{day} {hour}:00", 14 if hour % 3 else -12)
            line = StoredHeadline(time, source, f"ferry {title}", None, f"{number:016x}", SEEN)
            write_day(root, f"2025-06-{day}", line.to_line())
            if number == 6:
                list(indexed(root).headlines(query))
        assert list(indexed(root).headlines(query)) == list(Archive(root).headlines(query))


addresses = st.from_regex(r"https?://(www\.)?[a-zA-Z0-9.-]{1,6}(:80)?(/[!-~é ]{0,6}){0,3}", fullmatch=True)


@settings(max_examples=300, deadline=None)
@given(addresses)
@example("https://www.www.n.example//a/%e9/")
@example("http://www..")
def test_a_plain_address_is_canonical_as_any_other(address: str) -> None:
    assert ("?" in address or "#" in address) or canonical(address) == canonical(f"{address}?")


@settings(max_examples=200, deadline=None)
@given((texts | full_texts).filter(is_title), texts, st.none() | addresses, st.booleans())
@example("A", "A", "http://www..", False)
def test_a_line_has_the_same_tokens_however_it_is_spelled(
    title: str, source: str, url: str | None, is_timed: bool
) -> None:
    line = put_in_line(title, source, url, is_timed)
    otherwise = line.replace(b'{"time"', b'{ "time"', 1)  # the program never writes this space
    found, other = ([*rows(DAY, 0, text, StoredHeadline.from_line, Words())] for text in (line, otherwise))
    assert [(number, tokens.split()) for number, tokens in found] == [
        (number, tokens.split()) for number, tokens in other
    ]


def put_in_line(title: str, source: str, url: str | None, is_timed: bool) -> bytes:
    time = at("12 09:00") if is_timed else None
    return f"{StoredHeadline(time, source, title, url, story_id(source, url or '', title), SEEN).to_line()}\n".encode()


def test_letters_alike_without_case_are_alike_loosely_but_for_those_that_are_named() -> None:
    # The index relies on this for accent-sensitive searches; see terms._LOOSELY_OTHERS.
    unlike = {
        chr(code)
        for code in range(0x110000)
        if not 0xD800 <= code < 0xE000 and loose(caseless(chr(code))) != loose(chr(code))
    }
    assert unlike == set("ŉǢǣǼǽǾǿ\u1ffd")  # the last is not a word character


def test_the_literal_text_of_a_regular_expression() -> None:
    def of(pattern: str) -> list[tuple[str, ...]]:
        return required_literals(re.compile(pattern))

    assert of("ferry") == [("ferry",)]
    assert of("(night )?ferr(y|ies) +(to|from) port") == [("ferr",), ("y", "ies"), (" ",), ("to", "from"), (" port",)]
    assert of("a*b+(?:cd){2}(?!x)(?<=y)[e]") == [("b",), ("cd",), ("e",)]
    assert of("one|two.*") == [("one", "two")]
    assert of("one|.*") == []


def test_a_line_that_cannot_be_read_is_reported_with_the_index_too(root: Path) -> None:
    write_day(root, "2025-06-12", "{no é JSON", "", "x", '{"time": "2025-06-12", "title": "Ferry é"}')
    told: list[Problem] = []
    plain: list[Problem] = []
    query = Query(matcher=words("ferry"))
    found = list(Archive(root, told.append, index=Index(root, backlog=0)).headlines(query))
    assert found == list(Archive(root, plain.append).headlines(query))
    assert told == plain
    assert [problem.line_number for problem in told] == [11, 14]


def test_of_ten_thousand_lines_those_are_read_that_match(root: Path) -> None:
    archive = indexed(root)
    assert titles(archive, Query(matcher=words("weather 3"))) == ["Weather at 3"] * 40
    with reading_counted() as opened:
        assert titles(archive, Query(matcher=words("17x"))) == ["Ferry number 17x"]
        assert titles(archive, Query(matcher=make_matcher("umber 17", "fixed"))) == ["Ferry number 17x"]
        assert titles(archive, Query(matcher=make_matcher("numb.r 17x?", "regex"))) == ["Ferry number 17x"]
        assert titles(archive, Query(matcher=words("absent"))) == []
    assert opened == ["2025-06-18.jsonl"] * 3
    with reading_counted() as opened:
        assert len(titles(archive, Query(matcher=words("ferry"), limit=3))) == 3
    assert len(opened) <= 5


def test_what_was_added_since_is_found_and_only_that_is_read(root: Path) -> None:
    query = Query(matcher=words("ferry"))
    before = len(titles(indexed(root), query))
    write_day(root, "2025-06-25", '{"time": "2025-06-25T23:00Z", "title": "A ferry by hand"}')
    with reading_counted() as opened:
        answers = titles(indexed(root), Query(matcher=words("hand")))
    assert answers == ["A ferry by hand"]
    assert set(opened) == {"2025-06-25.jsonl"}
    assert len(titles(indexed(root), query)) == before + 1


@pytest.mark.parametrize("kept", ["shorter", "longer", "same size", "gone"])
def test_a_file_that_was_changed_is_indexed_anew(root: Path, kept: str) -> None:
    query = Query(matcher=words("ferry"))
    assert len(titles(indexed(root), query)) == 40
    path = root / "headlines" / "2025" / "2025-06-12.jsonl"
    text = path.read_text("utf-8")
    if kept == "gone":
        path.unlink()
    else:
        fresh = {
            "shorter": "".join(text.splitlines(True)[3:8]),
            "longer": '{"time": "2025-06-12T01:00Z", "title": "First"}\n' + text,
            "same size": text.replace("Weather at 1", "Ferry here a"),
        }[kept]
        with path.open("r+", encoding="utf-8") as file:  # keeps the inode
            file.write(fresh)
            file.truncate()
    assert titles(indexed(root), query) == titles(Archive(root), query)
    assert titles(indexed(root), Query(matcher=words("first"))) == (["First"] if kept == "longer" else [])


@pytest.mark.parametrize("damage", ["deleted", "empty", "garbage", "cut", "zeros", "another version"])
def test_an_index_that_is_damaged_is_made_anew(root: Path, damage: str) -> None:
    query = Query(matcher=words("ferry"))
    expected = titles(indexed(root), query)
    path = index_file(root)
    content = path.read_bytes()
    if damage == "deleted":
        path.unlink()
    elif damage == "another version":
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE made SET signature = '0'")
    else:
        path.write_bytes(
            {
                "empty": b"",
                "garbage": b"garbage" * 10_000,
                "cut": content[: len(content) // 2],
                "zeros": content[:100] + bytes(len(content) - 100),
            }[damage]
        )
    assert titles(indexed(root), query) == expected
    assert titles(indexed(root), query) == expected
    with reading_counted() as opened:
        assert titles(indexed(root), Query(matcher=words("17x"))) == ["Ferry number 17x"]
    assert len(opened) == 1


def test_an_index_that_fails_halfway_does_not_cut_the_answer_short(root: Path) -> None:
    archive = indexed(root)
    found = archive.headlines(Query(matcher=words("weather")))
    first = [next(found).title for _ in range(5)]
    index_file(root).write_bytes(b"garbage" * 10_000)
    assert len(first + list(map(str, found))) == 360


def test_a_writer_that_was_killed_while_it_indexed(root: Path) -> None:
    script = """
import fcntl
import os, sys
from pathlib import Path
from ticker.archive import Archive, Index, Query, words
from ticker.archive.search_index import database
whole = database.Database.set_checkpoints
def killed(self, *arguments):
    whole(self, *arguments)
    self._connection.execute("PRAGMA cache_spill = 1")
    self._connection.execute("PRAGMA cache_size = 1")
    os.kill(os.getpid(), 9)
database.Database.set_checkpoints = killed
root = Path(sys.argv[1])
list(Archive(root, index=Index(root, backlog=0)).headlines(Query(matcher=words("ferry"))))
"""
    done = subprocess.run([sys.executable, "-c", script, str(root)], timeout=60, check=False)
    assert done.returncode == -9
    assert len(titles(indexed(root), Query(matcher=words("ferry")))) == 40
    with reading_counted() as opened:
        assert titles(indexed(root), Query(matcher=words("17x"))) == ["Ferry number 17x"]
    assert len(opened) == 1


def test_while_another_process_indexes_the_files_are_read(root: Path) -> None:
    query = Query(matcher=words("ferry"))
    lock = index_file(root).with_name("lock")
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert len(titles(indexed(root), query)) == 40
        assert not index_file(root).exists()
    list(indexed(root).headlines(query))
    with sqlite3.connect(index_file(root), isolation_level=None) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert len(titles(indexed(root), query)) == 40
    connection.close()


def test_two_processes_at_once(root: Path) -> None:
    script = """
import sys
from pathlib import Path
from ticker.archive import Archive, Index, Query, words
root = Path(sys.argv[1])
print(len(list(Archive(root, index=Index(root, backlog=0)).headlines(Query(matcher=words("ferry"))))))
"""
    runs = [subprocess.Popen([sys.executable, "-c", script, str(root)], stdout=subprocess.PIPE) for _ in range(4)]
    assert [run.communicate(timeout=60)[0] for run in runs] == [b"40\n"] * 4


@pytest.mark.parametrize("has_index", [True, False])
def test_a_read_only_archive_can_be_searched(root: Path, has_index: bool) -> None:
    query = Query(matcher=words("ferry"))
    if has_index:
        list(indexed(root).headlines(query))
    paths = [root, *root.rglob("*")]
    for path in reversed(paths):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        script = """
import sys
from pathlib import Path
from ticker.archive import Archive, Index, Query, words
root = Path(sys.argv[1])
print(len(list(Archive(root, index=Index(root, backlog=0)).headlines(Query(matcher=words("ferry"))))))
"""
        done = subprocess.run(
            [*HEEDING_PERMISSIONS[:3], "-c", script, str(root)], capture_output=True, timeout=60, check=False
        )
        assert done.stdout == b"40\n", done.stderr.decode()
        assert index_file(root).exists() == has_index
    finally:
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_small_archive_has_no_index(root: Path) -> None:
    assert len(titles(Archive(root, index=Index(root)), Query(matcher=words("ferry")))) == 40
    assert not (root / ".index").exists()


def test_what_was_seen_before_is_known_and_found_through_the_index(tmp_path: Path) -> None:
    def add(archive: Archive) -> list[list[str]]:
        return [
            put(archive, headline("A", url="https://www.n.example/a?id=1"), headline("Sans lien", "12 16:00")),
            put(archive, headline("B", url="http://n.example/a?id=1"), headline("SANS  LIEN!", "12 16:01")),
            put(archive, headline("℃ élan", "12 10:00"), headline("°", "12 11:00"), headline("…", "12 12:00")),
            put(archive, headline("℃ elan", "12 10:00"), headline("°", "12 11:00"), headline("…", "12 12:00")),
        ]

    assert add(indexed(tmp_path / "one")) == add(Archive(tmp_path / "two"))
    for page, body in ((PAGE, "One."), (PAGE, "Two."), (PAGE, "Two."), (None, "Three."), (None, "Three.")):
        for root in (tmp_path / "one", tmp_path / "two"):
            index = Index(root, backlog=0) if root.name == "one" else None
            Archive(root, index=index).add("daily", page, [], article("Élan ℂ", body), SEEN)
    one, two = indexed(tmp_path / "one"), Archive(tmp_path / "two")
    assert list(one.articles()) == list(two.articles())
    for line in (*two.headlines(), *two.articles()):
        assert one.find(line.id) == two.find(line.id)
        assert one.find(line.id[:8]) == two.find(line.id[:8])
        if line.url:
            assert one.find(line.url) == two.find(line.url)


def test_known_headlines_are_asked_for_without_reading_the_archive(root: Path) -> None:
    list(indexed(root).headlines(Query(matcher=words("ferry"))))
    archive = indexed(root)
    known = headline("Ferry number 3x", "4 13:00", url="https://news.example/3/5")
    with reading_counted() as opened:
        assert put(archive, known, source="odd") == []
    assert opened == ["2025-06-04.jsonl"]
    with reading_counted() as opened:
        assert archive.preview("odd", PAGE, [headline("Never seen")], None, SEEN).headlines
    assert opened == []


def test_an_index_that_breaks_while_a_page_is_stored(root: Path) -> None:
    archive = indexed(root)
    assert put(archive, headline("Ferry number 3x", url="https://news.example/3/5"), source="odd") == []
    index_file(root).write_bytes(b"garbage" * 10_000)
    assert put(archive, headline("Ferry number 4x", url="https://news.example/4/5"), source="odd") == []


def test_a_story_of_an_archive_without_articles_is_found_through_the_index(root: Path) -> None:
    archive = indexed(root)
    assert titles(archive, Query(matcher=words("3x"))) == ["Ferry number 3x"]
    assert archive.find("https://news.example/3/5").headlines[0].title == "Ferry number 3x"


def test_grep_finds_the_same(root: Path) -> None:
    counted = subprocess.run(
        ["grep", "-rhoE", "--include=*.jsonl", '"title": "[^"]*Ferry[^"]*"', str(root)], capture_output=True, check=True
    )
    assert len(counted.stdout.splitlines()) == len(titles(indexed(root), Query(matcher=words("ferry"))))
