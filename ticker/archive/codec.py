"""The JSON of stored lines: one object in UTF-8 a line, written in one spelling and read strictly."""

from __future__ import annotations

import math
import re
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from ticker.errors import ArchiveError

if TYPE_CHECKING:
    import json

# JSON does not escape these, but they end a line or control a terminal: DEL, the C1 controls (such as U+0085,
# "next line"), the line and paragraph separators. JSON itself escapes the C0 controls.
_BREAKING = re.compile("[\x7f-\x9f\u2028\u2029]")


class LineError(ArchiveError):
    """A line that cannot be parsed; the message is the reason alone."""


# The json module is imported on demand: most lines are read without it.


@cache
def _encoder() -> json.JSONEncoder:
    """Return a cached encoder, since creating one takes as long as encoding a line."""
    import json

    return json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "))


def to_line(value: object) -> str:
    """Return ``value`` as one line of JSON without its newline; escape only what would break the line."""
    text = _encoder().encode(value)
    text = _BREAKING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return replace_surrogates(text)


def json_escaped(text: str) -> bytes:
    """Return ``text`` as it is written between the quotes of a stored line."""
    return to_line(text)[1:-1].encode()


def has_other_escapes(line: bytes) -> bool:
    r"""Return whether ``line`` may escape text differently from ``json_escaped``, such as ``\u00e9`` for ``é``."""
    return b"\\u" in line or b"\\/" in line


def replace_surrogates(text: str) -> str:
    """Return ``text`` with each lone surrogate, which UTF-8 cannot encode, replaced by a question mark."""
    return text.encode("utf-8", "replace").decode()


def _no_constant(name: str) -> None:
    raise LineError(f"not JSON: {name} is not a JSON value")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise LineError(f"the number {shown(digits)[1:-1]} exceeds the range of a 64-bit float")
    return number


@cache
def _decoder() -> json.JSONDecoder:
    """Return a strict decoder: by default Python accepts NaN and Infinity, and reads 1e999 as infinity."""
    import json

    return json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite)


def decode_fields(line: bytes | str) -> dict[str, Any]:
    """Return the fields of a JSON line; raises LineError."""
    import json

    try:
        text = line.decode() if isinstance(line, bytes) else line
    except UnicodeDecodeError as error:
        raise LineError(f"not UTF-8 at byte {error.start + 1}") from error
    try:
        fields = _decoder().decode(text.removeprefix("\ufeff"))  # an editor's byte order mark
        if "\\ud" in text or "\\uD" in text:  # may be half a surrogate pair
            fields = json.loads(replace_surrogates(json.dumps(fields, ensure_ascii=False)))
    except RecursionError as error:
        raise LineError("not JSON: nested too deeply") from error
    except json.JSONDecodeError as error:
        raise LineError(f"not JSON: {error}") from error
    except ValueError as error:  # Python limits the digits of an integer
        most = sys.get_int_max_str_digits()
        raise LineError(f"a number has more than {most:,} digits") from error
    if not isinstance(fields, dict):
        raise LineError("not a JSON object")
    return fields


def shown(value: object) -> str:
    """Return a value for a message, in at most 60 characters."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
