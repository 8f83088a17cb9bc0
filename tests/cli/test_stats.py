"""Tests of ``ticker stats``: terminal, pipe, JSON and SVG."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.desk import AT, URL, Desk
from ticker.errors import install_hint

COLOUR = re.compile(r"\x1b\[[0-9;]*m|\r\x1b\[K|\r.*?\r\x1b\[K")


@pytest.fixture
def months(desk: Desk) -> Desk:
    """Return a desk with 90 days of two sources: one ends three weeks ago, one has a topic in the last week."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    for back in range(90):
        for hour in range(0, 24, 2):
            moment = now - timedelta(days=back, hours=hour)
            for source in ("gazette", "walaw") if back > 21 else ("gazette",):
                number = back * 100 + hour
                quake = (" earthquake" if back < 7 and hour < 8 else "") + (" eclipse" * (back == 0 and hour < 12))
                fields = {
                    "time": moment.isoformat(),
                    "source": source,
                    "title": f"Council meets again{quake} x{number}y",
                    "id": f"{number:08x}{source:.>8}",
                }
                day = desk.archive / "headlines" / f"{moment:%Y}" / f"{moment:%Y-%m-%d}.jsonl"
                day.parent.mkdir(parents=True, exist_ok=True)
                with day.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(fields) + "\n")
    return desk


