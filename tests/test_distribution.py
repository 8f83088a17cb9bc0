"""Tests that messages and documents never tell users to install another project's distribution."""

from __future__ import annotations

import re
from configparser import ConfigParser
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ticker.errors import DISTRIBUTION, install_hint

ROOT = Path(__file__).parents[1]
CONFIG = ConfigParser()
CONFIG.read(ROOT / "setup.cfg", encoding="utf-8")
TEXTS = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "ticker").rglob("*.py")),
]
# An installation command, up to a quote, a comment or the end of the line.
COMMAND = re.compile(r"(?:pipx (?:install|inject|upgrade|run)|pip install)((?: +(?:'[^'\n]*'|[^\s'\"`#)]+))+)")
WITH_EXTRA = re.compile(r"\b([A-Za-z][\w.-]*)\[(?:plot|parquet|fuzz|test)\b")


def own_and_needed() -> set[str]:
    """Return the names of this distribution and its requirements, with all extras."""
    texts = [CONFIG["options"]["install_requires"], *CONFIG["options.extras_require"].values()]
    needed = {Requirement(line).name for text in texts for line in text.splitlines() if line.strip()}
    return {canonicalize_name(name) for name in {DISTRIBUTION, "PySocks", *needed}}


def named_in(command: str) -> set[str]:
    """Return the distributions in the arguments of a command, without options, files and paths."""
    words = [word.strip("'") for word in re.findall(r"'[^']*'|\S+", command)]
    names = (re.split(r"[\[<>=!~;]", word)[0] for word in words if not word.startswith(("-", ".", "/", "~", "{")))
    return {canonicalize_name(name) for name in names if name and not name.endswith((".txt", ".whl"))}


def test_the_distribution_has_a_name_of_its_own() -> None:
    assert CONFIG["metadata"]["name"] == DISTRIBUTION == "newsticker"
    (script,) = distribution(DISTRIBUTION).entry_points.select(group="console_scripts")
    assert (script.name, script.value) == ("ticker", "ticker.__main__:main")


def test_no_text_names_what_is_somebody_else_s() -> None:
    commands = 0
    for path in TEXTS:
        text = path.read_text(encoding="utf-8")
        for found in COMMAND.finditer(text):
            commands += 1
            others = named_in(found[1].replace("{DISTRIBUTION}", DISTRIBUTION)) - own_and_needed()
            assert not others, f"{path}: {found[0]}"
        assert all(found[1] == DISTRIBUTION for found in WITH_EXTRA.finditer(text)), path
    assert commands >= 6, "expected at least 6 installation commands in README and messages"


def test_what_would_be_wrong_is_found() -> None:
    for text in ("pip install 'ticker[plot]'", "pipx install ticker", "pipx inject ticker matplotlib"):
        (found,) = COMMAND.finditer(text)
        assert named_in(found[1]) - own_and_needed() == {"ticker"}, text


def test_messages_tell_how_extras_are_installed() -> None:
    hint = install_hint("pyarrow")
    assert hint.startswith("'pipx inject newsticker pyarrow' or '") and "-m pip install pyarrow'" in hint
