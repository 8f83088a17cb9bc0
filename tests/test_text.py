"""Tests of the text helpers."""

import pytest

from ticker.text import clean, fold


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("  a \n b\u00a0c ", "a b c"),
        ("\ufeffco\u00adop\u200ber\u2060ate\u200e", "cooperate"),
        ("a\u200cb\u200dc", "abc"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\u0645\u06cc\u200c\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\u200c\u0645\u06cc\u200c ", "\u0645\u06cc"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("\u0d28\u0d4d\u200d ", "\u0d28\u0d4d\u200d"),
    ],
    ids=["spaces", "unseen", "Latin", "Persian", "doubled", "at the ends", "Devanagari", "Malayalam, at the end"],
)
def test_clean(text: str, seen: str) -> None:
    assert clean(text) == seen
    assert clean(seen) == seen


def test_fold_drops_joiners() -> None:
    assert fold("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645") == fold(
        "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645"
    )
