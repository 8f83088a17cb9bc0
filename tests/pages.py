"""Fixture pages and their expected results.

Each ``NAME.html`` or ``NAME.txt`` in tests/fixtures/pages has a ``NAME.html.json`` (or ``NAME.txt.json``) with the
arguments of ``parse_page`` under "given" and the expected result under "page".
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import ticker

PAGES = Path(__file__).parent / "fixtures" / "pages"


def page_files() -> list[Path]:
    """Return the fixture pages, sorted by name."""
    return sorted(path for path in PAGES.iterdir() if path.suffix in (".html", ".txt"))


def expected(path: Path) -> dict[str, Any]:
    """Return the expected result of a page: {"given": ..., "page": ...}."""
    return json.loads(_answer(path).read_text(encoding="utf-8"))


def read(path: Path, given: dict[str, str]) -> dict[str, Any]:
    """Return the parser's current result for a page."""
    return ticker.parse_page(
        path.read_bytes(),
        url=given.get("url"),
        fetched_at=datetime.fromisoformat(given["fetched_at"]),
        timezone=given.get("timezone"),
    ).to_dict()


def write(path: Path, answer: dict[str, Any]) -> None:
    """Write the expected result of a page."""
    _answer(path).write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _answer(path: Path) -> Path:
    return path.with_name(path.name + ".json")
