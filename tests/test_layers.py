"""Tests of the layers in docs/ARCHITECTURE.md: imports go only downward, never to neighbours."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "ticker"
# From top to bottom; the packages of one row must not import each other.
LAYERS = (
    ("newspaper",),
    ("commands",),
    ("pipeline", "exporting", "statistics"),
    ("fetching", "parsing", "archive"),
    ("state",),
    ("settings",),
    ("times",),
    ("records", "precision", "errors", "text", "addresses", "changes", "iso", "files", "zstandard"),
)
# Ground modules may import each other.
GROUND = LAYERS[-1]
ENTRY = ("__init__", "__main__")
ONLY_HERE = {
    "requests": "fetching/transport.py",
    "click": "commands/",
    "rich": "commands/",
    "tomlkit": "settings/editing.py",
    "protego": "fetching/robots.py",
    "bs4": "parsing/selectors.py",
    "sqlite3": ("state/", "fetching/validators.py", "archive/index/database.py", "exporting/as_sqlite.py"),
    "matplotlib": "statistics/plotting.py",
    "pyarrow": "exporting/as_parquet.py",
    "backports": "zstandard.py",
    "platformdirs": "settings/locations.py",
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Yield the full names of all imports in a file, including local and type-checking imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: use absolute imports"
            # "from ticker import addresses" imports a module, "from ticker.text import fold" a name in a module.
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names)


def rank(part: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if part in layer)


def test_every_part_has_its_layer() -> None:
    parts = {part_of(path) for path in modules()} - set(ENTRY)
    assert parts == {part for layer in LAYERS for part in layer}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_downward(path: Path) -> None:
    part = part_of(path)
    for name in imports(path):
        head, _, rest = name.partition(".")
        if head != "ticker":
            place = str(path.relative_to(PACKAGE))
            assert place.startswith(ONLY_HERE.get(head, "")), f"{name} may be imported only in {ONLY_HERE.get(head)}"
            continue
        other = rest.partition(".")[0]
        if part in ENTRY or other == part or other == "__version__":
            continue
        assert part != "newspaper", f"the newspaper must not import the program: {name}"
        assert rank(other) > rank(part) or (part in GROUND and other in GROUND), f"{part} must not import {name}"


def test_the_document_draws_the_same_layers() -> None:
    text = (PACKAGE.parent / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith(("| `", "| ground"))]
    named = [row for row in rows if "/" in row or ".py" in row]
    for layer in LAYERS:
        assert any(all(part in row for part in layer) for row in named), layer
