"""Tests of ETag and Last-Modified, stored between runs."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.servers import redirect, serve, unless_known
from ticker.fetching import Fetched, Fetcher, ValidatorStore

PAGE = "<h1>x"
DATE = "Thu, 12 Jun 2025 12:00:00 GMT"
NOW = datetime(2025, 6, 12, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "validators.sqlite3"


@pytest.fixture
def run(make: Callable[..., Fetcher], path: Path) -> Callable[..., Fetched]:
    """Return a function that fetches a page in a separate run and, if ``remember``, stores its validators."""

    def fetch(url: str, token: str = "1", remember: bool = True) -> Fetched:
        with make(ValidatorStore(path, token)) as fetcher:
            fetched = fetcher.fetch(url)
            if remember:
                fetcher.remember(fetched)
        return fetched

    return fetch


@pytest.mark.parametrize(
    "validators", [{"etag": '"a"'}, {"etag": 'W/"a"', "last_modified": DATE}, {"last_modified": DATE}]
)
def test_unchanged_page_costs_a_304(run: Callable[..., Fetched], validators: dict[str, str]):
    with serve({"/": unless_known(PAGE, **validators)}) as server:
        first, second, third = run(server.url()), run(server.url()), run(server.url())
    assert (first.status, first.body, first.not_modified) == (200, PAGE.encode(), False)
    for again in (second, third):
        assert (again.status, again.body, again.not_modified) == (304, b"", True)
        assert (again.etag, again.last_modified) == (first.etag, first.last_modified)


def test_changed_page_comes_in_whole(run: Callable[..., Fetched]):
    with serve({"/": unless_known(PAGE, etag='"a"')}) as server:
        run(server.url())
        server.routes["/"] = unless_known("<h1>y", etag='"b"')
        assert run(server.url()).body == b"<h1>y"
        assert run(server.url()).not_modified


def test_page_that_was_not_remembered_comes_in_whole(run: Callable[..., Fetched], path: Path):
    with serve({"/": unless_known(PAGE, etag='"a"')}) as server:
        run(server.url(), remember=False)
        assert not path.exists(), "fetching alone stores nothing"
        assert not run(server.url()).not_modified


def test_newer_parser_reads_pages_again(run: Callable[..., Fetched]):
    with serve({"/": unless_known(PAGE, etag='"a"')}) as server:
        run(server.url(), token="1")
        assert not run(server.url(), token="2").not_modified
        assert run(server.url(), token="2").not_modified


def test_page_that_lost_its_validators_is_forgotten(run: Callable[..., Fetched]):
    with serve({"/": unless_known(PAGE, etag='"a"')}) as server:
        run(server.url())
        server.routes["/"] = PAGE
        run(server.url())
        run(server.url())
        assert server.last("/").headers["If-None-Match"] is None


def test_validators_go_to_the_address_that_sent_them(run: Callable[..., Fetched]):
    with serve({"/a": redirect("/b"), "/b": unless_known(PAGE, last_modified=DATE)}) as server:
        run(server.url("/a"))
        again = run(server.url("/a"))
        assert server.last("/a").headers["If-Modified-Since"] is None
        assert again.not_modified and again.final_url == server.url("/b")
        assert not run(server.url("/b")).not_modified, "the archive treats it as another page"


def test_304_that_was_not_asked_for_is_no_page(run: Callable[..., Fetched], path: Path):
    with serve({"/": unless_known(PAGE, etag='"a"')}) as server:
        run(server.url())
        server.routes["/"] = redirect("/b")
        server.routes["/b"] = PAGE
        assert run(server.url()).body == PAGE.encode()


def page_of(name: str, seen: datetime) -> Fetched:
    url = f"http://a.example/{name}"
    return Fetched(url, url, 200, b"x", None, "text/html", seen, etag='"a"')


def put_alone(path: Path, name: str, seen: datetime) -> None:
    """Store the validators of a page in a separate run."""
    store = ValidatorStore(path, "1")
    store.put(page_of(name, seen))
    store.close()


def known(path: Path, *names: str) -> list[bool]:
    store = ValidatorStore(path, "1")
    found = [store.get(f"http://a.example/{name}") is not None for name in names]
    store.close()
    return found


def test_what_was_not_asked_for_on_ninety_days_is_dropped(path: Path):
    put_alone(path, "old", NOW)
    put_alone(path, "kept", NOW)
    for day in range(1, 90):
        put_alone(path, "kept", NOW + timedelta(days=day))
        put_alone(path, "kept", NOW + timedelta(days=day, hours=1))
    assert known(path, "old", "kept") == [True, True]
    put_alone(path, "kept", NOW + timedelta(days=90))
    assert known(path, "old", "kept") == [False, True]


@pytest.mark.parametrize("years", [1, -1])
def test_a_clock_that_is_wrong_for_one_run_drops_nothing_and_keeps_nothing_for_ever(path: Path, years: int):
    put_alone(path, "before", NOW)
    put_alone(path, "wrong", NOW + timedelta(days=365 * years))
    put_alone(path, "after", NOW + timedelta(days=1))
    assert known(path, "before", "wrong", "after") == [True, True, True]
    for day in range(1, 92):
        put_alone(path, "now", NOW + timedelta(days=day))
    assert known(path, "before", "wrong", "after", "now") == [False, False, False, True]


@pytest.mark.parametrize("content", [b"this is no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_damaged_file_is_put_aside(
    run: Callable[..., Fetched], path: Path, content: bytes, caplog: pytest.LogCaptureFixture
):
    path.parent.mkdir()
    path.write_bytes(content)
    with serve({"/": unless_known(PAGE, etag='"a"')}) as server:
        assert run(server.url()).status == 200
        assert run(server.url()).not_modified
    assert path.with_name(path.name + ".damaged").read_bytes() == content
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert str(path) in caplog.text


def test_file_damaged_within_is_put_aside(run: Callable[..., Fetched], path: Path, caplog: pytest.LogCaptureFixture):
    with serve({"/": unless_known(PAGE, etag='"a"')}) as server:
        run(server.url())
        content = bytearray(path.read_bytes())
        content[4096:] = b"\xee" * (len(content) - 4096)
        path.write_bytes(content)
        assert run(server.url()).status == 200
        assert run(server.url()).not_modified
    assert [record.levelname for record in caplog.records] == ["WARNING"]


@pytest.mark.parametrize("place", ["a file in place of the folder", "a folder in place of the file"])
def test_place_that_cannot_be_written_stops_nothing(
    run: Callable[..., Fetched], path: Path, place: str, caplog: pytest.LogCaptureFixture
):
    if place == "a file in place of the folder":
        path.parent.write_text("")
    else:
        path.mkdir(parents=True)
    with serve({"/": unless_known(PAGE, etag='"a"')}) as server:
        assert run(server.url()).status == 200
    assert [record.levelname for record in caplog.records] == ["WARNING"], "one warning"


def test_file_that_another_process_holds_stops_nothing(
    make: Callable[..., Fetcher], path: Path, caplog: pytest.LogCaptureFixture
):
    store = ValidatorStore(path, "1", lock_timeout=0.1)
    path.parent.mkdir()
    with serve({"/": unless_known(PAGE, etag='"a"')}) as server, make(store) as fetcher:
        fetcher.remember(fetcher.fetch(server.url()))
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")
        fetcher.remember(fetcher.fetch(server.url()))
        other.close()
    assert "locked" in caplog.text


def test_threads_and_processes_share_one_file(path: Path):
    code = """if True:
        import sys
        from concurrent.futures import ThreadPoolExecutor
        from datetime import UTC, datetime
        from pathlib import Path
        from ticker.fetching import Fetched, ValidatorStore

        store = ValidatorStore(Path(sys.argv[1]), "1")
        moment = datetime(2025, 6, 12, tzinfo=UTC)
        urls = [f"http://{sys.argv[2]}.example/{number}" for number in range(100)]
        pages = [Fetched(url, url, 200, b"x", None, "text/html", moment, etag='"a"') for url in urls]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(store.put, pages))
        store.close()
    """
    processes = [
        subprocess.Popen([sys.executable, "-c", code, path, name], stderr=subprocess.PIPE, text=True) for name in "ab"
    ]
    assert [process.communicate(timeout=60)[1] for process in processes] == ["", ""]
    store = ValidatorStore(path, "1")
    assert all(store.get(f"http://{name}.example/{number}") for name in "ab" for number in range(100))
    store.close()


def test_fetcher_is_quiet_where_all_is_well(run: Callable[..., Fetched], caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO, logger="ticker")
    with serve({"/": unless_known(PAGE, etag='"a"')}) as server, ThreadPoolExecutor(2) as pool:
        list(pool.map(run, [server.url()] * 4))
    assert caplog.records == []
