"""Tests that each fixture page gives the expected result in the file beside it."""

from __future__ import annotations

import pytest

from tests import pages


@pytest.mark.parametrize("path", pages.page_files(), ids=lambda path: path.name)
def test_page_gives_what_is_written_beside_it(path):
    answer = pages.expected(path)
    assert pages.read(path, answer["given"]) == answer["page"]
