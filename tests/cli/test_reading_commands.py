"""Tests of ``ticker list``, ``search`` and ``show``: terminal, pipe, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import unicodedata
from datetime import UTC, datetime

import pytest

from tests.cli.desk import AT, PAGE_HTML, URL, Desk, Result
from ticker.demo.site import Newspaper

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
TITLES = [
    "Ferry strike called off after a night of talks",
    "Société du Port names its first woman pilot",
    "Rail bridge at Tern Hill closes until Friday",
    "School choir invited to sing at the border festival",
]


def titles(out: str) -> list[str]:
    return [line.split("\t")[2] for line in out.splitlines()]


def test_through_a_pipe_lines_are_plain_whole_and_tab_separated(filled: Desk) -> None:
    result = filled.run("list")
    assert result.lines[0] == f"2025-06-12T17:10:00+00:00\tnews.example\t{TITLES[0]}"
    assert titles(result.out) == TITLES


def test_long_adds_the_link(filled: Desk) -> None:
    assert filled.run("list", "--long").lines[0].split("\t")[3] == "https://news.example/articles/ferry-strike/11"


def test_reverse_and_limit(filled: Desk) -> None:
    assert titles(filled.run("list", "--reverse").out) == TITLES[::-1]
    assert titles(filled.run("list", "--limit", "2").out) == TITLES[:2]
    assert titles(filled.run("list", "--reverse", "--limit", "1").out) == TITLES[-1:]
    assert filled.run("list", "--limit", "0").out == ""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--since", "2025-06-12 16:00"], 2),
        (["--since", "2025-06-12"], 4),
        (["--since", "2025-06-13"], 0),
        (["--until", "2025-06-12"], 4),
        (["--until", "2025-06-11"], 0),
        (["--until", "2025-06-12 15:50"], 2),
        (["--since", "yesterday"], 0),
        (["--until", "2 days ago"], 4),
        (["--since", "6h"], 0),
    ],
)
def test_since_and_until(filled: Desk, arguments: list[str], expected: int) -> None:
    assert len(filled.run("list", *arguments).lines) == expected


def test_times_that_are_typed_are_meant_in_the_user_s_zone(filled: Desk) -> None:
    filled.environment = {"TZ": "Asia/Tokyo"}  # nine hours ahead: 17:10 in UTC is 2:10 the next day
    assert titles(filled.run("list", "--since", "2025-06-13 02:00").out) == TITLES[:1]
    assert "2025-06-13 02:10" in filled.on_terminal("list")
    filled.environment = {}
    filled.configure('timezone = "Asia/Tokyo"\n')
    assert titles(filled.run("list", "--since", "2025-06-13 02:00").out) == TITLES[:1]
    assert "2025-06-13 02:10" in filled.on_terminal("list")


def test_source(filled: Desk) -> None:
    filled.run("fetch", "page.html", "--url", "https://other.example/x", "--at", AT)
    assert len(filled.run("list").lines) == 8
    assert len(filled.run("list", "--source", "other.example").lines) == 4
    assert len(filled.run("list", "--source", "other.example", "--source", "news.example").lines) == 8
    assert filled.run("list", "--source", "none").out == ""


def test_json_is_what_is_stored(filled: Desk) -> None:
    assert sorted(filled.run("list", "--json").lines) == sorted(filled.stored())
    assert filled.run("list", "--articles", "--json").lines == filled.stored("articles")


def test_csv_has_a_header_and_every_field(filled: Desk) -> None:
    rows = list(csv.DictReader(io.StringIO(filled.run("list", "--csv").out)))
    assert [row["title"] for row in rows] == TITLES
    assert rows[0]["time"] == "2025-06-12T17:10:00+00:00"
    (article,) = csv.DictReader(io.StringIO(filled.run("list", "--csv", "--articles").out))
    assert article["body"].count("\n") == 2


def test_articles(filled: Desk) -> None:
    assert titles(filled.run("list", "--articles").out) == ["Bakers of the old town win the right to open before dawn"]


@pytest.mark.parametrize(
    "command",
    [
        "list",
        "list --new",
        "list -q",
        "search x",
        "search --new x",
        "tail",
        "stats",
        "export -o x.rss",
        "show abcdef",
        "history abcdef",
    ],
)
def test_no_archive_is_an_error(desk: Desk, command: str) -> None:
    feed = desk.save("x.rss", "a good feed\n")
    result = desk.run(*command.split(), status=2)
    assert result.out == ""
    assert result.err == f"ticker: no archive at {desk.archive}; create one with 'ticker fetch' or 'ticker import'\n"
    assert feed.read_text() == "a good feed\n"
    assert not desk.archive.exists()
    result = desk.run(*command.split(), "--archive", feed, status=2)
    assert result.err == f"ticker: the archive {feed} is not a folder\n"


def test_an_archive_with_nothing_in_it_is_none_the_less_one(desk: Desk) -> None:
    desk.archive.mkdir()
    assert desk.run("list") == Result(0, "", "")
    desk.run("search", "x", status=1)


def test_a_line_that_cannot_be_read_is_said_and_the_others_are_shown(filled: Desk) -> None:
    day = next((filled.archive / "headlines").rglob("*.jsonl"))
    with day.open("a", encoding="utf-8") as file:
        file.write("no json\n")
    result = filled.run("list", "-q")
    assert len(result.lines) == 4
    assert f"{day}:5: line skipped" in result.err


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_on_a_terminal_lines_fit_its_width(filled: Desk, columns: int) -> None:
    from rich.cells import cell_len

    shown = filled.on_terminal("list", columns=columns)
    lines = COLOUR.sub("", shown).splitlines()
    assert len(lines) == 4
    assert max(map(cell_len, lines)) <= columns
    assert all(line.startswith("2025-06-12 ") for line in lines)
    assert ("…" in lines[0]) == (columns < 80)


def test_wide_characters_are_cut_to_the_width_too(desk: Desk) -> None:
    from rich.cells import cell_len

    title = "首相が会見で経済対策を発表、来週の国会で補正予算案を審議する見通し"
    desk.save("page.html", PAGE_HTML.replace(TITLES[0], title))
    desk.run("fetch", "page.html", "--url", URL, "--at", AT)
    lines = COLOUR.sub("", desk.on_terminal("list", columns=60)).splitlines()
    assert "首相が会見で" in lines[0]
    assert cell_len(lines[0]) in (59, 60)


def test_colour_is_for_terminals_and_not_where_it_is_refused(filled: Desk) -> None:
    assert COLOUR.search(filled.on_terminal("list"))
    filled.environment = {"NO_COLOR": "1"}
    assert not COLOUR.search(filled.on_terminal("list"))
    assert not COLOUR.search(filled.on_terminal("search", "ferry"))
    filled.environment = {"TERM": "dumb"}
    assert not COLOUR.search(filled.on_terminal("list"))


@pytest.mark.parametrize(
    ("arguments", "environment", "piped", "on_terminal"),
    [
        ([], {}, False, True),
        (["--color=always"], {}, True, True),
        (["--color=never"], {"FORCE_COLOR": "1"}, False, False),
        ([], {"FORCE_COLOR": "1"}, True, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        (["--color=always"], {"NO_COLOR": "1", "TERM": "dumb"}, True, True),
        (["--color=auto"], {}, False, True),
    ],
)
def test_colour_as_asked_for(
    filled: Desk, arguments: list[str], environment: dict[str, str], piped: bool, on_terminal: bool
) -> None:
    filled.environment = environment
    plain = filled.run("search", "--color", "never", "ferry").out
    for command in (["search", "ferry"], ["list", "--long"], ["show", URL], ["history", URL]):
        assert bool(COLOUR.search(filled.run(*command, *arguments).out)) == piped, command
        assert bool(COLOUR.search(filled.run(*arguments, *command).out)) == piped, command
        assert bool(COLOUR.search(filled.on_terminal(*command, *arguments))) == on_terminal, command
    shown = filled.run("search", "ferry", *arguments).out
    assert COLOUR.sub("", shown) == plain
    assert ("\x1b[31m\x1b[1mFerry" in shown) == piped


def test_numbers_as_other_programs_take_them(filled: Desk) -> None:
    assert titles(filled.run("list", "-n", "2").out) == titles(filled.run("list", "-2").out) == TITLES[:2]
    assert titles(filled.run("search", "-n1", "ferry OR rail").out) == TITLES[:1]
    assert titles(filled.run("tail", "-2").out) == TITLES[:2][::-1]
    for age in ("-2h", "-2 days", "-1w"):
        assert filled.run("list", "--since", age).out == ""
        assert len(filled.run("list", "--until", age).lines) == 4


def test_what_a_title_holds_cannot_steer_the_terminal(filled: Desk) -> None:
    day = next((filled.archive / "headlines").rglob("*.jsonl"))
    evil = json.loads(filled.stored()[0]) | {"title": "red \x1b[31m\x07 \x9b5m\ttab\nline", "id": "0" * 16, "url": None}
    with day.open("a", encoding="utf-8") as file:
        file.write(json.dumps(evil) + "\n")
    for shown in (COLOUR.sub("", filled.on_terminal("list", columns=200)), filled.run("list").out):
        assert len(shown.splitlines()) == 5
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
    assert all(len(line.split("\t")) == 3 for line in filled.run("list").lines)
    assert "\x1b[31m" not in filled.on_terminal("show", "000000")


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["societe"], 1),
        (["SOCIÉTÉ"], 1),
        (["pilot", "port"], 1),
        (["pilot port"], 1),
        (['"woman pilot"'], 1),
        (['"pilot woman"'], 0),
        (["closes", "choir"], 0),
        (["-e", "F(erry|riday)"], 2),
        (["-e", "ferry"], 0),
        (["-e", "-i", "ferry"], 1),
        (["-F", "Hill closes"], 1),
        (["-F", "hill closes"], 0),
        (["-F", "-i", "hill closes"], 1),
        (["-s", "ferry"], 0),
        (["-s", "Ferry"], 1),
        (["ferry", "--source", "other.example"], 0),
        (["ferry", "--since", "2025-06-12 17:00"], 1),
        (["handcarts"], 0),
        (["--articles", "handcarts"], 1),
        (["--articles", "bakers dawn"], 1),
    ],
)
def test_search(filled: Desk, arguments: list[str], found: int) -> None:
    result = filled.run("search", *arguments, status=0 if found else 1)
    assert len(result.lines) == found


def test_the_match_is_highlighted(filled: Desk) -> None:
    shown = filled.on_terminal("search", "societe", "pilot")
    assert "\x1b[31m\x1b[1mSociété\x1b[0m du Port" in shown
    assert "\x1b[31m\x1b[1mpilot\x1b[0m" in shown


def test_search_fails_with_2_as_grep_does(filled: Desk) -> None:
    filled.run("search", "-e", "[", status=2)
    filled.run("search", "--since", "never", "x", status=2)
    (filled.archive / "format.json").write_text('{"format": "ticker-archive", "version": 99}', encoding="utf-8")
    assert "99" in filled.run("search", "ferry", status=2).err


def test_show_by_id_and_by_address(filled: Desk) -> None:
    stored = json.loads(filled.stored()[-1])
    by_id = filled.run("show", stored["id"]).out
    assert by_id == filled.run("show", stored["id"][:8]).out == filled.run("show", stored["url"]).out
    assert stored["title"] in by_id
    assert stored["url"] in by_id
    assert "17:10" in by_id


def test_show_an_article_whole(filled: Desk) -> None:
    body = json.loads(filled.stored("articles")[0])["body"]
    piped = filled.run("show", URL).out
    assert all(paragraph in piped.splitlines() for paragraph in body.split("\n"))
    shown = COLOUR.sub("", filled.on_terminal("show", URL, columns=50))
    prose = [line for line in shown.splitlines() if not re.match(r"(link|page) ", line)]
    assert max(map(len, prose)) <= 50
    assert body.replace("\n", " ") in re.sub(r"\s+", " ", shown)


def test_show_json(filled: Desk) -> None:
    assert filled.run("show", URL, "--json").lines == filled.stored("articles")


def test_show_what_is_not_there(filled: Desk) -> None:
    for what, status in (("ffffffff", 1), ("https://news.example/none", 1), ("abc", 2), ("", 2)):
        result = filled.run("show", what, status=status)
        assert result.err.startswith("ticker: ")
        assert len(result.err.splitlines()) == 1


def test_show_tells_of_a_line_that_cannot_be_read_once(filled: Desk) -> None:
    wanted = json.loads(filled.stored()[-1])["id"]
    day = next((filled.archive / "headlines").rglob("*.jsonl"))
    with day.open("a", encoding="utf-8") as file:
        file.write('{"time": "2025-06-12T')
    assert len(filled.run("show", wanted).err.splitlines()) == 1


def test_a_source_of_which_there_is_nothing_is_named(filled: Desk) -> None:
    filled.run("sources", "add", "https://gazette.example/")
    hint = f"ticker: {filled.archive} has no headlines of the source 'gazete.example'; did you mean gazette.example?\n"
    assert filled.run("list", "--source", "gazete.example").err == hint
    assert filled.run("search", "x", "--source", "gazete.example", status=1).err == hint
    assert filled.run("list", "--source", "nothing", "--articles").err.endswith(
        " has no articles of the source 'nothing'; 'ticker sources list' shows the configured ones\n"
    )
    assert filled.run("list", "--source", "news.example", "--since", "1h").err == ""
    assert filled.run("list", "--source", "gazete.example", "--quiet").err == ""


def test_show_tells_the_history(desk: Desk, newspaper: Newspaper) -> None:
    for edition in (0, 1, 2):
        newspaper.edition = edition
        desk.run("fetch", newspaper.url, "--timezone", newspaper.zone)
    lines = [json.loads(line) for line in desk.stored()]
    (revision,) = (line for line in lines if line.get("revises"))
    shown = desk.run("show", revision["id"]).out
    assert "2 versions" in shown
    assert "until Thursday" in shown
    assert shown.startswith("Rail bridge at Tern Hill closes until Friday for inspection")
    narrow = COLOUR.sub("", desk.on_terminal("show", revision["id"], columns=60))
    assert "until Thursday" in re.sub(r"\s+", " ", narrow)
    assert max(len(line) for line in narrow.splitlines() if not re.match(r"(link|page) ", line)) <= 60
    article = desk.run("show", newspaper.url).out
    assert "2 versions" in article
    assert "turned round" in article
    assert "(paragraphs: 2 new, 1 gone)" in article


@pytest.mark.parametrize("word", "Ferry night talks Société Port pilot Rail Hill Friday festival".split())
def test_search_and_grep_agree(filled: Desk, word: str) -> None:
    grep = subprocess.run(
        ["grep", "-rhw", word, filled.archive / "headlines"], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"}
    )
    found = grep.stdout.decode().splitlines()
    assert sorted(filled.run("search", "-s", "--json", word).lines) == sorted(found)


@pytest.mark.parametrize(("columns", "indent"), [(20, 2), (70, 13), (120, 18)])
def test_a_link_is_no_further_in_than_it_fits(filled: Desk, columns: int, indent: int) -> None:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", filled.on_terminal("list", "--long", "--limit=1", columns=columns))
    link = shown.splitlines()[1]
    assert len(link) - len(link.lstrip()) == indent


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["ferry OR choir"], [0, 3]),
        (["ferry", "OR", "choir"], [0, 3]),
        (["closes -ferry"], [2]),
        (["closes NOT friday"], []),
        (["--", "-closes", "-ferry"], [1, 3]),
        (["(ferry OR choir) talks"], [0]),
        (["cho*"], [3]),
        (["-s", "Soc*"], [1]),
        (["source:news.example ferry"], [0]),
        (["ferry source:other OR source:news.* choir"], [3]),
        (["section:latest bridge"], [2]),
        (['"tern hill closes" OR "off after"'], [0, 2]),
    ],
)
@pytest.mark.parametrize("index", [[], ["--no-index"]])
def test_queries(filled: Desk, arguments: list[str], found: list[int], index: list[str]) -> None:
    result = filled.run("search", *index, *arguments, status=0 if found else 1)
    assert titles(result.out) == [TITLES[number] for number in found]
    assert result.err == ""


def test_decomposed_titles_are_found_and_phrases_pass_over_hyphens(filled: Desk) -> None:
    day = next((filled.archive / "headlines").rglob("*.jsonl"))
    line = json.loads(filled.stored()[0])
    with day.open("a", encoding="utf-8") as file:
        for number, title in enumerate(("Le président élu parle", "A state-of-the-art Covid-19 lab")):
            title = unicodedata.normalize("NFD", title)
            new = line | {"title": title, "id": f"{number:016x}", "url": None}
            file.write(json.dumps(new, ensure_ascii=False) + "\n")
    for arguments in (["-s", "président"], ["-F", "ésident él"], ["-F", "-i", "ÉSIDENT ÉL"], ["-e", "pr.sident [é]lu"]):
        assert len(filled.run("search", *arguments).lines) == 1, arguments
        assert len(filled.run("search", "--no-index", *arguments).lines) == 1, arguments
        assert "\x1b[31m\x1b[1m" in filled.on_terminal("search", *arguments)
    assert len(filled.run("search", '"covid 19"').lines) == 1
    assert len(filled.run("search", '"state of the art"').lines) == 1


def hints(desk: Desk, *arguments: str) -> list[str]:
    shown = desk.on_terminal("search", *arguments, out=False, status=1)
    return [line.removeprefix("ticker: ") for line in COLOUR.sub("", shown).splitlines()]


def test_where_nothing_is_found_a_terminal_shows_what_might_help(filled: Desk) -> None:
    assert hints(filled, "fer") == ["only whole words match; to match longer words, too: ticker search 'fer*'"]
    assert hints(filled, "fer stri -choir") == [
        "only whole words match; to match longer words, too: ticker search 'fer* stri* -choir'"
    ]
    there = "there is a source news.example; to list its headlines: ticker list --source news.example"
    assert hints(filled, "source:news ferry") == [there]
    assert hints(filled, "example") == [there]
    assert hints(filled, "-q", "fer") == hints(filled, "absent") == hints(filled, "-F", "xyz") == []
    assert filled.run("search", "fer", status=1).err == ""
    assert "did you mean news.example?" in filled.run("list", "--source", "example").err


def many(desk: Desk, count: int) -> None:
    line = json.loads(desk.stored()[0])
    year = datetime.now(UTC).year
    path = desk.archive / "headlines" / str(year) / f"{year}-01-01.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            new = {
                "time": f"{year}-01-01T{number // 60:02}:{number % 60:02}:00+00:00",
                "title": f"Title {number} is so long that it does not fit into a line of sixty cells",
                "source": "www.gazette.example",
                "id": f"{number:016x}",
                "url": f"https://www.gazette.example/articles/a-long-slug-{number}",
            }
            file.write(json.dumps(line | new) + "\n")


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_titles_have_room_and_ids_stay_whole(filled: Desk, columns: int) -> None:
    many(filled, 3)
    lines = COLOUR.sub("", filled.on_terminal("list", "-n3", columns=columns)).splitlines()
    assert all(re.match(r"01-01 00:0\d  gazette\.example  Title \d", line) for line in lines)
    assert max(map(len, lines)) <= columns
    shown = COLOUR.sub("", filled.on_terminal("list", "-n1", "--long", columns=columns)).splitlines()[1]
    assert shown.split() == ["0000000000", "https://www.gazette.example/articles/a-long-slug-2"]
    assert len(shown) - len(shown.lstrip()) + 10 <= columns
    stored = json.loads(filled.stored()[0])
    assert filled.run("show", stored["id"][:10]).out == filled.run("show", stored["id"]).out
    assert filled.run("history", stored["id"][:10]).out == filled.run("history", stored["id"]).out


def test_more_than_a_screen_goes_through_the_pager(filled: Desk) -> None:
    many(filled, 40)
    pager = filled.save("pager", '#!/bin/sh\necho "PAGER $LESS" >> used\nexec cat\n')
    pager.chmod(0o755)
    filled.environment = {"PAGER": str(pager)}
    for command in (["list"], ["search", "title"]):
        shown = COLOUR.sub("", filled.on_terminal(*command))
        assert (filled.folder / "used").read_text() == "PAGER FRX\n", command
        (filled.folder / "used").unlink()
        assert [line for line in shown.splitlines() if "Title" in line] == shown.splitlines()[:40]
    for command in (["list", "-n", "20"], ["tail", "-30"], ["list", "--new"]):
        filled.on_terminal(*command)
        assert not (filled.folder / "used").exists(), command
    filled.run("list")
    assert not (filled.folder / "used").exists()
    filled.environment = {"PAGER": "head -1"}
    assert len(filled.on_terminal("list").splitlines()) == 1
    filled.environment = {"PAGER": "cat"}
    assert len(filled.on_terminal("list").splitlines()) == 44
