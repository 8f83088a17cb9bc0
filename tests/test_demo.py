"""Tests of the tour of ``make run``, which runs in a separate process."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ticker.demo.site import last_midnight

ROOT = Path(__file__).parents[1]


def test_the_tour() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ticker.demo"], capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    parts = re.split(r"^\$ (.*)$", done.stdout, flags=re.MULTILINE)
    shown = list(zip(parts[1::2], parts[2::2], strict=True))
    commands = [command for command, _ in shown]
    for name in ("fetch", "sources add", "sources check", "list", "search", "show", "cron"):
        assert any(command.startswith(f"ticker {name}") for command in commands), name
    (listing,) = (output for command, output in shown if command == "ticker list")
    assert listing.count("Rail bridge at Tern Hill") == 2
    assert listing.count("Night ferry returns") == 1
    assert len(re.findall(r"^\d{4}-\d\d-\d\d", listing, re.MULTILINE)) == 12
    days = re.findall(r"^(\d{4}-\d\d-\d\d)", listing, re.MULTILINE)
    assert len(set(days)) == 2
    assert days[:3] == [max(days), max(days), min(days)]
    for summary in ("7 headlines, 7 new, 1 article new", "9 headlines, 2 new", "9 headlines, 1 new, 1 article new",
                    "10 headlines, 2 new", "1 unchanged"):  # fmt: skip
        assert summary in done.stderr


def test_somewhere_it_is_always_a_little_after_midnight() -> None:
    now = datetime(2026, 1, 1, 0, 59, tzinfo=UTC)
    for _ in range(24 * 366):
        midnight = last_midnight(now)
        assert (midnight.hour, midnight.minute) == (0, 0)
        assert timedelta(hours=1) <= now - midnight < timedelta(hours=2)
        now += timedelta(hours=1)
