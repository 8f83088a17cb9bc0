"""Tests that random histories store the same lines with an index, without one, and with a stale one."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.builders import PAGE, SEEN, article, at, headline, write_day
from tests.archive.test_importer import incoming
from ticker.archive import Archive, Index, PageCapture, StoredHeadline
from ticker.archive.codec import LineError
from ticker.models import Article, Headline

TITLES = ["Ferry", "ferry", "Férry ", "中国", 'A "quote"', "Gold \\ price", "Storm"]
URLS = [None, "https://n.example/1", "http://www.n.example/1?utm_source=x", "https://n.example/2", "https://n.example/"]
DAYS = ["2025-05-30", "2025-06-11", "2025-06-12"]

headlines = st.builds(
    lambda title, day, hour, url, precision: headline(
        title, at(f"{day} {hour}:00"), url, precision=precision, time_text=f"{hour}:00"
    ),
    st.sampled_from(TITLES),
    st.integers(11, 12),
    st.integers(0, 19),
    st.sampled_from(URLS),
    st.sampled_from(["exact", "minute", "day"]),
) | st.builds(headline, st.sampled_from(TITLES), st.none(), st.sampled_from(URLS))
articles = st.none() | st.builds(
    lambda title, body: article(title, body), st.sampled_from(TITLES), st.sampled_from(["One.", "Two."])
)
pages = st.tuples(st.sampled_from(["daily", "wire"]), st.lists(headlines, max_size=4), articles)
moments = st.builds(lambda day, hour: at(f"{day} {hour}:00"), st.integers(11, 12), st.integers(0, 19))
lines = st.builds(
    lambda title, time, url, source, number: StoredHeadline(time, source, title, url, f"{number:016x}", SEEN).to_line(),
    st.sampled_from(TITLES),
    moments,
    st.sampled_from(URLS),
    st.sampled_from(["daily", "wire"]),
    st.integers(0, 20),
)
spellings = st.sampled_from(
    [
        lambda line: line,
        lambda line: line.replace('{"time"', '{ "time"', 1),
        lambda line: line.replace('"daily"', '"\\u0064aily"'),
        lambda line: f"{line[:-1]}, \"source\": \"wire\"}}",
        lambda line: line[:-9],  # unreadable
    ]
)  # fmt: skip

Step = Callable[[Path, Archive], object]


def fetched(found: list[tuple[str, list[Headline], Article | None]]) -> Step:
    def step(root: Path, archive: Archive) -> object:
        return archive.add_all([PageCapture(source, PAGE, page, story, SEEN) for source, page, story in found])

    return step


def appended(day: str, line: str, end: str) -> Step:
    def step(root: Path, archive: Archive) -> object:
        path = write_day(root, day)
        with path.open("a", encoding="utf-8") as file:
            file.write(line + end)
        return None

    return step


def imported(line: str) -> Step:
    return lambda root, archive: archive.importer().add(incoming(line))


def rewritten(number: int, change: str) -> Step:
    """Change a file as an editor does, which writes another one, or truncate or remove it."""

    def step(root: Path, archive: Archive) -> object:
        files = sorted((root / "headlines").rglob("*.jsonl"))
        if not files:
            return None
        path = files[number % len(files)]
        text = path.read_bytes().splitlines(keepends=True)
        if change == "removed":
            path.unlink()
        elif change == "truncated":
            os.truncate(path, len(b"".join(text[:-1])))
        else:
            fresh = path.with_suffix(".new")
            fresh.write_bytes(b"".join(text[1:] if change == "shortened" else text[::-1]))
            fresh.replace(path)
        return None

    return step


def compacted(root: Path, archive: Archive) -> object:
    for month in archive.closed_months(date(2025, 6, 1)):
        archive.compact(month, False, lambda size: None)
    return None


steps = st.one_of(
    st.lists(pages, min_size=1, max_size=2).map(fetched),
    st.lists(pages, min_size=1, max_size=1).map(fetched),
    st.builds(
        lambda day, line, spelled, end: appended(day, spelled(line), end),
        st.sampled_from(DAYS),
        lines,
        spellings,
        st.sampled_from(["\n", "\n", ""]),
    ),
    lines.map(imported),
    st.builds(rewritten, st.integers(0, 5), st.sampled_from(["removed", "truncated", "shortened", "reordered"])),
    st.just(compacted),
)


@contextmanager
def index_of(root: Path, kind: str) -> Iterator[Callable[[], Archive]]:
    """Yield a function that returns the archive for each step, with or without an index, opened again or not."""

    def report(problem: object) -> None:
        pass

    if kind == "no index":
        one = Archive(root, report)
        yield lambda: one
    elif kind == "no index, opened again":
        yield lambda: Archive(root, report)
    elif kind == "index":
        one = Archive(root, report, index=Index(root, backlog=0))
        yield lambda: one
    elif kind == "index, opened again":
        yield lambda: Archive(root, report, index=Index(root, backlog=0))
    else:  # another process seems to index, so the index stays as it is after two steps
        count = 0
        with ExitStack() as stack:

            def stale() -> Archive:
                nonlocal count
                count += 1
                if count == 3 and (root / ".index" / "lock").exists():
                    lock = stack.enter_context((root / ".index" / "lock").open("rb"))
                    fcntl.flock(lock, fcntl.LOCK_EX)
                return Archive(root, report, index=Index(root, backlog=0))

            yield stale


KINDS = ["no index", "no index, opened again", "index", "index, opened again", "stale index"]


def content(root: Path) -> dict[str, list[bytes]]:
    """Return the readable lines of each file; a torn line is quarantined sooner or later, see docs/reliability.md."""
    return {
        path.relative_to(root).as_posix(): list(filter(is_readable, path.read_bytes().split(b"\n")))
        for path in root.rglob("*")
        if path.is_file() and path.suffix in (".jsonl", ".zst")
    }


def is_readable(line: bytes) -> bool:
    try:
        StoredHeadline.from_line(line)
    except LineError:
        return False
    return True


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, min_size=1, max_size=9))
def test_the_same_lines_are_stored_with_any_index(history: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack, patch("os.fsync"):
        roots = [Path(folder) / str(number) for number in range(len(KINDS))]
        archives = [stack.enter_context(index_of(root, kind)) for root, kind in zip(roots, KINDS, strict=True)]
        for step in history:
            answers = [step(root, archive()) for root, archive in zip(roots, archives, strict=True)]
            assert answers == answers[:1] * len(KINDS)
            contents = list(map(content, roots))
            assert contents == contents[:1] * len(KINDS)
