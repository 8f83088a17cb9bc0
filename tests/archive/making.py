"""What the archive's tests make headlines and articles with."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from ticker.archive import Archive
from ticker.records import Article, Headline

CASABLANCA = timezone(timedelta(hours=1))
PAGE = "https://news.example/a/1"
SEEN = datetime(2025, 6, 12, 20, 0, tzinfo=CASABLANCA)


def at(text: str, offset: float = 1) -> datetime:
    """ "12 17:10" is that day and time of June 2025, at an offset in hours."""
    day, clock = text.split()
    hour, minute = clock.split(":")
    return datetime(2025, 6, int(day), int(hour), int(minute), tzinfo=timezone(timedelta(hours=offset)))


def headline(title: str, time: str | datetime | None = "12 17:10", url: str | None = None, **more: Any) -> Headline:
    """A headline whose page shows its clock, unless ``time_text`` says otherwise."""
    moment = at(time) if isinstance(time, str) else time
    more.setdefault("time_text", moment.strftime("%H:%M") if moment else "")
    return Headline(title, moment, url=url, **more)


def article(title: str = "A title", body: str = "One.\nTwo.", **more: Any) -> Article:
    more.setdefault("published", at("12 09:00"))
    return Article(title, body, **more)


def put(archive: Archive, *headlines: Headline, seen: datetime = SEEN, source: str = "daily") -> list[str]:
    """Adds, as one page; the titles of what was new."""
    return [line.title for line in archive.add(source, PAGE, headlines, None, seen).headlines]


def stored_lines(root: Path, kind: str = "headlines") -> list[str]:
    """Every line of the archive's files, as they stand there."""
    return [
        line for path in sorted((root / kind).rglob("*.jsonl")) for line in path.read_text("utf-8").split("\n")[:-1]
    ]


def write_day(root: Path, day: str, *lines: str, kind: str = "headlines") -> Path:
    """A day file as someone else would have written it."""
    path = root / kind / day[:4] / f"{day}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    return path
