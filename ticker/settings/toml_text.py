"""The text of a configuration file: its content as TOML, the line of each value, and errors that name the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ticker.errors import SettingsError

# The keys and numbers that lead to a value, such as ("source", 2, "url").
Place = tuple[str | int, ...]


def decode(text: str, path: Path) -> dict[str, Any]:
    """Return the content of ``text``, which was read from ``path``; raises SettingsError if it is not valid TOML."""
    import tomllib  # not needed without a file

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a plain ValueError is a number with too many digits
        raise _not_toml(path, text, error) from error


def error_at(path: Path, text: str, place: Place, problem: str) -> SettingsError:
    """Return the error for a problem at a place of the file, with its line and the header of its table."""
    lines = lines_of(text)
    line = next((lines[place[:depth]] for depth in range(len(place), 0, -1) if place[:depth] in lines), None)
    *parents, _ = place
    table = ".".join(part for part in parents if isinstance(part, str))
    header = "" if not parents else f"[[{table}]]: " if isinstance(parents[-1], int) else f"[{table}]: "
    return SettingsError(f"{path}{f', line {line}' if line else ''}: {header}{problem}")


# How a value of several lines can end.
_END = re.compile(r"[]}\"'][ \t]*(?:#.*)?\r?$")


@lru_cache(1)  # several errors are reported in one file
def lines_of(text: str) -> Mapping[Place, int]:
    """Return the first line of each table and value in ``text``, which is valid TOML.

    The TOML parser gives no lines, but parses each statement alone. A value can have several lines.
    """
    import tomllib

    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    header: Place = ()
    statement, first = "", 1
    for number, line in enumerate(text.split("\n"), start=1):
        statement += f"{line}\n"
        if first < number and not _END.search(line):
            continue
        try:
            parsed = tomllib.loads(statement)
        except ValueError:
            continue
        if statement.lstrip().startswith("["):
            header, parsed = _header(parsed, counts), {}
            for depth in range(len(header)):
                found.setdefault(header[:depth], first)
        values: list[tuple[Place, Any]] = [(header, parsed)]
        while values:
            place, value = values.pop()
            found.setdefault(place, first)
            inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            values += [((*place, key), each) for key, each in inner]
        statement, first = "", number + 1
    return found


def _header(parsed: Any, counts: dict[Place, int]) -> Place:
    """Return the place of the table under a header, which is parsed alone; ``counts`` has the number of each array."""
    place: Place = ()
    while parsed:
        ((key, parsed),) = parsed.items()
        place = (*place, key)
        if isinstance(parsed, list):  # [[key]]
            counts[place] = counts.get(place, -1) + 1
            parsed = parsed[0]
        if place in counts:
            place = (*place, counts[place])
    return place


_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_KEY = re.compile(r"""\s*([\w.-]+|"[^"]*"|'[^']*')\s*=""")
_IN_PLAIN_WORDS = (
    (re.compile(r"Cannot overwrite a value"), "duplicate key"),
    (re.compile(r"Cannot declare \(([^()]*?),?\) twice"), r"duplicate table \1"),
    (re.compile(r"Invalid value"), "invalid value after = (strings need quotes)"),
)


def _not_toml(path: Path, text: str, error: Exception) -> SettingsError:
    """Return the error for text that is not valid TOML, with line, key and reason."""
    if isinstance(error, RecursionError):
        return SettingsError(f"{path}: not valid TOML: nested too deeply")
    lines = text.split("\n")
    reason, place = str(error).partition("; use sys.")[0], _PLACE.search(str(error))
    if not place:  # Python's error for a number with too many digits has no line
        number = next((n for n, line in enumerate(lines, start=1) if _MANY_DIGITS.search(line)), 0)
    elif place[1]:
        number = int(place[1])
    else:
        number = next((n for n in range(len(lines), 0, -1) if lines[n - 1].strip()), 1)
    for pattern, words in _IN_PLAIN_WORDS:
        reason = pattern.sub(words, reason)
    found = _KEY.match(lines[number - 1]) if number else None
    key = found[1] if found and found[1].isprintable() else ""
    where = f"{path}, line {number}" if number else str(path)
    return SettingsError(f"{where}: {key + ': ' if key else ''}not valid TOML: {_PLACE.sub('', reason)}")


_MANY_DIGITS = re.compile(r"[\d_]{4000}")
