"""Tests that scores on real pages do not fall, if the folder ``shared`` beside the checkout holds such pages.

The project does not own real pages, so it does not include them.
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
    """Return the scorer's report on all pages, which takes half a minute."""
    if not (SHARED / "corpora").is_dir() or not SCORER.is_file():
        pytest.skip(f"no real pages with known answers in {SHARED.name}/ beside the checkout")
    done = subprocess.run([sys.executable, SCORER], cwd=ROOT, capture_output=True, text=True, timeout=280, check=True)
    return done.stdout


def figure(report: str, pattern: str) -> float:
    found = re.search(pattern, report)
    assert found, f"{pattern!r} is not in the report:\n{report}"
    return float(found[1])


def of_corpus(report: str, name: str) -> str:
    """Return the part of the report on one corpus."""
    found = re.search(rf"^{name}: .*(?:\n  .*)*", report, re.M)
    assert found, f"{name} is not in the report:\n{report}"
    return found[0]


# The scores reached on each corpus, less a margin: (corpus, pattern of the score in the report, minimum).
FLOORS = (
    ("articles", r"body F1 ([\d.]+)", 0.968),
    ("articles", r"title ([\d.]+)", 0.91),
    ("articles", r"published \(to the minute\) ([\d.]+)", 0.97),
    ("wcxb", r"body F1 ([\d.]+)", 0.953),
    ("wcxb", r"title ([\d.]+)", 0.90),
    ("tickers", r"headlines F1 ([\d.]+)", 0.99),
    ("tickers", r"with its link ([\d.]+)", 0.99),
    ("tickers2", r"headlines F1 ([\d.]+)", 0.97),
    ("tickers2", r"with its link ([\d.]+)", 0.98),
)


@pytest.mark.timeout(300)
def test_the_quality_that_was_reached_is_held() -> None:
    """Check all scores in one test, because with several tests each test process would score all pages."""
    report = scored()
    assert set(re.findall(r"(\d+) failed", report)) == {"0"}
    reached = [(name, pattern, figure(of_corpus(report, name), pattern), floor) for name, pattern, floor in FLOORS]
    assert [row for row in reached if row[2] < row[3]] == []
    assert figure(of_corpus(report, "tickers"), r"giving headlines all the same: (\d+)") == 0
    assert figure(of_corpus(report, "tickers2"), r"giving headlines all the same: (\d+)") <= 2
