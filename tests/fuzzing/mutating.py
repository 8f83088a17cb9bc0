"""Deterministic mutation of seeds: one ``random.Random`` state always gives the same inputs."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

# Bytes that are difficult for any parser.
HOSTILE = (
    *(b"\0", b"\x1b[2J", b"\r", b"\n", b"\t", b"\x7f", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
    *(
        text.encode()
        for text in "\x85 \u2028 \u202e \ufeff \u200d \u00ad \u0301 \u0660 \uff11 ² ½ İ ſ ß ŉ 中 😀".split()
    ),
    *(
        b"-1",
        b"0",
        b"00",
        b"9" * 20,
        b"9" * 5000,
        b"1e999",
        b"NaN",
        b"2147483648",
        b"9999-12-31",
        b"0001-01-01",
        b"%00",
    ),
    *(b'"', b"'", b"\\", b"\\u0000", b"\\ud800", b"<", b">", b"&", b"&#0;", b"&#xD800;", b"{", b"}", b"[", b"]", b"("),
)


def mutated(data: bytes, seeds: Sequence[bytes], words: Sequence[bytes], longest: int, chance: random.Random) -> bytes:
    """Return ``data`` after one to six mutations, cut to ``longest`` bytes."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4, 6))):
        data = chance.choice(_WAYS)(data, seeds, words, longest, chance)[:longest]
    return data


Way = Callable[[bytes, Sequence[bytes], Sequence[bytes], int, random.Random], bytes]


def _part(data: bytes, chance: random.Random, most: int = 1 << 20) -> tuple[int, int]:
    """Return the offsets of a random range, usually a short one, sometimes a line."""
    start = chance.randrange(len(data) + 1)
    if chance.random() < 0.25:
        return data.rfind(b"\n", 0, start) + 1, data.find(b"\n", start) + 1 or len(data)
    return start, min(len(data), start + min(most, chance.randrange(1 << chance.randrange(1, 12))))


def _without(data: bytes, seeds: object, words: object, longest: object, chance: random.Random) -> bytes:
    start, end = _part(data, chance)
    return data[:start] + data[end:]


def _cut(data: bytes, seeds: object, words: object, longest: object, chance: random.Random) -> bytes:
    start, _ = _part(data, chance)
    return data[:start] if chance.random() < 0.7 else data[start:]


def _with_word(data: bytes, seeds: object, words: Sequence[bytes], longest: object, chance: random.Random) -> bytes:
    start, end = _part(data, chance)
    word = chance.choice(words if words and chance.random() < 0.7 else HOSTILE)
    return data[:start] + word + data[start if chance.random() < 0.6 else end :]


def _with_bytes(data: bytes, seeds: object, words: object, longest: object, chance: random.Random) -> bytes:
    start, end = _part(data, chance, 8)
    return data[:start] + chance.randbytes(max(1, end - start)) + data[end:]


def _flipped(data: bytes, seeds: object, words: object, longest: object, chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _digit(data: bytes, seeds: object, words: object, longest: object, chance: random.Random) -> bytes:
    places = [at for at, byte in enumerate(data[:20_000]) if 48 <= byte < 58]
    if not places:
        return data
    at = chance.choice(places)
    return data[:at] + b"%d" % chance.choice((0, 1, 9, chance.randrange(10), 10, 99)) + data[at + 1 :]


def _moved(data: bytes, seeds: object, words: object, longest: object, chance: random.Random) -> bytes:
    start, end = _part(data, chance)
    rest = data[:start] + data[end:]
    to = chance.randrange(len(rest) + 1)
    return rest[:to] + data[start:end] + rest[to:]


def _repeated(data: bytes, seeds: object, words: object, longest: int, chance: random.Random) -> bytes:
    """Repeat a part many times, which reveals quadratic run time."""
    start, end = _part(data, chance, 64)
    piece = data[start:end] or b"<"
    times = chance.choice((2, 3, 10, 100, longest // len(piece)))
    return (data[:start] + piece * min(times, longest // len(piece)) + data[end:])[:longest]


def _spliced(data: bytes, seeds: Sequence[bytes], words: object, longest: object, chance: random.Random) -> bytes:
    other = chance.choice(seeds)
    start, end = _part(other, chance)
    at = chance.randrange(len(data) + 1)
    return data[:at] + (other[start:end] if chance.random() < 0.7 else other[start:])


_WAYS: Sequence[Way] = (
    *(_with_word, _with_word, _with_word, _without, _without, _cut, _with_bytes, _flipped, _digit, _digit),
    *(_moved, _repeated, _spliced, _spliced),
)
