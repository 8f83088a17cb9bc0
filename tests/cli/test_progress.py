"""The progress bar of ``ticker fetch``: on terminals only, separate from all other output."""

from __future__ import annotations

from tests.cli.desk import Desk
from ticker.demo.site import Newspaper


def test_a_terminal_shows_a_bar_and_then_the_summary(desk: Desk, newspaper: Newspaper) -> None:
    shown = desk.on_terminal("fetch", newspaper.url, newspaper.base + "/", out=False)
    assert "━" in shown
    assert "0/2" in shown
    assert shown.splitlines()[-1].endswith("2 pages of 1 source, 14 headlines, 7 new, 1 article new")


def test_an_error_is_a_line_of_its_own_above_the_bar(desk: Desk, newspaper: Newspaper) -> None:
    shown = desk.on_terminal("fetch", newspaper.base + "/none", out=False, columns=60, status=1)
    (line,) = (line for line in shown.splitlines() if "HTTP 404" in line)
    assert f"ticker: 127.0.0.1: {newspaper.base}/none: HTTP 404" in line


def test_no_bar_where_nobody_looks(desk: Desk, newspaper: Newspaper) -> None:
    assert "\x1b" not in desk.run("fetch", newspaper.url).err
    assert desk.on_terminal("fetch", newspaper.url, "-q", out=False) == ""
    assert "━" not in desk.on_terminal("fetch", newspaper.url, "-v", out=False)


def test_data_stays_on_standard_output(desk: Desk, newspaper: Newspaper) -> None:
    process = desk.on_terminal("fetch", newspaper.url, "--json", err=False)
    assert len(process.splitlines()) == 8
    assert all(line.startswith("{") for line in process.splitlines())
