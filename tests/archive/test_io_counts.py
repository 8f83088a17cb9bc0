"""Tests that a large archive is as fast as a small one, by counts of what is read, opened and written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.builders import SEEN, at, headline, put, write_day
from tests.archive.test_index import indexed, reading_counted, root, titles
from ticker.archive import Archive, Index, Problem, Query, StoredHeadline, make_matcher, words
from ticker.archive.codec import LineError, decode_fields

__all__ = ["root"]  # a fixture, used by its name

texts = st.text(st.sampled_from('aé中"\\\n\t\u2028\x85\u00a0 /:,{}'), max_size=6)


def test_the_newest_lines_are_read_from_the_newest_days(root: Path) -> None:
    for archive in (Archive(root), indexed(root)):
        with reading_counted() as opened:
            assert len(titles(archive, Query(limit=5))) == 5
        assert len(opened) <= 2


def test_a_day_is_read_without_the_others(root: Path) -> None:
    query = Query(since=at("12 00:00"), until=at("12 00:00") + timedelta(days=1))
    with reading_counted() as opened:
        assert len(titles(Archive(root), query)) == 10
    assert set(opened) <= {f"2025-06-{day}.jsonl" for day in (11, 12, 13)}


def test_a_search_opens_the_files_that_hold_what_it_looks_for(root: Path) -> None:
    titles(indexed(root), Query(matcher=words("ferry")))
    with reading_counted() as opened:
        assert titles(indexed(root), Query(matcher=words("7x"))) == ["Ferry number 7x"]
    assert opened == ["2025-06-08.jsonl"]


def test_of_what_was_added_no_more_is_indexed(root: Path) -> None:
    titles(indexed(root), Query(matcher=words("ferry")))
    path = write_day(root, "2025-08-01", '{"time": "2025-08-01T10:00Z", "title": "A ferry more"}')
    told: list[tuple[int, int]] = []
    index = Index(root, lambda done, total: told.append((done, total)), backlog=0)
    with reading_counted() as opened:
        assert titles(Archive(root, index=index), Query(matcher=words("more"))) == ["A ferry more"]
    assert told[-1] == (path.stat().st_size, path.stat().st_size)
    assert set(opened) == {path.name}


@pytest.mark.parametrize("has_index", [True, False])
def test_headlines_that_are_known_cost_no_write(root: Path, has_index: bool) -> None:
    def state() -> dict[Path, tuple[int, int]]:
        return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in (root, *root.rglob("*"))}

    def archive() -> Archive:
        return indexed(root) if has_index else Archive(root)

    page = [headline(f"News {number}", url=f"https://news.example/{number}") for number in range(30)]
    assert len(put(archive(), *page)) == 30
    assert put(archive(), *page) == []  # indexes what was just added
    before = state()
    with reading_counted() as opened:
        assert put(archive(), *page) == []
    assert state() == before
    if has_index:
        assert set(opened) == {"2025-06-12.jsonl"}


def test_what_another_stores_meanwhile_is_known(tmp_path: Path) -> None:
    one, other = Archive(tmp_path), Archive(tmp_path)
    assert put(one, headline("First")) == ["First"]
    assert put(other, headline("First"), headline("Second", "12 18:00")) == ["Second"]
    assert put(one, headline("Second", "12 18:00"), headline("Third", "12 19:00")) == ["Third"]


HEAVY = {"requests", "bs4", "lxml", "rich", "dateutil", "hashlib", "tempfile", "difflib", "platformdirs"}


@pytest.mark.parametrize(
    ("command", "others"),
    [
        (["search", "ferry", "--since", "2025-06-01"], set()),
        (["list", "--since", "2025-06-01", "--limit", "40"], {"sqlite3", "json"}),
        (["list", "--limit", "40"], {"zoneinfo", "sqlite3", "json"}),
    ],
)
def test_a_command_imports_no_library_that_it_does_not_need(root: Path, command: list[str], others: set[str]) -> None:
    script = """
