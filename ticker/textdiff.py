"""Word-level differences between two texts.

Paragraphs are compared first, then the words of changed paragraphs. In scripts without spaces, each letter with its
marks counts as a word. The algorithm is the longest-match-first of ``difflib`` (Ratcliff and Obershelp). It is cubic
at worst, so its steps are bounded; when they are used up, the rest counts as changed. An equal part between two
changes is merged into them if it is shorter than both, as in diff-match-patch: a lone "the" is not a similarity.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal, NamedTuple

from ticker.text import HAN, SOUTHEAST_ASIAN, fold, squeeze

Op = Literal["same", "gone", "come"]

# Scripts whose words are single letters here: those without spaces, and kana; below, the marks on letters.
_SPACELESS = f"{SOUTHEAST_ASIAN}{HAN}\u3031-\u312f\u31a0-\u31ff\U0001b000-\U0001b16f"
_MARKS = (
    "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u102b-\u103e"
    "\u17b6-\u17d3\u200d\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
_LETTERS = rf"(?:(?![{_SPACELESS}])[\w{_MARKS}])+"
# White space; a letter of a script without spaces; a word with its joints (3.1, don't, well-known); a sign.
_TOKEN = re.compile(rf"\s+|[{_SPACELESS}][{_MARKS}]*|{_LETTERS}(?:[.,'’-]{_LETTERS})*|.")
_JOINTS = re.compile("[.,'’-]")
_NEAR = 20  # paragraphs searched for the replacement of a removed one


class Piece(NamedTuple):
    """A part of a text: the ``same`` in both, ``gone`` from the old, or ``come`` with the new."""

    op: Op
    text: str


class _Steps:
    """The number of comparison steps that remain."""

    def __init__(self, left: int = 1_000_000) -> None:  # half a second
        self.left = left


def diff_words(old: str, new: str) -> list[Piece]:
    """Return both texts as one list of pieces, with white space squeezed.

    Without the ``come`` pieces it is the old text, without the ``gone`` pieces the new one.
    """
    return _changes(_tokens(old), _tokens(new), _Steps())


def is_replaced(old: str, new: str) -> bool:
    """Return whether two titles share no word, or no two consecutive letters in scripts without spaces.

    >>> is_replaced("Ferry late", "Storm warning"), is_replaced("Ferry late", "Late ferry sails")
    (True, False)
    """
    return not _alike(old) & _alike(new)


def _alike(text: str) -> set[str]:
    """Return the folded words of a text, and letter pairs of scripts without spaces."""
    found: set[str] = set()
    run = ""
    for token in (*_tokens(fold(text)), ""):
        if token and token[0].isalpha() and _is_spaceless(token):
            found.update({run[-1:] + token[0]} if run else ())
            run += token[0]
            continue
        run = ""
        if token[:1].isalnum():
            found.add(token)
            found.update(part for part in _JOINTS.split(token) if len(part) > 1)  # "ferry's" has "ferry"
    return found


def _is_spaceless(token: str) -> bool:
    return re.match(f"[{_SPACELESS}]", token) is not None


def diff_paragraphs(old: str, new: str) -> list[list[Piece]]:
    """Return the paragraphs (lines) of both texts, each as pieces; an unchanged one is a single ``same`` piece."""
    before, after = _paragraphs(old), _paragraphs(new)
    steps = _Steps()
    found: list[list[Piece]] = []
    for gone, come, same in _differences(before, after, steps):
        for was, now in _paired(gone, come):
            if was and now:
                found.append(_changes(_tokens(was), _tokens(now), steps))
            else:
                found.append([Piece("gone", was) if was else Piece("come", now)])
        found += [[Piece("same", line)] for line in same]
    return found


def _paired(gone: Sequence[str], come: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a removed and an added paragraph that are alike, in order; "" marks a missing partner."""
    words = list(map(_words, come))
    taken = 0
    for line in gone:
        own = _words(line)
        near = range(taken, min(taken + _NEAR, len(come)))
        like = next((at for at in near if 2 * len(own & words[at]) >= min(len(own), len(words[at]))), None)
        if like is None:
            yield line, ""
            continue
        yield from (("", other) for other in come[taken:like])
        yield line, come[like]
        taken = like + 1
    yield from (("", other) for other in come[taken:])


def _changes(old: Sequence[str], new: Sequence[str], steps: _Steps) -> list[Piece]:
    merged: list[tuple[str, str, str]] = []  # the removed text, its replacement, and the equal text after it
    for parts in _differences(old, new, steps):
        gone, come, same = map("".join, parts)
        while merged and (gone or come) and _is_islet(merged[-1], gone, come):
            gone_before, come_before, islet = merged.pop()
            gone, come = gone_before + islet + gone, come_before + islet + come
        merged.append((gone, come, same))
    pieces = (
        piece
        for gone, come, same in merged
        for piece in (Piece("gone", gone), Piece("come", come), Piece("same", same))
    )
    return [piece for piece in pieces if piece.text]


def _is_islet(before: tuple[str, str, str], gone: str, come: str) -> bool:
    """Return whether the equal part between two changes is shorter than both."""
    length = len(before[2].strip())
    return length < min(max(len(before[0]), len(before[1])), max(len(gone), len(come)))


def _differences(
    old: Sequence[str], new: Sequence[str], steps: _Steps
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """Yield what only the old has, what only the new has in its place, and the equal part after it."""
    low = start = 0
    for at, place, size in [*_matches(old, new, steps), (len(old), len(new), 0)]:
        yield old[low:at], new[start:place], new[place : place + size]
        low, start = at + size, place + size


def _matches(old: Sequence[str], new: Sequence[str], steps: _Steps) -> list[tuple[int, int, int]]:
    """Return the equal runs in order, as the position in each sequence and the length."""
    head = _common(old, new)
    foot = _common(old[head:][::-1], new[head:][::-1])
    inner_old, inner_new = old[head : len(old) - foot], new[head : len(new) - foot]
    found = [(0, 0, head), (len(old) - foot, len(new) - foot, foot)]
    matcher = SequenceMatcher(None, inner_old, inner_new, autojunk=False)
    # The cost of a match search in a part of the old: its length plus the occurrences of its tokens in the new.
    places = Counter(inner_new)
    costs = list(accumulate((1 + places[one] for one in inner_old), initial=0))
    waiting = [(0, len(inner_old), 0, len(inner_new))]
    while waiting:
        low, high, start, end = waiting.pop()
        cost = costs[high] - costs[low]
        if low == high or start == end or cost > steps.left:
            continue
        steps.left -= cost
        at, place, size = matcher.find_longest_match(low, high, start, end)
        if size:
            found.append((head + at, head + place, size))
            waiting += [(at + size, high, place + size, end), (low, at, start, place)]
    return sorted(match for match in found if match[2])


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return the length of the common prefix."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _paragraphs(text: str) -> list[str]:
    return list(filter(None, map(squeeze, text.split("\n"))))


def _words(text: str) -> set[str]:
    return {token for token in _tokens(text) if token[0].isalnum()}


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(squeeze(text))
