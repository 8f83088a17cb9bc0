"""Tests that a scan of all titles, in several processes, finds what Python's ``re`` finds."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.archive.builders import SEEN, at, write_day
from ticker.archive import Archive, Query, StoredHeadline, regex
from ticker.archive.layout import day_files
from ticker.archive.scan import Screen

LETTERS = 'aAbBkKsSiİıſßé\u0301中文0٣५7 _-.,"\\/\n\t\x7f\x85\u2028\u00a0😀𝒂\U0002f800{}:'
titles = st.text(st.sampled_from(LETTERS), min_size=1, max_size=12).filter(lambda title: not title.isspace())

_ATOMS = [
    *("a", "K", "s", "i", "é", "中", "0", '"', r"\\", "/", r"\n", r"\t", " ", ".", "😀", "\U0002f800", "\u0301", "_"),
    *(r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", "[a-k]", "[^a]", "[^a-z]", "[A-Z]", '["/]', "[^\\W\\d]", "[é中]"),
    *("^", "$", r"\b", r"\B", r"\A", r"\Z", "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?i:ſk)", "(?a:\\w)", "(?-i:A)"),
    *(r"(a|b)\1", "(?:)", "(?s:.)", "(a)?(?(1)b|c)"),
]
_REPEATS = ["*", "+", "?", "{2}", "{1,2}", "{,2}", "{2,}", "{9}", "*?", "+?", "{0}"]
_FLAGS = ["", "(?i)", "(?s)", "(?a)", "(?x)", "(?ia)"]


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return (
        st.lists(inner, min_size=1, max_size=4).map("".join)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})")
        | st.tuples(inner, st.sampled_from(_REPEATS)).map(lambda part: f"(?:{part[0]}){part[1]}")
        | inner.map(lambda part: f"({part})")
        | inner.map(lambda part: f"(?>{part})")
    )


patterns = st.tuples(st.sampled_from(_FLAGS), st.recursive(st.sampled_from(_ATOMS), _grown, max_leaves=6)).map("".join)


def line_of(title: str, number: int = 0) -> str:
    return StoredHeadline(at("12 09:00"), "s", title, None, f"{number:016x}", SEEN).to_line()


@settings(max_examples=400, deadline=None)
@given(patterns, st.booleans(), st.lists(titles, min_size=1, max_size=5), st.integers(0, 4))
@example(r"\b[A-Z]\w+ \d{5}$", False, ["Aé 12345", "Aé 1234", "a 12345", "B_ ٣٣٣٣٣"], 0)
@example('a"$', False, ['a"', 'a" '], 0)
@example("^a", False, ["b\na", "ba"], 0)
@example("(?i)kelvin", False, ["\u212aelvin"], 0)
def test_the_titles_found_are_those_that_python_finds(
    pattern: str, ignore_case: bool, contents: list[str], odd: int
) -> None:
    try:
        expression = re.compile(pattern, re.MULTILINE | (re.IGNORECASE if ignore_case else 0))
    except re.error:
        return
    lines = [line_of(title, number) for number, title in enumerate(contents)]
    if odd < len(lines):  # a spelling that this program never writes
        lines[odd] = lines[odd].replace('"title": ', '"title":')
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_day(root, "2025-06-12", *lines)
        (day,) = day_files(root, "headlines")
        screen = Screen(regex(pattern, ignore_case))
        proposed = [StoredHeadline.from_line(line).title for _, line in screen(day)]
        expected = [title for title in contents if expression.search(title)]
        assert [title for title in proposed if expression.search(title)] == expected
        query = Query(matcher=regex(pattern, ignore_case), reverse=True)
        assert [found.title for found in Archive(root).headlines(query)] == expected


def test_only_lines_that_match_or_cannot_be_read_are_candidates(tmp_path: Path) -> None:
    titles = ("No number", "Überall 12345 ", "Number 12345", "über 12345", "Über 1234")
    write_day(tmp_path, "2025-06-12", *map(line_of, titles), "no JSON")
    (day,) = day_files(tmp_path, "headlines")
    found = [line.decode() for _, line in Screen(regex(r"[A-Z]\w+ \d{5}$"))(day)]
    assert found == [f"{line_of('Number 12345')}\n", "no JSON\n"]


@pytest.fixture(scope="module")
def many_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of 28 days, each with 40 headlines and then an invalid line."""
    root = tmp_path_factory.mktemp("archive")
    for day in range(1, 29):
        write_day(
            root, f"2025-06-{day:02}", *(line_of(f"Ferry {day} at {n}", day * 100 + n) for n in range(40)), "no JSON"
        )
    return root


# Runs in its own process, because a scan never forks a process with threads, such as that of the tests.
_SETTING = """
import os, signal, sys, time
from pathlib import Path
from ticker.archive import regex
from ticker.archive.layout import day_files
from ticker.archive.scan import Screen
from ticker.archive.scan import Scan
from ticker.errors import ArchiveError
os.sched_getaffinity = lambda process: {0, 1, 2}
days, read = day_files(Path(sys.argv[1]), "headlines"), Screen(regex(r"y [12] at \\d$"))
me = os.getpid()
class Reader:
    seen = 0
    def __call__(self, day):
        yield from read(day)
        if os.getpid() != me: in_worker(day)
def alive():
    try: os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError: return False
    return True
def children():
    return Path(f"/proc/{me}/task/{me}/children").read_text().split()
scan = Scan(days, Reader(), alone=0)
"""


def run(script: str, root: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _SETTING + script, str(root)], capture_output=True, text=True, timeout=60, check=False
    )
    assert not done.stderr, done.stderr
    return done.stdout


def test_several_processes_find_what_one_does(many_days: Path) -> None:
    script = """
in_worker = lambda day: None
assert [list(scan(day)) for day in days] == [list(read(day)) for day in days]
print(len(children()), alive())
del scan
print(alive())
"""
    assert run(script, many_days) == "3 True\nFalse\n"


def test_what_fails_in_another_process_is_read_here(many_days: Path) -> None:
    script = """
def in_worker(day): raise MemoryError
print([list(scan(day)) for day in days] == [list(read(day)) for day in days])
"""
    assert run(script, many_days) == "True\n"


def test_a_process_that_dies_is_an_error(many_days: Path) -> None:
    script = """
def in_worker(day):
    if day == days[7]: os.kill(os.getpid(), signal.SIGKILL)
try:
    for number, day in enumerate(days): list(scan(day))
except ArchiveError as error: print(number, str(error).endswith("-08.jsonl: the process that read it died; try again"))
"""
    assert run(script, many_days) == "7 True\n"


def test_processes_end_with_the_one_that_started_them(many_days: Path) -> None:
    script = """
in_worker = lambda day: time.sleep(0.2)
list(scan(days[0]))
print(*children(), flush=True)
os.kill(me, signal.SIGKILL)
"""
    started = [int(process) for process in run(script, many_days).split()]
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{process}").exists() for process in started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert started
    assert not [process for process in started if Path(f"/proc/{process}").exists()]


def test_an_interrupted_search_leaves_no_process(many_days: Path) -> None:
    script = """
in_worker = lambda day: time.sleep(0.2)
list(scan(days[0]))
try:
    os.killpg(0, signal.SIGINT)
    for day in days[1:]: list(scan(day))
except KeyboardInterrupt:
    del scan
    print(alive(), flush=True)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", _SETTING + script, str(many_days)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    )
    assert process.communicate(timeout=60) == ("False\n", "")
