"""Tests that each record is stored on one line, and that parsing the line returns the same record."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.builders import PAGE, SEEN, article, headline, put, stored_lines, write_day
from ticker.archive import Archive, Problem, StoredArticle, StoredHeadline
from ticker.models import PRECISIONS

texts = st.text(max_size=40)
titles = texts.filter(str.strip)
names = titles.map(str.strip)
maybe = st.none() | names
offsets = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
times = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=offsets)  # noqa: DTZ001
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
HEADLINE_FIELDS = ["time", "source", "title", "url", "id", "seen", "page", "time_text", "precision", "section"]
ARTICLE_FIELDS = "time source title url id seen page published modified authors language description site".split()


def extras(known: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    unknown = texts.filter(lambda name: name not in {*known, "revises", "reader", "body"})
    return st.dictionaries(unknown, json_values, max_size=3)


headlines = st.builds(
    StoredHeadline,
    time=st.none() | times, source=names, title=titles, url=maybe, id=names, seen=times, page=maybe, time_text=texts,
    precision=st.sampled_from(PRECISIONS), section=maybe, revises=maybe, extra=extras(HEADLINE_FIELDS),
)  # fmt: skip
articles = st.builds(
    StoredArticle,
    time=times, source=names, title=titles, url=maybe, id=names, seen=times, page=maybe,
    published=st.none() | times, modified=st.none() | times, authors=st.lists(texts, max_size=3).map(tuple),
    language=maybe, description=maybe, site=maybe, revises=maybe,
    reader=st.none() | st.integers(1, 10**9 - 1), body=texts, extra=extras(ARTICLE_FIELDS),
)  # fmt: skip


@settings(deadline=None)
@given(headlines)
def test_a_headline_comes_back_from_its_line(record: StoredHeadline) -> None:
    assert StoredHeadline.from_line(record.to_line().encode()) == record


@settings(deadline=None)
@given(articles)
def test_an_article_comes_back_from_its_line(record: StoredArticle) -> None:
    assert StoredArticle.from_line(record.to_line().encode()) == record


@settings(deadline=None)
@given(headlines, articles)
def test_nothing_breaks_a_line_or_steers_a_terminal(one: StoredHeadline, other: StoredArticle) -> None:
    for line in (one.to_line(), other.to_line()):
        assert len(line.splitlines()) == 1
        assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in line)


@pytest.mark.parametrize(
    "breaker", ["\n", "\r", "\x0b", "\x1b[31m", "\x00", "\x7f", "\x85", "\x9b", "\u2028", "\u2029"]
)
def test_a_title_with_a_line_break_in_it_stays_on_its_line_and_is_known_again(tmp_path: Path, breaker: str) -> None:
    title = f"before{breaker}after"
    assert put(Archive(tmp_path), headline(title)) == [title]
    assert put(Archive(tmp_path), headline(title)) == []
    (path,) = tmp_path.glob("headlines/*/*")
    assert len(path.read_text("utf-8").splitlines()) == 1
    assert [line.title for line in Archive(tmp_path).headlines()] == [title]


def test_half_a_surrogate_pair_is_stored_as_a_question_mark_and_known_again(tmp_path: Path) -> None:
    broken = headline("half \ud83d a pair", url="https://news.example/\udcff")
    assert put(Archive(tmp_path), broken) == ["half ? a pair"]
    assert put(Archive(tmp_path), broken) == []
    archive = Archive(tmp_path)
    archive.add("daily", PAGE, (), article("\ud83d", "\ude00"), SEEN)
    assert not Archive(tmp_path).add("daily", PAGE, (), article("\ud83d", "\ude00"), SEEN)
    assert StoredHeadline.from_line('{"time": "2025-06-12T17:10Z", "title": "\\ud83d \\ud83d\\ude00"}').title == "? 😀"


def test_fields_stand_in_their_order_with_what_people_look_for_first(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add("daily", PAGE, [headline("A", url="https://news.example/1")], article(), SEEN)
    archive.add("daily", PAGE, [headline("É ل 日", url="https://news.example/1")], article(body="Three."), SEEN, 7)
    first, second = stored_lines(tmp_path)
    assert list(json.loads(first)) == HEADLINE_FIELDS
    assert list(json.loads(second)) == [*HEADLINE_FIELDS, "revises"]
    assert second.startswith(
        '{"time": "2025-06-12T17:10:00+01:00", "source": "daily", "title": "É ل 日", "url": "https'
    )
    first, second = stored_lines(tmp_path, "articles")
    assert list(json.loads(first)) == [*ARTICLE_FIELDS, "body"]
    assert list(json.loads(second)) == [*ARTICLE_FIELDS, "revises", "reader", "body"]


def test_unknown_fields_are_kept_in_their_order_and_as_they_are() -> None:
    known = '{"time": "2025-06-12T17:10:00+01:00", "source": "daily", "title": "T", "url": null, "id": "i1", '
    known += (
        '"seen": "2025-06-12T18:00:00+01:00", "page": null, "time_text": "", "precision": "minute", "section": null'
    )
    line = known + ', "mood": {"b": [1, null], "a": "é"}, "count": 3}'
    assert StoredHeadline.from_line(line).to_line() == line


@pytest.mark.parametrize(
    ("time", "meant"),
    [
        ("2025-06-12T17:10:00+01:00", datetime(2025, 6, 12, 16, 10, tzinfo=UTC)),
        ("2025-06-12T17:10Z", datetime(2025, 6, 12, 17, 10, tzinfo=UTC)),
        ("2025-06-12 17:10-0330", datetime(2025, 6, 12, 20, 40, tzinfo=UTC)),
        ("2025-06-12T17:10:00.250+00:00", datetime(2025, 6, 12, 17, 10, 0, 250_000, tzinfo=UTC)),
    ],
)
def test_a_line_written_by_hand_needs_a_time_and_a_title(tmp_path: Path, time: str, meant: datetime) -> None:
    write_day(
        tmp_path, "2025-06-12", json.dumps({"time": time, "title": "By hand", "url": "https://www.news.example/1"})
    )
    archive = Archive(tmp_path)
    (line,) = archive.headlines()
    assert (line.time, line.seen, line.source) == (meant, meant, "www.news.example")
    assert archive.find(line.id[:8]).headlines == (line,)


UNREADABLE = {
    '{"time": "2025-06-12T17:10:00+01:00", "title": "to': "not JSON",
    "nonsense": "not JSON",
    '["2025-06-12T17:10:00+01:00", "title"]': "not a JSON object",
    '{"time": "2025-06-12T17:10:00+01:00"}': "no title",
    '{"time": "2025-06-12T17:10:00+01:00", "title": " "}': "no title",
    '{"title": "T"}': "no time",
    '{"time": null, "title": "T"}': "no time",
    '{"time": "2025-06-12T17:10:00", "title": "T"}': "'2025-06-12T17:10:00': no UTC offset",
    '{"time": "2025-06-12", "title": "T"}': "no UTC offset",
    '{"time": "yesterday", "title": "T"}': "invalid time 'yesterday': not a time",
    '{"time": 1749744600, "title": "T"}': "time must be a string, got 1749744600",
    '{"time": "2025-06-12T17:10:00Z", "title": 7}': "title must be a string, got 7",
    '{"time": "2025-06-12T17:10:00Z", "title": "T", "precision": "about"}': "invalid precision 'about': must be one of",
    "[" * 200_000: "nested too deeply",
    '{"time": "2025-06-12T17:10:00Z", "title": "T", "n": ' + "1" * 5000 + "}": "a number has more than",
}


@pytest.mark.parametrize(("line", "reason"), UNREADABLE.items(), ids=lambda text: text[:40])
def test_a_line_that_cannot_be_read_is_skipped_and_reported_with_its_place(
    tmp_path: Path, line: str, reason: str
) -> None:
    good = '{"time": "2025-06-12T17:10:00Z", "title": "Good"}'
    path = write_day(tmp_path, "2025-06-12", good, line, "", good)
    problems: list[Problem] = []
    assert [line.title for line in Archive(tmp_path, problems.append).headlines()] == ["Good", "Good"]
    (problem,) = problems
    assert (problem.path, problem.line_number) == (path, 2)
    assert reason in problem.reason
    assert len(str(problem)) < 300


def test_bytes_that_are_not_utf_8_are_reported_and_a_byte_order_mark_is_not(tmp_path: Path) -> None:
    path = tmp_path / "headlines/2025/2025-06-12.jsonl"
    path.parent.mkdir(parents=True)
    line = '{"time": "2025-06-12T17:10:00Z", "title": "Société"}'
    path.write_bytes(b"\xef\xbb\xbf" + line.encode() + b"\r\n" + line.encode("latin-1") + b"\n")
    problems: list[Problem] = []
    assert [line.title for line in Archive(tmp_path, problems.append).headlines()] == ["Société"]
    assert [(problem.line_number, problem.reason.split(" at ")[0]) for problem in problems] == [(2, "not UTF-8")]


def test_without_a_place_to_report_to_a_warning_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = write_day(tmp_path, "2025-06-12", "nonsense")
    with caplog.at_level(logging.WARNING, "ticker"):
        assert list(Archive(tmp_path).headlines()) == []
    assert f"{path}:1: line skipped: not JSON" in caplog.text
