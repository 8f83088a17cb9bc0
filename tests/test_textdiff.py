"""Tests of the differences between two texts."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticker.textdiff import Op, Piece, diff_paragraphs, diff_words

MARKS: dict[Op, str] = {"gone": "[-{}-]", "come": "{{+{}+}}", "same": "{}"}


def marked(pieces: list[Piece]) -> str:
    return "".join(MARKS[op].format(text) for op, text in pieces)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("closes until Thursday for now", "closes until Friday for now", "closes until [-Thursday-]{+Friday+} for now"),
        ("Rate cut to 3.1 per cent", "Rate cut to 3.2 per cent", "Rate cut to [-3.1-]{+3.2+} per cent"),
        ("Police arrest two", "Police arrest three in Leeds", "Police arrest [-two-]{+three in Leeds+}"),
        ("same", "same", "same"),
        ("same  words", " same\nwords ", "same words"),
        ("", "come", "{+come+}"),
        ("gone", "", "[-gone-]"),
        ("", "", ""),
        ("talks fail", "talks fail, says minister", "talks fail{+, says minister+}"),
        ("big cat", "cat", "[-big -]cat"),
        ("Café closes", "Cafe closes", "[-Café-]{+Cafe+} closes"),
        # Scripts without spaces are compared by letter, with its marks.
        ("首相が会見で対策を発表", "首相が会見で新対策を発表", "首相が会見で{+新+}対策を発表"),
        ("นายกรัฐมนตรีแถลง", "นายกรัฐมนตรีกล่าวแถลง", "นายกรัฐมนตรี{+กล่าว+}แถลง"),
        ("ที่บ้าน", "ที่บาน", "ที่[-บ้-]{+บ+}าน"),
        ("금리를 인상했다", "금리를 동결했다", "금리를 [-인상했다-]{+동결했다+}"),
        ("الحكومة ترفض", "الحكومة تقبل", "الحكومة [-ترفض-]{+تقبل+}"),
        # One shared word does not make sentences similar.
        (
            "The quick fox jumps over the lazy dog",
            "A man was seen on the hill by a postman",
            "[-The quick fox jumps over the lazy dog-]{+A man was seen on the hill by a postman+}",
        ),
    ],
)
def test_words(old: str, new: str, expected: str) -> None:
    assert marked(diff_words(old, new)) == expected


def test_paragraphs() -> None:
    old = "One.\nThe strike goes on tomorrow.\nThree.\nGone for good."
    new = "One.\nThe strike goes on until Monday.\nNew here.\nThree."
    assert [marked(pieces) for pieces in diff_paragraphs(old, new)] == [
        "One.",
        "The strike goes on [-tomorrow-]{+until Monday+}.",
        "{+New here.+}",
        "Three.",
        "[-Gone for good.-]",
    ]
    assert diff_paragraphs("", "") == []
    assert [marked(pieces) for pieces in diff_paragraphs("", "a\nb")] == ["{+a+}", "{+b+}"]


def only(pieces: list[Piece], *ops: Op) -> str:
    return "".join(piece.text for piece in pieces if piece.op in ops)


texts = st.text(alphabet="ab c.,'-é日本\u0e01\u0e49\n\u0301", max_size=40) | st.text(max_size=30)


@given(texts, texts)
def test_both_texts_can_be_had_from_the_pieces(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    assert only(pieces, "same", "gone") == " ".join(old.split())
    assert only(pieces, "same", "come") == " ".join(new.split())
    assert all(piece.text for piece in pieces)
    paragraphs = diff_paragraphs(old, new)
    for text, op in ((old, "gone"), (new, "come")):
        lines = [" ".join(line.split()) for line in text.split("\n")]
        kept = [only(pieces, "same", op) for pieces in paragraphs]  # type: ignore[arg-type]
        assert [line for line in kept if line] == [line for line in lines if line]


def random_text(paragraphs: int, words: int, letters: str, seed: int) -> str:
    chance = random.Random(seed)
    return "\n".join(" ".join(chance.choice(letters) for _ in range(words)) for _ in range(paragraphs))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 50_000, "a " * 49_999 + "b"),
        ("a b " * 20_000, "b a c " * 20_000),
        (" ".join(map(str, range(20_000))), " ".join(map(str, range(20_000, 0, -1)))),
        ("\n".join(["x y"] * 5_000), "\n".join(["x y", "z"] * 5_000)),
        ("\n".join(f"w{n} a b c" for n in range(4_000)), "\n".join(f"v{n} q r s" for n in range(4_000))),
        (random_text(1, 900, "abcdef", 1), random_text(1, 900, "abcdef", 2)),
        (random_text(200, 300, "abcdef", 1), random_text(200, 300, "abcdef", 2)),
        ("あ" * 100_000, "い" * 100_000 + "あ"),
    ],
)
def test_no_text_takes_long(old: str, new: str) -> None:
    began = time.process_time()
    diff_words(old, new)
    diff_paragraphs(old, new)
    assert time.process_time() - began < 5
