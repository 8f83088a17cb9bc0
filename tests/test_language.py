"""The language of code and documents: standard words instead of odd phrases."""

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
# Patterns of phrases to avoid, each with what to write instead. They ignore case and match across line ends.
# Word boundaries exclude parts of identifiers, such as names of tests.
NOT_OURS = {
    r"is told": "is reported, is passed",
    r"tells? of": "describes, reports",
    r"(?:of|for) whoever|whoever": "a person who, callers",
    r"\banew\b": "again",
    r"as (?:it|they) stands?": "unchanged",
    r"what is no\b": "what is not",
    r"a word to": "a message to",
    r"for who(?:m)? asks": "for callers",
    r"whatever becomes of": "even if",
    r"the one door": "the interface",
    r"\bnought\b|\bhence\b(?!\))|\bthereof\b|\bwherein\b|\bthereby\b": "a plain word",
    r"\bare spared\b|\bis spared\b|\bsparing\b": "skip, back off",
    r"\bglimpse\b|\bat a glance\b": "summary",
    r"\bput aside\b": "quarantine",
    r"\bof one's own\b": "separate, a copy of",
    r"\b(?:told|tells?) apart\b": "distinguished",
    r"\bwhat (?:is|was) known of\b": "the stored state of",
    r"\bwhat stands\b": "the text, the content",
    r"\bstands? (?:behind|above|beside|before)\b": "is, follows, precedes",
    r"\bspeaks? of\b": "describes, covers",
    r"\b(?:says?|said) of\b": "states about",
    r"\bwhat of (?:it|them|an?|the)\b": "the part that",
    r"\blies? (?:there|behind|beyond)\b": "is in, is after",
    r"\bwhat (?:comes|came) in\b": "the response, the new records",
    r"\bwhat (?:it|they) gives?\b": "the result, the output",
    r"\bin silence\b": "without a message",
    r"\btaken for\b(?! granted)": "parsed as, treated as",
    r"\bas ever\b": "unchanged",
    r"\bheeds\b|\bto heed\b": "obeys, applies, handles",
    r"\bhalf-made\b": "temporary, incomplete",
    r"\bit is no\b(?! (?:longer|more|less))": "it is not a",
    r"\b(?:to|can) be had\b": "available",
    r"\bas (?:they are|it is|is|are) meant\b": "as intended",
    r"(?-i:\bPure\.)": "what the function does",
}
PATTERN = re.compile("|".join(f"(?:{piece})".replace(" ", r"\s+(?:#\s+)?") for piece in NOT_OURS), re.IGNORECASE)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_texts_use_standard_words(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [f"line {text.count(chr(10), 0, each.start()) + 1}: {each[0]!r}" for each in PATTERN.finditer(text)]
    assert not found, "; ".join(found)
