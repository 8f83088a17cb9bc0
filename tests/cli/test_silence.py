"""Warnings about sources without headlines, and about pages whose timezone is a guess."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.desk import Desk
from tests.servers import Reply, Server, redirect, serve
from ticker.fetch_state import FetchHistory

QUICK = "[fetching]\npause = 0\nretries = 0\nignore_robots = true\n"
TITLES = [
    "Harbour crane stops for repairs",
    "Mayor opens the new footbridge",
    "Library extends its winter hours",
    "Two trams collide without injuries",
    "Bakers vote on a price rise",
]
ARTICLE = "<article><h1>Harbour crane stops for repairs</h1>" + "".join(
    f"<p>Sentence {n} of the report tells what the crane drivers said about the chain and the wind at the quay.</p>"
    for n in ("one", "two", "three", "four", "five", "six")
)
CONSENT = (
    "<html lang='de'><head><title>Bevor Sie fortfahren</title></head><body><main><h1>Bevor Sie fortfahren</h1>"
    "<p>Wir und unsere 812 Partner speichern Informationen auf einem Endgerät, wie Cookies, und verarbeiten "
    "personenbezogene Daten, um personalisierte Werbung zu zeigen.</p><p>Ihre Einwilligung können Sie jederzeit "
    "widerrufen; Näheres steht in der Datenschutzerklärung.</p><p>Einige Partner berufen sich auf ein berechtigtes "
    "Interesse, dem Sie in den Cookie-Einstellungen widersprechen können.</p><button>Alle akzeptieren</button></main>"
)
CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><h1>news.example</h1><p>Verifying you are human. This may "
    "take a few seconds.</p><p>news.example needs to review the security of your connection before proceeding.</p>"
)


def page(name: str = "ticker", *, before: str = "", zoned: bool = True) -> str:
    """Return a page with recent headlines; unless ``zoned``, their times have no date and no timezone."""
    start = datetime.now(UTC).replace(microsecond=0)
    rows = ""
    for n, title in enumerate(TITLES):
        moment = start - timedelta(minutes=7 * n + 1)
        attribute = f" datetime='{moment.isoformat()}'" if zoned else ""
        rows += f"<li><time{attribute}>{moment:%H:%M}</time> <a href='/a/{n}'>{title}</a></li>"
    return (
        f"<html lang='en'><head><title>Lamp</title></head><body>{before}<h2>Latest</h2><ul class='{name}'>{rows}</ul>"
    )


@pytest.fixture
def routes() -> dict[str, object]:
    return {}


@pytest.fixture
def server(routes: dict[str, object]) -> Iterator[Server]:
    with serve(
        {"/news": lambda request: routes["/news"], "/wall": CONSENT, "/other": f"<html><body>{ARTICLE}"}
    ) as running:  # type: ignore[dict-item]
        yield running


def configure(desk: Desk, server: Server, more: str = "") -> None:
    desk.configure(QUICK + f'[[source]]\nname = "lamp"\nurl = "{server.url("/news")}"\n' + more)


SELECTORS = "selectors = { entry = 'ul.ticker > li', time = 'time', title = 'a' }\n"
GONE: dict[str, tuple[Callable[[], object], str, str]] = {
    "consent": (lambda: CONSENT, "", "a consent page"),
    "consent elsewhere": (lambda: redirect("/wall"), "", "a consent page"),
    "challenge": (lambda: CHALLENGE, "", "a challenge page"),
    "login": (
        lambda: "<html><head><title>Sign in</title></head><body><h1>Sign in</h1><form><input type='password'></form>",
        "",
        "a login page",
    ),
    "selector": (
        lambda: page("stream-v2", before=ARTICLE),
        SELECTORS,
        "nothing on the page is found by the selector for entry 'ul.ticker > li'",
    ),
    "rebuilt, with an article": (lambda: f"<html><body>{ARTICLE}", "", "the site was rebuilt, or shows another page"),
    "rebuilt, with nothing": (lambda: "<html><body><div id='app'></div>", "", "the site was rebuilt"),
}


@pytest.mark.parametrize("name", GONE)
def test_a_source_that_gives_no_headlines_any_more(
    desk: Desk, server: Server, routes: dict[str, object], name: str
) -> None:
    answer, more, reason = GONE[name]
    configure(desk, server, more)
    routes["/news"] = page()
    assert desk.run("fetch").err == "1 source, 5 headlines, 5 new\n"
    assert desk.run("status", "-q").out == ""
    routes["/news"] = answer()
    first = desk.run("fetch", status=None)
    assert first.err.startswith("ticker: lamp: ") and len(first.err.splitlines()) == 2
    assert "1 run in a row" not in first.err
    assert reason in first.err or "neither an article nor headlines found" in first.err
    assert "lamp" not in desk.run("status", "-q", status=None).out
    second = desk.run("fetch", status=None)  # no backoff: the server answers
    assert second.err.startswith("ticker: lamp: ") and "skipped" not in second.err
    told = desk.run("status", "-q", status=1).out
    assert told.startswith("lamp: no headlines since ") and f"in 2 runs in a row; likely reason: {reason}" in told
    assert told.endswith("; to see how the page is parsed: ticker sources check lamp --explain\n")
    desk.run("fetch", "-q", status=None)
    assert "in 3 runs in a row" in desk.run("status", "--json", status=1).out
    assert len(desk.stored()) == 5
    assert not desk.stored("articles") or "article" in name or name == "selector"
    routes["/news"] = page()
    assert desk.run("fetch").err == "1 source, 5 headlines, 0 new\n"
    assert desk.run("status", "-q").out == ""


@pytest.mark.parametrize("wall", [CONSENT, CHALLENGE])
def test_a_wall_is_stored_as_no_article(desk: Desk, server: Server, routes: dict[str, object], wall: str) -> None:
    routes["/news"] = wall
    desk.configure(QUICK)
    told = desk.run("fetch", server.url("/news"), status=1).err
    assert "consent page" in told or "challenge page" in told
    saved = desk.save("saved.html", wall)
    desk.run("fetch", saved, status=1)
    assert json.loads(desk.run("parse", saved, status=None).out)["article"] is None
    assert desk.stored("articles") == []


def test_a_page_that_is_unchanged_since_it_showed_none(desk: Desk, server: Server, routes: dict[str, object]) -> None:
    configure(desk, server)
    routes["/news"] = page()
    desk.run("fetch")
    routes["/news"] = Reply(body=f"<html><body>{ARTICLE}", headers={"ETag": '"1"'})
    desk.run("fetch")
    routes["/news"] = Reply(304, headers={"ETag": '"1"'})
    assert "lamp: no headlines since " in desk.run("fetch").err
    assert "lamp: no headlines since " in desk.run("status", "-q", status=1).out


def test_where_the_address_leads_to_is_the_likely_reason(desk: Desk, server: Server, routes: dict[str, object]) -> None:
    configure(desk, server)
    routes["/news"] = page()
    desk.run("fetch")
    routes["/news"] = redirect("/other")
    assert f"likely reason: its address leads to {server.url('/other')}" in desk.run("fetch").err


def test_selectors_that_find_nothing_beside_what_is_found(
    desk: Desk, server: Server, routes: dict[str, object]
) -> None:
    routes["/news"] = page()
    configure(desk, server, "selectors = { entry = 'ul.ticker > li', time = '.hour', body = 'main' }\n")
    missed = "ticker: lamp: nothing on the page is found by the selector for time '.hour': in 0 of 5 entries\n"
    assert missed in desk.run("fetch").err
    told = desk.run("fetch", server.url("/other")).err  # same host, so the source's body selector applies
    assert "ticker: 127.0.0.1: nothing on the page is found by the selector for body 'main': 0 elements\n" in told


@pytest.mark.parametrize(
    ("selectors", "missed"),
    [
        ("body = 'div.text'", "body 'div.text': 0 elements"),
        ("entry = 'ul.ticker > li', time = '.hour'", "time '.hour': in 0 of 5 entries"),
    ],
)
def test_a_selector_that_finds_nothing_beside_the_list_is_a_problem(
    desk: Desk, server: Server, routes: dict[str, object], selectors: str, missed: str
) -> None:
    text = page()
    found = text.replace("<h2>", "<div class='text hour'>17:10 Of the harbour and its cranes.</div><h2>").replace(
        "<time", "<time class=hour"
    )
    configure(desk, server, f"selectors = {{ {selectors} }}\n")
    told = f"nothing on the page is found by the selector for {missed}"
    routes["/news"] = found
    assert "ticker: " not in desk.run("fetch").err
    routes["/news"] = Reply(body=text, headers={"ETag": '"1"'})
    assert f"ticker: lamp: {told}\n" in desk.run("fetch").err
    assert desk.run("status", "-q").out == ""
    assert told in desk.run("fetch", "--no-cache").err
    assert desk.run("status", "-q", status=1).out == f"lamp: {told}; in 2 runs in a row\n"
    routes["/news"] = Reply(304, headers={"ETag": '"1"'})
    desk.run("fetch")
    assert "in 3 runs in a row" in desk.run("status", "-q", status=1).out
    routes["/news"] = found
    desk.run("fetch", "--no-cache")
    assert desk.run("status", "-q").out == ""


def test_a_list_of_selected_entries_needs_no_body(desk: Desk, server: Server, routes: dict[str, object]) -> None:
    configure(desk, server, "selectors = { entry = 'ul.ticker > li', body = 'main' }\n")
    routes["/news"] = page()
    assert "ticker: " not in desk.run("fetch").err


def test_a_page_of_an_article_is_no_problem(desk: Desk, server: Server, routes: dict[str, object]) -> None:
    configure(desk, server)
    routes["/news"] = f"<html><body>{ARTICLE}"
    for _ in range(3):
        assert "ticker: " not in desk.run("fetch").err
    assert desk.run("status", "-q").out == ""


def test_a_selector_that_found_nothing_from_the_start(desk: Desk, server: Server, routes: dict[str, object]) -> None:
    configure(desk, server, SELECTORS.replace("ul.ticker", "ul.tikcer"))
    routes["/news"] = page(before=ARTICLE)
    for _ in range(2):
        assert "nothing on the page is found by the selector for entry 'ul.tikcer > li'" in desk.run("fetch").err
    assert "lamp: no headlines, in 2 runs in a row" in desk.run("status", "-q", status=1).out


@pytest.mark.parametrize("by_name", [True, False])
def test_a_source_that_never_worked_is_a_problem(desk: Desk, server: Server, by_name: bool) -> None:
    desk.configure(QUICK + f'[[source]]\nname = "lamp"\nurl = "{server.url("/nowhere")}"\n')
    desk.run("fetch", status=1)
    assert desk.run("status", "-q").out == ""
    desk.run("fetch", *(["lamp"] if by_name else []), status=None)  # only a fetch by name ignores the backoff
    tries = "2 tries" if by_name else "1 try"
    assert (
        desk.run("status", "-q", status=1).out == f"lamp: never fetched successfully: {tries}, last error: HTTP 404\n"
    )


def test_a_source_whose_selectors_are_not_understood_is_a_problem(
    desk: Desk, server: Server, routes: dict[str, object]
) -> None:
    configure(desk, server, 'selectors = { entry = "li[" }\n')
    desk.run("fetch", status=1)
    assert "lamp: not fetched: " in desk.run("status", "-q", status=1).out


OLD_SCHEMA = """
CREATE TABLE sources (
    source TEXT PRIMARY KEY, url TEXT NOT NULL, tried TEXT NOT NULL, succeeded TEXT, error TEXT NOT NULL,
    headlines INTEGER NOT NULL, new INTEGER NOT NULL, unchanged INTEGER NOT NULL, failures INTEGER NOT NULL,
    failing_since TEXT, wait REAL NOT NULL, not_before TEXT, news TEXT
) WITHOUT ROWID;
CREATE TABLE pauses (
    source TEXT NOT NULL, day TEXT NOT NULL, seconds REAL NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (source, day)
) WITHOUT ROWID;
"""


@pytest.mark.parametrize("headlines", [5, 0])
def test_what_an_older_version_remembered_is_kept(
    desk: Desk, server: Server, routes: dict[str, object], headlines: int
) -> None:
    configure(desk, server)
    path = desk.archive / ".state" / "sources.sqlite"
    path.parent.mkdir(parents=True)
    before = (datetime.now(UTC) - timedelta(hours=3)).replace(microsecond=0).isoformat()
    with sqlite3.connect(path) as old:
        old.executescript(OLD_SCHEMA)
        row = [
            "lamp",
            server.url("/news"),
            before,
            before,
            "",
            headlines,
            0,
            int(not headlines),
            0,
            None,
            0.0,
            None,
            before,
        ]
        old.execute(f"INSERT INTO sources VALUES ({', '.join('?' * 13)})", row)
        old.execute("INSERT INTO pauses VALUES ('lamp', '2026-01-01', 3600.0, 1)")
    old.close()
    assert before in desk.run("status", status=None).out
    routes["/news"] = f"<html><body>{ARTICLE}"
    for _ in range(2):
        assert f"lamp: no headlines since {before[:10]} {before[11:16]} UTC" in desk.run("fetch").err
    assert "lamp: no headlines since " in desk.run("status", "-q", status=1).out
    kept = FetchHistory(path)
    assert kept.pauses() == {"lamp": [3600.0]}
    assert kept.states()["lamp"].news == datetime.fromisoformat(before)
    kept.close()
    assert not list(path.parent.glob("*.damaged*"))


def test_a_clock_that_is_a_guess_is_told_once(desk: Desk, server: Server, routes: dict[str, object]) -> None:
    desk.configure(QUICK)
    routes["/news"] = page(zoned=False)
    guess = "timezone unknown, assuming UTC; set --timezone"
    added = desk.run("sources", "add", server.url("/news"), "--name", "lamp").err
    assert "assuming UTC for times without a timezone; to change that: ticker sources set lamp --timezone ZONE" in added
    assert desk.run("sources", "check", "lamp").err.count(guess) == 1
    assert desk.run("fetch").err.count(guess) == 1
    assert guess not in desk.run("fetch").err


def test_a_clock_that_is_a_guess_is_set_as_the_message_says(
    desk: Desk, server: Server, routes: dict[str, object]
) -> None:
    configure(desk, server, "# of the harbour\n")
    routes["/news"] = page(zoned=False)
    told = desk.run("fetch").err
    assert "assuming UTC; set --timezone: ticker sources set lamp --timezone ZONE; " in told
    assert "import into a new archive: ticker --archive NEW import OLD --retime lamp=ZONE" in told
    before = (desk.folder / "config.toml").read_text(encoding="utf-8")
    desk.run("sources", "set", "lamp", "--timezone", "Asia/Tokyo")
    after = (desk.folder / "config.toml").read_text(encoding="utf-8")
    assert 'timezone = "Asia/Tokyo"' in after and after.replace('timezone = "Asia/Tokyo"\n', "") == before
    assert "assuming UTC" not in desk.run("sources", "check", "lamp").err
    desk.run("--archive", desk.folder / "new", "import", desk.archive, "--retime", "lamp=Asia/Tokyo")
    assert "not an IANA name" in desk.run("sources", "set", "lamp", "--timezone", "Asia/Tokio", status=2).err
    assert "nothing to set" in desk.run("sources", "set", "lamp", status=2).err
    assert (desk.folder / "config.toml").read_text(encoding="utf-8") == after


def test_a_clock_that_is_a_guess_on_a_page_of_no_source(desk: Desk, server: Server, routes: dict[str, object]) -> None:
    desk.configure(QUICK)
    routes["/news"] = page(zoned=False)
    guess = "ticker: {0}: timezone unknown, assuming UTC; set --timezone\n"
    assert guess.format("127.0.0.1") in desk.run("fetch", server.url("/news")).err
    assert "assuming UTC" not in desk.run("fetch", server.url("/news"), "--no-cache", "--timezone", "Asia/Tokyo").err


@pytest.mark.parametrize("kind", ["given", "exact"])
def test_a_clock_that_is_none(desk: Desk, server: Server, routes: dict[str, object], kind: str) -> None:
    desk.configure(QUICK)
    routes["/news"] = page(zoned=kind == "exact")
    zone = ["--timezone", "Asia/Tokyo"] if kind == "given" else []
    added = desk.run("sources", "add", server.url("/news"), "--name", "lamp", *zone).err
    assert ("assuming UTC" in added) == (kind == "exact")  # only a fetch shows that the page has zones
    assert "assuming UTC" not in desk.run("sources", "check", "lamp").err + desk.run("fetch").err


def test_a_country_tells_the_clock(desk: Desk) -> None:
    assert "assuming UTC" not in desk.run("sources", "add", "https://news.example.de/").err


def saved_page(shown: list[str]) -> str:
    link = " href='/a'" if "ago" in shown[0] else ""
    rows = "".join(
        f"<li><time>{time}</time> <a{link}>{title}</a></li>" for time, title in zip(shown, TITLES, strict=True)
    )
    return f"<html lang='en'><body><h2>Latest</h2><ul>{rows}</ul>"


LISTS = {
    # As shown at 16:20 in Paris (UTC+2): read as UTC, the first two are in the future.
    "summer": ("2026-06-12T14:20Z", "Europe/Paris", ["16:15", "15:02", "14:01", "09:30", "23:40"]),
    "across a change of clocks": ("2026-10-25T08:00Z", "Europe/Paris", ["08:55", "03:10", "01:30", "23:15", "10:00"]),
    "into summer": ("2026-03-29T20:00Z", "Europe/Paris", ["21:55", "03:10", "01:30", "23:15", "22:40"]),
    "west": ("2026-11-24T02:00Z", "America/New_York", ["20:55", "20:10", "16:30", "09:15", "01:40"]),
    "far east": ("2026-11-24T20:00Z", "Asia/Tokyo", ["04:55", "04:10", "00:30", "23:15", "11:40"]),
    "ages": (
        "2026-11-24T20:00Z",
        "Asia/Tokyo",
        ["5 min ago", "40 min ago", "2 hours ago", "5 hours ago", "7 hours ago"],
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_retimed_as_if_it_had_been_read_in_the_right_zone(desk: Desk, tmp_path: Path, name: str) -> None:
    at, zone, shown = LISTS[name]
    saved = desk.save("lamp.html", saved_page(shown))
    old, new, right = (tmp_path / each for each in ("old", "new", "right"))
    desk.run("--archive", old, "fetch", saved, "--at", at)
    desk.run("--archive", right, "fetch", saved, "--at", at, "--timezone", zone)
    before = {path: path.read_bytes() for path in old.rglob("*.jsonl")}
    assert before
    told = desk.run("--archive", new, "import", old, "--retime", f"lamp={zone}").err
    assert "5 new" in told
    moments = [
        {line["title"]: datetime.fromisoformat(line["time"]) for line in stored(desk, each)} for each in (new, right)
    ]
    assert moments[0] == moments[1]
    assert {line["id"] for line in stored(desk, new)} == {line["id"] for line in stored(desk, right)}
    assert ("5 retimed" in told) == (name != "ages")
    assert desk.run("--archive", new, "verify").out == ""
    assert {path: path.read_bytes() for path in old.rglob("*.jsonl")} == before


def stored(desk: Desk, archive: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in desk.run("--archive", archive, "list", "--json").lines]


def test_retiming_changes_nothing_else(desk: Desk) -> None:
    noon = "2026-06-12T12:05:00+00:00"
    lines: list[dict[str, object]] = [
        {
            "time": "2026-06-12T12:00:00+00:00",
            "time_text": "14:00",
            "seen": noon,
            "title": "Exact",
            "precision": "exact",
        },
        {"time": "2026-06-12T12:00:00+00:00", "time_text": "12:00", "seen": noon, "title": "Other", "source": "quay"},
        {"time": "2026-06-12T11:00:00+00:00", "seen": noon, "title": "An article", "body": "Its text"},
        {"time": "2026-06-12T09:00:00+00:00", "time_text": "09:00", "seen": noon, "title": "One with a key", "key": 7},
    ]
    lines = [{"source": "lamp", **line} for line in lines]
    desk.save("old.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    told = desk.run("import", "old.jsonl", "--retime", "lamp=Europe/Paris").err
    assert told == "1 file, 4 lines, 4 new, 1 retimed\n"
    found = {line["title"]: line for line in stored(desk, desk.archive)}
    assert found["Exact"]["time"] == lines[0]["time"]
    assert found["Other"]["time"] == lines[1]["time"]
    moved = found["One with a key"]
    assert (moved["time"], moved["key"], moved["time_text"]) == ("2026-06-12T09:00:00+02:00", 7, "09:00")
    assert json.loads(desk.stored("articles")[0])["time"] == lines[2]["time"]


def test_what_cannot_be_retimed(desk: Desk, tmp_path: Path) -> None:
    saved = desk.save("lamp.html", saved_page(["16:15", "15:02", "14:01", "09:30", "23:40"]))
    desk.run("fetch", saved, "--at", "2026-06-12T14:20Z")
    for given in ("lamp", "=Europe/Paris"):
        told = desk.run("import", desk.archive, "--retime", given, status=2).err
        assert told.startswith(f"ticker: invalid --retime '{given}': not NAME=ZONE")
    assert "not an IANA name" in desk.run("import", desk.archive, "--retime", "lamp=Paris/Europe", status=2).err
    assert "new archive" in desk.run("import", desk.archive, "--retime", "lamp=Europe/Paris", status=2).err
    shutil.copytree(desk.archive, tmp_path / "copy")
    new = tmp_path / "new"
    lines = "".join(f"{line}\n" for line in desk.stored()).encode()
    for given in ([tmp_path / "copy"], ["-"], [tmp_path / "copy", "-"]):
        zones = ("--retime", "lamp=Europe/Paris", "--retime", "lmap=Europe/Paris")
        told = desk.run("--archive", new, "import", *given, *zones, stdin=lines, status=2).err
        assert "no headlines of source 'lmap' in the files, nothing stored" in told
    twice = ("--retime", "lamp=Europe/Paris", "--retime", "lamp=Europe/Rome")
    assert "'lamp' twice" in desk.run("--archive", new, "import", tmp_path / "copy", *twice, status=2).err
    told = desk.run("--archive", new, "import", tmp_path / "none", "--retime", "lamp=Europe/Paris", status=2).err
    assert "cannot read" in told and "no headlines of source" in told
    assert not new.exists()
    assert "5 retimed" in desk.run("--archive", new, "import", "-", *zones[:2], stdin=lines).err
