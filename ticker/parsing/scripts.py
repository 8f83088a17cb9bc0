"""Data in a page's scripts: JSON documents, and the JSON within JavaScript.

JavaScript is not run. Read are scripts of a JSON type, JSON values and ``JSON.parse("...")`` strings anywhere in other
scripts, and two formats of frameworks: Nuxt's payload, an array whose objects refer to its other elements by index, and
React's flight rows, which scripts push as strings.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import unquote

# Maximum size of all scripts that are read; the largest of 1,200 saved pages have less. It bounds time and memory.
_MOST_BYTES = 4_000_000
# Smaller values hold no list of three entries.
_FEWEST_CHARS = 150
# JSON within JavaScript begins at a quote after a bracket. Values that turn out not to be JSON are read up to their
# first error; all of them together at most this many times the script.
_MOST_WORK = 8
_LONGEST_NUMBER = 4300

_OPENER = re.compile(rb"<(?:script\b([^<>]*+)>|!--)", re.I)
_CLOSER = re.compile(rb"</script", re.I)
# Dates with a time of day, and seconds since 1970 (from 2017 on). Scripts with fewer than three hold no headlines.
_TIMES = (
    re.compile(
        r"20[0-3]\d(?:[-/.年]? ?\d\d?[-/.月]? ?\d\d?[.日]?)?(?:,|at|um|à| |T){1,4}\d\d?(?:[:.h]|%3A)?\d\d"
        r"|20[0-3]\d{11}(?!\d)"
    ),
    re.compile(r"1[5-9]\d{8}(?<!\d{11})"),
)
_FEWEST_TIMES = 3
_ID = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]+)""", re.I)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^\s"'>;]+)""", re.I)
_START = re.compile(
    r"""JSON\.parse\(\s*(?:decodeURIComponent\(\s*)?("(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')"""
    r"""|\{(?=\s*")|\[(?=\s*[\[{"])""",
    re.S,
)
_NAME = re.compile(r"""(?<![\w$.])([\w$]++(?:\.[\w$]++)*+)(?:\[["'](\w+)["']\])?["']?\s*+[=:(]\s*$""")
_LONGEST_NAME = 80
_FLIGHT = re.compile(r"__next_f\.push\(\s*(?=\[)")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_CONTROL = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_DECODER = json.JSONDecoder(strict=False)  # not strict: some strings contain line breaks

