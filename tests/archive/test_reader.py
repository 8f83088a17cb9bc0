"""Tests that list and find return the right lines in order, from only the files that can hold them."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.builders import PAGE, SEEN, article, at, headline, put, write_day
from ticker.archive import Archive, Query, StoredHeadline, words
from ticker.errors import ArchiveError, NotFound, UsageError
from ticker.models import Headline


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def titles(archive: Archive, **query: object) -> list[str]:
    return [line.title for line in archive.headlines(Query(**query))]  # type: ignore[arg-type]


def test_newest_first_and_the_order_of_the_page_within_a_minute(archive: Archive) -> None:
    put(
        archive,
        headline("a", "12 17:10"),
        headline("b", "12 15:20"),
        headline("c", "12 15:20"),
        headline("d", "11 23:00"),
    )
    put(archive, headline("e", "12 15:20"), headline("f", "12 16:00"))
    assert titles(archive) == ["a", "f", "e", "b", "c", "d"]
    assert titles(archive, reverse=True) == ["d", "c", "b", "e", "f", "a"]
    assert titles(archive, limit=2) == ["a", "f"]
    assert titles(archive, limit=2, reverse=True) == ["d", "c"]
    assert titles(archive, limit=0) == []


def test_since_is_included_and_until_is_not(archive: Archive) -> None:
    put(archive, *(headline(f"{hour}", f"12 {hour}:00") for hour in range(10, 14)))
    assert titles(archive, since=at("12 11:00"), until=at("12 13:00")) == ["12", "11"]
    assert titles(archive, since=at("12 20:00", 10), until=at("12 12:00", 1)) == ["11"]


def test_sources_matchers_and_limits_together(archive: Archive) -> None:
    for source in ('one "1"', "deux é", "three"):
        put(archive, headline("Rain in Rabat"), headline("Sun in Fez"), source=source)
    write_day(
        archive.root, "2025-06-12", '{"time": "2025-06-12T17:10Z", "source": "deux \\u00e9", "title": "Rain by hand"}'
    )
    write_day(archive.root, "2025-06-12", '{"time": "2025-06-12T18:10Z", "title": "Rain", "url": "https://three/a"}')
    assert titles(archive, sources=frozenset(["deux é"]), matcher=words("rain")) == ["Rain by hand", "Rain in Rabat"]
    assert titles(archive, sources=frozenset(['one "1"', "three"]), matcher=words("rain"), limit=2) == [
        "Rain",
        "Rain in Rabat",
    ]
    assert titles(archive, sources=frozenset(["four"])) == []


def test_a_matcher_looks_at_title_and_body_of_an_article(archive: Archive) -> None:
    archive.add("daily", PAGE, (), article("Title word", "Some body text.\nMore."), SEEN)
    assert [line.title for line in archive.articles(Query(matcher=words("word body")))] == ["Title word"]
    assert list(archive.articles(Query(matcher=words("absent")))) == []


quarters = st.integers(-12 * 4, 14 * 4)
minutes = st.integers(0, 4 * 24 * 60)
midnights = quarters.map(lambda quarter: datetime(2025, 6, 10, tzinfo=timezone(timedelta(minutes=15 * quarter))))
moments = st.builds(lambda midnight, minute: midnight + timedelta(minutes=minute), midnights, minutes)


@settings(max_examples=60, deadline=None)
@given(st.lists(moments, max_size=12), moments, moments, st.booleans(), st.none() | st.integers(0, 5))
def test_any_span_across_day_files_and_zones_gives_what_reading_everything_gives(
    times: list[datetime], since: datetime, until: datetime, reverse: bool, limit: int | None
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        put(archive, *(Headline(f"{place}", time) for place, time in enumerate(times)))
        everything = sorted(archive.headlines(), key=lambda line: line.time or SEEN)
        assert len(everything) == len(times)
        found = list(archive.headlines(Query(since, until, limit=limit, reverse=reverse)))
        expected = [line for line in everything if since <= line.moment < until]
        expected.sort(key=lambda line: line.moment, reverse=not reverse)
        assert [line.moment for line in found] == [line.moment for line in expected][:limit]
        assert list(archive.headlines(Query(reverse=True))) == list(archive.headlines())[::-1]


@pytest.mark.parametrize(
    ("time", "offset", "moment"),
    [("13 00:30", 14, "12 10:30"), ("11 23:30", -12, "12 11:30"), ("12 11:00", 0, "12 11:00")],
)
def test_the_world_s_first_and_last_zones_are_within_the_span(
    archive: Archive, time: str, offset: float, moment: str
) -> None:
    put(archive, headline("far", at(time, offset)), headline("before", "12 10:00"), headline("after", "12 14:00"))
    exact = at(moment, 0)
    assert titles(archive, since=exact, until=exact + timedelta(minutes=1)) == ["far"]
    assert titles(archive) == ["after", "far", "before"]
    assert titles(archive, reverse=True) == ["before", "far", "after"]


def test_the_ends_of_the_calendar_are_times_like_others(archive: Archive) -> None:
    first = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
    last = datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-12)))
    put(archive, Headline("last", last), Headline("now", at("12 17:10")), Headline("first", first))
    assert titles(archive) == ["last", "now", "first"]
    assert titles(archive, since=at("12 17:00"), reverse=True) == ["now", "last"]
    assert titles(archive, until=at("12 17:00")) == ["first"]


def forbid(archive: Archive, day: str) -> None:
    """Create a folder in place of a day file; opening it is reported as an error."""
    (archive.root / "headlines" / day[:4] / f"{day}.jsonl").mkdir(parents=True)


def test_only_files_that_can_hold_the_span_are_opened(archive: Archive, caplog: pytest.LogCaptureFixture) -> None:
    put(archive, headline("x", "12 12:00"))
    for day in ("2025-06-10", "2025-06-14"):
        forbid(archive, day)
    assert titles(archive, since=at("12 00:00", 0), until=at("13 00:00", 0)) == ["x"]
    assert not caplog.records
    assert titles(archive) == ["x"]
    assert [
        record.getMessage()[-len("2025-06-14.jsonl: lines skipped: Is a directory") :] for record in caplog.records
    ] == [f"2025-06-{day}.jsonl: lines skipped: Is a directory" for day in (14, 10)]


def test_older_files_are_not_opened_before_they_are_needed(archive: Archive, caplog: pytest.LogCaptureFixture) -> None:
    put(archive, headline("b", "12 17:00"), headline("a", "12 16:00"))
    forbid(archive, "2025-06-10")
    assert titles(archive, limit=2) == ["b", "a"]
    lines = archive.headlines()
    assert next(lines).title == "b"
    assert not caplog.records


def test_other_files_in_the_folders_are_left_alone(archive: Archive) -> None:
    put(archive, headline("x"))
    year = archive.root / "headlines" / "2025"
    for name in ("2025-06-12.jsonl~", "2025-13-45.jsonl", "notes.txt", ".2025-06-12.jsonl.X3k"):
        (year / name).write_text("nonsense")
    (archive.root / "headlines" / "README").write_text("nonsense")
    assert titles(archive) == ["x"]


def test_reading_leaves_no_trace_so_that_an_archive_may_be_read_only(archive: Archive) -> None:
    put(archive, headline("x", url=PAGE))
    (archive.root / ".lock").unlink()
    for folder, _, files in os.walk(archive.root):
        for name in files:
            (Path(folder) / name).chmod(0o444)
        Path(folder).chmod(0o555)
    before = sorted(archive.root.rglob("*"))
    other = Archive(archive.root)
    assert titles(other, matcher=words("x")) == ["x"]
    assert other.find(PAGE).headlines
    assert not other.preview("daily", PAGE, [headline("x", url=PAGE)], None, SEEN)
    assert sorted(archive.root.rglob("*")) == before


def test_what_is_not_there_yet_is_an_empty_archive(archive: Archive) -> None:
    assert not archive.exists()
    assert titles(archive) == []
    with pytest.raises(NotFound):
        archive.find(PAGE)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"format": "ticker-archive", "version": 3}', "archive format 3, newer than the supported 2; update ticker"),
        ('{"format": "photo-album", "version": 1}', "if this is an archive"),
        ("[]", "if this is an archive"),
        ("", "if this is an archive"),
    ],
)
def test_a_format_that_is_not_known_is_refused_for_everything(archive: Archive, content: str, message: str) -> None:
    archive.root.mkdir()
    (archive.root / "format.json").write_text(content)
    attempts = [
        lambda: put(archive, headline("x")),
        lambda: archive.preview("daily", PAGE, [headline("x")], None, SEEN),
        lambda: list(archive.headlines()),
        lambda: list(archive.articles()),
        lambda: archive.find(PAGE),
    ]
    for attempt in attempts:
        with pytest.raises(ArchiveError, match=message.replace("?", r"\?")):
            attempt()
    assert [path.name for path in archive.root.iterdir()] == ["format.json"]


def test_the_format_is_stated_at_the_first_write_also_where_files_were_there_before(archive: Archive) -> None:
    write_day(archive.root, "2025-06-12", '{"time": "2025-06-12T17:10+01:00", "source": "daily", "title": "By hand"}')
    assert titles(archive) == ["By hand"]
    assert put(archive, headline("By hand"), headline("New")) == ["New"]
    assert json.loads((archive.root / "format.json").read_text()) == {"format": "ticker-archive", "version": 1}


def test_an_address_finds_headlines_and_article_in_every_spelling(archive: Archive) -> None:
    address = "https://www.news.example/a/é?id=7&utm_source=x"
    put(archive, headline("One", url=address), source="one")
    put(archive, headline("Two", url="http://news.example/a/é/?id=7"), seen=SEEN + timedelta(hours=1), source="two")
    archive.add("one", "https://amp.news.example/7", (), article(url=address), SEEN + timedelta(hours=2))
    story = archive.find("news.example/a/é?id=7#top")
    assert [line.title for line in story.headlines] == ["One", "Two"]
    assert [line.title for line in story.articles] == ["A title"]
    assert [line.seen.hour for line in story.versions] == [20, 21, 22]
    assert story.kind == "article"
    assert archive.find("https://amp.news.example/7").articles == story.articles
    with pytest.raises(NotFound, match="has the URL https://news"):
        archive.find("https://news.example/a/é")


def test_addresses_of_any_shape_are_looked_for(archive: Archive) -> None:
    put(archive, headline("Front", url="https://News.Example/"), headline("Query", url="https://news.example/?p=7"))
    assert [line.title for line in archive.find("news.example/").headlines] == ["Front"]
    assert [line.title for line in archive.find("https://www.news.example?p=7").headlines] == ["Query"]
    write_day(archive.root, "2025-06-12", '{"time": "2025-06-12T17:10Z", "title": "By hand", "url": "a b"}')
    by_hand = next(line for line in archive.headlines() if line.title == "By hand")
    assert archive.find(by_hand.id).headlines == (by_hand,)
    for odd in ("[a/b", "https://[a/b", "https://x:y/", "//", "a.b", "https://"):
        with pytest.raises(NotFound):
            archive.find(odd)


@pytest.mark.parametrize("stored", ["/статьи/мост-12", "/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D0%B8/мост-12"])
def test_an_address_is_found_in_each_of_its_spellings(archive: Archive, stored: str) -> None:
    host = "https://news.example"
    raw, quoted = f"{host}/статьи/мост-12", f"{host}{quote('/статьи/мост-12')}"
    archive.add("daily", PAGE, [headline("One", url=host + stored)], article("One", url=host + stored), SEEN)
    for asked in (raw, quoted, quoted.lower()):
        assert archive.find(asked).headlines and archive.find(asked).articles
    put(archive, headline("One", url=quoted), headline("One", url=quoted.lower()))
    assert len(list(archive.headlines())) == 1
    for odd in ("a.b/\udcff", "a.b/?q=\udcff", "a.b/\ud800"):  # surrogates, as from non-UTF-8 arguments
        with pytest.raises(NotFound):
            archive.find(odd)


def test_an_id_is_found_by_its_beginning_and_a_doubtful_one_is_refused(archive: Archive) -> None:
    put(archive, headline("One"), headline("Two"))
    line = next(archive.headlines())
    assert archive.find(line.id).headlines == archive.find(f" {line.id[:6].upper()}").headlines == (line,)
    assert archive.find(line.id).kind == "headline"
    with pytest.raises(UsageError, match="too short for an id: give at least 6 characters"):
        archive.find(line.id[:5])
    with pytest.raises(NotFound, match="has the id ffffff0000"):
        archive.find("ffffff0000")
    for end in "ab":
        write_day(
            archive.root, "2025-06-12", json.dumps({"time": "2025-06-12T17:10Z", "title": end, "id": f"abcdef{end}"})
        )
    with pytest.raises(UsageError, match=r"the beginning of several ids \(abcdefa, abcdefb\)"):
        archive.find("abcdef")
    assert archive.find("abcdefa").headlines[0].title == "a"


def test_the_same_line_in_two_merged_archives_is_one_version(archive: Archive) -> None:
    put(archive, headline("One", url=PAGE))
    (path,) = archive.root.glob("headlines/*/*")
    path.write_bytes(path.read_bytes() * 2)
    assert len(archive.find(PAGE).headlines) == 1
    assert len(archive.find(next(archive.headlines()).id[:6]).headlines) == 1
    assert put(Archive(archive.root), headline("One", url=PAGE)) == []


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Query(since=datetime(2025, 6, 12))  # noqa: DTZ001
    with pytest.raises(ValueError, match="no time zone"):
        Archive(Path("unused")).add("daily", PAGE, (), None, datetime(2025, 6, 12))  # noqa: DTZ001


def test_records_are_frozen_and_hashable(archive: Archive) -> None:
    put(archive, headline("x"))
    assert len({*archive.headlines(), *archive.headlines()}) == 1
    assert isinstance(next(archive.headlines()), StoredHeadline)
