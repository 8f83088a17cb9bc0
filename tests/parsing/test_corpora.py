"""The quality that was reached on real pages is held, where those pages are: a folder ``shared`` beside the checkout.

Real pages are not ours to copy, so they are no part of the project.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

# The first of them scores 230 pages.
pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("corpora")]

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "evalkit" / "evaluate.py"


@pytest.fixture(scope="module")
def report() -> str:
    if not (SHARED / "corpora").is_dir() or not SCORER.is_file():
        pytest.skip(f"no real pages with known answers in {SHARED.name}/ beside the checkout")
    done = subprocess.run([sys.executable, SCORER], cwd=ROOT, capture_output=True, text=True, timeout=280, check=True)
    return done.stdout


def figure(report: str, pattern: str) -> float:
    found = re.search(pattern, report)
    assert found, f"{pattern!r} is not in the report:\n{report}"
    return float(found[1])


def test_no_page_breaks_the_parser(report):
    assert re.findall(r"(\d+) failed", report) == ["0", "0"]


def test_headlines(report):
    assert figure(report, r"headlines F1 ([\d.]+)") >= 0.95
    assert figure(report, r"giving headlines all the same: (\d+)") <= 2
    assert figure(report, r"with its link ([\d.]+)") >= 0.97


def test_bodies(report):
    assert figure(report, r"body F1 ([\d.]+)") >= 0.965
    assert figure(report, r"published \(to the minute\) ([\d.]+)") >= 0.90


def test_titles(report):
    """97 % was aimed at; docs/parsing.md says why 91 % is where general rules end."""
    assert figure(report, r"title ([\d.]+)") >= 0.90