# The numbers and tags of Nuxt's payload (https://github.com/sveltejs/devalue): an element that is an array with one of
# these as its first element stands for its second.
_SAME = frozenset(
    ("Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "Date", "NuxtError")
)


@dataclass(frozen=True, slots=True)
class ScriptValue:
    """A JSON array or object in a script; ``origin`` names the script or the variable: ``#__NEXT_DATA__``."""

    origin: str
    value: Any


class _Text(str):
    """A text in which the line of an error is not counted, which takes as long as reading it up to there."""

    __slots__ = ()

    def count(self, *_: Any) -> int:
        return 0

    def rfind(self, *_: Any) -> int:
        return -1


def read_values(source: bytes) -> Iterator[ScriptValue]:
    """Yield the JSON values in the scripts of a page in UTF-8, in page order; React's rows are last.

    Values of scripts with one name are in one array, since pages may describe each article in a script. Scripts other
    than JSON-LD without at least three dates with a time of day, or Unix timestamps, are skipped.
    """
    values: dict[str, list[Any]] = {}
    for each in _values(source):
        values.setdefault(each.origin, []).append(each.value)
    for origin, found in values.items():
        yield ScriptValue(origin, found[0] if len(found) == 1 else found)


def _values(source: bytes) -> Iterator[ScriptValue]:
    """Yield each JSON value in the scripts of a page."""
    flight: list[str] = []
    for attributes, content in _scripts(source):
        kind = found[1].lower() if (found := _TYPE.search(attributes)) else ""
        name = f"#{found[1]}" if (found := _ID.search(attributes)) else kind or "script"
        text = _Text(content.decode("utf-8", "replace").strip())
        if _FLIGHT.search(text):
            flight += _flight_rows(text)
        elif "ld+json" not in kind and not _may_hold_times(text):
            continue
        elif "json" in kind:
            yield from _read_document(text, name)
        elif not kind or "script" in kind or kind == "module":
            yield from _cut_values(text, name)
    rows = _Text("".join(flight))
    if _may_hold_times(rows):
        yield from _cut_values(rows, "React flight rows")


def _may_hold_times(text: str) -> bool:
    return any(len(list(islice(each.finditer(text), _FEWEST_TIMES))) == _FEWEST_TIMES for each in _TIMES)


def _scripts(source: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the attributes and the content of each script that may hold data, except those within comments."""
    left, at = _MOST_BYTES, 0
    while found := _OPENER.search(source, at):
        if found[1] is None:
            at = source.find(b"-->", found.end())
            if at < 0:
                return
            continue
        closer = _CLOSER.search(source, found.end())
        at = closer.end() if closer else len(source)
        size = at - found.end()
        if size > _FEWEST_CHARS:
            left -= size
            if left < 0:
                return
            yield found[1].decode("utf-8", "replace"), source[found.end() : closer.start() if closer else at]


def _read_document(text: _Text, name: str) -> Iterator[ScriptValue]:
    """Yield the value of a script that is JSON as a whole, or the parts of it that are."""
    if text.startswith(("{&quot;", "[{&quot;")):
        text = _Text(html.unescape(text))
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError):
        yield from _cut_values(text, name)
        return
    yield ScriptValue(name, _unpacked(value) if _is_payload(value) else value)


def _cut_values(text: _Text, name: str) -> Iterator[ScriptValue]:
    """Yield the JSON values in a script, outermost first; what is not JSON is searched inside."""
    at, left = 0, _MOST_WORK * len(text)
    while left > 0 and (found := _START.search(text, at)):
        start = found.start()
        try:
            if found[1]:
                value, at = _DECODER.decode(_unquoted(found)), found.end()
            else:
                value, at = _DECODER.raw_decode(text, start)
        except json.JSONDecodeError as error:
            left -= 1 + (len(found[1]) if found[1] else error.pos - start)
            at = found.end()
            continue
        except ValueError:  # a number of thousands of digits
            left -= _LONGEST_NUMBER
            at = found.end()
            continue
        except RecursionError:  # no data is that deep
            return
        if at - start >= _FEWEST_CHARS:
            variable = _NAME.search(text[max(0, start - _LONGEST_NAME) : start])
            yield ScriptValue(".".join(filter(None, variable.groups())) if variable else name, value)


def _unquoted(found: re.Match[str]) -> str:
    """Return the value of a JavaScript string that is passed to JSON.parse."""
    text = _ESCAPE.sub(_character, found[1][1:-1])
    if "decodeURIComponent" in found[0][: found.start(1) - found.start()]:
        text = unquote(text)
    # Joins the halves of surrogate pairs, which are written as two escapes.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"
    return _CONTROL.get(escape[4], escape[4])


def _flight_rows(text: _Text) -> Iterator[str]:
    """Yield the strings that a script pushes for React: ``[1, "5:[...]"]``."""
    for found in _FLIGHT.finditer(text):
        try:
            row, _ = _DECODER.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            continue
        yield from (part for part in row if isinstance(part, str))


def _is_payload(value: Any) -> bool:
    """Return whether a document is an array whose first element refers to other elements by index."""
    if not isinstance(value, list) or len(value) < 3:
        return False
    first = value[0]
    if isinstance(first, dict):
        return bool(first) and all(type(index) is int and -8 < index < len(value) for index in first.values())
    return isinstance(first, list) and len(first) == 2 and first[0] in _SAME and type(first[1]) is int


def _unpacked(payload: list[Any]) -> Any:
    """Return the first element of a payload with all references replaced.

    Each element is built once. Elements that refer to each other become values that contain each other.
    """
    built: dict[int, Any] = {}
    waiting: list[int] = [0]

    def refer(index: Any) -> Any:
        if type(index) is not int or not 0 <= index < len(payload):
            return None
        for _ in range(len(_SAME)):
            element = payload[index]
            is_tagged = isinstance(element, list) and len(element) == 2 and isinstance(element[0], str)
            if not is_tagged or element[0] not in _SAME:
                break
            if type(element[1]) is not int:
                return element[1]  # a date
            index = element[1]
            if not 0 <= index < len(payload):
                return None
        if not isinstance(element, (dict, list)):
            return element
        if index not in built:
            built[index] = {} if isinstance(element, dict) else []
            waiting.append(index)
        return built[index]

    root = refer(0)
    while waiting:
        index = waiting.pop()
        element, value = payload[index], built.get(index)
        if isinstance(element, dict) and isinstance(value, dict):
            value.update((key, refer(each)) for key, each in element.items())
        elif isinstance(element, list) and isinstance(value, list):
            value.extend(map(refer, element[1:] if element and isinstance(element[0], str) else element))
    return root
