"""Tests that every regular expression of the package takes linear time on hostile input.

The inputs are derived from each pattern: its repeated parts, repeated, after the required prefix and before an end that
does not match; repeated prefixes of a match; and letters, blanks and digits.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ticker

# The parser of `re`, which has no public name; its tree shows the repeats of a pattern.
from re import _constants as op  # isort: skip
from re import _parser as parser  # isort: skip

METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
# Patterns whose input is limited to this length by the code that uses them.
BOUNDED = dict.fromkeys(("ticker.parsing.encoding:_META", "ticker.parsing.encoding:_LANGUAGE"), 4096)
SHORT, LONG = 2_000, 8_000
ENDS = ("\x00", "x\n")


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(ticker.__path__, "ticker."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _patterns_in(value: Any, name: str, depth: int = 0) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif inspect.isbuiltin(value) and isinstance(getattr(value, "__self__", None), re.Pattern):  # a bound method
        yield f"{name}.{value.__name__}", value.__self__
    elif depth < 3 and isinstance(value, dict):
        for key, held in value.items():
            yield from _patterns_in(held, f"{name}[{key}]", depth + 1)
    elif depth < 3 and isinstance(value, list | tuple | set | frozenset) and len(value) < 1000:
        for at, held in enumerate(value):
            yield from _patterns_in(held, f"{name}[{at}]", depth + 1)
    elif depth < 3 and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _patterns_in(getattr(value, field.name), f"{name}.{field.name}", depth + 1)


def _values(module: Any) -> Iterator[tuple[str, Any]]:
    """Yield the values in a module, and the results of its cached functions without parameters."""
    for name, value in list(vars(module).items()):
        yield name, value
        made_here = getattr(value, "__module__", None) == module.__name__
        if made_here and hasattr(value, "cache_info") and not inspect.signature(value).parameters:
            yield f"{name}()", value()


@cache
def _all() -> dict[str, re.Pattern[Any]]:
    found: dict[str, re.Pattern[Any]] = {}
    known: set[int] = set()
    for module in _modules():
        for name, value in _values(module):
            for path, pattern in _patterns_in(value, f"{module.__name__}:{name}"):
                if id(pattern) not in known:
                    known.add(id(pattern))
                    found[path] = pattern
    return found


def _methods(path: str) -> set[str]:
    """Return the methods of a pattern that are used; ``fullmatch`` needs no search for a start, so it is faster."""
    module, _, name = path.partition(":")
    last = re.sub(r"\[.*|\(\)", "", name).rpartition(".")
    if last[2] in METHODS:
        return {last[2]}
    source = inspect.getsource(importlib.import_module(module)).replace("\n", " ")
    everywhere = "".join(file.read_text(encoding="utf-8") for file in Path(ticker.__file__).parent.rglob("*.py"))
    for text in (source, everywhere):
        used = set(re.findall(rf"\b{re.escape(last[2])}(?:\(\))?\)?\.({'|'.join(METHODS)})\(", text))
        if used:
            return used
    return {"search"}


def _example(parsed: Any, lengths: int = 1) -> str:
    """Return a text that a parsed pattern roughly matches, with repeats of minimal length, but not empty."""
    made = ""
    for kind, value in parsed:
        if kind is op.LITERAL:
            made += chr(value)
        elif kind is op.NOT_LITERAL:
            made += "a" if value != ord("a") else "b"
        elif kind is op.ANY:
            made += "a"
        elif kind is op.IN:
            made += _member(value)
        elif kind is op.BRANCH:
            made += _example(value[1][0], lengths)
        elif kind is op.SUBPATTERN:
            made += _example(value[3], lengths)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            made += _example(value[2], lengths) * max(value[0], 1 if lengths else 0)
        elif kind is op.ATOMIC_GROUP:
            made += _example(value, lengths)
    return made


def _member(members: Any) -> str:
    """Return a character of a class, an ordinary one if possible."""
    tried = [char for char in "a1A -.,:;/<>()[]\"'é中月년١\t\n|_#&?=@" if _is_member(char, members)]
    if tried:
        return tried[0]
    for kind, value in members:
        if kind is op.LITERAL:
            return chr(value)
        if kind is op.RANGE:
            return chr(value[0])
    return "a"


def _is_member(char: str, members: Any) -> bool:
    wanted, found = True, False
    classes = {
        op.CATEGORY_DIGIT: char.isdecimal(), op.CATEGORY_NOT_DIGIT: not char.isdecimal(),
        op.CATEGORY_SPACE: char.isspace(), op.CATEGORY_NOT_SPACE: not char.isspace(),
        op.CATEGORY_WORD: char.isalnum() or char == "_", op.CATEGORY_NOT_WORD: not (char.isalnum() or char == "_"),
    }  # fmt: skip
    for kind, value in members:
        if kind is op.NEGATE:
            wanted = False
        elif kind is op.LITERAL:
            found |= ord(char) == value
        elif kind is op.RANGE:
            found |= value[0] <= ord(char) <= value[1]
        elif kind is op.CATEGORY:
            found |= classes[value]
    return found is wanted


def _pumps(parsed: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield the required prefix and the repeated text of each repeat in a pattern."""
    for kind, value in parsed:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            if value[1] > 8:
                yield before, _example(value[2]) or "a"
                for inner, pump in _pumps(value[2], ""):
                    yield before + inner, pump
            else:
                yield from _pumps(value[2], before)
        elif kind is op.SUBPATTERN:
            yield from _pumps(value[3], before)
        elif kind is op.ATOMIC_GROUP:
            yield from _pumps(value, before)
        elif kind is op.BRANCH:
            for branch in value[1][:40]:
                yield from _pumps(branch, before)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _pumps(value[1], before)
        before += _example([(kind, value)])


