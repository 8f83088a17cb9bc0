"""Request options of a source: user agent, headers, cookies, charset and interval, sent to it alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.desk import PAGE_HTML, Desk
from tests.cli.shifted_clock import set_clock
from tests.servers import Reply, Request, redirect, serve, typed

QUICK = "[fetching]\npause = 0\nretries = 0\n"
KEY, COOKIE = "k3y-5f3a", "c00kie-77b1"
SECRETS = f'headers = {{ X-Key = "{KEY}", Accept-Language = "de" }}\ncookies = {{ consent = "{COOKIE}" }}\n'
BY_NAME = 'headers = { X-Key = "env:LAMP_KEY" }\ncookies = { consent = "env:LAMP_COOKIE" }\n'


def source(url: str, more: str, name: str = "lamp") -> str:
    return f'[[source]]\nname = "{name}"\nurl = "{url}"\ntimezone = "UTC"\n{more}'


def configure(desk: Desk, url: str, more: str, mode: int = 0o600) -> None:
    desk.configure(QUICK + source(url, more))
    desk.config.chmod(mode)


def files_that_say_it(folder: Path) -> list[str]:
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix != ".toml"
        and any(word.encode() in path.read_bytes() for word in (KEY, COOKIE))
    ]


def told_secrets(request: Request) -> list[str]:
    values = [request.headers["X-Key"] or "", request.headers["Cookie"] or ""]
    return [value for value in values if KEY in value or COOKIE in value]


@pytest.mark.parametrize("more", [SECRETS, BY_NAME])
def test_headers_and_cookies_go_to_the_source_alone(desk: Desk, more: str) -> None:
    desk.environment = {"LAMP_KEY": KEY, "LAMP_COOKIE": COOKIE}
    with serve({"/b": PAGE_HTML}, host="127.0.0.2") as there, serve({"/": redirect("/a"), "/x": PAGE_HTML}) as here:
        here.routes["/a"] = redirect(there.url("/b"))
        configure(desk, here.url(), more)
        told = [desk.run("fetch", "-vv", "--log-file", "log")]
        assert len(told_secrets(here.last("/"))) == len(told_secrets(here.last("/a"))) == 2
        assert here.last("/").headers["Cookie"] == f"consent={COOKIE}"
        assert not any(map(told_secrets, there.requests))
        assert not told_secrets(here.last("/robots.txt"))
        if more is SECRETS:
            assert here.last("/").headers.get_all("Accept-Language") == ["de"]
        told.append(desk.run("fetch", "-vv", here.url("/x")))
        assert not told_secrets(here.last("/x")), "another page of the host gets no secrets"
        here.routes["/"] = Reply(403)
        told.append(desk.run("fetch", "-vv", "lamp", status=1))
        for command in (["sources", "list", "--json"], ["sources", "check", "lamp"], ["status", "--json"], ["list"]):
            told.append(desk.run(*command, status=None))
    assert not any(word in result.out + result.err for result in told for word in (KEY, COOKIE))
    assert files_that_say_it(desk.folder) == []


def test_an_error_hides_a_secret_that_the_server_sends_back(desk: Desk) -> None:
    with serve({"/": redirect(f"ftp://127.0.0.1/{KEY}/{COOKIE}")}) as server:
        configure(desk, server.url(), SECRETS)
        done = desk.run("fetch", "-vv", "--log-file", "log", status=1)
    assert "ftp://127.0.0.1/***/***" in done.err
    assert KEY not in done.err and COOKIE not in done.err
    assert not files_that_say_it(desk.folder)


def test_a_variable_that_is_not_set_stops_its_source_alone(desk: Desk) -> None:
    with serve({"/": PAGE_HTML, "/other": PAGE_HTML}) as server:
        desk.configure(QUICK + source(server.url(), BY_NAME) + source(server.url("/other"), "", "other"))
        told = desk.run("fetch", status=1)
        assert "header X-Key: the environment variable LAMP_KEY is not set" in told.err
        assert (server.count("/"), server.count("/other")) == (0, 1)


def test_a_user_agent_may_stand_in_the_environment(desk: Desk) -> None:
    with serve({"/": PAGE_HTML, "/robots.txt": typed("User-agent: spark\nDisallow: /\n", "text/plain")}) as server:
        configure(desk, server.url(), 'user_agent = "env:UA"\n')
        told = desk.run("fetch", status=1).err
        assert "user_agent: the environment variable UA is not set" in told
        assert server.requests == []
        desk.environment = {"UA": "lantern/2"}
        desk.run("fetch", "lamp")
        assert server.last("/").headers["User-Agent"] == server.last("/robots.txt").headers["User-Agent"] == "lantern/2"
        desk.environment = {"UA": "spark/1"}
        assert "robots.txt" in desk.run("fetch", "lamp", status=None).err
        assert server.count("/") == 1


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_literal_secrets_that_others_can_read_are_refused(desk: Desk, mode: int) -> None:
    for line in SECRETS.splitlines():
        configure(desk, "http://lamp.example/", line, mode)
        told = desk.run("list", status=2).err
        assert "other users can read this file" in told and "chmod 600" in told and "line 8" in told
        assert KEY not in told and COOKIE not in told


@pytest.mark.parametrize("more", [BY_NAME, 'user_agent = "reader/1"\n', 'headers = { Accept-Language = "de" }\n'])
def test_what_is_no_secret_may_be_read_by_others(desk: Desk, more: str) -> None:
    configure(desk, "http://lamp.example/", more, 0o644)
    desk.run("sources", "list")


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        (f'headers = "{KEY}"', "must be a table of strings"),
        (f'headers = {{ "a b" = "{KEY}" }}', "not a valid header name"),
        (f'headers = {{ Cookie = "{KEY}" }}', "write cookies"),
        (f'headers = {{ X = "{KEY}\\n" }}', "one line of ASCII text"),
        (f'headers = {{ X = "{KEY}\\u00e9" }}', "one line of ASCII text"),
        ('headers = { X = "env:" }', "must be followed by the name"),
        (f'cookies = {{ a = "{KEY}; b=c" }}', "not contain a semicolon"),
        ("cookies = { a = 1 }", "must be a table of strings"),
        ('user_agent = "\\u00e9"', "one line of ASCII text"),
        ('user_agent = "env:"', "one line of ASCII text"),
        ('charset = "windows-9999"', "the name of an encoding"),
        ("interval = -1", "seconds"),
        ('netrc = "yes"', "true or false"),
    ],
)
def test_wrong_options_are_told_without_their_values(desk: Desk, more: str, problem: str) -> None:
    configure(desk, "http://lamp.example/", more)
    told = desk.run("fetch", status=2).err
    assert problem in told and "line 8" in told and KEY not in told


def test_user_agent_of_a_source(desk: Desk) -> None:
    rules = typed("User-agent: reader\nDisallow: /shut\n", "text/plain")
    with serve({"/": PAGE_HTML, "/shut": PAGE_HTML, "/robots.txt": rules}) as server:
        desk.configure(
            QUICK
            + source(server.url(), 'user_agent = "reader/1 (me)"\n')
            + source(server.url("/shut"), 'user_agent = "reader/1 (me)"\n', "shut")
        )
        assert "robots.txt" in desk.run("fetch", status=1).err
        assert {request.headers["User-Agent"] for request in server.requests} == {"reader/1 (me)"}
        desk.configure(QUICK + source(server.url("/shut"), ""))
        desk.run("fetch")
        assert server.last("/shut").headers["User-Agent"].startswith("ticker/")


def test_charset_of_a_source(desk: Desk) -> None:
    page = PAGE_HTML.replace('<meta charset="utf-8">', "").replace("Société", "Общество").encode("cp1251")
    with serve({"/": typed(page, "text/html; charset=iso-8859-1")}) as server:
        configure(desk, server.url(), 'charset = "windows-1251"\n')
        desk.run("fetch")
    assert any("Общество" in line for line in desk.stored())


def test_a_source_is_not_fetched_oftener_than_its_interval(desk: Desk) -> None:
    minute = timedelta(minutes=1)
    with serve({"/": PAGE_HTML, "/other": PAGE_HTML}) as server:
        desk.configure(QUICK + source(server.url(), "interval = 259200\n") + source(server.url("/other"), "", "other"))
        desk.run("fetch")
        assert "1 skipped (within their interval; next fetch " in desk.run("fetch").err
        assert "lamp: skipped until " in desk.run("fetch", "-v").err
        assert (server.count("/"), server.count("/other")) == (1, 3)
        desk.run("fetch", "--ignore-robots")
        assert server.count("/") == 1
        desk.run("fetch", "lamp")
        assert server.count("/") == 2, "a source that is named is fetched despite its interval"
        set_clock(desk, 70 * 60 * minute)
        desk.run("fetch", "other")
        assert "next run" not in next(line for line in desk.run("status").out.splitlines() if "lamp" in line)
        set_clock(desk, 73 * 60 * minute)
        desk.run("fetch")
        assert server.count("/") == 3


@pytest.mark.parametrize("status", [403, 429])
def test_a_refusal_says_what_may_help(desk: Desk, status: int) -> None:
    with serve({"/": Reply(status)}) as server:
        told = desk.run("fetch", server.url(), "--ignore-robots", status=1).err
    assert ("user_agent" if status == 403 else "interval") in told
