"""Tests that stored lines are recognized in any day file, with few reads of the archive."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.archive.builders import PAGE, SEEN, article, headline, put, write_day
from tests.archive.test_index import indexed, root, titles
from ticker.archive import Archive, Index, Query, make_matcher, words
from ticker.models import Headline

__all__ = ["root"]  # a fixture, used by its name


def make_page(count: int = 30, start: int = 0) -> list[Headline]:
    return [headline(f"News {n}", url=f"https://news.example/{n}") for n in range(start, start + count)]


@contextmanager
def listing_counted() -> Iterator[list[str]]:
    """Yield a list that collects the folders listed in the block."""
    listed: list[str] = []
    is_on = True

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        if is_on and event in ("os.listdir", "os.scandir"):
            listed.append(str(arguments[0]))

    sys.addaudithook(audit)
    yield listed
    is_on = False


def bytes_read() -> int:
    """Return the number of bytes that this process has read so far."""
    counters = Path("/proc/self/io").read_text()
    return int(counters.split("rchar: ")[1].split("\n")[0])


def test_no_folder_is_listed_for_what_is_known(root: Path) -> None:
    titles(indexed(root), Query(matcher=words("ferry")))
    page = [headline(f"Known {n}", f"12 {n // 60 + 9:02}:{n % 60:02}", url=f"https://k.example/{n}") for n in range(60)]
    assert len(put(Archive(root, index=Index(root)), *page)) == 60
    archive = Archive(root, index=Index(root))
    with listing_counted() as listed:
        assert put(archive, *page) == []
        assert put(archive, *page[:5], page[7]) == []
    assert listed == []
    # The new headline makes this archive check all day files.
    assert put(archive, *page, headline("Fresh", "13 08:00")) == ["Fresh"]
    assert put(archive, *page, headline("Fresh", "13 08:00")) == []


@pytest.mark.parametrize("backlog", [0, 256 << 10])
def test_what_was_appended_by_hand_to_any_day_is_known(root: Path, backlog: int) -> None:
    titles(indexed(root), Query(matcher=words("ferry")))
    write_day(
        root,
        "2025-05-03",
        '{"time": "2025-05-03T10:00+01:00", "title": "By hand", "source": "daily", "url": "https://news.example/hand"}',
    )
    archive = Archive(root, index=Index(root, backlog=backlog))
    page = [headline("By hand", url="https://news.example/hand"), headline("Not by hand", url="https://news.example/x")]
    assert put(archive, *page) == ["Not by hand"]
    revised = headline("By another hand", url="https://news.example/hand")
    assert put(archive, revised) == ["By another hand"]
    (line,) = archive.headlines(Query(matcher=words("another")))
    assert line.revises


def test_an_article_of_a_page_of_known_headlines_is_compared_with_the_latest_version(root: Path) -> None:
    titles(indexed(root), Query(matcher=words("ferry")))
    page = make_page(3)

    def add(body: str) -> bool:
        added = Archive(root, index=Index(root)).add("daily", "https://a.example/1", page, article(body=body), SEEN)
        return added.article is not None

    assert add("One.")
    assert not add("One.")
    assert add("Two.")
    assert add("One.")
    assert not add("One.")


def test_a_file_that_grew_is_not_read_again_from_its_beginning(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {"time": "2025-06-12T08:00:00+01:00", "source": "wire", "title": f"Wire {n}", "url": f"https://w/{n}"}
        )
        for n in range(20_000)
    ]
    size = write_day(tmp_path, "2025-06-12", *lines).stat().st_size
    titles(indexed(tmp_path), Query(matcher=words("none")))
    assert put(Archive(tmp_path, index=Index(tmp_path)), *make_page()) != []
    for start in (30, 60):
        archive = Archive(tmp_path, index=Index(tmp_path))
        before = bytes_read()
        assert put(archive, *make_page(start=start)) != []
        assert bytes_read() - before < size / 2


def test_a_file_that_grew_is_read_again_where_another_wrote_to_it(root: Path) -> None:
    path = root / "headlines" / "2025" / "2025-06-12.jsonl"
    titles(indexed(root), Query(matcher=words("ferry")))
    put(Archive(root, index=Index(root)), *make_page())
    assert (root / ".index" / "headlines.grown").exists()
    content = path.read_bytes()
    assert b"Ferry" in content
    path.write_bytes(content.replace(b"Ferry", b"Canoe"))
    os.utime(path)
    found = titles(Archive(root, index=Index(root)), Query(matcher=words("canoe")))
    assert found == titles(Archive(root), Query(matcher=words("canoe")))
    assert len(found) == 1


@pytest.mark.parametrize("is_open", [True, False])
def test_the_lines_of_a_removed_file_are_new_again(root: Path, is_open: bool) -> None:
    archive = Archive(root, index=Index(root, backlog=0))
    page = [headline("Known", url="https://news.example/known"), headline("Other", "13 09:00")]
    assert put(archive, *page) == ["Known", "Other"]
    assert put(archive, *page) == []
    titles(indexed(root), Query(matcher=words("known")))
    (root / "headlines" / "2025" / "2025-06-12.jsonl").unlink()
    if not is_open:
        archive = Archive(root, index=Index(root, backlog=0))
    assert put(archive, *page) == ["Known"]


def test_a_revision_is_found_after_another_source_linked_to_the_same_page(root: Path) -> None:
    address = "https://agency.example/story"
    (first,) = Archive(root).add("wire", PAGE, [headline("First title", url=address)], None, SEEN).headlines
    titles(indexed(root), Query(matcher=words("first")))
    archive = Archive(root, index=Index(root))
    assert archive.add("daily", PAGE, [headline("Our title", url=address)], None, SEEN).headlines[0].revises is None
    (second,) = archive.add("wire", PAGE, [headline("Second title", url=address)], None, SEEN).headlines
    assert second.revises == first.id


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"nonsense" * 40])
def test_damaged_notes_of_what_grew_change_nothing(root: Path, content: bytes) -> None:
    titles(indexed(root), Query(matcher=words("ferry")))
    put(Archive(root, index=Index(root)), *make_page())
    (root / ".index" / "headlines.grown").write_bytes(content)
    assert put(Archive(root, index=Index(root)), *make_page(31)) == ["News 30"]
    assert len(titles(Archive(root, index=Index(root)), Query(matcher=make_matcher("News")))) == 31


@pytest.mark.parametrize("has_index", [True, False])
@pytest.mark.parametrize(
    ("beginning", "is_known"),
    [
        ('{"time": "2025-06-12T17:10:00+01:00", "source": "daily", ', True),
        ('{"time": "2025-06-12T17:10:00+01:00", "source": "\\u0064aily", ', True),
        ('{"source": "daily", "time": "2025-06-12T17:10:00+01:00", ', True),
        ('{"time": "2025-06-12T17:10:00+01:00", "source": "other", ', False),
        ('{"time": "2025-06-12T17:10:00+01:00", "source": "other", "source": "daily", ', True),
        ('{"time": "2025-06-12T17:10:00+01:00", "source": "daily", "source": "other", ', False),
        ('{"time": "2025-06-12T17:10:00+01:00", "source": "other", "\\u0073ource": "daily", ', True),
        ('{"time": "2025-06-12T17:10:00+01:00", ', True),
    ],
)
def test_a_line_is_of_its_source_however_that_is_spelled(
    root: Path, beginning: str, is_known: bool, has_index: bool
) -> None:
    titles(indexed(root), Query(matcher=words("ferry")))
    write_day(root, "2025-06-12", beginning + '"title": "Told", "url": "https://daily/told"}')
    archive = Archive(root, index=Index(root) if has_index else None)
    page = [headline("Told", url="https://daily/told")]
    assert put(archive, *page) == ([] if is_known else ["Told"])
    assert put(archive, *page) == []
