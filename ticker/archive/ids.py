"""Ids of lines, derived from their content: machines that store the same headline give it the same id.

An id is the 64-bit BLAKE2b digest (RFC 7693) of the parts named below, as 16 hexadecimal digits. Among ten million
lines, the probability that any two ids collide is 3 in a million.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from ticker.text import squeeze
from ticker.urls import canonical

if TYPE_CHECKING:
    from hashlib import blake2b

LENGTH = 16


def story_id(source: str, address: str, title: str) -> str:
    """Return the id of a headline that its URL identifies, from source, canonical URL and title."""
    return _digest("headline", source, f"at {canonical(address)}", squeeze(title))


def moment_id(source: str, title: str, time: datetime | None) -> str:
    """Return the id of a headline that no URL identifies, from source, minute in UTC and title."""
    # `astimezone` would overflow for times near the years 1 and 9999.
    minute = "" if time is None else (time - _EPOCH) // timedelta(minutes=1)
    return _digest("headline", source, f"in {minute}", squeeze(title))


def article_id(source: str, key: str, title: str, body: str, revises: str | None) -> str:
    """Return the id of an article's version; ``revises`` is given only for a text that returns."""
    return _digest("article", source, key, squeeze(title), squeeze(body), revises or "")


def packed(id: str) -> bytes | None:
    """Return the bytes of an id that has this program's form; None for any other."""
    try:
        found = bytes.fromhex(id)
    except ValueError:
        return None
    return found if len(found) == LENGTH // 2 and found.hex() == id else None


def content_digest(title: str, body: str) -> bytes:
    """Return a digest that is equal for versions with the same words; white space does not matter."""
    return _blake2b()(_joined(squeeze(title), squeeze(body)), digest_size=16).digest()


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _digest(*parts: str) -> str:
    return _blake2b()(_joined(*parts), digest_size=LENGTH // 2).hexdigest()


def _joined(*parts: str) -> bytes:
    return "\0".join(parts).encode("utf-8", "replace")


@cache
def _blake2b() -> type[blake2b]:
    from hashlib import blake2b  # imported on demand since most searches need no digests

    return blake2b