def rows(desk: Desk, *arguments: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for line in desk.run("stats", *arguments).lines:
        kind, *fields = line.split("\t")
        found.setdefault(kind, []).append(fields)
    return found


def test_through_a_pipe_lines_are_fields(months: Desk) -> None:
    found = rows(months)
    listed = [line.split("\t") for line in months.run("list").lines]
    assert found["all"] == [[listed[-1][0], listed[0][0], str(len(listed))]]
    assert sum(int(count) for _, count in found["day"]) == len(listed)
    assert [hour for hour, _ in found["hour"]] == [f"{hour:02}" for hour in range(24)]
    assert [name for name, _ in found["weekday"]][::6] == ["Monday", "Sunday"]
    assert [(row[0], int(row[1])) for row in found["source"]] == [("gazette", 1080), ("walaw", 816)]
    (gap,) = found["gap"]
    assert (gap[0], gap[1], gap[2]) == ("walaw", found["source"][1][3], "")
    assert float(gap[3]) == pytest.approx(22 * 24, abs=3)
    assert found["word"][0][:4] == ["earthquake", "28", "1", "0"]
    assert {word for word, *_ in found["word"]} <= {"earthquake", "eclipse"}


def test_json_says_the_same(months: Desk) -> None:
    found, told = rows(months), json.loads(months.run("stats", "--json").out)
    assert [told["first"], told["last"], str(told["headlines"])] == found["all"][0]
    assert [[each["day"], str(each["count"])] for each in told["days"]] == found["day"]
    assert [str(count) for count in told["hours"]] == [count for _, count in found["hour"]]
    assert [[name, str(count)] for name, count in told["weekdays"].items()] == found["weekday"]
    assert [each["source"] for each in told["sources"]] == ["gazette", "walaw"]
    assert [each["until"] for each in told["gaps"]] == [None]
    assert [each["word"] for each in told["rising"]["words"]] == [row[0] for row in found["word"]]
    assert told["rising"]["until"] == told["last"]


def test_filters_are_those_of_list_and_search(months: Desk) -> None:
    for arguments in (["--source", "walaw"], ["--since", "30 days ago"], ["--until", "40 days ago", "--no-index"]):
        assert rows(months, *arguments)["all"][0][2] == str(len(months.run("list", *arguments).lines))
    for arguments in (["earthquake"], ["-F", "quake"], ["-e", "x.*0y$", "--source", "gazette"]):
        found = rows(months, *arguments)
        assert found["all"][0][2] == str(len(months.run("search", *arguments).lines))
        assert "gap" not in found


def test_articles_are_counted_too(filled: Desk) -> None:
    filled.run("fetch", "page.html", "--url", URL.replace("news", "other"), "--at", AT)
    assert json.loads(filled.run("stats", "--articles", "--json").out)["articles"] == 2
    assert json.loads(filled.run("stats", "--articles", "handcarts", "--json").out)["articles"] == 2


def test_the_clock_is_the_source_s_or_the_one_that_is_named(filled: Desk) -> None:
    def busy(*arguments: str) -> set[str]:
        return {hour for hour, count in rows(filled, *arguments)["hour"] if int(count)}

    assert "17" in busy()
    assert "02" in busy("--timezone", "Asia/Tokyo")
    assert "17" not in busy("--timezone", "Asia/Tokyo")
    assert "'Mars/One'" in filled.run("stats", "--timezone", "Mars/One", status=2).err


@pytest.mark.parametrize("columns", [40, 61, 100])
def test_on_a_terminal_it_fits(months: Desk, columns: int) -> None:
    from rich.cells import cell_len

    shown = months.on_terminal("stats", columns=columns)
    assert "\x1b[1m" in shown
    lines = COLOUR.sub("", shown).splitlines()
    assert max(map(cell_len, lines)) <= columns
    assert lines[0] == "1,896 headlines of 2 sources"
    assert any(set(line.strip()) & set("▁▂▃▄▅▆▇█") for line in lines)
    assert [line for line in lines if re.match("  walaw {1,2}since ", line)]
    assert [line for line in lines if re.match("  earthquake(  |: )28 headlines of 1", line)]


def test_few_days_have_a_bar_each(months: Desk) -> None:
    shown = COLOUR.sub("", months.on_terminal("stats", "--since", "5 days ago", "--until", "3 days ago"))
    assert len(re.findall(r"^  \d{4}-\d\d-\d\d \w{3}  +\d+ [█▏▎▍▌▋▊▉]+$", shown, re.MULTILINE)) in (2, 3)


def test_colour_and_blocks_are_for_who_can_show_them(months: Desk) -> None:
    months.environment = {"NO_COLOR": "1"}
    assert "\x1b[1m" not in months.on_terminal("stats", "-q")
    months.environment = {"NO_COLOR": "1", "PYTHONIOENCODING": "ascii"}
    shown = months.on_terminal("stats", "-q")
    assert "####" in shown
    assert shown.isascii()


def test_words_can_rise_within_a_day(months: Desk) -> None:
    (risen,) = rows(months, "--rising", "day")["word"]
    assert risen[:4] == ["eclipse", "6", "1", "0"]


def test_a_picture(months: Desk) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    months.environment = {"MPLCONFIGDIR": str(months.folder)}
    assert months.run("stats", "--plot", "out.svg", "--json").out
    assert ElementTree.parse(months.folder / "out.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"
    months.run("stats", "earthquake", "--plot", "out.png")
    assert (months.folder / "out.png").read_bytes().startswith(b"\x89PNG")
    assert not list(months.folder.glob(".out*"))


def test_a_picture_without_matplotlib_says_what_to_install(filled: Desk) -> None:
    filled.save("matplotlib.py", "raise ModuleNotFoundError('No module named matplotlib', name='matplotlib')\n")
    filled.environment = {"PYTHONPATH": os.pathsep.join([str(filled.folder), filled.variables()["PYTHONPATH"]])}
    result = filled.run("stats", "--plot", "out.svg", status=2)
    assert result.err == f"ticker: --plot needs matplotlib: {install_hint('matplotlib')}\n"
    assert "'pipx inject newsticker matplotlib'" in result.err
    assert f"'{sys.executable} -m pip install matplotlib'" in result.err
    result = filled.run("stats", "--plot", "out.txt", status=2)
    assert result.err == "ticker: invalid --plot 'out.txt': unknown extension; use .svg or .png\n"
    assert not list(filled.folder.glob("*out.*"))


def test_a_misdated_headline_makes_no_days(filled: Desk) -> None:
    for year in ("1970", "9999"):
        day = filled.archive / "headlines" / year / f"{year}-01-02.jsonl"
        day.parent.mkdir()
        fields = {"time": f"{year}-01-02T10:00:00+00:00", "source": "far", "title": "Far off", "id": "0" * 12 + year}
        day.write_text(json.dumps(fields) + "\n", encoding="utf-8")
    found = rows(filled)
    assert [row[0] for row in found["day"]][:: len(found["day"]) - 1] == ["1970-01-02", "9999-01-02"]
    assert all(int(count) for _, count in found["day"])
    assert len(json.loads(filled.run("stats", "--json").out)["days"]) == len(found["day"])
    assert len(filled.on_terminal("stats").splitlines()) < 60
    result = filled.run("stats", "--plot", "x.svg", status=None)
    assert result.status == 0 or re.fullmatch("ticker: cannot plot these headlines .*\n", result.err)


def test_a_picture_that_cannot_be_written_is_named(filled: Desk) -> None:
    result = filled.run("stats", "--plot", "/nowhere/x.svg", status=2)
    assert result.err == "ticker: cannot write /nowhere/x.svg: No such file or directory\n"


def test_narrow_terminals_lose_nothing(months: Desk) -> None:
    shown = COLOUR.sub("", months.on_terminal("stats", columns=30))
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= 30


def test_nothing_to_count(desk: Desk) -> None:
    desk.archive.mkdir()
    result = desk.run("stats", "--json")
    assert json.loads(result.out)["headlines"] == 0
    assert result.err == ""
    assert "no headlines" in desk.on_terminal("stats")
    assert rows(desk)["all"] == [["", "", "0"]]


def test_a_line_that_cannot_be_read_is_said(filled: Desk) -> None:
    day = next((filled.archive / "headlines").rglob("*.jsonl"))
    with day.open("a", encoding="utf-8") as file:
        file.write("no json\n")
    result = filled.run("stats", "--json")
    assert json.loads(result.out)["headlines"] == 4
    assert f"{day}:5: line skipped" in result.err


def test_names_of_sources_cannot_break_a_row(desk: Desk) -> None:
    day = desk.archive / "headlines" / "2025" / "2025-06-12.jsonl"
    day.parent.mkdir(parents=True)
    fields = {"time": "2025-06-12T17:10Z", "title": "t", "source": "a\tb\x1b[31m"}
    day.write_text(json.dumps(fields) + "\n", encoding="utf-8")
    (row,) = csv.reader([line for line in desk.run("stats").lines if line.startswith("source")], delimiter="\t")
    assert row[1:3] == ["a b [31m", "1"]
    assert Path(day).exists()


@pytest.mark.parametrize(
    "harm",
    [
        ('"section": null}', '"section": nul}'),
        ('"section": null}', '"section": "}'),
        ('"section": null}', '"section": null} {}'),
        ('"precision": "minute"', '"precision": "second"'),
        ('"seen": "2025-06-12', '"seen": "2025-06-31'),
        ('"time_text": "', '"time_text": "\xff'),
        ('"title": "Sound"', '"title": "\u3000"'),
        ('"title": "Sound"', '"title": "Sound", "title": 3'),
    ],
)
def test_what_cannot_be_read_to_its_end_is_not_counted(desk: Desk, harm: tuple[str, str]) -> None:
    sound = '{"time": "2025-06-12T17:10:00+01:00", "title": "Sound", "source": "daily", "url": "https://n.example/1"}'
    desk.run("import", "-", stdin=sound.encode())
    (line,) = desk.stored()
    (day,) = desk.archive.glob("headlines/*/*.jsonl")
    assert harm[0] in line
    broken = line.replace(*harm)
    day.write_bytes(f"{line}\n{broken}\n".encode("latin-1" if "\xff" in broken else "utf-8"))
    done = desk.run("stats", "--json")
    assert json.loads(done.out)["headlines"] == 1
    assert done.err.startswith(f"ticker: {day}:2: line skipped: ")
    assert len(done.err.splitlines()) == 1
    assert len(desk.run("list").lines) == 1
