"""Tests of ``ticker export``: an independent parser reads each format."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import stat
import subprocess
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]
import pytest
from markdown_it import MarkdownIt

from tests.cli.desk import PROGRAM, URL, Desk
from ticker.errors import install_hint

NASTY = [
    '=HYPERLINK("http://evil.example","<b>Tea & cake</b>")',
    "+1 for [the](http://a.example) *pilot*_now_",
    "-5 degrees: “cold” | `code` <script>alert(1)</script>",
    "@home \\ 首相が会見 &amp; \U0001f600",
    "1. not a list",
]
LATER = "2025-06-13T17:59:00+02:00"
ATOM = "{http://www.w3.org/2005/Atom}"


def put(desk: Desk, *records: dict[str, object], kind: str = "headlines") -> None:
    """Write records to the archive as another program could have written them."""
    for number, record in enumerate(records):
        fields = {
            "time": f"2025-06-13T17:{number % 60:02}:00+02:00",
            "source": "hand",
            "id": f"{number:016x}",
            "seen": "2025-06-13T20:00:00+02:00",
            **record,
        }
        day = desk.archive / kind / "2025" / f"{str(fields['time'] or fields['seen'])[:10]}.jsonl"
        day.parent.mkdir(parents=True, exist_ok=True)
        with day.open("a", encoding="utf-8") as file:
            file.write(json.dumps(fields) + "\n")


@pytest.fixture
def nasty(desk: Desk) -> Desk:
    put(desk, *({"title": title, "url": f"https://hand.example/{n}/(é)"} for n, title in enumerate(NASTY)))
    return desk


def test_json_is_one_array_also_where_there_is_nothing(filled: Desk) -> None:
    stored = [json.loads(line) for line in filled.run("list", "--json").lines]
    assert json.loads(filled.run("export", "--format", "json").out) == stored
    assert len(json.loads(filled.run("export", "--format", "json", "--limit", "1").out)) == 1
    assert json.loads(filled.run("export", "--format", "json", "handcarts").out) == []


def test_jsonl_is_what_is_stored(filled: Desk) -> None:
    assert filled.run("export", "--format", "jsonl").out == filled.run("list", "--json").out
    articles = filled.run("export", "--format", "jsonl", "--articles")
    assert articles.lines == filled.stored("articles")


@pytest.mark.parametrize(
    "arguments",
    [
        ["ferry"],
        ["--since", "2025-06-12 16:00", "--reverse"],
        ["-e", "F(erry|riday)", "--limit", "1"],
        ["-F", "-i", "hill closes", "--source", "news.example"],
        ["--articles", "handcarts"],
        ["--until", "2025-06-12 15:50", "--no-index"],
    ],
)
def test_what_is_selected_is_what_list_and_search_select(filled: Desk, arguments: list[str]) -> None:
    has_pattern = (
        any(not each.startswith("-") for each in arguments[:1])
        or {"-e", "-F"} & {*arguments}
        or ("--articles" in arguments)
    )
    selected = filled.run("search" if has_pattern else "list", "--json", *arguments).out
    assert selected
    assert filled.run("export", "--format", "jsonl", *arguments).out == selected


def test_csv_is_that_of_list_and_runs_no_formula(nasty: Desk) -> None:
    out = nasty.run("export", "--format", "csv").out
    assert out == nasty.run("list", "--csv").out
    titles = [row["title"] for row in csv.DictReader(io.StringIO(out))]
    assert titles == [("'" if title[0] in "=+-@" else "") + title for title in reversed(NASTY)]


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("\u202e=1+1", "' =1+1"),
        ("\u200b=1+1", "' =1+1"),
        (" \ufeff+1", "'  +1"),
        ("\x1b=1+1", "' =1+1"),
        ("＝1+1", "'＝1+1"),
        ("﹫SUM(A1)", "'﹫SUM(A1)"),
        ("A \u202egnp.exe\u202c \u2067x", "A  gnp.exe   x"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("A = B", "A = B"),
    ],
)
def test_csv_hides_nothing_before_a_formula_and_turns_nothing_round(desk: Desk, title: str, cell: str) -> None:
    put(desk, {"title": title})
    for out in (desk.run("export", "--format", "csv").out, desk.run("list", "--csv").out):
        assert [row["title"] for row in csv.DictReader(io.StringIO(out))] == [cell]


def test_csv_moves_no_cursor(desk: Desk) -> None:
    put(desk, {"title": "\x1b[2JGone\x00\x9b1m\r", "source": "a\x07b"}, {"title": "A\tB\nC"})
    for out in (desk.run("export", "--format", "csv").out, desk.run("list", "--csv").out):
        assert [row["title"] for row in csv.DictReader(io.StringIO(out))] == ["A\tB\nC", " [2JGone  1m "]
        assert "a b" in out


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_with_nothing_in_it_stays_the_same(desk: Desk, form: str) -> None:
    desk.archive.mkdir()
    out = desk.run("export", "--format", form).out
    assert str(datetime.now(UTC).year) not in out
    assert feedparser.parse(out).version


def test_who_has_no_name_is_not_named(desk: Desk) -> None:
    put(desk, {"title": "Nobody's", "source": ""})
    rss, atom, page = (desk.run("export", "--format", form).out for form in ("rss", "atom", "markdown"))
    assert "dc:creator" not in rss
    assert [each.text for each in ElementTree.fromstring(atom).iter(ATOM + "name")] == ["ticker"]
    assert "—" not in page


def test_a_link_names_its_host_as_dns_does(desk: Desk) -> None:
    put(desk, {"title": "Books", "url": "https://bücher.straße.example:8080/é?q=ü"})
    for form in ("rss", "atom", "markdown"):
        out = desk.run("export", "--format", form).out
        assert "https://xn--bcher-kva.xn--strae-oqa.example:8080/%C3%A9?q=%C3%BC" in out


def test_sqlite_has_types_and_an_index_on_time(nasty: Desk) -> None:
    put(nasty, {"title": "Kept", "time": "2025-06-13T23:30:00-02:00", "mood": "grim", "url": None})
    nasty.run("export", "--output", "out.sqlite")
    with sqlite3.connect(nasty.folder / "out.sqlite") as database:
        rows = dict(database.execute("SELECT title, time || '|' || time_utc || '|' || typeof(time_utc) FROM headlines"))
        assert set(rows) == {*NASTY, "Kept"}
        moment = datetime.fromisoformat("2025-06-13T23:30:00-02:00")
        assert rows["Kept"] == f"{moment.isoformat()}|{int(moment.timestamp())}|integer"
        assert database.execute("SELECT extra, url FROM headlines WHERE title = 'Kept'").fetchone() == (
            '{"mood": "grim"}',
            None,
        )
        plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM headlines WHERE time_utc > 5").fetchone()
        assert "USING INDEX headlines_by_time" in plan[3]
    database.close()


def test_a_database_is_replaced_by_force_alone(filled: Desk) -> None:
    filled.run("export", "--output", "out.db")
    before = (filled.folder / "out.db").read_bytes()
    result = filled.run("export", "--output", "out.db", "--limit", "1", status=2)
    assert result.err == "ticker: out.db already exists; use --force to replace it\n"
    assert (filled.folder / "out.db").read_bytes() == before
    filled.run("export", "--output", "out.db", "--limit", "1", "--force")
    with sqlite3.connect(filled.folder / "out.db") as database:
        assert database.execute("SELECT count(*) FROM headlines").fetchone() == (1,)
    database.close()


def test_sqlite_holds_the_authors_of_articles(filled: Desk) -> None:
    article = json.loads(filled.stored("articles")[0])
    filled.save("out.sqlite", subprocess_output(filled, "export", "--articles", "--format", "sqlite"))
    with sqlite3.connect(filled.folder / "out.sqlite") as database:
        body, authors, seconds = database.execute("SELECT body, authors, time_utc FROM articles").fetchone()
    database.close()
    assert (body, json.loads(authors)) == (article["body"], article["authors"])
    assert seconds == int(datetime.fromisoformat(article["time"]).timestamp())


def test_parquet(nasty: Desk) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    put(nasty, {"title": "No time", "time": None})
    nasty.run("export", "--output", "out.parquet")
    table = parquet.read_table(nasty.folder / "out.parquet")
    assert [*table["title"].to_pylist()][1:] == NASTY[::-1]
    assert table["time"].to_pylist()[-1] == "2025-06-13T17:00:00+02:00"
    assert table["time_utc"].to_pylist()[-1] == datetime.fromisoformat("2025-06-13T17:00:00+02:00")
    assert table["time_utc"].to_pylist()[0] is None
    assert str(table.schema.field("time_utc").type) == "timestamp[ms, tz=UTC]"


def test_parquet_of_articles_and_of_nothing(filled: Desk) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    filled.save("out.parquet", subprocess_output(filled, "export", "--articles", "--format", "parquet"))
    (row,) = parquet.read_table(filled.folder / "out.parquet").to_pylist()
    article = json.loads(filled.stored("articles")[0])
    assert {name: row[name] for name in article} == article
    filled.run("export", "handcarts", "--output", "none.parquet")
    assert parquet.read_table(filled.folder / "none.parquet").num_rows == 0


def test_parquet_without_pyarrow_says_what_to_install(filled: Desk) -> None:
    filled.save("pyarrow.py", "raise ModuleNotFoundError('No module named pyarrow', name='pyarrow')\n")
    filled.environment = {"PYTHONPATH": os.pathsep.join([str(filled.folder), filled.variables()["PYTHONPATH"]])}
    result = filled.run("export", "--output", "out.parquet", status=2)
    assert result.err == f"ticker: Parquet needs pyarrow: {install_hint('pyarrow')}\n"
    assert not list(filled.folder.glob("*out.parquet*"))


def subprocess_output(desk: Desk, *arguments: str) -> bytes:
    return subprocess.run(
        [*PROGRAM, *arguments], capture_output=True, cwd=desk.folder, env=desk.variables(), check=True, timeout=60
    ).stdout


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_is_read_by_a_feed_reader(nasty: Desk, form: str) -> None:
    put(
        nasty,
        {
            "title": "A bell \x07, half a pair \ud83d and \ufffe",
            "id": "ff",
            "url": "javascript:alert(1)",
            "time": LATER,
        },
    )
    url = "https://me.example/news.xml?a=1&b=2"
    arguments = ("--format", form, "--url", url, "--language", "en-GB", "--title", "Tea & <cake>")
    data = subprocess_output(nasty, "export", *arguments)
    read = feedparser.parse(data)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == {"rss": "rss20", "atom": "atom10"}[form]
    assert read.feed.language == "en-GB"
    assert [link.href for link in read.feed.links if link.rel == "self"] == [url]
    assert len(read.entries) == len(NASTY) + 1
    root = ElementTree.fromstring(data)
    titles = [each.text for each in root.iter(ATOM + "title" if form == "atom" else "title")]
    assert titles[0] == "Tea & <cake>"
    assert titles[1:] == ["A bell , half a pair ? and", *NASTY[::-1]]
    for entry in read.entries:
        assert entry.id.startswith("urn:uuid:")
        assert entry.published_parsed.tm_hour == 15  # in UTC
        assert all(
            link.href.startswith("https://hand.example/") and link.href.isascii() for link in entry.get("links", [])
        )
    assert len({entry.id for entry in read.entries}) == len(read.entries)
    assert subprocess_output(nasty, "export", *arguments) == data, "without new records the export must not change"


def test_rss_has_what_its_specification_requires(filled: Desk) -> None:
    filled.run("sources", "add", "https://gazette.example/")
    put(filled, {"title": "At the gazette", "source": "gazette.example"})
    root = ElementTree.fromstring(filled.run("export", "--format", "rss").out)
    (channel,) = root
    assert (root.tag, root.get("version"), channel.tag) == ("rss", "2.0", "channel")
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    assert re.match("[a-z]+:", channel.findtext("link") or "")
    assert channel.find(ATOM + "link") is None
    items = channel.findall("item")
    assert len(items) == 5
    for item in items:
        assert all(len(item.findall(name)) == 1 for name in ("title", "guid", "pubDate"))
        assert item.find("guid").get("isPermaLink") == "false"  # type: ignore[union-attr]
        assert parsedate_to_datetime(item.findtext("pubDate") or "").utcoffset() is not None
    of_source = ElementTree.fromstring(filled.run("export", "--format", "rss", "--source", "gazette.example").out)
    assert of_source.findtext("channel/link") == "https://gazette.example/"


@pytest.mark.parametrize("arguments", [[], ["--articles"], ["nothing like it"]])
def test_atom_has_what_rfc_4287_requires(filled: Desk, arguments: list[str]) -> None:
    put(filled, {"title": "Without a link"}, {"title": "An odd offset", "time": "1905-06-13T10:00:00+00:19:32"})
    feed = ElementTree.fromstring(filled.run("export", "--format", "atom", *arguments).out)
    assert feed.tag == ATOM + "feed"
    entries = feed.findall(ATOM + "entry")
    assert len(entries) == (6 if not arguments else 1 if "--articles" in arguments else 0)
    for element in (feed, *entries):
        assert all(len(element.findall(ATOM + name)) == 1 for name in ("id", "title", "updated"))
        assert element.find(f"{ATOM}author/{ATOM}name") is not None
        updated = element.findtext(ATOM + "updated") or ""
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)", updated)
    for entry in entries:
        has_link = entry.find(f"{ATOM}link[@rel='alternate']") is not None
        assert has_link or entry.find(ATOM + "content") is not None


def test_a_feed_of_articles_has_their_text_and_language(desk: Desk) -> None:
    body = "One & <two>.\nThree ]]> four."
    put(desk, {"title": "T", "body": body, "language": "fr", "authors": ["A. B."], "url": URL}, kind="articles")
    for form in ("rss", "atom"):
        (entry,) = feedparser.parse(subprocess_output(desk, "export", "--articles", "--format", form)).entries
        text = entry.content[0].value if form == "atom" else entry.summary
        assert text == "<p>One &amp; &lt;two&gt;.</p>\n<p>Three ]]&gt; four.</p>"
        assert entry.author == "A. B."
    assert 'xml:lang="fr"' in desk.run("export", "--articles", "--format", "atom").out


def test_ids_are_the_same_in_every_feed_and_a_feed_s_own_tells_it_from_others(filled: Desk) -> None:
    def read(*arguments: str) -> tuple[str, set[str]]:
        feed = feedparser.parse(subprocess_output(filled, "export", "--format", "atom", *arguments))
        return feed.feed.id, {entry.id for entry in feed.entries}

    everything, ferry, later = read(), read("ferry"), read("ferry", "--since", "2025")
    assert ferry[1] < everything[1]
    assert ferry == later
    at_an_address = read("ferry", "--url", "https://a.example/")
    assert len({everything[0], ferry[0], at_an_address[0], read("-F", "ferry")[0]}) == 4


def test_a_feed_holds_the_newest(desk: Desk) -> None:
    put(desk, *({"title": f"Number {n}", "time": f"2025-06-13T{n // 60:02}:{n % 60:02}:00Z"} for n in range(90)))
    entries = feedparser.parse(subprocess_output(desk, "export", "--format", "rss")).entries
    assert [entry.title for entry in entries] == [f"Number {n}" for n in range(89, 39, -1)]
    assert desk.run("export", "--format", "rss", "--limit", "80").out.count("<item>") == 80
    assert "--reverse" in desk.run("export", "--format", "atom", "--reverse", status=2).err


def test_markdown_means_what_stands_there(nasty: Desk) -> None:
    nasty.environment = {"TZ": "Asia/Tokyo"}
    put(nasty, {"title": "A day later there", "time": "2025-06-13T15:30:00Z", "url": None})
    put(nasty, {"title": "Known to the day", "time": "2025-06-12T00:00:00-10:00", "precision": "day"})
    put(nasty, {"title": "The same farther off", "time": "2025-06-13T00:00:00+12:00", "precision": "day"})
    out = nasty.run("export", "--format", "markdown").out
    tokens = MarkdownIt("commonmark").parse(out)
    inline = [token for token in tokens if token.type == "inline"]
    texts = ["".join(piece.content for piece in token.children or []) for token in inline]
    assert texts[:3] == ["Headlines", "2025-06-14", "00:30 A day later there — hand"]
    assert [text[6:-7] for text in texts if text.startswith("00:0")] == NASTY[::-1]
    pieces = [piece for token in inline for piece in token.children or []]
    assert {piece.type for piece in pieces} == {"text", "link_open", "link_close"}
    links = [str(piece.attrs["href"]) for piece in pieces if piece.type == "link_open"]
    assert links == [f"https://hand.example/{n}/%28%C3%A9%29" for n in reversed(range(len(NASTY)))]
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h2"]
    assert texts[-3:] == ["2025-06-12", "2025-06-13 The same farther off — hand", "Known to the day — hand"]


def test_markdown_of_articles(desk: Desk) -> None:
    body = "# no heading\n- no list\n2) none either\n\n> no quote\n====="
    put(desk, {"title": "T", "body": body, "url": URL, "authors": ["A. *B*"]}, kind="articles")
    tokens = MarkdownIt("commonmark").parse(desk.run("export", "--articles", "--format", "markdown").out)
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h3"]
    assert {token.type for token in tokens} <= {
        f"{each}_{side}" for each in ("heading", "paragraph") for side in ("open", "close")
    } | {"inline"}


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.csv", b"time,"),
        ("a.JSON", b"["),
        ("a.jsonl", b"{"),
        ("a.ndjson", b"{"),
        ("a.parquet", b"PAR1"),
        ("a.sqlite", b"SQLite format 3"),
        ("a.rss", b"<?xml"),
        ("a.atom", b"<?xml"),
        ("a.md", b"# Headlines"),
    ],
)
def test_the_ending_tells_the_format(filled: Desk, name: str, start: bytes) -> None:
    result = filled.run("export", "--output", name)
    assert result.out == ""
    assert result.err == f"{name}: 4 headlines\n"
    assert (filled.folder / name).read_bytes().startswith(start)
    assert filled.run("export", "--output", f"q{name}", "-q").err == ""


def test_a_file_is_replaced_when_it_is_whole(filled: Desk) -> None:
    kept = filled.save("kept.csv", "kept\n")
    kept.chmod(0o640)
    link = filled.folder / "link.csv"
    link.symlink_to("kept.csv")
    filled.run("export", "--output", "link.csv")
    assert link.is_symlink()
    assert kept.read_text(encoding="utf-8").startswith("time,")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    (filled.archive / "format.json").write_text('{"format": "ticker-archive", "version": 99}', encoding="utf-8")
    before = kept.read_bytes()
    filled.run("export", "--output", "kept.csv", status=2)
    assert kept.read_bytes() == before
    assert not list(filled.folder.glob(".*"))


def test_a_device_is_written_to_and_not_replaced(filled: Desk) -> None:
    assert filled.run("export", "--output", "/dev/stdout", "--format", "jsonl", "-q").lines
    assert filled.run("export", "--output", "-", "--format", "jsonl").out == filled.run("list", "--json").out
    filled.run("export", "--output", os.devnull, "--format", "sqlite", "--force")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], r"no format given; use --format csv\|json\|.*, or an --output FILE that ends in one of \.csv .*"),
        (["--output", "x.txt"], r"unknown extension of 'x\.txt'; use --format csv\|.*"),
        (["--format", "xml"], r".*'xml' is not one of .*; see 'ticker export --help'"),
        (["--format", "csv", "-e"], r"-e, -F, -i and -s require a PATTERN; give one, or omit them"),
        (["--format", "csv", ""], r"nothing to search for in the pattern ''"),
        (["--format", "rss", "--url", "news"], r"invalid --url 'news': not an http or https URL; .*"),
        (
            ["--format", "rss", "--language", "the Queen's"],
            r"invalid --language \"the Queen's\": not a language tag; .*",
        ),
        (["--output", "none/x.csv"], r"cannot write none/x\.csv: No such file or directory"),
        (["--output", ".", "--format", "csv"], r"cannot write .*: it is a folder; give the path of a file in it"),
    ],
)
def test_wrong_usage(filled: Desk, arguments: list[str], message: str) -> None:
    result = filled.run("export", *arguments, status=2)
    assert re.fullmatch(f"ticker: {message}\n", result.err), result.err
    assert result.out == ""


def test_a_terminal_gets_no_binary(filled: Desk) -> None:
    shown = filled.on_terminal("export", "--format", "sqlite", status=2)
    assert shown == "ticker: cannot write sqlite to a terminal: it is binary; use --output FILE, or a pipe\n"


def test_a_terminal_sees_how_far_it_is(desk: Desk) -> None:
    put(desk, *({"title": f"Number {n}", "time": f"2025-06-13T{n % 24:02}:00:00Z"} for n in range(6000)))
    shown = desk.on_terminal("export", "--output", "x.csv", out=False)
    assert "exporting: 5,000" in shown
    assert shown.splitlines()[-1].endswith("x.csv: 6,000 headlines")
    assert "exporting" not in desk.run("export", "--output", "x.csv").err


def test_nothing_to_export_is_told_as_by_list(desk: Desk) -> None:
    desk.archive.mkdir()
    result = desk.run("export", "--format", "json", "--source", "gazette")
    assert json.loads(result.out) == []
    assert f"{desk.archive} has no headlines of the source 'gazette'" in result.err


def test_a_reader_that_goes_away_is_no_error(desk: Desk) -> None:
    put(desk, *({"title": f"Number {n}", "time": f"2025-06-13T{n % 24:02}:00:00Z"} for n in range(6000)))
    command = f"{' '.join(PROGRAM)} export --format markdown | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, cwd=desk.folder, env=desk.variables(), check=True
    )
    assert (done.stdout, done.stderr) == ("# Headlines\n141\n", "")


def test_csv_ends_in_utc_and_may_begin_with_a_mark(desk: Desk) -> None:
    put(desk, {"title": "É", "time": "2025-06-13T23:30:00-02:00"})
    for command in (["export", "--format", "csv"], ["list", "--csv"], ["tail", "--csv"], ["search", "é", "--csv"]):
        plain = desk.run(*command).out
        header, row = plain.splitlines()
        assert header.split(",")[-1] == "time_utc"
        assert row.split(",")[-1] == "2025-06-14T01:30:00Z"
        assert desk.run(*command, "--bom").out == f"\ufeff{plain}"
    assert "--bom requires --csv" in desk.run("list", "--bom", status=2).err
    assert "--bom does not apply to json" in desk.run("export", "--format", "json", "--bom", status=2).err


@pytest.mark.parametrize("kind", ["headlines", "articles"])
def test_sqlite_has_a_key_and_a_full_text_table_that_datasette_finds(filled: Desk, kind: str) -> None:
    articles = ["--articles"] if kind == "articles" else []
    filled.run("export", *articles, "--output", "out.db")
    with sqlite3.connect(filled.folder / "out.db") as database:
        keys = [row[1:3] for row in database.execute(f"PRAGMA table_info({kind})") if row[5]]
        assert keys == [("number", "INTEGER")]
        # The query that Datasette uses: https://docs.datasette.io/en/stable/full_text_search.html
        (found,) = database.execute(
            "SELECT name FROM sqlite_master WHERE rootpage = 0 AND sql LIKE '%VIRTUAL TABLE%USING FTS%content=' || ?",
            (f'"{kind}"%',),
        ).fetchone()
        word = "bakers" if articles else "societe"
        rows = database.execute(
            f"SELECT title FROM {kind} WHERE number IN (SELECT rowid FROM {found} WHERE {found} MATCH ?)", (word,)
        ).fetchall()
        assert len(rows) == 1
    database.close()
