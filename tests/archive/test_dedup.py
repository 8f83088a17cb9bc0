"""Tests that a known headline or article adds nothing, and a changed one adds a line."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.archive.builders import PAGE, SEEN, article, at, headline, put, stored_lines
from ticker.archive import Archive, Query

SEVEN = [
    headline("Spanish PM apologizes after senior official resigns amid corruption probe", "12 17:10"),
    headline("GCC Reaffirms Commitment to Morocco's Sovereignty Over Sahara", "12 16:20"),
    headline("Naver collaborates with Nvidia and Nexus to establish AI data center in Morocco", "12 15:50"),
    headline("Morocco reaffirms its African commitment as separatist entity excluded from FOCAC", "12 15:20"),
    headline("Historic agreement reached between the UK and EU over Gibraltar", "12 15:20"),
    headline("Iran's Revolutionary Guard Calls for Halt on WhatsApp Sharing Amid Rising Tensions", "12 14:43"),
    headline("Tesla establishes Moroccan subsidiary, signaling Africa expansion", "12 14:15"),
]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def test_ten_fetches_of_one_page_add_its_headlines_and_article_once(archive: Archive) -> None:
    added = [archive.add("daily", PAGE, SEVEN, article(), SEEN + timedelta(minutes=n)) for n in range(10)]
    assert [len(each.headlines) for each in added] == [7] + [0] * 9
    assert [each.article is not None for each in added] == [True] + [False] * 9
    assert len(stored_lines(archive.root)) == 7
    assert len(stored_lines(archive.root, "articles")) == 1


def test_every_fetch_in_a_process_of_its_own_knows_what_the_others_stored(tmp_path: Path) -> None:
    for _ in range(3):
        Archive(tmp_path).add("daily", PAGE, SEVEN, article(), SEEN)
    assert len(stored_lines(tmp_path)) == 7


def test_a_bare_clock_that_means_another_day_the_next_day_is_the_same_headline(archive: Archive) -> None:
    assert put(archive, headline("PM apologizes", "12 17:10")) == ["PM apologizes"]
    assert put(archive, headline("PM apologizes", "13 17:10"), seen=at("13 20:00")) == []
    assert put(archive, headline("PM apologizes", "13 17:14"), seen=at("13 20:00")) == []
    assert put(archive, headline("PM apologizes", "19 17:10", time_text="Yesterday 17h10"), seen=at("20 20:00")) == []


@pytest.mark.parametrize("clock", ["17:10", "17h10", "17.10 Uhr", "5:10 pm", "Yesterday 17:10", "17時10分", "17:10:22"])
def test_clocks_without_a_date_are_recognised(archive: Archive, clock: str) -> None:
    assert put(archive, headline("PM apologizes", "12 17:10", time_text=clock)) == ["PM apologizes"]
    assert put(archive, headline("PM apologizes", "15 17:10", time_text=clock), seen=at("15 20:00")) == []


@pytest.mark.parametrize(
    "text", ["12 Jun 17:10", "12 June 2025, 17:10", "2025-06-12 17:10", "12/06 17:10", "6月12日 17:10"]
)
def test_a_dated_headline_that_comes_back_days_later_is_another(archive: Archive, text: str) -> None:
    assert put(archive, headline("Weather report", "12 17:10", time_text=text)) == ["Weather report"]
    assert put(archive, headline("Weather report", "12 18:10", time_text=text)) == []
    later = headline("Weather report", "15 17:10", time_text=text.replace("12", "15"))
    assert put(archive, later, seen=at("15 20:00")) == ["Weather report"]


def test_exact_times_an_hour_apart_are_two_headlines(archive: Archive) -> None:
    assert put(archive, headline("Markets open", "12 09:00", precision="exact"))
    assert put(archive, headline("Markets open", "12 10:00", precision="exact")) == []
    assert put(archive, headline("Markets open", "12 10:01", precision="exact"))


def test_ages_in_hours_and_days_drift_without_making_a_headline_new(archive: Archive) -> None:
    assert put(archive, headline("Storm nears", "12 09:00", time_text="3 hours ago", precision="hour"))
    assert put(archive, headline("Storm nears", "12 09:55", time_text="3 hours ago", precision="hour")) == []
    assert put(archive, headline("Harvest good", "10 00:00", time_text="2 days ago", precision="day"))
    assert put(archive, headline("Harvest good", "11 00:00", time_text="2 days ago", precision="day")) == []
    assert put(archive, headline("Harvest good", "12 00:00", time_text="2 days ago", precision="day"))


def test_a_headline_without_time_is_seen_once_and_filed_by_when(archive: Archive) -> None:
    assert put(archive, headline("No clock", None)) == ["No clock"]
    assert put(archive, headline("No clock", None), seen=SEEN + timedelta(days=40)) == []
    (path,) = archive.root.glob("headlines/*/*")
    assert path.name == "2025-06-12.jsonl"
    assert json.loads(path.read_text())["time"] is None


@pytest.mark.parametrize(("hours", "is_kept"), [(26, True), (26.01, False), (24 * 365 * 16, False)])
def test_a_time_more_than_26_hours_ahead_is_not_stored(archive: Archive, hours: float, is_kept: bool) -> None:
    time = SEEN + timedelta(hours=hours)
    story = article(published=time, modified=time)
    for _ in range(2):
        archive.add("daily", PAGE, [headline("A", time), headline("B", time, url=PAGE)], story, SEEN)
    headlines, (stored,) = list(archive.headlines()), archive.articles()
    assert [line.time for line in headlines] == [time.replace(microsecond=0) if is_kept else None] * 2
    assert (stored.published, stored.modified) == ((stored.time,) * 2 if is_kept else (None, None))
    assert stored.moment == (headlines[0].time or SEEN)


def test_case_accents_and_white_space_do_not_make_a_headline_new(archive: Archive) -> None:
    assert put(archive, headline("La Société générale  recule"))
    assert put(archive, headline("LA SOCIÉTÉ GÉNÉRALE RECULE")) == []
    assert put(archive, headline("La Socie\u0301te\u0301 ge\u0301ne\u0301rale recule\u200b")) == []


def test_two_sources_have_each_their_own(archive: Archive) -> None:
    assert put(archive, *SEVEN, source="one")
    assert len(put(archive, *SEVEN, source="two")) == 7


def test_an_edited_title_names_the_line_it_revises(archive: Archive) -> None:
    url = "https://news.example/a/77"
    put(archive, headline("Minister resigns", url=url))
    put(archive, headline("Minister resigns over probe", url=f"{url}?utm_source=home"))
    put(archive, headline("Minister resigns over bribery probe", "12 17:25", url="http://www.news.example/a/77/"))
    first, second, third = archive.find(url).headlines
    assert (first.revises, second.revises, third.revises) == (None, first.id, second.id)
    assert archive.find(second.id[:6]).versions == (first, second, third)


def test_titles_that_flip_back_and_forth_add_each_once(archive: Archive) -> None:
    def titled(title: str) -> list[str]:
        return put(archive, headline(title, url="https://news.example/a/77"))

    assert [titled(title) for title in "ABABBA"] == [["A"], ["B"], [], [], [], []]
    assert titled("C") == ["C"]
    lines = archive.find("https://news.example/a/77").headlines
    assert lines[2].revises == lines[1].id


def test_an_address_that_all_entries_share_identifies_none_of_them(archive: Archive) -> None:
    live = "https://news.example/live"
    entries = [headline("Goal for Rabat", "12 17:10", url=live), headline("Half time", "12 16:50", url=live)]
    assert put(archive, *entries) == ["Goal for Rabat", "Half time"]
    assert put(archive, *entries) == []
    # The next day only one entry has the URL, but it does not revise the entries that shared it.
    assert put(archive, headline("Goal for Fez", "13 16:00", url=live)) == ["Goal for Fez"]
    assert {line.url for line in archive.headlines()} == {live}
    assert {line.revises for line in archive.headlines()} == {None}


def test_a_list_that_the_page_holds_twice_is_stored_once_with_what_tells_more(archive: Archive) -> None:
    url = "https://news.example/a/77"
    wide = headline("Rain at last", "12 17:10", url=url, section="Latest")
    small = headline("Rain at last", None)
    (line,) = archive.add("daily", PAGE, [small, wide], None, SEEN).headlines
    assert (line.url, line.time) == (url, wide.time)
    assert put(archive, small) == []


def test_an_entry_without_link_does_not_keep_out_linked_ones_of_other_days(archive: Archive) -> None:
    assert put(archive, headline("Press review", "12 07:00"), headline("Photos", None))
    assert put(archive, headline("Press review", "12 07:00", url="https://news.example/r/12")) == []
    later = [
        headline("Press review", "14 07:00", url="https://news.example/r/14"),
        headline("Photos", None, url="https://news.example/p/14"),
    ]
    assert put(archive, *later, seen=at("14 20:00")) == ["Press review", "Photos"]


def test_an_address_that_changes_at_each_visit_does_not_make_a_headline_new(archive: Archive) -> None:
    assert put(archive, headline("Rain at last", url="https://news.example/a/77?session=1"))
    assert put(archive, headline("Rain at last", url="https://news.example/a/77?session=2")) == []
    assert put(archive, headline("Rain at last", "13 17:10", url="https://news.example/a/93"), seen=at("13 20:00"))
    for number in (1, 2):  # two on one day, at an unknown hour
        address = f"https://news.example/review/{number}"
        assert put(archive, headline("Press review", "12 00:00", url=address, precision="day"))


def test_ids_follow_from_the_content_so_that_merged_archives_agree(tmp_path: Path) -> None:
    for name in ("one", "two"):
        Archive(tmp_path / name).add("daily", PAGE, [*SEVEN, headline("T", url=PAGE)], article(), SEEN)
    one, two = ({line.id for line in Archive(tmp_path / name).headlines()} for name in ("one", "two"))
    assert one == two
    assert len(one) == 8
    assert all(len(each) == 16 for each in one)


def test_a_changed_body_or_title_is_a_new_version_and_white_space_is_not(archive: Archive) -> None:
    def version(title: str, body: str) -> bool:
        return archive.add("daily", PAGE, (), article(title, body), SEEN).article is not None

    assert version("T", "One.\nTwo.")
    assert not version("T ", "One. \n Two.\n")
    assert version("T", "One.\nTwo, corrected.")
    assert version("T2", "One.\nTwo, corrected.")
    lines = archive.find(PAGE).articles
    assert [line.revises for line in lines] == [None, lines[0].id, lines[1].id]
    assert archive.find(lines[1].id).versions == lines


def test_an_article_that_is_taken_back_is_news_once(archive: Archive) -> None:
    def version(body: str) -> bool:
        return archive.add("daily", PAGE, (), article(body=body), SEEN).article is not None

    assert [version(body) for body in "ABABABAB"] == [True] * 4 + [False] * 4
    assert len({line.id for line in archive.articles()}) == 4
    assert version("C")


def test_a_wrong_clock_for_one_run_does_not_spoil_what_follows(archive: Archive) -> None:
    archive.add("daily", PAGE, (), article(body="A"), SEEN + timedelta(days=365))
    for body in "BBCC":
        archive.add("daily", PAGE, (), article(body=body), SEEN)
    assert len(stored_lines(archive.root, "articles")) == 3


def test_a_front_page_that_every_article_calls_canonical_joins_none(archive: Archive) -> None:
    for number in (1, 2):
        page = f"https://news.example/a/{number}"
        archive.add("daily", page, (), article(f"T{number}", url="https://news.example/"), SEEN)
    assert [len(archive.find(f"https://news.example/a/{number}").articles) for number in (1, 2)] == [1, 1]


def test_an_article_without_address_is_told_by_its_title(archive: Archive) -> None:
    for body in "AAB":
        archive.add("daily", None, (), article(body=body), SEEN)
    assert [line.body for line in archive.articles(Query(reverse=True))] == ["A", "B"]


def test_a_preview_tells_what_would_be_stored_and_stores_nothing(archive: Archive) -> None:
    told = archive.preview("daily", PAGE, SEVEN, article(), SEEN)
    assert not archive.root.exists()
    assert archive.add("daily", PAGE, SEVEN, article(), SEEN) == told
    assert not archive.preview("daily", PAGE, SEVEN, article(), SEEN)


def test_nothing_new_writes_nothing(archive: Archive) -> None:
    assert not archive.add("daily", PAGE, (), None, SEEN)
    assert not archive.root.exists()
    archive.add("daily", PAGE, SEVEN, None, SEEN)
    before = {path: path.stat().st_mtime_ns for path in archive.root.rglob("*")}
    archive.add("daily", PAGE, SEVEN, None, SEEN)
    assert {path: path.stat().st_mtime_ns for path in archive.root.rglob("*")} == before


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("A ferry\u200b  came in.\nIt was late.", "A ferry came in. It was late."),
        ("Bridge " * 30, f"{'Bridge ' * 11}".strip() + "…"),
        ("橋" * 300, "橋" * 80 + "…"),
    ],
)
def test_an_article_without_a_title_is_stored_under_the_beginning_of_its_text(
    archive: Archive, body: str, title: str
) -> None:
    for without in ("", " \u200b"):
        added = archive.add("daily", PAGE, (), article(without, body), SEEN).article
        assert without or (added and added.title == title)
    assert [(line.title, line.body) for line in Archive(archive.root).articles()] == [(title, body)]
    assert not archive.add("daily", f"{PAGE}0", (), article("", " \n"), SEEN)
