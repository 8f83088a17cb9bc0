"""Shell completion, enabled as the README describes."""

from __future__ import annotations

import subprocess

import pytest

from tests.cli.desk import PROGRAM, Desk

SOURCES = (
    '[[source]]\nname = "gazette"\nurl = "https://a.example/"\n[[source]]\nname = "walaw"\nurl = "https://b.example/"\n'
)


def offered(desk: Desk, line: str) -> list[str]:
    """Return the completions of the last word of ``line``."""
    desk.environment |= {"_TICKER_COMPLETE": "bash_complete", "TICKER_LINE": line, "TICKER_BREAKS": " :="}
    return [answer.partition(",")[2] for answer in desk.run().lines if answer]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ticker s", ["sources", "search", "show", "stats", "status"]),
        ("ticker fetch ga", ["gazette"]),
        ("ticker sources check ", ["gazette", "walaw"]),
        ("ticker sources remove w", ["walaw"]),
        ("ticker sources a", ["add"]),
        ("ticker list --so", ["--source"]),
        ("ticker list --source w", ["walaw"]),
    ],
)
def test_what_is_offered(desk: Desk, line: str, expected: list[str]) -> None:
    desk.configure(SOURCES)
    assert [word for word in offered(desk, line) if word != line.split(" ")[-1]] == expected


def test_a_configuration_given_in_the_line_counts(desk: Desk) -> None:
    (desk.folder / "other.toml").write_text(SOURCES.replace("gazette", "gamma"), encoding="utf-8")
    assert "gamma" in offered(desk, "ticker --config other.toml fetch g")


def test_the_description_of_a_source_shows_no_password(desk: Desk) -> None:
    desk.configure('[[source]]\nname = "gazette"\nurl = "https://me:secret@a.example/"\n')
    desk.environment |= {"_TICKER_COMPLETE": "zsh_complete", "COMP_WORDS": "ticker fetch g", "COMP_CWORD": "2"}
    assert desk.run().lines[:3] == ["plain", "gazette", "https://a.example/"]


def test_a_configuration_with_a_mistake_offers_nothing_and_says_nothing(desk: Desk) -> None:
    desk.configure("jobs = 'many'\n")
    assert offered(desk, "ticker sources check g") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shells_get_their_script(desk: Desk, shell: str) -> None:
    desk.environment["_TICKER_COMPLETE"] = f"{shell}_source"
    done = subprocess.run(PROGRAM, capture_output=True, text=True, env=desk.variables(), check=True)
    assert "_TICKER_COMPLETE" in done.stdout
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=done.stdout, text=True, check=True)
