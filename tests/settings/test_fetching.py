"""Tests of the values that ``FetchSettings`` rejects."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

import ticker
from ticker.errors import SettingsError
from ticker.settings.model import FetchSettings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("deadline", 0),
        ("deadline", float("nan")),
        ("connect_timeout", -1),
        ("read_timeout", float("inf")),
        ("max_bytes", 0),
        ("retries", -1),
        ("pause", -0.1),
        ("user_agent", " "),
        ("user_agent", "ticker\r\nX-Injected: 1"),
        ("user_agent", "ticker/1 (Zoë)"),
    ],
)
def test_what_cannot_be_is_named(name: str, value: Any):
    with pytest.raises(SettingsError, match=name):
        FetchSettings(**{name: value})


def test_settings_are_frozen_and_name_the_program():
    settings = FetchSettings(pause=0, retries=0, max_retry_after=0, backoff=0)
    assert settings.user_agent.startswith(f"ticker/{ticker.__version__} ")
    with pytest.raises(FrozenInstanceError):
        settings.pause = 1  # type: ignore[misc]
