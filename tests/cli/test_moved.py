"""Permanently moved sources: the hint, and the update of the URL."""

from __future__ import annotations

import json
import shlex

import pytest

from tests.cli.desk import PAGE_HTML, Desk
from tests.servers import Reply, redirect, serve, unless_known

QUICK = "# mine\n[fetching]\npause = 0\nretries = 0\n\n"


def source(name: str, url: str) -> str:
    return f'# about {name}\n[[source]]\nname = "{name}" # its name\nurl = "{url}" # its page\ntimezone = "UTC"\n'


@pytest.mark.parametrize("status", [301, 308])
def test_a_source_that_has_moved_is_told_of_and_followed(desk: Desk, status: int) -> None:
    routes = {"/a": redirect("/b", status), "/b": redirect("/c", 301), "/c": redirect("/d", 302)}
    with serve({**routes, "/d": unless_known(PAGE_HTML, etag='"1"'), "/x": PAGE_HTML}) as server:
        before = QUICK + source("lamp", server.url("/a")) + "\n" + source("quay", server.url("/x"))
        desk.configure(before)
        desk.run("fetch")
        command = f"ticker sources set lamp --url {server.url('/c')}"
        hint = f"lamp: moved permanently to {server.url('/c')}; to use the new URL: {command}"
        assert desk.run("sources", "check", "lamp").err == f"ticker: {hint}\n"
        assert f"moved\tlamp\t{server.url('/c')}" in desk.run("status").lines
        assert "".join(hint.split()) in "".join(desk.on_terminal("status").split())
        desk.run("fetch")
        told = json.loads(desk.run("status", "--json").out)["sources"]
        assert [each["moved_to"] for each in told] == [server.url("/c"), None], "moved_to must survive a 304 response"
        assert desk.run("status", "-q").out == "", "a working redirect is not a problem"

        assert "source, archive, compact, moved or problem" in " ".join(desk.run("status", "--help").out.split())

        told_so = desk.run("sources", "set", "lamp", "--url", server.url("/c")).err
        assert told_so == f"set URL of lamp to {server.url('/c')} in {desk.config}\n"
        assert desk.config.read_text("utf-8") == before.replace(server.url("/a"), server.url("/c"))
        assert not any(line.startswith("moved") for line in desk.run("status").lines)
        assert "never fetched" not in desk.run("status").out, "the history of the source is kept"
        desk.run("fetch")
        assert not any(line.startswith("moved") for line in desk.run("status").lines)
    assert len(desk.stored()) == 8


def test_the_command_of_the_hint_can_be_run_by_a_shell(desk: Desk) -> None:
    with serve({"/a": redirect("/c?a=1&b=it's+$HOME;(x)", 301), "/c": PAGE_HTML}) as server:
        desk.configure(QUICK + source("the lamp's", server.url("/a")))
        hint = desk.run("sources", "check", "the lamp's").err
        _, _, command = hint.rstrip("\n").partition("; to use the new URL: ")
        desk.run(*shlex.split(command)[1:])
        assert desk.run("sources", "list").out.split("\t")[1] == server.url("/c?a=1&b=it's+$HOME;(x)")
        desk.run("fetch")
        assert desk.run("sources", "check", "the lamp's").err == ""


def test_the_hint_says_that_it_lacks_the_password(desk: Desk) -> None:
    with serve({"/a": redirect("/b", 301), "/b": PAGE_HTML}) as server:
        desk.configure(QUICK + source("lamp", server.url("/a").replace("//", "//user:secret@")))
        desk.run("fetch")
        assert f"moved\tlamp\t{server.url('/b')}" in desk.run("status").lines
        told = desk.run("sources", "check", "lamp").err
        assert "secret" not in told
        assert (
            "; to use the new URL (add the user name and the password, which are not shown): ticker sources set" in told
        )


def test_what_moves_back_has_not_moved(desk: Desk) -> None:
    with serve({"/a": redirect("/b", 301), "/b": PAGE_HTML, "/t": redirect("/b", 302)}) as server:
        desk.configure(QUICK + source("lamp", server.url("/a")))
        desk.run("fetch")
        server.routes["/a"] = Reply(503)
        desk.run("fetch", status=1)
        assert any(line.startswith("moved") for line in desk.run("status").lines)
        server.routes["/a"] = redirect("/t", 302)
        desk.run("fetch", "lamp")
        assert not any(line.startswith("moved") for line in desk.run("status").lines)


def test_set_refuses_what_cannot_be(desk: Desk) -> None:
    desk.configure(QUICK + source("lamp", "http://lamp.example/") + source("quay", "http://quay.example/"))
    before = desk.config.read_bytes()
    assert "the URL of source 'quay'" in desk.run("sources", "set", "lamp", "--url", "quay.example", status=2).err
    assert "no source 'lamb'; there are lamp, quay" in desk.run(
        "sources", "set", "lamb", "--url", "http://a.example/", status=2
    ).err  # fmt: skip
    assert "invalid URL" in desk.run("sources", "set", "lamp", "--url", "ftp://a.example/", status=2).err
    assert desk.config.read_bytes() == before


def test_a_source_without_a_name_keeps_that_of_its_host(desk: Desk) -> None:
    desk.configure('[[source]]\nurl = "http://lamp.example/"\n')
    desk.run("sources", "set", "lamp.example", "--url", "https://www.lamp.example/")
    assert desk.run("sources", "list").out == "lamp.example\thttps://www.lamp.example/\t\n"
