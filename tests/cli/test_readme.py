"""README.md and ``--help``: they agree, and their examples run."""

from __future__ import annotations

import json
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from inspect import cleandoc
from pathlib import Path

import click
import pytest
from msgspec.structs import fields

from tests.cli.desk import PAGE_HTML, PAGE_TEXT, PROGRAM, ROOT, Desk
from ticker.cli.main import COMMANDS, cli
from ticker.demo.site import Newspaper, last_midnight, serving
from ticker.settings import FetchSettings
from ticker.settings.reader import load

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, click.Command]:
    """Return every command by its full name."""
    context = click.Context(cli)
    found: dict[str, click.Command] = {}
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": each for inner, each in command.commands.items()}
    return found


def section(title: str) -> str:
    """Return the text of a README section, up to the next heading of its level or higher."""
    start = README.index(f"\n{title}\n")
    rank = title.partition(" ")[0]
    end = re.compile(rf"^#{{2,{len(rank)}}} ", re.MULTILINE).search(README, start + len(title) + 1)
    return README[start : end.start() if end else None]


def options(command: click.Command) -> set[str]:
    shown = [param for param in command.params if isinstance(param, click.Option) and not param.hidden]
    return {name for param in shown for name in param.opts}


COMMON = options(cli) - {"-V", "--version"}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_has_every_option_of_a_command_and_no_other(name: str) -> None:
    text = section(f"### ticker {name}")
    known = set().union(*(options(each) for full, each in commands().items() if full.split()[0] == name)) - COMMON
    told = set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*|-[a-zA-Z])(?![\w-])", re.sub(r"(?s)    curl .*?\n", "", text)))
    assert {option for option in known if option not in told} == set()
    of_any = set().union(*map(options, commands().values())) | {"-r", "-strike"}  # of jq; an excluded word
    assert told - of_any == set()


def test_the_readme_has_the_common_options() -> None:
    assert all(f"`{option}" in section("## Commands") for option in options(cli))


@pytest.mark.parametrize("name", commands())
def test_every_command_takes_the_common_options(name: str) -> None:
    assert options(commands()[name]) >= COMMON


def test_the_readme_has_every_setting_with_its_default() -> None:
    text = section("## Configuration")
    for field in fields(FetchSettings):
        told = re.search(rf"^{field.name} = (\S+)", text, re.MULTILINE)
        assert told, field.name
        if field.name != "user_agent":
            assert json.loads(told[1]) == field.default


def test_the_readme_s_configuration_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    path = tmp_path / "config.toml"
    path.write_text(example, encoding="utf-8")
    settings = load(str(path), None, {})
    assert [source.name for source in settings.sources] == ["walaw", "gazette.example"]


def test_the_links_lead_somewhere() -> None:
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", README, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)]+)\)", README):
        if target.startswith("#"):
            assert target[1:] in anchors
        elif "://" not in target:
            assert (ROOT / target.partition("#")[0]).exists(), target


def examples_of_help() -> Iterator[str]:
    for name, command in commands().items():
        lines = re.findall(r"^  (ticker .*)$", cleandoc(command.help or "").partition("Example")[2], re.MULTILINE)
        assert lines, f"ticker {name} --help has no example"
        yield from lines


def examples_of_readme() -> Iterator[str]:
    for line in re.findall(r"^    (ticker .*)$", section("## Commands"), re.MULTILINE):
        yield re.sub(r" (#|\| jq) .*", "", line).rstrip()


@pytest.fixture(scope="module")
def paper() -> Iterator[Newspaper]:
    """Serve the sample newspaper to all examples."""
    with serving(Newspaper(last_midnight(datetime.now(UTC)))) as site:
        yield site


@pytest.fixture(scope="module")
def town_once(paper: Newspaper, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a desk with the sources and files that the examples name."""
    desk = Desk(tmp_path_factory.mktemp("town"))
    desk.run("sources", "add", paper.url, "--name", "gazette", "--timezone", paper.zone)
    desk.run("sources", "add", paper.base + "/", "--name", "example", "--timezone", paper.zone)
    desk.run("sources", "add", paper.url + "?3", "--name", "walaw", "--timezone", paper.zone)
    with desk.config.open("a", encoding="utf-8") as file:
        file.write("\n[fetching]\npause = 0\n")
    desk.run("fetch", "gazette")
    desk.save("page.html", PAGE_HTML)
    desk.save("page.txt", PAGE_TEXT)
    desk.save("lines.jsonl", '{"time": "2025-06-12T17:10Z", "title": "By hand"}\n')
    other = desk.folder / "other-archive" / "headlines" / "2025"
    other.mkdir(parents=True)
    desk.save("other-archive/headlines/2025/2025-06-12.jsonl", '{"time": "2025-06-12T17:10Z", "title": "Another"}\n')
    shutil.copytree(desk.archive, desk.folder / "old")
    (desk.folder / "saved").mkdir()
    desk.save("saved/one.html", PAGE_HTML)
    desk.save("saved/two.html", PAGE_HTML)
    program = desk.save("ticker", f'#!/bin/sh\nexec {" ".join(PROGRAM)} "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return desk.folder


# Examples that print nothing on success, or nothing for a new archive.
SILENT = re.compile(
    r"sources (add|set|remove)|>|--output|--since (yesterday|20)"
    r"|^ticker (?:--\w+ \S+ )?(fetch|import|compact|verify|history$)"
)


@pytest.fixture
def town(desk: Desk, town_once: Path) -> Desk:
    """Return a desk with a copy of the folder ``town_once``."""
    shutil.copytree(town_once, desk.folder, dirs_exist_ok=True)
    desk.environment["PATH"] = f"{desk.folder}:{desk.variables()['PATH']}"
    return desk


@pytest.mark.parametrize("example", sorted({*examples_of_help(), *examples_of_readme()}))
def test_every_example_runs(town: Desk, paper: Newspaper, example: str) -> None:
    stored = json.loads(town.stored()[0])
    # ``sources add`` needs a new URL; all other URLs become the newspaper's.
    if " add " not in example:
        saved = "--url" in example
        example = re.sub(r"(?<!--url )https://\S+", paper.url, example) if not saved else example
    example = example.replace("5f0c2a91", stored["id"][:8]).replace("tail -f", "tail")  # -f would never end
    if " add " in example:
        example = re.sub(r"--name \w+", "--name another", example)
    found_nothing = (0, 1) if "search" in example else (0,)
    done = subprocess.run(
        ["bash", "-c", example], capture_output=True, text=True, cwd=town.folder, env=town.variables(), check=False
    )
    assert done.returncode in found_nothing, done.stderr
    if done.returncode == 0 and not SILENT.search(example):
        assert done.stdout
