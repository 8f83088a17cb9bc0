"""Checks of the values in the configuration file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ticker import urls
from ticker.errors import TimeError
from ticker.settings.model import value_problem


@dataclass(frozen=True, slots=True)
class ValueKind:
    """A kind of value: its name in messages, and a test whether a value is of that kind."""

    name: str
    fits: Callable[[Any], bool]


def _is_zone(value: Any) -> bool:
    from ticker.times.zones import zone_by_name

    try:
        zone_by_name(value)
    except TimeError:
        return False
    return True


def _is_address(value: str) -> bool:
    if not urls.is_web(value):
        return False
    parts = urlsplit(value)
    try:
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        port != 0
        and not re.search(r"\s", host)
        and all(0 < len(label) < 64 for label in host.removesuffix(".").split("."))
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


def _is_charset(value: str) -> bool:
    try:
        "".encode(value)
    except (LookupError, ValueError):
        return False
    return True


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


TEXT = ValueKind("a line of text in quotes", _is_text)
FLAG = ValueKind("true or false", lambda value: isinstance(value, bool))
COUNT = ValueKind("a whole number from 1 up", lambda value: type(value) is int and value >= 1)
WHOLE = ValueKind("a whole number, 0 or more", lambda value: type(value) is int and value >= 0)
NUMBER = ValueKind("a number, 0 or more", _is_number)
ZONE = ValueKind('an IANA timezone such as "Africa/Casablanca"', lambda value: _is_text(value) and _is_zone(value))
ADDRESS = ValueKind('a URL such as "https://news.example/"', lambda value: _is_text(value) and _is_address(value))
TABLE = ValueKind("a table", lambda value: isinstance(value, dict))
TABLES = ValueKind("written as [[source]], once for each", lambda value: isinstance(value, list))
AGENT = ValueKind('one line of ASCII text, or "env:NAME"', lambda value: _is_text(value) and not value_problem(value))
CHARSET = ValueKind(
    'the name of an encoding such as "windows-1251"', lambda value: _is_text(value) and _is_charset(value)
)
INTERVAL = ValueKind("a number of seconds, at most a year", lambda value: _is_number(value) and value <= 31_536_000)
KIND_OF_TYPE = {bool: FLAG, int: WHOLE, float: NUMBER, str: TEXT}
