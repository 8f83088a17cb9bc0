"""Tests of ``ticker cron``: crontab lines, as crontab(5) and a shell parse them, and systemd units."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.desk import Desk
from ticker.cli.commands.cron import PERIODS, crontab, systemd_units

SOURCE = '[[source]]\nurl = "https://a.example/"\n'


def line_of(out: str) -> str:
    (line,) = (line for line in out.splitlines() if line and not line.startswith("#"))
    return line


def minutes_of_the_week(schedule: str) -> list[int]:
    """Return when a five-field schedule fires, in minutes from Sunday 0:00, per crontab(5)."""

    def values(text: str, most: int) -> set[int]:
        span, _, step = text.partition("/")
        first, _, last = span.partition("-")
        if span == "*":
            return set(range(0, most + 1, int(step or 1)))
        return set(range(int(first), int(last or first) + 1, int(step or 1)))

    minute, hour, *days = schedule.split()
    assert days == ["*", "*", "*"]
    hours, minutes = values(hour, 23), values(minute, 59)
    return sorted(day * 1440 + h * 60 + m for day in range(7) for h in hours for m in minutes)


@given(every=st.sampled_from(PERIODS), spread=st.integers(0, 2**32 - 1))
def test_it_runs_evenly_at_any_minute(every: int, spread: int) -> None:
    line = list(crontab(["ticker"], every, spread))[-1]
    times = minutes_of_the_week(line.removesuffix(" ticker"))
    assert len(times) == 7 * 1440 // every
    assert {later - earlier for earlier, later in zip(times, times[1:], strict=False)} <= {every}


def test_the_line_runs_the_present_configuration(desk: Desk) -> None:
    desk.configure(SOURCE)
    arguments = line_of(desk.run("cron").out).split()[5:]
    assert arguments[-2:] == ["fetch", "--quiet"]
    assert Path(arguments[0]).is_absolute()
    assert str(desk.config) in arguments
    assert str(desk.archive) in arguments


def test_a_shell_takes_the_line_apart_again(tmp_path: Path) -> None:
    folder = tmp_path / "it's 100% mine"
    folder.mkdir()
    desk = Desk(folder)
    desk.configure(SOURCE.replace("https://a.example/", "http://127.0.0.1:9/") + "[fetching]\nretries = 0\n")
    command = line_of(desk.run("cron").out).split(maxsplit=5)[5]
    assert "%" not in command.replace(r"\%", "")
    done = subprocess.run(
        ["sh", "-c", command.replace(r"\%", "%")], capture_output=True, text=True, env=desk.variables(), check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("ticker: a.example") or done.stderr.startswith("ticker: 127.0.0.1")


@pytest.mark.parametrize(("every", "near"), [("7", "6 or 10"), ("45", "30 or 60"), ("2000", "1440")])
def test_what_a_crontab_cannot_say(desk: Desk, every: str, near: str) -> None:
    result = desk.run("cron", "--every", every, status=2)
    assert f"try {near}" in result.err


def test_the_hint_where_no_source_is_configured(desk: Desk) -> None:
    assert "no source" in desk.run("cron").err


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_takes_the_units(desk: Desk) -> None:
    desk.configure(SOURCE)
    service, timer = split_units(desk.run("cron", "--systemd").out)
    (desk.folder / "ticker.service").write_text(service, encoding="utf-8")
    (desk.folder / "ticker.timer").write_text(timer, encoding="utf-8")
    units = [desk.folder / "ticker.service", desk.folder / "ticker.timer"]
    runtime = {**os.environ, "XDG_RUNTIME_DIR": str(desk.folder)}
    subprocess.run(["systemd-analyze", "verify", "--user", *units], env=runtime, check=True)


def split_units(out: str) -> tuple[str, str]:
    service, _, timer = out.partition("# ~/.config/systemd/user/ticker.timer\n")
    assert service.startswith("# ~/.config/systemd/user/ticker.service\n")
    return service, timer


def test_the_units(desk: Desk) -> None:
    desk.configure(SOURCE)
    service, timer = split_units(desk.run("cron", "--systemd", "--every", "45").out)
    assert f"--config {desk.config} --archive {desk.archive} fetch --quiet" in service
    assert "OnUnitActiveSec=45min" in timer
    assert "loginctl enable-linger" in timer


def test_systemd_s_own_characters_are_escaped() -> None:
    units = "\n".join(systemd_units(["/opt/my apps/ticker", "100%", "$HOME"], 15))
    assert 'ExecStart="/opt/my apps/ticker" 100%% $$HOME' in units
