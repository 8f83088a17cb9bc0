"""Builders of headlines, articles and stored lines for the archive tests."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from ticker.archive import Archive
from ticker.models import Article, Headline

CASABLANCA = timezone(timedelta(hours=1))
PAGE = "https://news.example/a/1"
SEEN = datetime(2025, 6, 12, 20, 0, tzinfo=CASABLANCA)


def at(text: str, offset: float = 1) -> datetime:
    """Return a time in June 2025 from a text like "12 17:10", with a UTC offset in hours."""
    day, clock = text.split()
    hour, minute = clock.split(":")
    return datetime(2025, 6, int(day), int(hour), int(minute), tzinfo=timezone(timedelta(hours=offset)))


def headline(title: str, time: str | datetime | None = "12 17:10", url: str | None = None, **more: Any) -> Headline:
    """Return a headline whose page shows only its clock time, unless ``time_text`` is given."""
    moment = at(time) if isinstance(time, str) else time
    more.setdefault("time_text", moment.strftime("%H:%M") if moment else "")
    return Headline(title, moment, url=url, **more)


def article(title: str = "A title", body: str = "One.\nTwo.", **more: Any) -> Article:
    more.setdefault("published", at("12 09:00"))
    return Article(title, body, **more)


def put(archive: Archive, *headlines: Headline, seen: datetime = SEEN, source: str = "daily") -> list[str]:
    """Add headlines as one page, and return the titles of the new ones."""
    return [line.title for line in archive.add(source, PAGE, headlines, None, seen).headlines]


def stored_lines(root: Path, kind: str = "headlines") -> list[str]:
    """Return the raw lines of all day files, in the order of their paths."""
    return [
        line for path in sorted((root / kind).rglob("*.jsonl")) for line in path.read_text("utf-8").split("\n")[:-1]
    ]


def write_day(root: Path, day: str, *lines: str, kind: str = "headlines") -> Path:
    """Append lines to a day file, as another program would, and return its path."""
    path = root / kind / day[:4] / f"{day}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    return path
