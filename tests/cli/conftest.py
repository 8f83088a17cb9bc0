"""Fixtures for the tests of the commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.desk import AT, PAGE_HTML, URL, Desk
from ticker.demo.site import Newspaper, last_midnight, serving


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def newspaper() -> Iterator[Newspaper]:
    """Serve the sample newspaper on a loopback port; its clock is just past midnight."""
    with serving(Newspaper(last_midnight(datetime.now(UTC)))) as site:
        yield site


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a desk with a saved page and an archive of its four headlines and its article."""
    desk = Desk(tmp_path_factory.mktemp("filled"))
    desk.save("page.html", PAGE_HTML)
    desk.run("fetch", "page.html", "--url", URL, "--at", AT, "--timezone", "UTC")
    return desk.folder


@pytest.fixture
def filled(desk: Desk, filled_once: Path) -> Desk:
    """Return a desk with a copy of the folder ``filled_once``."""
    shutil.copytree(filled_once, desk.folder, dirs_exist_ok=True)
    return desk
