"""Stored lines as JSON, one object in UTF-8 a line: the fields of a line, and how they are decoded and encoded.

``decode_headline`` and ``decode_article`` read the lines that this program writes, and most lines of others, with
msgspec. They raise ValueError for what is unusual: unknown fields, empty texts, values of another type.
``decode_fields`` reads every line that is valid, and says what is wrong with any other.
"""

from __future__ import annotations

import math
import re
import sys
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, to_builtins
from msgspec.json import Decoder, Encoder, format

from ticker.errors import ArchiveError

if TYPE_CHECKING:
    import json


class LineError(ArchiveError):
    """A line that cannot be parsed; the message is the reason alone."""


Precision = Literal["exact", "minute", "hour", "day"]
"""``models.Precision``; that module takes as long to import as a search takes to read a day."""
_Text = Annotated[str, Meta(min_length=1)]


class HeadlineLine(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The fields of a headline's line, in their order. Times are not checked; an unknown text is None."""

    time: _Text | None
    source: _Text
    title: _Text
    url: _Text | None
    id: _Text
    seen: _Text
    page: _Text | None
    time_text: str
    precision: Precision
    section: _Text | None
    revises: _Text | UnsetType = UNSET

    @property
    def times(self) -> tuple[str, ...]:
        """Return the known times."""
        return (self.seen,) if self.time is None or self.time == self.seen else (self.time, self.seen)


class ArticleLine(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The fields of an article's line, in their order. Times are not checked; an unknown text is None."""

    time: _Text
    source: _Text
    title: _Text
    url: _Text | None
    id: _Text
    seen: _Text
    page: _Text | None
    published: _Text | None
    modified: _Text | None
    authors: list[str]
    language: _Text | None
    description: _Text | None
    site: _Text | None
    revises: _Text | UnsetType = UNSET
    reader: Annotated[int, Meta(ge=1, lt=10**9)] | UnsetType = UNSET
    body: str = ""

    @property
    def times(self) -> tuple[str, ...]:
        """Return the known times."""
        return tuple(filter(None, (self.time, self.seen, self.published, self.modified)))


decode_headline = Decoder(HeadlineLine).decode
decode_article = Decoder(ArticleLine).decode
_encode = Encoder().encode

# JSON does not escape these, but they end a line or control a terminal: DEL, the C1 controls (such as U+0085,
# "next line"), the line and paragraph separators. JSON itself escapes the C0 controls.
_BREAKING = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]")
_DELETE, _BEFORE_C1, _BEFORE_SEPARATORS = 0x7F, 0xC2, 0xE2  # the bytes that these begin with
_ISO_TIME = len("2025-06-12T17:10:00+01:00")
_SEPARATORS = ("--T::+:", "--T::-:")


def encode_line(line: HeadlineLine | ArticleLine) -> bytes:
    """Return ``line`` as it is stored, without its newline."""
    try:
        return _escape(format(_encode(line), indent=0))
    except UnicodeEncodeError:  # half a surrogate pair
        return to_line(to_builtins(line)).encode()


def to_line(value: object) -> str:
    """Return ``value`` as one line of JSON without its newline; escape only what would break the line."""
    return _escape(_json_encoder().encode(value).encode("utf-8", "replace")).decode()


def decode_canonical(line: bytes) -> HeadlineLine | ArticleLine | None:
    """Return the fields of ``line`` (without its newline) if parsing and writing it reproduces it exactly.

    Else the line may be invalid, or spelled differently; then return None.
    """
    fields: HeadlineLine | ArticleLine
    try:
        fields = decode_headline(line)
    except ValueError:
        try:
            fields = decode_article(line)
        except ValueError:
            return None
    if encode_line(fields) != line or fields.title.isspace() or not all(map(_is_as_written, fields.times)):
        return None
    return fields


def _is_as_written(time: str) -> bool:
    """Return whether ``time`` is a time to the second as ``isoformat`` writes it."""
    # Twice as fast as to parse and write it. The separators have the places 4, 7, 10, 13, 16, 19 and 22.
    if len(time) != _ISO_TIME or time[4::3] not in _SEPARATORS or time.endswith("-00:00"):
        return False
    try:
        datetime.fromisoformat(time)
    except ValueError:
        return False
    return True


def json_escaped(text: str) -> bytes:
    """Return ``text`` as it is written between the quotes of a stored line."""
    return _escape(_encode(replace_surrogates(text)))[1:-1]


def has_other_escapes(line: bytes) -> bool:
    r"""Return whether ``line`` may escape text differently from ``json_escaped``, such as ``\u00e9`` for ``é``."""
    return b"\\u" in line or b"\\/" in line


def replace_surrogates(text: str) -> str:
    """Return ``text`` with each lone surrogate, which UTF-8 cannot encode, replaced by a question mark."""
    return text.encode("utf-8", "replace").decode()


def _escape(line: bytes) -> bytes:
    # A byte is found ten times as fast as the pattern, and few lines have one of these.
    if _DELETE in line or _BEFORE_C1 in line or _BEFORE_SEPARATORS in line:
        return _BREAKING.sub(lambda found: b"\\u%04x" % ord(found[0].decode()), line)
    return line


# The json module is imported on demand: few lines need it.


@cache
def _json_encoder() -> json.JSONEncoder:
    """Return a cached encoder, since creating one takes as long as encoding a line."""
    import json

    return json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "))


def _no_constant(name: str) -> None:
    raise LineError(f"not JSON: {name} is not a JSON value")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise LineError(f"the number {shown(digits)[1:-1]} exceeds the range of a 64-bit float")
    return number


@cache
def _json_decoder() -> json.JSONDecoder:
    """Return a strict decoder: by default Python accepts NaN and Infinity, and reads 1e999 as infinity."""
    import json

    return json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite)


def decode_fields(line: bytes | str) -> dict[str, Any]:
    """Return the fields of a JSON line, whatever they are; raises LineError."""
    import json

    try:
        text = line.decode() if isinstance(line, bytes) else line
    except UnicodeDecodeError as error:
        raise LineError(f"not UTF-8 at byte {error.start + 1}") from error
    try:
        fields = _json_decoder().decode(text.removeprefix("\ufeff"))  # an editor's byte order mark
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
