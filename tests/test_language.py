"""The language of code and documents: standard words, and none of those that readers stumble over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXTS = sorted(
    path
    for pattern in ("*.md", "*.py", "docs/*.md", "ticker/**/*.py", "benchmarks/*.py", "tests/**/*.py")
    for path in ROOT.glob(pattern)
    if path != Path(__file__)
)
# What is not ours, and what to write in its place. Patterns match regardless of case, across line ends.
NOT_OURS = {
    r"is told": "is reported, is passed",
    r"tells? of": "describes, reports",
    r"(?:of|for) whoever|whoever": "a person who, callers",
    r"anew": "again",
    r"as (?:it|they) stands?": "unchanged",
    r"what is no\b": "what is not",
    r"a word to": "a message to",
    r"for who(?:m)? asks": "for callers",
    r"whatever becomes of": "even if",
    r"the one door": "the interface",
    r"\bnought\b|\bhence\b|\bthereof\b|\bwherein\b|\bthereby\b": "a plain word",
    r"\bare spared\b|\bis spared\b|\bsparing\b": "skip, back off",
    r"\bglimpse\b|\bat a glance\b": "summary",
    r"\bput aside\b": "quarantine",
}
PATTERN = re.compile("|".join(f"(?:{piece})".replace(" ", r"\s+(?:#\s+)?") for piece in NOT_OURS), re.IGNORECASE)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_texts_use_standard_words(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [f"line {text.count(chr(10), 0, each.start()) + 1}: {each[0]!r}" for each in PATTERN.finditer(text)]
    assert not found, "; ".join(found)
