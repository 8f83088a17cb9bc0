"""Benchmark of parsing pages against trafilatura: ``python benchmarks/parsing.py [--pages DIR]``.

Each page is parsed by ``ticker.parse_page`` (encoding, metadata, body, headlines and their times) and by trafilatura
(body and metadata). They run in turn in one process, under the same machine load. Memory is the growth of a new process
for one page (Linux only). The pages are the ``*.html`` below DIR, by default the fixture pages of the tests. The peer
needs ``pip install trafilatura lxml_html_clean``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median

HERE = Path(__file__).resolve().parent
# Seconds above which a page is listed if the peer is faster.
SLOW = 0.100


def main() -> None:
    """Print the times of both parsers, their ratio, slow pages, and the memory of the parser."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=Path, default=HERE.parent / "tests" / "fixtures" / "pages")
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    files = sorted(chosen.pages.rglob("*.html"))
    pages = [path.read_bytes() for path in files]
    if not pages:
        options.error(f"no .html files in {chosen.pages}")

    import ticker

    now = datetime.now(UTC)
    peer = _peer()
    for page in pages[:3]:  # excludes imports and compilation at first use
        ticker.parse_page(page, fetched_at=now)
        if peer:
            peer(page)
    ours = [float("inf")] * len(pages)
    theirs = [float("inf")] * len(pages) if peer else []
    # Each round runs over all pages, so a parser's caches of a page are gone when the page is next.
    for _ in range(chosen.rounds):
        for at, page in enumerate(pages):
            ours[at] = min(ours[at], _timed(lambda: ticker.parse_page(page, fetched_at=now)))  # noqa: B023
            if peer:
                theirs[at] = min(theirs[at], _timed(lambda: peer(page)))  # noqa: B023
    size = mean(len(page) for page in pages)
    print(f"{len(pages)} pages of {size / 1000:.0f} kB on average, best of {chosen.rounds} rounds each")
    print(f"ticker       {1000 * mean(ours):8.2f} ms per page   median {1000 * median(ours):7.2f}")
    if theirs:
        print(f"trafilatura  {1000 * mean(theirs):8.2f} ms per page   median {1000 * median(theirs):7.2f}")
        print(f"ratio        {mean(ours) / mean(theirs):8.3f}   (aim: at most 0.25)")
        slow = [(p, a, b) for p, a, b in zip(files, ours, theirs, strict=True) if a > SLOW and b < a]
        for path, a, b in slow:
            print(f"slow         {path.name}: {1000 * a:.0f} ms, trafilatura {1000 * b:.0f} ms")
        print(f"{len(slow)} pages over {1000 * SLOW:.0f} ms on which trafilatura is faster")
    else:
        print("no comparison: trafilatura is not installed")
    _memory(files)


def _peer() -> Callable[[bytes], object] | None:
    try:
        import trafilatura
    except ImportError:
        return None
    warnings.simplefilter("ignore")
    return lambda page: trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


# Parses a small page first, for imports and compilation, then the page, and prints the growth of the peak memory in
# bytes (Linux). That includes libxml2's trees.
_GROWTH = """
import sys
from pathlib import Path
import ticker

def peak():
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])

ticker.parse_page("<html><body><li><time>17:10</time> <a href=/a>One</a></li><p>" + "Some text. " * 100)
page = Path(sys.argv[1]).read_bytes()
Path("/proc/self/clear_refs").write_text("5")
before = peak()
ticker.parse_page(page)
print(peak() - before)
"""
_LARGEST = 12
# For smaller pages the result is dominated by the system's allocation granularity.
_LARGE = 100_000


def _memory(files: list[Path]) -> None:
    """Print how much a new process grows on each of the largest pages, as a multiple of the page."""
    large = [path for path in files if path.stat().st_size >= _LARGE]
    largest = sorted(large, key=lambda path: path.stat().st_size, reverse=True)[:_LARGEST]
    if not largest:
        print(f"memory       not measured: no page is as large as {_LARGE / 1000:.0f} kB")
        return
    grown = []
    for path in largest:
        command = [sys.executable, "-c", _GROWTH, str(path.resolve())]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent)
        grown.append((int(done.stdout) / path.stat().st_size, path))
    times, path = max(grown)
    print(
        f"memory       at most {times:.1f} times the page ({path.name}, {path.stat().st_size / 1000:.0f} kB),"
        f" median {median(each for each, _ in grown):.1f}, of the {len(grown)} largest pages (aim: below 10)"
    )


if __name__ == "__main__":
    main()
