"""Fixture pages: each ``NAME.html`` or ``NAME.txt`` in tests/fixtures/pages has its expected answer in
``NAME.html.json``, with what ``parse_page`` is given under "given" and what it gives under "page".
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import ticker

PAGES = Path(__file__).parent / "fixtures" / "pages"


def page_files() -> list[Path]:
    """The fixture pages, by name."""
    return sorted(path for path in PAGES.iterdir() if path.suffix in (".html", ".txt"))


def expected(path: Path) -> dict[str, Any]:
    """What is written beside a page: {"given": ..., "page": ...}."""
    return json.loads(_answer(path).read_text(encoding="utf-8"))


def read(path: Path, given: dict[str, str]) -> dict[str, Any]:
    """What the parser makes of a page now."""
    return ticker.parse_page(
        path.read_bytes(),
        url=given.get("url"),
        fetched_at=datetime.fromisoformat(given["fetched_at"]),
        timezone=given.get("timezone"),
    ).to_dict()


def write(path: Path, answer: dict[str, Any]) -> None:
    """Puts an answer beside its page."""
    _answer(path).write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _answer(path: Path) -> Path:
    return path.with_name(path.name + ".json")
