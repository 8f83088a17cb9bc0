"""The objects of a JSON array, as ``ticker export --format json`` and many other programs write it, one by one."""

from __future__ import annotations

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from itertools import chain

from ticker.errors import ArchiveError

_SPACE = re.compile(r"[ \t\r\n]*")
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*([^\s])|(?:\[\s*)?\Z)")
_AFTER = {"[": "{]", ",": "{", "]": ""}  # what may stand behind each of these
_scan = json.JSONDecoder().raw_decode


def is_array(start: bytes) -> bool | None:
    """Whether what begins with ``start`` is an array of objects; None where that is not to be seen yet."""
    found = _BEGINNING.match(start)
    if not found:
        return False
    return found[1] in (b"{", b"]") if found[1] else None


def elements(blocks: Iterable[bytes], name: str, longest: int) -> Iterator[tuple[int, bytes]]:
    """What stands in the array that ``blocks`` are, with the numbers of the lines on which it begins.

    At most ``longest`` bytes are held. Raises ArchiveError, which names the array by ``name``, where it cannot be read
    on.
    """
    decode = getincrementaldecoder("utf-8-sig")().decode
    text, at, number = "", 0, 1
    expected = "["
    for block in chain(blocks, (None,)):
        try:
            text, at = text[at:] + decode(block or b"", block is None), 0
        except UnicodeDecodeError as error:
            raise ArchiveError(f"cannot read {name}: not UTF-8 after line {number}") from error
        while (start := _after_space(text, at)) < len(text):
            number += text.count("\n", at, start)
            at = start
            if text[at] not in expected:
                wanted = " or ".join(expected) or "nothing more"
                raise ArchiveError(f"cannot read {name}: line {number}: {wanted} is expected, not {text[at]!r}")
            if text[at] != "{":
                at, expected = at + 1, _AFTER[text[at]]
                continue
            try:
                _, end = _scan(text, at)
            except (ValueError, RecursionError) as error:
                if block is None or len(text) - at > longest or isinstance(error, RecursionError):
                    raise ArchiveError(f"cannot read {name}: line {number}: {_reason(error)}") from error
                break  # there is more of it to come
            yield number, text[at:end].encode("utf-8", "surrogatepass")
            number += text.count("\n", at, end)
            at, expected = end, ",]"
        else:
            number += text.count("\n", at)
            at = len(text)
    if expected:
        raise ArchiveError(f"cannot read {name}: it ends within the array, after line {number}")


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _reason(error: Exception) -> str:
    return "not JSON: nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}"
