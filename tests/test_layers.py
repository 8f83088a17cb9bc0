"""The layers of docs/ARCHITECTURE.md: imports go downward only, without circles, between modules of modest length."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "ticker"
DOCUMENT = PACKAGE.parent / "docs" / "ARCHITECTURE.md"
# From the top down; packages in one row do not import each other.
LAYERS = (
    ("demo",),
    ("cli",),
    ("pipeline", "export", "stats"),
    ("fetching", "parsing", "archive"),
    ("fetch_state",),
    ("settings",),
    ("times",),
    ("models", "errors", "text", "urls", "textdiff", "iso8601", "fileio", "zstandard"),
)
GROUND = LAYERS[-1]
# The package itself with its public names, and the start of the program.
ENTRY = ("__init__", "__main__")
# The only modules that import a library.
ONLY_HERE = {
    "requests": "fetching/transport.py",
    "click": "cli/",
    "rich": "cli/",
    "tomlkit": "settings/editor.py",
    "protego": "fetching/robots.py",
    "bs4": "parsing/selectors.py",
    "sqlite3": (
        "fetch_state/",
        "fetching/validators.py",
        "archive/search_index/database.py",
        "export/as_sqlite.py",
    ),
    "matplotlib": "stats/charts.py",
    "pyarrow": "export/as_parquet.py",
    "backports": "zstandard.py",
    "platformdirs": "settings/reader.py",
}
LONGEST_MODULE = 400


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """Yield the full names that a file imports, anywhere in it and for type checking too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write absolute imports"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def import_graph() -> Mapping[str, set[str]]:
    """Return the modules that each module imports; the public names of ``import ticker`` do not count."""
    names = {module_name(path) for path in modules()}
    graph: dict[str, set[str]] = {}
    for path in modules():
        found = (name if name in names else name.rpartition(".")[0] for name in imports(path))
        graph[module_name(path)] = {name for name in found if name in names} - {"ticker", module_name(path)}
    return graph


def rank(part: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if part in layer)


def test_every_part_has_its_layer() -> None:
    parts = {part_of(path) for path in modules()} - set(ENTRY)
    assert parts == {part for layer in LAYERS for part in layer}


@pytest.mark.parametrize("path", modules(), ids=place)
def test_imports_go_downward(path: Path) -> None:
    part = part_of(path)
    for name in imports(path):
        head, _, rest = name.partition(".")
        if head != "ticker":
            assert place(path).startswith(ONLY_HERE.get(head, "")), f"{name} is imported in {ONLY_HERE.get(head)} only"
            continue
        other = rest.partition(".")[0]
        if part in ENTRY or other in (part, "__version__"):
            continue
        assert part != "demo", f"the demo uses the program from outside: {name}"
        assert rank(other) > rank(part) or (part in GROUND and other in GROUND), f"{part} must not import {name}"


def test_imports_form_no_circle() -> None:
    try:
        TopologicalSorter(import_graph()).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("path", modules(), ids=place)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_the_document_has_the_same_layers() -> None:
    rows = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    for layer in LAYERS:
        assert any(all(f"`{part}" in row for part in layer) for row in rows), layer


def test_the_document_names_files_that_exist() -> None:
    named = set(re.findall(r"[\w/]+\.py\b", DOCUMENT.read_text(encoding="utf-8")))
    paths = [f"/{path.relative_to(PACKAGE.parent).as_posix()}" for path in modules()]
    examples = {"as_NAME.py", "export/as_NAME.py", "tests/test_layers.py"}
    assert [name for name in sorted(named - examples) if not any(path.endswith(f"/{name}") for path in paths)] == []


def test_the_document_shows_every_folder() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    folders = {path.parent.name for path in modules() if path.parent != PACKAGE}
    assert [name for name in sorted(folders) if f"{name}/" not in text] == []


def test_the_tree_names_every_module() -> None:
    tree = DOCUMENT.read_text(encoding="utf-8").partition("## The tree")[2].partition("| to change |")[0]
    names = {path.stem for path in modules() if path.parent.name != "commands"} - set(ENTRY)
    assert names - set(re.findall(r"\w+", tree)) == set()