import sys
from ticker.cli.main import run
run(sys.argv[2:])
print(sorted(set(sys.argv[1].split()) & set(sys.modules)), file=sys.stderr)
"""
    variables = {name: value for name, value in os.environ.items() if name != "TICKER_CONFIG"}
    done = subprocess.run(
        [sys.executable, "-c", script, " ".join(HEAVY | others), *command, "--archive", str(root)],
        capture_output=True,
        timeout=60,
        check=True,
        env={**variables, "XDG_CONFIG_HOME": str(root / "none"), "TZ": "UTC"},
    )
    assert done.stdout.count(b"\n") == 40
    assert done.stderr == b"[]\n"


@settings(max_examples=200, deadline=None)
@given(
    title=st.text(min_size=1, max_size=6).filter(lambda text: not text.isspace()) | st.just("Ferry"),
    url=st.none() | texts,
    page=st.none() | texts,
    time_text=texts,
    section=st.none() | texts,
    revises=st.none() | texts,
    is_timed=st.booleans(),
    end=st.sampled_from(["\n", "", " \n"]),
)
def test_a_line_as_it_is_written_is_read_as_any_other(
    title: str,
    url: str | None,
    page: str | None,
    time_text: str,
    section: str | None,
    revises: str | None,
    is_timed: bool,
    end: str,
) -> None:
    line = StoredHeadline(
        *(at("12 10:00") if is_timed else None, "daily", title, url, "0123456789abcdef", SEEN),
        page=page,
        time_text=time_text,
        section=section,
        revises=revises,
    ).to_line()
    written = (line + end).encode()
    read = StoredHeadline.from_dict(decode_fields(written))
    assert StoredHeadline.from_line(written) == read


def test_blocks_are_read_as_their_lines_are(root: Path) -> None:
    """Compare blocks that hold an unusual line with the same lines read one by one."""
    good = StoredHeadline(at("12 10:00"), "odd", "Gold price", None, "0123456789abcdef", SEEN).to_line()
    odd = [
        "",
        "no JSON",
        good.replace("Gold", 'Gold \\"bar\\"'),
        good.replace("Gold", "Gold \\u00e9"),
        good.replace("10:00:00", "25:00:00"),
        good.replace('"title"', '"title": "Lead", "title"'),
        good.replace("12T10", "13T11"),
        good.replace("12T10:00:00+01:00", "12 11:30:00Z"),
        good.replace("12T10:00:00+01:00", "12T10:00:00"),
        good.replace('"2025-06-12T10:00:00+01:00"', "null", 1),
        good.replace("}", ', "time": "2025-06-12T11:00:00Z"}'),
        good.replace("}", ', "\\u0074ime": "2025-06-12T11:00:00Z"}'),
        good.replace("{", '{"beside": ["\\\\", {"time": "2025-06-12T11:00:00Z", "a": 1}], ').replace(
            "Gold", "Gold\\\\"
        ),
        good + " ",
    ]
    for number, line in enumerate(odd):
        folder = root / str(number)
        write_day(folder, "2025-06-12", good, line, good)
        path = folder / "headlines" / "2025" / "2025-06-12.jsonl"
        for text in (path.read_bytes(), path.read_bytes()[:-1]):
            path.write_bytes(text)
            expected = []
            unreadable = 0
            for piece in text.split(b"\n"):
                try:
                    expected += [StoredHeadline.from_dict(decode_fields(piece))] if piece.strip() else []
                except LineError:
                    unreadable += 1
            assert unreadable == (line in ("no JSON", odd[4], odd[8]))
            told: list[Problem] = []
            archive = Archive(folder, told.append)
            found = list(archive.headlines(Query(reverse=True)))
            assert sorted(map(str, found)) == sorted(map(str, expected))
            assert len(told) == unreadable
            for limit in (None, 1, 2):
                for since, until in ((None, None), (at("12 10:00"), at("12 12:30")), (at("12 10:01"), None)):
                    query = Query(since, until, limit=limit)
                    read = list(archive.headlines(query))
                    inside = [
                        one
                        for one in expected
                        if (since is None or one.moment >= since) and (until is None or one.moment < until)
                    ]
                    moments = sorted((one.moment for one in inside), reverse=True)[:limit]
                    assert [one.moment for one in read] == moments
            matcher = make_matcher("G[o]ld.*e$", "regex")
            named = [one.title for one in Archive(folder).headlines(Query(matcher=matcher))]
            assert sorted(named) == sorted(one.title for one in expected if one.title.startswith("Gold"))
    assert json.loads(good)["title"] == "Gold price"
