"""Records with impossible future dates: sorted by when they were seen, without gaps."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cli.desk import AT, URL, Desk
from tests.cli.shifted_clock import set_clock

NOW = datetime.now(UTC).replace(microsecond=0)
FAR = "2941-06-12T17:10:00+00:00"  # its day file sorts after all others


def hours_ago(hours: float) -> str:
    return (NOW - timedelta(hours=hours)).isoformat()


def line(title: str, time: str | None, seen: str, **more: Any) -> dict[str, Any]:
    url = f"https://n.example/{title.replace(' ', '-')}"
    return {"time": time, "source": "daily", "title": title, "url": url, "seen": seen, "page": url, **more}


HEADLINES = [
    line("Oldest", hours_ago(50), hours_ago(50)),
    line("Before", hours_ago(30), hours_ago(30)),
    line("From afar", FAR, hours_ago(20)),
    line("After", hours_ago(10), hours_ago(10)),
    line("Soon", hours_ago(-25), hours_ago(0)),  # the present, read in the wrong timezone
]
ORDER = ["Soon", "After", "From afar", "Before", "Oldest"]


@pytest.fixture(params=["headlines", "articles"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def desk_with(desk: Desk, kind: str) -> Desk:
    """Return a desk whose archive has a record of ``kind`` from a page with a wrong clock."""
    more = {"body": "A text."} if kind == "articles" else {}
    desk.run("import", "-", stdin="\n".join(json.dumps(each | more) for each in HEADLINES).encode())
    assert len(list((desk.archive / kind / "2941").iterdir())) == 1
    return desk


def titles(desk: Desk, *arguments: str, kind: str) -> list[str]:
    option = ["--articles"] if kind == "articles" else []
    return [json.loads(each)["title"] for each in desk.run(*arguments, *option, "--json").lines]


def test_it_takes_the_place_of_when_it_was_seen(desk_with: Desk, kind: str) -> None:
    assert titles(desk_with, "list", kind=kind) == ORDER
    assert titles(desk_with, "list", "--reverse", kind=kind) == ORDER[::-1]
    assert titles(desk_with, "list", "--limit", "3", kind=kind) == ORDER[:3]
    assert titles(desk_with, "list", "--since", "24h", kind=kind) == ORDER[:3]
    assert titles(desk_with, "list", "--until", "15h", "--reverse", kind=kind) == ["Oldest", "Before", "From afar"]
    assert titles(desk_with, "list", "--source", "daily", kind=kind) == ORDER
    assert titles(desk_with, "search", "from", kind=kind) == ["From afar"]
    assert titles(desk_with, "search", "-e", "^[A-Z]", "--no-index", kind=kind) == ORDER
    assert titles(desk_with, "search", "--until", "22h", "-e", "from|before", "-i", kind=kind) == ["Before"]
    assert titles(desk_with, "tail", "-n", "3", kind=kind) == ORDER[:3][::-1]
    assert titles(desk_with, "list", "--new", kind=kind) == ORDER
    assert titles(desk_with, "list", "--new", kind=kind) == []


def test_it_shows_when_it_was_seen_and_stays_as_it_is_stored(desk_with: Desk, kind: str) -> None:
    option = ["--articles"] if kind == "articles" else []
    for shown in (desk_with.run("list", *option).lines, desk_with.run("list", "--long", *option).lines):
        (row,) = (each for each in shown if "From afar" in each)
        assert row.startswith(hours_ago(20))
    assert FAR in desk_with.run("list", "--json", *option).out
    assert "2941" not in desk_with.run("export", "--format", "atom", *option).out
    assert "5 lines in " in desk_with.run("verify").err


def test_a_line_of_the_far_day_that_comes_later_is_new(desk_with: Desk, kind: str) -> None:
    assert len(titles(desk_with, "list", "--new", kind=kind)) == 5
    more = {"body": "A text."} if kind == "articles" else {}
    desk_with.run("import", "-", stdin=json.dumps(line("Also far", FAR, hours_ago(1)) | more).encode())
    assert titles(desk_with, "list", "--new", kind=kind) == ["Also far"]


def test_stats_know_no_gap_of_centuries(desk: Desk) -> None:
    lines = [line(f"Number {hour}", hours_ago(hour), hours_ago(hour)) for hour in range(0, 15 * 24, 3)]
    lines.append(line("From afar", FAR, hours_ago(20)))
    desk.run("import", "-", stdin="\n".join(map(json.dumps, lines)).encode())
    found = json.loads(desk.run("stats", "--json").out)
    assert found["gaps"] == []
    assert found["last"] == hours_ago(0)
    assert found["headlines"] == len(lines)
    assert not any(each["day"].startswith("2941") for each in found["days"])


def test_where_the_machine_s_clock_is_behind_all_is_as_ever(desk: Desk) -> None:
    """The archive must not be read into memory, although all dates are in the future."""
    lines = [line(f"Number {n} {'long ' * 99}", hours_ago(n), hours_ago(n)) for n in range(8000)]
    lines.append(line("From afar", FAR, hours_ago(20)))
    desk.run("import", "-", stdin="\n".join(map(json.dumps, lines)).encode())
    set_clock(desk, timedelta(days=-20000))
    assert titles(desk, "list", "--limit", "2", kind="headlines") == ["From afar", lines[0]["title"]]
    set_clock(desk, timedelta())
    assert titles(desk, "list", "--limit", "1", kind="headlines") == [lines[0]["title"]]


PAGE = """<html><head><title>Ferries</title>
<script type="application/ld+json">
{"@type": "NewsArticle", "headline": "A ferry from afar", "datePublished": "%s"}
</script>
</head><body><article><h1>A ferry from afar</h1><p>%s</p></article>
<h2>Latest news</h2><ul>%s</ul></body></html>"""


def test_a_page_s_times_from_afar_are_stored_as_unknown(desk: Desk) -> None:
    entries = "".join(
        f'<li><time datetime="{time}">{time}</time> <a href="/articles/{number}">{title}</a></li>'
        for number, (time, title) in enumerate(
            [
                ("2025-06-12T17:10:00+00:00", "A bridge closes for an inspection in the night"),
                ("2025-06-12T16:10:00+00:00", "Seed potatoes become dearer in all of the country"),
                ("2041-06-12T15:10:00+00:00", "A harbour plans its anniversary for a later time"),
            ]
        )
    )
    text = "The ferry that was announced will come to the harbour later than it was said at first. " * 5
    desk.save("page.html", PAGE % ("2041-06-12T15:10:00+00:00", text, entries))
    desk.run("fetch", "page.html", "--url", URL, "--at", AT, "--timezone", "UTC")
    stored = [*map(json.loads, desk.stored("articles")), *map(json.loads, desk.stored())]
    assert stored[0]["published"] is None
    assert all(each["time"] is None or each["time"].startswith("2025-06-12") for each in stored)
    assert not list(desk.archive.glob("*/2041"))
