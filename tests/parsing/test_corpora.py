"""The quality that was reached on real pages is held, where those pages are: a folder ``shared`` beside the checkout.

Real pages are not ours to copy, so they are no part of the project.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "evalkit" / "evaluate.py"


def scored() -> str:
    """Return the report of a run over all pages; it takes half a minute."""
    if not (SHARED / "corpora").is_dir() or not SCORER.is_file():
        pytest.skip(f"no real pages with known answers in {SHARED.name}/ beside the checkout")
    done = subprocess.run([sys.executable, SCORER], cwd=ROOT, capture_output=True, text=True, timeout=280, check=True)
    return done.stdout


def figure(report: str, pattern: str) -> float:
    found = re.search(pattern, report)
    assert found, f"{pattern!r} is not in the report:\n{report}"
    return float(found[1])


@pytest.mark.timeout(300)
def test_the_quality_that_was_reached_is_held() -> None:
    """One test, since of several each process that tests would score all pages.

    97 % of the titles was aimed at; docs/parsing.md says why 91 % is where general rules end.
    """
    report = scored()
    assert set(re.findall(r"(\d+) failed", report)) == {"0"}
    assert figure(report, r"headlines F1 ([\d.]+)") >= 0.95
    assert figure(report, r"giving headlines all the same: (\d+)") <= 2
    assert figure(report, r"with its link ([\d.]+)") >= 0.97
    assert figure(report, r"body F1 ([\d.]+)") >= 0.965
    assert figure(report, r"published \(to the minute\) ([\d.]+)") >= 0.90
    assert figure(report, r"title ([\d.]+)") >= 0.90