def hostile(pattern: re.Pattern[Any]) -> list[tuple[str, str, str]]:
    """Return the hostile texts for a pattern, each as a beginning, a repeated part and an end."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    parsed = parser.parse(text, pattern.flags & ~re.DEBUG)
    whole = _example(parsed)
    pumps = {(before, pump) for before, pump in _pumps(parsed)}
    pumps |= {("", before + pump) for before, pump in pumps}
    pumps |= {
        ("", whole[:length]) for length in (1, 2, 3, len(whole) // 2, len(whole) - 1, len(whole)) if whole[:length]
    }
    pumps |= {("", pump) for pump in (" ", "a", "0", "0 ", "a ", ". ", "(", "<a ", '"')}
    return [(before, pump, end) for before, pump in sorted(pumps) for end in ENDS]


def _run(pattern: re.Pattern[Any], method: str, text: str) -> Callable[[], object]:
    subject = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    empty = "" if isinstance(pattern.pattern, str) else b""
    if method in ("sub", "subn"):
        return lambda: pattern.sub(empty, subject)
    if method == "finditer":
        return lambda: sum(1 for _ in pattern.finditer(subject))
    return lambda: getattr(pattern, method)(subject)


def _seconds(run: Callable[[], object], times: int) -> float:
    """Return the least CPU seconds of several runs, because other load disturbs them."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best


def _slowness(pattern: re.Pattern[Any], method: str, parts: tuple[str, str, str], longest: int) -> str:
    """Return what is slow about a pattern on a hostile text, or "" for linear time."""
    before, pump, end = parts

    def run(length: int) -> Callable[[], object]:
        return _run(pattern, method, before + pump * (length // len(pump)) + end)

    for length in (*range(16, 44, 4), 80, 320, 1_300):  # finds exponential time early
        if length <= longest and _seconds(run(length), 1) > 0.05 and _seconds(run(length), 1) > 0.05:
            return f"{length} letters take long"
    if longest < LONG or _seconds(run(LONG), 1) < 0.012:
        return ""
    short, long = _seconds(run(SHORT), 5), _seconds(run(LONG), 3)
    return f"{LONG // SHORT} times the text took {long / short:.1f} times as long" if long > 9 * short else ""


def test_the_patterns_of_the_package_are_found() -> None:
    assert len(_all()) > 140
    assert "ticker.times.grammar:grammar().piece" in _all()
    assert set(BOUNDED) <= set(_all())


@pytest.mark.parametrize("slow", [r"(a+)+$", r"\s+$", r"a.*b.*c", r"(x|xx)*y", r"\s*,\s*b", r"(\d+\.?)+x"])
def test_a_slow_pattern_is_told(slow: str) -> None:
    pattern = re.compile(slow)
    assert any(_slowness(pattern, "search", parts, LONG) for parts in hostile(pattern))


@pytest.mark.parametrize("path", sorted(_all()))
def test_hostile_input_that_doubles_takes_twice_as_long(path: str) -> None:
    pattern = _all()[path]
    gc.disable()
    try:
        slow = _slow(pattern, _methods(path), BOUNDED.get(path, LONG))
    finally:
        gc.enable()
    assert not slow, f"{pattern.pattern[:200]!r}: {slow}"


def _slow(pattern: re.Pattern[Any], methods: Iterable[str], longest: int) -> list[str]:
    found = (
        (method, parts, _slowness(pattern, method, parts, longest)) for method in methods for parts in hostile(pattern)
    )
    return [
        f"{method} in {parts[0]!r} + {parts[1]!r} ... + {parts[2]!r}: {why}" for method, parts, why in found if why
    ][:3]
