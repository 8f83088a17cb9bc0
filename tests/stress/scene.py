"""An archive with four actions on it, and readers of its lines for the stress tests."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.cli.desk import Desk

URL = "https://news.example/articles/bakers/10"
ACTIONS: Mapping[str, Sequence[str]] = {
    "fetch": ("fetch", "page.html", "--url", URL, "--at", "2025-06-12 21:30", "--json"),
    "import": ("import", "more.jsonl", "--json"),
    "compact": ("compact", "--before", "2025-06-01"),
    "index": ("search", "ferry", "--json"),
}
"""The program's arguments for each action. The last one updates the index."""
ACKNOWLEDGES = ("fetch", "import")
"""The actions that print each line that they have stored."""

_MANY = 600
"""Enough lines for the program to create an index."""

_LONG = " again and again" * 32

_PAGE = """<!doctype html><html lang="en"><head><title>Bakers strike</title>
<meta property="article:published_time" content="2025-06-12T18:00:00+00:00"></head><body>
<article><h1>Bakers strike</h1>{paragraphs}</article>
<aside><h2>Latest News</h2><ul>{entries}</ul></aside></body></html>"""


def page(entries: Sequence[tuple[str, str]]) -> str:
    """Return a page with an article and a list of headlines, each with a time and a title."""
    paragraphs = "".join(
        f"<p>The bakers of district {n} will not bake before the {n}th, they said.</p>" for n in range(9)
    )
    shown = "".join(
        f'<li><time datetime="{time}">{time[11:16]}</time> <a href="/articles/{number_of(title)}">{title}</a></li>'
        for time, title in entries
    )
    return _PAGE.format(paragraphs=paragraphs, entries=shown)


def number_of(title: str) -> int:
    """Return a number for a title that is the same in every process."""
    return int.from_bytes(title.encode()) % 1_000_003


def line(title: str, time: str, **more: str) -> str:
    """Return a line to import."""
    return json.dumps({"time": time, "source": "daily", "title": title, **more}) + "\n"


@dataclass(frozen=True)
class Scene:
    """A folder with an archive, a page to fetch and lines to import; ``before`` counts the archive's lines."""

    folder: Path
    before: Counter[str] = field(default_factory=Counter)

    @property
    def desk(self) -> Desk:
        return Desk(self.folder)

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    @staticmethod
    def set(folder: Path) -> Scene:
        """Create an archive of May and June whose index does not cover its last lines."""
        folder.mkdir(parents=True)
        desk = Desk(folder)
        days = [f"2025-{month:02}-{day:02}" for month in (5, 6) for day in (1, 9, 11, 12)]
        old = "".join(line(f"The ferry to Dover, part {n}", f"{day}T{n:02}:15:00Z") for day in days for n in range(12))
        bodies = "".join(
            line(f"Ferries of {day}", f"{day}T09:00:00Z", body=f"Ferries sail.\nThat is {day}.") for day in days
        )
        many = "".join(
            line(f"A pier of harbour {n} is painted{_LONG}", f"2025-06-02T{n // 60 % 24:02}:{n % 60:02}:00Z")
            for n in range(_MANY)
        )
        desk.save("old.jsonl", old + bodies + many)
        desk.run("import", "old.jsonl", "-q")
        desk.run("search", "ferry", "--limit", "1")
        desk.run("compact", "-q", "--before", "2025-05-01")
        assert (desk.archive / ".index").exists()
        with (desk.archive / "headlines/2025/2025-06-11.jsonl").open("a") as file:
            file.write(
                "".join(
                    line(f"The ferry that was added by hand, {n}{_LONG}", "2025-06-11T22:00:00Z") for n in range(_MANY)
                )
            )
        entries = [
            (f"2025-06-{day:02}T{hour:02}:05:00+00:00", f"Harbour {hour} of {day} opens a pier")
            for day in (12, 11, 10)
            for hour in (20, 15, 8)
        ]
        desk.save("page.html", page(entries))
        more = [line(f"A ferry more, {n}", f"2025-0{5 + n % 2}-0{1 + n % 5}T10:{n:02}:00Z") for n in range(40)]
        desk.save("more.jsonl", "".join(more) + line("Late body", "2025-06-03T10:00:00Z", body="Words.\nMore."))
        return Scene(folder, lines_of(desk))

    def copy(self, folder: Path) -> Scene:
        """Return a copy in another folder."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return Scene(folder, self.before)

    def lines(self, *options: str) -> Counter[str]:
        """Return the archive's lines, with the number of occurrences of each."""
        return lines_of(self.desk, *options)

    def torn(self) -> list[str]:
        """Return the places in day files with an incomplete line."""
        found = []
        for path in self.archive.glob("*/*/*.jsonl"):
            for number, text in enumerate(path.read_bytes().split(b"\n")[:-1], start=1):
                try:
                    json.loads(text)
                except ValueError:
                    found.append(f"{path}:{number}: {text[:60]!r}")
            if path.stat().st_size and not path.read_bytes().endswith(b"\n"):
                found.append(f"{path}: its last line has no end")
        return found


def lines_of(desk: Desk, *options: str) -> Counter[str]:
    """Return the lines of a desk's archive, by default as the program reads them without its index."""
    options = options or ("--no-index",)
    if not desk.archive.exists():
        return Counter()
    kinds = (["list", "--json"], ["list", "--json", "--articles"])
    return Counter(text for kind in kinds for text in desk.run(*kind, *options).lines)
