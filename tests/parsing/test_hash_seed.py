"""Tests that results do not depend on Python's hash seed, which sets the order of sets of strings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARSE_ALL = """
import hashlib, json
from tests import pages
answers = [pages.read(path, pages.expected(path)["given"]) for path in pages.page_files()]
print(hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest())
"""


@pytest.mark.timeout(120)
def test_all_fixture_pages_are_read_alike_under_any_seed():
    digests = set()
    for seed in ("0", "1", "2", "3001"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", PARSE_ALL], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1
